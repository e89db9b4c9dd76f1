"""Boxed expressions of a DMN file (DMN 1.5, 7.3.8 and chapter 10.2) as plain values, with the names in reach of each."""

from collections.abc import Callable

from app.definitions.decisions.tables import table
from app.definitions.decisions.xml import (
    Reading,
    element_children,
    is_named,
    kid,
    kids,
    name_of,
    plain_type,
    type_ref,
    variable,
    written,
)
from app.definitions.xml import Element, attribute, local
from app.domain.models.decision import (
    MAX_NAMES,
    Conditional,
    Context,
    Entry,
    Expression,
    Filter,
    FunctionLogic,
    Invocation,
    Iteration,
    Listing,
    Literal,
    Relation,
    Variable,
)

Names = frozenset[str]


def expression_of(holder: Element | None, reading: Reading, names: Names) -> Expression | None:
    """The first boxed expression right inside of `holder`."""
    found = expressions_of(holder, reading, names)
    return found[0] if found else None


def expressions_of(holder: Element | None, reading: Reading, names: Names) -> list[Expression]:
    if holder is None:
        return []
    inside = [inner for inner in element_children(holder) if local(inner) in _READERS]
    return [_READERS[local(inner)](inner, reading, names) for inner in inside]


def function_of(element: Element, reading: Reading, names: Names) -> FunctionLogic:
    """A function definition, or the encapsulated logic of a knowledge model."""
    kind = attribute(element, "kind") or "FEEL"
    if kind.upper() != "FEEL":
        reading.report("function-kind", element, kind=kind)
    parameters = tuple(variable(one) for one in kids(element, "formalParameter"))
    inner = names | {parameter.name for parameter in parameters}
    body = expression_of(element, reading, inner) if kind.upper() == "FEEL" else None
    return FunctionLogic(parameters, body, kind, type_ref(element))


def _literal(element: Element, reading: Reading, names: Names) -> Expression:
    if kid(element, "importedValues") is not None:
        reading.report("imported-values", element)
    return Literal(written(element, reading, names), type_ref(element))


def _context(element: Element, reading: Reading, names: Names) -> Expression:
    entries = []
    for entry in kids(element, "contextEntry"):
        named = kid(entry, "variable")
        # A function may call itself by the name of its entry.
        own = name_of(named)
        is_function = kid(entry, "functionDefinition") is not None
        inner = names | {own} if own and is_function else names
        entries.append(Entry(variable(named) if own else None, expression_of(entry, reading, inner)))
        if own and len(names) <= MAX_NAMES:
            names = names | {own}
    return Context(tuple(entries), type_ref(element))


def _invocation(element: Element, reading: Reading, names: Names) -> Expression:
    bindings = tuple(
        Entry(variable(kid(binding, "parameter")), expression_of(binding, reading, names))
        for binding in kids(element, "binding")
    )
    return Invocation(expression_of(element, reading, names), bindings, type_ref(element))


def _list(element: Element, reading: Reading, names: Names) -> Expression:
    return Listing(tuple(expressions_of(element, reading, names)), type_ref(element))


def _relation(element: Element, reading: Reading, names: Names) -> Expression:
    columns = tuple(variable(column) for column in kids(element, "column"))
    rows = [tuple(expressions_of(row, reading, names)) for row in kids(element, "row")]
    for row, cells in zip(kids(element, "row"), rows, strict=True):
        if len(cells) != len(columns):
            reading.report("relation-cells", row, found=len(cells), expected=len(columns))
    return Relation(columns, tuple(rows), type_ref(element))


def _conditional(element: Element, reading: Reading, names: Names) -> Expression:
    condition, then, otherwise = (expression_of(kid(element, part), reading, names) for part in ("if", "then", "else"))
    return Conditional(condition, then, otherwise, type_ref(element))


def _filter(element: Element, reading: Reading, names: Names) -> Expression:
    match = expression_of(kid(element, "match"), reading, names | {"item"})
    return Filter(expression_of(kid(element, "in"), reading, names), match, type_ref(element))


def _iteration(element: Element, reading: Reading, names: Names) -> Expression:
    own = name_of(element, "iteratorVariable") or ""
    source = kid(element, "in")
    body = kid(element, "return" if is_named(element, "for") else "satisfies")
    inner = names | {own} | ({"partial"} if is_named(element, "for") else set())
    return Iteration(
        local(element),
        Variable(own, plain_type(None if source is None else attribute(source, "typeRef"))),
        expression_of(source, reading, names),
        expression_of(body, reading, inner),
        type_ref(element),
    )


_READERS: dict[str, Callable[[Element, Reading, Names], Expression]] = {
    "literalExpression": _literal,
    "decisionTable": table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": function_of,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
}
