"""A search of instances as conditions that indexes answer.

Of what runs much may be late or in trouble, on a bad day: then it is quicker to ask of each instance whether it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true, union, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.store.instance_searches import Order, Search, Span, State
from app.store.standing_lists import (
    CALLED,
    calling,
    in_trouble,
    of_definitions,
    overdue,
    standing_at,
    with_callers,
)
from app.store.stuck_lists import LATE, WAITED_FOR
from app.store.tables import Incident, Instance, Job, Message, Task
from app.store.task_filters import pattern_of
from app.store.variable_filters import Condition, holds

MANY = 2_000
"""From how many on it is better to ask of each."""
_Part = aliased(Instance)


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


def conditions(search: Search, load: Load) -> list[ColumnElement[bool]]:
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


def indexed(condition: Condition) -> bool:
    return condition.operator == "eq"


def _of_variables(alternatives: Sequence[Sequence[Condition]]) -> list[ColumnElement[bool]]:
    """What the index on variables knows: where each alternative asks for an equal value."""
    equal = [[one for one in all_of if indexed(one)] for all_of in alternatives]
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
        select(Job.instance_id)
        .join(_Part, _Part.id == Job.instance_id)
        .where(Job.due_at < now - LATE, Job.retries > 0, Job.suspended.is_(False), _Part.suspended.is_(False)),
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
