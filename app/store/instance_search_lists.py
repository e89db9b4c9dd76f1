"""Instances as administrators look for them: in every organisation, running or ended.

What an index answers is looked up first. What none does (a variable that is greater, that contains, that exists) is looked
for among the nearest `LOOKED_THROUGH` of what the rest leaves, so that no search reads all instances.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_, union
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import InstrumentedAttribute, aliased, defer

from app.store.session import planned_by_values
from app.store.standing_lists import CALLED, calling, in_trouble, overdue, passed, standing_at, with_callers
from app.store.stuck_lists import LATE, WAITED_FOR
from app.store.tables import Definition, Deployment, Incident, Instance, Job, Message, Task
from app.store.task_filters import pattern_of
from app.store.variable_filters import Condition, holds

LOOKED_THROUGH, PASSED_THROUGH = 20_000, 5_000
COUNTED = 1_000
"""Further than this what is found is not counted."""
_Part = aliased(Instance)


class State(StrEnum):
    """Running: not ended, suspended ones among them. Stuck: running, and something of it does not go on by itself."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    STUCK = "stuck"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Order(StrEnum):
    """By which the list is sorted. Ended: only what has ended; due: only what has an open task with a term."""

    STARTED = "started"
    ENDED = "ended"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment, included, until another, not included."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """words: folded, all of which a case has: of its numbers, applicant, business key. variables: of the alternatives one,
    with all its conditions, holds. definitions: the versions, None: any. step: an element at which the instance itself
    stands; with `overdue` and `incident` it is there that it is late, or in trouble; calls: the process that is called there.
    passed: an element that it has left. called: processes that others have called, too."""

    words: tuple[str, ...] = ()
    id: UUID | None = None
    business_key: str = ""
    variables: tuple[tuple[Condition, ...], ...] = ()
    service: str = ""
    definitions: tuple[str, ...] | None = None
    organisation: str = ""
    state: State | None = None
    incident: bool = False
    overdue: bool = False
    step: str = ""
    calls: str = ""
    passed: str = ""
    called: bool = False
    started: Span = field(default_factory=Span)
    ended: Span = field(default_factory=Span)
    order: Order = Order.STARTED
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """The instance at which a page ends; the next begins after it."""

    at: datetime
    id: UUID


def page(search: Search, now: datetime, edge: Edge | None, limit: int, *, back: bool = False) -> Select[Any]:
    """(Instance without state, at) in the order of the search from an edge; back: before it, the nearest first."""
    found = _found(search, now, edge, back=back).limit(limit).subquery("found")
    query = select(Instance, found.c.at).join(found, found.c.id == Instance.id)
    query = query.options(defer(Instance.state), defer(Instance.viewers), defer(Instance.words))
    return planned_by_values(query.order_by(*_order(found.c, search.ascending is not back)))


def ids(search: Search, now: datetime, limit: int) -> Select[UUID]:
    """The ids of what is found, in its order."""
    found = _found(search, now, None).limit(limit).subquery("found")
    return planned_by_values(select(found.c.id).order_by(*_order(found.c, search.ascending)))


def number(search: Search, now: datetime) -> Select[int]:
    """How many are found, up to one more than COUNTED."""
    found = _found(search, now, None).order_by(None).limit(COUNTED + 1).subquery()
    return planned_by_values(select(func.count()).select_from(found))


def looked_at(search: Search, now: datetime, edge: Edge | None) -> Select[Any]:
    """(at, id) of the last that is looked at, where more is left; else no row."""
    looked = _looked_at(search, now, edge, back=False).limit(reach(search)).subquery()
    last = select(looked.c.at, looked.c.id).order_by(*_order(looked.c, search.ascending))
    return planned_by_values(last.offset(reach(search) - 1))


def is_bounded(search: Search) -> bool:
    """Whether not all are looked at."""
    return bool(search.passed) or any(not _indexed(one) for conditions in search.variables for one in conditions)


def reach(search: Search) -> int:
    """How many are looked at, where not all are."""
    return PASSED_THROUGH if search.passed else LOOKED_THROUGH


def _found(search: Search, now: datetime, edge: Edge | None, *, back: bool = False) -> Select[Any]:
    """(id, at), in order."""
    looked = _looked_at(search, now, edge, back=back)
    if not is_bounded(search):
        return looked
    among = looked.add_columns(Instance.variables).limit(reach(search)).subquery("looked")
    found = select(among.c.id, among.c.at).order_by(*_order(among.c, search.ascending is not back))
    if search.variables:
        alternatives = (and_(*(holds(among.c.variables, one) for one in all_of)) for all_of in search.variables)
        found = found.where(or_(*alternatives))
    return found.where(passed(among.c.id, search.passed)) if search.passed else found


def _looked_at(search: Search, now: datetime, edge: Edge | None, *, back: bool) -> Select[Any]:
    at: Any = Instance.started_at if search.order is Order.STARTED else Instance.ended_at
    if search.order is Order.DUE:
        due = _nearest_terms(called=search.called)
        at = due.c.at
        query = select(Instance.id, at.label("at")).join(due, due.c.id == Instance.id)
    else:
        query = select(Instance.id, at.label("at"))
    query = query.where(*_conditions(search, now))
    if search.order is Order.ENDED:
        query = query.where(Instance.ended_at.is_not(None))
    ascending = search.ascending is not back
    if edge is not None:
        key, place = tuple_(at, Instance.id), tuple_(literal(edge.at), literal(edge.id))
        query = query.where(key > place if ascending else key < place)
    columns = (at, Instance.id)
    return query.order_by(*(one.asc() if ascending else one.desc() for one in columns))


def _order(columns: Any, ascending: bool) -> list[ColumnElement[Any]]:  # noqa: FBT001 - a direction
    return [one.asc() if ascending else one.desc() for one in (columns.at, columns.id)]


def _nearest_terms(*, called: bool) -> Any:
    """(id, at) of instances with open tasks that have a term."""
    of = Task.instance_id if called else _Part.root_id
    query = select(of.label("id"), func.min(Task.due_at).label("at")).select_from(Task)
    if not called:
        query = query.join(_Part, _Part.id == Task.instance_id)
    return query.where(Task.ended_at.is_(None), Task.due_at.is_not(None)).group_by(of).subquery("term")


def _conditions(search: Search, now: datetime) -> list[ColumnElement[bool]]:
    """Those that indexes answer."""
    found: list[ColumnElement[bool]] = [Instance.words.like(pattern_of(word)) for word in search.words]
    if not search.called or search.words:
        found.append(Instance.super_id.is_(None))
    if search.id is not None:
        found.append(Instance.id == search.id)
    if search.business_key:
        found.append(Instance.business_key == search.business_key)
    if search.service and search.definitions is None:
        found.append(Instance.definition_key == search.service)
    if search.definitions is not None:
        found.append(Instance.definition_id.in_(search.definitions))
    if search.organisation:
        found.append(Instance.tenant_id == search.organisation)
    return [
        *found,
        *_within(Instance.started_at, search.started),
        *_within(Instance.ended_at, search.ended),
        *_of_variables(search.variables),
        *_in_state(search.state, now),
        *_standing(search, now),
    ]


def _within(column: InstrumentedAttribute[Any], span: Span) -> list[ColumnElement[bool]]:
    found = [] if span.start is None else [column >= span.start]
    return found if span.end is None else [*found, column < span.end]


def _indexed(condition: Condition) -> bool:
    return condition.operator == "eq"


def _of_variables(alternatives: Sequence[Sequence[Condition]]) -> list[ColumnElement[bool]]:
    """What the index on variables knows: where each alternative asks for an equal value."""
    equal = [[one for one in all_of if _indexed(one)] for all_of in alternatives]
    if not equal or not all(equal):
        return []
    return [or_(*(and_(*(holds(Instance.variables, one) for one in all_of)) for all_of in equal))]


def _in_state(state: State | None, now: datetime) -> list[ColumnElement[bool]]:
    match state:
        case State.RUNNING:
            return [Instance.ended_at.is_(None)]
        case State.SUSPENDED:
            return [Instance.ended_at.is_(None), Instance.suspended.is_(True)]
        case State.STUCK:
            return [Instance.ended_at.is_(None), Instance.id.in_(with_callers(_stuck(now)))]
        case State.ENDED:
            return [Instance.ended_at.is_not(None), Instance.end_state == "COMPLETED"]
        case State.CANCELLED:
            return [Instance.ended_at.is_not(None), Instance.end_state != "COMPLETED"]
    return []


def _stuck(now: datetime) -> list[Select[Any]]:
    """As `stuck_lists.stuck` has it."""
    return [
        select(Incident.instance_id).where(Incident.ended_at.is_(None)),
        select(Message.thrown_by).where(
            Message.thrown_by.is_not(None), or_(Message.retries <= 0, Message.created_at < now - WAITED_FOR)
        ),
        select(Job.instance_id).where(Job.due_at < now - LATE, Job.retries > 0, Job.suspended.is_(False)),
    ]


def _standing(search: Search, now: datetime) -> list[ColumnElement[bool]]:
    """Where it stands, and what is wrong there or, without a step, anywhere in it and in what it has called."""
    late, troubled = with_callers([overdue(now)]), with_callers([in_trouble()])
    here = in_trouble(Incident.element == search.step)
    rows: list[Any]
    if not search.step:
        rows = [late] * search.overdue + [troubled] * search.incident
    elif search.calls:
        waiting = calling(search.calls)
        rows = [waiting.where(CALLED.id.in_(late))] * search.overdue
        rows += [union(here, waiting.where(CALLED.id.in_(troubled)))] * search.incident
        rows = rows or [waiting]
    else:
        rows = [overdue(now, Task.element == search.step)] * search.overdue + [here] * search.incident
        rows = rows or [union(*standing_at(search.step))]
    return [Instance.id.in_(one) for one in rows]


def newest_versions() -> Select[Definition]:
    """The newest version of every process, of some organisation."""
    newest = select(Definition).ext(distinct_on(Definition.key))
    return newest.order_by(Definition.key, Definition.version.desc(), Definition.id)


def versions_of_process(key: str, limit: int) -> Select[Definition]:
    """The versions of a process in all organisations, the newest first."""
    found = select(Definition).join(Deployment, Deployment.id == Definition.deployment_id).where(Definition.key == key)
    return found.order_by(Deployment.deployed_at.desc(), Definition.version.desc(), Definition.id).limit(limit)
