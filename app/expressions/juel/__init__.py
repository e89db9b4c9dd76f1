"""JUEL, the `${...}` and `#{...}` expressions of Camunda 7 models: EL 2.2 and the string operator `+=` of EL 3.0.

An expression sees only the variables and functions that it is given. It reads entries of maps and items of lists,
calls the methods in `methods`, and never reaches an attribute of a Python object. What it may cost is in `limits`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.expressions.errors import EvaluationError, ParseError
from app.expressions.juel import nodes
from app.expressions.juel.nodes import Place
from app.expressions.juel.parser import Parser
from app.expressions.juel.tokens import segments
from app.expressions.kept import Kept
from app.expressions.limits import MAX_COMPILED, MAX_SOURCE
from app.expressions.texts import said


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled source. `names` are the free variables, `functions` the name and number of arguments of each call."""

    source: str
    names: frozenset[str]
    functions: frozenset[tuple[str, int]]
    _node: nodes.Node = field(repr=False, compare=False)

    def evaluate(self, variables: Mapping[str, object], functions: Mapping[str, Callable[..., object]]) -> object:
        """The value of a source that is one expression, else a string. Computed numbers are int or Decimal.

        `date` and `dateTime` are always there and cannot be replaced by `functions`. A ValueError or TypeError of a
        function, like any operation without a result, becomes EvaluationError; other exceptions pass.
        """
        try:
            return self._node(variables, functions)
        except RecursionError:
            raise EvaluationError("the expression or its data is nested too deeply", None, self.source) from None


_KEPT: Kept[Expression] = Kept(MAX_COMPILED)


def compile(source: str) -> Expression:
    """The expression of a source; text without `${` and `#{` is itself. Raises ParseError."""
    kept = _KEPT.get(source)
    if kept is None:
        kept = _compiled(source)
        _KEPT.put(source, kept, len(source))
    return kept


def _compiled(source: str) -> Expression:
    if len(source) > MAX_SOURCE:
        raise ParseError(said("too-long", limit=MAX_SOURCE), MAX_SOURCE, source)
    parser = Parser(source)
    parts: list[nodes.Node] = []
    places: list[Place] = []
    for segment in segments(source):
        parts.append(nodes.literal(segment) if isinstance(segment, str) else parser.parse(segment))
        places.append(Place(0 if isinstance(segment, str) else segment[0].position, source))
    if not parts:
        node = nodes.literal("")
    elif len(parts) == 1:
        node = parts[0]
    else:
        node = nodes.template(parts, places)
    return Expression(
        source=source,
        names=frozenset(parser.names),
        functions=frozenset(parser.functions),
        _node=node,
    )


def is_expression(source: str) -> bool:
    """Whether the text has a part that JUEL would evaluate, or an escaped one."""
    return "${" in source or "#{" in source
