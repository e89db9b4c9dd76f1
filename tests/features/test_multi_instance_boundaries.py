"""Boundary events on multi-instance activities and inside their instances."""

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import (
    boundary,
    call,
    end,
    error,
    file,
    message,
    multi,
    path,
    start,
    sub,
    timer,
    user,
)
from tests.features.feature_runs import Run

RUNS = {
    "Border of a multi-instance activity": "13.3.7",
}


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


def test_an_error_of_one_called_process_withdraws_the_others() -> None:
    pay = call("pay", "payment").replace("</callActivity>", multi(count="3") + "</callActivity>")
    source = file(
        start(), pay, boundary("failed", "pay", error("E")), user("after"), end(),
        path("start", "pay", "end"), path("failed", "after", "end"),
    )  # fmt: skip
    run = Run(source)
    done, fails, waits = run.calls
    run.step(engine.Return(done, {})).step(engine.Raise(fails, "E"))
    assert (run.open, run.calls) == (["after"], {})
    with pytest.raises(Conflict):
        run.step(engine.Return(waits, {}))
