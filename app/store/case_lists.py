"""The list of cases: which pass a search, who may see which of them, the newest first.

`domain.case_access.may_see_case` as SQL. Each organisation gives the beginning of its own order, for which it has an index,
and PostgreSQL chooses for the values at hand between that index and those of words and viewers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from app.domain.people.access import Actor
from app.domain.people.case_access import held
from app.store.queries import late, visible_to
from app.store.session import planned_by_values
from app.store.tables import Definition, Instance, Task
from app.store.task_filters import overlaps, pattern_of
from app.store.trees import members


class State(StrEnum):
    """Of a case: it runs, it came to its result, or it was ended without one."""

    RUNNING = "running"
    ENDED = "ended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins or ends: the case at its edge."""

    started_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Search:
    """words: folded, all of which a case has. titled: a folded word, and the services whose titles have it: a case has the
    word or is of one of them. service: the key of its process. overdue: only with a step that is late."""

    words: tuple[str, ...] = ()
    titled: tuple[tuple[str, tuple[str, ...]], ...] = ()
    service: str | None = None
    state: State | None = None
    overdue: bool = False


def page(
    search: Search, viewer: Actor, now: datetime, edge: Place | None, limit: int, *, newer: bool = False
) -> Select[Instance]:
    """The newest cases that the viewer may see and that pass, those started before the edge; newer: next after it, the
    oldest first. Without state. now: aware."""
    rows, tenants = [], None if viewer.administrator else sorted(viewer.tenants)
    for conditions in _parts(viewer):
        found = select(Instance.id, Instance.started_at).where(*conditions, *_passing(search, now, tenants))
        if edge is not None:
            at = tuple_(literal(edge.started_at), literal(edge.id))
            key = tuple_(Instance.started_at, Instance.id)
            found = found.where(key > at if newer else key < at)
        rows.append(found.order_by(*_order(Instance, newer)).limit(limit).subquery())
    merged = union_all(*(select(one) for one in rows)).subquery()
    chosen = select(merged).order_by(*_order(merged.c, newer)).limit(limit).subquery()
    query = select(Instance).join(chosen, chosen.c.id == Instance.id).options(defer(Instance.state))
    return planned_by_values(query.order_by(*_order(chosen.c, newer)))


def _order(columns: Any, newer: bool) -> list[ColumnElement[Any]]:
    keys = (columns.started_at, columns.id)
    return [key.asc() if newer else key.desc() for key in keys]


def _parts(viewer: Actor) -> list[list[ColumnElement[bool]]]:
    """The conditions on the cases of each organisation that the viewer belongs to; an administrator sees all at once."""
    cases = Instance.super_id.is_(None)
    if viewer.administrator:
        return [[cases]]
    return [
        [cases, _of(tenant), overlaps(Instance.viewers, held(viewer, tenant))]
        for tenant in (*sorted(viewer.tenants), None)
    ]


def _of(tenant: str | None) -> ColumnElement[bool]:
    """Said so that an index can answer it."""
    return Instance.tenant_id.is_(None) if tenant is None else Instance.tenant_id == tenant


def _passing(search: Search, now: datetime, tenants: Sequence[str] | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Instance.words.like(pattern_of(word)) for word in search.words]
    for word, services in search.titled:
        found.append(or_(Instance.words.like(pattern_of(word)), Instance.definition_key.in_(services)))
    if search.service is not None:
        found.append(Instance.definition_key == search.service)
    if search.state is State.RUNNING or search.overdue:
        found.append(Instance.ended_at.is_(None))
    if search.state is State.ENDED:
        found += [Instance.ended_at.is_not(None), Instance.end_state == "COMPLETED"]
    if search.state is State.TERMINATED:
        found += [Instance.ended_at.is_not(None), Instance.end_state != "COMPLETED"]
    if search.overdue:
        found.append(Instance.id.in_(_overdue(now, tenants)))
    return found


def _overdue(now: datetime, tenants: Sequence[str] | None) -> Select[UUID]:
    """The cases with a step that is late."""
    found = select(Instance.root_id).join(Task, Task.instance_id == Instance.id)
    return found.where(Task.ended_at.is_(None), late(now), visible_to(Task.tenant_id, tenants))


def open_tasks(cases: Collection[UUID]) -> Select[UUID, Task]:
    """(the case, a task of it that is open), those that are due first."""
    tree = members(cases)
    found = select(tree.c.root, Task).join(Task, Task.instance_id == tree.c.id).where(Task.ended_at.is_(None))
    return found.order_by(Task.due_at, Task.id)


def lately_started(tenants: Sequence[str], cases: int) -> Select[str, int]:
    """(key of a process, how often), among so many cases that were started last in organisations."""
    last = (
        select(Instance.definition_key)
        .where(Instance.tenant_id.in_(tenants), Instance.super_id.is_(None))
        .order_by(Instance.started_at.desc(), Instance.id.desc())
        .limit(cases)
        .subquery()
    )
    return select(last.c.definition_key, func.count()).group_by(last.c.definition_key)


def startable(tenants: Sequence[str] | None) -> Select[Definition]:
    """The newest version of each edition of each process, in each organisation and of those common to all; by process."""
    return (
        select(Definition)
        .ext(distinct_on(Definition.key, cast(Definition.tenant_id, Text), Definition.edition))
        .where(visible_to(Definition.tenant_id, tenants))
        .order_by(Definition.key, cast(Definition.tenant_id, Text), Definition.edition, Definition.version.desc())
    )
