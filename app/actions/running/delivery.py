"""Messages and signals on their way to those that wait for them, within one organisation."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.running import incidents, starting, waits
from app.actions.running.buffered import TRIES
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain, unpacked
from app.domain.models.model import EventKind, node_of
from app.errors import Conflict
from app.store import queries
from app.store.tables import EventSubscription, Instance, Message

AGAIN_AFTER = timedelta(seconds=30)
"""After the first failure; twice as long after each further one."""


def deliver(session: Session, message_id: UUID, now: datetime) -> None:
    """Hand a signal to all that wait for it, a message to the one that does; a message that nobody waits for stays.

    Raises Conflict where several could be meant, and what the receiving instance raises.
    """
    message = session.get(Message, message_id, with_for_update=True)
    if message is None or message.retries <= 0:
        return
    if message.kind == EventKind.SIGNAL:
        broadcast(session, message, now)
        session.delete(message)
    elif _hand_over(session, message, now):
        session.delete(message)


def failed(session: Session, message_id: UUID, error: Exception) -> None:
    """Note that a delivery has failed: it is tried again later, or stays undelivered until somebody mends it."""
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        return
    message.error, message.retries = incidents.said(error), message.retries - 1
    if message.retries > 0:
        queue.deliver(session, message.id, AGAIN_AFTER * 2 ** max(0, TRIES - 1 - message.retries))


def broadcast(session: Session, signal: Message, now: datetime, *, anywhere: bool = False) -> None:
    """Each receiver gets a job of its own: what goes wrong in one instance keeps the signal from no other.

    anywhere: in all organisations, as who stands outside of them may ask. The receivers stay as they are until the jobs
    are written: none is suspended, activated or moved on meanwhile.
    """
    receivers = (
        _waiting_for(signal, anywhere=anywhere)
        .with_for_update(read=True, of=[Instance, EventSubscription])
        .execution_options(populate_existing=True)
    )
    for wait, instance in session.execute(receivers).all():
        waits.await_signal(session, instance, wait, signal.variables, now, signal.chain + 1)
    for start in starting.starts(session, EventKind.SIGNAL, signal.name, signal.tenant_id, now, anywhere=anywhere):
        brought, key = unpacked(signal.variables), signal.business_key
        starting.begin_in_job(session, start, brought, key, now, tenant=signal.tenant_id, chain=signal.chain)


def _waiting_for(message: Message, *, anywhere: bool = False) -> Select[EventSubscription, Instance]:
    """What waits for it outside of the instance that has thrown it, where the engine has told it."""
    query = (
        select(EventSubscription, Instance)
        .select_from(Instance)  # locked before what it waits for, as by those who move it
        .join(EventSubscription, EventSubscription.instance_id == Instance.id)
        .where(
            EventSubscription.name == message.name,
            EventSubscription.kind == message.kind,
            Instance.id.is_distinct_from(message.thrown_by),
        )
        .order_by(EventSubscription.id)
    )
    return query if anywhere else query.where(EventSubscription.tenant_id.is_not_distinct_from(message.tenant_id))


def _hand_over(session: Session, message: Message, now: datetime) -> bool:
    """Whether there was somebody: an instance with the same business key, or the only one where the message has none; else
    a process that begins with it. One that is suspended gets it when it goes on."""
    waiting = _waiting_for(message)
    if message.business_key is not None:
        waiting = waiting.where(Instance.business_key == message.business_key)
    found = session.execute(waiting.limit(2)).all()
    if len(found) > 1:
        raise Conflict(f"two or more wait for message '{message.name}': none of them gets it")
    if not found:
        return _begun(session, message, now)
    wait, instance = found[0]
    locked = queries.locked_instance(session, instance.id)
    if locked is None or locked.suspended or session.get(EventSubscription, wait.id, populate_existing=True) is None:
        return False
    brought = unpacked(message.variables)
    act = Act(None, now, "Receive", element=node_of(wait.key), data=kept(brought))
    command = engine.Deliver(wait.token, wait.key, plain(brought))
    advance(session, Move(locked, command, act, typed=brought, chain=message.chain))
    return True


def _begun(session: Session, message: Message, now: datetime) -> bool:
    known = starting.message_starts(session, message.name, message.tenant_id)
    starts = starting.in_force(session, known, message.tenant_id, now)
    if len(starts) > 1:
        raise Conflict(f"two or more processes begin with message '{message.name}': none of them gets it")
    brought, key = unpacked(message.variables), message.business_key
    for start in starts:
        starting.begin(session, start, brought, key, now, tenant=message.tenant_id, chain=message.chain)
    return bool(starts)
