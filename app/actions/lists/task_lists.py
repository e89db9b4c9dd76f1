"""Lists of open tasks, as far as the one who asks may see them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.people.people import actor_of
from app.domain.people.access import Actor
from app.errors import NotFound
from app.store import queries
from app.store.session import planned_by_values
from app.store.tables import Comment, Document, Instance, Task
from app.store.task_filters import PEOPLE
from app.store.task_lists import Order, Query, counts, every, page
from app.store.trees import members


def list_tasks(
    session: Session, actor: Actor, query: Query, orders: Sequence[Order], first: int, limit: int
) -> list[Task]:
    """One page of the tasks that pass the query."""
    chosen = page(query, actor, _candidates(session, actor, query), orders, first, limit)
    return list(session.scalars(planned_by_values(chosen)))


def count_tasks(session: Session, actor: Actor, query: Query) -> int:
    """How many tasks pass the query."""
    return queries.count(session, every(query, actor, _candidates(session, actor, query)))


def count_up_to(session: Session, actor: Actor, asked: Sequence[Query], most: int) -> list[int]:
    """How many tasks pass each of the queries, at most `most`, in one statement."""
    people: dict[str, Actor] = {}
    for query in asked:
        people |= _candidates(session, actor, query)
    return list(session.execute(planned_by_values(counts(asked, actor, people, most))).one())


def commented(session: Session, tasks: Iterable[Task]) -> set[UUID]:
    """The ids of those that have comments."""
    found = select(Comment.task_id).where(Comment.task_id.in_([task.id for task in tasks])).distinct()
    return {task_id for task_id in session.scalars(found) if task_id is not None}


def documented(session: Session, tasks: Sequence[Task]) -> set[UUID]:
    """The ids of those whose cases have documents."""
    of = select(Instance.id, Instance.root_id).where(Instance.id.in_({task.instance_id for task in tasks}))
    roots = {row.id: row.root_id for row in session.execute(of)}
    tree = members(set(roots.values()))
    within = select(Document.id).where(Document.instance_id == tree.c.id, Document.digest.is_not(None))
    found = set(session.scalars(select(tree.c.root).where(within.exists()).distinct()))
    return {task.id for task in tasks if roots[task.instance_id] in found}


def _candidates(session: Session, actor: Actor, query: Query) -> dict[str, Actor]:
    """The people named in the filters of PEOPLE: mostly the one who asks, who is known."""
    named = {values[name] for values in (query.values, *query.alternatives) for name in PEOPLE & values.keys()}
    return {user_id: actor if user_id == actor.user_id else _person(session, user_id) for user_id in named}


def _person(session: Session, user_id: str) -> Actor:
    try:
        return actor_of(session, user_id)
    except NotFound:
        return Actor(user_id, False, frozenset())
