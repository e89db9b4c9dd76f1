"""How points and ranges lie to each other (DMN 1.4, 10.3.4.9, tables 78 to 80), and `range` of a text.

A point stands for the range that holds just it. An endpoint that is not included lies a little inside of its value.
"""

import re
from collections.abc import Callable
from typing import Any

from app.expressions.feel.operators import make_range, order
from app.expressions.feel.signatures import pure, text
from app.expressions.feel.temporal import parse_date, parse_date_and_time, parse_duration, parse_literal, parse_time
from app.expressions.feel.tokens import Scanner
from app.expressions.feel.values import CONTEXT, Fault, FeelError, Range, Signature, decimal, describe

End = tuple[Any, int]
"""A value, and -1 just below it, 0 at it, 1 just above it; a range without a bound has None and the side."""

_MAKERS: dict[str, Callable[[str], Any]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_and_time,
    "duration": parse_duration,
}
_STRING = r'"(?:[^"\\]|\\.)*"'
_LITERAL = rf"-?[0-9]+(?:\.[0-9]+)?|@?\s*{_STRING}|(?:date|time|date and time|duration)\s*\(\s*{_STRING}\s*\)"
_RANGE = re.compile(rf"\s*([\[(\]])\s*({_LITERAL})\s*\.\.\s*({_LITERAL})\s*([\])\[])\s*", re.DOTALL)


def _ends(value: Any) -> tuple[End, End]:
    if not isinstance(value, Range):
        if value is None:
            raise Fault("expected a point or a range, not null")
        return (value, 0), (value, 0)
    low = (value.start, 0 if value.start_included else 1) if value.start is not None else (None, -1)
    high = (value.end, 0 if value.end_included else -1) if value.end is not None else (None, 1)
    return low, high


def _order(left: End, right: End) -> int:
    if left[0] is None or right[0] is None:
        one = left[1] if left[0] is None else 0
        other = right[1] if right[0] is None else 0
    else:
        found = order(left[0], right[0])
        if found:
            return found
        one, other = left[1], right[1]
    return (one > other) - (one < other)


def _range(value: Any) -> Any:
    if isinstance(value, Range):
        return value
    raise Fault(f"expected a range, not {describe(value)}")


def before(left: Any, right: Any) -> bool:
    return _order(_ends(left)[1], _ends(right)[0]) < 0


def meets(left: Any, right: Any) -> bool:
    """The end of the one is the start of the other, and included in both."""
    one, other = _ends(_range(left))[1], _ends(_range(right))[0]
    return one[1] == other[1] == 0 and order(one[0], other[0]) == 0


def overlaps(left: Any, right: Any) -> bool:
    (low, high), (other_low, other_high) = _ends(_range(left)), _ends(_range(right))
    return _order(low, other_high) <= 0 and _order(other_low, high) <= 0


def overlaps_before(left: Any, right: Any) -> bool:
    """The one begins first, and ends inside of the other or with it."""
    (low, high), (other_low, other_high) = _ends(_range(left)), _ends(_range(right))
    return _order(low, other_low) < 0 and _order(high, other_low) >= 0 and _order(high, other_high) <= 0


def finishes(left: Any, right: Any) -> bool:
    (low, high), (other_low, other_high) = _ends(left), _ends(_range(right))
    return _order(high, other_high) == 0 and _order(low, other_low) >= 0


def includes(left: Any, right: Any) -> bool:
    (low, high), (other_low, other_high) = _ends(_range(left)), _ends(right)
    return _order(low, other_low) <= 0 and _order(high, other_high) >= 0


def starts(left: Any, right: Any) -> bool:
    (low, high), (other_low, other_high) = _ends(left), _ends(_range(right))
    return _order(low, other_low) == 0 and _order(high, other_high) <= 0


def coincides(left: Any, right: Any) -> bool:
    if isinstance(left, Range) != isinstance(right, Range):
        raise Fault("expected two points or two ranges")
    (low, high), (other_low, other_high) = _ends(left), _ends(right)
    return _order(low, other_low) == 0 and _order(high, other_high) == 0


def _swapped(relation: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda left, right: relation(right, left)


def parse_range(value: Any) -> Range:
    """The range of a text such as `[1..3]`, whose endpoints are literals."""
    source = text(value)
    match = _RANGE.fullmatch(source)
    if match is None:
        raise Fault(f"{describe(source)} is not a range of literals")
    return make_range(_endpoint(match[2]), _endpoint(match[3]), match[1] == "[", match[4] == "]")


def _endpoint(source: str) -> Any:
    quote = source.find('"')
    if quote < 0:
        return decimal(CONTEXT.create_decimal, source)
    scanner = Scanner(source)
    try:
        content = scanner.string(scanner.token(quote))
    except FeelError as error:
        raise Fault(str(error)) from None
    if quote == 0:
        return content
    maker = source[:quote].rstrip("( \t\r\n")
    return parse_literal(content) if maker.startswith("@") else _MAKERS[maker](content)


def _pair(first: str, second: str, relation: Callable[[Any, Any], bool]) -> tuple[Signature, ...]:
    """One function under each of the names that its parameters have in the tables."""
    return tuple(pure(f"{one}, {other}", relation) for one in first.split("|") for other in second.split("|"))


FUNCTIONS: dict[str, tuple[Signature, ...]] = {
    "before": _pair("point1|point|range|range1", "point2|point|range|range2", before),
    "after": _pair("point1|point|range|range1", "point2|point|range|range2", _swapped(before)),
    "meets": _pair("range1", "range2", meets),
    "met by": _pair("range1", "range2", _swapped(meets)),
    "overlaps": _pair("range1", "range2", overlaps),
    "overlaps before": _pair("range1", "range2", overlaps_before),
    "overlaps after": _pair("range1", "range2", _swapped(overlaps_before)),
    "finishes": _pair("point|range1", "range|range2", finishes),
    "finished by": _pair("range|range1", "point|range2", _swapped(finishes)),
    "includes": _pair("range|range1", "point|range2", includes),
    "during": _pair("point|range1", "range|range2", _swapped(includes)),
    "starts": _pair("point|range1", "range|range2", starts),
    "started by": _pair("range|range1", "point|range2", _swapped(starts)),
    "coincides": _pair("point1|range1", "point2|range2", coincides),
    "range": (pure("from", parse_range),),
}
