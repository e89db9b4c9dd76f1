"""Errors (BPMN 2.0.2, 10.5.1 and 10.5.6): caught by the nearest enclosing activity that has a boundary event for them."""

from collections.abc import Mapping
from typing import Any

import pytest

from app import engine
from tests.features.feature_models import (
    both,
    boundary,
    end,
    error,
    file,
    flow,
    message,
    multi,
    parameters,
    path,
    service,
    start,
    sub,
    user,
    xor,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Error end event, error boundary event": "10.5.3, 10.5.6",
}


def failing(code: str | None, *boundaries: str) -> bytes:
    """box holds u -> error end; boundary events of box with the ids given lead to tasks of the same name in capitals."""
    ids = [given.split('id="')[1].split('"')[0] for given in boundaries]
    inside = (start("s"), user("u"), end("fail", error(code)), path("s", "u", "fail"))
    return file(
        start(), sub("box", *inside), *boundaries, *(user(name.upper()) for name in ids), end(), path("start", "box", "end"),
        *(path(name, name.upper(), "end") for name in ids),
    )  # fmt: skip


def test_an_error_end_is_caught_by_its_code() -> None:
    run = Run(failing("E1", boundary("e2", "box", error("E2")), boundary("e1", "box", error("E1")))).complete("u")
    assert (run.open, run.cancelled, run.left) == (["E1"], ["box"], ["u", "fail", "e1"])


def test_the_code_goes_before_catching_all() -> None:
    run = Run(failing("E1", boundary("any", "box", error(None)), boundary("e1", "box", error("E1")))).complete("u")
    assert run.open == ["E1"]


def test_a_boundary_without_code_catches_all_and_tells_code_and_message() -> None:
    caught = boundary("any", "box", error(None, errorCodeVariable="code", errorMessageVariable="text"))
    run = Run(failing("E1", caught)).complete("u")
    assert (run.open, run.variables) == (["ANY"], {"code": "E1", "text": None})


def test_an_uncaught_error_ends_the_instance_with_it() -> None:
    run = Run(failing("E1", boundary("e2", "box", error("E2")))).complete("u")
    assert run.ended
    assert run.error is not None
    assert (run.error.error_code, run.failed_at, run.cancelled) == ("E1", "fail", ["box"])


def test_an_uncaught_error_takes_every_other_branch_with_it() -> None:
    source = file(
        start(), both("split"), user("u"), end("fail", error("E1")), user("other"), end(),
        path("start", "split", "u", "fail"), path("split", "other", "end"),
    )  # fmt: skip
    run = Run(source).complete("u")
    assert (run.ended, run.open, run.cancelled) == (True, [], ["other"])


def test_an_error_end_drops_tokens_that_are_about_to_run() -> None:
    inside = (
        start("s"), both("split"), end("fail", error("E1")), user("a"), user("b"), end("e"),
        path("s", "split", "fail"), path("split", "a", "e"), path("split", "b", "e"),
    )  # fmt: skip
    source = file(
        start(), sub("box", *inside), boundary("e1", "box", error("E1")), user("mend"), end(), path("start", "box", "end"),
        path("e1", "mend", "end"),
    )  # fmt: skip
    run = Run(source)
    assert (run.open, run.left) == (["mend"], ["start", "s", "split", "fail", "e1"])


def test_a_sibling_does_not_catch_it_but_an_enclosing_activity_does() -> None:
    sibling = sub("sibling", start("s2"), user("quiet"), end("e2"), path("s2", "quiet", "e2"))
    thrower = sub("thrower", start("s1"), user("u"), end("fail", error("E1")), path("s1", "u", "fail"))
    inside = (
        start("s"), both("split"), sibling, boundary("wrong", "sibling", error("E1")), thrower, end("e"),
        path("s", "split", "sibling", "e"), path("split", "thrower", "e"), path("wrong", "e"),
    )  # fmt: skip
    source = file(
        start(), sub("outer", *inside), boundary("right", "outer", error("E1")), user("mend"), end(),
        path("start", "outer", "end"), path("right", "mend", "end"),
    )  # fmt: skip
    run = Run(source).complete("u")
    assert (run.open, run.cancelled) == (["mend"], ["outer", "quiet", "sibling", "thrower"])


def test_the_nearest_of_two_catching_scopes_catches() -> None:
    inner = sub("inner", start("s1"), user("u"), end("fail", error("E1")), path("s1", "u", "fail"))
    inside = (
        start("s"), inner, boundary("near", "inner", error("E1")), user("mend"), end("e"),
        path("s", "inner", "e"), path("near", "mend", "e"),
    )  # fmt: skip
    source = file(
        start(), sub("outer", *inside), boundary("far", "outer", error("E1")), end(), path("start", "outer", "end"),
        path("far", "end"),
    )  # fmt: skip
    run = Run(source).complete("u")
    assert (run.open, run.cancelled) == (["mend"], ["inner"])
    assert run.complete("mend").left == ["mend", "e", "outer", "end"]


def test_an_error_on_the_way_out_of_a_boundary_event_is_not_caught_by_the_same_activity() -> None:
    inside = (start("s"), user("u"), end("fail", error("E1")), path("s", "u", "fail"))
    source = file(
        start(), sub("box", *inside), boundary("e1", "box", error("E1")), end("again", error("E1")), end(),
        path("start", "box", "end"), path("e1", "again"),
    )  # fmt: skip
    run = Run(source).complete("u")
    assert run.ended
    assert run.error is not None


def test_an_error_in_one_instance_interrupts_the_whole_multi_instance_activity() -> None:
    inside = (
        start("s"), user("u"), xor("g", default="g_e"), end("e"), end("fail", error("E1")), multi(count="3"),
        path("s", "u", "g", "e"), flow("g", "fail", "${bad}"),
    )  # fmt: skip
    source = file(
        start(), sub("box", *inside), boundary("e1", "box", error("E1")), user("mend"), end(),
        path("start", "box", "end"), path("e1", "mend", "end"),
    )  # fmt: skip
    run = Run(source, bad=False).complete("u")
    assert run.open == ["u", "u"]
    run.complete("u", bad=True)
    assert run.open == ["mend"]
    assert run.complete("mend").ended


def test_a_delegate_in_a_subprocess_in_a_subprocess_is_caught_outside_in_the_middle_of_a_step() -> None:
    def check(variables: Mapping[str, Any]) -> dict[str, Any]:
        raise engine.BpmnError("E1", "no")

    deep = sub("deep", start("s2"), service("s", delegateExpression="${check}"), end("e2"), path("s2", "s", "e2"))
    inside = (start("s1"), deep, end("e1"), path("s1", "deep", "e1"), parameters({"why": "hidden"}))
    caught = boundary("b", "box", error("E1", errorMessageVariable="why"))
    source = file(
        start(), sub("box", inside[4], *inside[:4]), caught, user("mend"), end(),
        path("start", "box", "end"), path("b", "mend", "end"),
    )  # fmt: skip
    run = Run(source, {"check": check})
    assert (run.open, run.variables) == (["mend"], {"why": "no"})


def test_an_error_boundary_never_leaves_its_activity_running() -> None:
    source = file(
        start(), user("u"), boundary("b", "u", error("E1"), interrupting=False), end(), path("start", "u", "end"),
        path("b", "end"),
    )  # fmt: skip
    assert refusals(source) == ["boundary-error-not-interrupting"]


@pytest.mark.parametrize("code", ["E1", None])
def test_an_open_task_may_be_left_by_an_error(code: str | None) -> None:
    source = file(
        start(), user("u"), boundary("b", "u", error(None)), boundary("ask", "u", message("ask")), user("mend"), end(),
        path("start", "u", "end"), path("b", "mend", "end"), path("ask", "end"),
    )  # fmt: skip
    run = Run(source)
    run.step(engine.Raise(run.token("u"), code))
    assert (run.open, run.subscriptions) == (["mend"], {})


def test_the_message_of_an_error_end_may_hold_expressions() -> None:
    caught = boundary("any", "box", error(None, errorMessageVariable="text"))
    source = failing("E1", caught).replace(b'errorCode="E1"', b'errorCode="E1" camunda:errorMessage="debt of ${sum}"')
    assert Run(source, sum=5).complete("u").variables["text"] == "debt of 5"
