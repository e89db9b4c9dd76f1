"""How a function gets its arguments, by position or by name (DMN 1.4, 10.3.2.13)."""

from collections.abc import Sequence
from typing import Any

from app.expressions.feel.values import Fault, Function, Run, Signature


def invoke(function: Function, arguments: list[Any], names: Sequence[str], run: Run) -> Any:
    """The value of the call, or a Fault that names the function; `names` is empty for positional arguments."""
    signature = _fitting(function, len(arguments), names)
    if names:
        arguments = _by_name(signature, arguments, names)
    run.spend(1)
    for argument in arguments:
        run.spend_on(argument)
    try:
        result = signature.call(run, arguments)
        run.spend_on(result)
        return result
    except Fault as fault:
        raise Fault(f"{function.name}: {fault}") from None


def _fitting(function: Function, count: int, names: Sequence[str]) -> Signature:
    for signature in function.signatures:
        if names:
            given = set(names)
            required = set(signature.parameters[: signature.required])
            if len(given) == count and required <= given <= set(signature.parameters):
                return signature
        elif signature.required <= count and (signature.variadic or count <= len(signature.parameters)):
            return signature
    shapes = " or ".join(f"({', '.join(signature.parameters)})" for signature in function.signatures)
    given_text = f"the names {', '.join(names)}" if names else f"{count} arguments"
    raise Fault(f"{function.name} takes {shapes} but was called with {given_text}")


def _by_name(signature: Signature, arguments: list[Any], names: Sequence[str]) -> list[Any]:
    """In the order of the parameters, up to the last one given; null where one is left out."""
    given = dict(zip(names, arguments, strict=True))
    last = max(signature.parameters.index(name) for name in names)
    return [given.get(parameter) for parameter in signature.parameters[: last + 1]]
