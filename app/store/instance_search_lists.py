"""Instances as administrators look for them: in every organisation, running or ended.

What an index answers is looked up first. What none does (a variable that is greater, that contains, that exists) is looked
for among the nearest `LOOKED_THROUGH` of what the rest leaves, so that no search reads all instances.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Interval,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import InstrumentedAttribute, aliased, defer

from app.store.queries import late
from app.store.session import planned_by_values
from app.store.standing_lists import (
    CALLED,
    calling,
    in_trouble,
    of_definitions,
    overdue,
    passed,
    standing_at,
    with_callers,
)
from app.store.stuck_lists import LATE, WAITED_FOR
from app.store.tables import Definition, Deployment, Incident, Instance, Job, Message, Task
from app.store.task_filters import pattern_of
from app.store.variable_filters import Condition, holds

LOOKED_THROUGH, PASSED_THROUGH = 10_000, 5_000
MANY = 2_000
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


@dataclass(frozen=True, slots=True)
class Load:
    """Whether so much is late, in trouble, or stands at a step that it is better to ask of each instance whether it does than
    to begin with those that do. now: the moment of it."""

    now: datetime
    late: bool = False
    troubled: bool = False
    standing: bool = False


def loads(search: Search, now: datetime) -> Select[Any] | None:
    """(late, troubled, standing) of `Load`, as far as a search asks of it; None: it does not."""
    asked: list[Sequence[Select[Any]]] = [
        [overdue(now)] if search.overdue else (),
        [in_trouble()] if search.incident or search.state is State.STUCK else (),
        _standing_at(search) if search.step else (),
    ]
    columns: list[Any] = [_are_many(rows) for rows in asked]
    return select(*columns) if any(asked) else None


def _are_many(rows: Sequence[Select[Any]]) -> ColumnElement[bool]:
    if not rows:
        return false()
    found = union_all(*rows).limit(MANY + 1).subquery()
    return select(func.count() > MANY).select_from(found).scalar_subquery()


def page(search: Search, load: Load, edge: Edge | None, limit: int, *, back: bool = False) -> Select[Any]:
    """(Instance without state, at) in the order of the search from an edge; back: before it, the nearest first."""
    found = _found(search, load, edge, back=back).limit(limit).subquery("found")
    query = select(Instance, found.c.at).join(found, found.c.id == Instance.id)
    query = query.options(defer(Instance.state), defer(Instance.viewers), defer(Instance.words))
    return planned_by_values(query.order_by(*_order(found.c, search.ascending is not back)))


def ids(search: Search, load: Load, limit: int) -> Select[UUID]:
    """The ids of what is found, in its order."""
    found = _found(search, load, None).limit(limit).subquery("found")
    return planned_by_values(select(found.c.id).order_by(*_order(found.c, search.ascending)))


def number(search: Search, load: Load) -> Select[int]:
    """How many are found, up to one more than COUNTED. They are counted in order, for which there are indexes."""
    found = _found(search, load, None).limit(COUNTED + 1).subquery()
    return planned_by_values(select(func.count()).select_from(found))


def looked_at(search: Search, load: Load, edge: Edge | None) -> Select[Any]:
    """(at, id) of the last that is looked at, where more is left; else no row."""
    looked = _looked_at(search, load, edge, back=False).limit(reach(search)).subquery()
    last = select(looked.c.at, looked.c.id).order_by(*_order(looked.c, search.ascending))
    return planned_by_values(last.offset(reach(search) - 1))


def is_bounded(search: Search) -> bool:
    """Whether not all are looked at."""
    return bool(search.passed) or any(not _indexed(one) for conditions in search.variables for one in conditions)


def reach(search: Search) -> int:
    """How many are looked at, where not all are."""
    return PASSED_THROUGH if search.passed else LOOKED_THROUGH


def _found(search: Search, load: Load, edge: Edge | None, *, back: bool = False) -> Select[Any]:
    """(id, at), in order."""
    looked = _looked_at(search, load, edge, back=back)
    if not is_bounded(search):
        return looked
    unpacked = Instance.variables.op("||", return_type=JSONB())(cast({}, JSONB)).label("variables")
    among = looked.add_columns(unpacked).limit(reach(search)).subquery("looked")
    found = select(among.c.id, among.c.at).order_by(*_order(among.c, search.ascending is not back))
    if search.variables:
        alternatives = (and_(*(holds(among.c.variables, one) for one in all_of)) for all_of in search.variables)
        found = found.where(or_(*alternatives))
    return found.where(passed(among.c.id, search.passed)) if search.passed else found


def _looked_at(search: Search, load: Load, edge: Edge | None, *, back: bool) -> Select[Any]:
    ascending = search.ascending is not back
    at: Any = Instance.started_at
    query: Select[Any] = select(Instance.id)
    if search.order is Order.ENDED:
        at = Instance.ended_at
        query = query.where(at.is_not(None))
    elif search.order is Order.DUE:
        terms = _nearest_terms(search, load)
        at = terms.c.at
        query = query.join(terms, terms.c.id == Instance.id).where(Instance.ended_at.is_(None))
    elif ascending and _is_part_of_running(search):
        at = Instance.started_at + literal(timedelta(0), Interval)
    query = query.add_columns(at.label("at")).where(*_conditions(search, load))
    if edge is not None:
        key, place = tuple_(at, Instance.id), tuple_(literal(edge.at), literal(edge.id))
        query = query.where(key > place if ascending else key < place)
    return query.order_by(*(one.asc() if ascending else one.desc() for one in (at, Instance.id)))


def _is_part_of_running(search: Search) -> bool:
    """Whether an index gives the instances in order, but from the beginning, where almost all have ended: it is not asked."""
    running = search.state in (State.RUNNING, State.SUSPENDED, State.STUCK) or search.step or search.overdue
    return bool(running or search.incident) and bool(search.service or search.organisation or search.definitions)


def _order(columns: Any, ascending: bool) -> list[ColumnElement[Any]]:  # noqa: FBT001 - a direction
    return [one.asc() if ascending else one.desc() for one in (columns.at, columns.id)]


def _nearest_terms(search: Search, load: Load) -> Any:
    """(id, at) of instances with open tasks that have a term; of what is overdue, those whose term is over."""
    of = Task.instance_id if search.called else _Part.root_id
    query = select(of.label("id"), func.min(Task.due_at).label("at")).select_from(Task)
    if not search.called:
        query = query.join(_Part, _Part.id == Task.instance_id).where(_Part.ended_at.is_(None))
    query = query.where(Task.ended_at.is_(None), late(load.now) if search.overdue else Task.due_at.is_not(None))
    return query.group_by(of).subquery("term")


def _conditions(search: Search, load: Load) -> list[ColumnElement[bool]]:
    """Those that indexes answer."""
    found: list[ColumnElement[bool]] = [Instance.words.like(pattern_of(word)) for word in search.words]
    if search.words or not search.called:
        found.append(_is_case(search))
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
        *_in_state(search.state, load, called=search.called),
        *_standing(search, load),
    ]


def _is_case(search: Search) -> ColumnElement[bool]:
    """Said to an index only where that is what finds the cases: PostgreSQL would read all of another one for it."""
    by_index = search.words or (search.service and search.definitions is None)
    found: ColumnElement[bool] = Instance.super_id.is_(None)
    return found if by_index else found.is_(True)


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


def _in_state(state: State | None, load: Load, *, called: bool) -> list[ColumnElement[bool]]:
    match state:
        case State.RUNNING:
            return [Instance.ended_at.is_(None)]
        case State.SUSPENDED:
            return [Instance.ended_at.is_(None), Instance.suspended == true()]
        case State.STUCK:
            stuck = _one_of(Instance.id, _counted_for(_stuck(load.now), called=called), many=load.troubled)
            return [Instance.ended_at.is_(None), stuck]
        case State.ENDED:
            return [Instance.ended_at.is_not(None), Instance.end_state == "COMPLETED"]
        case State.CANCELLED:
            return [Instance.ended_at.is_not(None), Instance.end_state != "COMPLETED"]
    return []


def _counted_for(rows: Sequence[Select[Any]], *, called: bool) -> Any:
    """The instances to which these running ones belong: their cases and, where called processes are listed, all between."""
    if called:
        return with_callers(rows)
    found = union_all(*rows).subquery("part_of")
    return select(_Part.root_id).join(found, _Part.id == found.c[0]).where(_Part.ended_at.is_(None))


def _one_of(column: InstrumentedAttribute[UUID], rows: Any, *, many: bool) -> ColumnElement[bool]:
    """Whether it is one of these. many: not to begin with them."""
    found = column.in_(rows)
    return found.is_(True) if many else found


def _stuck(now: datetime) -> list[Select[Any]]:
    """As `stuck_lists.stuck` has it."""
    return [
        in_trouble(),
        select(Message.thrown_by).where(
            Message.thrown_by.is_not(None), or_(Message.retries <= 0, Message.created_at < now - WAITED_FOR)
        ),
        select(Job.instance_id).where(Job.due_at < now - LATE, Job.retries > 0, Job.suspended.is_(False)),
    ]


def _standing(search: Search, load: Load) -> list[ColumnElement[bool]]:
    """Where it stands, and what is wrong there or, without a step, anywhere in it and in what it has called. Only what runs
    stands anywhere: said for the sake of the indexes."""
    if not (search.step or search.overdue or search.incident):
        return []
    found: list[ColumnElement[bool]] = [Instance.ended_at.is_(None)]
    if not search.step:
        late_ones = _counted_for([overdue(load.now)], called=search.called)
        troubled = _counted_for([in_trouble()], called=search.called)
        found += [_one_of(Instance.id, late_ones, many=load.late)] * (search.overdue and search.order is not Order.DUE)
        return found + [_one_of(Instance.id, troubled, many=load.troubled)] * search.incident
    if not (search.overdue or search.incident):
        return [*found, _one_of(Instance.id, union(*_standing_at(search)), many=load.standing)]
    here = in_trouble(Incident.element == search.step)
    if search.calls:
        waiting = calling(search.calls)
        late_ones, troubled = with_callers([overdue(load.now)]), with_callers([in_trouble()])
        late_there: Any = waiting.where(_one_of(CALLED.id, late_ones, many=load.late))
        troubled_there: Any = union(here, waiting.where(_one_of(CALLED.id, troubled, many=load.troubled)))
    else:
        late_there = overdue(
            load.now, Task.element == search.step, *of_definitions(Task.definition_id, search.definitions)
        )
        troubled_there = here
    found += [_one_of(Instance.id, late_there, many=load.standing)] * search.overdue
    return found + [_one_of(Instance.id, troubled_there, many=load.troubled)] * search.incident


def _standing_at(search: Search) -> Sequence[Select[Any]]:
    return [calling(search.calls)] if search.calls else standing_at(search.step, search.definitions)


def newest_versions() -> Select[Definition]:
    """The newest version of every process, of some organisation."""
    newest = select(Definition).ext(distinct_on(Definition.key))
    return newest.order_by(Definition.key, Definition.version.desc(), Definition.id)


def versions_of_process(key: str, limit: int) -> Select[Definition]:
    """The versions of a process in all organisations, the newest first."""
    found = select(Definition).join(Deployment, Deployment.id == Definition.deployment_id).where(Definition.key == key)
    return found.order_by(Deployment.deployed_at.desc(), Definition.version.desc(), Definition.id).limit(limit)
