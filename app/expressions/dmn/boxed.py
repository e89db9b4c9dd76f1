"""Values of boxed expressions (DMN 1.5, 10.2.1)."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.models.decision import (
    Conditional,
    Context,
    Entry,
    Expression,
    Filter,
    FunctionLogic,
    Invocation,
    Iteration,
    Listing,
    Literal,
    Relation,
)
from app.domain.models.decision_table import Table
from app.expressions.dmn.run import Evaluation, shown
from app.expressions.dmn.tables import evaluate_table
from app.expressions.dmn.types import coerce
from app.expressions.feel.scope import Scope
from app.expressions.feel.values import Fault, Function

_ITERATIONS = {
    "for": "for item in source return body(item, partial)",
    "some": "some item in source satisfies body(item, null)",
    "every": "every item in source satisfies body(item, null)",
}


def evaluate(expression: Expression | None, scope: Scope, run: Evaluation) -> Any:
    """The value, of the type that the expression is to have; null, with a warning, if it is not of that type."""
    return typed(raw(expression, scope, run), None if expression is None else expression.type_ref, run)


def raw(expression: Expression | None, scope: Scope, run: Evaluation) -> Any:
    """The value, whatever its type."""
    match expression:
        case None:
            return None
        case Literal():
            return run.value(expression.text, scope)
        case Table():
            return evaluate_table(expression, scope, run)
        case Context():
            return _context(expression, scope, run)
        case Invocation():
            return _invocation(expression, scope, run)
        case FunctionLogic():
            return function("function", expression, scope, run)
        case Listing():
            return [evaluate(item, scope, run) for item in expression.items]
        case Relation():
            return _relation(expression, scope, run)
        case Conditional():
            return _conditional(expression, scope, run)
        case Filter():
            return _filter(expression, scope, run)
        case Iteration():
            return _iteration(expression, scope, run)


def typed(value: Any, type_ref: str | None, run: Evaluation) -> Any:
    fits, coerced = coerce(value, type_ref, run)
    if not fits:
        run.warn(f"{shown(value)} is not of the type {type_ref}")
    return coerced


def function(name: str, logic: FunctionLogic, scope: Scope, run: Evaluation, element_id: str | None = None) -> Function:
    """A function over FEEL values that knows itself by `name`; an argument of a wrong type makes its result null."""
    if logic.kind.upper() != "FEEL":
        run.warn(f"{name}: functions in {logic.kind} are not supported")

    def body(arguments: Mapping[str, Any]) -> Any:
        return evaluate(logic.body, Scope(arguments, known, run.budget), run)

    made = callable_of(name, tuple((one.name, one.type_ref) for one in logic.parameters), body, run, element_id)
    known = Scope({name: made}, scope, run.budget)
    return made


def callable_of(
    name: str,
    parameters: tuple[tuple[str, str | None], ...],
    body: Callable[[Mapping[str, Any]], Any],
    run: Evaluation,
    element_id: str | None,
) -> Function:
    """parameters: names and types; body: gets the arguments by name."""

    def call(*arguments: Any) -> Any:
        given = {}
        for (parameter, type_ref), argument in zip(parameters, arguments, strict=True):
            fits, value = coerce(argument, type_ref, run)
            if not fits:
                run.warn(f"{name}: the argument {parameter} is {shown(argument)}, which is not of the type {type_ref}")
                return None
            given[parameter] = value
        before = run.enter(element_id or run.element_id, name if element_id else run.name)
        try:
            return body(given)
        finally:
            run.leave(before)

    return Function.of(name, [parameter for parameter, _ in parameters], call)


def _context(expression: Context, scope: Scope, run: Evaluation) -> Any:
    """The entries by name, or the value of the last one if it has no name."""
    values: dict[str, Any] = {}
    scope = Scope(values, scope, run.budget)
    for entry in expression.entries:
        if entry.variable is None:
            return evaluate(entry.value, scope, run)
        if isinstance(entry.value, FunctionLogic):
            value: Any = function(entry.variable.name, entry.value, scope, run)
        else:
            value = evaluate(entry.value, scope, run)
        values[entry.variable.name] = typed(value, entry.variable.type_ref, run)
    return values


def _invocation(expression: Invocation, scope: Scope, run: Evaluation) -> Any:
    called = evaluate(expression.function, scope, run)
    if not isinstance(called, Function):
        run.warn(f"{shown(called)} is called, which is not a function")
        return None
    given = {_name(entry): entry.value for entry in expression.bindings}
    for signature in called.signatures:
        required = signature.parameters[: signature.required]
        if set(required) <= given.keys() <= set(signature.parameters):
            break
    else:
        run.warn(f"{called.name} has no parameters {', '.join(given)}")
        return None
    values = {name: evaluate(value, scope, run) for name, value in given.items()}
    arguments = [values[name] for name in signature.parameters if name in values]
    try:
        return signature.call(run.budget, arguments)
    except Fault as fault:
        run.warn(f"{called.name}: {fault}")
        return None


def _name(entry: Entry) -> str:
    return entry.variable.name if entry.variable else ""


def _relation(expression: Relation, scope: Scope, run: Evaluation) -> Any:
    return [
        {
            column.name: typed(evaluate(cell, scope, run), column.type_ref, run)
            for column, cell in zip(expression.columns, row, strict=False)
        }
        for row in expression.rows
    ]


def _conditional(expression: Conditional, scope: Scope, run: Evaluation) -> Any:
    holds = evaluate(expression.condition, scope, run)
    if holds is not None and not isinstance(holds, bool):
        run.warn(f"{shown(holds)} is not a condition")
        return None
    return evaluate(expression.then if holds else expression.otherwise, scope, run)


def _filter(expression: Filter, scope: Scope, run: Evaluation) -> Any:
    def match(item: Any) -> Any:
        members = Scope(item if isinstance(item, dict) else {}, scope, run.budget)
        return evaluate(expression.match, Scope({"item": item}, members, run.budget), run)

    source = evaluate(expression.source, scope, run)
    condition = _Condition(match)
    value = run.apply("source[match(item)]", source=source, match=Function.of("match", ["item"], condition))
    return condition.result(value, run)


def _iteration(expression: Iteration, scope: Scope, run: Evaluation) -> Any:
    """By FEEL's own iterations, so that ranges, single items and null are taken as there."""

    def body(item: Any, partial: Any) -> Any:
        own = {"partial": partial, expression.variable.name: item}
        return evaluate(expression.body, Scope(own, scope, run.budget), run)

    source = typed(evaluate(expression.source, scope, run), expression.variable.type_ref, run)
    condition = _Condition(body)
    called = Function.of("body", ["item", "partial"], body if expression.kind == "for" else condition)
    value = run.apply(_ITERATIONS[expression.kind], source=source, body=called)
    return condition.result(value, run)


class _Condition:
    """A condition asked for each item; once it is neither true, false nor null, the whole is null."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self._wrong: Any = None

    def __call__(self, *arguments: Any) -> Any:
        answer = self._ask(*arguments)
        if answer is None or isinstance(answer, bool):
            return answer
        self._wrong = answer
        return None

    def result(self, value: Any, run: Evaluation) -> Any:
        if self._wrong is None:
            return value
        run.warn(f"{shown(self._wrong)} is not a condition")
        return None
