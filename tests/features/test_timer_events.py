"""Timers (BPMN 2.0.2, 10.5.5): date, duration and cycle, on activities and on the way."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import engine
from app.errors import Conflict
from tests.features.feature_models import boundary, catch, end, file, line, parameters, path, start, sub, timer, user
from tests.features.feature_runs import MONDAY, ZONE, Run, refusals

RUNS = {
    "Timer: date, duration, cycle; caught, at a border": "10.5.5",
}

HOUR = timedelta(hours=1)


def waiting(definition: str) -> bytes:
    return line(catch("wait", definition), user("after"))


def bounded(definition: str, *, interrupting: bool = True) -> bytes:
    return file(
        start(), user("u"), boundary("t", "u", definition, interrupting=interrupting), user("late"), end(), end("other"),
        path("start", "u", "end"), path("t", "late", "other"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("definition", "due"),
    [
        (timer("Date", "2026-03-05T18:00:00"), datetime(2026, 3, 5, 18, tzinfo=ZONE)),
        (timer("Date", "2026-03-05T13:00:00Z"), datetime(2026, 3, 5, 18, tzinfo=ZONE)),
        (timer("Date", "${at}"), MONDAY + 5 * HOUR),
        (timer("Date", "${text}"), datetime(2026, 4, 1, tzinfo=ZONE)),
        (timer("Duration", "PT90M"), MONDAY + timedelta(minutes=90)),
        (timer("Duration", "P1M"), datetime(2026, 4, 2, 9, tzinfo=ZONE)),
        (timer("Duration", "PT${n}H"), MONDAY + 7 * HOUR),
        (timer("Duration", "${at}"), MONDAY + 5 * HOUR),
    ],
)
def test_an_intermediate_timer_is_due_when_it_says(definition: str, due: datetime) -> None:
    run = Run(waiting(definition), at=MONDAY + 5 * HOUR, text="2026-04-01", n=7)
    assert (run.timer("wait").due, run.open) == (due, [])
    assert run.fire("wait").open == ["after"]


@pytest.mark.parametrize(
    "definition",
    [timer("Date", "${x}"), timer("Duration", "${x}"), timer("Duration", "P9999Y"), timer("Date", "${missing}")],
)
def test_a_timer_without_a_time_fails_the_step(definition: str) -> None:
    run = Run(line(user("a"), catch("wait", definition)), x="soon")
    with pytest.raises(engine.StepFailed, match="'wait'"):
        run.complete("a")
    assert run.open == ["a"]


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", datetime.max.replace(tzinfo=ZONE)]
)
@pytest.mark.parametrize("kind", ["Date", "Cycle"])
def test_a_timer_in_a_year_that_cannot_be_kept_fails_the_step(kind: str, moment: object) -> None:
    value = "${x}" if kind == "Date" or isinstance(moment, datetime) else "R2/${x}/P1D"
    with pytest.raises(engine.StepFailed, match="'t': the year (1|9999) is not from"):
        Run(bounded(timer(kind, value), interrupting=False), x=moment)


@pytest.mark.parametrize("cycle", ["soon", None, MONDAY, "R3/P9999Y"])
def test_a_cycle_whose_expression_gives_none_any_more_fails_the_step_in_which_it_fires(cycle: object) -> None:
    run = Run(bounded(timer("Cycle", "${cycle}"), interrupting=False), cycle="R3/PT1H")
    run.variables["cycle"] = cycle
    with pytest.raises(engine.StepFailed, match="timer 't'"):
        run.fire("t")
    assert run.open == ["u"]


def test_an_interrupting_timer_withdraws_the_task() -> None:
    run = Run(bounded(timer("Duration", "PT1H"))).fire("t")
    assert (run.open, run.cancelled, run.left) == (["late"], ["u"], ["t"])


def test_a_timer_is_gone_with_its_task() -> None:
    run = Run(bounded(timer("Duration", "PT1H")))
    token = run.token("u")
    assert run.complete("u").ended
    assert run.timers == {}
    with pytest.raises(Conflict):
        run.step(engine.FireTimer(token, "t"))


def test_a_timer_fires_once() -> None:
    run = Run(bounded(timer("Duration", "PT1H"), interrupting=False))
    token = run.token("u")
    run.fire("t")
    with pytest.raises(Conflict, match="'t' is no longer set"):
        run.step(engine.FireTimer(token, "t"))
    assert run.open == ["late", "u"]


@pytest.mark.parametrize("node", ["u", "nothing", "late"])
def test_what_is_no_timer_does_not_fire(node: str) -> None:
    run = Run(bounded(timer("Duration", "PT1H")))
    with pytest.raises(Conflict):
        run.step(engine.FireTimer(run.token("u"), node))


def test_a_cycle_fires_as_often_as_it_says_at_moments_counted_from_the_first() -> None:
    run = Run(bounded(timer("Cycle", "R3/PT1H"), interrupting=False))
    for number in range(1, 4):
        assert run.timer("t").due == MONDAY + number * HOUR
        run.world.now = MONDAY + number * HOUR + timedelta(minutes=10)
        run.fire("t")
        assert run.open == ["late"] * number + ["u"]
    assert run.timers == {}
    with pytest.raises(Conflict):
        run.step(engine.FireTimer(run.token("u"), "t"))
    run.complete("u").complete("late").complete("late")
    assert run.complete("late").ended


def test_an_endless_cycle_fires_until_its_task_is_done() -> None:
    run = Run(bounded(timer("Cycle", "R/P1D"), interrupting=False))
    for _ in range(20):
        run.fire("t")
    assert run.open == ["late"] * 20 + ["u"]
    run.complete("u")
    assert (run.timers, run.open) == ({}, ["late"] * 20)


def test_a_cycle_may_begin_at_a_moment() -> None:
    run = Run(bounded(timer("Cycle", "R2/2026-03-10T08:00:00/P1D"), interrupting=False))
    assert run.timer("t").due == datetime(2026, 3, 10, 8, tzinfo=ZONE)
    assert run.fire("t").timer("t").due == datetime(2026, 3, 11, 8, tzinfo=ZONE)


def test_an_endless_cycle_does_not_make_up_for_what_it_missed() -> None:
    run = Run(bounded(timer("Cycle", "R/1990-01-01T00:00:00/PT1S"), interrupting=False))
    run.fire("t")
    assert run.timer("t").due == run.world.now + timedelta(seconds=1)
    monthly = Run(bounded(timer("Cycle", "R/2020-01-31T08:00:00/P1M"), interrupting=False)).fire("t")
    assert monthly.world.now < monthly.timer("t").due <= monthly.world.now + timedelta(days=31)


def test_a_cycle_of_less_than_a_second_is_refused() -> None:
    assert refusals(bounded(timer("Cycle", "R/PT0.001S"), interrupting=False)) == ["timer-invalid"]


def test_a_cycle_that_interrupts_fires_at_its_first_moment() -> None:
    run = Run(bounded(timer("Cycle", "R3/PT1H"))).fire("t")
    assert (run.open, run.waits) == (["late"], [])


def test_a_cycle_between_two_steps_lets_a_token_go_on_at_each_of_its_moments() -> None:
    run = Run(waiting(timer("Cycle", "R3/PT1H"))).fire("wait")
    assert (run.open, run.waits) == (["after"], ["wait"])
    run.fire("wait").fire("wait")
    assert (run.open, run.waits) == (["after"] * 3, [])


def test_an_endless_cycle_between_two_steps_fires_once() -> None:
    run = Run(waiting(timer("Cycle", "R/PT1H"))).fire("wait")
    assert (run.open, run.waits) == (["after"], [])


def test_several_timers_of_a_task_are_independent() -> None:
    source = file(
        start(), user("u"), boundary("remind", "u", timer("Duration", "PT1H"), interrupting=False),
        boundary("late", "u", timer("Duration", "PT2H")), user("note"), user("mend"), end(), end("noted"),
        path("start", "u", "end"), path("remind", "note", "noted"), path("late", "mend", "end"),
    )  # fmt: skip
    run = Run(source).fire("remind").fire("late")
    assert run.open == ["mend", "note"]


def test_a_timer_of_a_subprocess_runs_while_tasks_in_it_change() -> None:
    inside = (start("s"), user("a"), user("b"), end("e"), path("s", "a", "b", "e"))
    source = file(
        start(), sub("box", *inside), boundary("late", "box", timer("Duration", "PT1H")), end(), path("start", "box", "end"),
        path("late", "end"),
    )  # fmt: skip
    run = Run(source).complete("a")
    assert len(run.timers) == 1
    assert run.fire("late").ended


def test_a_timer_sees_the_parameters_of_its_task() -> None:
    source = file(
        start(), user("u", parameters({"hours": "${3}"})), boundary("t", "u", timer("Duration", "PT${hours}H")), end(),
        path("start", "u", "end"), path("t", "end"),
    )  # fmt: skip
    assert Run(source).timer("t").due == MONDAY + 3 * HOUR


def test_a_monthly_cycle_comes_back_to_the_last_day_of_the_month() -> None:
    run, seen = Run(bounded(timer("Cycle", "R4/2026-01-31T09:00:00/P1M"), interrupting=False)), []
    while run.timers:
        seen.append(run.timer("t").due.date().isoformat())
        run.fire("t")
    assert seen == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


@pytest.mark.parametrize(
    ("definition", "due"),
    [(timer("Duration", "P1D"), "2026-03-30T00:30"), (timer("Cycle", "R/P1M"), "2026-04-29T00:30")],
)
def test_days_and_months_are_those_of_the_zone_of_the_organisation(definition: str, due: str) -> None:
    """The service counts in UTC, where it is still the day before and no clock is put on."""
    run = Run(line(user("before"), catch("wait", definition), user("after")))
    run.world.now, run.world.zone = datetime(2026, 3, 28, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Berlin")
    run.complete("before")
    assert run.timer("wait").due.astimezone(run.world.zone).isoformat(timespec="minutes")[:16] == due


def test_a_monthly_cycle_without_a_start_counts_from_where_it_was_armed() -> None:
    source = file(
        start(), catch("wait", timer("Date", "2026-05-31T09:00:00")), user("u"), user("late"), end(), end("other"),
        boundary("t", "u", timer("Cycle", "R/P1M"), interrupting=False), path("start", "wait", "u", "end"),
        path("t", "late", "other"),
    )  # fmt: skip
    run, seen = Run(source).fire("wait"), []
    for _ in range(3):
        seen.append(run.timer("t").due.date().isoformat())
        run.fire("t")
    assert seen == ["2026-06-30", "2026-07-31", "2026-08-31"]
