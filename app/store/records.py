"""What was done to process instances as one list: the rows of history, and the tasks that somebody has completed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, null, select, union_all

from app.store.tables import History, Task

_done = select(
    cast(History.id, Text).label("id"),
    History.instance_id,
    History.at,
    History.user_id,
    History.on_behalf_of,
    History.operation,
    History.task_id,
    History.element,
    History.annotation,
    History.data,
    History.activities,
    History.written,
)


def _completed(user: Any, on_behalf_of: Any, condition: ColumnElement[bool]) -> Select[Any]:
    return select(
        cast(Task.id, Text).label("id"),
        Task.instance_id,
        Task.ended_at.label("at"),
        user.label("user_id"),
        on_behalf_of.label("on_behalf_of"),
        cast("Complete", Text).label("operation"),
        Task.id.label("task_id"),
        Task.element,
        cast(null(), Text).label("annotation"),
        Task.given.label("data"),
        Task.activities,
        Task.written,
        # what is completed has ended: said for the sake of the indexes of ended tasks
    ).where(Task.end_reason == "completed", Task.ended_at.is_not(None), condition)


_own = _completed(Task.assignee, cast(null(), Text), Task.completed_by.is_(None))
_for_another = _completed(Task.completed_by, Task.assignee, Task.completed_by.is_not(None))
PARTS = tuple(part.subquery("record") for part in (_done, _own, _for_another))
"""Those of which RECORDS is made, each with an index that gives it in the order of time, and one by person and time."""
RECORDS = union_all(_done, _own, _for_another).subquery("record")
"""(id, instance_id, at, user_id, on_behalf_of, operation, task_id, element, annotation, data, activities, written), as of
`tables.History`."""
