"""Fire the timers of an instance that are due."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.running.progress import Act, Move, advance
from app.store import queries
from app.store.tables import Instance, Timer

GRACE = timedelta(minutes=1)
BATCH = 1_000
AT_ONCE = 100
"""Timers of an instance in one transaction; between two of them others have their turn."""


def fire_due(session: Session, instance_id: UUID, now: datetime) -> int:
    """Fire what is due by `now`, the earliest first, AT_ONCE at most; gives how many. Doing it twice does it once."""
    instance = queries.locked_instance(session, instance_id)
    fired = 0
    while instance is not None and instance.ended_at is None and not instance.suspended:
        timer = session.scalars(
            select(Timer)
            .where(Timer.instance_id == instance_id, Timer.due_at <= now)
            .order_by(Timer.due_at, Timer.token)
            .limit(1)
        ).first()
        if timer is None:
            break
        if fired == AT_ONCE:
            queue.wake(session, instance_id, now, now)
            break
        session.delete(timer)
        session.flush()
        act = Act(None, now, "TimerFired", element=timer.node)
        advance(session, Move(instance, engine.FireTimer(timer.token, timer.node), act))
        session.flush()
        fired += 1
    return fired


def wake_overdue(session: Session, now: datetime) -> int:
    """Have timers looked at that should have fired a minute ago and have no job any more; gives for how many instances."""
    overdue = session.scalars(
        select(Timer.instance_id)
        .distinct()
        .join(Instance, Instance.id == Timer.instance_id)
        .where(
            Timer.due_at < now - GRACE,
            Instance.suspended.is_(False),
            cast(Timer.instance_id, Text).not_in(queue.awake()),
        )
        .limit(BATCH)
    ).all()
    for instance_id in overdue:
        queue.wake(session, instance_id, now, now)
    return len(overdue)
