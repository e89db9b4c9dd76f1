"""Incidents: what keeps an instance from going on until somebody mends it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.errors import AppError
from app.store.tables import Incident, Instance

LONGEST = 2_000


def begin(
    session: Session,
    instance: Instance,
    kind: str,
    cause: UUID,
    token: int,
    element: str,
    error: Exception,
    now: datetime,
) -> None:
    """Say what is wrong, and where; of one cause there is one incident at a time."""
    end_of(session, cause, now)
    details: Mapping[str, Any] = (
        error.details if isinstance(error, AppError) and isinstance(error.details, Mapping) else {}
    )
    session.add(
        Incident(
            id=new_id(),
            instance_id=instance.id,
            cause=cause,
            created_at=now,
            token=token,
            kind=kind,
            element=details.get("activityId") or element,
            tenant_id=instance.tenant_id,
            definition_id=instance.definition_id,
            message=str(error)[:LONGEST],
            details=dict(details) or None,
        )
    )


def end_of(session: Session, cause: UUID, now: datetime) -> None:
    """The cause is gone, or tried anew."""
    session.execute(
        update(Incident)
        .where(Incident.cause == cause, Incident.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
