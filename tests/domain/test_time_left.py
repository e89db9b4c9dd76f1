"""What a list says of a deadline: how much is left or how late it is, in the unit of its rule."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.terms.explanation import Rule
from app.domain.terms.time_left import TimeLeft, Urgency, time_left
from tests.domain.test_calendar import ALMATY, KZ, at

MONDAY = at(2026, 3, 16, 9)
"""A working day from 9:00 to 18:30, with a pause from 13:00 to 14:30."""


def left(rule: Rule | None, due: datetime, now: datetime, begun: datetime = MONDAY) -> TimeLeft:
    return time_left(KZ, rule, due, begun, now)


@pytest.mark.parametrize(
    ("now", "ru", "kk", "en"),
    [
        (MONDAY.replace(hour=18), "осталось 30 мин", "30 мин қалды", "30 min left"),
        (MONDAY.replace(hour=20), "до вт 17.03, 09:00", "сс 17.03, сағат 09:00-ға дейін", "by Tue 17 Mar, 09:00"),
    ],
)
def test_when_no_working_time_is_left_before_the_morning_it_says_until_when(
    now: datetime, ru: str, kk: str, en: str
) -> None:
    found = left(Rule.MINUTES, MONDAY + timedelta(days=1), now)
    assert (found.text("ru"), found.text("kk"), found.text("en")) == (ru, kk, en)


def test_what_no_working_time_is_left_for_is_urgent() -> None:
    assert left(Rule.MINUTES, MONDAY + timedelta(days=1), MONDAY.replace(hour=19)).urgency is Urgency.SOON


def test_working_time_leaves_out_the_pause_at_noon() -> None:
    assert left(Rule.HOURS, MONDAY.replace(hour=15), MONDAY.replace(hour=12)).text("ru") == "осталось 1 ч 30 мин"


def test_less_than_a_minute_is_a_minute() -> None:
    due = MONDAY.replace(hour=10)
    assert left(Rule.MINUTES, due, due - timedelta(seconds=20)).text("en") == "1 min left"
    assert left(Rule.MINUTES, due, due + timedelta(seconds=20)).text("en") == "1 min late"


@pytest.mark.parametrize(("days", "ru"), [(1, "осталось 1 рабочий день"), (2, "осталось 2 рабочих дня")])
def test_days_are_counted_without_days_off(days: int, ru: str) -> None:
    friday = at(2026, 3, 13, 12)
    assert left(Rule.WORKING_DAYS, at(2026, 3, 15 + days, 18, 30), friday, friday).text("ru") == ru


def test_the_last_day_says_the_hour() -> None:
    found = left(Rule.WORKING_DAYS, MONDAY.replace(hour=18, minute=30), MONDAY)
    assert found.text("ru") == "сегодня до 18:30"
    assert found.text("kk") == "бүгін сағат 18:30-ға дейін"
    assert found.urgency is Urgency.SOON


def test_a_date_set_by_hand_on_a_day_off_is_not_today() -> None:
    assert left(None, at(2026, 3, 15, 12), at(2026, 3, 14, 12)).text("ru") == "до вс 15.03, 12:00"


def test_what_is_over_is_late_by_working_time_on_its_day_and_by_days_afterwards() -> None:
    due = MONDAY.replace(hour=11)
    assert left(Rule.WORKING_DAYS, due, MONDAY.replace(hour=12)).text("ru") == "просрочено на 1 ч"
    assert left(Rule.WORKING_DAYS, due, due + timedelta(days=2)).text("ru") == "просрочено на 2 рабочих дня"


def test_what_was_due_in_the_evening_and_is_read_at_night_is_over() -> None:
    found = left(Rule.MINUTES, MONDAY.replace(hour=18, minute=30), MONDAY.replace(hour=23))
    assert (found.urgency, found.text("ru")) == (Urgency.LATE, "срок истёк")


def test_it_is_urgent_in_the_last_fifth_of_the_term() -> None:
    due = MONDAY + timedelta(days=10)
    assert left(Rule.CALENDAR_DAYS, due, MONDAY + timedelta(days=7)).urgency is Urgency.FINE
    assert left(Rule.CALENDAR_DAYS, due, MONDAY + timedelta(days=9)).urgency is Urgency.SOON


def test_the_deadline_is_told_in_the_zone_of_the_calendar() -> None:
    assert left(Rule.MINUTES, MONDAY.astimezone(UTC), MONDAY).due.tzinfo is ALMATY
