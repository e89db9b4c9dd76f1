"""Dates, times and durations of FEEL: their texts, properties and arithmetic (DMN 1.4, 10.3.2.3.4 to 10.3.2.3.9).

A date that meets a date and time stands for its midnight in UTC. A time with a zone but no date has the offset that
the zone has on 1 January 2000. Years are 1 to 9999; of a second's decimals, six are kept.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from app.expressions.feel.values import CONTEXT, Fault, YearsMonths, describe

_Made = TypeVar("_Made")

_DATE = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,18}))?"
    r"(?:(?P<offset>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)|@(?P<zone>[A-Za-z0-9_+/-]{1,60}))?"
)
_DATE_TEXT = re.compile(_DATE)
_TIME_TEXT = re.compile(_TIME)
_BOTH_TEXT = re.compile(f"{_DATE}(?:T{_TIME})?")
_DAYS_TEXT = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>[0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,18})H)?(?:(?P<minutes>[0-9]{1,18})M)?"
    r"(?:(?P<seconds>[0-9]{1,18})(?:\.(?P<fraction>[0-9]{0,18}))?S)?)?"
)
_MONTHS_TEXT = re.compile(r"(?P<sign>-?)P(?:(?P<years>[0-9]{1,18})Y)?(?:(?P<months>[0-9]{1,18})M)?")

_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_MAX_OFFSET = timedelta(hours=18)
_MAX_MONTHS = 12 * 999_999_999
_ZONE_DAY = datetime(2000, 1, 1)  # noqa: DTZ001


def parse_date(text: str) -> date:
    match = _DATE_TEXT.fullmatch(text)
    if match is None:
        raise Fault(f"{describe(text)} is not a date such as 2026-01-31")
    return make_date(int(match["year"]), int(match["month"]), int(match["day"]))


def make_date(year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9999:
        raise Fault(f"the year {year} is outside of 1 to 9999")
    return _made(date, year, month, day)


def parse_time(text: str) -> time:
    match = _TIME_TEXT.fullmatch(text)
    if match is None:
        raise Fault(f"{describe(text)} is not a time such as 09:30:00")
    return _time(match)[0]


def parse_date_and_time(text: str) -> datetime:
    """A date alone is its midnight; 24:00:00 is the midnight after."""
    match = _BOTH_TEXT.fullmatch(text)
    if match is None:
        raise Fault(f"{describe(text)} is not a date and time such as 2026-01-31T09:30:00")
    day = make_date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        return datetime.combine(day, time())
    found, days = _time(match)
    return in_range(lambda: datetime.combine(day, found) + days * _DAY)


def _time(match: re.Match[str]) -> tuple[time, int]:
    """The time, and how many days past the day it is on."""
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    fraction = (match["fraction"] or "")[:6].ljust(6, "0")
    days = int(hour == 24 and minute == second == int(fraction) == 0)
    zone = _zone(match["zone"]) if match["zone"] else _offset(match["offset"]) if match["offset"] else None
    return _made(time, 0 if days else hour, minute, second, int(fraction), zone), days


def make_time(hour: int, minute: int, second: Decimal, offset: timedelta | None) -> time:
    if second.adjusted() > 6:
        raise Fault("a second is from 0 to 59")
    whole = int(second // 1)
    return _made(
        time, hour, minute, whole, int((second - whole) * 1_000_000), None if offset is None else fixed(offset)
    )


def fixed(offset: timedelta) -> tzinfo:
    if abs(offset) > _MAX_OFFSET:
        raise Fault("a time offset is at most 18 hours")
    return timezone(offset) if offset else UTC


def _offset(text: str) -> tzinfo:
    if text == "Z":
        return UTC
    hours, minutes, seconds = [int(part) for part in f"{text[1:]}:00".split(":")[:3]]
    if minutes > 59 or seconds > 59:
        raise Fault(f"{describe(text)} is not a time offset")
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return fixed(-size if text[0] == "-" else size)


def _zone(name: str) -> tzinfo:
    if name not in _zone_names():
        raise Fault(f"{describe(name)} is not a time zone")
    return ZoneInfo(name)


@cache
def _zone_names() -> frozenset[str]:
    """All that there are, so that no name of a model is looked for among the files."""
    return frozenset(available_timezones())


def _made(make: Callable[..., _Made], *parts: Any) -> _Made:
    try:
        return make(*parts)
    except (ValueError, OverflowError) as error:
        raise Fault(f"there is no such date or time: {error}") from None


def parse_duration(text: str) -> timedelta | YearsMonths:
    """Of ISO 8601, either years and months or days and time."""
    if (match := _MONTHS_TEXT.fullmatch(text)) and (match["years"] or match["months"]):
        months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return years_months(-months if match["sign"] else months)
    match = _DAYS_TEXT.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        raise Fault(f"{describe(text)} is not a duration such as P1DT2H or P1Y2M")
    parts = {name: int(match[name] or 0) for name in ("days", "hours", "minutes", "seconds")}
    fraction = int((match["fraction"] or "")[:6].ljust(6, "0"))
    size = in_range(lambda: timedelta(**parts, microseconds=fraction))
    return -size if match["sign"] else size


def years_months(months: int) -> YearsMonths:
    if abs(months) > _MAX_MONTHS:
        raise Fault("a duration exceeds the supported range")
    return YearsMonths(months)


def parse_literal(text: str) -> Any:
    """What `@"..."` means: the one kind of date, time or duration whose text it is."""
    if _TIME_TEXT.fullmatch(text):
        return parse_time(text)
    if _DATE_TEXT.fullmatch(text):
        return parse_date(text)
    if _BOTH_TEXT.fullmatch(text):
        return parse_date_and_time(text)
    return parse_duration(text)


def in_range(operation: Callable[[], _Made]) -> _Made:
    """The result of date arithmetic, if there is such a date."""
    try:
        return operation()
    except (OverflowError, ValueError):
        raise Fault("a date or duration is outside of the supported range") from None


def format_temporal(value: date | time | timedelta | YearsMonths) -> str:
    """The text that the conversion functions read back."""
    match value:
        case YearsMonths():
            return _format_parts(value.months, 12, "Y", "M", "P0M")
        case timedelta():
            return _format_days(value)
        case datetime() | time():
            text = value.replace(tzinfo=None).isoformat()
            return (text.rstrip("0") if "." in text else text) + _format_zone(value.tzinfo)
    return value.isoformat()


def _format_zone(zone: tzinfo | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    text = time(tzinfo=zone).isoformat()[8:]
    return "Z" if text == "+00:00" else text


def _format_parts(total: int, size: int, larger: str, smaller: str, zero: str) -> str:
    if total == 0:
        return zero
    more, less = divmod(abs(total), size)
    sign = "-" if total < 0 else ""
    return f"{sign}P" + (f"{more}{larger}" if more else "") + (f"{less}{smaller}" if less else "")


def _format_days(value: timedelta) -> str:
    if not value:
        return "PT0S"
    size = abs(value)
    hours, rest = divmod(size.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{seconds}.{size.microseconds:06}".rstrip("0") if size.microseconds else str(seconds) if seconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{text}S" if text else "")
    day = f"{size.days}D" if size.days else ""
    return ("-" if value < timedelta() else "") + "P" + day + (f"T{clock}" if clock else "")


def offset_of(value: datetime | time) -> timedelta | None:
    """How far local time is ahead of UTC; None for a local time without a zone."""
    if isinstance(value, time) and isinstance(value.tzinfo, ZoneInfo):
        return value.tzinfo.utcoffset(_ZONE_DAY)
    return value.utcoffset()


def micros(value: date | time) -> tuple[bool, int]:
    """Whether the value stands on the time line of UTC, and its place there or on the local one, in microseconds."""
    if isinstance(value, time):
        offset = offset_of(value)
        local = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
        return offset is not None, (local - (offset or timedelta())) // _MICROSECOND
    if not isinstance(value, datetime):
        return True, value.toordinal() * (_DAY // _MICROSECOND)
    offset = value.utcoffset()
    local = timedelta(days=value.toordinal()) + (value.replace(tzinfo=None) - datetime.combine(value.date(), time()))
    return offset is not None, local // _MICROSECOND - (offset or timedelta()) // _MICROSECOND


def difference(left: date | time, right: date | time) -> timedelta:
    """Faults where one side has a zone and the other is local."""
    (one_zoned, one), (other_zoned, other) = micros(left), micros(right)
    if one_zoned != other_zoned:
        raise Fault("a date or time with a zone and one without are not comparable")
    return timedelta(microseconds=one - other)


def plus(value: Any, duration: timedelta | YearsMonths) -> Any:
    """A date, time, or date and time so much later; in a zone, as much time as passes there."""
    if isinstance(duration, YearsMonths):
        if isinstance(value, time):
            raise Fault("a time has no months")
        return _plus_months(value, duration.months)
    match value:
        case time():
            # the day is far from both ends, and the time of day is all that is kept
            days = duration % _DAY
            moved = datetime.combine(date(2000, 1, 2), value.replace(tzinfo=None)) + days
            return moved.time().replace(tzinfo=value.tzinfo)
        case datetime() if value.tzinfo is not None:
            return in_range(lambda: (value.astimezone(UTC) + duration).astimezone(value.tzinfo))
        case datetime():
            return in_range(lambda: value + duration)
    return in_range(lambda: (datetime.combine(value, time()) + duration).date())


def _plus_months(value: Any, months: int) -> Any:
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    first = make_date(year, month + 1, 1)
    last = 31 if first.month == 12 else (date(year, first.month + 1, 1) - _DAY).day
    return value.replace(year=year, month=first.month, day=min(value.day, last), **_unfolded(value))


def _unfolded(value: Any) -> dict[str, int]:
    return {"fold": 0} if isinstance(value, datetime) else {}


def scaled(duration: timedelta | YearsMonths, factor: Decimal) -> timedelta | YearsMonths:
    """The duration times a number, towards zero to a whole month or microsecond."""
    if factor.adjusted() > 20:
        raise Fault("a duration exceeds the supported range")
    if isinstance(duration, YearsMonths):
        return years_months(int(CONTEXT.multiply(Decimal(duration.months), factor)))
    size = int(CONTEXT.multiply(Decimal(duration // _MICROSECOND), factor))
    return in_range(lambda: timedelta(microseconds=size))


def size_of(duration: timedelta | YearsMonths) -> Decimal:
    """In months or in seconds."""
    if isinstance(duration, YearsMonths):
        return Decimal(duration.months)
    return CONTEXT.divide(Decimal(duration // _MICROSECOND), Decimal(1_000_000))
