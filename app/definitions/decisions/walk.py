"""Everything inside of a decision model, element by element."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.models.decision import (
    Conditional,
    Context,
    DecisionModel,
    Expression,
    Filter,
    FunctionLogic,
    Invocation,
    ItemType,
    Iteration,
    Listing,
    Literal,
    Relation,
    Variable,
)
from app.domain.models.decision_table import Table, Text


def expressions(model: DecisionModel) -> Iterator[tuple[str, Expression]]:
    """Each boxed expression with the id of the decision or knowledge model around it, outer ones first."""
    for decision in model.decisions.values():
        for found in _inside(decision.logic):
            yield decision.id, found
    for knowledge in model.knowledge.values():
        for found in _inside(knowledge.function):
            yield knowledge.id, found


def _inside(expression: Expression | None) -> Iterator[Expression]:
    if expression is None:
        return
    yield expression
    for part in _parts(expression):
        yield from _inside(part)


def _parts(expression: Expression) -> Iterator[Expression | None]:
    match expression:
        case Context():
            yield from (entry.value for entry in expression.entries)
        case Invocation():
            yield expression.function
            yield from (binding.value for binding in expression.bindings)
        case FunctionLogic():
            yield expression.body
        case Listing():
            yield from expression.items
        case Relation():
            yield from (cell for row in expression.rows for cell in row)
        case Conditional():
            yield from (expression.condition, expression.then, expression.otherwise)
        case Filter():
            yield from (expression.source, expression.match)
        case Iteration():
            yield from (expression.source, expression.body)


class Written(NamedTuple):
    """A text, and of the cell of a table the number of its rule and the title of its column."""

    text: Text
    rule: int | None = None
    column: str = ""


def texts(model: DecisionModel) -> Iterator[Written]:
    """Each text that is to be parsed."""
    for expression in (found for _, found in expressions(model)):
        if isinstance(expression, Literal):
            yield from _written(expression.text)
        elif isinstance(expression, Table):
            yield from _table_texts(expression)
    for one in model.types.values():
        yield from _type_texts(one)


def _table_texts(table: Table) -> Iterator[Written]:
    for clause in table.inputs:
        yield from _written(clause.expression, clause.values)
    for output in table.outputs:
        yield from _written(output.values, output.default)
    titles = [one.title for one in table.inputs] + [one.title for one in table.outputs]
    for rule in table.rules:
        for text, title in zip((*rule.inputs, *rule.outputs), titles, strict=False):
            if text is not None:
                yield Written(text, rule.number, title)


def _type_texts(one: ItemType) -> Iterator[Written]:
    yield from _written(one.allowed, one.constraint)
    for component in one.components:
        yield from _type_texts(component)


def _written(*found: Text | None) -> Iterator[Written]:
    return (Written(text) for text in found if text is not None)


def type_refs(model: DecisionModel) -> Iterator[tuple[str | None, str]]:
    """Each name of a type that is used, with the id of the element of the graph that uses it (None: another type)."""
    for data in model.inputs.values():
        yield from _refs(data.id, data.variable.type_ref)
    for decision in model.decisions.values():
        yield from _refs(decision.id, decision.variable.type_ref)
    for knowledge in model.knowledge.values():
        yield from _refs(knowledge.id, knowledge.variable.type_ref)
    for service in model.services.values():
        yield from _refs(service.id, service.variable.type_ref)
    for owner, expression in expressions(model):
        yield from _refs(owner, expression.type_ref, *(one.type_ref for one in _variables(expression)))
        if isinstance(expression, Table):
            yield from _refs(owner, *(clause.type_ref for clause in expression.inputs))
            yield from _refs(owner, *(clause.type_ref for clause in expression.outputs))
    for one in model.types.values():
        yield from _refs(None, *_bases(one))


def _variables(expression: Expression) -> Iterator[Variable]:
    match expression:
        case Context():
            yield from (entry.variable for entry in expression.entries if entry.variable)
        case FunctionLogic():
            yield from expression.parameters
        case Relation():
            yield from expression.columns
        case Iteration():
            yield expression.variable


def _bases(one: ItemType) -> Iterator[str | None]:
    yield one.base
    for component in one.components:
        yield from _bases(component)


def _refs(owner: str | None, *names: str | None) -> Iterator[tuple[str | None, str]]:
    return ((owner, name) for name in names if name)
