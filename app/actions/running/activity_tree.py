"""Where an instance stands, as the tree of its live activities."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import model_of
from app.actions.running.activities import BODY, type_of
from app.store.tables import Incident, Instance


@dataclass(frozen=True, slots=True)
class LiveActivity:
    """id: `instance:token`, that of the instance for the process itself; kind: as the REST dialect names it."""

    id: str
    parent: str | None
    element: str
    name: str | None
    kind: str
    children: list["LiveActivity"] = field(default_factory=list)
    incidents: list[tuple[UUID, str]] = field(default_factory=list)
    """(id, element) of those that are open here."""


def live_activities(session: Session, instance: Instance, process_name: str | None) -> LiveActivity:
    """The process with what is active inside it; called processes are instances of their own."""
    model = model_of(session, instance.definition_id)
    root = LiveActivity(str(instance.id), None, instance.definition_id, process_name, "processDefinition")
    by_token = {engine.PROCESS: root}
    for token in engine.tokens(model.spec, instance.state) if instance.state is not None else ():
        node, parent = model.node(token.node), by_token[token.parent]
        found = LiveActivity(
            activity_id(instance.id, token.id),
            parent.id,
            f"{node.id}{BODY}" if token.multi_instance_body else node.id,
            node.name,
            type_of(node, body=token.multi_instance_body),
        )
        parent.children.append(found)
        by_token[token.id] = found
    for incident in _open_incidents(session, instance) if instance.troubled else ():
        at = by_token.get(incident.token or engine.PROCESS, root)
        at.incidents.append((incident.id, incident.element or ""))
    return root


def _open_incidents(session: Session, instance: Instance) -> Sequence[Incident]:
    open_here = (Incident.instance_id == instance.id, Incident.ended_at.is_(None))
    return session.scalars(select(Incident).where(*open_here).order_by(Incident.id)).all()


def activity_id(instance_id: UUID, token: int) -> str:
    return f"{instance_id}:{token}"
