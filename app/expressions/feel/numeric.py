"""The numeric functions of FEEL (DMN 1.4, 10.3.4.5)."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import Any

from app.expressions.feel.limits import MAX_DIGITS, MAX_EXPONENT
from app.expressions.feel.signatures import number, pure, whole
from app.expressions.feel.values import CONTEXT, Fault, Signature, YearsMonths, decimal, describe

_LEAST_SCALE, _LARGEST_SCALE = -6111, 6176
_WIDE = Context(prec=4 * MAX_DIGITS + 2 * MAX_EXPONENT, Emax=2 * MAX_EXPONENT, Emin=-2 * MAX_EXPONENT)


def _rounded(value: Any, scale: Any, rounding: str) -> Decimal:
    """To so many decimals; a negative scale rounds to tens, hundreds and so on."""
    found, places = number(value), whole(scale)
    if not _LEAST_SCALE <= places <= _LARGEST_SCALE:
        raise Fault(f"a scale is from {_LEAST_SCALE} to {_LARGEST_SCALE}")
    if found.as_tuple().exponent >= -places:  # type: ignore[operator]
        return found
    return decimal(CONTEXT.plus, found.quantize(Decimal(1).scaleb(-places), rounding, _WIDE))


def _rounding(rounding: str, parameters: str = "n, scale") -> tuple[Signature, ...]:
    return (pure(parameters, lambda value, scale=Decimal(0): _rounded(value, scale, rounding)),)


def absolute(value: Any) -> Any:
    match value:
        case timedelta():
            return abs(value)
        case YearsMonths():
            return YearsMonths(abs(value.months))
    return decimal(CONTEXT.abs, number(value))


def modulo(dividend: Any, divisor: Any) -> Decimal:
    """`dividend - divisor * floor(dividend / divisor)`: the sign is the divisor's."""
    left, right = number(dividend), number(divisor)
    if right == 0:
        raise Fault("division by zero")
    rest = decimal(_WIDE.remainder, left, right)
    return decimal(CONTEXT.add, rest, right) if rest and (rest < 0) != (right < 0) else rest


def _root(value: Any) -> Decimal:
    if number(value) < 0:
        raise Fault(f"{describe(value)} has no square root")
    return decimal(CONTEXT.sqrt, number(value))


def _logarithm(value: Any) -> Decimal:
    if number(value) <= 0:
        raise Fault(f"{describe(value)} has no logarithm")
    return decimal(CONTEXT.ln, number(value))


def _remainder_of_two(value: Any) -> Decimal:
    return abs(decimal(_WIDE.remainder, number(value), Decimal(2)))


FUNCTIONS: dict[str, tuple[Signature, ...]] = {
    "decimal": _rounding(ROUND_HALF_EVEN),
    "floor": _rounding(ROUND_FLOOR, "n, scale?"),
    "ceiling": _rounding(ROUND_CEILING, "n, scale?"),
    "round up": _rounding(ROUND_UP),
    "round down": _rounding(ROUND_DOWN),
    "round half up": _rounding(ROUND_HALF_UP),
    "round half down": _rounding(ROUND_HALF_DOWN),
    "abs": (pure("n", absolute),),
    "modulo": (pure("dividend, divisor", modulo),),
    "sqrt": (pure("number", _root),),
    "log": (pure("number", _logarithm),),
    "exp": (pure("number", lambda value: decimal(CONTEXT.exp, number(value))),),
    "odd": (pure("number", lambda value: _remainder_of_two(value) == 1),),
    "even": (pure("number", lambda value: _remainder_of_two(value) == 0),),
}
