"""The names that an expression sees: variables become values of FEEL, and results are measured before they go out."""

from collections import ChainMap
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, cast

from app.expressions.feel.limits import MAX_CHARACTERS, MAX_NESTING, MAX_VALUES
from app.expressions.feel.values import Exhausted, Fault, Function, Inequality, Range, Run, YearsMonths, number_of

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

    def layers(self) -> Mapping[str, Any]:
        """All names as they were given, the nearest first; for what is no FEEL."""
        found = []
        scope: Scope | None = self
        while scope is not None:
            found.append(scope._names)
            scope = scope._around
        return ChainMap(*cast("list[dict[str, Any]]", found))

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


def measure(value: Any, run: Run) -> None:
    """Raises Exhausted for a value that is too large to be passed on: parts that occur twice count twice."""
    if not isinstance(value, list | dict | str):
        return
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
            run.spend(count)
            return
    raise Exhausted(f"the result is nested deeper than {MAX_NESTING} levels")
