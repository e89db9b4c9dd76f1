"""What each construct of FEEL does, as closures over a scope. An operation without a result is null and a warning."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from app.expressions.feel import properties
from app.expressions.feel.functions import BUILTINS
from app.expressions.feel.invocation import invoke
from app.expressions.feel.operators import ARITHMETIC, COMPARISONS, contains, make_range, negate, within
from app.expressions.feel.scope import MISSING, Scope
from app.expressions.feel.types import Type, coerced, conforms
from app.expressions.feel.values import (
    Fault,
    Function,
    Inequality,
    Range,
    Run,
    Signature,
    describe,
)

Node = Callable[[Scope], Any]
Step = Callable[[Any, Scope], Any]
"""The right part of a chain of operators, given the value of the left one."""


def guarded(place: str, operation: Callable[..., Any]) -> Callable[..., Any]:
    """The operation, whose last argument is the scope, with null and a warning instead of a Fault."""

    def apply(*arguments: Any) -> Any:
        try:
            return operation(*arguments)
        except Fault as fault:
            arguments[-1].run.warn(f"{fault} ({place})")
            return None

    return apply


class Constant:
    """A node whose value is known before any scope is."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self, _scope: Scope) -> Any:
        return self.value


def folded(place: str, operation: Callable[..., Any], *operands: Node) -> Node:
    """An operation on the values of nodes, done now if all are constant and it has a result."""
    if all(isinstance(operand, Constant) for operand in operands):
        try:
            return Constant(operation(*[operand.value for operand in operands if isinstance(operand, Constant)]))
        except Fault:
            pass
    return guarded(place, lambda scope: operation(*[operand(scope) for operand in operands]))


def name(text: str, place: str) -> Node:
    def read(scope: Scope) -> Any:
        value = scope.find(text)
        if value is MISSING:
            value = BUILTINS.get(text)
            if value is None:
                scope.run.warn(f"there is no variable {describe(text)} ({place})")
        return value

    return read


def chain(first: Node, steps: Sequence[Step]) -> Node:
    """`a + b - c` and other operators of one level, from left to right."""

    def apply(scope: Scope) -> Any:
        value = first(scope)
        for step in steps:
            value = step(value, scope)
        return value

    return apply


def operation(symbol: str, right: Node, place: str) -> Step:
    if symbol in ("and", "or"):
        return _logical(symbol == "or", right, place)
    if symbol in COMPARISONS:
        compare = COMPARISONS[symbol]
        return guarded(place, lambda left, scope: _compared(compare, left, right(scope), scope.run))
    calculate = ARITHMETIC[symbol]

    def apply(left: Any, scope: Scope) -> Any:
        result = calculate(left, right(scope))
        scope.run.spend_on(result)
        return result

    return guarded(place, apply)


def _compared(compare: Callable[[Any, Any, Run], bool], left: Any, right: Any, run: Run) -> bool:
    run.spend_on(left)
    return compare(left, right, run)


def _logical(decisive: bool, right: Node, place: str) -> Step:
    """Three-valued logic (table 50); what is not a boolean counts as null."""

    def apply(left: object, scope: Scope) -> bool | None:
        if left is decisive:
            return decisive
        other: object = right(scope)
        if other is decisive:
            return decisive
        for value in (left, other):
            if not isinstance(value, bool):
                if value is not None:
                    scope.run.warn(f"{describe(value)} is not a boolean ({place})")
                return None
        return not decisive

    return apply


def between(low: Node, high: Node, place: str) -> Step:
    def test(value: Any, scope: Scope) -> bool:
        scope.run.spend_on(value)
        return within(value, Range(low(scope), high(scope), True, True))

    return guarded(place, test)


def member(tests: Sequence[Step]) -> Step:
    """`in`, with one test or several."""
    return lambda value, scope: any_of([test(value, scope) for test in tests])


def any_of(results: Sequence[Any]) -> bool | None:
    if any(result is True for result in results):
        return True
    return None if any(result is None for result in results) else False


def contained(container: Node, place: str) -> Step:
    """The test that an expression is, on the right of `in`."""
    return guarded(place, lambda value, scope: contains(container(scope), value, scope.run))


def negation(operand: Node, place: str) -> Node:
    return folded(place, negate, operand)


def conditional(branches: Sequence[tuple[Node, Node]], otherwise: Node) -> Node:
    """Every condition that is not true, null too, leads on to the next branch."""

    def choose(scope: Scope) -> Any:
        for condition, then in branches:
            if condition(scope) is True:
                return then(scope)
        return otherwise(scope)

    return choose


def items(nodes: Sequence[Node]) -> Node:
    return lambda scope: [node(scope) for node in nodes]


def context(entries: Sequence[tuple[str, Node]], place: str) -> Node:
    """An entry sees those before it. A key that occurs twice makes the context null."""

    def build(scope: Scope) -> dict[str, Any]:
        made: dict[str, Any] = {}
        inner = Scope(made, scope, scope.run)
        for key, node in entries:
            if key in made:
                raise Fault(f"the context has two entries {describe(key)}")
            made[key] = node(inner)
        return made

    return guarded(place, build)


def interval(start: Node, end: Node, start_included: bool, end_included: bool, place: str) -> Node:
    return folded(place, lambda low, high: make_range(low, high, start_included, end_included), start, end)


def open_interval(symbol: str, bound: Node, place: str) -> Node:
    """`(< 10)` as a value: the range below 10."""

    def build(scope: Scope) -> Any:
        value = bound(scope)
        included = symbol in ("<=", ">=", "=")
        match symbol:
            case "!=":
                return Inequality(value)
            case "=":
                return Range(value, value, True, True, comparison=True)
            case "<" | "<=":
                return Range(None, value, False, included, comparison=True)
        return Range(value, None, included, False, comparison=True)

    return guarded(place, build)


def path(base: Node, key: str, place: str) -> Node:
    return guarded(place, lambda scope: properties.read(base(scope), key, scope.run))


def filtered(base: Node, condition: Node, cost: int, place: str) -> Node:
    """`list[condition]`: an item by its number, else the items for which the condition is true."""

    def select(scope: Scope) -> Any:
        found = base(scope)
        values = found if isinstance(found, list) else [] if found is None else [found]
        if not values:
            index = condition(Scope({"item": None}, scope, scope.run))
            return _at(values, index) if isinstance(index, Decimal) else []
        selected = []
        for value in values:
            scope.run.spend(cost)
            inner = Scope({"item": value}, scope, scope.run)
            result = condition(Scope(value, inner, scope.run) if isinstance(value, dict) else inner)
            if isinstance(result, Decimal):
                return _at(values, result)
            if result is True:
                selected.append(value)
        return selected

    return guarded(place, select)


def _at(values: list[Any], index: Decimal) -> Any:
    if index == 0 or abs(index) > len(values) or index != index.to_integral_value():
        raise Fault(f"the list of {len(values)} has no item {index}")
    return values[int(index) - 1 if index > 0 else int(index)]


def invocation(callee: Node, called: str | None, arguments: Sequence[Node], names: Sequence[str], place: str) -> Node:
    """A call with positional arguments, or with named ones if there are `names`."""

    def call(scope: Scope) -> Any:
        target = callee(scope) if called is None else scope.find(called)
        if called is not None and not isinstance(target, Function):
            target = BUILTINS.get(called)
            if target is None:
                raise Fault(f"there is no function {describe(called)}")
        if not isinstance(target, Function):
            raise Fault(f"{describe(target)} is not a function")
        return invoke(target, [argument(scope) for argument in arguments], names, scope.run)

    return guarded(place, call)


def definition(parameters: Sequence[tuple[str, Type | None]], body: Node, cost: int) -> Node:
    names = tuple(parameter for parameter, _ in parameters)

    def define(scope: Scope) -> Function:
        def call(run: Run, arguments: list[Any]) -> Any:
            run.spend(cost)
            values = [
                value if wanted is None else coerced(value, wanted, run)
                for value, (_, wanted) in zip(arguments, parameters, strict=True)
            ]
            inner = Scope(dict(zip(names, values, strict=True)), scope, run)
            return run.called(lambda: body(inner))

        return Function("function", (Signature(names, len(names), call),))

    return define


def instance_of(value: Node, wanted: Type, place: str) -> Node:
    def test(scope: Scope) -> bool:
        found = value(scope)
        return found is not None and conforms(found, wanted, scope.run)

    return guarded(place, test)
