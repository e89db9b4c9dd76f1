"""Cases played through in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.actions.trial.beside import files_beside
from app.actions.trial.choices import answered, at_start, at_wait
from app.actions.trial.host import World
from app.actions.trial.library import Files
from app.actions.trial.longest import longest
from app.actions.trial.longest_words import in_words
from app.actions.trial.playing import COMMANDS_LIMIT, Play, Stage, chosen, play
from app.actions.trial.simulation import Simulation
from app.actions.trial.standing import MESSAGE, TIMER
from app.cli.service import MODELS
from app.domain.terms.calendar import WorkCalendar
from app.engine import StepFailed
from app.errors import Conflict, Invalid
from tests.api.models import bpmn, line, user_task

LICENCE = MODELS / "aktobe-6435" / "design-licence.bpmn"
MONDAY = datetime(2026, 9, 7, 10, tzinfo=ZoneInfo("Asia/Almaty"))
DECIDED = (
    '<startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="check"/>'
    '<userTask id="check" name="Check" camunda:candidateGroups="clerk" camunda:dueDate="${workingDays(2)}"/>'
    '<sequenceFlow id="b" sourceRef="check" targetRef="fits"/><exclusiveGateway id="fits" default="no"/>'
    '<sequenceFlow id="yes" sourceRef="fits" targetRef="issued"><conditionExpression>${result == \'good\'}'
    '</conditionExpression></sequenceFlow><endEvent id="issued" name="Issued"/>'
    '<sequenceFlow id="no" sourceRef="fits" targetRef="refused"/><endEvent id="refused" name="Refused"/>'
    '<boundaryEvent id="late" attachedToRef="check" cancelActivity="false"><timerEventDefinition>'
    "<timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
    '<sequenceFlow id="c" sourceRef="late" targetRef="told"/><endEvent id="told" name="Told"/>'
)


def stage(*files: str, process: str | None = None) -> Stage:
    library = Files({f"{number}.bpmn": text.encode() for number, text in enumerate(files)})
    return Stage(World(library, WorkCalendar()), chosen(library, process))


def played(on: Stage, *commands: Mapping[str, Any]) -> Simulation:
    return play(on, Play(MONDAY, commands=commands))


def command(simulation: Simulation, key: str, do: str = "complete", **more: Any) -> dict[str, Any]:
    wait = next(one for one in simulation.waits.values() if one.key == key)
    return {"do": do, "case": wait.case, "token": wait.token, "key": key, **more}


def test_a_regulation_runs_to_its_end_through_the_processes_it_calls_with_the_terms_of_the_act() -> None:
    library = Files({str(LICENCE): LICENCE.read_bytes()}, Files(files_beside([LICENCE])))
    on = Stage(World(library, WorkCalendar()), chosen(library, "design-licence"))
    simulation = Simulation(on.world, MONDAY)
    simulation.begin(on.played, answered(at_start(library, on.played, MONDAY), {}))
    due = {}
    while not simulation.ended:
        (wait,) = (one for one in simulation.waits.values() if one.kind != TIMER)
        due[wait.node.id] = wait.due
        simulation.wait_before(wait.due or simulation.now)
        simulation.complete(wait, answered(at_wait(simulation, wait), {}))
    assert list(due) == [
        "make-request", "accept-documents", "name-executor", "check-completeness", "prepare-licence", "sign-result",
    ]  # fmt: skip
    assert due["check-completeness"] == datetime(2026, 9, 8, 18, 30, tzinfo=ZoneInfo("Asia/Almaty"))
    assert simulation.parts[0].variables["applicationNumber"] == "А-2026-000001"
    assert "licence-issued" in simulation.parts[0].walked


def test_each_way_on_is_tried_and_told_by_where_it_leads() -> None:
    simulation = played(stage(bpmn("decided", DECIDED)))
    wait = next(one for one in simulation.waits.values() if one.key == "check")
    options = {one.words.en: one.values for one in at_wait(simulation, wait).options}
    assert options == {"Issued": {"result": "good"}, "Refused": {"result": "–"}}
    assert len(simulation.waits) == 2, "what is tried is tried on a copy"


def test_timers_fire_on_the_way_to_the_moment_at_which_a_task_is_done() -> None:
    on = stage(bpmn("decided", DECIDED))
    first = command(played(on), "check", when="due", values={"result": "good"})
    simulation = played(on, first)
    assert [(one.wait.key, one.cancelled) for one in simulation.done] == [("late", False), ("check", False)]
    assert simulation.ended
    assert simulation.parts[0].walked[-1] == "issued"
    assert simulation.now == datetime(2026, 9, 9, 18, 30, tzinfo=ZoneInfo("Asia/Almaty"))


def test_a_step_that_fails_is_told_and_leaves_the_case_where_it_was() -> None:
    on = stage(bpmn("decided", DECIDED))
    first = command(played(on), "check", values={})
    with pytest.raises(StepFailed, match="result"):
        played(on, first)


def test_messages_external_tasks_and_errors_are_played_by_hand() -> None:
    content = (
        '<startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="send"/>'
        '<serviceTask id="send" camunda:type="external" camunda:topic="mail"/>'
        '<boundaryEvent id="bounced" attachedToRef="send"><errorEventDefinition errorRef="e"/></boundaryEvent>'
        '<sequenceFlow id="b" sourceRef="bounced" targetRef="answer"/><receiveTask id="answer" messageRef="m"/>'
        '<sequenceFlow id="c" sourceRef="answer" targetRef="end"/><endEvent id="end"/>'
        '<sequenceFlow id="d" sourceRef="send" targetRef="sent"/><endEvent id="sent"/>'
    )
    parts = '<message id="m" name="reply"/><error id="e" errorCode="bounce"/></definitions>'
    on = stage(bpmn("mail", content).replace("</definitions>", parts))
    failed = command(played(on), "send", "fail", code="bounce")
    waiting = played(on, failed)
    assert [(one.kind, one.name) for one in waiting.waits.values()] == [(MESSAGE, "reply")]
    ended = played(on, failed, command(waiting, "answer", "arrive", values={"text": "well"}))
    assert (ended.ended, ended.parts[0].variables) == (True, {"text": "well"})


def test_commands_that_mean_nothing_are_refused_and_their_number_is_bounded() -> None:
    on = stage(bpmn("decided", DECIDED))
    first = command(played(on), "check", values={"result": "good"})
    with pytest.raises(Conflict):
        played(on, first, first)
    for strange in ({}, {"do": "fly"}, {"do": "wait", "until": "soon"}, {"do": "complete", "case": "1"}):
        with pytest.raises(Invalid):
            played(on, strange)
    with pytest.raises(Invalid, match=str(COMMANDS_LIMIT)):
        played(on, *[{"do": "set", "values": {}}] * (COMMANDS_LIMIT + 1))


def test_a_model_that_never_waits_or_calls_itself_comes_to_its_limit() -> None:
    around = bpmn(
        "around",
        '<startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="call"/>'
        '<callActivity id="call" calledElement="around"/><sequenceFlow id="b" sourceRef="call" targetRef="end"/>'
        '<endEvent id="end"/>',
    )
    with pytest.raises(StepFailed, match="around"):
        played(stage(around))


def test_a_longest_way_that_is_not_found_in_time_or_leads_nowhere_is_said_not_to_be_known() -> None:
    nodes = "".join(f'<userTask id="t{n}" name="T" camunda:candidateGroups="clerk"/>' for n in range(14))
    flows = "".join(
        f'<sequenceFlow id="a{n}" sourceRef="fork" targetRef="t{n}"/><sequenceFlow id="b{n}" sourceRef="t{n}" targetRef="join"/>'
        for n in range(14)
    )
    around = (
        '<startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="fork"/><parallelGateway id="fork"/>'
        '<parallelGateway id="join"/><sequenceFlow id="b" sourceRef="join" targetRef="end"/><endEvent id="end"/>'
    )
    found = longest(stage(bpmn("wide", around + nodes + flows)), MONDAY, seconds=0.3)
    assert not found.complete
    assert in_words(found, "en").endswith("not all of them were followed.")
    endless = (
        '<startEvent id="start"/><sequenceFlow id="a" sourceRef="start" targetRef="again"/><task id="again"/>'
        '<sequenceFlow id="b" sourceRef="again" targetRef="again"/>'
    )
    assert in_words(longest(stage(bpmn("endless", endless)), MONDAY), "en") == "No way that comes to an end was found."


def test_the_longest_way_is_told_with_its_days_and_steps() -> None:
    model = bpmn(
        "two",
        line(
            user_task("a", "A", attributes='camunda:dueDate="${workingDays(3)}"'),
            user_task("b", "B", attributes='camunda:dueDate="${workingDays(2)}"'),
        ),
    )
    on = stage(model)
    found = longest(on, MONDAY)
    (way,) = found.ways
    assert (way.days, way.end) == (5, datetime(2026, 9, 14, 18, 30, tzinfo=ZoneInfo("Asia/Almaty")))
    assert set(way.elements) == {"start", "a", "b", "end", "to_a", "to_b", "to_end"}
    assert in_words(found, "ru") == (
        "Самый долгий: 5 рабочих дней, пн 07.09.2026 10:00 – пн 14.09.2026 18:30, до «end»: A → B"
    )
