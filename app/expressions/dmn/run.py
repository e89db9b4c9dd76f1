"""One evaluation of a decision model: what it may cost, what it warns of, and how its texts get their values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.models.decision import DecisionModel
from app.domain.models.decision_table import FEEL, JUEL, Text
from app.expressions import feel, juel
from app.expressions.errors import EvaluationError, ParseError
from app.expressions.feel.scope import Scope, convert
from app.expressions.feel.text import show
from app.expressions.feel.values import Exhausted, Fault, Run, describe
from app.expressions.juel.nodes import BUILTINS
from app.expressions.texts import Said, said

MAX_STEPS = 2_000_000
"""What one evaluation may spend, in the steps of FEEL, over all of its expressions and cells."""
TEXT_STEPS, CALL_STEPS, JUEL_STEPS = 5, 20, 20
"""What an expression or cell is taken for beside its own steps, what a call of a function, and what a text in JUEL,
which does not count its steps.
"""
MAX_DEPTH = 30
"""Calls of functions, knowledge models and services inside of each other."""
MAX_WARNINGS = 100
_SHOWN_STEPS = 2_000
CELL = "cellInput"
"""The name of the value that a cell tests, where its column gives none."""

Where = tuple[str | int, ...]
"""The words that tell a place in a table; they become a text only where there is something to tell."""


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
    """budget: what all expressions together may spend, and the moment and types that they know; element_id, name: of
    the decision or knowledge model at work, for warnings and errors; functions: of the knowledge models and services
    that were needed so far, by id.
    """

    model: DecisionModel
    budget: Run
    element_id: str = ""
    name: str = ""
    warnings: dict[str, None] = field(default_factory=dict)
    tables: list[TableRun] = field(default_factory=list)
    functions: dict[str, Any] = field(default_factory=dict)
    _depth: int = 0

    @classmethod
    def of(cls, model: DecisionModel, now: datetime | None) -> "Evaluation":
        """now: what `now()` and, in its time zone, `today()` are, null without it."""
        return cls(model, Run({}, now, MAX_STEPS))

    def warn(self, message: str) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings[f"{self.name}: {message}"] = None

    def enter(self, element_id: str, name: str) -> tuple[str, str]:
        """Go down into an element; the answer is for `leave`."""
        before = self.element_id, self.name
        if self._depth == MAX_DEPTH:
            raise DecisionError("too-deep", f"{name}: calls are nested deeper than {MAX_DEPTH} levels", element_id)
        self._depth += 1
        self.budget.spend(CALL_STEPS)
        self.element_id, self.name = element_id, name
        return before

    def leave(self, before: tuple[str, str]) -> None:
        self._depth -= 1
        self.element_id, self.name = before

    def value(self, text: Text | None, scope: Scope, where: Where = ()) -> Any:
        """The value of an expression; null, with a warning, where FEEL has none for it. Nothing written is null.

        where: the place in a table, for warnings and errors.
        """
        if text is None:
            return None
        if text.language == JUEL:
            return self._juel(text, scope, where)
        return self._feel(text, scope, where)

    def holds(self, text: Text, scope: Scope, where: Where = ()) -> bool:
        """Whether unary tests hold for the `?` of the scope; in JUEL the text is a condition: true, false or null."""
        if text.language == JUEL:
            found = self._juel(text, scope, where)
            if not isinstance(found, bool | None):
                raise self._error("juel", text, where, f"{shown(found)} is neither true nor false")
            return found is True
        return self._feel(text, scope, where) is True

    def apply(self, expression: str, /, **variables: Any) -> Any:
        """The value of an expression of the runner's own."""
        return self._feel(Text(expression), Scope(variables, None, self.budget), ())

    def _feel(self, text: Text, scope: Scope, where: Where) -> Any:
        run = self.budget
        run.spend(TEXT_STEPS)
        try:
            compiled = _compiled(text)
        except feel.FeelError as error:
            raise self._error("feel", text, where, error) from error
        around = run.warnings
        if around:
            run.warnings = {}
        try:
            return compiled.value(scope)
        finally:
            for warning in run.warnings:
                self.warn(f"{_at(text, where)}: {warning}")
            if run.warnings is around:
                around.clear()
            run.warnings = around

    def _juel(self, text: Text, scope: Scope, where: Where) -> Any:
        """Other than FEEL, JUEL has no null for what cannot be: as in Camunda 7, there is no result then."""
        self.budget.spend(JUEL_STEPS)
        try:
            return convert(_juel(text.source).evaluate(scope.layers(), {}), self.budget)
        except (ParseError, EvaluationError) as error:
            raise self._error("juel", text, where, error) from error

    def _error(self, code: str, text: Text, where: Where, error: Exception | str) -> DecisionError:
        return DecisionError(code, f"{self.name}: {_at(text, where)}: {error}", text.element_id)


def _at(text: Text, where: Where) -> str:
    shown = f"{text.source!r:.80}"
    return f"{' '.join(map(str, where))}: {shown}" if where else shown


def _compiled(text: Text) -> feel.Feel:
    if text.is_test:
        return feel.compile_unary_tests(text.source, text.names, text.input_name)
    return feel.compile(text.source, text.names)


def _juel(source: str) -> juel.Expression:
    """In a decision table Camunda takes JUEL without its braces too."""
    return juel.compile(source if juel.is_expression(source) else f"${{{source}}}")


def fault(text: Text) -> tuple[Said, int | None] | None:
    """Why a text does not parse, by language, with the offset from 0; None if it does, or if its language is not known
    here.
    """
    try:
        if text.language == JUEL:
            used = sorted({name for name, _ in _juel(text.source).functions} - BUILTINS.keys())
            return (said("function", name=used[0]), None) if used else None
        elif text.language == FEEL:
            _compiled(text)
    except ParseError as error:
        braces = 0 if juel.is_expression(text.source) else len("${")
        return error.said, None if error.position is None else max(error.position - braces, 0)
    except feel.FeelError as error:
        line, column = error.position
        before = text.source.split("\n")[: line - 1]
        return error.said, sum(len(one) + 1 for one in before) + column - 1
    return None


def shown(value: Any) -> str:
    """The value as an error names it: as FEEL writes it, short."""
    try:
        text = show(value, Run(None, None, _SHOWN_STEPS), inner=True)
    except (Fault, Exhausted):
        text = describe(value)
    return text if len(text) <= 80 else text[:80] + "..."
