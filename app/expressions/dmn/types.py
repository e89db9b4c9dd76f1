"""Types of decision models: whether a value conforms to one, and how it is made to (DMN 1.5, 10.3.2.9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from app.domain.models.decision import TYPE_SYNONYMS, DecisionModel, ItemType
from app.domain.models.decision_table import Text
from app.expressions import feel
from app.expressions.dmn.run import CELL, Evaluation
from app.expressions.feel.scope import Scope
from app.expressions.feel.values import Function, Range, YearsMonths
from app.expressions.juel.values import LOCAL

_MAX_ALIASES = 20
_PARSED = {
    "date": "date(text)",
    "time": "time(text)",
    "date and time": "date and time(text)",
    "days and time duration": "duration(text)",
    "years and months duration": "duration(text)",
}


def _is_whole(value: Any) -> bool:
    return isinstance(value, Decimal) and value == value.to_integral_value()


_BUILT_IN: dict[str, Callable[[Any], bool]] = {
    "number": lambda value: isinstance(value, Decimal),
    "integer": _is_whole,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "time": lambda value: isinstance(value, time),
    "date and time": lambda value: isinstance(value, datetime),
    "days and time duration": lambda value: isinstance(value, timedelta),
    "years and months duration": lambda value: isinstance(value, YearsMonths),
    "list": lambda value: isinstance(value, list),
    "context": lambda value: isinstance(value, dict),
    "function": lambda value: isinstance(value, Function),
    "range": lambda value: isinstance(value, Range),
    "Any": lambda _: True,
}


def start(model: DecisionModel, now: datetime | None) -> Evaluation:
    """An evaluation that knows the types of its model."""
    run = Evaluation.of(model, now)
    run.budget.types = {name: partial(_is_instance, expected, run) for name, expected in model.types.items()}
    return run


def _is_instance(expected: ItemType, run: Evaluation, value: Any) -> bool:
    """`instance of` does not look at allowed values and constraints."""
    return value is not None and _Fit(run, constraints=False).whole(value, expected)


def named(type_ref: str | None, run: Evaluation) -> str:
    """The type as an error names it, with the values that it allows."""
    known = run.model.types.get(type_ref or "")
    tests = [test.source for test in (known.allowed, known.constraint) if test] if known else []
    return f"{type_ref} ({'; '.join(tests)})" if tests else str(type_ref)


def coerce(value: Any, type_ref: str | None, run: Evaluation) -> tuple[bool, Any]:
    """Whether the value is of the type, and the value as one: null is of every type.

    A list of one item stands for the item and an item for a list of it; a date for its midnight in UTC.
    """
    if value is None or type_ref is None:
        return True, value
    known = run.model.types.get(type_ref)
    if known is not None:
        return _coerce(value, known, run)
    name = TYPE_SYNONYMS.get(type_ref, type_ref)
    if name == "date and time" and _BUILT_IN["date"](value):
        return True, datetime(value.year, value.month, value.day, tzinfo=UTC)
    if _conforms_built_in(value, name):
        return True, value
    if name == "list":
        return True, [value]
    if isinstance(value, list) and len(value) == 1 and (value[0] is None or _conforms_built_in(value[0], name)):
        return True, value[0]
    return False, None


def _coerce(value: Any, expected: ItemType, run: Evaluation) -> tuple[bool, Any]:
    if conforms(value, expected, run):
        return True, value
    if not isinstance(value, list) and conforms([value], expected, run):
        return True, [value]
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], expected, run):
        return True, value[0]
    return False, None


def conforms(value: Any, expected: ItemType, run: Evaluation) -> bool:
    """Whether the value is of the type without being changed; so is null."""
    return value is None or _Fit(run, constraints=True).whole(value, expected)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Whether values fit item definitions; constraints: look at allowed values and type constraints too."""

    run: Evaluation
    constraints: bool

    def whole(self, value: Any, expected: ItemType, aliases: int = 0) -> bool:
        self.run.budget.spend(1)
        if expected.is_collection:
            fits = isinstance(value, list) and all(item is None or self._one(item, expected, aliases) for item in value)
        else:
            fits = self._one(value, expected, aliases)
        return fits and self._holds(expected.constraint, value)

    def _one(self, value: Any, expected: ItemType, aliases: int) -> bool:
        """Whether the value fits a type that is not a collection, or is right as an item of one."""
        if expected.is_function:
            return isinstance(value, Function)
        if expected.components:
            fits = isinstance(value, dict) and all(
                part.name in value and (value[part.name] is None or self.whole(value[part.name], part))
                for part in expected.components
            )
        else:
            fits = self._named(value, expected.base, aliases)
        return fits and self._holds(expected.allowed, value)

    def _named(self, value: Any, type_ref: str | None, aliases: int) -> bool:
        known = None if type_ref is None else self.run.model.types.get(type_ref)
        if known is not None:
            return aliases < _MAX_ALIASES and self.whole(value, known, aliases + 1)
        return _conforms_built_in(value, "Any" if type_ref is None else TYPE_SYNONYMS.get(type_ref, type_ref))

    def _holds(self, test: Text | None, value: Any) -> bool:
        if test is None or not self.constraints:
            return True
        return self.run.holds(test, Scope({"?": value, CELL: value}, None, self.run.budget))


def _conforms_built_in(value: Any, name: str) -> bool:
    check = _BUILT_IN.get(name)
    return check is not None and check(value)


def admit(value: Any, type_ref: str | None, run: Evaluation) -> tuple[bool, Any]:
    """As `coerce`, for a value that comes from outside: ISO 8601 texts stand for dates, times and durations, which
    JSON does not have, and a moment stands for its date in Kazakhstan, or for its time there.
    """
    return coerce(_read(value, type_ref, run, 0), type_ref, run)


def _read(value: Any, type_ref: str | None, run: Evaluation, depth: int) -> Any:
    known = None if type_ref is None else run.model.types.get(type_ref)
    if known is not None and depth < _MAX_ALIASES:
        return _read_item(value, known, run, depth + 1)
    name = TYPE_SYNONYMS.get(type_ref or "", type_ref or "")
    if isinstance(value, str) and name in _PARSED:
        parsed = run.apply(_PARSED[name], text=value)
        return value if parsed is None else parsed
    if isinstance(value, datetime) and name in ("date", "time"):
        here = value if value.tzinfo is None else value.astimezone(LOCAL)
        return here.date() if name == "date" else here.time()
    return value


def _read_item(value: Any, expected: ItemType, run: Evaluation, depth: int) -> Any:
    if isinstance(value, list):
        return [_read_item(item, expected, run, depth) for item in value]
    if isinstance(value, dict) and expected.components:
        parts = {part.name: part for part in expected.components}
        return {
            name: _read_item(item, parts[name], run, depth + 1) if name in parts else item
            for name, item in value.items()
        }
    return _read(value, expected.base, run, depth)


def plain(value: Any) -> Any:
    """A FEEL value without FEEL's own kinds: times, durations, ranges and functions as the texts that FEEL gives them.

    Numbers stay Decimal, dates and moments those of `datetime`.
    """
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if value is None or isinstance(value, bool | str | Decimal | date):
        return value
    return feel.compile("string(value)").evaluate({"value": value}).value
