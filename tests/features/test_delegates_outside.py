"""Service tasks whose delegate is called outside of the step: the token waits for the job."""

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    boundary,
    end,
    error,
    file,
    line,
    multi,
    node,
    parameters,
    path,
    service,
    start,
    timer,
    user,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Service task whose delegate reaches outside, in a job of its own (Camunda)": "–",
}


def fetching(*content: str, **attributes: str) -> str:
    return service("ask", *content, delegateExpression="${fetch}", **attributes)


def test_the_token_waits_for_a_job_and_goes_on_with_what_came_of_the_call() -> None:
    run = Run(line(fetching(jobPriority="7"), user("look")), None, None, None, amount=1)
    [job] = run.jobs.values()
    assert (job.node, job.priority, job.calls, run.left) == ("ask", 7, True, ["start"])
    run.step(engine.Complete(job.token, {"paid": 2}))
    assert (run.variables, run.jobs) == ({"amount": 1, "paid": 2}, {})
    assert [task.node for task in run.tasks.values()] == ["look"]


def test_its_own_result_is_there_for_its_output_parameters() -> None:
    given = parameters({"double": "${amount * 2}"}, {"sum": "${paid + double}"})
    run = Run(line(fetching(given), user("look")), None, None, None, amount=1)
    [job] = run.jobs.values()
    run.step(engine.Complete(job.token, {"paid": 5}))
    assert run.variables["sum"] == 7


def test_an_error_is_thrown_where_it_waits() -> None:
    model = file(
        start(), fetching(), end(), user("mend"), end("mended"), boundary("caught", "ask", error("refused")),
        path("start", "ask", "end"), path("caught", "mend", "mended"),
    )  # fmt: skip
    run = Run(model)
    [job] = run.jobs.values()
    run.step(engine.Raise(job.token, "refused", "no money"))
    assert ([task.node for task in run.tasks.values()], run.jobs) == (["mend"], {})


def test_a_timer_at_its_border_interrupts_the_wait() -> None:
    model = file(
        start(), fetching(), end(), user("mend"), end("mended"), boundary("late", "ask", timer("Duration", "PT1M")),
        path("start", "ask", "end"), path("late", "mend", "mended"),
    )  # fmt: skip
    run = Run(model)
    [job], [waiting] = run.jobs.values(), run.timers.values()
    run.step(engine.FireTimer(waiting.token, waiting.key))
    with pytest.raises(Conflict):
        run.step(engine.Complete(job.token, {}))


def test_each_of_several_instances_has_a_call_of_its_own() -> None:
    run = Run(line(fetching(multi(count="3")), user("look")))
    assert len(run.jobs) == 3
    for job in list(run.jobs.values()):
        run.step(engine.Complete(job.token, {}))
    assert [task.node for task in run.tasks.values()] == ["look"]


@pytest.mark.parametrize("kind", ["sendTask", "businessRuleTask"])
def test_other_tasks_that_name_a_delegate_wait_as_well(kind: str) -> None:
    run = Run(line(node(kind, "ask", delegateExpression="${fetch}"), user("look")))
    assert [job.calls for job in run.jobs.values()] == [True]


def test_a_timer_at_the_border_of_a_delegate_that_does_not_wait_is_refused() -> None:
    model = file(
        start(), service("ask", delegateExpression="${check}"), end(), end("e"),
        boundary("late", "ask", timer("Duration", "PT1M")), path("start", "ask", "end"), path("late", "e"),
    )  # fmt: skip
    assert refusals(model) == ["boundary-never-fires"]
