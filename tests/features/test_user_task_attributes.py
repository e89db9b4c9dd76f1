"""User tasks (BPMN 2.0.2, 10.3.4) with Camunda's attributes, evaluated when the task opens."""

from datetime import datetime, timedelta

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import end as end_event
from tests.features.feature_models import file, flow, line, parameters, path, start, user, xor
from tests.features.feature_runs import MONDAY, ZONE, Run

RUNS = {
    "User task (`userTask`) with Camunda's attributes": "10.3.3, 10.3.4",
}


def test_texts_are_evaluated_where_the_task_stands() -> None:
    run = Run(line(user("a", name="Check ${number}", assignee="${who}")), number=7, who="aigerim")
    task = run.task("a")
    assert (task.name, task.assignee, task.candidate_groups, task.priority) == ("Check 7", "aigerim", ("clerk",), 50)


def test_an_assignee_that_is_null_or_empty_is_no_assignee() -> None:
    run = Run(line(user("a", assignee="${who}"), user("b", assignee="${other}")), who=None, other="")
    assert run.task("a").assignee is None
    assert run.complete("a").task("b").assignee is None


@pytest.mark.parametrize("nobody", [None, "", " "])
@pytest.mark.parametrize("attribute", ["assignee", "candidateUsers", "candidateGroups"])
def test_a_task_whose_expressions_name_nobody_fails_the_step(attribute: str, nobody: str | None) -> None:
    with pytest.raises(engine.StepFailed, match=r"userTask 'a' .*names nobody"):
        Run(line(user("a", **{"candidateGroups": "", attribute: "${who}"})), who=nobody)


def test_an_assignee_of_an_unknown_variable_fails_the_step_and_names_it() -> None:
    with pytest.raises(engine.StepFailed, match=r"userTask 'a' .*\$\{who\}") as failed:
        Run(line(user("a", assignee="${who}")))
    assert failed.value.details == {"activityId": "a", "activityName": None, "expression": "${who}"}


@pytest.mark.parametrize(("who", "why"), [("a" * 256, "has 256 characters"), ("a\0", "NUL character")])
@pytest.mark.parametrize("attribute", ["assignee", "candidateUsers", "candidateGroups"])
def test_a_name_that_nobody_could_be_found_by_fails_the_step(attribute: str, who: str, why: str) -> None:
    with pytest.raises(engine.StepFailed, match=f"userTask 'a' .*{why}"):
        Run(line(user("a", **{"candidateGroups": "", attribute: "${who}"})), who=who)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [(["clerk", "head"], ("clerk", "head")), ("clerk, head", ("clerk", "head")), ("", ()), (None, ()), ([], ())],
)
def test_candidate_groups_by_expression_are_a_list_or_a_text_with_commas(groups: object, expected: object) -> None:
    run = Run(line(user("a", candidateGroups="${groups}", candidateUsers="dana,${boss}")), groups=groups, boss="erlan")
    assert run.task("a").candidate_groups == expected
    assert run.task("a").candidate_users == ("dana", "erlan")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-03-05T18:00:00", datetime(2026, 3, 5, 18, tzinfo=ZONE)),
        ("2026-03-05T18:00:00Z", datetime.fromisoformat("2026-03-05T18:00:00+00:00")),
        (MONDAY, MONDAY),
        ("P2D", MONDAY + timedelta(days=2)),
        (None, None),
        ("", None),
    ],
)
def test_a_due_date_by_expression_is_a_moment_a_text_or_a_duration(given: object, expected: object) -> None:
    task = Run(line(user("a", dueDate="${due}", followUpDate="${due}")), due=given).task("a")
    assert (task.due, task.follow_up) == (expected, expected)


@pytest.mark.parametrize(
    "given", ["tomorrow", "P9999Y", "P", 5, "0001-01-01T00:00:00+05:00", datetime.min.replace(tzinfo=ZONE)]
)
def test_a_due_date_that_is_none_fails_the_step(given: object) -> None:
    with pytest.raises(engine.StepFailed, match="'a'"):
        Run(line(user("a", dueDate="${due}")), due=given)


@pytest.mark.parametrize(("given", "expected"), [(70, 70), ("-5", -5), (3.0, 3), ("${1 + 1}", 2)])
def test_a_priority_is_a_whole_number(given: object, expected: int) -> None:
    source = given if isinstance(given, str) and given.startswith("$") else "${given}"
    assert Run(line(user("a", priority=source)), given=given).task("a").priority == expected


@pytest.mark.parametrize("given", [1.5, "high", "--1", "²", True, [1], None, float("inf"), 2**31, "-2147483648"])
def test_any_other_priority_fails_the_step(given: object) -> None:
    with pytest.raises(engine.StepFailed, match="priority"):
        Run(line(user("a", priority="${given}")), given=given)


def test_a_second_completion_is_a_conflict_and_names_the_token() -> None:
    run = Run(line(user("a"), user("b")))
    first = run.token("a")
    run.complete("a")
    with pytest.raises(Conflict, match=str(first)):
        run.step(engine.Complete(first))
    assert run.open == ["b"]


@pytest.mark.parametrize("token", [0, 1, 99, -1])
def test_a_token_that_is_no_open_task_cannot_be_completed(token: int) -> None:
    run = Run(line(user("a")))
    with pytest.raises(Conflict):
        run.step(engine.Complete(token))
    assert run.complete("a").ended


def test_an_expression_that_fails_leaves_everything_as_it_was() -> None:
    run = Run(line(user("a"), user("b", assignee="${boss.name}")))
    state, variables = run.state, dict(run.variables)
    with pytest.raises(engine.StepFailed) as failure:
        run.complete("a", boss="a text has no name")
    assert failure.value.details == {
        "activityId": "b",
        "activityName": None,
        "expression": "${boss.name}",
    }
    assert (run.state, run.variables, run.open) == (state, variables, ["a"])
    assert run.complete("a", boss={"name": "saule"}).task("b").assignee == "saule"


def test_activities_tell_when_a_task_was_entered_and_left() -> None:
    run = Run(line(user("a")))
    run.world.now = MONDAY + timedelta(hours=3)
    run.complete("a")
    task = next(one for one in run.activities if one.node == "a")
    assert (task.started, task.ended, task.parent, task.cancelled) == (
        MONDAY,
        MONDAY + timedelta(hours=3),
        engine.PROCESS,
        False,
    )


def test_local_variables_of_a_task_go_with_it() -> None:
    run = Run(line(user("a", parameters({"hint": "${number * 2}"})), user("b")), number=21)
    assert run.task("a").local == {"hint": 42}
    token = run.token("a")
    run.step(engine.SetLocal(token, {"note": "x", "draft": 1}))
    run.step(engine.SetLocal(token, {}, ("draft",)))
    assert run.state is not None
    assert engine.local_variables(run.state, token) == {"hint": 42, "note": "x"}
    assert engine.visible_variables(run.state, token, run.variables)["number"] == 21
    run.step(engine.Complete(token, {"approved": True}, {"secret": 1}))
    assert run.variables == {"number": 21, "approved": True}


def test_the_tasks_that_stay_open_are_told_with_what_changed() -> None:
    nodes = [start(), *(user(name) for name in "ab"), end_event()]
    split = '<parallelGateway id="split"/>'
    run = Run(file(*nodes, split, path("start", "split", "a", "end"), path("split", "b", "end")))
    outcome = engine.step(run.spec, run.state, {}, engine.Complete(run.token("a"), {"x": 1}), run.world)
    assert (outcome.changed, outcome.still_open) == ({"x"}, [run.token("b")])


def test_a_cancelled_instance_withdraws_everything_and_is_over() -> None:
    source = file(
        start(), '<parallelGateway id="split"/>', user("a"), user("b"), xor("join"), end_event(),
        path("start", "split", "a", "join", "end"), flow("split", "b"), flow("b", "join"),
    )  # fmt: skip
    run = Run(source).step(engine.Cancel())
    assert (run.ended, run.error, run.cancelled, run.open) == (True, None, ["a", "b"], [])
