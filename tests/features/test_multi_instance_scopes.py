"""What the instances of a multi-instance activity see, write and hand on."""

import pytest

from app import engine
from tests.features.feature_models import call, end, file, line, multi, parameters, path, script, start, sub, user
from tests.features.feature_runs import Run

RUNS = {
    "Variables of the instances of a multi-instance activity": "13.3.7",
}


def names(run: Run) -> list[str | None]:
    return [task.name for task in run.tasks.values()]


def test_the_completion_condition_sees_what_the_instances_wrote() -> None:
    run = Run(line(user("vote", multi(count="5", until="${rejected}"))), rejected=False).complete("vote")
    assert len(run.tasks) == 4
    assert run.complete("vote", rejected=True).ended


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


def test_a_collection_that_shrinks_ends_a_sequence_early() -> None:
    run = Run(line(user("u", multi(over="${members}", item="m", sequential=True)), user("after")), members=[1, 2, 3])
    run.complete("u")
    assert run.complete("u", members=[1, 2]).open == ["after"]


def calls(*, sequential: bool, until: str = "") -> str:
    mappings = '<camunda:in source="m" target="member"/>', '<camunda:out source="vote" target="vote"/>'
    loop = multi(over="ms", item="m", sequential=sequential, until=until)
    return call("pay", "payment", *mappings).replace("</callActivity>", loop + "</callActivity>")


def test_called_one_after_the_other_they_end_with_the_answer_that_suffices() -> None:
    run, asked = Run(line(calls(sequential=True, until="${vote == 'no'}"), user("after")), ms=[1, 2, 3]), []
    while run.calls:
        [(token, opened)] = run.calls.items()
        asked.append(opened.variables["member"])
        run.step(engine.Return(token, {"vote": "no" if opened.variables["member"] == 2 else "yes"}))
    assert (asked, run.open, run.variables) == ([1, 2], ["after"], {"ms": [1, 2, 3], "vote": "no"})


def test_what_a_called_process_gives_back_goes_to_its_own_instance_and_not_into_the_count() -> None:
    everything = call("pay", "payment", '<camunda:out variables="all"/>')
    run = Run(line(everything.replace("</callActivity>", multi(over="ms", item="m") + "</callActivity>")), ms=[1, 2])
    for token in list(run.calls):
        run.step(engine.Return(token, {"m": "x", "loopCounter": 7, "nrOfInstances": 50, "paid": token}))
    assert (run.ended, run.variables) == (True, {"ms": [1, 2], "paid": token})
