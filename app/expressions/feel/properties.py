"""The properties of values, `value.name`: entries of contexts, and those of dates, times, durations and ranges."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.expressions.feel.temporal import offset_of
from app.expressions.feel.values import Fault, Run, YearsMonths, describe, kind

_DATE: dict[str, Callable[[Any], Any]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.isoweekday()),
}


def _zone(value: datetime | time) -> str | None:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


_TIME: dict[str, Callable[[Any], Any]] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second) + Decimal(value.microsecond).scaleb(-6).normalize(),
    "time offset": offset_of,
    "timezone": _zone,
}


def _part(duration: timedelta, unit: int, size: int) -> Decimal:
    """Of the whole seconds, the number of units in the next larger one; negative in a negative duration."""
    part = int(abs(duration).total_seconds()) // unit
    part = part % size if size else part
    return Decimal(-part if duration < timedelta() else part)


_DURATION: dict[str, Callable[[Any], Any]] = {
    "days": lambda value: _part(value, 86_400, 0),
    "hours": lambda value: _part(value, 3_600, 24),
    "minutes": lambda value: _part(value, 60, 60),
    "seconds": lambda value: _seconds(value),
}


def _seconds(value: timedelta) -> Decimal:
    size = abs(value)
    seconds = Decimal(size.seconds % 60) + Decimal(size.microseconds).scaleb(-6).normalize()
    return -seconds if value < timedelta() else seconds


def _months(value: YearsMonths, years: bool) -> Decimal:
    found = abs(value.months) // 12 if years else abs(value.months) % 12
    return Decimal(-found if value.months < 0 else found)


_PROPERTIES: dict[str, dict[str, Callable[[Any], Any]]] = {
    "date": _DATE,
    "date and time": _DATE | _TIME,
    "time": _TIME,
    "days and time duration": _DURATION,
    "years and months duration": {
        "years": lambda value: _months(value, True),
        "months": lambda value: _months(value, False),
    },
    "range": {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}

NAMES = frozenset(name for properties in _PROPERTIES.values() for name in properties)


def read(value: Any, name: str, run: Run) -> Any:
    """The property; of a list, that of each item. Faults where there is none, except in the items of a list."""
    if not isinstance(value, list):
        return _read(value, name)
    run.spend(len(value))
    found: list[Any] = []
    for item in value:
        try:
            found.append(read(item, name, run))
        except Fault as fault:
            run.warn(str(fault))
            found.append(None)
    return found


def _read(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise Fault(f"the context has no entry {describe(name)}")
    property = _PROPERTIES.get(kind(value), {}).get(name)
    if property is None:
        raise Fault(f"{describe(value)} has no property {describe(name)}")
    return property(value)
