"""The set of values that a condition of a decision table lets through, where it is a list of literals and ranges."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Literal as Word

from app.domain.models.decision_table import FEEL, Text

MAX_TESTS = 200
"""Of one condition; one with more is taken as not known."""

_NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)"
_STRING = r'"[^"\\]*"'
_DATE = r'(?:date\(\s*"\d{4}-\d{2}-\d{2}"\s*\)|@"\d{4}-\d{2}-\d{2}")'
_CLOCK = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?"
_MOMENT = rf'(?:date and time\(\s*"{_CLOCK}"\s*\)|@"{_CLOCK}")'
_END = rf"(?:{_NUMBER}|{_DATE}|{_MOMENT})"
_TEST = re.compile(
    rf"\s*(?:(?P<word>{_STRING}|true|false)|(?P<sign><=|>=|<|>)?\s*(?P<value>{_END})"
    rf"|(?P<left>[\[\](])\s*(?P<low>{_END})\s*\.\.\s*(?P<high>{_END})\s*(?P<right>[\[\])]))\s*(?:,|\Z)"
)
_COMPARED = re.compile(r'^[^"]*(?:[<>,]|\.\.)')
_NOT = re.compile(r"\s*not\s*\((.*)\)\s*", re.DOTALL)
_ISO = re.compile(rf"{_CLOCK}|\d{{4}}-\d{{2}}-\d{{2}}")
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Kind = Word["number", "date", "moment", "local moment", "string", "boolean", "null"]
"""A moment is a date and time with an offset, a local one has none: the two are not comparable."""
WORDS = frozenset[Kind | None]({"string", "boolean", "null"})
"""The kinds whose values have no order here."""
Sample = Decimal | str | bool | None
"""A value of a column: a date as its ordinal, a moment as microseconds since 1970; None: any."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers, or dates and moments as numbers, between two ends; None has no end."""

    low: Decimal | None
    high: Decimal | None
    low_included: bool
    high_included: bool


_ALL = Interval(None, None, False, False)


@dataclass(frozen=True, slots=True)
class Cell:
    """kind: None where any value will do. intervals: for numbers, dates and moments, in their order and apart from each
    other; words: for texts, booleans and null; excluded: `words` are those that do not pass.
    """

    kind: Kind | None = None
    intervals: tuple[Interval, ...] = ()
    words: frozenset[str | bool] = frozenset()
    excluded: bool = False


def cell(text: Text | None) -> Cell | None:
    """What the condition lets through; None if it says more than literals, comparisons and ranges of FEEL."""
    if text is None:
        return Cell()
    return _cell(text.source) if text.language == FEEL else None


@lru_cache(maxsize=4096)
def _cell(source: str) -> Cell | None:
    if source.strip() in ("", "-"):
        return Cell()
    if source.strip() == "null":
        return Cell("null", words=frozenset({"null"}))
    negated = _NOT.fullmatch(source)
    found = _tests(negated.group(1) if negated else source)
    if found is None or not negated:
        return found
    if found.kind in WORDS:
        return Cell(found.kind, words=found.words, excluded=True)
    intervals = _complement(found.intervals)
    return Cell(found.kind, intervals)


def _tests(source: str) -> Cell | None:
    """A list of tests with commas between them, all of one kind."""
    kinds: set[Kind] = set()
    intervals: list[Interval] = []
    words: set[str | bool] = set()
    position = 0
    for _ in range(MAX_TESTS):
        test = _TEST.match(source, position)
        if test is None:
            return None
        position, more = test.end(), test[0].endswith(",")
        found = test["word"] or test["value"] or test["low"]
        kinds.add(_kind(found))
        if test["word"]:
            words.add(found[1:-1] if found.startswith('"') else found == "true")
        else:
            interval = _interval(test)
            if interval is None:
                return None
            if meet(interval, _ALL):
                intervals.append(interval)
        if not more:
            return Cell(kinds.pop(), _joined(intervals), frozenset(words)) if len(kinds) == 1 else None
    return None


def _joined(intervals: list[Interval]) -> tuple[Interval, ...]:
    """The same values, by intervals in their order of which no two touch."""
    found: list[Interval] = []
    for one in sorted(intervals, key=lambda each: (each.low is not None, each.low or 0, not each.low_included)):
        last = found[-1] if found else None
        if last is None or not _touch(last, one):
            found.append(one)
        elif _further(one, last):
            found[-1] = Interval(last.low, one.high, last.low_included, one.high_included)
    return tuple(found)


def _touch(one: Interval, other: Interval) -> bool:
    """Whether nothing lies between the end of the one and the start of the other, which begins later."""
    if one.high is None or other.low is None or other.low < one.high:
        return True
    return one.high == other.low and (one.high_included or other.low_included)


def _further(one: Interval, other: Interval) -> bool:
    if one.high is None or other.high is None:
        return other.high is not None
    return (one.high, one.high_included) > (other.high, other.high_included)


def _interval(test: re.Match[str]) -> Interval | None:
    try:
        if test["value"]:
            value, sign = _ordered(test["value"]), test["sign"] or "="
            low, high = (None if "<" in sign else value), (None if ">" in sign else value)
            return Interval(low, high, "=" in sign and low is not None, "=" in sign and high is not None)
        if _kind(test["low"]) != _kind(test["high"]):
            return None
        return Interval(_ordered(test["low"]), _ordered(test["high"]), test["left"] == "[", test["right"] == "]")
    except (ValueError, OverflowError):
        return None


def _kind(source: str) -> Kind:
    if source in ("true", "false"):
        return "boolean"
    if source.startswith(("date", "@")):
        text = _ISO.search(source)
        if text is None or "T" not in text[0]:
            return "date"
        return "local moment" if len(text[0]) == len("2026-01-31T00:00:00") else "moment"
    return "string" if source.startswith('"') else "number"


def _ordered(source: str) -> Decimal:
    """Raises ValueError for a date that does not exist, OverflowError for one too far from ours."""
    text = _ISO.search(source) if _kind(source) != "number" else None
    if text is None:
        return Decimal(source)
    if "T" not in text[0]:
        return Decimal(date.fromisoformat(text[0]).toordinal())
    found = datetime.fromisoformat(text[0])
    return Decimal((found.replace(tzinfo=found.tzinfo or UTC) - _EPOCH) // _MICROSECOND)


def _complement(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """All values outside of intervals that are in their order and apart."""
    left: list[Interval] = []
    low, included = None, False
    for one in intervals:
        if one.low is not None:
            left.append(Interval(low, one.low, included, not one.low_included))
        if one.high is None:
            return tuple(left)
        low, included = one.high, not one.high_included
    return (*left, Interval(low, None, included, False))


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


def literal(text: Text) -> Cell | None:
    """The one value that an output writes as a literal; None if it is none, or an expression."""
    found = cell(text)
    if found is None or found.excluded or _COMPARED.search(text.source):
        return None
    if found.words:
        return found if len(found.words) == 1 else None
    (only, *others) = found.intervals or (_ALL,)
    return found if not others and only.low is not None and only.low == only.high else None


def shown(value: Sample, kind: Kind | None) -> str:
    """A value as FEEL writes it, a date and a moment without the function around."""
    match value:
        case _ if kind == "null":
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal() if kind == "date":
            return date.fromordinal(int(value)).isoformat()
        case Decimal() if kind in ("moment", "local moment"):
            return (_EPOCH + int(value) * _MICROSECOND).replace(tzinfo=None).isoformat() + "Z" * (kind == "moment")
        case Decimal():
            return f"{value:f}"
    return f'"{value}"'
