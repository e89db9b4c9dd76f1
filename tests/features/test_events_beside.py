"""What happens beside each other in one step: signals among branches, conditions that are true already, several definitions."""

import pytest

from tests.features.feature_models import (
    begun_by,
    both,
    boundary,
    call,
    catch,
    conditional,
    end,
    error,
    escalation,
    file,
    handler,
    line,
    multi,
    node,
    path,
    script,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.features.feature_runs import Run

RUNS = {
    "Signal among the branches of one instance": "10.5.6",
    "Conditional boundary event and event subprocess": "10.5.5",
    "Event definition by reference": "10.5.1",
    "Border of a repeated activity": "13.3.7, 13.5.3",
    "Data objects, data stores, annotations, groups: drawn, and change nothing": "10.4",
}

LOOP = "<standardLoopCharacteristics><loopCondition>${true}</loopCondition></standardLoopCharacteristics>"


@pytest.mark.parametrize("order", ["cte", "tce", "etc", "tec"])
def test_a_signal_is_caught_by_every_branch_wherever_it_stands_in_the_file(order: str) -> None:
    catches = catch("c", signal("s")) + user("uc") + path("c", "uc", "end")
    gateway = (
        node("eventBasedGateway", "e") + catch("es", signal("s")) + user("ue") + catch("et", timer("Duration", "P1D"))
    )
    gateway += path("e", "es", "ue", "end") + path("e", "et", "end")
    source = file(
        start(), both("f"), throw("t", signal("s")), catches, gateway, end(), path("start", "f"),
        *(path("f", branch) for branch in order), path("t", "end"),
    )  # fmt: skip
    assert Run(source).open == ["uc", "ue"]


def test_a_signal_is_not_kept_for_who_comes_later() -> None:
    run = Run(line(throw("t", signal("s")), catch("c", signal("s"))))
    assert (run.ended, run.waits) == (False, ["c"])


def test_an_end_event_throws_its_signal_too() -> None:
    source = file(
        start(), both("f"), end("e", signal("s")), catch("c", signal("s")), user("u"), end(), path("start", "f", "e"),
        path("f", "c", "u", "end"),
    )  # fmt: skip
    assert Run(source).open == ["u"]


@pytest.mark.parametrize(("interrupting", "done"), [(True, []), (False, ["s"])])
def test_a_condition_at_a_border_that_is_true_already_comes_before_what_is_inside(
    interrupting: bool, done: list[str]
) -> None:
    inside = (start("i"), script("a", "${true}", "did"), end("j"), path("i", "a", "j"))
    source = file(
        start(), sub("s", *inside), boundary("b", "s", conditional("${urgent}"), interrupting=interrupting), end(),
        user("u"), end("x"), path("start", "s", "end"), path("b", "u", "x"),
    )  # fmt: skip
    run = Run(source, urgent=True, did=False)
    assert (run.open, run.variables["did"], [one for one in run.left if one == "s"]) == (["u"], not interrupting, done)


def test_a_condition_of_an_event_subprocess_that_is_true_already_takes_the_place_of_its_scope() -> None:
    inner = handler("h", begun_by("hs", conditional("${urgent}")), user("u"), end("he"), path("hs", "u", "he"))
    source = line(sub("s", start("i"), script("a", "${true}", "did"), end("j"), path("i", "a", "j"), inner))
    run = Run(source, urgent=True, did=False)
    assert (run.open, run.variables["did"]) == (["u"], False)


def test_a_condition_is_seen_between_two_steps_of_one_round() -> None:
    source = file(
        start(), sub("s", start("i"), script("a", "${true}", "urgent"), script("b", "${true}", "did"), end("j"),
        path("i", "a", "b", "j")), boundary("c", "s", conditional("${urgent}")), end(), user("u"), end("x"),
        path("start", "s", "end"), path("c", "u", "x"),
    )  # fmt: skip
    run = Run(source, urgent=False, did=False)
    assert (run.open, run.variables["did"]) == (["u"], False)


def referring(event: str) -> bytes:
    definition = f"{event}<process"
    source = file(start(), node("intermediateCatchEvent", "c", "<eventDefinitionRef>d</eventDefinitionRef>"), end(),
                  path("start", "c", "end"))  # fmt: skip
    return source.replace(b"<process", definition.encode())


def test_an_event_may_refer_to_a_definition_that_stands_elsewhere() -> None:
    time = '<timerEventDefinition id="d"><timeDuration>PT5S</timeDuration></timerEventDefinition>'
    assert Run(referring(time)).fire("c").ended
    named = '<signal id="closed" name="closed"/><signalEventDefinition id="d" signalRef="closed"/>'
    assert Run(referring(named)).deliver("c").ended


@pytest.mark.parametrize("around", [multi(count="2"), multi(count="2", sequential=True), LOOP])
@pytest.mark.parametrize("definition", [timer("Duration", "P1D"), signal("stop"), error("E"), escalation("E")])
def test_whatever_is_caught_at_the_border_of_a_repeated_subprocess_leaves_all_of_it(
    around: str, definition: str
) -> None:
    thrown = definition if "rror" in definition or "escalation" in definition else ""
    inside = (start("i"), user("u"), end("j", thrown), path("i", "u", "j"))
    source = file(
        start(), sub("s", around, *inside), boundary("b", "s", definition), end(), user("late"), end("x"),
        path("start", "s", "end"), path("b", "late", "x"),
    )  # fmt: skip
    run = Run(source)
    assert "u" in run.open
    if thrown:
        run.complete("u")
    elif "timer" in definition:
        run.fire("b")
    else:
        run.deliver("b")
    assert (run.open, run.waits) == (["late"], [])
    assert run.complete("late").ended


@pytest.mark.parametrize("around", [multi(count="2"), multi(count="2", sequential=True), LOOP])
def test_so_does_what_is_caught_at_repeated_calls(around: str) -> None:
    source = file(
        start(), call("c", "payment").replace("</callActivity>", around + "</callActivity>"),
        boundary("b", "c", timer("Duration", "P1D")), end(), user("late"), end("x"), path("start", "c", "end"),
        path("b", "late", "x"),
    )  # fmt: skip
    run = Run(source)
    assert run.calls
    run.fire("b")
    assert (run.open, run.calls, run.waits) == (["late"], {}, [])


def test_what_is_only_drawn_changes_nothing() -> None:
    drawn = (
        '<dataObject id="o"/><dataObjectReference id="or" dataObjectRef="o"/><dataStoreReference id="d"/>'
        '<textAnnotation id="t"><text>as the law says</text></textAnnotation><group id="g"/>'
        '<association id="as" sourceRef="t" targetRef="u"/>'
    )
    moved = '<dataOutputAssociation id="do"><targetRef>or</targetRef></dataOutputAssociation>'
    source = file(start(), user("u", moved), end(), path("start", "u", "end"), drawn)
    assert Run(source).complete("u").ended
