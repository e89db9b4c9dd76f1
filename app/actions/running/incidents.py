"""Incidents: what keeps an instance from going on until somebody mends it."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import engine, expressions
from app.domain.ids import new_id
from app.domain.models import values
from app.errors import AppError
from app.store.tables import ExternalTask, Incident, Instance, Job

LONGEST = 2_000
"""Characters that are kept of what went wrong."""
FAILED_JOB, FAILED_EXTERNAL_TASK, FAILED_STEP = "failedJob", "failedExternalTask", "failedStep"
_WORD = re.compile(r"[^\W\d]\w*")


def begin(
    session: Session,
    instance: Instance,
    kind: str,
    cause: UUID | None,
    token: int,
    element: str,
    error: Exception,
    now: datetime,
) -> None:
    """Say what is wrong, and where the instance stands because of it; of one cause, or one token, one at a time.

    The instance is locked.
    """
    open_here = (Incident.instance_id == instance.id, Incident.kind == kind, Incident.ended_at.is_(None))
    which = Incident.token == token if cause is None else Incident.cause == cause
    found = session.scalars(select(Incident).where(*open_here, which)).first()
    if found is None:
        found = Incident(
            id=new_id(),
            instance_id=instance.id,
            cause=cause,
            created_at=now,
            token=token,
            kind=kind,
            tenant_id=instance.tenant_id,
            definition_id=instance.definition_id,
        )
        session.add(found)
    found.element, found.message = element, said(error)
    found.details = _details(instance, error)
    instance.troubled = True


def said(error: Exception) -> str:
    """What is kept of an error: nothing that the database cannot hold, nor values that it was to hold."""
    if isinstance(error, DBAPIError):
        diag = getattr(error.orig, "diag", None)
        text = f"the database refuses what was to be kept: {getattr(diag, 'message_primary', None) or error.orig}"
    else:
        text = str(error)
    return text[:LONGEST].replace("\0", "\ufffd").encode(errors="replace").decode()


def _details(instance: Instance, error: Exception) -> dict[str, Any] | None:
    """What is known of an error, with the names of the variables that its expression reads."""
    if not isinstance(error, AppError) or not isinstance(error.details, Mapping):
        return None
    details = dict(error.details)
    if isinstance(expression := details.get("expression"), str):
        details["variables"] = sorted(_read(expression, instance))
    return details or None


def _read(expression: str, instance: Instance) -> Collection[str]:
    """In FEEL any word may be a name: those count that the process has a variable of."""
    if expressions.is_expression(expression):
        try:
            return expressions.compile(expression).names
        except expressions.ExpressionError:
            return ()
    return set(_WORD.findall(expression)) & instance.variables.keys()


def end_of(session: Session, cause: UUID, now: datetime) -> None:
    """The cause is gone, or tried anew."""
    _end(session, Incident.cause == cause, now)


def settle(session: Session, instance: Instance, tokens: Collection[int], now: datetime) -> None:
    """End the incidents of an instance at tokens that have gone on, and those whose job or external task is no more."""
    gone = (
        and_(Incident.kind == kind, ~exists().where(table.id == Incident.cause))
        for kind, table in ((FAILED_JOB, Job), (FAILED_EXTERNAL_TASK, ExternalTask))
    )
    session.flush()
    _end(session, and_(Incident.instance_id == instance.id, or_(Incident.token.in_(tokens), *gone)), now)
    still = exists().where(Incident.instance_id == instance.id, Incident.ended_at.is_(None))
    instance.troubled = bool(session.scalar(select(still)))


def _end(session: Session, which: Any, now: datetime) -> None:
    session.execute(
        update(Incident)
        .where(which, Incident.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


def read_values(instance: Instance, incident: Incident) -> dict[str, Any]:
    """The variables that a failed expression reads, as they are now where the instance stands; without those that are not
    there."""
    known = dict(instance.variables)
    if instance.state is not None and incident.token is not None:
        known = values.jsonable(engine.visible_variables(instance.state, incident.token, known))
    names = (incident.details or {}).get("variables", ())
    return {name: known[name] for name in names if name in known}
