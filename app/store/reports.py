"""How long processes and tasks have taken, how many there were, and what waits for whom."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Integer, Text, cast, column, extract, false, func, select, true, tuple_

from app.store import listing as by
from app.store.listing import Column, Filter, Query
from app.store.queries import visible_to
from app.store.tables import Definition, Incident, Instance, Task

INSTANCES: Mapping[str, Filter] = {
    "processDefinitionIdIn": by.among(Instance.definition_id),
    "processDefinitionKeyIn": by.among(Instance.definition_key),
    "startedBefore": by.before(Instance.started_at),
    "startedAfter": by.after(Instance.started_at),
}
TASKS: Mapping[str, Filter] = {"completedBefore": by.before(Task.ended_at), "completedAfter": by.after(Task.ended_at)}


class Period(StrEnum):
    """By which durations are grouped, whatever the year."""

    MONTH = "month"
    QUARTER = "quarter"


def instance_durations(tenants: Sequence[str] | None, period: Period, zone: ZoneInfo) -> Query:
    """As `_durations`, of process instances that have ended."""
    return _durations(Instance.started_at, Instance.ended_at, period, zone).where(
        Instance.ended_at.is_not(None), visible_to(Instance.tenant_id, tenants)
    )


def task_durations(tenants: Sequence[str] | None, period: Period, zone: ZoneInfo) -> Query:
    """As `_durations`, of tasks that were completed."""
    return _durations(Task.created_at, Task.ended_at, period, zone).where(
        Task.end_reason == "completed", visible_to(Task.tenant_id, tenants)
    )


def _durations(start: Column, end: Column, period: Period, zone: ZoneInfo) -> Query:
    """(period, minimum, maximum, average), in milliseconds, by the period of the beginning."""
    number = cast(extract(period.value, func.timezone(zone.key, start)), Integer)
    took = extract("epoch", end - start) * 1000
    measures = (cast(func.round(measure(took)), BigInteger) for measure in (func.min, func.max, func.avg))
    return select(number, *measures).group_by(number).order_by(number)


def tasks_by_name(tenants: Sequence[str] | None) -> Query:
    """(name, key, id, name and organisation of the definition, how many) of tasks that were completed."""
    columns = (Task.name, Definition.key, Definition.id, Definition.name, Task.tenant_id)
    return _counted(columns, tenants)


def tasks_by_definition(tenants: Sequence[str] | None) -> Query:
    """The same by the definition alone; the name is null."""
    columns = (Definition.key, Definition.id, Definition.name, Task.tenant_id)
    return _counted(columns, tenants)


def _counted(columns: Sequence[Any], tenants: Sequence[str] | None) -> Query:
    return (
        select(*columns, func.count())
        .select_from(Task)
        .join(Definition, Definition.id == Task.definition_id)
        .where(Task.end_reason == "completed", visible_to(Task.tenant_id, tenants))
        .group_by(*columns)
        .order_by(*columns)
    )


def open_by_group(memberships: Collection[tuple[str, str]] | None) -> Query:
    """(group, how many open tasks) of these groups of organisations; None: of all, and of tasks without a group (null)."""
    groups = func.unnest(Task.candidate_groups).table_valued(column("role", Text)).render_derived(name="candidate")
    held = sorted(memberships or ())
    of_held = tuple_(groups.c.role, Task.tenant_id).in_(held) if held else false()
    return (
        select(groups.c.role, func.count())
        .select_from(Task)
        .join(groups, true(), isouter=True)
        .where(Task.ended_at.is_(None), true() if memberships is None else of_held)
        .group_by(groups.c.role)
        .order_by(groups.c.role)
    )


def incidents_by_element(definition_id: str, tenants: Sequence[str] | None) -> Query:
    """(element, how many are open, how many are resolved) of the incidents of a definition."""
    return (
        select(
            Incident.element,
            func.count().filter(Incident.ended_at.is_(None)),
            func.count().filter(Incident.ended_at.is_not(None)),
        )
        .where(Incident.definition_id == definition_id, visible_to(Incident.tenant_id, tenants))
        .group_by(Incident.element)
    )
