"""A year of a calendar as people look at it: month by month, each day with what it is."""

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.terms.calendar import CalendarDay, DayKind, WorkCalendar, WorkHours


@dataclass(frozen=True, slots=True)
class DayShown:
    """row: that of the editable table, None where the day is what its weekday says."""

    day: date
    kind: DayKind
    row: CalendarDay | None


@dataclass(frozen=True, slots=True)
class MonthShown:
    """weeks: from Monday, None for the days of other months. special: the days with a row, in order. working: how many
    days work."""

    first: date
    weeks: Sequence[Sequence[DayShown | None]]
    special: Sequence[DayShown]
    working: int


def months(calendar: WorkCalendar, year: int) -> list[MonthShown]:
    """The twelve of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: WorkCalendar, year: int, number: int) -> MonthShown:
    def shown(day: date) -> DayShown | None:
        return DayShown(day, calendar.kind(day), calendar.days.get(day)) if day.month == number else None

    weeks = [[shown(day) for day in week] for week in Weeks().monthdatescalendar(year, number)]
    days = [one for week in weeks for one in week if one is not None]
    return MonthShown(
        date(year, number, 1),
        weeks,
        [one for one in days if one.row is not None],
        sum(calendar.is_working(one.day) for one in days),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version made of the one before. days: by date, before and after, None: what the weekday says; hours, weekend,
    zone: before and after, None where they stayed."""

    days: Mapping[date, tuple[CalendarDay | None, CalendarDay | None]]
    hours: tuple[WorkHours, WorkHours] | None
    weekend: tuple[frozenset[int], frozenset[int]] | None
    zone: tuple[str, str] | None


def difference(before: WorkCalendar, after: WorkCalendar) -> Difference:
    """The days in order."""
    touched = sorted(before.days.keys() | after.days.keys())
    pairs = {day: (before.days.get(day), after.days.get(day)) for day in touched}
    return Difference(
        days={day: pair for day, pair in pairs.items() if pair[0] != pair[1]},
        hours=None if before.hours == after.hours else (before.hours, after.hours),
        weekend=None if before.weekend == after.weekend else (before.weekend, after.weekend),
        zone=None if before.zone == after.zone else (before.zone, after.zone),
    )
