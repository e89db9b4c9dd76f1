"""An instance taken to another version of its process, in the middle of whatever it does."""

from datetime import timedelta
from typing import Any

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    association,
    begun_by,
    both,
    boundary,
    catch,
    compensation,
    conditional,
    end,
    file,
    first_of,
    flow,
    handler,
    line,
    message,
    multi,
    node,
    path,
    script,
    service,
    signal,
    start,
    sub,
    throw,
    timer,
    user,
)  # fmt: skip
from tests.features.feature_runs import MONDAY, Run

RUNS = {
    "Migration: an instance goes on with another version of its process": "–",
}
REFUSES = {
    "Migration that loses a token, or takes it where it cannot wait": "–",
}

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def in_scope(scope: bool, *content: str, task: str = "in") -> bytes:
    """A task, in a subprocess with a timer at its border or not."""
    if not scope:
        return file(start(), user(task), *content, user("after"), end(), path("start", task, "after", "end"))
    inside = sub("sub", start("s"), user(task), *content, end("e"), path("s", task, "e"))
    border = boundary("late", "sub", timer("Duration", "P1D")) + flow("late", "end")
    return file(start(), inside, border, user("after"), end(), path("start", "sub", "after", "end"))


def test_a_scope_that_is_new_is_begun_around_what_runs() -> None:
    run = Run(in_scope(False))
    task = run.task("in").token
    run.world.now += HOUR
    run.migrate(in_scope(True))
    assert (run.task("in").token, run.timer("late").due) == (task, MONDAY + HOUR + DAY)
    run.fire("late")
    assert run.ended
    run = Run(in_scope(False))
    run.migrate(in_scope(True))
    assert run.complete("in").open == ["after"]
    assert run.waits == []


def test_a_scope_that_is_no_more_leaves_its_tokens_and_variables_to_the_one_around() -> None:
    run = Run(in_scope(True), x="process")
    run.step(engine.SetLocal(run.task("in").parent, {"x": "scope", "y": "scope"}))
    done = run.migrate(in_scope(False))
    assert (run.waits, [one.node for one in done.outcome.activities]) == ([], ["sub"])
    assert run.variables == {"x": "process", "y": "scope"}
    assert run.complete("in").open == ["after"]


def test_tokens_of_one_scope_share_the_one_that_is_begun_around_them() -> None:
    parts = both("part"), both("join"), user("a"), user("b"), *(path("part", one, "join") for one in "ab")
    old = file(start(), *parts, user("after"), end(), path("start", "part"), path("join", "after", "end"))
    inside = sub("sub", start("s"), *parts, end("e"), path("s", "part"), path("join", "e"))
    new = file(start(), inside, user("after"), end(), path("start", "sub", "after", "end"))
    run = Run(old).complete("a")
    run.migrate(new)
    assert run.complete("b").open == ["after"]


def test_timers_keep_their_moment_unless_they_are_to_be_set_anew() -> None:
    def version(days: int, name: str) -> bytes:
        return file(
            start(), user("a"), boundary("b", "a", timer("Duration", f"P{days}D")), boundary("m", "a", message(name)), end(),
            path("start", "a", "end"), flow("b", "end"), flow("m", "end"),
        )  # fmt: skip

    run = Run(version(1, "old"))
    run.world.now += HOUR
    done = run.migrate(version(5, "new"))
    assert (run.timer("b").due, done.outcome.timers, done.outcome.disarmed) == (MONDAY + DAY, [], [])
    run.migrate(version(5, "new"), updated=["b", "m"])
    assert run.timer("b").due == MONDAY + HOUR + 5 * DAY
    assert [one.name for one in run.subscriptions.values()] == ["new"]


def test_what_has_happened_at_a_border_does_not_happen_again() -> None:
    source = file(
        start(), user("a"), boundary("b", "a", timer("Duration", "P1D"), interrupting=False), user("beside"), end(),
        path("start", "a", "end"), path("b", "beside", "end"),
    )  # fmt: skip
    run = Run(source).fire("b")
    run.migrate(source)
    assert (run.open, run.waits) == (["a", "beside"], [])
    run.migrate(source, {"a": "a", "beside": "beside"})
    assert run.waits == ["b"]


def test_a_scope_that_was_interrupted_from_within_waits_for_no_other_event() -> None:
    def version(event: str) -> bytes:
        begins = begun_by(event, message("m")) + user("h") + end("he") + path(event, "h", "he")
        return file(start(), user("a"), handler("handler", begins), end(), path("start", "a", "end"))

    run = Run(version("m")).deliver("m")
    run.migrate(version("other"), {"handler": "handler", "h": "h"})
    assert (run.open, run.waits) == (["h"], [])


def test_events_that_are_not_mapped_end_and_those_beside_begin() -> None:
    def version(definition: str, event: str, **named: Any) -> bytes:
        begins = begun_by(f"{event}hs", message(f"{event}hs"), **named) + end("he") + flow(f"{event}hs", "he")
        return file(
            start(), user("a"), boundary(event, "a", definition), handler(f"{event}h", begins), end(),
            path("start", "a", "end"), flow(event, "end"),
        )  # fmt: skip

    run = Run(version(message("m"), "m"))
    run.migrate(version(conditional("${x == 1}"), "c"))
    assert run.waits == ["chs"]
    run.variables["x"] = 1
    assert run.step(engine.LookAgain()).ended


def test_a_join_knows_by_which_flow_a_token_came() -> None:
    def version(prefix: str) -> bytes:
        at = [prefix + one for one in "ab"]
        return file(
            start(), both("part"), *map(user, at), both("join"), user("after"), end(), path("start", "part"),
            *(path("part", one, "join") for one in at), path("join", "after", "end"),
        )  # fmt: skip

    run = Run(version("")).complete("a")
    with pytest.raises(Conflict, match="no flow into it is that of 'a_join'"):
        run.migrate(version("x"), {"join": "join", "b": "xb"})
    run.migrate(version("x"), {"join": "join", "a": "xa", "b": "xb"})
    assert run.complete("xb").open == ["after"]


def test_votes_go_on_with_their_count() -> None:
    run = Run(line(user("vote", multi(count="3")), user("after"))).complete("vote")
    run.migrate(line(user("poll", multi(count="9")), user("after")), {"vote": "poll"})
    assert run.complete("poll").complete("poll").open == ["after"]


def test_what_was_done_is_still_undone() -> None:
    def version(task: str, undo: str, wait: str) -> bytes:
        return file(
            start(), script(task, "${1}", "x"), boundary("c", task, compensation()), user(undo, isForCompensation="true"),
            association("c", undo), user(wait), throw("t", compensation()), user("after"), end(),
            path("start", task, wait, "t", "after", "end"),
        )  # fmt: skip

    run = Run(version("do", "undo", "wait"))
    run.migrate(version("make", "unmake", "rest"), {"do": "make", "wait": "rest"})
    assert run.complete("rest").open == ["unmake"]
    run.migrate(version("make", "undo", "rest"), {"unmake": "undo", "t": "t"})
    assert run.complete("undo").open == ["after"]
    run = Run(version("do", "undo", "wait"))
    with pytest.raises(Conflict, match="'do', which is mapped to nothing"):
        run.migrate(version("make", "unmake", "wait"), {"wait": "wait"})


def test_jobs_external_tasks_and_called_processes_go_along() -> None:
    def version(p: str) -> bytes:
        return line(
            service(f"{p}work", type="external", topic="t"), user(f"{p}u", asyncBefore="true"),
            service(f"{p}out", delegateExpression="${fetch}", asyncAfter="true"),
        )  # fmt: skip

    mapping = {one: f"x{one}" for one in ("work", "u", "out")}
    run = Run(version(""))
    run.migrate(version("x"), mapping)
    (task,) = run.external.values()
    assert task.node == "xwork"
    run.step(engine.Complete(task.token))
    back = {new: old for old, new in mapping.items()}
    run.migrate(version(""), back)
    run.work("u").complete("u")
    run.migrate(version("x"), mapping)
    (job,) = run.jobs.values()
    assert (job.node, job.calls) == ("xout", True)
    run.step(engine.Complete(job.token))
    run.migrate(version(""), back)
    assert run.work("out").ended


def test_an_event_gateway_waits_for_what_stands_behind_it_now() -> None:
    def version(*events: tuple[str, str]) -> bytes:
        caught = [catch(event, definition) + path("g", event, "end") for event, definition in events]
        return file(start(), first_of("g"), *caught, end(), path("start", "g"))

    run = Run(version(("t", timer("Duration", "P1D")), ("m", message("m"))))
    run.world.now += HOUR
    run.migrate(version(("t2", timer("Duration", "P9D")), ("s", signal("s"))), {"g": "g", "t": "t2"})
    assert (run.waits, run.timer("t2").due) == (["s", "t2"], MONDAY + DAY)
    assert run.fire("t2").ended


ONE = line(user("a", name="Register"), user("b"))


@pytest.mark.parametrize(
    ("new", "mapping", "said"),
    [
        (ONE, {}, "'a', which is mapped to nothing"),
        (ONE, {"a": "nothing"}, "does not exist"),
        (line(service("a", type="external", topic="t")), {"a": "a"}, "incompatible types"),
        (line(user("a", multi(count="2"))), {"a": "a"}, "not repeated in the same way"),
        (in_scope(True, task="a").replace(b"</subProcess>", multi(count="2").encode() + b"</subProcess>"),
         {"a": "a"}, "'sub', which does not run"),
    ],
)  # fmt: skip
def test_a_token_that_would_be_lost_or_has_nowhere_to_stand_is_refused(
    new: bytes, mapping: dict[str, str], said: str
) -> None:
    run = Run(ONE)
    state = run.state
    with pytest.raises(Conflict, match=said) as refused:
        run.migrate(new, mapping)
    assert refused.value.details["activityId"] == "a"
    assert "Register" in refused.value.words["ru"]
    assert run.state == state


def test_a_job_that_the_new_version_does_not_have_and_a_join_with_fewer_flows_are_refused() -> None:
    waiting = Run(line(user("a", asyncBefore="true")))
    with pytest.raises(Conflict, match="does not wait in the way of 'a#asyncBefore'"):
        waiting.migrate(line(user("a")))
    parts = [path("part", one, "join") for one in "abc"]
    rest = start(), both("part"), *map(user, "abc"), both("join"), end(), path("start", "part"), path("join", "end")
    run = Run(file(*rest, *parts)).complete("a")
    with pytest.raises(Conflict, match="at least the same number of incoming"):
        run.migrate(file(*rest, *parts[:2], path("part", "c", "end")))


def test_what_is_true_already_happens_at_once_in_a_version_that_waits_for_it() -> None:
    def version(event: str, definition: str) -> bytes:
        return file(
            start(), user("a"), boundary(event, "a", definition), end(), path("start", "a", "end"), flow(event, "end")
        )

    run = Run(version("m", message("m")), x=1)
    done = run.migrate(version("c", conditional("${x == 1}")))
    assert done.restless
    assert run.modify().ended


def test_what_was_done_in_a_scope_that_is_no_more_is_still_undone() -> None:
    work = (
        script("do", "${1}", "x"), boundary("c", "do", compensation()), user("undo", isForCompensation="true"),
        association("c", "undo"), user("wait"),
    )  # fmt: skip
    rest = throw("t", compensation()), user("after"), end(), path("t", "after", "end")
    inside = sub("sub", start("s"), *work, end("e"), path("s", "do", "wait", "e"))
    run = Run(file(start(), inside, *rest, path("start", "sub", "t")))
    run.migrate(file(start(), *work, *rest, path("start", "do", "wait", "t")))
    assert run.complete("wait").open == ["undo"]


def test_an_ad_hoc_subprocess_ends_when_the_new_version_has_fewer_activities() -> None:
    def version(*tasks: str) -> bytes:
        return line(node("adHocSubProcess", "some", *map(user, tasks)), user("after"))

    run = Run(version("a", "b", "c")).complete("b").complete("c")
    run.migrate(version("a", "b"))
    assert run.complete("a").open == ["after"]
