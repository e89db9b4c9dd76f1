"""The functions of FEEL that make and read dates, times and durations (DMN 1.4, 10.3.4.1, 10.3.4.7 and 10.3.4.8)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.expressions.feel.operators import same
from app.expressions.feel.signatures import costly, number, pure, text, whole
from app.expressions.feel.temporal import (
    make_date,
    make_time,
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_time,
    years_months,
)
from app.expressions.feel.values import Fault, Run, Signature, YearsMonths, describe, kind

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _date(value: Any) -> date:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
    return parse_date(text(value))


def _date_and_time(value: Any) -> datetime:
    match value:
        case datetime():
            return value
        case date():
            return datetime.combine(value, time(tzinfo=UTC))
    return parse_date_and_time(text(value))


def _joined(day: Any, clock: Any) -> datetime:
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    raise Fault(f"expected a date and a time, not {describe(day)} and {describe(clock)}")


def _time(value: Any) -> time:
    match value:
        case time():
            return value
        case datetime():
            return value.timetz()
        case date():
            return time(tzinfo=UTC)
    return parse_time(text(value))


def _time_of(hour: Any, minute: Any, second: Any, offset: Any = None) -> time:
    if offset is not None and not isinstance(offset, timedelta):
        raise Fault(f"expected a days and time duration, not {describe(offset)}")
    return make_time(whole(hour), whole(minute), number(second), offset)


def _duration(value: Any) -> timedelta | YearsMonths:
    return value if isinstance(value, timedelta | YearsMonths) else parse_duration(text(value))


def _months_between(start: Any, end: Any) -> YearsMonths:
    """Whole months from one date to another, negative if the second is earlier; the time of day does not count."""
    first, last = _day(start), _day(end)
    if first > last:
        return YearsMonths(-_months_between(last, first).months)
    months = (last.year - first.year) * 12 + last.month - first.month
    return years_months(months - (last.day < first.day))


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    raise Fault(f"expected a date, not {describe(value)}")


def _is(run: Run, left: Any, right: Any) -> bool:
    """Whether the values are the same, part by part: a moment in another zone is another value."""
    if isinstance(left, datetime | time) and kind(left) == kind(right):
        here, there = (left.replace(tzinfo=None), _zone(left)), (right.replace(tzinfo=None), _zone(right))
        return here == there
    return same(left, right, run)


def _zone(value: datetime | time) -> Any:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else value.utcoffset()


def _now(run: Run) -> datetime:
    if run.now is None:
        raise Fault("the current time is not given to this evaluation")
    return run.now


FUNCTIONS: dict[str, tuple[Signature, ...]] = {
    "date": (
        pure("from", _date),
        pure("year, month, day", lambda year, month, day: make_date(whole(year), whole(month), whole(day))),
    ),
    "date and time": (pure("from", _date_and_time), pure("date, time", _joined)),
    "time": (pure("from", _time), pure("hour, minute, second, offset?", _time_of)),
    "duration": (pure("from", _duration),),
    "years and months duration": (pure("from, to", _months_between),),
    "day of year": (pure("date", lambda value: Decimal(_day(value).timetuple().tm_yday)),),
    "day of week": (pure("date", lambda value: _DAYS[_day(value).weekday()]),),
    "month of year": (pure("date", lambda value: _MONTHS[_day(value).month - 1]),),
    "week of year": (pure("date", lambda value: Decimal(_day(value).isocalendar().week)),),
    "is": (costly("value1, value2", _is),),
    "now": (costly("", _now),),
    "today": (costly("", lambda run: _now(run).date()),),
}
