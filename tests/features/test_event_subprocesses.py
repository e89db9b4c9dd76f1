"""Event subprocesses (BPMN 2.0.2, 10.3.5 and 13.5.4): begun by an event in their scope, instead of the rest or beside it."""

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    begun_by,
    conditional,
    end,
    error,
    escalation,
    file,
    handler,
    message,
    path,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Event subprocess: message, signal, timer, error, escalation, conditional, compensation start": "10.3.5, 13.5.4",
}


def beside(definition: str, *, interrupting: bool = True, inside: str = "") -> bytes:
    """start -> u -> end, and an event subprocess with the task `mend`."""
    caught = handler(
        "h",
        begun_by("b", definition, interrupting=interrupting),
        user("mend"),
        end("mended"),
        path("b", "mend", "mended"),
    )
    return file(start(), user("u"), end(), path("start", "u", "end"), caught, inside)


WAITED_FOR = [timer("Duration", "PT1H"), message("stop"), signal("stop")]


def happen(run: Run) -> Run:
    return run.fire("b") if run.timers else run.deliver("b")


@pytest.mark.parametrize("definition", WAITED_FOR)
def test_one_that_interrupts_takes_the_place_of_all_else(definition: str) -> None:
    run = happen(Run(beside(definition)))
    assert (run.open, run.cancelled, run.waits) == (["mend"], ["u"], [])
    assert run.complete("mend").ended


@pytest.mark.parametrize("definition", WAITED_FOR)
def test_one_that_does_not_interrupt_runs_beside(definition: str) -> None:
    run = happen(Run(beside(definition, interrupting=False)))
    assert (run.open, run.cancelled) == (["mend", "u"], [])
    assert not run.complete("u").ended
    assert run.complete("mend").ended


@pytest.mark.parametrize("definition", WAITED_FOR[1:])
def test_one_that_does_not_interrupt_is_begun_as_often_as_it_happens(definition: str) -> None:
    run = Run(beside(definition, interrupting=False)).deliver("b").deliver("b")
    assert run.open == ["mend", "mend", "u"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_it_sees_what_was_written_since_its_scope_began(interrupting: bool) -> None:
    seen = handler(
        "h", begun_by("b", signal("stop"), interrupting=interrupting), user("mend", name="${n}"), end("mended"),
        path("b", "mend", "mended"),
    )  # fmt: skip
    run = Run(file(start(), user("u"), user("v"), end(), path("start", "u", "v", "end"), seen), n=1).complete("u", n=2)
    assert run.deliver("b").task("mend").name == "2"


def test_a_cycle_begins_it_again_and_again() -> None:
    run = Run(beside(timer("Cycle", "R2/PT1H"), interrupting=False)).fire("b").fire("b")
    assert (run.open, run.waits) == (["mend", "mend", "u"], [])


@pytest.mark.parametrize("definition", WAITED_FOR)
def test_the_end_of_the_process_ends_the_waiting(definition: str) -> None:
    run = Run(beside(definition)).complete("u")
    assert (run.ended, run.waits) == (True, [])


def test_after_the_end_of_its_scope_nothing_can_happen() -> None:
    inside = handler("h", begun_by("b", message("stop")), user("mend"), end("mended"), path("b", "mend", "mended"))
    scope = sub("s", start("i"), user("u"), end("j"), path("i", "u", "j"), inside)
    run = Run(file(start(), scope, user("after"), end(), path("start", "s", "after", "end")))
    waiting = next(iter(run.subscriptions.values()))
    assert run.complete("u").open == ["after"]
    with pytest.raises(Conflict):
        run.step(engine.Deliver(waiting.token, waiting.key))


def test_in_a_subprocess_only_what_is_inside_is_interrupted() -> None:
    inside = handler("h", begun_by("b", message("stop")), user("mend"), end("mended"), path("b", "mend", "mended"))
    scope = sub("s", start("i"), user("u"), end("j"), path("i", "u", "j"), inside)
    source = file(
        start(), user("other"), scope, user("after"), end(), end("two"),
        path("start", "s", "after", "end"), path("start", "other", "two"),
    )  # fmt: skip
    run = Run(source).deliver("b")
    assert (run.open, run.cancelled) == (["mend", "other"], ["u"])
    assert run.complete("mend").open == ["after", "other"]


def test_an_error_is_caught_in_its_scope_before_the_border_of_it() -> None:
    inside = handler(
        "h",
        begun_by("b", error("bad", errorCodeVariable="code")),
        user("mend"),
        end("mended"),
        path("b", "mend", "mended"),
    )
    scope = sub("s", start("i"), user("u"), end("j", error("bad")), path("i", "u", "j"), inside)
    run = Run(file(start(), scope, user("after"), end(), path("start", "s", "after", "end"))).complete("u")
    assert (run.open, run.variables["code"]) == (["mend"], "bad")
    assert run.complete("mend").open == ["after"]


def test_an_error_in_an_event_subprocess_is_not_caught_by_itself() -> None:
    caught = handler(
        "h", begun_by("b", error(None)), user("mend"), end("worse", error("worse")), path("b", "mend", "worse")
    )
    run = Run(file(start(), user("u"), end("bad", error("bad")), path("start", "u", "bad"), caught)).complete("u")
    assert run.open == ["mend"]
    run.complete("mend")
    assert (run.ended, run.error and run.error.error_code) == (True, "worse")


@pytest.mark.parametrize(("interrupting", "open_then"), [(True, ["mend"]), (False, ["mend", "next"])])
def test_an_escalation_begins_it(interrupting: bool, open_then: list[str]) -> None:
    caught = handler(
        "h",
        begun_by("b", escalation("late"), interrupting=interrupting),
        user("mend"),
        end("m"),
        path("b", "mend", "m"),
    )
    source = file(
        start(),
        user("u"),
        throw("t", escalation("late")),
        user("next"),
        end(),
        path("start", "u", "t", "next", "end"),
        caught,
    )
    assert Run(source).complete("u").open == open_then


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_condition_begins_it_once_it_becomes_true(interrupting: bool) -> None:
    source = beside(conditional("${sum > 10}"), interrupting=interrupting, inside="")
    run = Run(source, sum=1)
    assert run.open == ["u"]
    run.variables["sum"] = 11
    assert run.step(engine.LookAgain()).open == (["mend"] if interrupting else ["mend", "u"])


def test_a_condition_must_be_false_before_it_counts_again() -> None:
    run = Run(beside(conditional("${sum > 10}"), interrupting=False), sum=11)
    assert run.open == ["mend", "u"]
    assert run.step(engine.LookAgain()).open == ["mend", "u"]
    run.variables["sum"] = 1
    run.step(engine.LookAgain())
    run.variables["sum"] = 12
    assert run.step(engine.LookAgain()).open == ["mend", "mend", "u"]


def test_one_inside_another_is_begun_in_it() -> None:
    inner = handler("i", begun_by("c", message("again")), user("deep"), end("d"), path("c", "deep", "d"))
    outer = handler("h", begun_by("b", message("stop")), user("mend"), end("m"), path("b", "mend", "m"), inner)
    run = Run(file(start(), user("u"), end(), path("start", "u", "end"), outer))
    assert run.waits == ["b"]
    assert run.deliver("b").waits == ["c"]
    assert run.deliver("c").open == ["deep"]
    assert run.complete("deep").ended


def test_a_flow_to_it_is_refused() -> None:
    caught = handler("h", begun_by("b", message("stop")), end("m"), path("b", "m"))
    assert refusals(file(start(), user("u"), caught, end(), path("start", "u", "h", "end"))) != []


def test_a_plain_start_in_it_is_refused() -> None:
    caught = handler("h", start("b"), end("m"), path("b", "m"))
    assert refusals(file(start(), user("u"), caught, end(), path("start", "u", "end"))) == ["event-definition-missing"]


def test_an_error_that_does_not_interrupt_is_refused() -> None:
    assert refusals(beside(error("bad"), interrupting=False)) == ["boundary-error-not-interrupting"]
