"""Hand messages to the instances that wait for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.running.progress import Act, Move, advance
from app.actions.running.variables import kept, plain
from app.domain.models.model import EventKind, node_of
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, Invalid
from app.store import queries
from app.store.tables import EventSubscription, Instance


@dataclass(frozen=True, slots=True)
class Delivered:
    """Who received a message: an instance, at one of its tokens."""

    instance: Instance
    token: int


def correlate(
    session: Session,
    actor: Actor,
    name: str,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    business_key: str | None = None,
    instance_id: UUID | None = None,
    tenant: str | None = None,
    without_tenant: bool = False,
    correlation: Mapping[str, Variable] | None = None,
) -> Delivered:
    """Deliver a message to the one place that waits for it.

    Raises Forbidden, Invalid when there is none or more than one, Conflict when it has stopped waiting meanwhile.
    """
    if not actor.administrator:
        raise Forbidden("only an administrator or a connected system sends messages")
    query = (
        select(EventSubscription)
        .join(Instance, Instance.id == EventSubscription.instance_id)
        .where(
            EventSubscription.name == name,
            EventSubscription.kind == EventKind.MESSAGE,
            Instance.suspended.is_(False),
        )
        .limit(2)
    )
    if business_key is not None:
        query = query.where(Instance.business_key == business_key)
    if instance_id is not None:
        query = query.where(Instance.id == instance_id)
    if tenant is not None:
        query = query.where(EventSubscription.tenant_id == tenant)
    if without_tenant:
        query = query.where(EventSubscription.tenant_id.is_(None))
    if correlation:
        query = query.where(Instance.variables.contains(kept(correlation)))
    wait = _the_only(session.scalars(query).all(), name)
    instance = queries.locked_instance(session, wait.instance_id)
    if instance is None or session.scalar(query.where(EventSubscription.id == wait.id)) is None:
        raise Conflict(f"the process instance no longer waits for message '{name}'")
    variables = files.take(session, instance.id, variables)
    act = Act(actor.user_id, now, "Correlate", element=node_of(wait.key), data=kept(variables))
    advance(session, Move(instance, engine.Deliver(wait.token, wait.key, plain(variables)), act, typed=variables))
    return Delivered(instance, wait.token)


def _the_only(waits: Sequence[EventSubscription], name: str) -> EventSubscription:
    if len(waits) == 1:
        return waits[0]
    found = "No process definition or execution matches the parameters" if not waits else "2 or more executions match"
    raise Invalid(f"Cannot correlate message '{name}': {found}")
