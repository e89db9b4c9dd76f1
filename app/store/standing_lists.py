"""Where instances stand: open tasks, work for workers outside, jobs, events that are waited for, and processes called."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Select,
    case,
    cast,
    extract,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from app.store.activity_lists import left_nodes
from app.store.job_lists import node_of
from app.store.queries import late
from app.store.records import PARTS
from app.store.session import planned_by_values
from app.store.tables import Definition, EventSubscription, ExternalTask, Incident, Instance, Job, Task
from app.store.trees import members

CALLED = aliased(Instance, name="called")


def with_callers(rows: Sequence[Select[Any]]) -> Select[Any]:
    """These running instances, and those that have called them, and so on up to the case."""
    line = select(union(*rows).subquery().c[0].label("id")).cte(recursive=True)
    line = line.union(
        select(Instance.super_id)
        .join(line, Instance.id == line.c.id)
        .where(Instance.ended_at.is_(None), Instance.super_id.is_not(None))
    )
    return select(line.c.id)


def overdue(now: datetime, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The instances with an open task that is late."""
    return select(Task.instance_id).where(Task.ended_at.is_(None), late(now), *conditions)


def in_trouble(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The instances with an open incident."""
    return select(Incident.instance_id).where(Incident.ended_at.is_(None), *conditions)


def of_definitions(column: Any, definitions: Collection[str] | None) -> list[ColumnElement[bool]]:
    """Whether it is one of these; None: of any."""
    return [] if definitions is None else [column.in_(definitions)]


def standing_at(element: str, definitions: Collection[str] | None) -> list[Select[Any]]:
    """The instances that wait at an element, a statement for each way to wait."""
    of_job, of_work = (of_definitions(table.definition_id, definitions) for table in (Job, ExternalTask))
    return [
        select(Task.instance_id).where(
            Task.ended_at.is_(None), Task.element == element, *of_definitions(Task.definition_id, definitions)
        ),
        select(ExternalTask.instance_id).where(ExternalTask.element == element, *of_work),
        select(Job.instance_id).where(node_of(Job.key) == element, *of_job),
        select(EventSubscription.instance_id).where(node_of(EventSubscription.key) == element),
    ]


def calling(key: str) -> Select[Any]:
    """The instances that wait for a process that they have called."""
    return select(CALLED.super_id).where(
        CALLED.definition_key == key, CALLED.ended_at.is_(None), CALLED.super_id.is_not(None)
    )


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


def incidents_of(cases: Collection[UUID]) -> Select[Any]:
    """(case, how many open incidents it and what it has called have)."""
    tree = members(cases)
    counted = select(tree.c.root, func.count()).join(Incident, Incident.instance_id == tree.c.id)
    return counted.where(Incident.ended_at.is_(None)).group_by(tree.c.root)


def versions_by_id(definitions: Collection[str]) -> Select[str, int, str | None]:
    """(id, version, edition) of definitions."""
    return select(Definition.id, Definition.version, Definition.edition).where(Definition.id.in_(definitions))


def passed(instance: Any, element: str) -> ColumnElement[bool]:
    """Whether something was done at an element of an instance, and not cancelled."""
    left = [
        select(node.c.node).where(node.c.instance_id == instance, node.c.node == element, ~node.c.cancelled).exists()
        for node in map(left_nodes, PARTS)
    ]
    return or_(*left)


def by_process(now: datetime, *conditions: ColumnElement[bool]) -> Select[Any]:
    """(definition_key, instances, late, troubled) of running instances; of those with late tasks and with incidents what
    has called them, too."""
    late_ones, troubled = with_callers([overdue(now)]), with_callers([in_trouble()])
    number = func.count()
    columns: list[Any] = [
        Instance.definition_key,
        number.label("instances"),
        number.filter(Instance.id.in_(late_ones)).label("late"),
        number.filter(Instance.id.in_(troubled)).label("troubled"),
    ]
    running = select(*columns).where(Instance.ended_at.is_(None), *conditions)
    return planned_by_values(running.group_by(Instance.definition_key))


def of_versions(definitions: Collection[str], organisation: str | None) -> list[ColumnElement[bool]]:
    """Whether an instance is of these definitions, and of an organisation if one is named."""
    of = Instance.definition_id.in_(definitions)
    return [of] if organisation is None else [of, Instance.tenant_id == organisation]


def places(
    definitions: Collection[str], organisation: str | None, callers: Mapping[str, str], now: datetime
) -> Select[Any]:
    """(element, instances, late, troubled, median, mean, longest) of the running instances of definitions.

    callers: the elements at which processes are called, by their keys. late: those with a late task there or, where a process
    was called, in that; troubled: likewise with incidents. The rest: seconds for which they have stood there.
    """
    late_ones, troubled = with_callers([overdue(now)]), with_callers([in_trouble()])
    caller = (
        case(callers, value=CALLED.definition_key, else_=CALLED.definition_key) if callers else CALLED.definition_key
    )
    never = cast(null(), DateTime(timezone=True))
    of_tasks = [Task.definition_id.in_(definitions), Task.tenant_id == organisation if organisation else true()]
    others: list[tuple[Any, Any, Any, Any, Any]] = [
        (ExternalTask, ExternalTask.element, ExternalTask.created_at, false(), false()),
        (Job, node_of(Job.key), Job.created_at, false(), false()),
        (EventSubscription, node_of(EventSubscription.key), EventSubscription.created_at, false(), false()),
        (CALLED, caller, CALLED.started_at, CALLED.id.in_(late_ones), CALLED.id.in_(troubled)),
        (Incident, Incident.element, never, false(), true()),
    ]
    open_ones = {CALLED: CALLED.ended_at.is_(None), Incident: Incident.ended_at.is_(None)}
    parts = [
        _standing(Task.instance_id, Task.element, Task.created_at, func.coalesce(late(now), false()), false())
        .where(Task.ended_at.is_(None), *of_tasks),
        *(
            _standing(Instance.id, *told)
            .join(table, (table.super_id if table is CALLED else table.instance_id) == Instance.id)
            .where(Instance.ended_at.is_(None), *of_versions(definitions, organisation), open_ones.get(table, true()))
            for table, *told in others
        ),
    ]  # fmt: skip
    at = union_all(*parts).subquery("place").c
    number = func.count(at.id.distinct())
    return planned_by_values(
        select(
            at.element,
            number.filter(at.since.is_not(None)).label("instances"),
            number.filter(at.late).label("late"),
            number.filter(at.troubled).label("troubled"),
            *_measures(extract("epoch", literal(now) - at.since)),
        ).group_by(at.element)
    )


def _standing(instance: Any, element: Any, since: Any, is_late: Any, in_need: Any) -> Select[Any]:
    return select(
        instance.label("id"), element.label("element"), since.label("since"), is_late.label("late"),
        in_need.label("troubled"),
    )  # fmt: skip


def _measures(seconds: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [
        func.percentile_cont(0.5).within_group(seconds).label("median"),
        func.avg(seconds).label("mean"),
        func.max(seconds).label("longest"),
    ]


def durations(
    definitions: Collection[str], organisation: str | None, start: datetime, most: int
) -> tuple[Select[Any], Select[Any]]:
    """Of the instances that have ended since a moment, the last `most` of them: (how many there are, median, mean, longest),
    and (node, instances, median, mean, longest) of what was done in them and not cancelled; in seconds."""
    ended = select(Instance.id, Instance.started_at, Instance.ended_at)
    ended = ended.where(*of_versions(definitions, organisation), Instance.ended_at >= start)
    among = ended.order_by(Instance.ended_at.desc(), Instance.id.desc()).limit(most).cte("among")
    took = extract("epoch", among.c.ended_at - among.c.started_at)
    left = [
        select(node.c.instance_id, node.c.node, node.c.milliseconds)
        .join(among, among.c.id == node.c.instance_id)
        .where(~node.c.cancelled)
        for node in map(left_nodes, PARTS)
    ]
    passed = union_all(*left).subquery("passed").c
    by_node = select(
        passed.node,
        func.count(passed.instance_id.distinct()).label("instances"),
        *_measures(passed.milliseconds / 1000.0),
    )
    whole = select(func.count().label("instances"), *_measures(took)).select_from(among)
    return planned_by_values(whole), planned_by_values(by_node.group_by(passed.node))
