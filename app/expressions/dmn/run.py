"""One evaluation of a decision model: what it may cost, what it warns of, and how its texts get their values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from app.domain.decision import FEEL, JUEL, DecisionModel, Text
from app.expressions import feel, juel
from app.expressions.errors import EvaluationError, ParseError
from app.expressions.feel.values import Function
from app.expressions.juel.nodes import BUILTINS

MAX_TEXTS = 100_000
"""Expressions and cells that one evaluation may run through."""
MAX_DEPTH = 30
"""Calls of functions, knowledge models and services inside of each other."""
MAX_WARNINGS = 100
MAX_COMPILED = 32_768
"""Different texts that are kept compiled: a large table has thousands of them, and needs all each time."""
_CELL = "cellInput"

Variables = Mapping[str, Any]


class DecisionError(EvaluationError):
    """A decision has no result that could be relied on.

    code: a slug that stays the same; element_id: of the decision, table or input at fault; rules: the numbers of the
    rules that are at odds, from 1; inputs: the values of the table's input expressions, as text.
    """

    def __init__(
        self,
        code: str,
        message: str,
        element_id: str | None = None,
        rules: tuple[int, ...] = (),
        inputs: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.element_id = element_id
        self.rules = rules
        self.inputs = dict(inputs or {})


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that matched. outputs: its results by the names of the outputs (`""` for one without a name)."""

    rule_id: str | None
    number: int
    outputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TableRun:
    """A decision table that was evaluated. inputs: the values of its input expressions, in the order of the columns.

    hits: the rules that make the result, in its order; none where the default outputs, or null, are the result.
    """

    element_id: str
    table_id: str | None
    inputs: tuple[tuple[str, Any], ...]
    hits: tuple[RuleHit, ...]
    value: Any


@dataclass(slots=True)
class Evaluation:
    """element_id, name: of the decision or knowledge model at work, for warnings and errors.

    now: what `now()` and `today()` are, null without it; types: whether a value is of one of the model's types, by the
    type's name.
    """

    model: DecisionModel
    now: datetime | None = None
    types: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    element_id: str = ""
    name: str = ""
    warnings: dict[str, None] = field(default_factory=dict)
    tables: list[TableRun] = field(default_factory=list)
    _left: int = MAX_TEXTS
    _depth: int = 0

    def warn(self, message: str) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[f"{self.name}: {message}"] = None

    def enter(self, element_id: str, name: str) -> tuple[str, str]:
        """Go down into an element; the answer is for `leave`."""
        before = self.element_id, self.name
        if self._depth == MAX_DEPTH:
            raise DecisionError("too-deep", f"{name}: calls are nested deeper than {MAX_DEPTH} levels", element_id)
        self._depth += 1
        self.element_id, self.name = element_id, name
        return before

    def leave(self, before: tuple[str, str]) -> None:
        self._depth -= 1
        self.element_id, self.name = before

    def value(self, text: Text | None, variables: Variables) -> Any:
        """The value of an expression; null, with a warning, where it has none. Nothing written is null."""
        if text is None:
            return None
        self.spend()
        if text.language == JUEL:
            return self._juel(text, variables)
        try:
            result = _feel(text.source, text.names).evaluate(variables, now=self.now, types=self.types)
        except feel.FeelError as error:
            raise DecisionError("feel", f"{self.name}: {text.source!r:.80}: {error}", text.element_id) from error
        for warning in result.warnings:
            self.warn(f"{text.source!r:.80}: {warning}")
        return result.value

    def holds(self, text: Text, value: Any, variables: Variables) -> bool:
        """Whether unary tests hold for a value. In JUEL the value is `cellInput`, and the text a condition."""
        self.spend()
        if text.language == JUEL:
            return self._juel(text, {_CELL: value, **variables}) is True
        try:
            result = _feel_tests(text.source, text.names).evaluate(
                {**variables, "?": value}, now=self.now, types=self.types
            )
        except feel.FeelError as error:
            raise DecisionError("feel", f"{self.name}: {text.source!r:.80}: {error}", text.element_id) from error
        for warning in result.warnings:
            self.warn(f"{text.source!r:.80}: {warning}")
        return result.value is True

    def apply(self, expression: str, /, **variables: Any) -> Any:
        """The value of an expression of the runner's own."""
        result = feel.compile(expression).evaluate(variables)
        for warning in result.warnings:
            self.warn(warning)
        return result.value

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise DecisionError("too-costly", f"more than {MAX_TEXTS} expressions are evaluated", self.element_id)

    def _juel(self, text: Text, variables: Variables) -> Any:
        plain = {name: value for name, value in variables.items() if not isinstance(value, Function)}
        try:
            value = _juel(text.source).evaluate(plain, {})
        except ParseError as error:
            raise DecisionError("juel", f"{self.name}: {text.source!r:.80}: {error}", text.element_id) from error
        except EvaluationError as error:
            self.warn(f"{text.source!r:.80}: {error}")
            return None
        return self.from_outside(value)

    def from_outside(self, value: Any) -> Any:
        """A Python value as a FEEL value (int and float become Decimal)."""
        return self.apply("value", value=value)


@lru_cache(maxsize=MAX_COMPILED)
def _feel(source: str, names: frozenset[str]) -> feel.Feel:
    return feel.compile(source, names)


@lru_cache(maxsize=MAX_COMPILED)
def _feel_tests(source: str, names: frozenset[str]) -> feel.Feel:
    return feel.compile_unary_tests(source, names)


def _juel(source: str) -> juel.Expression:
    """In a decision table Camunda takes JUEL without its braces too."""
    return juel.compile(source if juel.is_expression(source) else f"${{{source}}}")


def fault(text: Text) -> tuple[str, int | None] | None:
    """Why a text does not parse, with the offset from 0; None if it does, or if its language is not known here."""
    try:
        if text.language == JUEL:
            used = sorted({name for name, _ in _juel(text.source).functions} - BUILTINS.keys())
            return (f"there is no function '{used[0]}'", None) if used else None
        elif text.language == FEEL:
            (feel.compile_unary_tests if text.is_test else feel.compile)(text.source, text.names)
    except ParseError as error:
        return error.message, error.position
    except feel.FeelError as error:
        line, column = error.position
        before = text.source.split("\n")[: line - 1]
        return error.message, sum(len(one) + 1 for one in before) + column - 1
    return None


def shown(value: Any) -> str:
    """The value as an error names it, short."""
    if isinstance(value, Decimal):
        return f"{value:f}" if abs(value.adjusted()) < 40 else str(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else text[:80] + "..."
