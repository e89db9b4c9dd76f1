"""The list of open tasks: which pass a query, who may see which of them, in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, column, exists, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB

from app.domain.access import Actor
from app.store.listing import Column
from app.store.tables import Task
from app.store.task_filters import (
    CANDIDATES,
    FILTERS,
    MODIFIERS,
    ORDER,
    ORDER_BY_VARIABLE,
    SCOPES,
    involved,
    overlaps,
)
from app.store.variable_filters import Condition, holds, meant_values


@dataclass(frozen=True, slots=True)
class Order:
    """A key of ORDER, or of ORDER_BY_VARIABLE with the variable's name."""

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
    """The tasks of one organisation (None: those common to all), and the viewer's groups there."""

    tenant: str | None
    groups: frozenset[str]

    def condition(self) -> ColumnElement[bool]:
        return Task.tenant_id.is_(None) if self.tenant is None else Task.tenant_id == self.tenant


def page(
    query: Query, viewer: Actor, candidates: Mapping[str, Actor], orders: Sequence[Order], first: int, limit: int
) -> Select[Any]:
    """A page of the open tasks that the viewer may see and that pass the query.

    candidates: the people whom the query names as `candidateUser`, by id. Each organisation gives the beginning of its
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


def _keys(orders: Sequence[Order]) -> tuple[list[tuple[Column, bool]], bool]:
    """The columns of an order, each with whether it descends, and whether the last does: ties are in that direction
    too, so that one index can give the whole order."""
    keys = [(key, order.descending) for order in orders for key in _columns(order)]
    last = [order.descending for order in orders]
    return keys, bool(last and last[-1])


def _columns(order: Order) -> tuple[Column, ...]:
    if order.variable is None:
        return ORDER[order.key]
    return (Task.searchable[ORDER_BY_VARIABLE[order.key]][order.variable],)


def _ordered(keys: Iterable[tuple[Column, bool]], descending: bool, last: Column = Task.id) -> list[ColumnElement[Any]]:
    return [key.desc() if down else key.asc() for key, down in [*keys, (last, descending)]]


def _parts(query: Query, viewer: Actor, candidates: Mapping[str, Actor]) -> list[list[ColumnElement[bool]]]:
    """The conditions on the tasks of each organisation that the viewer belongs to; an administrator sees all at once.

    `domain.access.may_see_task` as SQL, left out where the query asks for no other tasks: PostgreSQL would take two
    conditions that mean the same for a much rarer one.
    """
    if viewer.administrator:
        return [[Task.ended_at.is_(None), *_passing(query, candidates, None)]]
    parts = [Part(tenant, viewer.groups_in(tenant)) for tenant in sorted(viewer.tenants)]
    found = []
    for part in (*parts, Part(None, viewer.groups)):
        conditions = [Task.ended_at.is_(None), part.condition(), *_passing(query, candidates, part)]
        if not _asks_for_own(query.values, viewer, part.groups):
            conditions.append(or_(involved(viewer.user_id), overlaps(Task.candidate_groups, part.groups)))
        found.append(conditions)
    return found


def _asks_for_own(values: Mapping[str, Any], viewer: Actor, groups: frozenset[str]) -> bool:
    if viewer.user_id in [values.get(name) for name in ("assignee", "owner", "candidateUser", "involvedUser")]:
        return True
    asked = values.get("candidateGroups")
    return values.get("candidateGroup") in groups or (asked is not None and groups.issuperset(asked))


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
            asked = _candidate(candidates[value], part) if name == "candidateUser" else FILTERS[name].condition(value)
            unassigned = name in CANDIDATES and not values.get("includeAssignedTasks")
            found.append(and_(asked, Task.assignee.is_(None)) if unassigned else asked)
    return found


def _candidate(person: Actor, part: Part | None) -> ColumnElement[bool]:
    """Tasks that a person may claim: as candidate, or as a member of a candidate group in the task's organisation."""
    named = Task.candidate_users.contains([person.user_id])
    if part is not None:
        groups = person.groups if part.tenant is None else person.groups_in(part.tenant)
        return or_(named, overlaps(Task.candidate_groups, groups))
    everywhere = [Part(tenant, person.groups_in(tenant)) for tenant in sorted(person.tenants)]
    return or_(
        named,
        *(
            and_(one.condition(), overlaps(Task.candidate_groups, one.groups))
            for one in (*everywhere, Part(None, person.groups))
        ),
    )


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
