"""Multi-instance (BPMN 2.0.2, 13.3.7), parallel and sequential, by cardinality and over a collection."""

from decimal import Decimal

import pytest
from feature_models import (
    Run,
    boundary,
    call,
    end,
    file,
    flow,
    line,
    message,
    multi,
    parameters,
    path,
    refusals,
    script,
    start,
    sub,
    timer,
    user,
)

from app import engine
from app.errors import Conflict

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


def test_the_completion_condition_sees_what_the_instances_wrote() -> None:
    run = Run(line(user("vote", multi(count="5", until="${rejected}"))), rejected=False).complete("vote")
    assert len(run.tasks) == 4
    assert run.complete("vote", rejected=True).ended


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


def test_a_task_that_writes_a_counter_does_not_change_the_count() -> None:
    until = "${nrOfCompletedInstances == 3}"
    run = Run(line(user("vote", multi(count="3", until=until)), user("after")))
    run.complete("vote", nrOfCompletedInstances=2, nrOfInstances=1)
    assert run.open == ["vote", "vote"]
    run.complete("vote", nrOfCompletedInstances="none", nrOfActiveInstances=None)
    assert run.open == ["vote"]
    assert run.complete("vote").open == ["after"]


def test_what_the_instances_write_is_kept() -> None:
    run = Run(line(user("vote", multi(count="3")), user("after")))
    for number in range(3):
        run.complete("vote", **{f"vote{number}": number})
    assert run.variables == {"vote0": 0, "vote1": 1, "vote2": 2}


def test_a_task_may_write_its_own_item_without_touching_the_others() -> None:
    run = Run(line(user("u", multi(over="${members}", item="m"), name="${m}")), members=[1, 2])
    run.complete("u", m="changed")
    assert (names(run), run.variables) == (["2"], {"members": [1, 2]})


@pytest.mark.parametrize("sequential", [True, False])
def test_subprocess_instances_have_scopes_of_their_own(sequential: bool) -> None:
    inside = (
        parameters({"sum": "${item}"}), start("s"), script("add", "${sum + 100}", "sum"), user("u", name="${sum}"),
        end("e"), path("s", "add", "u", "e"), multi(over="${items}", item="item", sequential=sequential),
    )  # fmt: skip
    run = Run(file(start(), sub("box", *inside), end(), path("start", "box", "end")), items=[1, 2])
    assert names(run) == (["101"] if sequential else ["101", "102"])
    run.complete("u")
    assert names(run) == ["102"]
    assert run.complete("u").ended
    assert run.variables == {"items": [1, 2]}


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


@pytest.mark.parametrize("sequential", [True, False])
def test_an_interrupting_timer_ends_all_instances(sequential: bool) -> None:
    source = file(
        start(), user("vote", multi(count="3", sequential=sequential)), boundary("late", "vote", timer("Duration", "PT1H")),
        user("after"), end(), path("start", "vote", "end"), path("late", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("vote")
    assert len(run.timers) == 1
    run.fire("late")
    assert (run.open, run.timers) == (["after"], {})
    assert run.complete("after").ended


def test_an_interrupting_message_ends_all_instances_of_a_subprocess() -> None:
    inside = (start("s"), user("u"), end("e"), path("s", "u", "e"), multi(count="3"))
    source = file(
        start(), sub("box", *inside), boundary("stop", "box", message("stop")), user("after"), end(),
        path("start", "box", "end"), path("stop", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("u").deliver("stop", why="withdrawn")
    assert (run.open, run.variables) == (["after"], {"why": "withdrawn"})


def test_a_boundary_inside_an_instance_interrupts_that_instance_alone() -> None:
    inside = (
        start("s"), user("u"), boundary("late", "u", timer("Duration", "PT1H")), user("hurry"), end("e"), multi(count="3"),
        path("s", "u", "e"), path("late", "hurry", "e"),
    )  # fmt: skip
    run = Run(file(start(), sub("box", *inside), end(), path("start", "box", "end")))
    assert len(run.timers) == 3
    run.fire("late")
    assert (run.open, len(run.timers)) == (["hurry", "u", "u"], 2)
    run.complete("u").complete("hurry")
    assert (run.open, run.ended) == (["u"], False)
    assert run.complete("u").ended


def test_a_non_interrupting_timer_is_armed_once_for_all_instances() -> None:
    source = file(
        start(), user("vote", multi(count="3")), boundary("remind", "vote", timer("Cycle", "R2/PT1H"), interrupting=False),
        user("note"), end("noted"), end(), path("start", "vote", "end"), path("remind", "note", "noted"),
    )  # fmt: skip
    run = Run(source).fire("remind")
    assert run.open == ["note", "vote", "vote", "vote"]
    run.complete("vote").complete("vote").complete("vote")
    assert (run.open, run.timers, run.ended) == (["note"], {}, False)


def test_script_instances_run_in_one_step_and_in_order() -> None:
    run = Run(line(script("s", "${text += loopCounter}", "text", multi(count="5", sequential=True))), text="")
    assert (run.ended, run.variables["text"]) == (True, "01234")


def test_every_instance_of_a_call_activity_calls() -> None:
    mapping = '<camunda:in source="m" target="member"/>'
    run = Run(
        line(
            call("pay", "payment", mapping).replace("</callActivity>", multi(over="ms", item="m") + "</callActivity>")
        ),
        ms=[1, 2],
    )
    assert [dict(one.variables) for one in run.calls.values()] == [{"member": 1}, {"member": 2}]
    for token in list(run.calls):
        run.step(engine.Return(token, {}))
    assert run.ended


def test_hundreds_of_instances_complete_one_by_one() -> None:
    run = Run(line(user("u", multi(count="300"))))
    for _ in range(299):
        run.complete("u")
    assert not run.ended
    assert run.complete("u").ended


VOTES = {"votes": "${member == 'chair' ? votes + 2 : votes + vote}", "nrOfInstances": "${loopCounter}"}


@pytest.mark.parametrize("sequential", [False, True])
def test_each_instance_hands_its_outputs_to_the_scope_around_the_body_when_it_ends(sequential: bool) -> None:
    loop = multi(over="members", item="member", sequential=sequential)
    source = line(sub("s", start("a"), user("u", parameters(None, VOTES), loop), end("z"), path("a", "u", "z")))
    run = Run(source, votes=0, members=["chair", "aigul", "dana"])
    seen = []
    for _ in range(3):
        run.complete("u", vote=1)
        seen.append(run.variables["votes"])
    assert (seen, run.ended) == ([2, 3, 4], True)
    assert run.variables["nrOfInstances"] == 2


def test_a_completion_condition_sees_the_outputs_and_instances_that_it_withdraws_have_none() -> None:
    loop = multi(count="3", until="${approvals == 1}")
    source = line(user("u", parameters(None, {"approvals": "${approvals + 1}"}), loop))
    run = Run(source, approvals=0).complete("u")
    assert (run.ended, run.variables) == (True, {"approvals": 1})


@pytest.mark.parametrize("sequential", [False, True])
def test_outputs_of_subprocess_instances_see_the_instance_and_not_its_siblings(sequential: bool) -> None:
    inner = start("a"), script("note", "${name += '!'}", "shout"), user("u"), end("z"), path("a", "note", "u", "z")
    extension = parameters({"shout": "${''}"}, {"called": "${called += shout}"})
    loop = multi(over="names", item="name", sequential=sequential)
    run = Run(line(sub("s", extension, *inner, loop)), called="", names=["x", "y"])
    run.complete("u").complete("u")
    assert (run.ended, run.variables) == (True, {"called": "x!y!", "names": ["x", "y"]})


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


def test_a_collection_that_shrinks_ends_a_sequence_early() -> None:
    run = Run(line(user("u", multi(over="${members}", item="m", sequential=True)), user("after")), members=[1, 2, 3])
    run.complete("u")
    assert run.complete("u", members=[1, 2]).open == ["after"]
