"""The starter of a case in a variable (`camunda:initiator` of the start event)."""

import pytest

from app import engine
from tests.features.feature_models import end, file, node, path, user
from tests.features.feature_runs import Run, World, compiled

RUNS = {
    "Start event (`startEvent`) with Camunda's initiator": "10.5.2",
}

SOURCE = file(node("startEvent", "start", initiator="starter"), user("u", assignee="${starter}"), end(),
              path("start", "u", "end"))  # fmt: skip


def test_the_first_step_sees_who_started_the_case() -> None:
    run = Run(SOURCE)
    assert (run.task("u").assignee, run.variables) == ("aigul", {"starter": "aigul"})


def test_whoever_starts_a_case_cannot_pass_for_another() -> None:
    assert Run(SOURCE, starter="dana").variables == {"starter": "aigul"}


def test_a_case_that_a_timer_starts_has_no_starter_for_whom_a_step_could_open() -> None:
    called = file(node("startEvent", "start", initiator="starter"), user("u", assignee="${starter}", candidateGroups=""),
                  end(), path("start", "u", "end"))  # fmt: skip
    with pytest.raises(engine.StepFailed, match="names nobody"):
        engine.step(compiled(called), None, {}, engine.Start(), World(starter=None))


def test_later_steps_leave_the_variable_alone() -> None:
    run = Run(SOURCE).complete("u", starter="dana")
    assert (run.ended, run.variables) == (True, {"starter": "dana"})
