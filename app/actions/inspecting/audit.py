"""All that was done to an instance and to what it has called: as sentences, and as the rows that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row
from sqlalchemy.orm import Session

from app.actions.cases.entries import Entry
from app.actions.cases.story import story
from app.actions.inspecting.subjects import Subject
from app.domain.models.values import write_date
from app.domain.people.access import Actor
from app.store import inspection_lists


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of history, of a completed task or of a comment, as JSON."""

    id: str
    json: str


def told(session: Session, actor: Actor, seen: Subject, lang: str, first: int, limit: int) -> tuple[list[Entry], int]:
    """The sentences of so many rows, the first first; and how many rows there were, one more than `limit` at most."""
    rows = _newest(session, seen, first, limit + 1)
    return story(session, actor, seen.instance, lang, [row.id for row in rows[:limit]]), len(rows)


def kept(session: Session, seen: Subject, first: int, limit: int) -> list[Kept]:
    """The rows themselves, the last first."""
    rows = _newest(session, seen, first, limit)
    return [Kept(row.id, orjson.dumps(row_out(row), option=orjson.OPT_INDENT_2).decode()) for row in rows]


def _newest(session: Session, seen: Subject, first: int, limit: int) -> Sequence[Row[Any]]:
    query = inspection_lists.audit(seen.instance.id, newest_first=True)
    return session.execute(query.offset(first).limit(limit)).all()


def row_out(row: Row[Any]) -> dict[str, Any]:
    """A row as it is given away; the names are those of the REST dialect where it has one. Moments are in UTC."""
    return {
        "id": row.id,
        "processInstanceId": str(row.instance_id),
        "timestamp": write_date(row.at),
        "userId": row.user_id,
        "onBehalfOf": row.on_behalf_of,
        "operationType": row.operation,
        "taskId": None if row.task_id is None else str(row.task_id),
        "activityId": row.element,
        "annotation": row.annotation,
        "data": row.data,
        "activities": row.activities,
        "written": row.written,
    }
