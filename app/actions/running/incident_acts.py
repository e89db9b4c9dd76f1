"""Incidents as people see and end them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.running import incidents
from app.actions.running.moves import Act, record
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.errors import Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Incident, Instance


def incident_for(session: Session, actor: Actor, incident_id: UUID) -> Incident:
    """An open incident that the actor may see. Raises NotFound."""
    incident = session.get(Incident, incident_id)
    if incident is None or incident.ended_at is not None or not actor.belongs_to(incident.tenant_id):
        raise NotFound(f"No matching incident with id {incident_id}")
    return incident


def resolve(session: Session, actor: Actor, incident_id: UUID, now: datetime, *, annotation: str | None = None) -> None:
    """End the incident of a failed step. Raises NotFound, Forbidden, Invalid for one that ends with its cause alone.

    annotation: why, for history.
    """
    incident = incident_for(session, actor, incident_id)
    if not actor.administrator:
        raise Forbidden("only an administrator or a connected system resolves an incident")
    if incident.kind != incidents.FAILED_STEP:
        raise Invalid(f"Cannot resolve an incident of type {incident.kind}: set the retries of its cause")
    instance = queries.locked_instance(session, incident.instance_id)
    incident.ended_at = incident.ended_at or now
    if instance is not None:
        incidents.settle(session, instance, (), now)
        nodes = model_of(session, instance.definition_id).process.nodes
        element = incident.element if incident.element in nodes else None
        act = Act(actor.user_id, now, "ResolveIncident", element=element, annotation=annotation)
        session.add(record(instance.id, act))


def values_of(session: Session, actor: Actor, incident: Incident) -> Mapping[str, Any] | None:
    """The variables that the failed expression reads, as they are now; None for who may not see the case."""
    instance = session.get_one(Instance, incident.instance_id)
    root = session.get_one(Instance, instance.root_id)
    if not may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ()):
        return None
    return incidents.read_values(instance, incident)
