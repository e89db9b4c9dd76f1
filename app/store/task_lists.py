"""The list of open tasks: which pass a query, who may see which of them, in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    and_,
    cast,
    column,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from app.domain.people.access import Actor
from app.store.listing import Column
from app.store.tables import Task
from app.store.task_filters import (
    CANDIDATES,
    FILTERS,
    MODIFIERS,
    ORDER,
    ORDER_BY_VARIABLE,
    PEOPLE,
    SCOPES,
    WORKER,
    involved,
    overlaps,
)
from app.store.variable_filters import Condition, holds, meant_values

APPLICANT = "applicant"
SEARCH, HELD_SINCE = "search", "followUpAfter"
_ORDER: Mapping[str, tuple[Column, ...]] = {**ORDER, APPLICANT: (func.in_alphabet(Task.applicant),)}


@dataclass(frozen=True, slots=True)
class Order:
    """APPLICANT, a key of ORDER, or of ORDER_BY_VARIABLE with the variable's name."""

    key: str
    descending: bool
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Tasks that pass all of `values` and, of each of `alternatives`, at least one. Both by the names of the filters."""

    values: Mapping[str, Any]
    alternatives: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The tasks of one organisation (None: those common to all), and in whose right the viewer works them there.

    people: the viewer and those for whom he acts; groups: theirs.
    """

    tenant: str | None
    groups: frozenset[str]
    people: frozenset[str]

    @staticmethod
    def of(viewer: Actor, tenant: str | None) -> "Part":
        return Part(tenant, viewer.working_groups_in(tenant), viewer.people_in(tenant))

    def condition(self) -> ColumnElement[bool]:
        return Task.tenant_id.is_(None) if self.tenant is None else Task.tenant_id == self.tenant


def page(
    query: Query, viewer: Actor, candidates: Mapping[str, Actor], orders: Sequence[Order], first: int, limit: int
) -> Select[Any]:
    """A page of the open tasks that the viewer may see and that pass the query.

    candidates: the people whom the query names in the filters of PEOPLE, by id. Each organisation gives the beginning of its
    own order, for which it has an index; so the page costs the same however many tasks there are.
    """
    parts = _parts(query, viewer, candidates)
    keys, descending = _keys(orders)
    if len(parts) == 1:
        return select(Task).where(*parts[0]).order_by(*_ordered(keys, descending)).offset(first).limit(limit)
    named = [key.label(f"key_{number}") for number, (key, _) in enumerate(keys)]
    beginnings = [
        select(Task.id, *named).where(*part).order_by(*_ordered(keys, descending)).limit(first + limit).subquery()
        for part in parts
    ]
    merged = union_all(*(select(beginning) for beginning in beginnings)).subquery()
    again = [(merged.c[label.name], down) for label, (_, down) in zip(named, keys, strict=True)]
    order = _ordered(again, descending, merged.c.id)
    chosen = select(merged).order_by(*order).offset(first).limit(limit).subquery()
    again = [(chosen.c[label.name], down) for label, (_, down) in zip(named, keys, strict=True)]
    return select(Task).join(chosen, chosen.c.id == Task.id).order_by(*_ordered(again, descending, chosen.c.id))


def every(query: Query, viewer: Actor, candidates: Mapping[str, Actor]) -> Select[Any]:
    """The ids of all of them, in no order."""
    found = [select(Task.id).where(*part) for part in _parts(query, viewer, candidates)]
    return found[0] if len(found) == 1 else select(union_all(*found).subquery())


def counts(
    asked: Sequence[Query], viewer: Actor, candidates: Mapping[str, Actor], most: int
) -> Select[*tuple[Any, ...]]:
    """How many tasks pass each of the queries, in one statement; nobody counts further than `most`."""
    numbers: list[ColumnElement[int]] = [_up_to(query, viewer, candidates, most) for query in asked]
    return select(*numbers)


def _up_to(query: Query, viewer: Actor, candidates: Mapping[str, Actor], most: int) -> ScalarSelect[int]:
    """In an order of which there is an index of open tasks alone, so that no heap with all that have ended is gone through."""
    order = () if _searches(query) else (Task.follow_up_at,) if HELD_SINCE in query.values else (Task.due_at, Task.id)
    found = [
        select(Task.id).where(*part).order_by(*order).limit(most).subquery()
        for part in _parts(query, viewer, candidates)
    ]
    every = union_all(*(select(part) for part in found)).limit(most).subquery()
    return select(func.count()).select_from(every).scalar_subquery()


def _searches(query: Query) -> bool:
    return any(SEARCH in values for values in (query.values, *query.alternatives))


def _keys(orders: Sequence[Order]) -> tuple[list[tuple[Column, bool]], bool]:
    """The columns of an order, each with whether it descends, and whether the last does: ties are in that direction
    too, so that one index can give the whole order."""
    keys = [(key, order.descending) for order in orders for key in _columns(order)]
    last = [order.descending for order in orders]
    return keys, bool(last and last[-1])


def _columns(order: Order) -> tuple[Column, ...]:
    if order.variable is None:
        return _ORDER[order.key]
    return (Task.searchable[ORDER_BY_VARIABLE[order.key]][order.variable],)


def _ordered(keys: Iterable[tuple[Column, bool]], descending: bool, last: Column = Task.id) -> list[ColumnElement[Any]]:
    return [key.desc() if down else key.asc() for key, down in [*keys, (last, descending)]]


def _parts(query: Query, viewer: Actor, candidates: Mapping[str, Actor]) -> list[list[ColumnElement[bool]]]:
    """The conditions on the tasks of each organisation that the viewer belongs to; an administrator sees all at once.

    `domain.access.rights_to_task` as SQL, left out where the query asks for no other tasks: PostgreSQL would take two
    conditions that mean the same for a much rarer one.
    """
    if viewer.administrator:
        return [[Task.ended_at.is_(None), *_passing(query, candidates, None)]]
    found = []
    for part in (Part.of(viewer, tenant) for tenant in (*sorted(viewer.tenants), None)):
        conditions = [Task.ended_at.is_(None), part.condition(), *_passing(query, candidates, part)]
        if not _asks_for_own(query.values, part):
            own = [involved(person) for person in sorted(part.people)]
            conditions.append(or_(*own, overlaps(Task.candidate_groups, part.groups)))
        found.append(conditions)
    return found


def _asks_for_own(values: Mapping[str, Any], part: Part) -> bool:
    named = (values.get(name) for name in ("assignee", "owner", "candidateUser", "involvedUser", WORKER))
    if not part.people.isdisjoint(named):
        return True
    asked = values.get("candidateGroups")
    return values.get("candidateGroup") in part.groups or (asked is not None and part.groups.issuperset(asked))


def _passing(query: Query, candidates: Mapping[str, Actor], part: Part | None) -> list[ColumnElement[bool]]:
    found = _conditions(query.values, candidates, part)
    for values in query.alternatives:
        if either := _conditions(values, candidates, part):
            found.append(or_(*either))
    return found


def _conditions(
    values: Mapping[str, Any], candidates: Mapping[str, Actor], part: Part | None
) -> list[ColumnElement[bool]]:
    """One condition for each filter that selects."""
    found = []
    for name, value in values.items():
        if name in SCOPES:
            found += [_variable(SCOPES[name], given, values) for given in value]
        elif name not in MODIFIERS:
            asked = _of_person(name, candidates[value], part) if name in PEOPLE else FILTERS[name].condition(value)
            unassigned = name in CANDIDATES and not values.get("includeAssignedTasks")
            found.append(and_(asked, Task.assignee.is_(None)) if unassigned else asked)
    return found


def _of_person(name: str, person: Actor, part: Part | None) -> ColumnElement[bool]:
    """A filter of PEOPLE on the tasks of one organisation, or on all of them."""
    condition = _worked if name == WORKER else _candidate
    if part is not None:
        return condition(Part.of(person, part.tenant))
    parts = [Part.of(person, tenant) for tenant in (*sorted(person.tenants), None)]
    alone = Part(None, frozenset(), frozenset({person.user_id}))
    return or_(condition(alone), *(and_(one.condition(), condition(one)) for one in parts))


def _worked(by: Part) -> ColumnElement[bool]:
    """Tasks that are a person's to work: assigned to him, or to one for whom he acts."""
    return Task.assignee == min(by.people) if len(by.people) == 1 else Task.assignee.in_(sorted(by.people))


def _candidate(by: Part) -> ColumnElement[bool]:
    """Tasks that a person may claim: as candidate, or as a member of a candidate group in the task's organisation."""
    named = [Task.candidate_users.contains([person]) for person in sorted(by.people)]
    return or_(*named, overlaps(Task.candidate_groups, by.groups)) if by.groups else or_(*named)


def _variable(scope: str, given: Condition, values: Mapping[str, Any]) -> ColumnElement[bool]:
    any_name = bool(values.get("variableNamesIgnoreCase"))
    any_value = bool(values.get("variableValuesIgnoreCase")) and isinstance(given.value, str)
    if not any_name and not any_value:
        if given.operator == "eq":
            return or_(
                *(
                    Task.searchable.contains({scope: wanted})
                    for wanted in ({given.name: meant} for meant in meant_values(given))
                )
            )
        return holds(Task.searchable[scope], given)
    entries = func.jsonb_each(Task.searchable[scope]).table_valued(
        column("key", Text), column("value", JSONB), name="variable"
    )
    value = cast(func.lower(cast(entries.c.value, Text)), JSONB) if any_value else entries.c.value
    one = func.jsonb_build_object(literal(given.name, Text), value, type_=JSONB)
    named = func.lower(entries.c.key) == given.name.lower() if any_name else entries.c.key == given.name
    lowered = Condition(given.name, given.operator, given.value.lower(), given.written) if any_value else given
    return exists(select(1).select_from(entries).where(named, holds(one, lowered)))
