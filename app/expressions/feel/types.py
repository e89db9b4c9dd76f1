"""Types of FEEL as `instance of` and the parameters of functions name them (DMN 1.4, 10.3.2.9.1)."""

from dataclasses import dataclass
from typing import Any

from app.expressions.feel.values import Fault, Function, Range, Run, kind

SIMPLE = {
    "Any": "any",
    "Null": "null",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "days and time duration": "days and time duration",
    "day and time duration": "days and time duration",
    "years and months duration": "years and months duration",
    "year and month duration": "years and months duration",
    "list": "list",
    "context": "context",
    "range": "range",
    "function": "function",
}


@dataclass(frozen=True, slots=True)
class Type:
    """`list<number>` has one argument, `context<a: string>` a field, `function<a> -> b` the arguments (a, b)."""

    name: str
    arguments: tuple["Type", ...] = ()
    fields: tuple[tuple[str, "Type"], ...] = ()


def conforms(value: Any, wanted: Type, run: Run) -> bool:
    """Whether the value, which may be null, is of the type."""
    run.spend(1)
    if value is None or wanted.name == "Any":
        return True
    if wanted.name in run.types and wanted.name not in SIMPLE:
        return run.types[wanted.name](value)
    if wanted.name not in SIMPLE:
        raise Fault(f"the type {wanted.name} is not known")
    if kind(value) != SIMPLE[wanted.name]:
        return False
    match value:
        case list() if wanted.arguments:
            return all(conforms(item, wanted.arguments[0], run) for item in value)
        case dict():
            return all(name in value and conforms(value[name], inner, run) for name, inner in wanted.fields)
        case Range() if wanted.arguments:
            return all(conforms(bound, wanted.arguments[0], run) for bound in (value.start, value.end))
        case Function() if wanted.arguments:
            count = len(wanted.arguments) - 1
            return any(one.variadic or one.required <= count <= len(one.parameters) for one in value.signatures)
    return True


def coerced(value: Any, wanted: Type, run: Run) -> Any:
    """The value as a parameter of the type; a list of one item is also that item. Faults if it does not conform."""
    if isinstance(value, list) and len(value) == 1 and wanted.name != "list" and not conforms(value, wanted, run):
        value = value[0]
    if not conforms(value, wanted, run):
        raise Fault(f"a {kind(value)} was given where the type is {wanted.name}")
    return value
