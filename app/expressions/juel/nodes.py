"""What each construct of JUEL does, as closures over variables and functions."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from app.expressions.errors import EvaluationError
from app.expressions.juel import methods
from app.expressions.juel.values import (
    LOCAL,
    Fault,
    add,
    boolean,
    bounded,
    concat,
    describe,
    divide,
    empty,
    equal,
    greater,
    greater_or_equal,
    kind,
    less,
    less_or_equal,
    moment,
    multiply,
    negate,
    remainder,
    subtract,
    text,
)
from app.expressions.limits import MAX_NESTING, MAX_VALUES

Variables = Mapping[str, object]
Functions = Mapping[str, Callable[..., object]]
Node = Callable[[Variables, Functions], object]


class Place(NamedTuple):
    """Where in which source a construct stands, for the errors of its evaluation."""

    position: int
    source: str

    def error(self, message: object) -> EvaluationError:
        return EvaluationError(str(message), self.position, self.source)


def literal(value: object) -> Node:
    return lambda _variables, _functions: value


def variable(name: str, place: Place) -> Node:
    def read(variables: Variables, _functions: Functions) -> object:
        try:
            return variables[name]
        except KeyError:
            raise place.error(f"Unknown property used in expression: {name}") from None

    return read


def unary(operation: Callable[[object], object], operand: Node, place: Place) -> Node:
    def apply(variables: Variables, functions: Functions) -> object:
        value = operand(variables, functions)
        try:
            return operation(value)
        except Fault as fault:
            raise place.error(fault) from None

    return apply


def binary(symbol: str, left: Node, right: Node, place: Place) -> Node:
    """The right side of `&&` and `||` is evaluated only if it decides."""
    if symbol in ("&&", "||"):
        return _logical(symbol == "||", truth(left, place), truth(right, place))
    operation = _BINARY[symbol]

    def apply(variables: Variables, functions: Functions) -> object:
        one, other = left(variables, functions), right(variables, functions)
        try:
            return operation(one, other)
        except Fault as fault:
            raise place.error(fault) from None

    return apply


def truth(node: Node, place: Place) -> Node:
    return unary(boolean, node, place)


def _logical(decisive: bool, left: Node, right: Node) -> Node:
    def apply(variables: Variables, functions: Functions) -> object:
        if left(variables, functions) is decisive:
            return decisive
        return right(variables, functions)

    return apply


def conditional(condition: Node, then: Node, otherwise: Node, place: Place) -> Node:
    decide = truth(condition, place)
    return lambda variables, functions: (
        then(variables, functions) if decide(variables, functions) else otherwise(variables, functions)
    )


def item(base: Node, index: Node, place: Place) -> Node:
    """Reads only entries of maps and items of lists, never an attribute of an object."""

    def read(variables: Variables, functions: Functions) -> object:
        container, name = base(variables, functions), index(variables, functions)
        try:
            return _item(container, name)
        except Fault as fault:
            raise place.error(fault) from None

    return read


def method(receiver: Node, name: str, arguments: Sequence[Node], place: Place) -> Node:
    def call(variables: Variables, functions: Functions) -> object:
        value = receiver(variables, functions)
        values = [argument(variables, functions) for argument in arguments]
        try:
            return methods.call(value, name, values)
        except Fault as fault:
            raise place.error(fault) from None

    return call


def function(name: str, arguments: Sequence[Node], place: Place) -> Node:
    """A pure built-in, or what the caller supplies under the name."""
    builtin = BUILTINS.get(name)

    def call(variables: Variables, functions: Functions) -> object:
        target = builtin or functions.get(name)
        if target is None:
            raise place.error(f"Unknown function used in expression: {name}")
        values = [argument(variables, functions) for argument in arguments]
        try:
            return target(*values)
        except (Fault, ValueError) as error:
            raise place.error(f"{name}: {error}") from None
        except TypeError as error:
            raise place.error(_wrong_call(name, target, values) or f"{name}: {error}") from None

    return call


def template(parts: Sequence[Node], places: Sequence[Place]) -> Node:
    """The texts of all parts joined; null is empty."""
    texts = [unary(text, part, place) for part, place in zip(parts, places, strict=True)]

    def join(variables: Variables, functions: Functions) -> object:
        try:
            return bounded("".join([str(part(variables, functions)) for part in texts]))
        except Fault as fault:
            raise places[0].error(fault) from None

    return join


def execution_variables(place: Place) -> Node:
    """All variables as one map: bounded, as a loop that puts it into a variable would double it each time."""

    def read(variables: Variables, _functions: Functions) -> object:
        found = dict(variables)
        level: list[Any] = [found]
        count = 0
        for _ in range(MAX_NESTING):
            inner = [one for item in level for one in (item.values() if isinstance(item, dict) else item)]
            count += len(inner)
            level = [one for one in inner if isinstance(one, dict | list | tuple)]
            if count > MAX_VALUES:
                raise place.error(f"the variables hold more than {MAX_VALUES} values")
            if not level:
                return found
        raise place.error(f"the variables are nested deeper than {MAX_NESTING} levels")

    return read


def execution_method(name: str, argument: Node, place: Place) -> Node:
    """`execution.getVariable(name)`, null if there is none, and `execution.hasVariable(name)`."""

    def read(variables: Variables, functions: Functions) -> object:
        wanted = argument(variables, functions)
        if not isinstance(wanted, str):
            raise place.error(f"{name} expects the name of a variable, not {describe(wanted)}")
        return wanted in variables if name == "hasVariable" else variables.get(wanted)

    return read


def _item(container: object, index: object) -> object:
    if isinstance(container, dict):
        return container.get(index if type(index) is str else methods.key(index))
    if container is None:
        raise Fault(f"cannot read property {_plain(index)} of null")
    if isinstance(container, list | tuple) and kind(index) == "number":
        at = methods.position(index)
        return container[at] if 0 <= at < len(container) else None
    raise Fault(f"cannot read property {_plain(index)} of {describe(container)}")


def _plain(index: object) -> str:
    return index[:40] if isinstance(index, str) else describe(index)


def _wrong_call(name: str, target: Callable[..., object], values: list[object]) -> str | None:
    try:
        signature = inspect.signature(target)
    except (ValueError, TypeError):
        return None
    try:
        signature.bind(*values)
    except TypeError as error:
        return f"{name}{signature} was called with {len(values)} arguments: {error}"
    return None


def _date(value: object) -> datetime:
    if isinstance(value, str) and len(value) == len("2026-01-31"):
        return moment(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), LOCAL)
    raise Fault(f"expected a date such as '2026-01-31', not {describe(value)}")


UNARY: dict[str, Callable[[object], object]] = {
    "-": negate,
    "!": lambda value: not boolean(value),
    "empty": empty,
}
_BINARY: dict[str, Callable[[object, object], object]] = {
    "*": multiply,
    "/": divide,
    "%": remainder,
    "+": add,
    "-": subtract,
    "+=": concat,
    "<": less,
    ">": greater,
    "<=": less_or_equal,
    ">=": greater_or_equal,
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
}
BUILTINS: dict[str, Callable[[object], object]] = {"date": _date, "dateTime": moment}
"""Pure functions of one argument that need no supplier."""
