"""Event-based and complex gateways, and flows that part without a gateway (BPMN 2.0.2, 10.6 and 13.3.1)."""

import pytest

from app import engine
from tests.features.feature_models import (
    both,
    boundary,
    catch,
    conditional,
    end,
    escape,
    file,
    flow,
    message,
    node,
    path,
    signal,
    some,
    start,
    timer,
    user,
    xor,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Event-based gateway (`eventBasedGateway`)": "10.6.6, 13.4.4",
    "Complex gateway (`complexGateway`)": "10.6.5, 13.4.5",
    "Several flows out of an activity, with conditions or without": "13.3.1",
}


def waiting(*more: str) -> bytes:
    return file(
        start(), node("eventBasedGateway", "g"), catch("m", message("paid")), catch("s", signal("stop")),
        catch("t", timer("Duration", "P3D")), node("receiveTask", "r", messageRef="message-other"),
        *(user(name) for name in ("um", "us", "ut", "ur")), xor("x"), end(),
        path("start", "g"), *(path("g", event, f"u{event}", "x") for event in "mstr"), path("x", "end"), *more,
    )  # fmt: skip


@pytest.mark.parametrize("event", ["m", "s", "t", "r"])
def test_the_first_event_that_happens_is_the_way(event: str) -> None:
    run = Run(waiting())
    assert run.waits == ["m", "r", "s", "t"]
    run = run.fire("t") if event == "t" else run.deliver(event)
    assert (run.open, run.waits, run.left) == ([f"u{event}"], [], ["g", event])


def test_a_condition_behind_it_may_be_true_at_once() -> None:
    source = file(
        start(), node("eventBasedGateway", "g"), catch("c", conditional("${paid}")), catch("t", timer("Duration", "P1D")),
        user("a"), user("b"), end(), end("two"), path("start", "g", "c", "a", "end"), path("g", "t", "b", "two"),
    )  # fmt: skip
    assert Run(source, paid=True).open == ["a"]


def test_a_task_behind_it_is_refused() -> None:
    source = file(
        start(), node("eventBasedGateway", "g"), user("a"), catch("m", message("x")), end(), end("f"),
        path("start", "g", "a", "end"), path("g", "m", "f"),
    )  # fmt: skip
    assert refusals(source) == ["event-gateway-target"]


def complex_gateway(condition: str) -> str:
    return node("complexGateway", "g", f"<activationCondition>{escape(condition)}</activationCondition>")


def discriminator(condition: str) -> bytes:
    return file(
        start(), both("f"), *(user(name) for name in "abc"), complex_gateway(condition), user("after"), end(),
        path("start", "f"), *(path("f", name, "g") for name in "abc"), path("g", "after", "end"),
    )  # fmt: skip


def test_a_complex_gateway_goes_on_as_soon_as_its_condition_is_true() -> None:
    run = Run(discriminator("${activationCount >= 2}")).complete("a")
    assert run.open == ["b", "c"]
    assert run.complete("c").open == ["after", "b"]
    assert run.complete("b").open == ["after"]
    assert run.complete("after").ended


def test_who_comes_after_it_has_gone_on_ends_there() -> None:
    run = Run(discriminator("${activationCount >= 1}")).complete("b").complete("after")
    assert not run.ended
    assert run.complete("a").complete("c").ended


def test_a_complex_gateway_parts_on_every_true_flow() -> None:
    source = file(
        start(), node("complexGateway", "g"), user("a"), user("b"), user("c"), end(), end("x"), end("y"),
        path("start", "g"), flow("g", "a", "${n > 1}"), flow("g", "b", "${n > 2}"), flow("g", "c", "${n > 3}"),
        path("a", "end"), path("b", "x"), path("c", "y"),
    )  # fmt: skip
    assert Run(source, n=3).open == ["a", "b"]


def test_a_complex_join_without_a_condition_is_refused() -> None:
    source = file(
        start(), both("f"), user("a"), user("b"), node("complexGateway", "g"), end(),
        path("start", "f"), path("f", "a", "g"), path("f", "b", "g", "end"),
    )  # fmt: skip
    assert refusals(source) == ["activation-condition-missing"]


def test_all_flows_out_of_a_task_are_taken() -> None:
    source = file(
        start(), user("a"), user("b"), user("c"), end(), end("x"), path("start", "a", "b", "end"), path("a", "c", "x")
    )
    assert Run(source).complete("a").open == ["b", "c"]


def parting(default: str = "") -> bytes:
    first = user("a") if not default else node("userTask", "a", default=default, candidateGroups="clerk")
    return file(
        start(), first, *(user(name) for name in "bcd"), end("x"), end("y"), end("z"), path("start", "a"),
        flow("a", "b", "${n > 1}"), flow("a", "c", "${n > 2}"), flow("a", "d"), path("b", "x"), path("c", "y"), path("d", "z"),
    )  # fmt: skip


@pytest.mark.parametrize(("n", "taken"), [(0, ["d"]), (2, ["b", "d"]), (3, ["b", "c", "d"])])
def test_flows_out_of_a_task_with_conditions_are_taken_where_they_are_true(n: int, taken: list[str]) -> None:
    assert Run(parting(), n=n).complete("a").open == taken


@pytest.mark.parametrize(("n", "taken"), [(0, ["d"]), (2, ["b"]), (3, ["b", "c"])])
def test_the_default_flow_of_a_task_is_taken_where_no_condition_is_true(n: int, taken: list[str]) -> None:
    assert Run(parting("a_d"), n=n).complete("a").open == taken


def test_where_no_condition_out_of_a_task_is_true_and_there_is_no_default_flow_the_step_fails() -> None:
    source = file(
        start(),
        user("a"),
        end(),
        end("x"),
        path("start", "a"),
        flow("a", "x", "${n > 1}"),
        flow("a", "end", "${n > 2}"),
    )
    run = Run(source, n=0)
    with pytest.raises(engine.StepFailed, match="userTask 'a' .* there is no default flow"):
        run.complete("a")


def test_a_boundary_event_may_part_too() -> None:
    source = file(
        start(), user("u"), boundary("b", "u", timer("Duration", "PT1H")), user("one"), user("two"), end(), end("x"), end("y"),
        path("start", "u", "end"), path("b", "one", "x"), path("b", "two", "y"),
    )  # fmt: skip
    assert Run(source).fire("b").open == ["one", "two"]


def test_an_inclusive_join_waits_for_what_was_parted_without_a_gateway() -> None:
    source = file(
        start(), user("a"), user("b"), user("c"), some("j"), user("after"), end(),
        path("start", "a", "b", "j"), path("a", "c", "j", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["c"]
    assert run.complete("c").open == ["after"]
