"""OR (BPMN 2.0.2, 13.4.3): every true flow out; in, it waits for each token that can still arrive."""

import pytest

from app import engine
from tests.features.feature_models import (
    both,
    boundary,
    end,
    file,
    flow,
    line,
    path,
    some,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.features.feature_runs import Run

RUNS = {
    "Inclusive gateway (`inclusiveGateway`)": "10.6.3, 13.4.3",
}


def fork(*, middle: str = "", flows: str = "") -> str:
    """split -> a, b (by default d) -> join"""
    return (
        some("split", default="split_d") + user("a") + user("b") + user("d") + some("join") + middle + flows
        + flow("split", "a", "${a}") + flow("split", "b", "${b}") + flow("split", "d")
        + flow("a", "join") + flow("b", "join") + flow("d", "join")
    )  # fmt: skip


ONCE = file(start(), fork(), user("after"), end(), path("start", "split"), path("join", "after", "end"))


@pytest.mark.parametrize(
    ("a", "b", "taken"), [(True, True, "ab"), (True, False, "a"), (False, True, "b"), (False, False, "d")]
)
def test_every_true_flow_is_taken_or_the_default_and_the_join_waits_for_these(a: bool, b: bool, taken: str) -> None:
    run = Run(ONCE, a=a, b=b)
    assert run.open == list(taken)
    for number, name in enumerate(taken, start=1):
        assert "after" not in run.open
        run.complete(name)
        assert ("after" in run.open) is (number == len(taken))
    assert run.complete("after").ended


def test_a_condition_that_is_not_boolean_fails_the_step() -> None:
    with pytest.raises(engine.StepFailed, match="inclusiveGateway 'split'"):
        Run(ONCE, a="yes", b=False)


def test_without_true_flow_and_default_the_step_fails() -> None:
    source = file(
        start(), some("split"), user("a"), user("b"), end(), path("start", "split"),
        flow("split", "a", "${x}"), flow("split", "b", "${x}"), flow("a", "end"), flow("b", "end"),
    )  # fmt: skip
    with pytest.raises(engine.StepFailed, match="no default"):
        Run(source, x=False)


def test_in_a_loop_it_is_right_in_every_round() -> None:
    source = file(
        start(), xor("again"), fork(), xor("enough", default="enough_again"), end(), path("start", "again", "split"),
        path("join", "enough", "again"), flow("enough", "end", "${done}"),
    )  # fmt: skip
    run = Run(source, a=True, b=True, done=False)
    run.complete("a").complete("b")
    assert run.open == ["a", "b"]
    run.complete("b").complete("a", b=False)
    assert run.open == ["a"]
    run.complete("a", a=False)
    assert run.open == ["d"]
    assert run.complete("d", done=True).ended


def test_the_join_itself_may_be_where_the_loop_comes_back() -> None:
    source = file(
        start(), some("join"), user("u"), xor("enough", default="enough_join"), end(),
        path("start", "join", "u", "enough", "join"), flow("enough", "end", "${done}"),
    )  # fmt: skip
    run = Run(source, done=False).complete("u").complete("u")
    assert run.open == ["u"]
    assert run.complete("u", done=True).ended


def test_it_waits_for_a_token_behind_other_gateways() -> None:
    more = user("c") + xor("choose", default="choose_join")
    source = file(
        start(), both("both"), user("a"), user("b"), more, some("join"), user("after"), end(), end("aside"),
        path("start", "both", "a", "join", "after", "end"), path("both", "b", "choose", "join"),
        flow("choose", "c", "${away}"), path("c", "aside"),
    )  # fmt: skip
    run = Run(source, away=True).complete("a")
    assert run.open == ["b"]
    run.complete("b")
    assert run.open == ["after", "c"], "the token went where it cannot come to the join any more"
    run = Run(source, away=False).complete("a").complete("b")
    assert run.open == ["after"]


def test_it_does_not_wait_for_a_token_that_cannot_arrive() -> None:
    source = file(
        start(), both("both"), user("a"), user("aside"), some("split", default="split_b"), user("b"), some("join"),
        end("one"), end(), path("start", "both", "split", "b", "join", "end"), path("both", "aside", "one"),
        flow("split", "a", "${true}"), path("a", "join"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert (run.left, run.open) == (["a", "join", "end"], ["aside"])


def test_it_waits_for_what_a_boundary_event_can_still_bring() -> None:
    late = boundary("late", "task", timer("Duration", "PT1H"), interrupting=False) + flow("late", "join")
    source = file(
        start(), both("both"), user("a"), user("task"), late, some("join"), user("after"), end(), end("aside"),
        path("start", "both", "a", "join", "after", "end"), path("both", "task", "aside"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert run.open == ["task"], "the timer may still send a token"
    assert run.fire("late").open == ["after", "task"]
    assert Run(source).complete("a").complete("task").open == ["after"]


def test_it_waits_for_a_subprocess_on_the_way_and_for_its_interruption() -> None:
    inside = (start("s"), user("inner"), end("e"), path("s", "inner", "e"))
    source = file(
        start(), some("split", default="split_x"), user("a"), sub("box", *inside), user("x"), end(),
        boundary("late", "box", timer("Duration", "PT1H")), user("mend"), xor("merge"), some("join"), user("after"),
        path("start", "split"), flow("split", "a", "${true}"), flow("split", "box", "${true}"), flow("split", "x"),
        path("a", "join", "after", "end"), path("box", "merge", "join"), path("late", "mend", "merge"), flow("x", "join"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert run.open == ["inner"]
    assert run.fire("late").open == ["mend"]
    assert run.complete("mend").open == ["after"]
    assert Run(source).complete("a").complete("inner").open == ["after"]


def test_nested_joins_wait_each_for_their_own() -> None:
    source = file(
        start(), some("outer", default="outer_c"), some("inner", default="inner_b"), user("a"), user("b"), user("c"),
        some("inner_join"), some("outer_join"), end(), path("start", "outer"), flow("outer", "inner", "${true}"),
        flow("outer", "c"), flow("inner", "a", "${true}"), flow("inner", "b"), path("a", "inner_join", "outer_join", "end"),
        path("b", "inner_join"), path("c", "outer_join"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert (run.left, run.ended) == (["a", "inner_join", "outer_join", "end"], True)


def test_two_tokens_on_one_flow_pass_one_after_the_other() -> None:
    source = file(
        start(), both("both"), user("a"), user("b"), user("c"), xor("merge"), some("join"), user("after"), end(),
        path("start", "both", "a", "merge", "join", "after", "end"), path("both", "b", "merge"), path("both", "c", "join"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert run.open == ["c"]
    run.complete("c")
    assert run.open == ["after", "after"], "the first takes the token of c with it"
    assert not run.complete("after").ended
    assert run.complete("after").ended


def test_two_joins_in_a_row_let_one_token_through() -> None:
    source = file(
        start(), some("split", default="split_c"), user("a"), user("b"), user("c"), some("first"), some("second"), end(),
        path("start", "split"), flow("split", "a", "${a}"), flow("split", "b", "${b}"), flow("split", "c"),
        path("a", "first", "second", "end"), path("b", "first"), path("c", "second"),
    )  # fmt: skip
    run = Run(source, a=True, b=True).complete("b")
    assert run.open == ["a"]
    assert run.complete("a").left == ["a", "first", "second", "end"]
    assert run.ended


def test_with_one_flow_in_and_one_out_it_is_passed() -> None:
    assert Run(line(some("g"), user("a"))).open == ["a"]


def test_tokens_of_other_subprocess_instances_do_not_hold_it_up() -> None:
    content = (
        start("s"), some("split", default="split_d"), user("a"), user("d"), some("join"), user("after"), end("e"),
        path("s", "split", "d", "join", "after", "e"), flow("split", "a", "${loopCounter == 0}"), flow("a", "join"),
        '<multiInstanceLoopCharacteristics isSequential="false"><loopCardinality>2</loopCardinality>'
        "</multiInstanceLoopCharacteristics>",
    )  # fmt: skip
    run = Run(file(start(), sub("box", *content), end(), path("start", "box", "end")))
    assert run.open == ["a", "d"]
    assert run.complete("d").open == ["a", "after"]


def test_in_a_loop_it_does_not_wait_for_a_token_that_would_bring_a_new_round() -> None:
    """A token at `side` can reach the empty flow of the join only through the split, as it can reach the full one."""
    source = file(
        start(), xor("again"), both("fork"), fork(middle=user("after")), user("side"), both("meet"),
        xor("enough", default="enough_again"), end(), path("start", "again", "fork", "split"),
        path("join", "after", "meet", "enough", "again"), path("fork", "side", "meet"), flow("enough", "end", "${done}"),
    )  # fmt: skip
    run = Run(source, a=True, b=False, done=False).complete("a")
    assert run.open == ["after", "side"]
    run.complete("side", b=True).complete("after")
    assert run.open == ["a", "b", "side"]
    run.complete("side").complete("a")
    assert run.open == ["b"]
    assert run.complete("b", done=True).complete("after").ended


def test_joins_that_wait_for_each_other_fail_the_step_instead_of_standing_still() -> None:
    source = file(
        start(), user("u"), both("fork"), some("one"), some("two"), some("one_out", default="one_out_two"),
        some("two_out", default="two_out_one"), end(), path("start", "u", "fork", "one", "one_out", "two"),
        path("fork", "two", "two_out", "one"), flow("one_out", "end", "${true}"), flow("two_out", "end", "${true}"),
    )  # fmt: skip
    run = Run(source)
    with pytest.raises(engine.StepFailed, match="inclusiveGateway 'one'.*cannot come any more"):
        run.complete("u")
