"""A delegated task that its owner takes back before it is resolved."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.tasks import change, locked
from app.domain import holding_refusals as words
from app.domain import refusals
from app.domain.access import Actor
from app.errors import Conflict, Forbidden

PENDING = "PENDING"


def take_back(session: Session, actor: Actor, task_id: UUID, now: datetime) -> None:
    """Give a delegated task back to its owner, who asks for it. Raises NotFound, Conflict, Forbidden."""
    task, _ = locked(session, actor, task_id)
    if task.delegation != PENDING or task.owner is None:
        raise refusals.of(Conflict, words.NOT_DELEGATED)
    if not (actor.administrator or task.owner in actor.people_in(task.tenant_id)):
        raise refusals.of(Forbidden, words.NOT_THE_OWNER)
    change(session, task, actor, now, "Assign", assignee=task.owner, delegation=None)
