"""Who may work which tasks: whom somebody can give them to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from app.actions.tasks.tasks import sees
from app.domain.people.access import Actor
from app.store.tables import Membership, Task, User

MOST = 500


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person, and how many of the tasks he may work."""

    id: str
    name: str
    number: int


def colleagues(session: Session, tasks: Sequence[Task]) -> list[Colleague]:
    """Who may work at least one of the tasks; those first who may work the most. In one statement."""
    pairs = {(group, task.tenant_id) for task in tasks for group in task.candidate_groups}
    named = {person for task in tasks for person in task.candidate_users}
    held = select(Membership.user_id).where(tuple_(Membership.group_id, Membership.tenant_id).in_(pairs))
    anywhere = select(Membership.user_id).where(Membership.group_id.in_({group for group, at in pairs if at is None}))
    found = session.execute(
        select(
            User.id,
            User.full_name,
            func.array_agg(array([Membership.group_id, Membership.tenant_id])).label("held"),
        )
        .join(Membership, Membership.user_id == User.id)
        .where(or_(User.id.in_(held), User.id.in_(anywhere), User.id.in_(named)))
        .group_by(User.id)
        .order_by(User.first_name, User.last_name, User.id)
        .limit(MOST)
    )
    counted = [
        Colleague(
            row.id,
            row.full_name,
            sum(sees(Actor(row.id, False, frozenset(map(tuple, row.held))), task) for task in tasks),
        )
        for row in found
    ]
    return sorted((one for one in counted if one.number), key=lambda one: -one.number)
