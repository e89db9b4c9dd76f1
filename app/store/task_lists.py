"""The list of open tasks: which pass a query, who may see which of them, in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, column, exists, func, literal, or_, select
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


def open_tasks(query: Query, viewer: Actor, candidates: Mapping[str, Actor]) -> Select[Any]:
    """The open tasks that the viewer may see and that pass the query, in no order.

    candidates: the people whom the query names as `candidateUser`, by id.
    """
    chosen = select(Task).where(Task.ended_at.is_(None), *conditions(query.values, candidates))
    for values in query.alternatives:
        if found := conditions(values, candidates):
            chosen = chosen.where(or_(*found))
    return chosen if viewer.administrator else chosen.where(*visible_to(viewer))


def in_order(chosen: Select[Any], orders: Iterable[Order]) -> Select[Any]:
    """Sorted, ties by id in the direction of the last key, so that one index can give the whole order."""
    descending = False
    for order in orders:
        descending = order.descending
        for key in _keys(order):
            chosen = chosen.order_by(key.desc() if descending else key.asc())
    return chosen.order_by(Task.id.desc() if descending else Task.id.asc())


def _keys(order: Order) -> tuple[Column, ...]:
    if order.variable is None:
        return ORDER[order.key]
    return (Task.searchable[ORDER_BY_VARIABLE[order.key]][order.variable],)


def visible_to(viewer: Actor) -> list[ColumnElement[bool]]:
    """`domain.access.may_see_task` as SQL, for people who are no administrators."""
    by_group = [
        and_(Task.tenant_id == tenant, overlaps(Task.candidate_groups, viewer.groups_in(tenant)))
        for tenant in sorted(viewer.tenants)
    ]
    if viewer.groups:
        by_group.append(and_(Task.tenant_id.is_(None), overlaps(Task.candidate_groups, viewer.groups)))
    tenants = sorted(viewer.tenants)
    return [or_(Task.tenant_id.in_(tenants), Task.tenant_id.is_(None)), or_(involved(viewer.user_id), *by_group)]


def conditions(values: Mapping[str, Any], candidates: Mapping[str, Actor]) -> list[ColumnElement[bool]]:
    """One condition for each filter that selects."""
    found = []
    for name, value in values.items():
        if name in SCOPES:
            found += [_variable(SCOPES[name], given, values) for given in value]
        elif name not in MODIFIERS:
            chosen = _candidate(candidates[value]) if name == "candidateUser" else FILTERS[name].condition(value)
            unassigned = name in CANDIDATES and not values.get("includeAssignedTasks")
            found.append(and_(chosen, Task.assignee.is_(None)) if unassigned else chosen)
    return found


def _candidate(person: Actor) -> ColumnElement[bool]:
    """Tasks that a person may claim: as candidate, or as a member of a candidate group in the task's organisation."""
    by_group = [
        and_(Task.tenant_id == tenant, overlaps(Task.candidate_groups, person.groups_in(tenant)))
        for tenant in sorted(person.tenants)
    ]
    common = and_(Task.tenant_id.is_(None), overlaps(Task.candidate_groups, person.groups))
    return or_(Task.candidate_users.contains([person.user_id]), common, *by_group)


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
