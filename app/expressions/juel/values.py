"""Values of JUEL: kinds, EL 2.2 coercions (section 1.18), comparison and decimal arithmetic.

Numbers are int or Decimal of 34 digits; a float stands for the decimal number that it is written as. Moments are
aware datetimes; a date, and an ISO text without an offset, is local time of Kazakhstan.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from itertools import repeat
from zoneinfo import ZoneInfo

from app.expressions.limits import MAX_COMPARISONS, MAX_DIGITS, MAX_EXPONENT, MAX_TEXT

LOCAL = ZoneInfo("Asia/Almaty")

_CONTEXT = Context(
    prec=MAX_DIGITS, Emax=MAX_EXPONENT, Emin=-MAX_EXPONENT, traps=[DivisionByZero, InvalidOperation, Overflow]
)
_WHOLE_LIMIT = 10**MAX_DIGITS
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)

_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    float: "number",
    str: "string",
    datetime: "date-time",
    date: "date-time",
    list: "list",
    tuple: "list",
    dict: "map",
}


class Fault(Exception):
    """An operation has no result; whoever knows the place in the source makes an EvaluationError of it."""


def kind(value: object) -> str:
    """The name of the value's kind in JUEL; "opaque" for one that can only be passed on."""
    found = _KINDS.get(type(value))
    if found is None:
        found = next((name for base, name in _KINDS.items() if isinstance(value, base)), "opaque")
    return found


def describe(value: object) -> str:
    """The value as an error message shows it, cut to a readable length."""
    match value:
        case None | bool():
            return text(value)
        case str():
            return f"'{value if len(value) <= 40 else value[:40] + '...'}'"
        case int() if abs(value) >= _WHOLE_LIMIT:
            return "a very large number"
        case int() | float() | Decimal():
            return str(value)[:50]
    return f"a {kind(value)}" if kind(value) != "opaque" else f"a value of type {type(value).__name__}"


def number(value: object) -> int | Decimal:
    """Null and the empty string are 0. Faults for what is not a number or exceeds the limits."""
    match value:
        case bool():
            pass
        case int():
            return whole(value)
        case Decimal() if value.is_finite():
            return _decimal(_CONTEXT.plus, value)
        case float() if math.isfinite(value):
            return _decimal(_CONTEXT.create_decimal, repr(value))
        case None | "":
            return 0
        case str() if len(value) <= 100 and _NUMBER.fullmatch(value):
            if value.lstrip("+-").isdigit():
                return whole(int(value))
            return _decimal(_CONTEXT.create_decimal, value)
    raise Fault(f"{describe(value)} is not a number")


def whole(value: int) -> int:
    """The same integer, if it is within the limit of digits."""
    if -_WHOLE_LIMIT < value < _WHOLE_LIMIT:
        return value
    raise Fault(f"a whole number exceeds {MAX_DIGITS} digits")


def boolean(value: object) -> bool:
    """Null and the empty string are false; of other strings only 'true' and 'false', in any case, are booleans."""
    match value:
        case bool():
            return value
        case None | "":
            return False
        case str() if value.lower() in ("true", "false"):
            return value.lower() == "true"
    raise Fault(f"{describe(value)} is neither true nor false")


def text(value: object) -> str:
    """Null is the empty string, a number is without exponent, a moment is in ISO 8601. Faults for lists and maps."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return format(number(value), "f") if not isinstance(value, int) else str(whole(value))
        case date():
            return value.isoformat()
    raise Fault(f"{describe(value)} has no text form")


def moment(value: object) -> datetime:
    """An aware datetime of a datetime, a date or an ISO 8601 text."""
    match value:
        case datetime():
            if value.utcoffset() is None:
                raise Fault(f"the date-time {value.isoformat()} has no time zone")
            return value
        case date():
            return datetime.combine(value, time(), LOCAL)
        case str() if _MOMENT.fullmatch(value):
            try:
                parsed = datetime.fromisoformat(value)
            except ValueError as error:
                raise Fault(f"'{value}' is not a date-time: {error}") from None
            return parsed if parsed.tzinfo else parsed.replace(tzinfo=LOCAL)
    raise Fault(f"{describe(value)} is not a date-time")


def bounded(value: str) -> str:
    """The same string, if it is within the limit of length."""
    if len(value) > MAX_TEXT:
        raise Fault(f"a string exceeds {MAX_TEXT} characters")
    return value


def concat(left: object, right: object) -> str:
    return bounded(text(left) + text(right))


def empty(value: object) -> bool:
    """Null, and a string, list or map without content."""
    return value is None or (isinstance(value, str | list | tuple | dict) and not value)


def equal(left: object, right: object) -> bool:
    """`==` of EL 2.2, section 1.8.2: a number makes a number of the other side, a boolean a boolean."""
    if type(left) is str and type(right) is str:
        return left == right
    if left is None or right is None:
        return left is right
    kinds = {kind(left), kind(right)}
    if "number" in kinds:
        return number(left) == number(right)
    if "boolean" in kinds:
        return boolean(left) == boolean(right)
    if kinds == {"date-time", "string"}:
        return moment(left) == moment(right)
    return same(left, right)


def allowance() -> Iterator[int]:
    """How many pairs of values may still be looked at, for comparisons that belong together."""
    return iter(range(MAX_COMPARISONS))


def same(left: object, right: object, left_over: Iterator[int] | None = None) -> bool:
    """Equality without coercion between kinds; faults only when more pairs would be looked at than are left over."""
    left_over = allowance() if left_over is None else left_over
    if next(left_over, None) is None:
        raise Fault(f"it would need more than {MAX_COMPARISONS} comparisons")
    if kind(left) != kind(right):
        return False
    match left, right:
        case bool(), bool():
            return left == right
        case ((int() | float() | Decimal()), (int() | float() | Decimal())):
            return number(left) == number(right)
        case date(), date():
            return moment(left) == moment(right)
        case ((list() | tuple()), (list() | tuple())):
            return len(left) == len(right) and all(map(same, left, right, repeat(left_over)))
        case dict(), dict():
            return left.keys() == right.keys() and all(same(item, right[key], left_over) for key, item in left.items())
    return bool(left == right)


def order(left: object, right: object) -> int | None:
    """-1, 0 or 1; None if exactly one side is null. Strings go by code point."""
    if left is None or right is None:
        return 0 if left is right else None
    kinds = {kind(left), kind(right)}
    if "number" in kinds:
        return _sign(number(left), number(right))
    if kinds in ({"date-time"}, {"date-time", "string"}):
        one, other = moment(left), moment(right)
        return (one > other) - (one < other)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    raise Fault(f"cannot compare {describe(left)} with {describe(right)}")


def less(left: object, right: object) -> bool:
    return order(left, right) == -1


def greater(left: object, right: object) -> bool:
    return order(left, right) == 1


def less_or_equal(left: object, right: object) -> bool:
    return order(left, right) in (-1, 0)


def greater_or_equal(left: object, right: object) -> bool:
    return order(left, right) in (0, 1)


def add(left: object, right: object) -> int | Decimal:
    """Addition of numbers only, as in EL 2.2; faults with a hint when text was meant to be joined."""
    try:
        one, other = number(left), number(right)
    except Fault as fault:
        if isinstance(left, str) or isinstance(right, str):
            raise Fault(f"{fault}: + adds numbers; to join strings use += or concat()") from None
        raise
    if isinstance(one, int) and isinstance(other, int):
        return whole(one + other)
    return _decimal(_CONTEXT.add, one, other)


def subtract(left: object, right: object) -> int | Decimal:
    one, other = number(left), number(right)
    if isinstance(one, int) and isinstance(other, int):
        return whole(one - other)
    return _decimal(_CONTEXT.subtract, one, other)


def multiply(left: object, right: object) -> int | Decimal:
    one, other = number(left), number(right)
    if isinstance(one, int) and isinstance(other, int):
        return whole(one * other)
    return _decimal(_CONTEXT.multiply, one, other)


def divide(left: object, right: object) -> int | Decimal:
    """Decimal division; an int only where two ints divide without a remainder."""
    one, other = number(left), number(right)
    if other == 0:
        raise Fault("division by zero")
    if isinstance(one, int) and isinstance(other, int) and one % other == 0:
        return one // other
    return _decimal(_CONTEXT.divide, one, other)


def remainder(left: object, right: object) -> int | Decimal:
    """The remainder of truncated division: its sign is the dividend's, as in Java."""
    one, other = number(left), number(right)
    if other == 0:
        raise Fault("division by zero")
    if isinstance(one, int) and isinstance(other, int):
        size = abs(one) % abs(other)
        return -size if one < 0 else size
    return _decimal(_CONTEXT.remainder, one, other)


def negate(value: object) -> int | Decimal:
    found = number(value)
    return -found if isinstance(found, int) else _decimal(_CONTEXT.minus, found)


def _sign(left: int | Decimal, right: int | Decimal) -> int:
    return (left > right) - (left < right)


def _decimal(operation: Callable[..., Decimal], *operands: object) -> Decimal:
    try:
        return operation(*operands)
    except DecimalException:
        raise Fault("a number exceeds the supported range") from None
