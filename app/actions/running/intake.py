"""Who takes an application in goes on with its steps until it has a number."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.tasks.opening import NUMBER
from app.actions.tasks.tasks import claim
from app.actions.terms.case_terms import tasks_of
from app.domain.people.access import Actor
from app.errors import Forbidden
from app.store.tables import Instance


def take_next(session: Session, actor: Actor, case: Instance, now: datetime) -> UUID | None:
    """Claim the step that a case without a number waits at, for who has started it: if it is of a group of his and nobody's.

    Gives the task; None: he does not go on.
    """
    if case.variables.get(NUMBER) or case.started_by != actor.user_id:
        return None
    first = next((one for one in tasks_of(session, case.id) if one.ended_at is None), None)
    if first is None or first.assignee or actor.groups_in(case.tenant_id).isdisjoint(first.candidate_groups or ()):
        return None
    with suppress(Forbidden):  # other hands are needed
        claim(session, actor, first.id, None, now)
    return first.id if first.assignee == actor.user_id else None
