"""What people write about a task, for all who may see its case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.actions.tasks.tasks import task_for
from app.actions.terms.cases import seen_case
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.errors import Invalid, NotFound
from app.store.tables import Comment, Instance

TEXT_LIMIT = 4_000


def add_comment(session: Session, actor: Actor, task_id: UUID, message: str, now: datetime) -> Comment:
    """Write a comment on a task and its case. Raises NotFound, Invalid."""
    task = task_for(session, actor, task_id)
    if not message.strip() or len(message) > TEXT_LIMIT:
        raise Invalid(f"a comment has from 1 to {TEXT_LIMIT} characters, not {len(message)}")
    comment = Comment(
        id=new_id(), instance_id=task.instance_id, task_id=task.id, user_id=actor.user_id, at=now, message=message
    )
    session.add(comment)
    task.updated_at = now
    return comment


def comments_of(session: Session, actor: Actor, task_id: UUID) -> list[tuple[Comment, UUID]]:
    """The comments on an open task, the newest first, each with the root of its case. Raises NotFound."""
    task_for(session, actor, task_id)
    return _written(session, Comment.task_id == task_id)


def comments_on_instance(session: Session, actor: Actor, instance_id: UUID) -> list[tuple[Comment, UUID]]:
    """Those on all tasks of a process instance, for who may see its case. Raises NotFound."""
    seen_case(session, actor, instance_id)
    return _written(session, Comment.instance_id == instance_id)


def _written(session: Session, condition: ColumnElement[bool]) -> list[tuple[Comment, UUID]]:
    rows = session.execute(
        select(Comment, Instance.root_id)
        .join(Instance, Instance.id == Comment.instance_id)
        .where(condition)
        .order_by(Comment.at.desc(), Comment.id.desc())
    )
    return [(row.Comment, row.root_id) for row in rows]


def comment_of(session: Session, actor: Actor, task_id: UUID, comment_id: UUID) -> tuple[Comment, UUID]:
    """One of them. Raises NotFound."""
    found = next((pair for pair in comments_of(session, actor, task_id) if pair[0].id == comment_id), None)
    if found is None:
        raise NotFound(f"Task comment with id {comment_id} does not exist for task id '{task_id}'")
    return found
