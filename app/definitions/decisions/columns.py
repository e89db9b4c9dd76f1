"""Cells of decision tables that can never do what they say: of another type than their column, or beyond its values."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from app.definitions.decisions.cells import Cell, cell, literal
from app.definitions.decisions.overlap import both
from app.domain.models.decision import TYPE_SYNONYMS, ItemType
from app.domain.models.decision_table import InputClause, OutputClause, Table, Text

_MAX_ALIASES = 20
_KINDS = {
    "number": frozenset({"number"}),
    "integer": frozenset({"number"}),
    "string": frozenset({"string"}),
    "boolean": frozenset({"boolean"}),
    "date": frozenset({"date"}),
    "date and time": frozenset({"moment", "local moment"}),
    "time": frozenset[str](),
    "days and time duration": frozenset[str](),
    "years and months duration": frozenset[str](),
}
"""The kinds of literal that a value of the type can be compared with."""
_MOMENTS = _KINDS["date and time"]

_Clause = TypeVar("_Clause", InputClause, OutputClause)


class CellFault(NamedTuple):
    """code: a key of DECISION_TEXTS; rule: counted from 1; column: its title; words: more for the gaps of the text."""

    code: str
    text: Text
    rule: int
    column: str
    words: Mapping[str, str]


def resolved(table: Table, types: Mapping[str, ItemType]) -> Table:
    """The table with FEEL's own types for those of the model, and the values that these allow for columns without."""
    return replace(
        table,
        inputs=tuple(_resolved(clause, types) for clause in table.inputs),
        outputs=tuple(_resolved(clause, types) for clause in table.outputs),
    )


def _resolved(clause: _Clause, types: Mapping[str, ItemType]) -> _Clause:
    name, values = clause.type_ref, clause.values
    for _ in range(_MAX_ALIASES):
        known = types.get(name or "")
        if known is None:
            return replace(clause, type_ref=TYPE_SYNONYMS.get(name or "", name), values=values)
        if known.is_collection or known.components or known.is_function:
            break
        name, values = known.base, values or known.allowed
    return replace(clause, type_ref=None)


def cell_faults(table: Table) -> Iterator[CellFault]:
    """What is known of the cells of a resolved table that are literals, comparisons and ranges; nothing of others."""
    for rule in table.rules:
        for clause, test in zip(table.inputs, rule.inputs, strict=False):
            found = cell(test)
            if test is not None and found is not None and (fault := _condition(clause, found)):
                code, words = fault
                yield CellFault(code, test, rule.number, clause.title, words)
        for output, result in zip(table.outputs, rule.outputs, strict=False):
            value = None if result is None else literal(result)
            if result is not None and value is not None and (fault := _result(output, value)):
                code, words = fault
                yield CellFault(code, result, rule.number, output.title, words)


def _condition(clause: InputClause, found: Cell) -> tuple[str, dict[str, str]] | None:
    if found.kind in (None, "null"):
        return None
    if wrong := _of_other_type(clause.type_ref, found):
        return "cell-type", wrong
    return ("cell-never-holds", {}) if both(clause, found, cell(clause.values) or Cell()) is False else None


def _result(output: OutputClause, found: Cell) -> tuple[str, dict[str, str]] | None:
    if found.kind in (None, "null"):
        return None
    if wrong := _of_other_type(output.type_ref, found):
        return "cell-type", wrong
    column = InputClause(None, None, None, output.type_ref)
    if output.values and both(column, found, cell(output.values) or Cell()) is False:
        return "output-cell-not-allowed", {"values": output.values.source}
    return None


def _of_other_type(expected: str | None, found: Cell) -> dict[str, str] | None:
    """The two types, if a literal of the one is no value of the other."""
    if expected not in _KINDS or found.kind is None or found.kind in _KINDS[expected]:
        return None
    return {"found": "date and time" if found.kind in _MOMENTS else found.kind, "type": expected}
