"""What does not go on by itself: incidents, messages that nobody has got, and jobs that are late."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Text, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from app.store.listing import Query
from app.store.queries import count
from app.store.tables import Incident, Instance, Job, Message

INCIDENT, MESSAGE, OVERDUE = "incident", "message", "overdueJob"
LATE = timedelta(minutes=1)
"""After which a job that is due should have been run by some worker."""
WAITED_FOR = timedelta(hours=1)
"""After which a message that nobody waits for is thought to be for nobody."""


def stuck(now: datetime) -> Query:
    """(reason, id, since, instance_id, element, kind, message, tenant_id), the longest first.

    element: of a job the key of what it is for; kind: of the incident or job, of a message its name; message: what is known
    of why.
    """
    of_incident = select(
        literal(INCIDENT).label("reason"), Incident.id, Incident.created_at.label("since"), Incident.instance_id,
        Incident.element, Incident.kind, Incident.message.label("message"), Incident.tenant_id,
    ).where(Incident.ended_at.is_(None))  # fmt: skip
    of_message = select(
        literal(MESSAGE), Message.id, Message.created_at, Message.thrown_by, cast(null(), Text), Message.name,
        Message.error, Message.tenant_id,
    ).where(or_(Message.retries <= 0, Message.created_at < now - WAITED_FOR))  # fmt: skip
    of_job = (
        select(
            literal(OVERDUE), Job.id, Job.due_at, Job.instance_id, Job.key, Job.kind, Job.error, Job.tenant_id,
        )
        .join(Instance, Instance.id == Job.instance_id)
        .where(Job.due_at < now - LATE, Job.retries > 0, Job.suspended.is_(False), Instance.suspended.is_(False))
    )  # fmt: skip
    parts = union_all(of_incident, of_message, of_job).subquery()
    return select(parts).order_by(parts.c.since, parts.c.id)


def page(session: Session, now: datetime, first: int, limit: int) -> list[Row[Any]]:
    return list(session.execute(stuck(now).offset(first).limit(limit)))


def total(session: Session, now: datetime) -> int:
    return count(session, stuck(now))
