"""Where instances stand: open tasks, work for workers outside, jobs, and events that are waited for, as one list."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, union_all

from app.store.job_lists import node_of
from app.store.tables import Definition, EventSubscription, ExternalTask, Incident, Instance, Job, Task
from app.store.trees import members


def waits(cases: Collection[UUID]) -> Select[Any]:
    """(case, definition_id, element, since) of what cases, and what they have called, wait for beside people; events at the
    border of an activity are among it."""
    tree = members(cases)
    parts = [
        select(Job.instance_id, node_of(Job.key).label("element"), Job.created_at.label("since")),
        select(EventSubscription.instance_id, node_of(EventSubscription.key), EventSubscription.created_at),
        select(ExternalTask.instance_id, ExternalTask.element, ExternalTask.created_at),
    ]
    found = union_all(*parts).subquery("wait")
    return (
        select(tree.c.root, Instance.definition_id, found.c.element, found.c.since)
        .join(found, found.c.instance_id == tree.c.id)
        .join(Instance, Instance.id == tree.c.id)
        .order_by(found.c.since)
    )


def standing_at(elements: Collection[str], condition: ColumnElement[bool] | None = None) -> list[Select[Any]]:
    """The instances that wait at one of these elements, a statement for each way to wait. condition: on tasks; with one
    nothing else counts."""
    tasks = select(Task.instance_id).where(Task.ended_at.is_(None), Task.element.in_(elements))
    if condition is not None:
        return [tasks.where(condition)]
    return [
        tasks,
        select(ExternalTask.instance_id).where(ExternalTask.element.in_(elements)),
        *(select(table.instance_id).where(node_of(table.key).in_(elements)) for table in (Job, EventSubscription)),
    ]


def incidents_of(cases: Collection[UUID]) -> Select[Any]:
    """(case, how many open incidents it and what it has called have)."""
    tree = members(cases)
    counted = select(tree.c.root, func.count()).join(Incident, Incident.instance_id == tree.c.id)
    return counted.where(Incident.ended_at.is_(None)).group_by(tree.c.root)


def versions_by_id(definitions: Collection[str]) -> Select[str, int, str | None]:
    """(id, version, edition) of definitions."""
    return select(Definition.id, Definition.version, Definition.edition).where(Definition.id.in_(definitions))
