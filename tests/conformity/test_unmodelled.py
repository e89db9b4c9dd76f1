"""Of a model with a construct that the state space does not know, the check says so, and nothing else."""

import pytest

from app import definitions
from app.conformity.soundness import soundness
from app.conformity.study import Surroundings, study
from tests.features import feature_models as m

LOOP = "<standardLoopCharacteristics><loopCondition>${again}</loopCondition></standardLoopCharacteristics>"
EVENTS = m.catch("c", m.timer("Duration", "P1D")) + m.catch("d", m.message("paid"))
INSIDE = m.start("i") + m.user("u") + m.end("j") + m.path("i", "u", "j")


def branched(kind: str) -> bytes:
    flows = m.path("start", "x", "c", "end") + m.path("x", "d", "end")
    return m.file(m.start(), m.node(kind, "x"), EVENTS, m.end(), flows)


def handled(definition: str) -> bytes:
    inner = m.begun_by("hs", definition) + m.user("u") + m.end("he") + m.path("hs", "u", "he")
    return m.file(m.start(), m.user("x"), m.end(), m.path("start", "x", "end"), m.handler("h", inner))


def split() -> bytes:
    flows = m.path("start", "x", "end") + m.flow("x", "u", "${more}") + m.path("u", "end")
    return m.file(m.start(), m.user("x"), m.user("u"), m.end(), flows)


def started() -> bytes:
    begin = m.node("startEvent", "x", m.message("paid"))
    return m.file(begin, m.user("u"), m.end(), m.path("x", "u", "end"))


CASES = [
    (branched("eventBasedGateway"), {("x", "eventBasedGateway")}),
    (m.line(m.transaction("x", INSIDE)), {("x", "transaction")}),
    (m.line(m.node("adHocSubProcess", "x", m.user("u"))), {("x", "adHocSubProcess")}),
    (m.line(m.user("x", LOOP)), {("x", "standardLoopCharacteristics")}),
    (m.line(m.user("x", startQuantity="2")), {("x", "startQuantity, completionQuantity")}),
    (m.line(m.throw("x", m.escalation("E"))), {("x", "escalationEventDefinition")}),
    (m.line(m.catch("x", m.timer("Cycle", "R3/PT1H"))), {("x", "timerEventDefinition")}),
    (m.line(m.catch("x", m.message("a") + m.message("b"))), {("x", "several eventDefinitions")}),
    (split(), {("x", "conditionExpression")}),
    (started(), {("x", "messageEventDefinition")}),
    (handled(m.signal("stop")), {("h", "triggeredByEvent"), ("hs", "signalEventDefinition")}),
]


@pytest.mark.parametrize(("source", "expected"), CASES)
def test_the_check_names_what_it_does_not_know_and_proves_nothing(
    source: bytes, expected: set[tuple[str, str]]
) -> None:
    (process,) = definitions.read("model.bpmn", source).processes
    looked = study(process, None, Surroundings({}, {}, None))
    said = list(soundness(looked))
    assert looked.space is None
    assert {one.code for one in said} == {"not-modelled"}
    assert {one.element for one in said} == {element for element, _ in expected}
    assert all(name in "".join(one.message["en"] for one in said) for _, name in expected)


def test_what_it_knows_it_still_looks_at() -> None:
    source = m.line(m.user("u"), m.throw("t", m.signal("told")), m.catch("c", m.conditional("${done}")))
    (process,) = definitions.read("model.bpmn", source).processes
    looked = study(process, None, Surroundings({}, {}, None))
    assert looked.space is not None
    assert [one for one in soundness(looked) if one.code == "not-modelled"] == []
