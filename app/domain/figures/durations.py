"""How long a case or a step took: in working time, and as its term counts."""

from datetime import datetime, timedelta

from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.time_left import working_days, working_time

UNITS = {
    Rule.WORKING_DAYS: Rule.WORKING_DAYS,
    Rule.CALENDAR_DAYS: Rule.CALENDAR_DAYS,
    Rule.MINUTES: Rule.MINUTES,
    Rule.HOURS: Rule.MINUTES,
    Rule.END_OF_DAY: Rule.MINUTES,
    Rule.ELAPSED_MINUTES: Rule.ELAPSED_MINUTES,
}
"""In which unit what was used of a term is counted, by its rule; others are not terms of work."""
DAYS = (Rule.WORKING_DAYS, Rule.CALENDAR_DAYS)
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LONGEST = 2**31 - 1


def worked(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    """Seconds of working time between two moments, whatever the clock of the case did."""
    return min(working_time(calendar, start, end) // _SECOND, LONGEST)


def unit_of(term: Reckoned | None) -> Rule | None:
    """In which unit a term is counted; of a sum, in that of its longest part."""
    if term is None:
        return None
    longest = max(term.parts, key=lambda part: part.result - part.why.base)
    return UNITS.get(longest.why.rule)


def counted(calendar: WorkCalendar, unit: Rule, start: datetime, end: datetime, clock: Clock) -> int:
    """How much of a term was used: days, or seconds, without what the clock of the case stood still."""
    stops = [(max(one.start, start), min(one.end or end, end)) for one in clock.pauses]
    stops = [(begun, over) for begun, over in stops if begun < over]
    if unit is Rule.ELAPSED_MINUTES:
        return min((end - start - sum((over - begun for begun, over in stops), timedelta())) // _SECOND, LONGEST)
    if unit is Rule.CALENDAR_DAYS:
        stood = sum(_days(calendar, begun, over) for begun, over in stops)
        return max(_days(calendar, deadlines.receipt(calendar, start), end) - stood, 0)
    used = working_time(calendar, start, end)
    used -= sum((working_time(calendar, begun, over) for begun, over in stops), timedelta())
    if unit is Rule.MINUTES:
        return min(used // _SECOND, LONGEST)
    if stops:
        end = deadlines.minutes(calendar, used / _MINUTE, start)
    return working_days(calendar, deadlines.receipt(calendar, start).date(), calendar.local(end).date())


def _days(calendar: WorkCalendar, start: datetime, end: datetime) -> int:
    return (calendar.local(end).date() - calendar.local(start).date()).days
