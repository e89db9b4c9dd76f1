"""What pauses and extensions do to terms: hand-made cases, and what holds for all of them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.terms import deadlines
from app.domain.terms.calendar import LANGUAGES, WorkCalendar
from app.domain.terms.case_clock import Clock, Extension, Pause
from app.domain.terms.due import Due
from app.domain.terms.explanation import Rule
from app.domain.terms.holidays_kz import seed
from app.domain.terms.reckoning import Reckoned, reckon, working_time

CALENDAR = WorkCalendar(days={row.day: row for row in seed(2025, 2028)})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.tz)


def pause(start: str, end: str | None) -> Pause:
    return Pause(at(start), None if end is None else at(end), "тыңдау", "10", "head.aktobe-gask")


def extension(moment: str, rule: Rule, amount: int) -> Extension:
    return Extension(at(moment), rule, amount, "зерделеу", "16", "head.aktobe-gask")


def result(due: Due, *events: Pause | Extension, ended: str | None = None) -> str:
    return f"{reckoned(due, *events, ended=ended).result.astimezone(CALENDAR.tz):%Y-%m-%d %H:%M}"


def reckoned(due: Due, *events: Pause | Extension, ended: str | None = None) -> Reckoned:
    clock = Clock(
        tuple(one for one in events if isinstance(one, Pause)),
        tuple(one for one in events if isinstance(one, Extension)),
    )
    return reckon(due.explanation, CALENDAR, clock, None if ended is None else at(ended))


def four_days() -> Due:
    """From Monday 16.03.2026 to the closing of Friday 20.03."""
    return deadlines.working_days(CALENDAR, 4, at("2026-03-16 10:00"))


def test_a_pause_within_an_hour_moves_a_term_by_its_minutes() -> None:
    due = deadlines.minutes(CALENDAR, 30, at("2026-03-16 10:00"))
    assert result(due, pause("2026-03-16 10:10", "2026-03-16 10:25")) == "2026-03-16 10:45"


def test_a_pause_over_a_holiday_moves_a_term_by_the_working_time_that_passed() -> None:
    # Friday 20.03 from 17:30; Nauryz and its moved days are 21 to 25 March; Thursday 26.03 until 10:00.
    assert not any(CALENDAR.is_working(date(2026, 3, day)) for day in range(21, 26))
    assert result(four_days(), pause("2026-03-20 17:30", "2026-03-26 10:00")) == "2026-03-26 11:00"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-18 18:30", "2026-03-19 09:00"),
        ("2026-03-18 13:00", "2026-03-18 14:30"),
        ("2026-03-18 19:00", "2026-03-18 23:00"),
    ],
)
def test_a_pause_outside_working_hours_moves_nothing(start: str, end: str) -> None:
    assert result(four_days(), pause(start, end)) == "2026-03-20 18:30"


def test_lunch_within_a_pause_is_not_counted() -> None:
    assert result(four_days(), pause("2026-03-17 12:00", "2026-03-17 15:00")) == "2026-03-26 10:30"


def test_a_term_up_to_an_hour_of_the_day_moves_by_working_time() -> None:
    due = deadlines.end_of_day(CALENDAR, "17:00", at("2026-03-16 10:00"))
    assert result(due, pause("2026-03-16 11:00", "2026-03-16 13:00")) == "2026-03-17 09:30"


def test_a_term_of_calendar_days_moves_by_whole_days_and_off_a_day_off() -> None:
    due = deadlines.calendar_days(CALENDAR, 3, at("2026-03-16 10:00"))
    assert result(due) == "2026-03-19 18:30"
    assert result(due, pause("2026-03-17 09:00", "2026-03-17 18:00")) == "2026-03-19 18:30"
    assert result(due, pause("2026-03-17 18:00", "2026-03-18 09:00")) == "2026-03-20 18:30"
    assert result(due, pause("2026-03-17 09:00", "2026-03-19 09:00")) == "2026-03-26 18:30"


def test_days_off_at_the_end_are_not_added_twice_by_two_pauses() -> None:
    due = deadlines.calendar_days(CALENDAR, 3, at("2026-03-10 10:00"))
    two = [pause("2026-03-11 10:00", "2026-03-12 10:00"), pause("2026-03-12 11:00", "2026-03-13 10:00")]
    assert result(due, two[0]) == "2026-03-16 18:30"
    assert result(due, *two) == "2026-03-16 18:30"


def test_a_term_that_is_over_is_not_called_back() -> None:
    assert result(four_days(), pause("2026-03-20 18:31", "2026-03-27 18:00")) == "2026-03-20 18:30"
    assert result(four_days(), extension("2026-03-26 09:00", Rule.WORKING_DAYS, 10)) == "2026-03-20 18:30"


def test_a_term_that_begins_during_a_pause_moves_by_what_is_left_of_it() -> None:
    due = deadlines.hours(CALENDAR, 1, at("2026-03-16 10:00"))
    assert result(due, pause("2026-03-16 09:00", "2026-03-16 10:30")) == "2026-03-16 11:30"
    assert result(due, pause("2026-03-16 09:00", "2026-03-16 10:00")) == "2026-03-16 11:00"


def test_a_pause_that_work_did_not_outlive_moves_nothing() -> None:
    during = pause("2026-03-17 10:00", "2026-03-17 12:00")
    assert result(four_days(), during, ended="2026-03-17 11:00") == "2026-03-20 18:30"
    assert result(four_days(), during, ended="2026-03-17 12:00") == "2026-03-26 11:00"


def test_while_the_clock_stands_still_a_term_does_not_move_and_says_so() -> None:
    found = reckoned(four_days(), pause("2026-03-17 10:00", None))
    assert found.result == four_days()
    assert found.standing is not None
    assert "с вт 17.03.2026 10:00" not in found.why.text("ru")
    assert "начало: вт 17.03.2026 10:00 (тыңдау) (основание: 10)" in found.text("ru")
    assert found.to_dict()["standsSince"] == "2026-03-17T10:00:00+05:00"


def test_an_extension_is_counted_from_the_end_of_the_term() -> None:
    assert result(four_days(), extension("2026-03-18 09:00", Rule.WORKING_DAYS, 1)) == "2026-03-26 18:30"
    assert result(four_days(), extension("2026-03-18 09:00", Rule.CALENDAR_DAYS, 1)) == "2026-03-26 18:30"
    assert result(four_days(), extension("2026-03-18 09:00", Rule.HOURS, 2)) == "2026-03-26 11:00"


def test_a_term_is_extended_while_the_clock_stands_still_even_after_its_date() -> None:
    events = (pause("2026-03-20 17:30", "2026-03-27 09:00"), extension("2026-03-26 12:00", Rule.WORKING_DAYS, 1))
    assert [one.cause for one in reckoned(four_days(), *events).changes] == [events[1], events[0]]


def test_a_receipt_and_a_day_counted_back_from_an_event_do_not_move() -> None:
    received = deadlines.receipt(CALENDAR, at("2026-03-16 20:00"))
    assert result(received, pause("2026-03-16 19:00", "2026-03-20 10:00")) == "2026-03-17 09:00"
    before = deadlines.calendar_days_before(CALENDAR, 5, at("2026-03-20 10:00"))
    assert reckoned(before, pause("2026-03-10 10:00", "2026-03-11 10:00")).changes == ()


def test_an_explanation_names_rule_pause_extension_and_result() -> None:
    found = reckoned(
        four_days(),
        pause("2026-03-17 10:00", "2026-03-17 12:00"),
        extension("2026-03-18 09:00", Rule.WORKING_DAYS, 2),
    )
    text = found.text("ru")
    assert text.startswith("4 рабочих дня: ")
    assert "приостанавливалось: вт 17.03.2026 10:00 – вт 17.03.2026 12:00 (тыңдау) (основание: 10)" in text
    assert "не считается: 120 минут рабочего времени" in text
    assert "срок продлён, ср 18.03.2026 09:00: 2 рабочих дня (зерделеу) (основание: 16)" in text
    assert text.endswith("срок до пн 30.03.2026 18:30")
    assert all(len(found.lines(language)) == len(found.why.lines(language)) + 3 for language in LANGUAGES)
    facts = found.to_dict()
    assert (facts["ruleResult"], facts["result"]) == ("2026-03-20T18:30:00+05:00", "2026-03-30T18:30:00+05:00")
    assert facts["pauses"][0]["workingSeconds"] == 7200
    assert facts["extensions"][0]["amount"] == 2


def test_it_tells_of_the_year_without_holidays_into_which_a_term_was_moved() -> None:
    due = deadlines.working_days(CALENDAR, 2, at("2028-12-20 10:00"))
    found = reckoned(due, extension("2028-12-21 09:00", Rule.WORKING_DAYS, 10))
    assert (due.explanation.years_without_holidays, found.why.years_without_holidays) == ((), (2029,))
    assert "праздники 2029 года ещё не внесены в календарь" in found.text("ru")


def test_a_clock_comes_back_as_it_was_kept() -> None:
    clock = Clock(
        (pause("2026-03-17 10:00", "2026-03-17 12:00"), pause("2026-03-18 10:00", None)),
        (extension("2026-03-18 09:00", Rule.WORKING_DAYS, 2),),
        3,
    )
    assert Clock.recalled(clock.kept()) == clock
    assert Clock.recalled(None) == Clock()
    assert Clock().kept() == {}


MOMENTS = st.integers(0, timedelta(days=40) // timedelta(seconds=1)).map(
    lambda seconds: datetime(2026, 3, 10, tzinfo=UTC) + timedelta(seconds=seconds)
)
RULES: Any = st.sampled_from([(deadlines.minutes, 3_000), (deadlines.hours, 60), (deadlines.working_days, 9)])


def paused(due: Due, *moments: datetime) -> datetime:
    """With a pause between each two neighbours."""
    pauses = tuple(Pause(start, end, "x", "1", "u") for start, end in pairwise(moments))
    return reckon(due.explanation, CALENDAR, Clock(pauses)).result


@given(RULES, MOMENTS, MOMENTS, MOMENTS)
@settings(max_examples=150, deadline=None)
def test_a_pause_moves_a_running_term_by_its_working_time(rule: Any, base: Any, one: Any, other: Any) -> None:
    count, amount = rule
    due = count(CALENDAR, amount, base)
    start, end = sorted((one, other))
    stopped = working_time(CALENDAR, max(start, base), end) if max(start, base) < end and start < due else timedelta()
    moved = paused(due, start, end)
    assert working_time(CALENDAR, due, moved) == stopped
    assert (moved == due) == (not stopped)


@given(RULES, MOMENTS, st.lists(MOMENTS, min_size=3, max_size=5, unique=True))
@settings(max_examples=150, deadline=None)
def test_pauses_one_after_the_other_move_as_much_as_one(rule: Any, base: Any, moments: list[datetime]) -> None:
    count, amount = rule
    due, moments = count(CALENDAR, amount, base), sorted(moments)
    assert paused(due, *moments) == paused(due, moments[0], moments[-1])


@given(MOMENTS, st.lists(MOMENTS, min_size=3, max_size=5, unique=True))
@settings(max_examples=100, deadline=None)
def test_pauses_of_a_term_of_calendar_days_add_up_too(base: Any, moments: list[datetime]) -> None:
    due, moments = deadlines.calendar_days(CALENDAR, 20, base), sorted(moments)
    assert paused(due, *moments) == paused(due, moments[0], moments[-1])
