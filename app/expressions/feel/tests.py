"""Unary tests of FEEL: what a cell of a decision table asks of its input, the name `?` (DMN 1.4, 10.3.2.8)."""

from collections.abc import Sequence
from typing import Any

from app.expressions.feel.nodes import Node, Step, any_of, guarded
from app.expressions.feel.operators import contains, same
from app.expressions.feel.scope import MISSING, Scope


def of_input(steps: Sequence[Step]) -> Node:
    """Whether one of the tests holds for the input."""
    if len(steps) == 1:
        (only,) = steps
        return lambda scope: only(_input(scope), scope)

    def test(scope: Scope) -> bool | None:
        value = _input(scope)
        return any_of([step(value, scope) for step in steps])

    return test


def _input(scope: Scope) -> Any:
    value = scope.find("?")
    if value is MISSING:
        scope.run.warn("there is no input value")
        return None
    return value


def negated(node: Node) -> Node:
    def test(scope: Scope) -> bool | None:
        value = node(scope)
        return None if value is None else not value

    return test


def expression(node: Node, reads_input: bool, place: str) -> Step:
    """The test that an expression is: one about `?`, or a boolean about an input that is none, holds if it is true.

    Any other value holds if the input equals it or is in it.
    """

    def test(value: Any, scope: Scope) -> Any:
        found = node(scope)
        if isinstance(found, bool) and (reads_input or not isinstance(value, bool)):
            return found
        if found is None:
            return None if reads_input else value is None
        if isinstance(found, list) and same(found, value, scope.run):
            return True
        return contains(found, value, scope.run)

    return guarded(place, test)
