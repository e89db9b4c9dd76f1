"""Standard loops, ad-hoc subprocesses, several tokens at once, jobs and external tasks (BPMN 2.0.2, 10.3; Camunda)."""

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    both,
    boundary,
    end,
    error,
    escape,
    file,
    line,
    multi,
    node,
    path,
    script,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.features.feature_runs import Run, refusals

RUNS = {
    "Standard loop": "13.3.6",
    "Ad-hoc subprocess (`adHocSubProcess`), parallel and sequential": "10.3.5, 13.3.5",
    "Start and completion quantity": "10.3",
    "Asynchronous continuation (Camunda)": "–",
    "External task (Camunda)": "–",
}


def loop(condition: str = "", maximum: str = "", *, before: bool = False) -> str:
    inner = f"<loopCondition>{escape(condition)}</loopCondition>" if condition else ""
    given = f' loopMaximum="{maximum}"' if maximum else ""
    tested = "true" if before else "false"
    return f'<standardLoopCharacteristics testBefore="{tested}"{given}>{inner}</standardLoopCharacteristics>'


@pytest.mark.parametrize(
    ("characteristics", "rounds"),
    [
        (loop("${n < 3}"), 3),
        (loop("${n < 3}", before=True), 3),
        (loop("${n < 0}"), 1),
        (loop("${n < 0}", before=True), 0),
        (loop(maximum="2"), 2),
        (loop("${n < 5}", "2"), 2),
        (loop("${n < 2}", "5"), 2),
        (loop("${true}", "${most}", before=True), 4),
    ],
)
def test_an_activity_is_repeated_while_its_condition_is_true(characteristics: str, rounds: int) -> None:
    run = Run(line(script("count", "${n + 1}", "n", characteristics)), n=0, most=4)
    assert (run.ended, run.variables["n"]) == (True, rounds)


def test_a_task_is_opened_again_with_the_number_of_its_round() -> None:
    run = Run(line(user("u", loop("${again}")), user("after")), again=True)
    assert engine.local_variables(run.state or b"", run.token("u") + 1) == {"loopCounter": 0}
    assert run.complete("u").open == ["u"]
    assert run.complete("u", again=False).open == ["after"]


def test_the_border_of_a_loop_is_that_of_all_its_rounds() -> None:
    source = file(
        start(), user("u", loop("${true}")), boundary("b", "u", timer("Duration", "PT1H")), user("late"), end(), end("x"),
        path("start", "u", "end"), path("b", "late", "x"),
    )  # fmt: skip
    run = Run(source).complete("u")
    assert run.fire("b").open == ["late"]


def test_a_subprocess_may_be_a_loop() -> None:
    inside = (start("i"), script("count", "${n + 1}", "n"), end("j"), path("i", "count", "j"))
    run = Run(line(sub("s", loop("${n < 3}"), *inside)), n=0)
    assert (run.ended, run.variables["n"]) == (True, 3)


def test_a_loop_without_end_fails_and_says_so() -> None:
    with pytest.raises(engine.StepFailed, match="without waiting"):
        Run(line(script("count", "${n + 1}", "n", loop("${true}"))), n=0)


@pytest.mark.parametrize(
    ("characteristics", "code"),
    [
        (loop(), "loop-endless"),
        (loop(maximum="-1"), "loop-maximum-invalid"),
        (loop("always"), "condition-not-expression"),
    ],
)
def test_a_loop_that_could_not_run_is_refused(characteristics: str, code: str) -> None:
    assert refusals(line(user("u", characteristics))) == [code]


def ad_hoc(*content: str, ordering: str = "Parallel", until: str = "", cancel: str = "true") -> str:
    inner = f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    return node("adHocSubProcess", "s", *content, inner, ordering=ordering, cancelRemainingInstances=cancel)


def test_the_activities_of_an_ad_hoc_subprocess_are_all_open() -> None:
    run = Run(line(ad_hoc(user("a"), user("b"), user("c"), path("b", "c")), user("after")))
    assert run.open == ["a", "b"]
    assert run.complete("b").complete("a").open == ["c"]
    assert run.complete("c").open == ["after"]


def test_or_one_after_the_other() -> None:
    run = Run(line(ad_hoc(user("a"), user("b"), ordering="Sequential"), user("after")))
    assert run.open == ["a"]
    assert run.complete("a").open == ["b"]
    assert run.complete("b").open == ["after"]


@pytest.mark.parametrize(("cancel", "open_then"), [("true", ["after"]), ("false", ["b"])])
def test_until_enough_is_done(cancel: str, open_then: list[str]) -> None:
    run = Run(line(ad_hoc(user("a"), user("b"), until="${enough}", cancel=cancel), user("after")), enough=False)
    assert run.complete("a", enough=True).open == open_then
    if cancel == "false":
        assert run.complete("b").open == ["after"]


def test_an_activity_may_take_and_make_several_tokens() -> None:
    many = (
        '<scriptTask id="{0}" {1} scriptFormat="juel" camunda:resultVariable="{0}">'
        "<script>${{empty {0} ? 1 : {0} + 1}}</script></scriptTask>"
    )
    source = file(
        start(), many.format("one", 'completionQuantity="2"'), many.format("two", ""),
        many.format("three", 'startQuantity="2"'), end(),
        path("start", "one", "two", "three", "end"),
    )  # fmt: skip
    run = Run(source, one=None, two=None, three=None)
    assert (run.ended, run.variables) == (True, {"one": 1, "two": 2, "three": 1})


@pytest.mark.parametrize("quantity", ["0", "-1", "many"])
def test_a_quantity_that_is_none_is_refused(quantity: str) -> None:
    assert refusals(line(node("userTask", "u", startQuantity=quantity, candidateGroups="clerk"))) == [
        "quantity-invalid"
    ]


def test_a_job_goes_on_before_and_after_an_activity() -> None:
    source = line(
        user("a"),
        service("n", expression="${1}", resultVariable="n", asyncBefore="true", asyncAfter="true", jobPriority="7"),
        user("after"),
    )
    run = Run(source).complete("a")
    assert [(one.node, one.priority) for one in run.jobs.values()] == [("n#asyncBefore", 7)]
    assert "n" not in run.variables
    assert (run.work("n").variables["n"], run.open) == (1, [])
    assert run.work("n").open == ["after"]


def test_a_job_waits_at_each_way_into_a_join() -> None:
    source = file(
        start(), both("f"), user("a"), user("b"), node("parallelGateway", "j", asyncBefore="true"), user("after"), end(),
        path("start", "f"), path("f", "a", "j"), path("f", "b", "j", "after", "end"),
    )  # fmt: skip
    run = Run(source).complete("a").complete("b")
    assert len(run.jobs) == 2
    assert run.work("j").open == []
    assert run.work("j").open == ["after"]


def test_a_job_of_a_repeated_activity_is_of_all_of_it() -> None:
    run = Run(
        line(
            node("userTask", "u", multi(count="3"), asyncBefore="true", asyncAfter="true", candidateGroups="clerk"),
            user("after"),
        )
    )
    assert (len(run.jobs), run.open) == (1, [])
    run.work("u").complete("u").complete("u").complete("u")
    assert (len(run.jobs), run.open) == (1, [])
    assert run.work("u").open == ["after"]


def test_a_job_that_was_run_cannot_be_run_again() -> None:
    run = Run(line(service("n", expression="${1}", asyncBefore="true"), user("after")))
    job = next(iter(run.jobs.values()))
    run.work("n")
    with pytest.raises(Conflict):
        run.step(engine.RunJob(job.token))


def external(**more: str) -> str:
    return service("x", type="external", topic="send-${kind}", taskPriority="${3 + 4}", **more)


def test_an_external_task_waits_for_its_worker() -> None:
    run = Run(line(external(), user("after")), kind="letter")
    (task,) = run.external.values()
    assert (task.topic, task.priority) == ("send-letter", 7)
    run.step(engine.Complete(task.token, {"sent": True}))
    assert (run.open, run.variables["sent"], run.external) == (["after"], True, {})


def test_a_worker_may_raise_a_business_error() -> None:
    source = file(
        start(), external(), boundary("b", "x", error("lost")), user("mend"), end(), end("y"), path("start", "x", "end"),
        path("b", "mend", "y")
    )  # fmt: skip
    run = Run(source, kind="letter")
    assert run.step(engine.Raise(run.token("x"), "lost", variables={"left": 0})).open == ["mend"]
    assert run.variables["left"] == 0


def test_a_worker_that_fails_leaves_variables_and_the_task_stays() -> None:
    run = Run(line(external(), user("after")), kind="letter")
    token = run.token("x")
    run.step(engine.SetLocal(token, {"try": 1}, others={"seen": True}))
    assert (run.variables["seen"], "try" in run.variables) == (True, False)
    assert run.step(engine.Complete(token)).open == ["after"]


def test_an_external_task_without_a_topic_is_refused() -> None:
    assert refusals(line(service("x", type="external"))) == ["topic-missing"]


def test_a_loop_by_flows_stays_as_it_is() -> None:
    again = "<conditionExpression>${again}</conditionExpression>"
    source = file(
        start(), xor("in"), user("u"), xor("x", default="x_end"), end(), path("start", "in", "u", "x", "end"),
        f'<sequenceFlow id="back" sourceRef="x" targetRef="in">{again}</sequenceFlow>',
    )  # fmt: skip
    run = Run(source).complete("u", again=True)
    assert run.open == ["u"]
    assert run.complete("u", again=False).ended
