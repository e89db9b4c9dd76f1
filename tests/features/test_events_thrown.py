"""Signals, messages and escalations that are thrown, links, and events of several kinds (BPMN 2.0.2, 10.5)."""

import pytest

from app import engine
from app.domain.models.model import EventKind
from tests.features.feature_models import (
    boundary,
    call,
    catch,
    conditional,
    end,
    error,
    escalation,
    file,
    line,
    link,
    message,
    node,
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
    "Signal: thrown, caught, at a border": "10.5.5",
    "Message: thrown, at an end": "10.5.5",
    "Escalation: thrown, at an end, at a border": "10.5.5",
    "Link: thrown, caught (`intermediateThrowEvent`)": "10.5.5",
    "Conditional intermediate event": "10.5.5",
    "Several definitions in one event; all of them (parallel multiple)": "10.5.1",
}

IN = '<camunda:in source="amount" target="paid"/>'


def thrown(run: Run) -> list[tuple[str, str | None, dict[str, object]]]:
    return [(str(one.kind), one.name, dict(one.variables)) for one in run.thrown]


@pytest.mark.parametrize("place", ["on the way", "at the end"])
def test_a_signal_leaves_with_what_it_is_given(place: str) -> None:
    definition = signal("paid", IN)
    at_the_end = file(start(), end("e", definition), path("start", "e"))
    source = at_the_end if place == "at the end" else line(throw("t", definition))
    run = Run(source, amount=5, other=1)
    assert (thrown(run), run.ended) == ([("signal", "paid", {"paid": 5})], True)


def test_a_message_leaves_with_a_computed_name() -> None:
    source = file(
        start(), throw("t", message("key")), end(), path("start", "t", "end"), names={"key": "paid-${number}"}
    )
    assert thrown(Run(source, number=7)) == [("message", "paid-7", {})]


def test_a_signal_is_waited_for_and_brings_its_variables() -> None:
    run = Run(line(catch("wait", signal("paid")), user("after")))
    assert [(one.kind, one.name) for one in run.subscriptions.values()] == [(EventKind.SIGNAL, "paid")]
    assert (run.deliver("wait", amount=3).open, run.variables) == (["after"], {"amount": 3})


@pytest.mark.parametrize(("interrupting", "open_then"), [(True, ["late"]), (False, ["late", "u"])])
def test_a_signal_at_the_border(interrupting: bool, open_then: list[str]) -> None:
    source = file(
        start(), user("u"), boundary("b", "u", signal("stop"), interrupting=interrupting), user("late"), end(), end("two"),
        path("start", "u", "end"), path("b", "late", "two"),
    )  # fmt: skip
    run = Run(source).deliver("b")
    assert run.open == open_then
    assert interrupting or run.deliver("b").open == ["late", *open_then]


def escalating(*, interrupting: bool, code: str | None = "late") -> bytes:
    scope = sub(
        "s",
        start("i"),
        user("u"),
        throw("t", escalation("late")),
        user("next"),
        end("j"),
        path("i", "u", "t", "next", "j"),
    )
    caught = boundary("b", "s", escalation(code, escalationCodeVariable="code"), interrupting=interrupting)
    return file(
        start(), scope, caught, user("told"), end(), end("two"), path("start", "s", "end"), path("b", "told", "two")
    )


@pytest.mark.parametrize(("interrupting", "open_then"), [(True, ["told"]), (False, ["next", "told"])])
@pytest.mark.parametrize("code", ["late", None])
def test_an_escalation_is_caught_around_it(interrupting: bool, open_then: list[str], code: str | None) -> None:
    run = Run(escalating(interrupting=interrupting, code=code)).complete("u")
    assert (run.open, run.variables["code"], run.thrown) == (open_then, "late", [])


def test_an_escalation_that_nobody_catches_is_told_and_all_goes_on() -> None:
    run = Run(escalating(interrupting=True, code="other")).complete("u")
    assert (run.open, thrown(run)) == (["next"], [("escalation", "late", {})])


def test_an_escalation_of_a_called_process_is_caught_where_it_was_called() -> None:
    source = file(
        start(), call("c", "payment"), boundary("b", "c", escalation("late"), interrupting=False), user("told"), end(),
        end("two"), path("start", "c", "end"), path("b", "told", "two"),
    )  # fmt: skip
    run = Run(source)
    assert run.step(engine.Escalate(run.token("c"), "late")).open == ["told"]
    assert len(run.calls) == 1


def test_an_error_is_not_caught_beside_the_subprocess_that_throws_it() -> None:
    one = sub("one", start("i"), user("a"), end("bad", error("bad")), path("i", "a", "bad"))
    two = sub("two", start("k"), user("b"), end("l"), path("k", "b", "l"))
    source = file(
        start(), one, two, boundary("c", "two", error("bad")), user("mend"), end("e"), end("f"), end("g"),
        path("start", "one", "e"), path("start", "two", "f"), path("c", "mend", "g"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert (run.ended, run.error and run.error.error_code) == (True, "bad")


def test_a_link_leads_on_where_its_counterpart_stands() -> None:
    source = file(
        start(), user("a"), throw("to", link("A")), catch("from", link("A")), user("b"), end(),
        path("start", "a", "to"), path("from", "b", "end"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert (run.open, run.left) == (["b"], ["a", "to", "from"])


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ((throw("to", link("A")), path("start", "to")), ["link-unpaired"]),
        ((throw("to", link("A")), catch("x", link("A")), catch("y", link("A")), end(), path("start", "to"), path("x", "end"),
          path("y", "end")), ["link-unpaired"]),
        ((throw("to", link("A")), catch("x", link("A")), end(), path("start", "to", "end"), path("x", "end")), ["link-in-flow"]),
    ],
)  # fmt: skip
def test_a_link_without_exactly_one_counterpart_is_refused(content: tuple[str, ...], codes: list[str]) -> None:
    assert refusals(file(start(), *content)) == codes


def test_of_several_events_the_first_that_happens_counts() -> None:
    run = Run(line(catch("wait", message("one") + signal("two") + timer("Duration", "PT1H")), user("after")))
    assert run.waits == ["wait", "wait:1", "wait:2"]
    assert (run.deliver("wait:1").open, run.waits) == (["after"], [])


def test_of_several_events_all_must_happen_where_that_is_said() -> None:
    both = node("intermediateCatchEvent", "wait", message("one") + signal("two"), parallelMultiple="true")
    run = Run(line(both, user("after"))).deliver("wait:1")
    assert (run.open, run.waits) == ([], ["wait"])
    assert run.deliver("wait").open == ["after"]


def test_several_events_are_thrown_one_after_the_other() -> None:
    run = Run(line(throw("t", signal("one") + message("two"))))
    assert thrown(run) == [("signal", "one", {}), ("message", "two", {})]


def test_a_condition_is_waited_for() -> None:
    run = Run(line(user("a"), catch("wait", conditional("${paid}")), user("after")), paid=False)
    assert run.complete("a").open == []
    run.variables["paid"] = True
    assert run.step(engine.LookAgain()).open == ["after"]


@pytest.mark.parametrize(("condition", "language"), [("${paid > 10}", ""), ("paid > 10", "feel")])
def test_a_condition_that_is_true_already_is_not_waited_for(condition: str, language: str) -> None:
    run = Run(line(catch("wait", conditional(condition, language)), user("after")), paid=11)
    assert run.open == ["after"]


def test_a_condition_becomes_true_by_what_happens_beside_it() -> None:
    source = file(
        start(), user("u"), boundary("b", "u", conditional("${sum > 10}")), user("v"), user("mend"), end(), end("f"), end("g"),
        path("start", "u", "end"), path("start", "v", "f"), path("b", "mend", "g"),
    )  # fmt: skip
    assert Run(source, sum=1).complete("v", sum=11).open == ["mend"]
