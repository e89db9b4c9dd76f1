"""What time it is for the service: the machine's clock, or the moment at which an administrator has stopped it for tests."""

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import queue
from app.actions.running import waits
from app.domain.people.access import Actor
from app.errors import Forbidden
from app.store.tables import Job, StartEvent, TestClock


def moment(session: Session, *, test_clock: bool) -> datetime:
    """The present moment (UTC). The stopped clock is asked only where the setting allows one."""
    stopped = session.scalar(select(TestClock.now)) if test_clock else None
    return stopped or datetime.now(UTC)


def stop(session: Session, actor: Actor, now: datetime) -> None:
    """Let it be `now` (aware) until told otherwise; jobs that are due by then are run."""
    _require_administrator(actor)
    row = insert(TestClock).values(only=True, now=now)
    session.execute(row.on_conflict_do_update(index_elements=[TestClock.only], set_={"now": row.excluded.now}))
    for job in session.scalars(select(Job).where(Job.due_at <= now, Job.retries > 0)):
        waits.enqueue(session, job, now)
    for start_id in session.scalars(select(StartEvent.id).where(StartEvent.due_at <= now)):
        queue.begin(session, start_id, now, now)


def release(session: Session, actor: Actor) -> None:
    """Go back to the machine's clock; every job is scheduled by it."""
    _require_administrator(actor)
    session.execute(delete(TestClock))
    for job in session.scalars(select(Job).where(Job.retries > 0)):
        waits.enqueue(session, job, datetime.now(UTC))
    for start in session.scalars(select(StartEvent).where(StartEvent.due_at.is_not(None))):
        if start.due_at is not None:
            queue.begin(session, start.id, start.due_at, datetime.now(UTC))


def _require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator sets the test clock")
