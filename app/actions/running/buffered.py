"""Messages that nobody has waited for yet: kept until somebody does, or until they are too old."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, cast, delete, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from app import queue
from app.domain.models.model import EventKind
from app.domain.people.access import Actor
from app.errors import Forbidden, NotFound
from app.store.tables import Definition, EventSubscription, Instance, Message, StartEvent

TRIES = 5
"""Of a delivery, before somebody has to mend what keeps it from its receiver."""
GRACE = timedelta(minutes=1)
BATCH = 1_000


def offer(session: Session, instance: Instance, names: Collection[str]) -> None:
    """An instance begins to wait for these messages: those that lie there for it are delivered."""
    if not names:
        return
    meant = or_(Message.business_key.is_(None), Message.business_key == instance.business_key)
    _deliver(session, Message.name.in_(names), Message.tenant_id.is_not_distinct_from(instance.tenant_id), meant)


def offer_again(session: Session, instance_ids: Sequence[UUID] = (), definition_ids: Sequence[str] = ()) -> None:
    """Instances and definitions were activated: the messages that lie there for them are delivered."""
    if instance_ids:
        _deliver(session, _awaited(Instance.id.in_(instance_ids)))
    if definition_ids:
        _deliver(session, _begins(StartEvent.definition_id.in_(definition_ids)))


def wake(session: Session, now: datetime) -> None:
    """Deliver what somebody waits for, and signals, where nothing in the queue stands for it any more."""
    left_alone = cast(Message.id, Text).not_in(queue.expected(queue.DELIVER_MESSAGE, "message_id"))
    wanted = or_(
        Message.kind == EventKind.SIGNAL,
        _awaited(Instance.suspended.is_(False)),
        _begins(Definition.suspended.is_(False)),
    )
    _deliver(session, Message.created_at < now - GRACE, left_alone, wanted, kinds=(EventKind.MESSAGE, EventKind.SIGNAL))


def _deliver(
    session: Session, *conditions: ColumnElement[bool], kinds: Sequence[EventKind] = (EventKind.MESSAGE,)
) -> None:
    """The oldest first."""
    found = select(Message.id).where(Message.kind.in_(kinds), Message.retries > 0, *conditions)
    for message_id in session.scalars(found.order_by(Message.id).limit(BATCH)):
        queue.deliver(session, message_id)


def _awaited(of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an instance for which this holds waits for a message, and is meant by it."""
    return (
        select(EventSubscription.id)
        .join(Instance, Instance.id == EventSubscription.instance_id)
        .where(
            of,
            EventSubscription.name == Message.name,
            EventSubscription.kind == Message.kind,
            EventSubscription.tenant_id.is_not_distinct_from(Message.tenant_id),
            or_(Message.business_key.is_(None), Message.business_key == Instance.business_key),
            Instance.id.is_distinct_from(Message.thrown_by),
        )
        .exists()
    )


def _begins(of: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a definition for which this holds begins with a message."""
    return (
        select(StartEvent.id)
        .join(Definition, Definition.id == StartEvent.definition_id)
        .where(of, StartEvent.name == Message.name, StartEvent.kind == Message.kind, begins_for(Message.tenant_id))
        .exists()
    )


def begins_for(tenant: InstrumentedAttribute[str | None] | str | None) -> ColumnElement[bool]:
    """Whether a start event is one of an organisation: its own or, where it has no such process, of one common to all."""
    starting, own = aliased(Definition), aliased(Definition)
    its_own = StartEvent.tenant_id.is_not_distinct_from(tenant)
    has_own = (
        select(own.id)
        .join(starting, starting.key == own.key)
        .where(starting.id == StartEvent.definition_id, own.tenant_id.is_not_distinct_from(tenant))
        .correlate(StartEvent, Message)
        .exists()
    )
    return or_(its_own, StartEvent.tenant_id.is_(None) & ~has_own)


def expire(session: Session, before: datetime) -> int:
    """Give up what is older than this moment; gives how many that were."""
    return len(session.scalars(delete(Message).where(Message.created_at < before).returning(Message.id)).all())


def retry(session: Session, actor: Actor, message_id: UUID) -> None:
    """Try to deliver a message anew, whatever kept it from its receiver. Raises Forbidden, NotFound."""
    message = _message(session, actor, message_id)
    message.retries, message.error, message.chain = TRIES, None, 0
    queue.deliver(session, message.id)


def discard(session: Session, actor: Actor, message_id: UUID) -> None:
    """Give a message up. Raises Forbidden, NotFound."""
    session.delete(_message(session, actor, message_id))


def _message(session: Session, actor: Actor, message_id: UUID) -> Message:
    require_administrator(actor)
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFound(f"Message with id {message_id} does not exist")
    return message


def require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator sees to messages that were not delivered")
