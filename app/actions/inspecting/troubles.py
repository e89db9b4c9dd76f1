"""The incidents of an instance, with all that is known of why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.inspecting.subjects import Subject
from app.actions.running import incidents
from app.domain.terms.calendar import Text
from app.store.tables import ExternalTask, Incident, Job


@dataclass(frozen=True, slots=True)
class Trouble:
    """at: where it stands because of it; trace: what is known of where it went wrong; read: the variables that the failed
    expression reads, as they are now; retries: how many tries its cause has left, None: it has none."""

    incident: Incident
    at: Text | None
    trace: str
    read: Mapping[str, Any]
    retries: int | None


def troubles(session: Session, seen: Subject, first: int, limit: int) -> list[Trouble]:
    """Those that are open first, then the last first."""
    found: Sequence[Incident] = session.scalars(
        select(Incident)
        .where(Incident.instance_id == seen.instance.id)
        .order_by(Incident.ended_at.is_not(None), Incident.created_at.desc(), Incident.id.desc())
        .offset(first)
        .limit(limit)
    ).all()
    causes = [one.cause for one in found if one.cause is not None and one.ended_at is None]
    jobs: dict[Any, Job] = {}
    workers: dict[Any, ExternalTask] = {}
    if causes:
        jobs = {one.id: one for one in session.scalars(select(Job).where(Job.id.in_(causes)))}
        workers = {one.id: one for one in session.scalars(select(ExternalTask).where(ExternalTask.id.in_(causes)))}
    return [_trouble(seen, one, jobs.get(one.cause), workers.get(one.cause)) for one in found]


def _trouble(seen: Subject, incident: Incident, job: Job | None, worker: ExternalTask | None) -> Trouble:
    cause = job or worker
    is_open = incident.ended_at is None
    return Trouble(
        incident=incident,
        at=None if incident.element is None else seen.element(incident.element),
        trace=trace(incident.message, worker.error_details if worker else None, incident.details),
        read=incidents.read_values(seen.instance, incident) if is_open else {},
        retries=None if cause is None else cause.retries,
    )


def trace(message: str, told: str | None, details: Mapping[str, Any] | None) -> str:
    """The message, what a worker told of it, then what is known of the place."""
    known = orjson.dumps(details, option=orjson.OPT_INDENT_2).decode() if details else None
    return "\n".join(filter(None, (message, told, known)))
