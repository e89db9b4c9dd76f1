"""Values of boxed expressions (DMN 1.5, 10.2.1)."""

from collections.abc import Callable
from typing import Any

from app.domain.decision import (
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
    Table,
)
from app.expressions.dmn.run import Evaluation, Variables, shown
from app.expressions.dmn.tables import evaluate_table
from app.expressions.dmn.types import coerce
from app.expressions.feel.values import Exhausted, Fault, Function, Run

_ITERATIONS = {
    "for": "for item in source return body(item, partial)",
    "some": "some item in source satisfies body(item, null)",
    "every": "every item in source satisfies body(item, null)",
}


def evaluate(expression: Expression | None, variables: Variables, run: Evaluation) -> Any:
    """The value, of the type that the expression is to have; null, with a warning, if it is not of that type."""
    return typed(raw(expression, variables, run), None if expression is None else expression.type_ref, run)


def raw(expression: Expression | None, variables: Variables, run: Evaluation) -> Any:
    """The value, whatever its type."""
    match expression:
        case None:
            return None
        case Literal():
            return run.value(expression.text, variables)
        case Table():
            return evaluate_table(expression, variables, run)
        case Context():
            return _context(expression, variables, run)
        case Invocation():
            return _invocation(expression, variables, run)
        case FunctionLogic():
            return function("function", expression, variables, run)
        case Listing():
            return [evaluate(item, variables, run) for item in expression.items]
        case Relation():
            return _relation(expression, variables, run)
        case Conditional():
            return _conditional(expression, variables, run)
        case Filter():
            return _filter(expression, variables, run)
        case Iteration():
            return _iteration(expression, variables, run)


def typed(value: Any, type_ref: str | None, run: Evaluation) -> Any:
    fits, coerced = coerce(value, type_ref, run)
    if not fits:
        run.warn(f"{shown(value)} is not of the type {type_ref}")
    return coerced


def function(
    name: str, logic: FunctionLogic, variables: Variables, run: Evaluation, element_id: str | None = None
) -> Function:
    """A function over FEEL values that knows itself by `name`; an argument of a wrong type makes its result null."""
    if logic.kind.upper() != "FEEL":
        run.warn(f"functions in {logic.kind} are not supported")

    def body(scope: Variables) -> Any:
        return evaluate(logic.body, {**variables, name: made, **scope}, run)

    made = callable_of(name, tuple((one.name, one.type_ref) for one in logic.parameters), body, run, element_id)
    return made


def callable_of(
    name: str,
    parameters: tuple[tuple[str, str | None], ...],
    body: Callable[[Variables], Any],
    run: Evaluation,
    element_id: str | None,
) -> Function:
    """parameters: names and types; body: gets the arguments by name."""

    def call(*arguments: Any) -> Any:
        scope = {}
        for (parameter, type_ref), argument in zip(parameters, arguments, strict=True):
            fits, value = coerce(argument, type_ref, run)
            if not fits:
                run.warn(f"{name}: the argument {parameter} is {shown(argument)}, which is not of the type {type_ref}")
                return None
            scope[parameter] = value
        before = run.enter(element_id or run.element_id, name if element_id else run.name)
        try:
            return body(scope)
        finally:
            run.leave(before)

    return Function.of(name, [parameter for parameter, _ in parameters], call)


def _context(expression: Context, variables: Variables, run: Evaluation) -> Any:
    """The entries by name, or the value of the last one if it has no name."""
    values: dict[str, Any] = {}
    for entry in expression.entries:
        scope = {**variables, **values}
        if entry.variable is None:
            return evaluate(entry.value, scope, run)
        if isinstance(entry.value, FunctionLogic):
            value: Any = function(entry.variable.name, entry.value, scope, run)
        else:
            value = evaluate(entry.value, scope, run)
        values[entry.variable.name] = typed(value, entry.variable.type_ref, run)
    return values


def _invocation(expression: Invocation, variables: Variables, run: Evaluation) -> Any:
    called = evaluate(expression.function, variables, run)
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
    values = {name: evaluate(value, variables, run) for name, value in given.items()}
    arguments = [values[name] for name in signature.parameters if name in values]
    inner = Run(run.types, run.now)
    try:
        value = signature.call(inner, arguments)
    except (Fault, Exhausted) as fault:
        inner.warn(str(fault))
        value = None
    for warning in inner.warnings:
        run.warn(f"{called.name}: {warning}")
    return value


def _name(entry: Entry) -> str:
    return entry.variable.name if entry.variable else ""


def _relation(expression: Relation, variables: Variables, run: Evaluation) -> Any:
    return [
        {
            column.name: typed(evaluate(cell, variables, run), column.type_ref, run)
            for column, cell in zip(expression.columns, row, strict=False)
        }
        for row in expression.rows
    ]


def _conditional(expression: Conditional, variables: Variables, run: Evaluation) -> Any:
    holds = evaluate(expression.condition, variables, run)
    if holds is not None and not isinstance(holds, bool):
        run.warn(f"{shown(holds)} is not a condition")
        return None
    return evaluate(expression.then if holds else expression.otherwise, variables, run)


def _filter(expression: Filter, variables: Variables, run: Evaluation) -> Any:
    def match(item: Any) -> Any:
        members = item if isinstance(item, dict) else {}
        return evaluate(expression.match, {**variables, **members, "item": item}, run)

    source = evaluate(expression.source, variables, run)
    condition = _Condition(match)
    value = run.apply("source[match(item)]", source=source, match=Function.of("match", ["item"], condition))
    return condition.result(value, run)


def _iteration(expression: Iteration, variables: Variables, run: Evaluation) -> Any:
    """By FEEL's own iterations, so that ranges, single items and null are taken as there."""

    def body(item: Any, partial: Any) -> Any:
        scope = {**variables, "partial": partial, expression.variable.name: item}
        return evaluate(expression.body, scope, run)

    source = typed(evaluate(expression.source, variables, run), expression.variable.type_ref, run)
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
