"""FEEL, the expressions and unary tests of DMN 1.4 decision models.

An expression sees only the variables that it is given and the built-in functions; it never reaches an attribute of a
Python object. What has no value is null, with the reason as a warning. What an expression may cost is in
`limits`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.expressions.feel.limits import MAX_SOURCE
from app.expressions.feel.nodes import Node
from app.expressions.feel.parser import Parser
from app.expressions.feel.values import Exhausted, FeelError, Function, Range, Root, Run, YearsMonths, checked_result

__all__ = ["Feel", "FeelError", "Function", "Range", "Result", "YearsMonths", "compile", "compile_unary_tests"]


@dataclass(frozen=True, slots=True)
class Result:
    """`warnings` say why parts of the expression, or all of it, were null, each once."""

    value: Any
    warnings: tuple[str, ...] = ()


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
            return Result(checked_result(self._node(Root(variables, run))), tuple(run.warnings))
        except Exhausted as limit:
            return Result(None, (*run.warnings, str(limit)))
        except RecursionError:
            return Result(None, (*run.warnings, "the expression or its data is nested too deeply"))


def compile(source: str, names: Collection[str] = ()) -> Feel:
    """The expression of a source. Raises FeelError.

    names: of variables, and of entries that paths lead to; at least those that hold a keyword or an operator.
    """
    return _compiled(source, frozenset(names), False)


def compile_unary_tests(source: str, names: Collection[str] = ()) -> Feel:
    """The unary tests of a source, which evaluate to true, false or null for the variable `?`. Raises FeelError."""
    return _compiled(source, frozenset(names), True)


@lru_cache(maxsize=4096)
def _compiled(source: str, names: frozenset[str], unary: bool) -> Feel:
    if len(source) > MAX_SOURCE:
        raise FeelError(f"an expression may have at most {MAX_SOURCE} characters", (1, 1))
    try:
        parser = Parser(source, names)
        return Feel(source, parser.unary_tests() if unary else parser.expression())
    except RecursionError:
        raise FeelError("the expression is nested too deeply", (1, 1)) from None
