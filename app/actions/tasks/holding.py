"""Holding a task: its assignee puts it aside until a day, with a reason. The deadline runs on.

A task is on hold while its follow-up date is ahead: it leaves hold by itself when that day begins. It
leaves it before, too, when who put it aside has it no longer (see `tasks.change`).
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.running.moves import Act, record
from app.actions.tasks.tasks import UNHOLD, held_until, locked, on_behalf_of, require_worker
from app.actions.terms.calendars import calendar_of
from app.domain import refusals
from app.domain.models import values
from app.domain.people.access import Actor
from app.domain.refusals import holding_refusals as words
from app.errors import Conflict, Invalid
from app.store.tables import Task

HOLD = "Hold"
REASON_LIMIT = 1_000
LONGEST = timedelta(days=366)


def hold(session: Session, actor: Actor, task_id: UUID, until: date, reason: str, now: datetime) -> None:
    """Put a task aside until the beginning of a day of its provider's zone.

    Raises NotFound, Conflict, Forbidden for who does not work it, Invalid for the day or the reason.
    """
    task, _ = locked(session, actor, task_id)
    require_worker(actor, task)
    zone = calendar_of(session, task.tenant_id).tz
    today = now.astimezone(zone).date()
    if not today < until <= today + LONGEST:
        raise refusals.of(Invalid, words.DAY_NOT_AHEAD)
    if not reason.strip() or len(reason) > REASON_LIMIT:
        raise refusals.of(Invalid, words.REASON_MISSING, limit=REASON_LIMIT)
    _set(
        session,
        actor,
        task,
        HOLD,
        datetime.combine(until, time(), zone),
        now,
        {"reason": reason.strip(), "until": until.isoformat()},
    )


def unhold(session: Session, actor: Actor, task_id: UUID, now: datetime) -> None:
    """Take a task up again before its day. Raises as `hold`; Conflict if it is not on hold."""
    task, _ = locked(session, actor, task_id)
    require_worker(actor, task)
    if held_until(task, now) is None:
        raise refusals.of(Conflict, words.NOT_ON_HOLD)
    _set(session, actor, task, UNHOLD, None, now, {})


def _set(
    session: Session,
    actor: Actor,
    task: Task,
    operation: str,
    until: datetime | None,
    now: datetime,
    data: dict[str, str],
) -> None:
    change = {"follow_up_at": [values.jsonable(task.follow_up_at), values.jsonable(until)]}
    task.follow_up_at, task.updated_at = until, now
    absent = on_behalf_of(actor, task)
    act = Act(actor.user_id, now, operation, task_id=task.id, data={**change, **data}, on_behalf_of=absent)
    session.add(record(task.instance_id, act))
