"""Instances that begin by themselves: with a message, a signal, or at a moment (BPMN 2.0.2, 10.5.2)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import model_of
from app.actions.running.progress import Act, Move, advance, new_instance
from app.actions.running.variables import kept
from app.domain.models.model import EventKind, Kind
from app.domain.models.values import Variable
from app.errors import Conflict
from app.store import queries
from app.store.tables import Definition, Instance, StartEvent


def begin(
    session: Session, start: StartEvent, variables: Mapping[str, Variable], business_key: str | None, now: datetime
) -> Instance:
    """Begin an instance at a start event that has happened. Raises Conflict if its definition is suspended."""
    definition = queries.held_definition(session, start.definition_id)
    if definition is None or definition.suspended:
        raise Conflict(f"process definition '{start.definition_id}' is suspended: it begins no instance")
    act = Act(None, now, "Create", element=start.key, data=kept(variables))
    instance = new_instance(
        definition, tenant=definition.tenant_id, business_key=business_key, variables=variables, act=act
    )
    session.add(instance)
    advance(session, Move(instance, engine.Start(start.key), act, typed=variables))
    return instance


def renew(session: Session, key: str, tenant: str | None) -> None:
    """Let the newest version of a process, and no other, begin by itself."""
    of_process = select(Definition.id).where(Definition.key == key, Definition.tenant_id.is_not_distinct_from(tenant))
    newest = queries.latest_definition(session, key, tenant)
    old = delete(StartEvent).where(StartEvent.definition_id.in_(of_process))
    if newest is None:
        session.execute(old)
        return
    session.execute(old.where(StartEvent.definition_id != newest.id))
    known = set(session.scalars(select(StartEvent.key).where(StartEvent.definition_id == newest.id)))
    for node in model_of(session, newest.id).process.children(None):
        for at, event in node.events() if node.kind is Kind.START_EVENT and node.id not in known else ():
            if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL):
                session.add(
                    StartEvent(
                        definition_id=newest.id, key=at, kind=event.kind, name=event.name, tenant_id=newest.tenant_id
                    )
                )
