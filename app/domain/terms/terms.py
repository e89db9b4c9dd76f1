"""What a term may be: a number of minutes, hours or days, or an hour of the day. All else is a ValueError."""

from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from app.domain.terms.calendar import WorkHours
from app.domain.terms.explanation import Rule

LONGEST_TERM_DAYS = 10_000
Number = int | float | Decimal | Fraction

UNIT = {
    Rule.MINUTES: timedelta(minutes=1),
    Rule.ELAPSED_MINUTES: timedelta(minutes=1),
    Rule.HOURS: timedelta(hours=1),
    Rule.WORKING_DAYS: timedelta(days=1),
    Rule.CALENDAR_DAYS: timedelta(days=1),
}


def amount(rule: Rule, n: Number) -> int | float:
    """`n` units of the rule, from 0 to as many as make LONGEST_TERM_DAYS; whole numbers as int."""
    longest = timedelta(days=LONGEST_TERM_DAYS) // UNIT[rule]
    try:
        fits = not isinstance(n, bool) and 0 <= n <= longest
    except (TypeError, InvalidOperation):
        fits = False
    if not fits:
        raise ValueError(f"{rule} takes a number from 0 to {longest}")
    number = float(n)
    return int(number) if number.is_integer() else number


def whole_days(rule: Rule, n: Number) -> int:
    """`n` days, which have no parts."""
    days = amount(rule, n)
    if not isinstance(days, int):
        raise ValueError(f"{rule} takes whole days, not {days}")
    return days


def hour_of_day(hours: WorkHours, hour: str | time) -> time:
    """`hour` ("17:00" or a local time, to the minute), which must be after the usual opening."""
    try:
        limit = hour if isinstance(hour, time) else time.fromisoformat(hour)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{hour!r} is not an hour of the day such as 17:00") from error
    if limit.tzinfo is not None:
        raise ValueError("the hour is local to the calendar and has no zone")
    if limit.second or limit.microsecond:
        raise ValueError(f"the hour is given to the minute, not {limit.isoformat()}")
    if limit <= hours.opens:
        raise ValueError(f"{limit:%H:%M} is not after the opening, {hours.opens:%H:%M}")
    return limit
