"""`for`, `some` and `every`: one evaluation for each combination of items (DMN 1.4, 10.3.2.14)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.expressions.feel.nodes import Node, guarded
from app.expressions.feel.scope import Scope
from app.expressions.feel.values import CONTEXT, Fault, Range, describe, limited

Iteration = tuple[str, Node, Node | None]
"""A name, and the list or the two ends that it runs over."""


def _domain(iteration: Iteration, scope: Scope) -> Iterator[Any]:
    _, start, end = iteration
    found = start(scope)
    if end is not None:
        return _run_of(found, end(scope))
    if isinstance(found, Range):
        return _within(found)
    if found is None:
        raise Fault("null cannot be run over")
    return iter(found if isinstance(found, list) else [found])


def _within(bounds: Range) -> Iterator[Any]:
    for value in _run_of(bounds.start, bounds.end):
        if (bounds.start_included or value != bounds.start) and (bounds.end_included or value != bounds.end):
            yield value


def _run_of(start: Any, end: Any) -> Iterator[Any]:
    """Numbers or dates from start to end, one by one, upwards or downwards."""
    dates = isinstance(start, date) and isinstance(end, date)
    if isinstance(start, datetime) or isinstance(end, datetime):
        dates = False
    if not dates and not (isinstance(start, Decimal) and isinstance(end, Decimal)):
        raise Fault(f"cannot run from {describe(start)} to {describe(end)}")
    up = start <= end
    step: Any = timedelta(days=1) if dates else Decimal(1)
    step = step if up else -step

    def values() -> Iterator[Any]:
        value = start
        while value <= end if up else value >= end:
            yield value
            if value == end:
                return
            value = CONTEXT.add(value, step) if isinstance(value, Decimal) else value + step

    return values()


def loop(iterations: Sequence[Iteration], body: Node, cost: int, keeps_partial: bool, place: str) -> Node:
    """`for`; `partial` is the list of the results so far."""

    def collect(scope: Scope) -> list[Any]:
        results: list[Any] = []
        for inner in _scopes(iterations, scope, cost):
            if keeps_partial:
                scope.run.spend(len(results))
                inner = Scope({"partial": list(results)}, inner, scope.run)
            results.append(body(inner))
            limited(results)
        return results

    return guarded(place, collect)


def quantified(every: bool, iterations: Sequence[Iteration], condition: Node, cost: int, place: str) -> Node:
    """`some` and `every`, which are null where a condition is null and no other one decides."""

    def test(scope: Scope) -> bool | None:
        decided: bool | None = every
        for inner in _scopes(iterations, scope, cost):
            result = condition(inner)
            if result is not every and isinstance(result, bool):
                return result
            if not isinstance(result, bool):
                decided = None
        return decided

    return guarded(place, test)


def _scopes(iterations: Sequence[Iteration], scope: Scope, cost: int) -> Iterator[Scope]:
    """A scope for each combination; the last name changes fastest, and a domain may use the names before it."""
    if not iterations:
        yield scope
        return
    for value in _domain(iterations[0], scope):
        scope.run.spend(cost)
        yield from _scopes(iterations[1:], Scope({iterations[0][0]: value}, scope, scope.run), cost)
