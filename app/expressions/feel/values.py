"""Values of FEEL: their kinds and limits, and what an evaluation may spend on them.

A number is a Decimal of 34 digits, a list a list, a context a dict; a date, time, and date and time are those of
`datetime`, days and time duration is a timedelta. Years are 1 to 9999 and seconds have 6 decimals, as there.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from typing import Any, NamedTuple

from app.expressions.feel.limits import (
    MAX_CALLS,
    MAX_CHARACTERS,
    MAX_DIGITS,
    MAX_EXPONENT,
    MAX_ITEMS,
    MAX_STEPS,
    MAX_TEXT,
    MAX_WARNINGS,
)
from app.expressions.texts import Said

CONTEXT = Context(
    prec=MAX_DIGITS, Emax=MAX_EXPONENT, Emin=-MAX_EXPONENT, traps=[DivisionByZero, InvalidOperation, Overflow]
)
_LARGEST_INT = 10 ** (MAX_EXPONENT + 1)


class Fault(Exception):
    """An operation has no result: its value is null and the message becomes a warning."""


class Exhausted(Exception):
    """The evaluation as a whole would cost too much: its value is null."""


class FeelError(ValueError):
    """The source is not FEEL or exceeds a limit. `said` is why, by language; `position` is (line, column), from 1."""

    def __init__(self, said: Said, position: tuple[int, int]) -> None:
        super().__init__(said, position)
        self.said = said
        self.message = said["en"]
        self.position = position

    def __str__(self) -> str:
        return f"{self.message} (line {self.position[0]}, column {self.position[1]})"


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A years and months duration, as a number of months that may be negative."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two endpoints. `comparison` marks `(< 10)`: its null endpoint lets every value pass."""

    start: Any
    end: Any
    start_included: bool
    end_included: bool
    comparison: bool = False


@dataclass(frozen=True, slots=True)
class Inequality:
    """`(!= 10)` as a value: all but one."""

    value: Any


class Signature(NamedTuple):
    """One way to call a function: `call(run, arguments)`; parameters past `required` may be left out."""

    parameters: tuple[str, ...]
    required: int
    call: Callable[["Run", list[Any]], Any]
    variadic: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function: a built-in, one defined in FEEL, or one that the caller supplies with `Function.of`."""

    name: str
    signatures: tuple[Signature, ...]

    @classmethod
    def of(cls, name: str, parameters: Iterable[str], call: Callable[..., Any]) -> "Function":
        """A function from FEEL values, by position, to one; what it raises passes through evaluation."""
        names = tuple(parameters)
        signature = Signature(names, len(names), lambda _run, arguments: call(*arguments))
        return cls(name, (signature,))


class Run:
    """What one evaluation may still spend, and what it has warned of.

    now: what `now()` and, in its time zone, `today()` are; types: the tests of a model's own types.
    """

    __slots__ = ("_calls", "_most", "left", "now", "types", "warnings")

    def __init__(
        self, types: Mapping[str, Callable[[Any], bool]] | None, now: datetime | None, steps: int = MAX_STEPS
    ) -> None:
        self._most = self.left = steps
        self._calls = 0
        self.types = types or {}
        self.now = now
        self.warnings: dict[str, None] = {}

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise Exhausted(f"the evaluation takes more than {self._most} steps")

    def spend_on(self, value: Any) -> None:
        """For the making or reading of a text or list."""
        if isinstance(value, str):
            self.spend(len(value) // MAX_CHARACTERS)
        elif isinstance(value, list):
            self.spend(len(value))

    def called(self, function: Callable[[], Any]) -> Any:
        """The value of a function that a model defines, which may call others."""
        if self._calls == MAX_CALLS:
            raise Exhausted(f"functions are called more than {MAX_CALLS} levels deep")
        self._calls += 1
        try:
            return function()
        finally:
            self._calls -= 1

    def warn(self, message: str) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[message] = None


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    datetime: "date and time",
    date: "date",
    time: "time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Inequality: "inequality",
    Function: "function",
}


def kind(value: object) -> str:
    """The name of the value's FEEL type."""
    found = _KINDS.get(type(value))
    if found is None:
        found = next((name for base, name in _KINDS.items() if isinstance(value, base)), "opaque")
    return found


def describe(value: object) -> str:
    """The value as a warning shows it, short."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value if len(value) <= 40 else value[:40] + "..."}"'
        case Decimal():
            return str(value)
    name = kind(value)
    return f"an {name}" if name == "opaque" else f"a {name}"


def number_of(value: int | float | Decimal) -> Decimal:
    """The Decimal that the number is written as."""
    if isinstance(value, float) and not math.isfinite(value) or isinstance(value, Decimal) and not value.is_finite():
        raise Fault(f"{value} is not a number")
    if isinstance(value, int) and not -_LARGEST_INT < value < _LARGEST_INT:
        raise Fault("a number exceeds the supported range")
    return decimal(CONTEXT.create_decimal, repr(value) if isinstance(value, float) else value)


def decimal(operation: Callable[..., Decimal], *operands: object) -> Decimal:
    """The result of an operation of CONTEXT, if it is a number: `0 ** -1` is an infinity without being an error."""
    try:
        found = operation(*operands)
    except DecimalException:
        found = None
    if found is None or not found.is_finite():
        raise Fault("a number exceeds the supported range, or is not defined")
    return found


def bounded(value: str) -> str:
    """The same string, if it is within the limit of length."""
    if len(value) > MAX_TEXT:
        raise Fault(f"a string exceeds {MAX_TEXT} characters")
    return value


def limited(items: list[Any]) -> list[Any]:
    """The same list, if it is within the limit of items."""
    if len(items) > MAX_ITEMS:
        raise Fault(f"a list exceeds {MAX_ITEMS} items")
    return items
