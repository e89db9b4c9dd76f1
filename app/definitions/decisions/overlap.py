"""Decision tables over literals and ranges: rules of a UNIQUE table that can match together, and values without a rule.

Conditions that say more are taken as not known: no overlap is reported of two rules unless all their conditions are
known, and no gap of a table unless all of its are.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations, islice, pairwise, product
from math import prod

from app.definitions.decisions.cells import Cell, Interval, Kind, Sample, cell, inside, meet
from app.definitions.decisions.findings import finding
from app.definitions.findings import Finding, Place
from app.domain.decision import HitPolicy, InputClause, Table, Text

MAX_PAIRS = 200_000
MAX_COMBINATIONS = 20_000
MAX_OVERLAPS = 20
"""Reported of one table."""
_COVERING = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
_PATH = re.compile(r"[^\W\d][\w ]*(?:\s*\.\s*[^\W\d][\w ]*)*")
_OTHER = "…"
_WHOLE_TYPES = frozenset({"integer", "long"})

Witness = list[Sample]


def table_findings(table: Table, place: Place, derived: frozenset[str]) -> Iterator[Finding]:
    """derived: names whose values come from other decisions, and so may go with those of other columns."""
    rows = [[cell(_source(test)) for test in rule.inputs] for rule in table.rules]
    if not table.inputs or any(len(row) != len(table.inputs) for row in rows):
        return
    sources = [_source(clause.expression) or "" for clause in table.inputs]
    # Columns that are computed may depend on each other, so that not all values need to be possible together.
    plain = len(set(sources)) == len(sources) and all(_PATH.fullmatch(source) for source in sources)
    roots = {source.partition(".")[0].strip() for source in sources}
    independent = plain and (len(sources) == 1 or not roots & derived)
    if table.hit_policy == HitPolicy.UNIQUE:
        code = "rules-overlap" if independent else "rules-may-overlap"
        for first, second, witness in islice(_overlaps(table, rows), MAX_OVERLAPS):
            yield finding(code, place, first=first, second=second, witness=_shown(table.inputs, rows, witness))
    has_default = any(output.default for output in table.outputs)
    if independent and table.hit_policy in _COVERING and not has_default and (values := _gap(table, rows)):
        yield finding("table-gap", place, witness=_shown(table.inputs, rows, values))


def _source(test: Text | None) -> str | None:
    return None if test is None else test.source


def _overlaps(table: Table, rows: list[list[Cell | None]]) -> Iterator[tuple[int, int, Witness]]:
    """The numbers of two rules that can match together, with values for which they do."""
    for (first, one), (second, other) in islice(combinations(enumerate(rows, start=1), 2), MAX_PAIRS):
        witness = _common(table.inputs, one, other)
        if witness is not None:
            yield first, second, witness


def _common(clauses: tuple[InputClause, ...], one: list[Cell | None], other: list[Cell | None]) -> Witness | None:
    """Values for which both rules match; None if there are none, or if that is not known."""
    witness: Witness = []
    for clause, left, right in zip(clauses, one, other, strict=True):
        if left is None or right is None:
            return None
        found = _both(clause, left, right)
        if found is False:
            return None
        witness.append(None if found is True else found[0])
    return witness


def _both(clause: InputClause, left: Cell, right: Cell) -> bool | tuple[Sample]:
    """A value that both cells let through; True for any, False for none."""
    if left.kind is None or right.kind is None:
        known = right if left.kind is None else left
        if known.kind is None:
            return True
        value = _pick(clause, known)
        return False if value is None else (value,)
    if left.kind != right.kind:
        return False
    if left.kind in ("string", "boolean"):
        value = _pick(clause, _narrowed(left, right))
        return False if value is None else (value,)
    for first in left.intervals:
        for second in right.intervals:
            inner = meet(first, second)
            value = None if inner is None else _inside(inner, clause, left.kind)
            if value is not None:
                return (value,)
    return False


def _narrowed(left: Cell, right: Cell) -> Cell:
    """What both cells of words let through."""
    if left.excluded and right.excluded:
        return Cell(left.kind, words=left.words | right.words, excluded=True)
    if left.excluded:
        return Cell(left.kind, words=right.words - left.words)
    return Cell(left.kind, words=left.words - right.words if right.excluded else left.words & right.words)


def _pick(clause: InputClause, found: Cell) -> Sample:
    """A value that the cell lets through."""
    if found.kind in ("number", "date"):
        return next((value for one in found.intervals if (value := _inside(one, clause, found.kind)) is not None), None)
    if not found.excluded:
        return min(found.words, key=str, default=None)
    return min(_all_words(clause, found) - found.words, key=str, default=None)


def _all_words(clause: InputClause, found: Cell) -> frozenset[str | bool]:
    """What a text or boolean can be: the input values, if they are listed, else those that occur and another."""
    if found.kind == "boolean":
        return frozenset({True, False})
    allowed = cell(clause.values.source) if clause.values else None
    if allowed is not None and allowed.kind == "string" and not allowed.excluded:
        return allowed.words
    return found.words | {_OTHER}


def _inside(interval: Interval, clause: InputClause, kind: Kind | None) -> Decimal | None:
    return inside(interval, whole=kind == "date" or clause.type_ref in _WHOLE_TYPES)


def _gap(table: Table, rows: list[list[Cell | None]]) -> Witness | None:
    """Values that no rule covers; None if there are none, or if that is not known."""
    columns = []
    for clause, cells in zip(table.inputs, zip(*rows, strict=True), strict=True):
        known = [one for one in cells if one is not None]
        kinds = {one.kind for one in known if one.kind}
        if len(known) < len(cells) or len(kinds) > 1:
            return None
        columns.append(_samples(clause, known))
    if not rows or prod(map(len, columns)) * len(rows) > MAX_COMBINATIONS * 10 or not all(columns):
        return None
    for values in product(*columns):
        if not any(all(map(_lets, row, values)) for row in rows):
            return list(values)
    return None


def _samples(clause: InputClause, cells: list[Cell]) -> Witness:
    """One value of each kind that the cells tell apart: their ends, between and beyond them; their words."""
    kind = next((one.kind for one in cells if one.kind), None)
    allowed = cell(clause.values.source) if clause.values else None
    if kind in ("string", "boolean"):
        words = frozenset[str | bool]().union(*(one.words for one in cells))
        # That any other text has no rule is no news where the texts are not listed.
        closed = kind == "boolean" or allowed is not None or any(one.excluded for one in cells)
        return sorted(_all_words(clause, Cell(kind, words=words)) if closed else words, key=str)
    ends = sorted({end for one in cells for part in one.intervals for end in (part.low, part.high) if end is not None})
    if not ends:
        return [None if kind is None else Decimal(1)]
    points = [Interval(end, end, True, True) for end in ends]
    between = [Interval(low, high, False, False) for low, high in pairwise(ends)]
    beyond = [Interval(ends[-1], None, False, False), Interval(None, ends[0], False, False)]
    found = [_inside(one, clause, kind) for one in (*points, *between, *beyond)]
    known = allowed if allowed is not None and allowed.kind == kind else None
    return [value for value in found if value is not None and _lets(known, value)]


def _lets(found: Cell | None, value: Sample) -> bool:
    """Whether the cell lets the value through."""
    if found is None or found.kind is None:
        return True
    if isinstance(value, str | bool):
        return (value in found.words) != found.excluded
    if not isinstance(value, Decimal):
        return value is None
    point = Interval(value, value, True, True)
    return any(meet(point, one) for one in found.intervals)


def _shown(clauses: tuple[InputClause, ...], rows: list[list[Cell | None]], witness: Witness) -> str:
    parts = []
    for number, (clause, value) in enumerate(zip(clauses, witness, strict=True)):
        if value is not None:
            name = clause.label or (clause.expression.source if clause.expression else "")
            is_date = any(found is not None and found.kind == "date" for found in (row[number] for row in rows))
            parts.append(f"{name} = {_word(value, is_date=is_date)}")
    return ", ".join(parts) or "-"


def _word(value: Sample, *, is_date: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return date.fromordinal(int(value)).isoformat() if is_date else f"{value:f}"
    return f'"{value}"'
