"""Subprocesses (BPMN 2.0.2, 10.3.5): a scope that ends with its last token; terminate ends acts on its own scope."""

from app import engine
from tests.features.feature_models import (
    TERMINATE,
    both,
    boundary,
    end,
    error,
    file,
    flow,
    message,
    multi,
    path,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.features.feature_runs import Run

RUNS = {
    "Subprocess (`subProcess`)": "10.3.5, 13.3.4",
    "Terminate end event (`endEvent`)": "10.5.3",
}


def nested(depth: int) -> str:
    if depth == 0:
        return user("core")
    inner = "core" if depth == 1 else f"box{depth - 1}"
    name, entry, leave = f"box{depth}", f"s{depth}", f"e{depth}"
    return sub(name, start(entry), nested(depth - 1), end(leave), path(entry, inner, leave))


def test_ten_subprocesses_inside_each_other_end_from_within() -> None:
    run = Run(file(start(), nested(10), end(), path("start", "box10", "end")))
    assert run.open == ["core"]
    run.complete("core")
    boxes = [name for name in run.left if name.startswith("box")]
    assert (run.ended, boxes) == (True, [f"box{depth}" for depth in range(1, 11)])


def test_a_subprocess_ends_with_its_last_token() -> None:
    inside = (
        start("s"), both("split"), user("a"), user("b"), end("e1"), end("e2"),
        path("s", "split", "a", "e1"), path("split", "b", "e2"),
    )  # fmt: skip
    run = Run(file(start(), sub("box", *inside), user("after"), end(), path("start", "box", "after", "end")))
    assert run.complete("a").open == ["b"]
    run.complete("b")
    assert (run.open, run.left) == (["after"], ["b", "e2", "box"])


def test_activities_know_the_scope_around_them() -> None:
    inside = (start("s"), user("a"), end("e"), path("s", "a", "e"))
    run = Run(file(start(), sub("box", *inside), end(), path("start", "box", "end")))
    box = run.token("box")
    run.complete("a")
    assert {one.node: one.parent for one in run.activities} == {"a": box, "e": box, "box": 1, "end": 1}


def test_a_subprocess_in_a_loop_begins_anew_each_time() -> None:
    inside = (start("s"), user("a"), end("e"), path("s", "a", "e"))
    source = file(
        start(), xor("again"), sub("box", *inside), xor("enough", default="enough_again"), end(),
        path("start", "again", "box", "enough", "again"), flow("enough", "end", "${done}"),
    )  # fmt: skip
    run = Run(source, done=False)
    for _ in range(3):
        run.complete("a")
        assert run.open == ["a"]
    assert run.complete("a", done=True).ended


def terminating(*, loop: str = "") -> bytes:
    inside = (
        start("s"), both("split"), user("a"), user("b"), end("e"), end("stop", TERMINATE), loop,
        path("s", "split", "a", "e"), path("split", "b", "stop"),
    )  # fmt: skip
    source = (
        start(), both("fork"), sub("box", *inside), user("side"), user("after"), end(), end("other"),
        path("start", "fork", "box", "after", "end"), path("fork", "side", "other"),
    )  # fmt: skip
    return file(*source)


def test_a_terminate_end_in_a_subprocess_ends_the_subprocess_alone() -> None:
    run = Run(terminating()).complete("b")
    assert (run.open, run.cancelled, run.left) == (["after", "side"], ["a"], ["b", "stop", "box"])


def test_a_terminate_end_in_a_multi_instance_subprocess_ends_its_own_instance_alone() -> None:
    run = Run(terminating(loop=multi(count="2"))).complete("b")
    assert (run.open, run.cancelled) == (["a", "b", "side"], ["a"])
    assert run.complete("b").open == ["after", "side"]


def test_a_terminate_end_of_the_process_ends_everything() -> None:
    inside = (start("s"), user("inner"), end("e"), path("s", "inner", "e"))
    source = file(
        start(), both("split"), user("a"), sub("box", *inside), boundary("late", "box", timer("Duration", "PT1H")),
        end("stop", TERMINATE), end(), path("start", "split", "a", "stop"), path("split", "box", "end"), flow("late", "end"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert (run.ended, run.error, run.cancelled) == (True, None, ["box", "inner"])
    assert run.timers == {}


def test_a_terminate_end_drops_tokens_that_are_about_to_run() -> None:
    """The terminate end is reached in the same step before the other branches have run."""
    many = [f"u{number}" for number in range(5)]
    source = file(
        start(), both("split"), end("stop", TERMINATE), *(user(name) for name in many), end(),
        path("start", "split", "stop"), *(path("split", name, "end") for name in many),
    )  # fmt: skip
    run = Run(source)
    assert (run.ended, run.open, run.left) == (True, [], ["start", "split", "stop"])


def test_a_path_from_a_non_interrupting_boundary_outlives_its_subprocess() -> None:
    inside = (start("s"), user("inner"), end("e"), path("s", "inner", "e"))
    source = file(
        start(), sub("box", *inside), boundary("ask", "box", message("ask"), interrupting=False), user("answer"),
        end(), end("other"), path("start", "box", "end"), path("ask", "answer", "other"),
    )  # fmt: skip
    run = Run(source).deliver("ask")
    assert run.open == ["answer", "inner"]
    run.complete("inner")
    assert (run.open, run.ended, run.subscriptions) == (["answer"], False, {})
    assert run.complete("answer").ended


def test_an_interrupted_subprocess_stops_at_once_and_everything_in_it_is_withdrawn() -> None:
    deep = sub("deep", start("ds"), user("d1"), end("de"), path("ds", "d1", "de"), multi(count="3"))
    inside = (
        start("s"), both("split"), deep, user("a"), boundary("inner_late", "a", timer("Duration", "PT2H")), end("e"),
        path("s", "split", "deep", "e"), path("split", "a", "e"), flow("inner_late", "e"),
    )  # fmt: skip
    source = file(
        start(), sub("box", *inside), boundary("late", "box", timer("Duration", "PT1H")), user("after"), end(),
        path("start", "box", "end"), path("late", "after", "end"),
    )  # fmt: skip
    run = Run(source)
    assert run.open == ["a", "d1", "d1", "d1"]
    run.fire("late")
    assert (run.open, run.timers) == (["after"], {})
    assert run.complete("after").ended


def test_a_boundary_in_a_multi_instance_subprocess_in_a_subprocess_goes_with_its_scopes() -> None:
    inner = sub(
        "inner", start("is"), user("u"), boundary("hint", "u", message("hint"), interrupting=False), user("note"),
        end("ie"), path("is", "u", "ie"), path("hint", "note", "ie"), multi(count="2"),
    )  # fmt: skip
    source = file(
        start(), sub("outer", start("os"), inner, end("oe"), path("os", "inner", "oe")),
        boundary("late", "outer", timer("Duration", "PT1H")), user("after"), end(), path("start", "outer", "end"),
        path("late", "after", "end"),
    )  # fmt: skip
    run = Run(source).deliver("hint").complete("u")
    assert (run.open, len(run.subscriptions)) == (["note", "u"], 1)
    run.complete("note")
    assert (run.open, run.ended) == (["u"], False)
    run.deliver("hint").fire("late")
    assert (run.open, run.subscriptions) == (["after"], {})


def test_a_subprocess_left_by_an_error_of_one_token_never_completes_as_well() -> None:
    """Its last other token would otherwise send a second token out of the subprocess."""
    inside = (
        start("s"), both("split"), user("a"), both("join"), user("b"), end("e"), end("fail", error("E1")),
        path("s", "split", "a", "join", "e"), path("split", "b", "join"), boundary("lost", "b", error("E2")),
        path("lost", "fail"),
    )  # fmt: skip
    source = file(
        start(), sub("box", *inside), boundary("e1", "box", error("E1")), user("after"), end(), path("start", "box", "after"),
        path("e1", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("a")
    run.step(engine.Raise(run.token("b"), "E2"))
    assert (run.open, run.cancelled) == (["after"], ["b", "box", "join"])
