"""The set of values that a condition of a decision table lets through, where it is a list of literals and ranges."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal as Word

_NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)"
_STRING = r'"[^"\\]*"'
_DATE = r'(?:date\(\s*"\d{4}-\d{2}-\d{2}"\s*\)|@"\d{4}-\d{2}-\d{2}")'
_END = rf"(?:{_NUMBER}|{_DATE})"
_TEST = re.compile(
    rf"\s*(?:(?P<word>{_STRING}|true|false)|(?P<sign><=|>=|<|>)?\s*(?P<value>{_END})"
    rf"|(?P<left>[\[\](])\s*(?P<low>{_END})\s*\.\.\s*(?P<high>{_END})\s*(?P<right>[\[\])]))\s*(?:,|\Z)"
)
_NOT = re.compile(r"\s*not\s*\((.*)\)\s*", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

Kind = Word["number", "date", "string", "boolean"]
Sample = Decimal | str | bool | None
"""A value of a column, a date as its ordinal; None: any."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers, or dates as their ordinals, between two ends; None has no end."""

    low: Decimal | None
    high: Decimal | None
    low_included: bool
    high_included: bool


_ALL = Interval(None, None, False, False)


@dataclass(frozen=True, slots=True)
class Cell:
    """kind: None where any value will do. intervals: for numbers and dates; words: for texts and booleans;
    excluded: `words` are those that do not pass.
    """

    kind: Kind | None = None
    intervals: tuple[Interval, ...] = ()
    words: frozenset[str | bool] = frozenset()
    excluded: bool = False


def cell(source: str | None) -> Cell | None:
    """What the condition lets through; None if it says more than literals, comparisons and ranges."""
    if source is None or source.strip() in ("", "-"):
        return Cell()
    negated = _NOT.fullmatch(source)
    found = _tests(negated.group(1) if negated else source)
    if found is None or not negated:
        return found
    if found.kind in ("string", "boolean"):
        return Cell(found.kind, words=found.words, excluded=True)
    intervals = _complement(found.intervals)
    return Cell(found.kind, intervals)


def _tests(source: str) -> Cell | None:
    """A list of tests with commas between them, all of one kind."""
    kinds: set[Kind] = set()
    intervals: list[Interval] = []
    words: set[str | bool] = set()
    position, more = 0, True
    while more:
        test = _TEST.match(source, position)
        if test is None:
            return None
        position, more = test.end(), test[0].endswith(",")
        found = test["word"] or test["value"] or test["low"]
        kinds.add(_kind(found))
        if test["word"]:
            words.add(found[1:-1] if found.startswith('"') else found == "true")
            continue
        interval = _interval(test)
        if interval is None:
            return None
        if meet(interval, _ALL):
            intervals.append(interval)
    return Cell(kinds.pop(), tuple(intervals), frozenset(words)) if len(kinds) == 1 else None


def _interval(test: re.Match[str]) -> Interval | None:
    try:
        if test["value"]:
            value, sign = _ordered(test["value"]), test["sign"] or "="
            low, high = (None if "<" in sign else value), (None if ">" in sign else value)
            return Interval(low, high, "=" in sign and low is not None, "=" in sign and high is not None)
        if _kind(test["low"]) != _kind(test["high"]):
            return None
        return Interval(_ordered(test["low"]), _ordered(test["high"]), test["left"] == "[", test["right"] == "]")
    except ValueError:
        return None


def _kind(source: str) -> Kind:
    if source in ("true", "false"):
        return "boolean"
    if source.startswith(("date", "@")):
        return "date"
    return "string" if source.startswith('"') else "number"


def _ordered(source: str) -> Decimal:
    """Raises ValueError for a date that does not exist."""
    day = _ISO.search(source) if _kind(source) == "date" else None
    return Decimal(date.fromisoformat(day.group()).toordinal()) if day else Decimal(source)


def _complement(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """All values outside of the intervals."""
    left = [_ALL]
    for one in intervals:
        outside = []
        if one.low is not None:
            outside.append(Interval(None, one.low, False, not one.low_included))
        if one.high is not None:
            outside.append(Interval(one.high, None, not one.high_included, False))
        left = [both for rest in left for part in outside if (both := meet(rest, part))]
    return tuple(left)


def meet(one: Interval, other: Interval) -> Interval | None:
    """What lies in both intervals; None if nothing does."""
    low, low_included = one.low, one.low_included
    if other.low is not None and (low is None or other.low > low):
        low, low_included = other.low, other.low_included
    elif other.low == low:
        low_included = low_included and other.low_included
    high, high_included = one.high, one.high_included
    if other.high is not None and (high is None or other.high < high):
        high, high_included = other.high, other.high_included
    elif other.high == high:
        high_included = high_included and other.high_included
    met = Interval(low, high, low_included, high_included)
    if low is None or high is None:
        return met
    return met if low < high or (low == high and low_included and high_included) else None


def inside(interval: Interval, *, whole: bool) -> Decimal | None:
    """A value in the interval; None if it holds none (whole: that is a whole number, as the ordinals of dates are)."""
    low, high = interval.low, interval.high
    if whole:
        return _whole_inside(interval)
    if low is None or high is None:
        if low is not None:
            return low if interval.low_included else low + 1
        if high is not None:
            return high if interval.high_included else high - 1
        return Decimal(0)
    if interval.low_included:
        return low
    return high if interval.high_included else (low + high) / 2


def _whole_inside(interval: Interval) -> Decimal | None:
    low, high = interval.low, interval.high
    if low is not None:
        value = low.to_integral_value(ROUND_CEILING)
        value += 1 if value == low and not interval.low_included else 0
        return value if high is None or value < high or (value == high and interval.high_included) else None
    if high is not None:
        value = high.to_integral_value(ROUND_FLOOR)
        return value - 1 if value == high and not interval.high_included else value
    return Decimal(0)
