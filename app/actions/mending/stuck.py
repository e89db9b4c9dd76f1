"""What is stuck in one instance, and can be tried anew."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.running.incidents import FAILED_EXTERNAL_TASK, FAILED_JOB
from app.store.tables import Incident

KINDS = {FAILED_JOB: "job", FAILED_EXTERNAL_TASK: "external"}


@dataclass(frozen=True, slots=True)
class Stuck:
    """kind: job, external (task) or step; id: of the job or external task, of a step that of its incident."""

    kind: str
    id: UUID
    incident: Incident


def stuck_in(session: Session, instance_id: UUID) -> list[Stuck]:
    """By its open incidents, the first first."""
    session.flush()
    found = select(Incident).where(Incident.instance_id == instance_id, Incident.ended_at.is_(None))
    return [_stuck(one) for one in session.scalars(found.order_by(Incident.id))]


def _stuck(incident: Incident) -> Stuck:
    kind = KINDS.get(incident.kind)
    if kind is None or incident.cause is None:
        return Stuck("step", incident.id, incident)
    return Stuck(kind, incident.cause, incident)
