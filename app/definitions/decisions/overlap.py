"""Decision tables over literals and ranges: rules of a UNIQUE table that can match together, and values without a rule.

Conditions that say more are taken as not known: no overlap is reported of two rules unless all their conditions are
known, and no gap of a table unless all of its are.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise, product
from math import prod

from app.definitions.decisions.cells import WORDS, Cell, Interval, Kind, Sample, cell, inside, meet, shown
from app.definitions.decisions.findings import finding
from app.definitions.findings import Finding, Place
from app.domain.models.decision_table import HitPolicy, InputClause, Table, Text

MAX_WORK = 500_000
"""Conditions, and their intervals, that are compared of one table."""
MAX_COMBINATIONS = 200_000
"""Of the values that the columns of a table tell apart."""
MAX_OVERLAPS = 20
"""Reported of one table."""
_COVERING = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
_PATH = re.compile(r"[^\W\d][\w ]*(?:\s*\.\s*[^\W\d][\w ]*)*")
_OTHER = "…"
_WHOLE_TYPES = frozenset({"integer", "long"})

Witness = list[Sample]
Key = tuple[int | str | bool | Decimal, ...]
"""Where a condition of a column begins or ends, in an order of all the values of all kinds."""


class _TooMuchError(Exception):
    """A table has more to compare than is worth the while."""


@dataclass(slots=True)
class _Work:
    left: int = MAX_WORK

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise _TooMuchError


def table_findings(table: Table, place: Place, derived: frozenset[str]) -> Iterator[Finding]:
    """table: resolved; derived: names whose values come from other decisions, and so may go with those of other columns."""
    if not table.inputs or any(len(rule.inputs) != len(table.inputs) for rule in table.rules):
        return
    allowed = [cell(clause.values) for clause in table.inputs]
    rows = [
        [_narrowed(cell(test), one) for test, one in zip(rule.inputs, allowed, strict=True)] for rule in table.rules
    ]
    independent = _independent(table, derived)
    if table.hit_policy == HitPolicy.UNIQUE:
        code = "rules-overlap" if independent else "rules-may-overlap"
        try:
            for first, second, witness in islice(_overlaps(table.inputs, rows, _Work()), MAX_OVERLAPS):
                yield finding(code, place, first=first, second=second, witness=_shown(table.inputs, rows, witness))
        except _TooMuchError:
            yield finding("overlaps-not-known", place)
    has_default = any(output.default for output in table.outputs)
    if independent and table.hit_policy in _COVERING and not has_default and (values := _gap(table, rows)):
        yield finding("table-gap", place, witness=_shown(table.inputs, rows, values))


def _independent(table: Table, derived: frozenset[str]) -> bool:
    """Whether all values of the columns are possible together: not where columns are computed, or by one another."""
    sources = [_source(clause.expression) or "" for clause in table.inputs]
    plain = len(set(sources)) == len(sources) and all(_PATH.fullmatch(source) for source in sources)
    roots = {source.partition(".")[0].strip() for source in sources}
    return plain and (len(sources) == 1 or not roots & derived)


def _source(test: Text | None) -> str | None:
    return None if test is None else test.source


def _overlaps(
    clauses: tuple[InputClause, ...], rows: list[list[Cell | None]], work: _Work
) -> Iterator[tuple[int, int, Witness]]:
    """The numbers of two rules that can match together, with values for which they do."""
    known = {
        number: [one for one in row if one is not None]
        for number, row in enumerate(rows, start=1)
        if None not in row
    }  # fmt: skip
    for first, second in _candidates(known, work):
        witness = _common(clauses, known[first], known[second], work)
        if witness is not None:
            yield first, second, witness


def _candidates(rows: dict[int, list[Cell]], work: _Work) -> Iterator[tuple[int, int]]:
    """The pairs of rules that meet in the column where the fewest do, the lower number first."""
    columns = [
        sorted((*_span(one), number) for number, one in zip(rows, column, strict=True))
        for column in zip(*rows.values(), strict=True)
    ]
    reaches = [_reaches(column) for column in columns]
    chosen = min(range(len(columns)), key=lambda one: sum(reaches[one]), default=None)
    if chosen is None:
        return
    column = [number for _, _, number in columns[chosen]]
    for place, reach in enumerate(reaches[chosen]):
        for other in column[place + 1 : reach]:
            work.spend(1)
            yield min(column[place], other), max(column[place], other)


def _reaches(column: list[tuple[Key, Key, int]]) -> list[int]:
    """For each of the spans, up to which place those after it begin before it ends."""
    lows = [low for low, _, _ in column]
    return [bisect_right(lows, high) for _, high, _ in column]


def _span(found: Cell) -> tuple[Key, Key]:
    """Between which values lies what the condition lets through."""
    if found.kind is None:
        return (0,), (2,)
    low: Key = (1, found.kind)
    high: Key = (1, found.kind + "~")
    if found.words and not found.excluded:
        return (*low, min(map(str, found.words))), (*low, max(map(str, found.words)))
    if found.intervals and found.intervals[0].low is not None:
        low = (*low, found.intervals[0].low)
    if found.intervals and found.intervals[-1].high is not None:
        high = (1, found.kind, found.intervals[-1].high)
    return low, high


def _common(clauses: tuple[InputClause, ...], one: list[Cell], other: list[Cell], work: _Work) -> Witness | None:
    """Values for which both rules match; None if there are none."""
    witness: Witness = []
    for clause, left, right in zip(clauses, one, other, strict=True):
        work.spend(1 + len(left.intervals) + len(right.intervals))
        found = both(clause, left, right)
        if found is False:
            return None
        witness.append(None if found is True else found[0])
    return witness


def both(clause: InputClause, left: Cell, right: Cell) -> bool | tuple[Sample]:
    """A value that both cells let through; True for any, False for none."""
    if left.kind is None or right.kind is None:
        known = right if left.kind is None else left
        if known.kind is None:
            return True
        value = _pick(clause, known)
        return False if value is None else (value,)
    if left.kind != right.kind:
        return False
    if left.kind in WORDS:
        value = _pick(clause, _shared(left, right))
        return False if value is None else (value,)
    values = (_inside(inner, clause, left.kind) for inner in _met(left, right))
    return next(((value,) for value in values if value is not None), False)


def _narrowed(found: Cell | None, allowed: Cell | None) -> Cell | None:
    """What of the values that a column may have a condition lets through; any value stays any, which may be null."""
    if found is None or allowed is None or found.kind is None or found.kind != allowed.kind:
        return found
    if found.kind in WORDS:
        return _shared(found, allowed)
    return Cell(found.kind, tuple(_met(found, allowed)))


def _met(left: Cell, right: Cell) -> Iterator[Interval]:
    """The intervals that both cells let through, in one pass over the two."""
    ones, others = iter(left.intervals), iter(right.intervals)
    first, second = next(ones, None), next(others, None)
    while first is not None and second is not None:
        if inner := meet(first, second):
            yield inner
        if second.high is None or (first.high is not None and first.high < second.high):
            first = next(ones, None)
        else:
            second = next(others, None)


def _shared(left: Cell, right: Cell) -> Cell:
    """What both cells of words let through."""
    if left.excluded and right.excluded:
        return Cell(left.kind, words=left.words | right.words, excluded=True)
    if left.excluded:
        return Cell(left.kind, words=right.words - left.words)
    return Cell(left.kind, words=left.words - right.words if right.excluded else left.words & right.words)


def _pick(clause: InputClause, found: Cell) -> Sample:
    """A value that the cell lets through."""
    if found.kind not in WORDS:
        return next((value for one in found.intervals if (value := _inside(one, clause, found.kind)) is not None), None)
    if not found.excluded:
        return min(found.words, key=str, default=None)
    return min(_all_words(clause, found) - found.words, key=str, default=None)


def _all_words(clause: InputClause, found: Cell) -> frozenset[str | bool]:
    """What a text or boolean can be: the input values, if they are listed, else those that occur and another."""
    if found.kind == "boolean":
        return frozenset({True, False})
    allowed = cell(clause.values)
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
        samples = _samples(clause, known)
        if len(samples) * sum(1 + len(one.intervals) for one in known) > MAX_WORK:
            return None
        # Of each sample, the rules that let it through, as the bits of a number.
        columns.append(
            [(value, sum(_lets(one, value) << place for place, one in enumerate(known))) for value in samples]
        )
    if not rows or prod(map(len, columns)) > MAX_COMBINATIONS or not all(columns):
        return None
    for combination in product(*columns):
        left = (1 << len(rows)) - 1
        for _, covered in combination:
            left &= covered
        if not left:
            return [value for value, _ in combination]
    return None


def _samples(clause: InputClause, cells: list[Cell]) -> Witness:
    """One value of each kind that the cells tell apart: their ends, between and beyond them; their words."""
    kind = next((one.kind for one in cells if one.kind), None)
    allowed = cell(clause.values)
    if kind in WORDS:
        words = frozenset[str | bool]().union(*(one.words for one in cells))
        # That any other text has no rule is no news where the texts are not listed.
        closed = kind == "boolean" or clause.values is not None or any(one.excluded for one in cells)
        return sorted(_all_words(clause, Cell(kind, words=words)) if closed else words, key=str)
    ends = sorted({end for one in cells for part in one.intervals for end in (part.low, part.high) if end is not None})
    if not ends:
        return [None if kind is None else Decimal(1)]
    points = [Interval(end, end, True, True) for end in ends]
    between = [Interval(low, high, False, False) for low, high in pairwise(ends)]
    beyond = [Interval(ends[-1], None, False, False), Interval(None, ends[0], False, False)]
    found = [_inside(one, clause, kind) for one in (*points, *between, *beyond)]
    known = allowed if allowed is not None and allowed.kind == kind else None
    return [value for value in found if value is not None and (known is None or _lets(known, value))]


def _lets(found: Cell, value: Sample) -> bool:
    """Whether the cell lets the value through."""
    if found.kind is None:
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
            kind = next(
                (found.kind for found in (row[number] for row in rows) if found is not None and found.kind), None
            )
            parts.append(f"{clause.title} = {shown(value, kind)}")
    return ", ".join(parts) or "-"
