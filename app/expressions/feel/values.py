"""Values of FEEL: their kinds, how variables become values, and the state of one evaluation.

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
    MAX_CHARACTERS,
    MAX_DIGITS,
    MAX_EXPONENT,
    MAX_ITEMS,
    MAX_NESTING,
    MAX_STEPS,
    MAX_TEXT,
    MAX_VALUES,
    MAX_WARNINGS,
)

CONTEXT = Context(
    prec=MAX_DIGITS, Emax=MAX_EXPONENT, Emin=-MAX_EXPONENT, traps=[DivisionByZero, InvalidOperation, Overflow]
)
_LARGEST_INT = 10 ** (MAX_EXPONENT + 1)


class Fault(Exception):
    """An operation has no result: its value is null and the message becomes a warning."""


class Exhausted(Exception):
    """The evaluation as a whole would cost too much: its value is null."""


class FeelError(ValueError):
    """The source is not FEEL or exceeds a limit. `position` is (line, column), both from 1."""

    def __init__(self, message: str, position: tuple[int, int]) -> None:
        super().__init__(message, position)
        self.message = message
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
        """A function over FEEL values, called with positional arguments; what it raises passes through evaluation."""
        names = tuple(parameters)
        signature = Signature(names, len(names), lambda run, arguments: convert(call(*arguments), run))
        return cls(name, (signature,))


class Run:
    """What one evaluation has spent and warned of."""

    __slots__ = ("_left", "now", "types", "warnings")

    def __init__(self, types: Mapping[str, Callable[[Any], bool]] | None, now: datetime | None) -> None:
        self._left = MAX_STEPS
        self.types = types or {}
        self.now = now
        self.warnings: dict[str, None] = {}

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise Exhausted(f"the evaluation takes more than {MAX_STEPS} steps")

    def spend_on(self, value: Any) -> None:
        """For the making or reading of a text or list."""
        if isinstance(value, str):
            self.spend(len(value) // MAX_CHARACTERS)
        elif isinstance(value, list):
            self.spend(len(value))

    def warn(self, message: str) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[message] = None


MISSING = object()


class Scope:
    """Names and their values, with the scope around."""

    __slots__ = ("_around", "_names", "run")

    def __init__(self, names: Mapping[str, Any], around: "Scope | None", run: Run) -> None:
        self._names = names
        self._around = around
        self.run = run

    def find(self, name: str) -> Any:
        """The value of the name in the nearest scope that has it, else MISSING."""
        scope: Scope | None = self
        while scope is not None:
            value = scope._own(name)
            if value is not MISSING:
                return value
            scope = scope._around
        return MISSING

    def _own(self, name: str) -> Any:
        return self._names.get(name, MISSING)


class Root(Scope):
    """The variables of an evaluation; each becomes a FEEL value when it is first read."""

    __slots__ = ("_converted",)

    def __init__(self, variables: Mapping[str, Any], run: Run) -> None:
        super().__init__(variables, None, run)
        self._converted: dict[str, Any] = {}

    def _own(self, name: str) -> Any:
        if name not in self._converted:
            if name not in self._names:
                return MISSING
            self._converted[name] = convert(self._names[name], self.run)
        return self._converted[name]


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


def convert(value: Any, run: Run) -> Any:
    """A Python value as a FEEL value; what FEEL has no kind for becomes null with a warning.

    int and float become Decimal, tuples lists, mappings contexts with their string keys.
    """
    return _convert(value, run, iter(range(MAX_VALUES)), 0)


def _convert(value: Any, run: Run, allowance: Any, level: int) -> Any:
    if next(allowance, None) is None or level > MAX_NESTING:
        raise Exhausted(f"a variable holds more than {MAX_VALUES} values, or is nested deeper than {MAX_NESTING}")
    match value:
        case (
            None | bool() | str() | date() | time() | timedelta() | YearsMonths() | Range() | Inequality() | Function()
        ):
            return value
        case int() | float() | Decimal():
            try:
                return number_of(value)
            except Fault as fault:
                run.warn(str(fault))
                return None
        case list() | tuple():
            return [_convert(item, run, allowance, level + 1) for item in value]
        case Mapping():
            return {
                key: _convert(item, run, allowance, level + 1) for key, item in value.items() if isinstance(key, str)
            }
    run.warn(f"a value of type {type(value).__name__} is not known to FEEL")
    return None


def number_of(value: int | float | Decimal) -> Decimal:
    """The Decimal that the number is written as."""
    if isinstance(value, float) and not math.isfinite(value) or isinstance(value, Decimal) and not value.is_finite():
        raise Fault(f"{value} is not a number")
    if isinstance(value, int) and not -_LARGEST_INT < value < _LARGEST_INT:
        raise Fault("a number exceeds the supported range")
    return decimal(CONTEXT.create_decimal, repr(value) if isinstance(value, float) else value)


def decimal(operation: Callable[..., Decimal], *operands: object) -> Decimal:
    """The result of an operation of CONTEXT."""
    try:
        return operation(*operands)
    except DecimalException:
        raise Fault("a number exceeds the supported range, or is not defined") from None


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


def checked_result(value: Any) -> Any:
    """The same value, if it is small enough to be passed on: parts that occur twice count twice."""
    level: list[Any] = [value]
    count = 0
    for _ in range(MAX_NESTING):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, list | dict | str):
                count += len(item) if not isinstance(item, str) else len(item) // MAX_CHARACTERS
                if count > MAX_VALUES:
                    raise Exhausted(f"the result holds more than {MAX_VALUES} values")
            if isinstance(item, list | dict):
                inner.extend(item if isinstance(item, list) else [*item, *item.values()])
        level = [item for item in inner if isinstance(item, list | dict | str)]
        if not level:
            return value
    raise Exhausted(f"the result is nested deeper than {MAX_NESTING} levels")
