from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.domain.terms.calendar import CalendarDay, DayKind, DayOff, Text, WorkCalendar, WorkDay, WorkHours
from app.domain.terms.holidays_kz import seed

KZ = WorkCalendar(days={row.day: row for row in seed(2023, 2027)})
ALMATY = ZoneInfo("Asia/Almaty")
NAME = Text("күн", "день", "day")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ALMATY)


def spans(calendar: WorkCalendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
    found = calendar.look(day)
    assert isinstance(found, WorkDay)
    return found.spans


def test_a_plain_weekday_works_and_a_plain_saturday_does_not() -> None:
    assert KZ.kind(date(2026, 3, 20)) is DayKind.WORKING
    assert KZ.kind(date(2026, 3, 28)) is DayKind.WEEKEND
    assert KZ.reason(date(2026, 3, 28)) == Text("демалыс күні", "выходной день", "weekend")


def test_an_exchanged_saturday_works_full_hours() -> None:
    saturday = date(2024, 5, 4)
    assert KZ.kind(saturday) is DayKind.MOVED_WORKING
    assert KZ.is_working(saturday)
    assert spans(KZ, saturday) == (
        (at(2024, 5, 4, 9), at(2024, 5, 4, 13)),
        (at(2024, 5, 4, 14, 30), at(2024, 5, 4, 18, 30)),
    )


def test_a_day_off_says_why() -> None:
    nauryz = Text("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz")
    assert KZ.look(date(2026, 3, 21)) == DayOff(date(2026, 3, 21), DayKind.HOLIDAY, nauryz)


def test_a_shortened_day_keeps_its_own_hours() -> None:
    day = date(2026, 12, 31)
    row = CalendarDay(day, DayKind.SHORTENED, NAME, WorkHours(time(9), time(13)))
    calendar = WorkCalendar(days={day: row})
    assert spans(calendar, day) == ((at(2026, 12, 31, 9), at(2026, 12, 31, 13)),)


def test_the_next_working_day_is_after_nauryz_and_its_moved_days() -> None:
    assert KZ.next_work(date(2026, 3, 20))[0] == date(2026, 3, 26)
    assert KZ.next_work(date(2026, 3, 25))[0] == date(2026, 3, 26)


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        (at(2026, 3, 20, 10), at(2026, 3, 20, 10)),
        (at(2026, 3, 20, 8), at(2026, 3, 20, 9)),
        (at(2026, 3, 20, 13, 10), at(2026, 3, 20, 14, 30)),
        (at(2026, 3, 20, 18, 30), at(2026, 3, 20, 18, 30)),
        (at(2026, 3, 20, 18, 31), at(2026, 3, 26, 9)),
        (at(2026, 3, 22, 12), at(2026, 3, 26, 9)),
    ],
)
def test_the_working_moment_from_a_moment_on(moment: datetime, following: datetime) -> None:
    assert KZ.next_working_moment(moment) == following


def test_a_moment_is_read_in_the_zone_of_the_calendar() -> None:
    assert KZ.next_working_moment(datetime(2026, 3, 20, 3, 30, tzinfo=UTC)) == at(2026, 3, 20, 9)
    assert KZ.next_working_moment(datetime(2026, 3, 19, 20, tzinfo=UTC)) == at(2026, 3, 20, 9)


def test_almaty_is_an_hour_closer_to_utc_since_march_2024() -> None:
    assert spans(KZ, date(2024, 2, 29))[0][0] == datetime(2024, 2, 29, 3, tzinfo=UTC)
    assert spans(KZ, date(2024, 3, 1))[0][0] == datetime(2024, 3, 1, 4, tzinfo=UTC)


def test_a_stretch_of_work_within_the_hour_that_the_clock_leaves_out_is_empty() -> None:
    night = WorkCalendar(zone="Europe/Berlin", hours=WorkHours(time(2, 30), time(3, 10)), weekend=frozenset())
    ((start, end),) = spans(night, date(2026, 3, 29))
    assert start == end


def test_the_hours_of_a_night_in_which_the_clock_is_put_forward_are_real_ones() -> None:
    night = WorkCalendar(zone="Europe/Berlin", hours=WorkHours(time(0), time(8)), weekend=frozenset())
    ((start, end),) = spans(night, date(2026, 3, 29))
    assert (end - start).total_seconds() == 7 * 3600


def test_the_years_with_holidays_are_those_of_the_table() -> None:
    assert KZ.years_with_holidays == {2023, 2024, 2025, 2026, 2027}
    eve = CalendarDay(date(2030, 12, 31), DayKind.SHORTENED, NAME, WorkHours(time(9), time(13)))
    assert WorkCalendar(days={eve.day: eve}).years_with_holidays == frozenset()


def test_a_calendar_that_never_works_is_refused_not_searched_for_ever() -> None:
    closed = WorkCalendar(weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="no working day within a year"):
        closed.next_work(date(2026, 1, 1))
    with pytest.raises(ValueError, match="no working day within a year"):
        closed.next_working_moment(at(2026, 1, 1))


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
