from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from app.domain.calendar import CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.domain.holidays_kz import seed

KZ = WorkCalendar(days={row.day: row for row in seed(2023, 2027)})
ALMATY = ZoneInfo("Asia/Almaty")
NAME = Text("күн", "день", "day")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ALMATY)


def test_a_plain_weekday_works_and_a_plain_saturday_does_not() -> None:
    assert KZ.kind(date(2026, 3, 20)) is DayKind.WORKING
    assert KZ.kind(date(2026, 3, 28)) is DayKind.WEEKEND
    assert KZ.reason(date(2026, 3, 28)) == Text("демалыс күні", "выходной день", "weekend")


def test_an_exchanged_saturday_works_full_hours() -> None:
    saturday = date(2024, 5, 4)
    assert KZ.kind(saturday) is DayKind.MOVED_WORKING
    assert KZ.is_working(saturday)
    assert KZ.intervals(saturday) == (
        (at(2024, 5, 4, 9), at(2024, 5, 4, 13)),
        (at(2024, 5, 4, 14, 30), at(2024, 5, 4, 18, 30)),
    )


def test_a_day_off_has_no_intervals() -> None:
    assert KZ.intervals(date(2026, 3, 21)) == ()


def test_a_shortened_day_keeps_its_own_hours() -> None:
    day = date(2026, 12, 31)
    row = CalendarDay(day, DayKind.SHORTENED, NAME, WorkHours(time(9), time(13)))
    calendar = WorkCalendar(days={day: row})
    assert calendar.intervals(day) == ((at(2026, 12, 31, 9), at(2026, 12, 31, 13)),)


def test_next_and_previous_working_day_pass_over_nauryz() -> None:
    assert KZ.next_working_day(date(2026, 3, 20)) == date(2026, 3, 26)
    assert KZ.previous_working_day(date(2026, 3, 26)) == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("moment", "following", "preceding"),
    [
        (at(2026, 3, 20, 10), at(2026, 3, 20, 10), at(2026, 3, 20, 10)),
        (at(2026, 3, 20, 8), at(2026, 3, 20, 9), at(2026, 3, 19, 18, 30)),
        (at(2026, 3, 20, 13, 10), at(2026, 3, 20, 14, 30), at(2026, 3, 20, 13)),
        (at(2026, 3, 20, 18, 30), at(2026, 3, 20, 18, 30), at(2026, 3, 20, 18, 30)),
        (at(2026, 3, 20, 18, 31), at(2026, 3, 26, 9), at(2026, 3, 20, 18, 30)),
        (at(2026, 3, 22, 12), at(2026, 3, 26, 9), at(2026, 3, 20, 18, 30)),
    ],
)
def test_the_working_moments_around_a_moment(moment: datetime, following: datetime, preceding: datetime) -> None:
    assert KZ.next_working_moment(moment) == following
    assert KZ.previous_working_moment(moment) == preceding


def test_a_moment_is_read_in_the_zone_of_the_calendar() -> None:
    assert KZ.next_working_moment(datetime(2026, 3, 20, 3, 30, tzinfo=UTC)) == at(2026, 3, 20, 9)
    assert KZ.next_working_moment(datetime(2026, 3, 19, 20, tzinfo=UTC)) == at(2026, 3, 20, 9)


def test_almaty_is_an_hour_closer_to_utc_since_march_2024() -> None:
    assert KZ.intervals(date(2024, 2, 29))[0][0] == datetime(2024, 2, 29, 3, tzinfo=UTC)
    assert KZ.intervals(date(2024, 3, 1))[0][0] == datetime(2024, 3, 1, 4, tzinfo=UTC)


def test_working_minutes_leave_out_lunch_nights_and_days_off() -> None:
    assert KZ.working_minutes_between(at(2026, 3, 20, 12), at(2026, 3, 20, 15)) == 90
    assert KZ.working_minutes_between(at(2026, 3, 20, 18), at(2026, 3, 26, 9, 30)) == 60
    assert KZ.working_minutes_between(at(2026, 3, 21), at(2026, 3, 26)) == 0
    assert KZ.working_minutes_between(at(2026, 3, 16), at(2026, 3, 21)) == 5 * 8 * 60


def test_working_minutes_are_exact_and_negative_backwards() -> None:
    start = at(2026, 3, 20, 10)
    assert KZ.working_minutes_between(start, start + timedelta(seconds=1)) == Fraction(1, 60)
    assert KZ.working_minutes_between(at(2026, 3, 20, 11), start) == -60


def test_working_minutes_pass_a_change_of_the_clock_as_real_time() -> None:
    night = WorkCalendar(zone="Europe/Berlin", hours=WorkHours(time(0), time(8)), weekend=frozenset())
    spring = date(2026, 3, 29)
    assert night.working_minutes_between(night.intervals(spring)[0][0], night.intervals(spring)[0][1]) == 7 * 60


def test_working_days_between_leave_out_the_first_and_take_the_last() -> None:
    assert KZ.working_days_between(date(2026, 3, 20), date(2026, 3, 27)) == 2
    assert KZ.working_days_between(date(2026, 3, 27), date(2026, 3, 20)) == -2
    assert KZ.working_days_between(date(2026, 3, 20), date(2026, 3, 25)) == 0


def test_a_calendar_that_never_works_is_refused_not_searched_for_ever() -> None:
    closed = WorkCalendar(weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="no working day within a year"):
        closed.next_working_day(date(2026, 1, 1))
    with pytest.raises(ValueError, match="no working day within a year"):
        closed.previous_working_moment(at(2026, 1, 1))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        KZ.next_working_moment(at(2026, 3, 20, 10).replace(tzinfo=None))


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        WorkHours(time(9), time(18), (time(8), time(10)))
    with pytest.raises(ValueError, match="without hours"):
        CalendarDay(date(2026, 1, 1), DayKind.SHORTENED, NAME)
    with pytest.raises(ValueError, match="day off with hours"):
        CalendarDay(date(2026, 1, 1), DayKind.HOLIDAY, NAME, WorkHours(time(9), time(13)))
    with pytest.raises(ValueError, match="no time zone"):
        WorkCalendar(zone="Asia/Nowhere")
    with pytest.raises(ValueError, match="weekdays"):
        WorkCalendar(weekend=frozenset({7}))
    with pytest.raises(ValueError, match="another day"):
        WorkCalendar(days={date(2026, 1, 2): CalendarDay(date(2026, 1, 1), DayKind.HOLIDAY, NAME)})
