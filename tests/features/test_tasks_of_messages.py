"""Send tasks, receive tasks that begin a process (BPMN 2.0.2, 10.3.3), global tasks that are called (10.3.7)."""

import pytest

from app import engine
from app.domain.models.model import EventKind
from tests.features.feature_models import boundary, call, end, error, file, line, multi, node, path, start, timer, user
from tests.features.feature_runs import Run, compiled, refusals

RUNS = {
    "Send task (`sendTask`)": "10.3.3",
    "Receive task that begins a process": "10.3.3, 10.5.2",
    "Global task, called": "10.3.7",
}

PAYLOAD = '<extensionElements><camunda:in source="total" target="amount"/></extensionElements>'
RECEIVE = '<receiveTask id="r" instantiate="true" messageRef="message-{0}"{1}/>'


def test_a_send_task_sends_the_message_that_it_names() -> None:
    run = Run(line(node("sendTask", "s", PAYLOAD, messageRef="message-paid"), user("after")), total=7)
    assert [(one.kind, one.name, one.variables) for one in run.thrown] == [(EventKind.MESSAGE, "paid", {"amount": 7})]
    assert run.open == ["after"]


def test_it_sends_once_for_each_of_its_instances() -> None:
    source = line(node("sendTask", "s", multi(over="all", item="who"), messageRef="message-to"))
    named = source.replace(b'name="to"', b'name="to-${who}"')
    assert [one.name for one in Run(named, all=["a", "b"]).thrown] == ["to-a", "to-b"]


def test_a_send_task_with_a_topic_waits_for_its_worker() -> None:
    run = Run(line(node("sendTask", "s", type="external", topic="letters"), user("after")))
    (task,) = run.external.values()
    assert (task.topic, run.open, run.thrown) == ("letters", [], [])
    assert run.step(engine.Complete(task.token)).open == ["after"]


def test_a_send_task_that_sends_nothing_is_refused() -> None:
    assert refusals(line(node("sendTask", "s"))) == ["service-task-empty"]


def begun(attributes: str = "", *more: str) -> bytes:
    return file(RECEIVE.format("paid", attributes), user("after"), end(), path("r", "after", "end"), *more)


@pytest.mark.parametrize("attributes", ["", ' camunda:asyncBefore="true"'])
def test_a_receive_task_may_begin_the_process(attributes: str) -> None:
    run = Run(begun(attributes), None, None, engine.Start("r"), amount=7)
    if attributes:
        run.work("r")
    assert (run.open, run.waits, run.left[0]) == (["after"], [], "r")


def test_begun_by_hand_it_waits_for_its_message() -> None:
    run = Run(begun())
    assert (run.open, run.waits) == ([], ["r"])
    assert run.deliver("r").open == ["after"]


def test_it_may_stand_beside_a_plain_start() -> None:
    spec = compiled(begun("", start(), path("start", "after")))
    assert (Run(spec).open, Run(spec).waits) == (["after"], [])
    assert Run(spec, None, None, engine.Start("r")).open == ["after"]


def test_one_in_a_flow_is_refused() -> None:
    source = line(RECEIVE.format("paid", ""), user("after"))
    assert refusals(source) == ["instantiate-in-flow"]


def outside(source: bytes, task: str) -> bytes:
    return source.replace(b"<process", task.encode() + b"<process")


def test_a_called_global_task_is_done_as_if_it_stood_there() -> None:
    task = '<globalUserTask id="check" camunda:candidateGroups="head" camunda:priority="${70}"/>'
    source = file(
        start(), call("c", "check"), boundary("b", "c", timer("Duration", "P1D")), end(), user("late"), end("x"),
        path("start", "c", "end"), path("b", "late", "x"),
    )  # fmt: skip
    run = Run(outside(source, task))
    assert (run.open, run.task("c").candidate_groups, run.task("c").priority) == (["c"], ("head",), 70)
    assert run.fire("b").open == ["late"]


def test_a_global_script_is_computed_once_for_each_call() -> None:
    task = (
        '<globalScriptTask id="add" scriptLanguage="juel" camunda:resultVariable="n"><script>${n + 1}</script>'
        "</globalScriptTask>"
    )
    run = Run(outside(line(call("a", "add"), call("b", "add")), task), n=0)
    assert (run.ended, run.variables, run.calls) == (True, {"n": 2}, {})


def test_a_script_in_a_general_language_is_refused_there_too() -> None:
    task = '<globalScriptTask id="add" scriptLanguage="groovy" camunda:resultVariable="n"><script>${1}</script>'
    task += "</globalScriptTask>"
    assert refusals(outside(line(call("a", "add")), task)) == ["script-language"]


def test_an_error_of_a_send_task_with_a_topic_is_caught_at_its_border() -> None:
    source = file(
        start(), node("sendTask", "s", type="external", topic="letters"), boundary("b", "s", error("lost")), end(),
        user("mend"), end("x"), path("start", "s", "end"), path("b", "mend", "x"),
    )  # fmt: skip
    run = Run(source)
    assert run.step(engine.Raise(run.token("s"), "lost")).open == ["mend"]
