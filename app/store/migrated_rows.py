"""The rows of what an instance waits for, carried over to another version of its process."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, bindparam, case, column, func, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.store.tables import EventSubscription, ExternalTask, Incident, Job, Task


def _given(name: str, **columns: Any) -> Any:
    fields = [column(field, kind) for field, kind in columns.items()]
    return (
        func.jsonb_to_recordset(bindparam(name, None, JSONB))
        .table_valued(*fields, name=name)
        .render_derived(with_types=True)
    )


_PLACES = _given("place", token=Integer, node=Text, parent=Integer)
_KEYS = _given("renamed", token=Integer, old=Text, new=Text)


def carry_over(
    session: Session,
    instance_id: UUID,
    definition_id: str,
    places: Sequence[tuple[int, str, int]],
    keys: Sequence[tuple[int, str, str]],
    elements: Sequence[tuple[str, str]],
) -> None:
    """Let the open tasks, external tasks and incidents stand at other nodes, and jobs and subscriptions bear other keys.

    places: (token, node, token of the scope around it); keys: (token, old key, new key); elements: (old, new), where they
    differ.
    """
    at = {"place": [{"token": token, "node": node, "parent": parent} for token, node, parent in places]}
    place, new = _PLACES.c, {"definition_id": definition_id}
    tasks = update(Task).where(Task.instance_id == instance_id, Task.ended_at.is_(None), Task.token == place.token)
    _run(session, tasks.values(element=place.node, parent_token=place.parent, **new), at)
    outside = update(ExternalTask).where(ExternalTask.instance_id == instance_id, ExternalTask.token == place.token)
    _run(session, outside.values(element=place.node, **new), at)
    _run(session, update(Job).where(Job.instance_id == instance_id).values(new))
    troubles = update(Incident).where(Incident.instance_id == instance_id, Incident.ended_at.is_(None))
    renamed_element = (
        case(dict(elements), value=Incident.element, else_=Incident.element) if elements else Incident.element
    )
    _run(session, troubles.values(element=renamed_element, **new))
    renamed = {"renamed": [{"token": token, "old": old, "new": key} for token, old, key in keys]}
    for waiting in (Job, EventSubscription) if keys else ():
        here = (waiting.instance_id == instance_id, waiting.token == _KEYS.c.token, waiting.key == _KEYS.c.old)
        _run(session, update(waiting).where(*here).values(key=_KEYS.c.new), renamed)


def _run(session: Session, statement: Any, given: Mapping[str, Any] | None = None) -> None:
    session.execute(statement.execution_options(synchronize_session=False), given)
