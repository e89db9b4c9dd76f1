"""FEEL, the expressions and unary tests of DMN 1.4 decision models.

An expression sees only the variables that it is given and the built-in functions; it never reaches an attribute of a
Python object. What has no value is null, with the reason as a warning. What an expression may cost is in
`limits`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.expressions.feel.limits import MAX_COMPILED, MAX_DEPTH, MAX_SOURCE
from app.expressions.feel.nodes import Node
from app.expressions.feel.parser import Parser
from app.expressions.feel.scope import Root, Scope, measure
from app.expressions.feel.values import Exhausted, FeelError, Function, Range, Run, YearsMonths
from app.expressions.kept import Kept
from app.expressions.texts import said

__all__ = ["Feel", "FeelError", "Function", "Range", "Result", "YearsMonths", "compile", "compile_unary_tests"]


@dataclass(frozen=True, slots=True)
class Result:
    """`warnings` say why parts of the expression, or all of it, were null, each once.

    exhausted: why there is no value at all: the evaluation would have cost more than `limits` allow.
    """

    value: Any
    warnings: tuple[str, ...] = ()
    exhausted: str | None = None


@dataclass(frozen=True, slots=True)
class Feel:
    """A compiled source."""

    source: str
    _node: Node = field(repr=False, compare=False)

    def evaluate(
        self,
        variables: Mapping[str, Any],
        *,
        now: datetime | None = None,
        types: Mapping[str, Callable[[Any], bool]] | None = None,
    ) -> Result:
        """The value for the variables, of which one hides the built-in function of its name.

        now: what `now()` and, in its time zone, `today()` are, null without it; types: the tests of the model's own
        types, for `instance of`. Raises nothing but what these tests, and functions among the variables, do.
        """
        run = Run(types, now)
        try:
            return Result(self.value(Root(variables, run)), tuple(run.warnings))
        except Exhausted as error:
            limit = str(error)
        except RecursionError:
            limit = "the expression or its data is nested too deeply"
        return Result(None, (*run.warnings, limit), limit)

    def value(self, scope: Scope) -> Any:
        """The value in a scope, whose `run` pays for it and takes the warnings. Raises Exhausted, RecursionError."""
        value = self._node(scope)
        measure(value, scope.run)
        return value


def compile(source: str, names: Collection[str] = ()) -> Feel:
    """The expression of a source. Raises FeelError.

    names: of variables, and of entries that paths lead to; at least those that hold a keyword or an operator.
    """
    return _compiled(source, frozenset(names), False, None)


def compile_unary_tests(source: str, names: Collection[str] = (), input_name: str | None = None) -> Feel:
    """The unary tests of a source, which evaluate to true, false or null for the variable `?`. Raises FeelError.

    input_name: of the variable that is the same value, so that what is said of it is a condition too.
    """
    return _compiled(source, frozenset(names), True, input_name)


_KEPT: Kept[Feel] = Kept(MAX_COMPILED)


def _compiled(source: str, names: frozenset[str], unary: bool, input_name: str | None) -> Feel:
    key = source, names, unary, input_name
    kept = _KEPT.get(key)
    if kept is not None:
        return kept
    if len(source) > MAX_SOURCE:
        raise FeelError(said("too-long", limit=MAX_SOURCE), (1, 1))
    try:
        parser = Parser(source, names, input_name)
        made = Feel(source, parser.unary_tests() if unary else parser.expression())
    except RecursionError:
        raise FeelError(said("too-deep", limit=MAX_DEPTH), (1, 1)) from None
    _KEPT.put(key, made, len(source))
    return made
