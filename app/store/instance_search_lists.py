"""Instances as administrators look for them: in every organisation, running or ended.

What an index answers is looked up first. What none does (a variable that is greater, that contains, that exists) is looked
for among the nearest `LOOKED_THROUGH` of what the rest leaves, so that no search reads all instances.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Interval, Select, and_, cast, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import aliased, defer

from app.store.instance_conditions import Load, conditions, indexed
from app.store.instance_searches import Edge, Order, Search, State
from app.store.queries import late
from app.store.session import planned_by_values
from app.store.standing_lists import passed
from app.store.tables import Definition, Deployment, Instance, Task
from app.store.variable_filters import holds

LOOKED_THROUGH, PASSED_THROUGH = 10_000, 5_000
"""Of what no index answers; of that what takes longer to look at."""
COUNTED = 1_000
"""Further than this what is found is not counted."""
_Part = aliased(Instance)


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
    return bool(search.passed) or any(not indexed(one) for all_of in search.variables for one in all_of)


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
    query = query.add_columns(at.label("at")).where(*conditions(search, load))
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


def newest_versions() -> Select[Definition]:
    """The newest version of every process, of some organisation."""
    newest = select(Definition).ext(distinct_on(Definition.key))
    return newest.order_by(Definition.key, Definition.version.desc(), Definition.id)


def versions_of_process(key: str, limit: int) -> Select[Definition]:
    """The versions of a process in all organisations, the newest first."""
    found = select(Definition).join(Deployment, Deployment.id == Definition.deployment_id).where(Definition.key == key)
    return found.order_by(Deployment.deployed_at.desc(), Definition.version.desc(), Definition.id).limit(limit)
