"""A task is handed to another, who gives it back to its owner; or the owner takes it back before that."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.tasks import drafts
from app.actions.tasks.tasks import (
    change,
    locked,
    on_behalf_of,
    require_candidate,
    require_free_variables,
    require_user,
    require_worker,
    write_process_variables,
)
from app.domain import refusals
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.refusals import holding_refusals as words
from app.errors import Conflict, Forbidden

PENDING, RESOLVED = "PENDING", "RESOLVED"


def delegate(session: Session, actor: Actor, task_id: UUID, user_id: str, now: datetime) -> None:
    """Hand a task to another, who resolves it back to its owner: who has it now, or has delegated it before.

    Raises NotFound, Conflict, Forbidden, Invalid.
    """
    task, _ = locked(session, actor, task_id)
    if task.assignee is not None:
        require_worker(actor, task)
    require_user(session, user_id)
    require_candidate(session, task, user_id)
    given_by = task.owner if task.delegation == PENDING else task.assignee
    owner = given_by or on_behalf_of(actor, task) or actor.user_id
    drafts.hand_on(task, actor.user_id, user_id)
    change(session, task, actor, now, "Delegate", owner=owner, assignee=user_id, delegation=PENDING)


def resolve(session: Session, actor: Actor, task_id: UUID, variables: Mapping[str, Variable], now: datetime) -> None:
    """Give a delegated task back to its owner, with variables. Raises NotFound, Conflict, Forbidden, Invalid."""
    task, instance = locked(session, actor, task_id)
    require_worker(actor, task)
    if variables:
        require_free_variables(session, actor, task)
    write_process_variables(session, actor, task, instance, variables, (), now)
    if task.owner is not None:
        drafts.hand_on(task, actor.user_id, task.owner)
    change(session, task, actor, now, "Resolve", assignee=task.owner, delegation=RESOLVED)


def take_back(session: Session, actor: Actor, task_id: UUID, now: datetime) -> None:
    """Give a delegated task back to its owner, who asks for it. Raises NotFound, Conflict, Forbidden."""
    task, _ = locked(session, actor, task_id)
    if task.delegation != PENDING or task.owner is None:
        raise refusals.of(Conflict, words.NOT_DELEGATED)
    if not (actor.administrator or task.owner in actor.people_in(task.tenant_id)):
        raise refusals.of(Forbidden, words.NOT_THE_OWNER)
    if task.assignee is not None:
        drafts.hand_on(task, task.assignee, task.owner)
    change(session, task, actor, now, "Assign", assignee=task.owner, delegation=None)
