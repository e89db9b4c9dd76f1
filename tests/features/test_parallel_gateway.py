"""AND (BPMN 2.0.2, 13.4.1): a token out on every flow; in, one from every flow."""

import pytest

from app import engine
from tests.features.feature_models import both, boundary, end, file, flow, path, start, sub, timer, user, xor
from tests.features.feature_runs import Run

RUNS = {
    "Parallel gateway (`parallelGateway`)": "10.6.4, 13.4.1",
}

LOOP = file(
    start(), xor("again"), both("split"), user("a"), user("b"), both("join"), xor("enough", default="enough_again"),
    end(), path("start", "again", "split", "a", "join", "enough", "again"), path("split", "b", "join"),
    flow("enough", "end", "${done}"),
)  # fmt: skip


def test_it_waits_for_every_branch() -> None:
    run = Run(LOOP, done=True)
    assert run.open == ["a", "b"]
    run.complete("b")
    assert (run.open, run.ended) == (["a"], False)
    run.complete("a")
    assert (run.left, run.ended) == (["a", "join", "enough", "end"], True)


@pytest.mark.parametrize("orders", [("ab", "ba", "ab"), ("ba", "ba", "ab"), ("ab", "ab", "ab")])
def test_in_a_loop_it_is_right_in_every_round(orders: tuple[str, ...]) -> None:
    run = Run(LOOP, done=False)
    for number, order in enumerate(orders, start=1):
        first, second = order[0], order[1]
        run.complete(first)
        assert run.open == [second]
        run.complete(second, done=number == len(orders))
        assert "join" in run.left
    assert run.ended


def test_tokens_that_come_twice_by_one_flow_queue_up() -> None:
    """Two tokens by one flow do not stand for one by each."""
    source = file(
        start(), both("split"), user("a"), user("b"), user("c"), xor("merge"), both("join"), user("after"), end(),
        path("start", "split", "a", "merge", "join", "after", "end"), path("split", "b", "merge"),
        path("split", "c", "join"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["c"]
    run.complete("c")
    assert run.open == ["after"]
    with pytest.raises(engine.StepFailed, match="parallelGateway 'join'.*cannot come any more"):
        run.complete("after")


def test_a_join_that_can_never_be_complete_fails_the_step_that_leads_to_it() -> None:
    source = file(
        start(), xor("choose", default="choose_a"), user("a"), user("b"), both("join"), end(),
        path("start", "choose", "a", "join", "end"), flow("choose", "b", "${false}"), flow("b", "join"),
    )  # fmt: skip
    run = Run(source)
    with pytest.raises(engine.StepFailed, match="'join'"):
        run.complete("a")
    assert run.open == ["a"]


def test_one_gateway_may_join_and_split() -> None:
    source = file(
        start(), both("split"), user("a"), user("b"), both("middle"), user("c"), user("d"), both("join"), end(),
        path("start", "split", "a", "middle", "c", "join", "end"), path("split", "b", "middle", "d", "join"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["c", "d"]
    assert run.complete("d").complete("c").ended


def test_it_looks_at_no_condition() -> None:
    source = file(
        start(), both("f"), user("a"), user("b"), end(), path("start", "f"), flow("f", "a", "${unknown}"),
        flow("f", "b", "${false}"), path("a", "end"), path("b", "end"),
    )  # fmt: skip
    assert Run(source).open == ["a", "b"]


def test_branches_may_end_apart() -> None:
    source = file(
        start(), both("split"), user("a"), user("b"), end("one"), end("two"),
        path("start", "split", "a", "one"), path("split", "b", "two"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert (run.left, run.ended) == (["a", "one"], False)
    assert run.complete("b").ended


def test_two_flows_between_the_same_gateways_are_two_branches() -> None:
    twice = flow("split", "join").replace('id="split_join"', 'id="second"')
    source = file(
        start(), both("split"), both("join"), user("u"), end(), path("start", "split", "join", "u", "end"), twice
    )
    assert Run(source).open == ["u"]


def test_an_interrupted_branch_comes_to_the_join_by_its_boundary_event() -> None:
    inside = (start("s"), user("inner"), end("e"), path("s", "inner", "e"))
    source = file(
        start(), both("split"), user("a"), sub("box", *inside), boundary("late", "box", timer("Duration", "PT1H")),
        xor("merge"), both("join"), end(), path("start", "split", "a", "join", "end"),
        path("split", "box", "merge", "join"), flow("late", "merge"),
    )  # fmt: skip
    run = Run(source).complete("a").fire("late")
    assert (run.ended, run.cancelled) == (True, ["box", "inner"])


def test_tokens_that_wait_at_a_join_are_gone_with_their_scope() -> None:
    inside = (
        start("s"), both("split"), user("a"), user("b"), both("join"), end("e"),
        path("s", "split", "a", "join", "e"), path("split", "b", "join"),
    )  # fmt: skip
    source = file(
        start(), xor("again"), sub("box", *inside), boundary("late", "box", timer("Duration", "PT1H")), end(),
        path("start", "again", "box", "end"), flow("late", "again"),
    )  # fmt: skip
    run = Run(source).complete("a").fire("late")
    assert run.open == ["a", "b"]
    run.complete("b")
    assert run.open == ["a"]
    assert run.complete("a").ended
