"""External tasks that got stuck, or that others are to go before."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.running.moves import Act, record
from app.actions.workers.working import change_retries, locked
from app.domain.people.access import Actor
from app.store import queries
from app.store.tables import ExternalTask, Instance


def set_retries(
    session: Session,
    actor: Actor,
    task_ids: Sequence[UUID],
    retries: int,
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Let tasks be tried so often again, all of them or none. Raises Forbidden, NotFound. annotation: why, for history."""
    of_tasks = select(ExternalTask.instance_id).where(ExternalTask.id.in_(task_ids))
    queries.lock_trees(session, Instance.id.in_(of_tasks))
    for task_id in sorted(set(task_ids)):
        task, instance = locked(session, actor, task_id)
        data = {"retries": [task.retries, retries]}
        change_retries(session, task, instance, retries, now)
        act = Act(actor.user_id, now, "SetExternalTaskRetries", element=task.element, data=data, annotation=annotation)
        session.add(record(instance.id, act))


def set_priority(
    session: Session, actor: Actor, task_id: UUID, priority: int, now: datetime, *, annotation: str | None = None
) -> None:
    """Let a task be fetched before those of lower priority. Raises Forbidden, NotFound. annotation: why, for history."""
    task, instance = locked(session, actor, task_id)
    data = {"priority": [task.priority, priority]}
    task.priority = priority
    act = Act(actor.user_id, now, "SetPriority", element=task.element, data=data, annotation=annotation)
    session.add(record(instance.id, act))
