"""Instances that begin by themselves: with a message, a signal, or at a moment (BPMN 2.0.2, 10.5.2)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app import engine
from app.actions.running.progress import Act, Move, advance, new_instance
from app.actions.running.variables import kept
from app.domain.models.values import Variable
from app.errors import Conflict
from app.store import queries
from app.store.tables import Instance, StartEvent


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
