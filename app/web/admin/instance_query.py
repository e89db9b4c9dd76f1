"""A search of instances as it stands in an address, and back: the whole of it, so that an address is the search."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from app.actions.inspecting.choices import Choices
from app.domain.folding import folded
from app.domain.word_forms import stem
from app.store.instance_searches import Edge, Order, Search, Span, State
from app.store.variable_filters import Condition

LONGEST, MOST_WORDS, MOST_CONDITIONS = 200, 8, 20
TEXTS = ("q", "key", "service", "version", "edition", "organisation", "state", "step", "passed", "sort")
DAYS = ("started_from", "started_to", "ended_from", "ended_to")
TICKS = ("called", "incident", "overdue", "turned")
EQUAL, BETWEEN = "eq", "between"
OPERATORS = (EQUAL, "neq", "contains", "gt", "gteq", "lt", "lteq", BETWEEN, "exists", "missing")
WITHOUT_VALUE = frozenset({"exists", "missing"})
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A condition as it was written. joined: `and` with the one above it, or `or`: another alternative begins."""

    var: str = ""
    op: str = EQUAL
    val: str = ""
    to: str = ""
    join: str = "and"

    @property
    def blank(self) -> bool:
        return not (self.var or self.val or self.to)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. given: by the names of the fields; rows: conditions on variables; faults: keys of words for
    what could not be understood, with what it was."""

    given: Mapping[str, str]
    rows: Sequence[Row]
    faults: Sequence[tuple[str, str]]

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "")

    def pairs(self, **changed: Any) -> list[tuple[str, str]]:
        """The address as names and values; changed: other values, None and "" take one away."""
        given = {**self.given, **{name: str(value or "") for name, value in changed.items()}}
        found = [(name, value) for name, value in given.items() if value]
        for row in self.rows:
            found += [(name, getattr(row, name)) for name in ("var", "op", "val", "to", "join")]
        return found


def asked(args: MultiDict[str, str]) -> Asked:
    """What is written in an address; what is no choice is left out, what is no date is told."""
    given = {name: _text(args.get(name, "")) for name in (*TEXTS, *DAYS)}
    given |= {name: "1" if args.get(name) == "1" else "" for name in TICKS}
    for name, known in (("state", State), ("sort", Order)):
        if given[name] not in tuple(known):
            given[name] = ""
    faults = [("instances-no-day", given[name]) for name in DAYS if given[name] and _day(given[name]) is None]
    rows = list(_rows(args))
    for row in rows:
        if row.blank:
            continue
        if not row.var:
            faults.append(("instances-no-name", row.val))
        elif row.op not in WITHOUT_VALUE and not row.val or row.op == BETWEEN and not row.to:
            faults.append(("instances-no-value", row.var))
    return Asked({name: value for name, value in given.items() if value}, rows, faults)


def search_of(what: Asked, choices: Choices, zone: ZoneInfo) -> Search:
    """The search. Days are those of a zone, the last included."""
    called, number = bool(what["called"]), _uuid(what["q"])
    order = Order(what["sort"]) if what["sort"] else Order.STARTED
    words = () if number else tuple(dict.fromkeys(map(stem, folded(what["q"]).split())))[:MOST_WORDS]
    return Search(
        words=words,
        id=number,
        business_key=what["key"],
        variables=tuple(_alternatives(what.rows)),
        service=choices.service,
        definitions=choices.definitions(what["version"], what["edition"], each=called or bool(what["step"])),
        organisation=what["organisation"],
        state=State(what["state"]) if what["state"] else None,
        incident=bool(what["incident"]),
        overdue=bool(what["overdue"]),
        step=what["step"],
        calls=choices.calls.get(what["step"], ""),
        passed=what["passed"],
        called=called or number is not None,
        started=_span(what, "started", zone),
        ended=_span(what, "ended", zone),
        order=order,
        ascending=(order is Order.DUE) is not bool(what["turned"]),
    )


def edge_text(edge: Edge) -> str:
    return f"{(edge.at - EPOCH) // MICROSECOND}-{edge.id.hex}"


def edge(text: str | None) -> Edge | None:
    """What `edge_text` wrote; anything else is no edge."""
    moment, _, one = (text or "").partition("-")
    if not (moment.isascii() and moment.isdigit() and len(moment) <= len(str(10**16))):
        return None
    found = _uuid(one)
    return None if found is None else Edge(EPOCH + int(moment) * MICROSECOND, found)


def _text(given: str) -> str:
    return given.replace("\0", "").strip()[:LONGEST]


def _rows(args: MultiDict[str, str]) -> Iterator[Row]:
    columns = (args.getlist(name)[:MOST_CONDITIONS] for name in ("var", "op", "val", "to", "join"))
    for var, op, val, to, join in zip_longest(*columns, fillvalue=""):
        op = op if op in OPERATORS else EQUAL
        val, to = ("" if op in WITHOUT_VALUE else _text(val)), (_text(to) if op == BETWEEN else "")
        yield Row(_text(var), op, val, to, "or" if join == "or" else "and")


def _alternatives(rows: Sequence[Row]) -> Iterator[tuple[Condition, ...]]:
    found: list[list[Condition]] = [[]]
    for row in rows:
        if row.join == "or":
            found.append([])
        if row.var and (row.val or row.op in WITHOUT_VALUE):
            found[-1] += _conditions(row)
    return (tuple(one) for one in found if one)


def _conditions(row: Row) -> list[Condition]:
    if row.op != BETWEEN:
        return [_condition(row.var, row.op, row.val)]
    until = [_condition(row.var, "lteq", row.to)] if row.to else []
    return [_condition(row.var, "gteq", row.val), *until]


def _condition(name: str, operator: str, value: str) -> Condition:
    """A day lasts until the next begins: what is up to it may be a moment of it."""
    day = _day(value) if operator in ("lteq", "gt") else None
    if day is None or day == date.max:
        return Condition(name, operator, value, written=True)
    following = (day + timedelta(days=1)).isoformat()
    return Condition(name, "lt" if operator == "lteq" else "gteq", following, written=True)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else None
    except ValueError:
        return None


def _span(what: Asked, name: str, zone: ZoneInfo) -> Span:
    first, last = _day(what[f"{name}_from"]), _day(what[f"{name}_to"])
    end = None if last is None or last == date.max else last + timedelta(days=1)
    return Span(*(None if one is None else datetime.combine(one, time(), zone) for one in (first, end)))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
