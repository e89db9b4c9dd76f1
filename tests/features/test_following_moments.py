"""Moments that follow the variables: counted anew when these change, where the model says so."""

from datetime import timedelta

import pytest

from app import engine
from tests.features.feature_models import both, boundary, catch, end, file, line, path, script, start, timer, user
from tests.features.feature_runs import MONDAY, Run

RUNS = {
    "Timers and due dates that follow the variables they are counted from": "–",
}

FOLLOWS = (
    '<extensionElements><camunda:properties xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
    '<camunda:property name="term.follows" value="variables"/></camunda:properties></extensionElements>'
)
DATES = {"d": "2026-03-05T09:00:00+05:00"}


def due(run: Run) -> list[object]:
    return [one.due for one in run.timers.values()]


@pytest.mark.parametrize(("said", "moved"), [(FOLLOWS, True), ("", False)])
def test_a_timer_follows_a_date_only_where_the_model_says_so(said: str, moved: bool) -> None:
    run = Run(line(catch("c", said + timer("Date", "${d}"))), **DATES)
    before = due(run)
    run.variables["d"] = "2026-03-09T09:00:00+05:00"
    run.step(engine.LookAgain())
    assert [one - before[0] for one in due(run)] == [timedelta(days=4 if moved else 0)]


def test_a_duration_counts_from_the_beginning_of_the_wait() -> None:
    source = file(
        start(), user("a"), boundary("b", "a", FOLLOWS + timer("Duration", "${d}"), interrupting=False), end(), end("late"),
        path("start", "a", "end"), path("b", "late"),
    )  # fmt: skip
    run = Run(source, d="P3D")
    run.world.now += timedelta(days=1)
    run.variables["d"] = "P5D"
    run.step(engine.LookAgain())
    assert due(run) == [MONDAY + timedelta(days=5)]


def test_what_another_branch_writes_moves_a_due_date() -> None:
    source = file(
        start(), both("part"), user("a", FOLLOWS, dueDate="${d}"), user("b"), script("s", "${later}", "d"), end(), end("two"),
        path("start", "part", "a", "end"), path("part", "b", "s", "two"),
    )  # fmt: skip
    run = Run(source, later="2026-03-12T09:00:00+05:00", **DATES)
    outcome = engine.step(run.spec, run.state, run.variables, engine.Complete(run.token("b")), run.world)
    assert outcome.recounted == [(run.token("a"), MONDAY + timedelta(days=10))]
