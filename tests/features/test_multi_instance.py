"""Multi-instance (BPMN 2.0.2, 13.3.7), parallel and sequential, by cardinality and over a collection."""

from decimal import Decimal

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    boundary,
    end,
    file,
    flow,
    line,
    multi,
    parameters,
    path,
    start,
    sub,
    timer,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Multi-instance, parallel and sequential, by number or list, completion condition": "13.3.7",
}

NAMED = {"name": "${member} ${loopCounter}/${nrOfInstances}"}


def names(run: Run) -> list[str | None]:
    return [task.name for task in run.tasks.values()]


@pytest.mark.parametrize("collection", ["${members}", "members"])
def test_parallel_instances_are_all_open_at_once_each_with_its_item(collection: str) -> None:
    source = line(user("vote", multi(over=collection, item="member"), **NAMED), user("after"))
    run = Run(source, members=["a", "b", "c"])
    assert names(run) == ["a 0/3", "b 1/3", "c 2/3"]
    run.complete("vote").complete("vote")
    assert names(run) == ["c 2/3"]
    assert run.complete("vote").open == ["after"]
    assert run.variables == {"members": ["a", "b", "c"]}


def test_sequential_instances_open_one_after_the_other() -> None:
    members = [f"m{number}" for number in range(12)]
    run = Run(line(user("vote", multi(over="${members}", item="member", sequential=True), **NAMED)), members=members)
    for number, member in enumerate(members):
        assert names(run) == [f"{member} {number}/12"]
        run.complete("vote")
    assert run.ended


@pytest.mark.parametrize("count", ["${n}", "3"])
@pytest.mark.parametrize("n", [3, Decimal(3), 3.0, "3"])
def test_the_cardinality_is_a_whole_number(count: str, n: object) -> None:
    assert Run(line(user("u", multi(count=count))), n=n).open == ["u", "u", "u"]


@pytest.mark.parametrize("n", [-1, 1.5, "many", "²", None, True, [], 10_001, 10**30])
def test_any_other_cardinality_fails_the_step(n: object) -> None:
    with pytest.raises(engine.StepFailed, match="userTask 'u'"):
        Run(line(user("u", multi(count="${n}"))), n=n)


@pytest.mark.parametrize("members", ["text", {"a": 1}, None, 5, list(range(10_001))])
def test_what_is_no_list_or_too_long_fails_the_step(members: object) -> None:
    with pytest.raises(engine.StepFailed, match="userTask 'u'"):
        Run(line(user("u", multi(over="${members}", item="m"))), members=members)


@pytest.mark.parametrize("sequential", [True, False])
def test_no_items_are_no_instances(sequential: bool) -> None:
    source = file(
        start(), user("u", multi(over="${members}", item="m", sequential=sequential)),
        boundary("late", "u", timer("Duration", "PT1H")), user("after"), end(), path("start", "u", "after", "end"),
        flow("late", "end"),
    )  # fmt: skip
    run = Run(source, members=[])
    assert (run.open, run.timers) == (["after"], {})


@pytest.mark.parametrize("sequential", [True, False])
def test_the_completion_condition_ends_it_and_withdraws_the_rest(sequential: bool) -> None:
    until = "${nrOfCompletedInstances / nrOfInstances >= 0.5}"
    run = Run(line(user("vote", multi(count="5", until=until, sequential=sequential)), user("after")))
    run.complete("vote").complete("vote")
    assert "after" not in run.open
    run.complete("vote")
    assert run.open == ["after"]
    assert run.cancelled == ([] if sequential else ["vote", "vote"])


def test_a_completion_condition_that_is_not_boolean_fails_the_step() -> None:
    run = Run(line(user("vote", multi(count="5", until="${nrOfCompletedInstances}"))))
    with pytest.raises(engine.StepFailed, match="not true or false"):
        run.complete("vote")


@pytest.mark.parametrize(("sequential", "active"), [(False, [3, 2, 1]), (True, [1, 1, 1])])
def test_the_counters_tell_how_far_it_is(sequential: bool, active: list[int]) -> None:
    run = Run(line(user("u", multi(count="3", sequential=sequential))))
    for done in range(3):
        assert run.state is not None
        seen = engine.visible_variables(run.state, run.task("u").token, {})
        assert seen == {
            "nrOfInstances": 3,
            "nrOfCompletedInstances": done,
            "nrOfActiveInstances": active[done],
            "loopCounter": done,
        }
        run.complete("u")
    assert run.ended


def test_multi_instance_in_multi_instance_counts_each_for_itself() -> None:
    inside = (
        start("s"), user("u", multi(count="2"), name="${outer}-${loopCounter}"), end("e"), path("s", "u", "e"),
        parameters({"outer": "${loopCounter}"}), multi(count="2"),
    )  # fmt: skip
    source = file(
        start(),
        sub("box", inside[4], *inside[:4], inside[5]),
        user("after"),
        end(),
        path("start", "box", "after", "end"),
    )
    run = Run(source)
    assert sorted(str(name) for name in names(run)) == ["0-0", "0-1", "1-0", "1-1"]
    for _ in range(4):
        assert "after" not in run.open
        run.step(engine.Complete(max(run.tasks)))
    assert run.open == ["after"]


def test_hundreds_of_instances_complete_one_by_one() -> None:
    run = Run(line(user("u", multi(count="300"))))
    for _ in range(299):
        run.complete("u")
    assert not run.ended
    assert run.complete("u").ended


def test_cardinality_and_collection_exclude_each_other() -> None:
    assert refusals(line(user("u", multi(count="2", over="${x}")))) == ["multi-instance-both"]
    assert refusals(line(user("u", multi()))) == ["multi-instance-empty"]


def test_the_state_tells_bodies_from_instances() -> None:
    run = Run(line(user("u", multi(count="2"))))
    assert run.state is not None
    body, *instances = engine.tokens(run.spec, run.state)
    assert (body.node, body.parent, body.multi_instance_body) == ("u", engine.PROCESS, True)
    assert [(one.node, one.parent, one.multi_instance_body) for one in instances] == [("u", body.id, False)] * 2


def test_a_body_cannot_be_completed_in_place_of_its_instances() -> None:
    run = Run(line(user("u", multi(count="2"))))
    with pytest.raises(Conflict):
        run.step(engine.Complete(run.token("u")))
