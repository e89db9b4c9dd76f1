"""Global tasks that are called (BPMN 2.0.2, 10.3.7); send tasks that a worker outside does."""

from app import engine
from tests.features.feature_models import boundary, call, end, error, file, line, node, path, start, timer, user
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Send task that a worker outside does": "10.3.3",
    "Global task, called": "10.3.7",
}


def test_a_send_task_with_a_topic_waits_for_its_worker() -> None:
    run = Run(line(node("sendTask", "s", type="external", topic="letters"), user("after")))
    (task,) = run.external.values()
    assert (task.topic, run.open, run.thrown) == ("letters", [], [])
    assert run.step(engine.Complete(task.token)).open == ["after"]


def test_a_send_task_that_sends_nothing_is_refused() -> None:
    assert refusals(line(node("sendTask", "s"))) == ["service-task-empty"]


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
