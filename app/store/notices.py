"""Tells people of what others did to their tasks, in the flush that writes what was done.

History has a row of everything that is done to a task: who writes it has told of it. Nobody is told of what he did himself.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.people.notices import GIVEN, MOVED, NO_CHANGE_OF_TASK, Kind
from app.store.tables import Comment, History, Notice, Task


def write_notices(session: Session, _context: Any, _instances: Any) -> None:
    """Add the notices of the rows of history and the comments that are written now."""
    for row in list(session.new):
        if isinstance(row, History):
            session.add_all(_of_history(session, row))
        elif isinstance(row, Comment) and row.task_id is not None:
            task = session.get(Task, row.task_id)
            people = () if task is None else (task.assignee, task.owner)
            session.add_all(_told(row, task, dict.fromkeys(people, Kind.COMMENT)))


def _of_history(session: Session, row: History) -> Iterable[Notice]:
    data = row.data or {}
    if row.task_id is None:
        return [one for task_id in _moved(row) for one in _of_moved(session, row, task_id)]
    if row.operation == NO_CHANGE_OF_TASK or "assignee" not in data:
        return ()
    before, after = data["assignee"]
    kinds = {before: Kind.TAKEN, after: GIVEN.get(row.operation, Kind.ASSIGNED)}
    return _told(row, session.get(Task, row.task_id), kinds)


def _moved(row: History) -> Iterable[str]:
    """The ids of the tasks whose terms the clock of their case has moved."""
    return (row.data or {}).get("tasks", ()) if row.operation in MOVED else ()


def _of_moved(session: Session, row: History, task_id: str) -> Iterable[Notice]:
    task = session.get(Task, UUID(task_id))
    return _told(row, task, {} if task is None else {task.assignee: MOVED[row.operation]})


def _told(row: History | Comment, task: Task | None, kinds: dict[str | None, Kind]) -> Iterator[Notice]:
    for person, kind in kinds.items():
        if task is not None and person is not None and person != row.user_id:
            yield Notice(
                at=row.at, task_id=task.id, tenant_id=task.tenant_id, user_id=person, kind=kind.value, doer=row.user_id
            )
