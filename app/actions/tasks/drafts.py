"""What somebody has begun to fill in: kept as it is, complete or not, until the task is completed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from app.actions.tasks.tasks import locked, require_worker
from app.domain.models.values import write_date
from app.domain.people.access import Actor
from app.errors import Invalid
from app.store.tables import Task

LONGEST = 200_000
"""Bytes of a draft as JSON."""


def keep(session: Session, actor: Actor, task_id: UUID, data: Mapping[str, Any], now: datetime) -> str:
    """Keep what the assignee has entered so far, in place of what was kept before; gives the moment, as `kept_at`.

    It is not checked against the form.

    Raises NotFound, Conflict for a task that is not open, Forbidden for who does not work it, Invalid for too much.
    """
    task, _ = locked(session, actor, task_id)
    require_worker(actor, task)
    at = str(write_date(now))
    draft = {"by": actor.user_id, "at": at, "data": dict(data)}
    if len(orjson.dumps(draft)) > LONGEST:
        raise Invalid(f"a draft has at most {LONGEST} bytes")
    task.draft = draft
    return at


def kept(actor: Actor, task: Task) -> dict[str, Any]:
    """What this person has entered so far; nobody sees another's draft."""
    data: dict[str, Any] = _own(actor, task).get("data", {})
    return data


def kept_at(actor: Actor, task: Task) -> str | None:
    """When it was kept, in ISO 8601; None: nothing is."""
    return _own(actor, task).get("at")


def _own(actor: Actor, task: Task) -> dict[str, Any]:
    return task.draft if task.draft is not None and task.draft["by"] == actor.user_id else {}


def hand_on(task: Task, giver: str, taker: str) -> None:
    """Let who gets a task, to prepare it or prepared, go on with what the giver has entered."""
    if task.draft is not None and task.draft["by"] == giver:
        task.draft = {**task.draft, "by": taker}
