"""What begins a process by itself: the start events of its newest version that wait for something."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.domain.models.model import EventKind, Kind
from app.store import queries
from app.store.tables import Definition, StartEvent


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
        begins = node.kind is Kind.START_EVENT or node.instantiate
        for at, event in node.events() if begins and node.id not in known else ():
            if event.kind in (EventKind.MESSAGE, EventKind.SIGNAL):
                session.add(
                    StartEvent(
                        definition_id=newest.id, key=at, kind=event.kind, name=event.name, tenant_id=newest.tenant_id
                    )
                )
