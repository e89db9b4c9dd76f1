"""How the built-in functions are declared, and what they ask of their arguments."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.expressions.feel.values import Fault, Run, Signature, describe


def pure(parameters: str, call: Callable[..., Any]) -> Signature:
    """A way to call a function of its arguments alone: "a, b?" has an optional b, "a*" takes any number of a."""
    return costly(parameters, lambda _run, *arguments: call(*arguments))


def costly(parameters: str, call: Callable[..., Any]) -> Signature:
    """The same, of a function whose first argument is the state of the evaluation."""
    names = [name.strip() for name in parameters.split(",") if name.strip()]
    required = sum(1 for name in names if not name.endswith("?"))
    variadic = parameters.endswith("*")
    return Signature(
        tuple(name.rstrip("?*") for name in names), required, lambda run, arguments: call(run, *arguments), variadic
    )


def text(value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        return value
    raise Fault(f"expected a string, not {describe(value)}")


def number(value: Any) -> Decimal:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, Decimal):
        return value
    raise Fault(f"expected a number, not {describe(value)}")


def whole(value: Any) -> int:
    """A number without its decimals, small enough to be a position, a length or a scale."""
    found = number(value)
    if found.adjusted() > 9:
        raise Fault(f"{describe(found)} is too large here")
    return int(found)


def items(value: Any) -> list[Any]:
    """A list; of another value but null, the list of that."""
    if value is None:
        raise Fault("expected a list, not null")
    return value if isinstance(value, list) else [value]


def entries(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise Fault(f"expected a context, not {describe(value)}")


def spread(run: Run, values: tuple[Any, ...]) -> list[Any]:
    """The arguments of a function that takes a list or its items one by one."""
    found = items(values[0]) if len(values) == 1 else list(values)
    run.spend(len(found))
    return found
