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

from app.store.queries import late
from app.store.session import planned_by_values
from app.store.standing_lists import standing_at
from app.store.stuck_lists import LATE, WAITED_FOR
from app.store.tables import Definition, Deployment, Incident, Instance, Job, Message, Task
from app.store.task_filters import pattern_of
from app.store.variable_filters import Condition, holds

LOOKED_THROUGH = 20_000
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
    stands; with `overdue` and `incident` it is there that it is late, or in trouble. called: processes that others have
    called, too; without, what they have called counts as the case's own."""

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
    looked = _looked_at(search, now, edge, back=False).subquery()
    return planned_by_values(
        select(looked.c.at, looked.c.id).order_by(*_order(looked.c, search.ascending)).offset(LOOKED_THROUGH - 1)
    )


def is_bounded(search: Search) -> bool:
    """Whether only so many are looked at."""
    return any(not _indexed(one) for conditions in search.variables for one in conditions)


def _found(search: Search, now: datetime, edge: Edge | None, *, back: bool = False) -> Select[Any]:
    """(id, at), in order."""
    looked = _looked_at(search, now, edge, back=back)
    if not is_bounded(search):
        return looked
    among = looked.add_columns(Instance.variables).limit(LOOKED_THROUGH).subquery("looked")
    passing = or_(*(and_(*(holds(among.c.variables, one) for one in all_of)) for all_of in search.variables))
    return select(among.c.id, among.c.at).where(passing).order_by(*_order(among.c, search.ascending is not back))


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
        *_in_state(search.state, now, called=search.called),
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


def _in_state(state: State | None, now: datetime, *, called: bool) -> list[ColumnElement[bool]]:
    match state:
        case State.RUNNING:
            return [Instance.ended_at.is_(None)]
        case State.SUSPENDED:
            return [Instance.ended_at.is_(None), Instance.suspended.is_(True)]
        case State.STUCK:
            return [Instance.ended_at.is_(None), _among(_stuck(now), called=called)]
        case State.ENDED:
            return [Instance.ended_at.is_not(None), Instance.end_state == "COMPLETED"]
        case State.CANCELLED:
            return [Instance.ended_at.is_not(None), Instance.end_state != "COMPLETED"]
    return []


def _stuck(now: datetime) -> list[Select[Any]]:
    """As `stuck_lists.stuck` has it."""
    return [
        select(Incident.instance_id).where(Incident.ended_at.is_(None)),
        select(Message.thrown_by).where(or_(Message.retries <= 0, Message.created_at < now - WAITED_FOR)),
        select(Job.instance_id).where(Job.due_at < now - LATE, Job.retries > 0, Job.suspended.is_(False)),
    ]


def _standing(search: Search, now: datetime) -> list[ColumnElement[bool]]:
    """Where it stands, and what is wrong there or anywhere."""
    found: list[ColumnElement[bool]] = []
    in_trouble = Incident.ended_at.is_(None)
    if search.incident:
        at = in_trouble & (Incident.element == search.step) if search.step else in_trouble
        rows = [select(Incident.instance_id).where(at)]
        found.append(Instance.id.in_(rows[0]) if search.step else _among(rows, called=search.called))
    if search.overdue and not search.step:
        found.append(_among([select(Task.instance_id).where(Task.ended_at.is_(None), late(now))], called=search.called))
    if search.step and (search.overdue or not search.incident):
        rows = standing_at([search.step], late(now) if search.overdue else None)
        found.append(Instance.id.in_(rows[0] if len(rows) == 1 else union(*rows)))
    return found


def _among(rows: Sequence[Select[Any]], *, called: bool) -> ColumnElement[bool]:
    """Whether it, or what it has called, is one of these."""
    found = union(*rows).subquery("part_of")
    roots = select(_Part.root_id).join(found, _Part.id == found.c[0])
    return Instance.id.in_(union(roots, select(found.c[0])) if called else roots)


def with_processes() -> Select[str, str | None]:
    """(key, name of the newest version) of every process."""
    newest = select(Definition.key, Definition.name).ext(distinct_on(Definition.key))
    return newest.order_by(Definition.key, Definition.version.desc())


def versions_of_process(key: str, limit: int) -> Select[Definition]:
    """The versions of a process in all organisations, the newest first."""
    found = select(Definition).join(Deployment, Deployment.id == Definition.deployment_id).where(Definition.key == key)
    return found.order_by(Deployment.deployed_at.desc(), Definition.version.desc(), Definition.id).limit(limit)
