"""Messages and signals on their way to those that wait for them, within one organisation."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.running import starting, waits
from app.actions.running.progress import Act, Move, advance
from app.actions.running.variables import kept, plain, unpacked
from app.domain.ids import new_id
from app.domain.models.model import EventKind, node_of
from app.errors import Conflict
from app.store import queries
from app.store.tables import EventSubscription, Instance, Job, Message, StartEvent

AGAIN_AFTER = timedelta(seconds=30)
"""After the first failure; twice as long after each further one."""
LONGEST = 2_000


def deliver(session: Session, message_id: UUID, now: datetime) -> None:
    """Hand a signal to all that wait for it, a message to the one that does; a message that nobody waits for stays.

    Raises Conflict where several could be meant, and what the receiving instance raises.
    """
    message = session.get(Message, message_id, with_for_update=True)
    if message is None or message.retries <= 0:
        return
    if message.kind == EventKind.SIGNAL:
        _broadcast(session, message, now)
        session.delete(message)
    elif _hand_over(session, message, now):
        session.delete(message)


def failed(session: Session, message_id: UUID, error: Exception) -> None:
    """Note that a delivery has failed: it is tried again later, or stays undelivered until somebody mends it."""
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        return
    message.error, message.retries = str(error)[:LONGEST], message.retries - 1
    if message.retries > 0:
        queue.deliver(session, message.id, AGAIN_AFTER * 2 ** max(0, 4 - message.retries))


def _broadcast(session: Session, message: Message, now: datetime) -> None:
    """Each receiver gets a job of its own: what goes wrong in one instance keeps the signal from no other."""
    for wait, instance in session.execute(_waiting_for(message)).all():
        session.add(
            Job(
                id=new_id(),
                instance_id=instance.id,
                created_at=now,
                due_at=now,
                token=wait.token,
                retries=waits.TRIES,
                priority=0,
                kind=waits.SIGNAL,
                key=wait.key,
                tenant_id=instance.tenant_id,
                definition_id=instance.definition_id,
                suspended=instance.suspended,
                payload=message.variables,
            )
        )
        queue.run_job(session, instance.id, now, now)
    for start in _starts(session, message):
        starting.begin(session, start, unpacked(message.variables), None, now)


def _waiting_for(message: Message) -> Select[EventSubscription, Instance]:
    """What waits for it outside of the instance that has thrown it, where the engine has told it."""
    return (
        select(EventSubscription, Instance)
        .join(Instance, Instance.id == EventSubscription.instance_id)
        .where(
            EventSubscription.name == message.name,
            EventSubscription.kind == message.kind,
            EventSubscription.tenant_id.is_not_distinct_from(message.tenant_id),
            Instance.id.is_distinct_from(message.thrown_by),
        )
        .order_by(EventSubscription.id)
    )


def _hand_over(session: Session, message: Message, now: datetime) -> bool:
    """Whether there was somebody: an instance with the same business key, or the only one where the message has none; else
    a process that begins with it."""
    waiting = _waiting_for(message)
    if message.business_key is not None:
        waiting = waiting.where(Instance.business_key == message.business_key)
    found = session.execute(waiting.limit(2)).all()
    if len(found) > 1:
        raise Conflict(f"two or more wait for message '{message.name}': none of them gets it")
    brought = unpacked(message.variables)
    if not found:
        starts = _starts(session, message)
        for start in starts:
            starting.begin(session, start, brought, message.business_key, now)
        return bool(starts)
    wait, instance = found[0]
    locked = queries.locked_instance(session, instance.id)
    if locked is None or locked.suspended or session.get(EventSubscription, wait.id, populate_existing=True) is None:
        return False
    act = Act(None, now, "Receive", element=node_of(wait.key), data=kept(brought))
    advance(session, Move(locked, engine.Deliver(wait.token, wait.key, plain(brought)), act, typed=brought))
    return True


def _starts(session: Session, message: Message) -> Sequence[StartEvent]:
    return session.scalars(
        select(StartEvent).where(
            StartEvent.name == message.name,
            StartEvent.kind == message.kind,
            StartEvent.tenant_id.is_not_distinct_from(message.tenant_id),
        )
    ).all()
