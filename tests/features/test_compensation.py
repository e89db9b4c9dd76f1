"""Compensation and cancelled transactions (BPMN 2.0.2, 13.5.5): what was completed is undone, the last of it first."""

import pytest

from app import engine
from tests.features.feature_models import (
    CANCEL,
    association,
    begun_by,
    boundary,
    compensation,
    end,
    file,
    handler,
    multi,
    parameters,
    path,
    script,
    start,
    sub,
    throw,
    transaction,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Compensation: at a border, thrown, by a subprocess of its own": "10.7, 13.5.5",
    "Transaction (`transaction`), cancel end and cancel boundary event": "10.3.5, 10.7",
}


def undone(activity: str, by: str, *content: str) -> str:
    """A task that undoes an activity."""
    marks = (
        'isForCompensation="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:candidateGroups="clerk"'
    )
    undo = f'<userTask id="{by}" {marks}>{"".join(content)}</userTask>'
    return boundary(f"c-{activity}", activity, compensation()) + undo + association(f"c-{activity}", by)


def test_what_was_completed_is_undone_the_last_first() -> None:
    source = file(
        start(), user("a"), undone("a", "undo-a"), user("b"), undone("b", "undo-b"), throw("back", compensation()),
        user("after"), end(), path("start", "a", "b", "back", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["undo-b"]
    assert run.complete("undo-b").open == ["undo-a"]
    assert run.complete("undo-a").open == ["after"]


def test_what_was_not_completed_is_not_undone() -> None:
    source = file(
        start(), user("a"), undone("a", "undo-a"), throw("back", compensation()), user("b"), undone("b", "undo-b"), end(),
        path("start", "a", "back", "b", "end"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert run.open == ["undo-a"]
    assert run.complete("undo-a").open == ["b"]


def test_only_the_activity_that_is_named_is_undone() -> None:
    source = file(
        start(), user("a"), undone("a", "undo-a"), user("b"), undone("b", "undo-b"), throw("back", compensation("a")),
        user("after"), end(), path("start", "a", "b", "back", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["undo-a"]
    assert run.complete("undo-a").open == ["after"]


def test_a_subprocess_that_has_undone_itself_is_not_undone_again_inside() -> None:
    inside = (start("i"), user("a"), undone("a", "undo-a"), end("j"), path("i", "a", "j"))
    itself = handler("h", begun_by("hs", compensation()), user("undo"), end("he"), path("hs", "undo", "he"))
    source = file(
        start(), sub("s", *inside, itself), throw("one", compensation()), throw("two", compensation()), user("after"),
        end(), path("start", "s", "one", "two", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert run.open == ["undo"]
    assert run.complete("undo").open == ["after"]


def test_nothing_is_undone_twice() -> None:
    source = file(
        start(), user("a"), undone("a", "undo-a"), throw("one", compensation()), throw("two", compensation()), user("after"),
        end(), path("start", "a", "one", "two", "after", "end"),
    )  # fmt: skip
    assert Run(source).complete("a").complete("undo-a").open == ["after"]


def test_an_activity_done_in_a_loop_is_undone_once_a_time() -> None:
    source = file(
        start(), user("a", multi(count="3", sequential=True)), undone("a", "undo-a"), end("back", compensation()),
        path("start", "a", "back"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("a").complete("a")
    for _ in range(3):
        assert run.open == ["undo-a"]
        run.complete("undo-a")
    assert run.ended


def test_the_handler_sees_what_the_activity_saw() -> None:
    source = file(
        start(), user("a", parameters(inputs={"seat": "${place}"})), undone("a", "undo-a"),
        script("move", "${'nowhere'}", "place"), throw("back", compensation()), end(),
        path("start", "a", "move", "back", "end"),
    )  # fmt: skip
    run = Run(source, place="12A").complete("a")
    assert run.state is not None
    assert engine.local_variables(run.state, run.token("undo-a"))["seat"] == "12A"


def test_what_was_done_in_a_completed_subprocess_is_undone() -> None:
    scope = sub(
        "s",
        start("i"),
        user("a"),
        undone("a", "undo-a"),
        user("b"),
        undone("b", "undo-b"),
        end("j"),
        path("i", "a", "b", "j"),
    )
    source = file(
        start(), scope, throw("back", compensation()), user("after"), end(), path("start", "s", "back", "after", "end")
    )
    run = Run(source).complete("a").complete("b")
    assert run.complete("undo-b").open == ["undo-a"]
    assert run.complete("undo-a").open == ["after"]


def test_a_subprocess_may_say_itself_how_it_is_undone() -> None:
    own = handler(
        "h",
        begun_by("begin", compensation()),
        user("explain"),
        throw("rest", compensation()),
        end("k"),
        path("begin", "explain", "rest", "k"),
    )
    scope = sub("s", start("i"), user("a"), undone("a", "undo-a"), end("j"), path("i", "a", "j"), own)
    source = file(start(), scope, throw("back", compensation("s")), end(), path("start", "s", "back", "end"))
    run = Run(source).complete("a")
    assert run.open == ["explain"]
    assert run.complete("explain").open == ["undo-a"]
    assert run.complete("undo-a").ended


def cancellable(*inside: str, flows: str) -> bytes:
    ends = [
        one
        for name, one in (("cancelled", end("cancelled", CANCEL)), ("done", end("done")))
        if f'targetRef="{name}"' in flows
    ]
    deal = transaction("t", start("i"), *inside, *ends, flows)
    return file(
        start(), deal, boundary("cancel", "t", CANCEL), user("sorry"), user("after"), end(), end("two"),
        path("start", "t", "after", "end"), path("cancel", "sorry", "two"),
    )  # fmt: skip


def test_a_cancelled_transaction_is_undone_and_left_at_its_border() -> None:
    source = cancellable(user("a"), undone("a", "undo-a"), user("b"), flows=path("i", "a", "b", "cancelled"))
    run = Run(source).complete("a").complete("b")
    assert run.open == ["undo-a"]
    assert run.complete("undo-a").open == ["sorry"]
    assert run.complete("sorry").ended


def test_what_still_runs_in_a_cancelled_transaction_is_ended() -> None:
    source = cancellable(user("a"), user("b"), flows=path("i", "a", "cancelled") + path("i", "b", "done"))
    run = Run(source).complete("a")
    assert (run.open, "b" in run.cancelled) == (["sorry"], True)


def test_a_transaction_that_is_not_cancelled_goes_on() -> None:
    source = cancellable(user("a"), undone("a", "undo-a"), flows=path("i", "a", "done"))
    assert Run(source).complete("a").open == ["after"]


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (file(start(), end("e", CANCEL), path("start", "e")), ["cancel-outside-transaction"]),
        (file(start(), transaction("t", start("i"), end("c", CANCEL), path("i", "c")), end(), path("start", "t", "end")),
         ["cancel-not-caught"]),
        (file(start(), user("a"), boundary("c", "a", compensation()), end(), path("start", "a", "end")),
         ["compensation-without-handler"]),
        (file(start(), user("a"), boundary("c", "a", compensation()), association("c", "a"), end(), path("start", "a", "end")),
         ["compensation-handler-invalid"]),
        (file(start(), user("a"), throw("t", compensation("nothing")), end(), path("start", "a", "t", "end")),
         ["reference-unknown"]),
    ],
)  # fmt: skip
def test_what_could_not_run_as_drawn_is_refused(source: bytes, codes: list[str]) -> None:
    assert refusals(source) == codes
