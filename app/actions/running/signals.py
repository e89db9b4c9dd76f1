"""Signals from outside, and events that are told to one execution."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import model_of
from app.actions.running import delivery
from app.actions.running.instances import may_read
from app.actions.running.messages import Brought, hand_over, require_system
from app.actions.running.moves import Act
from app.actions.running.throwing import written
from app.actions.running.variables import packed
from app.domain.models.model import EventKind, node_of
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Invalid, NotFound
from app.store import queries
from app.store.listing import token_of, uuid_of
from app.store.tables import EventSubscription, Instance


def broadcast(
    session: Session,
    actor: Actor,
    name: str,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    tenant: str | None = None,
    without_tenant: bool = False,
) -> None:
    """Tell a signal to all that wait for it in an organisation, or in all of them; each moves in a job of its own.

    Raises Forbidden.
    """
    require_system(actor)
    signal = written(EventKind.SIGNAL, name, packed(variables), now, tenant=tenant)
    delivery.broadcast(session, signal, now, anywhere=tenant is None and not without_tenant)


def signal_execution(
    session: Session, actor: Actor, execution: str, name: str, variables: Mapping[str, Variable], now: datetime
) -> None:
    """Tell a signal to one execution. Raises Forbidden, NotFound, Invalid if it waits for no such signal, Conflict."""
    _tell(session, actor, execution, EventKind.SIGNAL, name, variables, now)


def trigger_message(
    session: Session, actor: Actor, execution: str, name: str, variables: Mapping[str, Variable], now: datetime
) -> None:
    """Hand a message to one execution. Raises as `signal_execution`."""
    _tell(session, actor, execution, EventKind.MESSAGE, name, variables, now)


def trigger(session: Session, actor: Actor, execution: str, variables: Mapping[str, Variable], now: datetime) -> None:
    """Let an execution that waits at a receive task or a catching event go on. Raises as `signal_execution`."""
    instance, token = _locked(session, actor, execution)
    nodes = {}
    if instance.state is not None and token is not None:
        spec = model_of(session, instance.definition_id).spec
        nodes = {one.id: one.node for one in engine.tokens(spec, instance.state)}
    waits = session.scalars(
        select(EventSubscription)
        .where(EventSubscription.instance_id == instance.id, EventSubscription.token == token)
        .order_by(EventSubscription.key)
    )
    own = [wait for wait in waits if token is not None and node_of(wait.key) == nodes.get(token)]
    if not own:
        raise Invalid(f"Cannot signal execution {execution}: it waits at no receive task and at no catching event")
    act = Act(actor.user_id, now, "Signal", element=node_of(own[0].key))
    hand_over(session, instance, own[0], Brought(variables), act)


def subscription(session: Session, actor: Actor, execution: str, name: str) -> EventSubscription:
    """The message that an execution waits for. Raises NotFound."""
    instance, token = _found(session, actor, execution)
    wait = _waits(session, instance.id, token, EventKind.MESSAGE, name)
    if wait is None:
        raise NotFound(f"Message event subscription for execution {execution} named {name} does not exist")
    return wait


def _tell(
    session: Session,
    actor: Actor,
    execution: str,
    kind: EventKind,
    name: str,
    variables: Mapping[str, Variable],
    now: datetime,
) -> None:
    instance, token = _locked(session, actor, execution)
    wait = _waits(session, instance.id, token, kind, name)
    if wait is None:
        raise Invalid(f"Execution '{execution}' has not subscribed to a {kind} event with name '{name}'.")
    hand_over(
        session, instance, wait, Brought(variables), Act(actor.user_id, now, "Receive", element=node_of(wait.key))
    )


def _waits(
    session: Session, instance_id: UUID, token: int | None, kind: EventKind, name: str
) -> EventSubscription | None:
    """Of a whole instance, the oldest."""
    query = select(EventSubscription).where(
        EventSubscription.instance_id == instance_id, EventSubscription.kind == kind, EventSubscription.name == name
    )
    if token is not None:
        query = query.where(EventSubscription.token == token)
    return session.scalars(query.order_by(EventSubscription.id).limit(1)).first()


def _locked(session: Session, actor: Actor, execution: str) -> tuple[Instance, int | None]:
    require_system(actor)
    instance, token = _found(session, actor, execution)
    locked = queries.locked_instance(session, instance.id)
    if locked is None or locked.ended_at is not None:
        raise _unknown(execution)
    if locked.suspended:
        raise Invalid(f"Cannot execute operation because execution '{execution}' is suspended")
    return locked, token


def _found(session: Session, actor: Actor, execution: str) -> tuple[Instance, int | None]:
    """execution: `instance:token`, or the id of an instance for any of its places."""
    named = token_of(execution)
    whole = uuid_of(execution) if named is None else None
    instance_id, token = named or (whole, None)
    instance = None if instance_id is None else session.get(Instance, instance_id)
    if instance is None or not may_read(session, actor, instance):
        raise _unknown(execution)
    return instance, token


def _unknown(execution: str) -> NotFound:
    return NotFound(f"Execution with id {execution} does not exist")
