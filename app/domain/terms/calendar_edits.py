"""What is to be changed of a calendar: what it would be then, what must not be, and what is worth a second look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain import refusals
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import WEEKEND, WORKING_DAY, CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.errors import Invalid

USUAL_NAMES: Mapping[DayKind, Text] = {
    DayKind.WORKING: WORKING_DAY,
    DayKind.WEEKEND: WEEKEND,
    DayKind.HOLIDAY: Text("мереке күні", "праздничный день", "public holiday"),
    DayKind.MOVED_OFF: Text("ауыстырылған демалыс күні", "перенесённый выходной день", "day off moved"),
    DayKind.MOVED_WORKING: Text("ауыстырылған жұмыс күні", "перенесённый рабочий день", "working day moved"),
    DayKind.SHORTENED: Text("қысқартылған жұмыс күні", "сокращённый рабочий день", "shortened working day"),
}
"""What a day is called that is given without names."""
NEAR = timedelta(days=31)
"""How far apart two days lie at most that were exchanged."""


@dataclass(frozen=True, slots=True)
class Edit:
    """hours None: they stay. put: days to add, or to set in the place of those there; removed: days that are again what
    their weekday says."""

    hours: WorkHours | None = None
    put: Sequence[CalendarDay] = ()
    removed: Sequence[date] = ()


class Doubt(StrEnum):
    """What is worth a second look before a change is made."""

    ALONE = "alone"
    """A day off was moved without a day that works for it, or the other way round."""
    WORKS_ALREADY = "works-already"
    OFF_ALREADY = "off-already"
    PAST = "past"
    """The day is over: only what is counted from now on passes it otherwise."""


def edited(calendar: WorkCalendar, edit: Edit) -> WorkCalendar:
    """The calendar as it would be, under the next version. Raises Invalid for two rules of one day, a day to be removed that
    it does not have, a change of nothing, and a year without work."""
    require_one_rule_a_day(edit)
    if missing := sorted(set(edit.removed) - calendar.days.keys()):
        raise refusals.of(Invalid, calendar_refusals.NOT_IN_CALENDAR, days=", ".join(map(str, missing)))
    hours = edit.hours or calendar.hours
    days = {day: row for day, row in calendar.days.items() if day not in edit.removed}
    days |= {row.day: row for row in edit.put}
    changed = replace(
        calendar,
        hours=hours,
        days={day: replace(row, hours=own_hours(row.hours, hours)) for day, row in days.items()},
        version=calendar.version + 1,
    )
    if (changed.hours, changed.days) == (calendar.hours, calendar.days):
        raise refusals.of(Invalid, calendar_refusals.AS_IT_IS)
    require_work(changed, [row.day for row in edit.put])
    return changed


def require_one_rule_a_day(edit: Edit) -> None:
    """Raises Invalid."""
    given = [row.day for row in edit.put]
    if twice := sorted({day for day in given if given.count(day) > 1}):
        raise refusals.of(Invalid, calendar_refusals.TWO_RULES, day=twice[0])
    if both := set(given) & set(edit.removed):
        raise refusals.of(Invalid, calendar_refusals.SET_AND_REMOVED, day=min(both))


def require_work(calendar: WorkCalendar, days: Iterable[date]) -> None:
    """Raises Invalid if no work follows on one of the days within a year: no term could be counted past it."""
    for day in days:
        try:
            calendar.next_work(day)
        except ValueError:
            raise refusals.of(Invalid, calendar_refusals.NO_WORK, day=day) from None


def own_hours(own: WorkHours | None, usual: WorkHours) -> WorkHours | None:
    """Hours of one day: they keep the usual lunch if that lies within them."""
    if own is None:
        return None
    lunch = usual.lunch if usual.lunch and own.opens < usual.lunch[0] and usual.lunch[1] < own.closes else None
    return WorkHours(own.opens, own.closes, lunch)


def doubts(before: WorkCalendar, after: WorkCalendar, edit: Edit, today: date) -> list[tuple[Doubt, date]]:
    """In the order of the days."""
    found = {(row.day, Doubt.PAST) for row in edit.put if row.day < today}
    found |= {(day, Doubt.PAST) for day in edit.removed if day < today}
    for row in edit.put:
        usual_off = row.day.weekday() in after.weekend
        if row.kind is DayKind.MOVED_WORKING and not usual_off:
            found.add((row.day, Doubt.WORKS_ALREADY))
        if row.kind is DayKind.MOVED_OFF and usual_off:
            found.add((row.day, Doubt.OFF_ALREADY))
    touched = [*(row.day for row in edit.put), *edit.removed]
    for day in after.days:
        lonely = _lonely(after, day) and (day in touched or not _lonely(before, day))
        if lonely and any(abs(day - other) <= NEAR for other in touched):
            found.add((day, Doubt.ALONE))
    return [(doubt, day) for day, doubt in sorted(found)]


def _lonely(calendar: WorkCalendar, day: date) -> bool:
    """Whether the day was moved and no day near it was for it; a day off also follows a holiday on a weekend."""
    row = calendar.days.get(day)
    if row is None or row.kind not in (DayKind.MOVED_OFF, DayKind.MOVED_WORKING):
        return False
    pair = DayKind.MOVED_OFF if row.kind is DayKind.MOVED_WORKING else DayKind.MOVED_WORKING
    near = [other for other in calendar.days.values() if abs(other.day - day) <= NEAR]
    if any(other.kind is pair for other in near):
        return False
    fell_on_weekend = any(
        other.kind is DayKind.HOLIDAY and other.day.weekday() in calendar.weekend and other.day < day for other in near
    )
    return row.kind is DayKind.MOVED_WORKING or not fell_on_weekend
