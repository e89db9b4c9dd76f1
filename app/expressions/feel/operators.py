"""What the operators of FEEL do with values (DMN 1.4, 10.3.2.7 to 10.3.2.13, tables 50 to 59)."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from app.expressions.feel.limits import MAX_DIGITS
from app.expressions.feel.temporal import (
    difference,
    in_range,
    micros,
    plus,
    scaled,
    size_of,
    years_months,
)
from app.expressions.feel.values import (
    CONTEXT,
    Fault,
    Inequality,
    Range,
    Run,
    YearsMonths,
    bounded,
    decimal,
    describe,
    kind,
)

_ORDERED = (
    "number",
    "string",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)


def equal(left: Any, right: Any, run: Run) -> bool:
    """`=`. Only null equals null; faults for different kinds, but not in lists and contexts: these are then unequal."""
    run.spend(1)
    run.spend_on(left)
    if left is None or right is None:
        return left is right
    name = kind(left)
    if name != kind(right):
        raise Fault(f"cannot compare {describe(left)} with {describe(right)}")
    if name == "list":
        return len(left) == len(right) and all(same(one, other, run) for one, other in zip(left, right, strict=True))
    if name == "context":
        return left.keys() == right.keys() and all(same(item, right[key], run) for key, item in left.items())
    if name == "range":
        one, other = [(r.start_included, r.end_included, r.comparison) for r in (left, right)]
        return one == other and same(left.start, right.start, run) and same(left.end, right.end, run)
    if name == "inequality":
        return same(left.value, right.value, run)
    if name in ("time", "date and time"):
        return micros(left) == micros(right)
    return bool(left == right)


def same(left: Any, right: Any, run: Run) -> bool:
    """Whether the values are equal; of different kinds, they are not."""
    return kind(left) == kind(right) and equal(left, right, run)


def order(left: Any, right: Any) -> int:
    """-1, 0 or 1 of two values of one kind that has an order; strings go by code point."""
    if type(left) is Decimal and type(right) is Decimal:
        return (left > right) - (left < right)
    name = kind(left)
    if name != kind(right) or name not in _ORDERED:
        raise Fault(f"cannot order {describe(left)} and {describe(right)}")
    if name in ("date", "time", "date and time"):
        size = difference(left, right)
        return (size > timedelta()) - (size < timedelta())
    if name == "years and months duration":
        left, right = left.months, right.months
    return int(left > right) - int(left < right)


def within(value: Any, bounds: Range) -> bool:
    """Whether the value is in the range; an endpoint that is null leaves that open unless the other one decides."""
    if bounds.start is not None:
        low = order(value, bounds.start)
        if low < 0 or (low == 0 and not bounds.start_included):
            return False
    if bounds.end is not None:
        high = order(value, bounds.end)
        if high > 0 or (high == 0 and not bounds.end_included):
            return False
    if bounds.start is None and bounds.end is None:
        raise Fault("a range needs an endpoint")
    if not bounds.comparison and (bounds.start is None or bounds.end is None):
        raise Fault("an endpoint of the range is null")
    return True


def contains(container: Any, value: Any, run: Run) -> bool:
    """`value in container`: a range around it, a list with it or with a range around it, or the value itself."""
    if isinstance(container, Range):
        run.spend_on(value)
        return within(value, container)
    if isinstance(container, Inequality):
        return not equal(value, container.value, run)
    if isinstance(container, list):
        for item in container:
            run.spend(1)
            if same(item, value, run) or (isinstance(item, Range) and _within(value, item)):
                return True
        return False
    return equal(value, container, run)


def _within(value: Any, bounds: Range) -> bool:
    try:
        return within(value, bounds)
    except Fault:
        return False


def add(left: Any, right: Any) -> Any:
    match left, right:
        case Decimal(), Decimal():
            return decimal(CONTEXT.add, left, right)
        case str(), str():
            return bounded(left + right)
        case YearsMonths(), YearsMonths():
            return years_months(left.months + right.months)
        case timedelta(), timedelta():
            return in_range(lambda: left + right)
        case ((date() | time()), (timedelta() | YearsMonths())):
            return plus(left, right)
        case ((timedelta() | YearsMonths()), (date() | time())):
            return plus(right, left)
    raise _no(left, "+", right)


def subtract(left: Any, right: Any) -> Any:
    match left, right:
        case Decimal(), Decimal():
            return decimal(CONTEXT.subtract, left, right)
        case YearsMonths(), YearsMonths():
            return years_months(left.months - right.months)
        case timedelta(), timedelta():
            return in_range(lambda: left - right)
        case (date(), date()) | (time(), time()):
            return difference(left, right)
        case ((date() | time()), (timedelta() | YearsMonths())):
            return plus(left, negate(right))
    raise _no(left, "-", right)


def multiply(left: Any, right: Any) -> Any:
    match left, right:
        case Decimal(), Decimal():
            return decimal(CONTEXT.multiply, left, right)
        case ((timedelta() | YearsMonths()), Decimal()):
            return scaled(left, right)
        case Decimal(), (timedelta() | YearsMonths()):
            return scaled(right, left)
    raise _no(left, "*", right)


def divide(left: Any, right: Any) -> Any:
    match left, right:
        case ((Decimal() | timedelta() | YearsMonths()), Decimal()) if right == 0:
            raise Fault("division by zero")
        case Decimal(), Decimal():
            return decimal(CONTEXT.divide, left, right)
        case YearsMonths(), Decimal():
            return years_months(_whole(decimal(CONTEXT.divide, Decimal(left.months), right)))
        case timedelta(), Decimal():
            micro = _whole(decimal(CONTEXT.divide, Decimal(left // timedelta(microseconds=1)), right))
            return in_range(lambda: timedelta(microseconds=micro))
        case (timedelta(), timedelta()) | (YearsMonths(), YearsMonths()):
            if size_of(right) == 0:
                raise Fault("division by zero")
            return decimal(CONTEXT.divide, size_of(left), size_of(right))
    raise _no(left, "/", right)


def _whole(value: Decimal) -> int:
    if value.adjusted() > MAX_DIGITS:
        raise Fault("a duration exceeds the supported range")
    return int(value)


def power(left: Any, right: Any) -> Any:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return decimal(CONTEXT.power, left, right)
    raise _no(left, "**", right)


def negate(value: Any) -> Any:
    match value:
        case Decimal():
            return decimal(CONTEXT.minus, value)
        case timedelta():
            return in_range(lambda: -value)
        case YearsMonths():
            return YearsMonths(-value.months)
    raise Fault(f"cannot negate {describe(value)}")


def _no(left: Any, symbol: str, right: Any) -> Fault:
    return Fault(f"{describe(left)} {symbol} {describe(right)} has no value")


def make_range(start: Any, end: Any, start_included: bool, end_included: bool) -> Range:
    """Faults if the endpoints cannot be put in an order; an empty range of `start` after `end` is none either."""
    if start is not None and end is not None and order(start, end) > 0:
        raise Fault("the start of a range is after its end")
    for bound in (start, end):
        if bound is not None and kind(bound) not in _ORDERED:
            raise Fault(f"{describe(bound)} cannot be the endpoint of a range")
    return Range(start, end, start_included, end_included)


COMPARISONS: dict[str, Callable[[Any, Any, Run], bool]] = {
    "=": equal,
    "!=": lambda left, right, run: not equal(left, right, run),
    "<": lambda left, right, _run: order(left, right) < 0,
    "<=": lambda left, right, _run: order(left, right) <= 0,
    ">": lambda left, right, _run: order(left, right) > 0,
    ">=": lambda left, right, _run: order(left, right) >= 0,
}
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
