"""What is not sent any more because it is over before it could be: it asks for something that has been done or that another
has to do, or tells of a term that was moved. What has happened all the same, as that a task was completed, is always told.
"""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.models.values import jsonable
from app.domain.outgoing import Channel, Event
from app.domain.people.notices import OF_NO_TASK, OF_TEAMS, Kind
from app.store.tables import Delivery, Task

ALWAYS = OF_NO_TASK | {Kind.COMMENT, Kind.TAKEN}
TO_WHO_HAS_IT = frozenset({Kind.ASSIGNED, Kind.DELEGATED, Kind.RESOLVED, Kind.SOON, Kind.OVERDUE, Kind.HOLD_OVER})
OF_TERMS = OF_TEAMS | {Kind.SOON, Kind.OVERDUE}


def needless(session: Session, delivery: Delivery) -> bool:
    """Whether a message that waits is not to be sent any more."""
    about = delivery.about
    if delivery.channel == Channel.WEBHOOK:
        if delivery.event != Event.TASK_OVERDUE:
            return False
        task = _open_task(session, about["data"]["taskId"])
        return task is None or not _runs_until(task, about["data"]["due"])
    kind = Kind(delivery.event)
    if kind in ALWAYS:
        return False
    task = _open_task(session, about["id"])
    if task is None or (kind in TO_WHO_HAS_IT and task.assignee != (about["insteadOf"] or delivery.receiver)):
        return True
    if kind is Kind.HOLD_OVER:
        return jsonable(task.follow_up_at) != about["moment"]
    return kind in OF_TERMS and not _runs_until(task, about["moment"])


def _open_task(session: Session, task_id: str) -> Task | None:
    task = session.get(Task, UUID(task_id))
    return None if task is None or task.ended_at is not None else task


def _runs_until(task: Task, due: Any) -> bool:
    """Whether its term is still that, and its clock did not stop before it was over. due: as `jsonable`."""
    if task.due_at is None or jsonable(task.due_at) != due:
        return False
    return task.stands_since is None or task.due_at < task.stands_since
