from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.terms.calendar import CalendarDay, DayKind, Text, WorkCalendar, WorkDay, WorkHours
from app.domain.terms.deadlines import calendar_days, end_of_day, hours, minutes, receipt, working_days
from app.domain.terms.due import Due
from app.domain.terms.holidays_kz import seed

ROWS = {row.day: row for row in seed(2018, 2030)}
SHORT = {
    row.day: CalendarDay(row.day, DayKind.SHORTENED, Text("", "", ""), WorkHours(time(10), time(12)))
    for row in ROWS.values()
    if row.kind is DayKind.MOVED_WORKING
}
CALENDARS = st.sampled_from(
    [
        WorkCalendar(days=ROWS),
        WorkCalendar(days=ROWS | SHORT),
        WorkCalendar(days=ROWS, weekend=frozenset({6}), hours=WorkHours(time(8), time(20))),
        WorkCalendar(zone="Europe/Berlin", hours=WorkHours(time(0), time(23, 59), (time(12), time(12, 1)))),
        WorkCalendar(zone="Europe/Berlin", hours=WorkHours(time(1, 30), time(4), (time(2, 15), time(2, 50)))),
        WorkCalendar(zone="Europe/Berlin", hours=WorkHours(time(2, 20), time(2, 50)), weekend=frozenset()),
        WorkCalendar(zone="America/New_York", days=ROWS, hours=WorkHours(time(0, 30), time(3))),
    ]
)
FIRST = datetime(2018, 1, 1, tzinfo=UTC)
MICROSECONDS = st.integers(0, timedelta(days=3652) // timedelta.resolution)
QUARTERS = st.integers(0, 3652 * 96).map(lambda number: number * (timedelta(minutes=15) // timedelta.resolution))
MOMENTS = (MICROSECONDS | QUARTERS).map(lambda number: FIRST + timedelta(microseconds=number))
INSTANTS_FROM_A_BOUND = st.sampled_from([-1, 0, 1]).map(lambda number: timedelta(microseconds=number))
DAYS = st.integers(0, 60)
MINUTES = st.integers(0, 20_000)


def spans(calendar: WorkCalendar, day: date) -> tuple[tuple[datetime, datetime], ...]:
    found = calendar.look(day)
    return found.spans if isinstance(found, WorkDay) else ()


def is_working(calendar: WorkCalendar, moment: datetime) -> bool:
    instant = moment.astimezone(UTC)
    return any(opens <= instant <= closes for opens, closes in spans(calendar, moment.astimezone(calendar.tz).date()))


def days_after(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]


def working_days_between(calendar: WorkCalendar, first: date, last: date) -> int:
    """Without the first, with the last."""
    return sum(calendar.is_working(day) for day in days_after(first, last))


def working_time_between(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    around = days_after(start.date() - timedelta(days=2), end.date() + timedelta(days=1))
    stretches = [(max(opens, start), min(closes, end)) for day in around for opens, closes in spans(calendar, day)]
    return sum((closes - opens for opens, closes in stretches if opens < closes), timedelta())


def all_dues(calendar: WorkCalendar, n: int, start: datetime) -> list[Due]:
    return [
        minutes(calendar, n, start),
        hours(calendar, n, start),
        working_days(calendar, n, start),
        calendar_days(calendar, n, start),
        end_of_day(calendar, "17:00", start),
        end_of_day(calendar, calendar.hours.closes, start),
    ]


@given(CALENDARS, MINUTES, MOMENTS)
def test_minutes_added_are_the_minutes_measured(calendar: WorkCalendar, n: int, start: datetime) -> None:
    due = minutes(calendar, n, start)
    assert working_time_between(calendar, start, due) == timedelta(minutes=n)
    assert sum(due.explanation.portions, timedelta()) == timedelta(minutes=n)


@given(CALENDARS, st.floats(0, 400), MOMENTS)
def test_hours_added_are_the_hours_measured_to_the_microsecond(
    calendar: WorkCalendar, n: float, start: datetime
) -> None:
    measured = working_time_between(calendar, start, hours(calendar, n, start)) // timedelta.resolution
    assert abs(measured - Fraction(n) * 3_600_000_000) <= 1


@given(CALENDARS, DAYS, MOMENTS)
def test_working_days_added_are_the_working_days_measured(calendar: WorkCalendar, n: int, start: datetime) -> None:
    due = working_days(calendar, n, start)
    received = receipt(calendar, start)
    assert working_days_between(calendar, received.date(), due.date()) == n
    assert len(due.explanation.counted) == n
    assert all(calendar.is_working(day) for day in due.explanation.counted)


@given(CALENDARS, DAYS, MOMENTS)
def test_calendar_days_end_on_the_first_working_day_from_the_last_counted(
    calendar: WorkCalendar, n: int, start: datetime
) -> None:
    due = calendar_days(calendar, n, start)
    last = receipt(calendar, start).date() + timedelta(days=n)
    assert due.date() >= last
    assert calendar.is_working(due.date())
    assert working_days_between(calendar, last, due.date()) == (due.date() != last)
    assert (due.date() - last).days == len(due.explanation.shifted)


@given(CALENDARS, DAYS, MOMENTS)
def test_a_deadline_is_never_in_non_working_time_and_never_before_its_start(
    calendar: WorkCalendar, n: int, start: datetime
) -> None:
    for due in all_dues(calendar, n, start):
        assert is_working(calendar, due)
        assert due >= start


@given(CALENDARS, DAYS, st.lists(MOMENTS, min_size=2, max_size=4))
def test_a_later_start_is_never_due_earlier(calendar: WorkCalendar, n: int, starts: list[datetime]) -> None:
    for earlier, later in pairwise(sorted(starts)):
        for first, second in zip(all_dues(calendar, n, earlier), all_dues(calendar, n, later), strict=True):
            assert first <= second


@given(CALENDARS, DAYS, MOMENTS, st.integers(0, 600))
def test_a_start_shortly_later_is_never_due_earlier(
    calendar: WorkCalendar, n: int, start: datetime, later: int
) -> None:
    pairs = zip(all_dues(calendar, n, start), all_dues(calendar, n, start + timedelta(minutes=later)), strict=True)
    assert all(first <= second for first, second in pairs)


@given(CALENDARS, DAYS, DAYS, MOMENTS)
def test_a_longer_term_is_never_due_earlier(calendar: WorkCalendar, n: int, more: int, start: datetime) -> None:
    pairs = zip(all_dues(calendar, n, start), all_dues(calendar, n + more, start), strict=True)
    assert all(first <= second for first, second in pairs)


@given(CALENDARS, MINUTES, MINUTES, MOMENTS)
def test_minutes_in_two_steps_are_minutes_in_one(calendar: WorkCalendar, n: int, more: int, start: datetime) -> None:
    in_steps = minutes(calendar, more, minutes(calendar, n, start))
    assert working_time_between(calendar, in_steps, minutes(calendar, n + more, start)) == timedelta()


@given(CALENDARS, MOMENTS)
def test_what_is_received_is_received_then(calendar: WorkCalendar, moment: datetime) -> None:
    received = receipt(calendar, moment)
    assert receipt(calendar, received) == received >= moment


@given(CALENDARS, DAYS, MOMENTS)
def test_a_term_from_a_moment_ends_with_the_term_from_its_receipt(
    calendar: WorkCalendar, n: int, moment: datetime
) -> None:
    assert all_dues(calendar, n, moment) == all_dues(calendar, n, receipt(calendar, moment))


@given(CALENDARS, DAYS, st.dates(date(2018, 1, 1), date(2027, 12, 31)), st.integers(0, 3), INSTANTS_FROM_A_BOUND)
def test_a_term_from_the_bounds_of_working_time_ends_with_the_term_from_its_receipt(
    calendar: WorkCalendar, n: int, day: date, bound: int, instant: timedelta
) -> None:
    bounds = [moment for span in calendar.next_work(day)[1].spans for moment in span]
    moment = bounds[bound % len(bounds)] + instant
    assert all_dues(calendar, n, moment) == all_dues(calendar, n, receipt(calendar, moment))


@settings(max_examples=50)
@given(CALENDARS, DAYS, MOMENTS)
def test_every_day_between_base_and_result_is_accounted_for(calendar: WorkCalendar, n: int, start: datetime) -> None:
    explanation = working_days(calendar, n, start).explanation
    first, last = explanation.base.date(), explanation.result.date()
    told = {*explanation.counted, *(off.day for off in explanation.skipped), explanation.counted_from.date(), first}
    assert told == {first + timedelta(days=number) for number in range((last - first).days + 1)}
