"""Sends messages to the outside, one a transaction that holds its row: nobody else sends it meanwhile.

What a receiver has got and the sender could not note, because it was killed just then, is sent again, under the same id.
"""

from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

import orjson
from sqlalchemy import Text, cast, delete, or_, select
from sqlalchemy.orm import Session

from app import mail, queue, webhook
from app.actions.notifying.letters import letter
from app.actions.notifying.needless import needless
from app.config import MailServer
from app.domain.outgoing import TRIES, Channel, State, signature
from app.errors import NotFound
from app.store.tables import Delivery, Organisation

LONGEST = 500
"""Characters that are kept of what went wrong."""
SENT_KEPT, FAILED_KEPT = timedelta(days=7), timedelta(days=90)
GRACE = timedelta(minutes=1)
BATCH = 1_000


def send(session: Session, delivery_id: UUID, server: MailServer | None, url: str, now: datetime) -> None:
    """Send a message that waits and is still needed, and note what came of it. url: where the pages begin."""
    found = select(Delivery).where(Delivery.id == delivery_id).with_for_update(skip_locked=True)
    delivery = session.scalars(found).first()
    if delivery is None or delivery.state != State.WAITING:
        return
    if needless(session, delivery):
        delivery.state, delivery.ended_at, delivery.due_at = State.NEEDLESS.value, now, None
        return
    try:
        _hand_over(session, delivery, server, url, now)
    except mail.NotTaken as error:
        fail(session, delivery, str(error), now, for_good=error.permanent)
    except NotFound as error:
        fail(session, delivery, error.message, now, for_good=True)
    except webhook.NotTaken as error:
        fail(session, delivery, str(error), now)
    else:
        delivery.state, delivery.tries = State.SENT.value, delivery.tries + 1
        delivery.ended_at, delivery.due_at, delivery.error = now, None, None


def _hand_over(session: Session, delivery: Delivery, server: MailServer | None, url: str, now: datetime) -> None:
    """Raises NotTaken of either kind, NotFound for what cannot be sent any more."""
    channel = Channel(delivery.channel)
    match channel:
        case Channel.MAIL:
            if server is None:
                raise mail.NotTaken("no mail server is set")
            mail.send(server, letter(session, delivery, url))
        case Channel.WEBHOOK:
            organisation = session.get(Organisation, delivery.tenant_id)
            if organisation is None or organisation.webhook_url is None or organisation.webhook_secret is None:
                raise NotFound("the organisation has no webhook any more")
            body = orjson.dumps({"id": str(delivery.id), **delivery.about})
            headers = {
                "Idempotency-Key": str(delivery.id),
                "Reglament-Event": delivery.event,
                "Reglament-Signature": signature(organisation.webhook_secret, body, now),
            }
            webhook.send(organisation.webhook_url, body, headers)
        case _:
            assert_never(channel)


def fail(session: Session, delivery: Delivery, why: str, now: datetime, *, for_good: bool = False) -> None:
    """Note that a try has failed: there is another one later, unless that was the last or none can do better."""
    delivery.tries, delivery.error = delivery.tries + 1, why[:LONGEST].replace("\0", "\ufffd")
    left = TRIES.tries - delivery.tries
    if left <= 0 or for_good:
        delivery.state, delivery.ended_at, delivery.due_at = State.FAILED.value, now, None
        return
    delivery.due_at = TRIES.next_try(left, now)
    queue.send_out(session, [delivery.id], delivery.due_at - now, delivery.tries)


def failed(session: Session, delivery_id: UUID, why: str, now: datetime) -> None:
    """The same of a message whose transaction has ended with an error."""
    delivery = session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is not None and delivery.state == State.WAITING:
        fail(session, delivery, why, now)


def wake_overdue(session: Session, now: datetime) -> int:
    """Have messages sent that should have been a minute ago and that nothing in the queue stands for; gives how many."""
    late = select(Delivery.id).where(
        Delivery.state == State.WAITING,
        Delivery.due_at < now - GRACE,
        cast(Delivery.id, Text).not_in(queue.going_out()),
    )
    found = session.scalars(late.limit(BATCH)).all()
    queue.send_out(session, found)
    return len(found)


def forget(session: Session, now: datetime) -> None:
    """Delete what was sent or needless a week ago, and what lies there for as long as notices are kept."""
    sent = Delivery.state.in_((State.SENT, State.NEEDLESS)) & (Delivery.ended_at < now - SENT_KEPT)
    lies = (Delivery.state == State.FAILED) & (Delivery.ended_at < now - FAILED_KEPT)
    session.execute(delete(Delivery).where(or_(sent, lies)))
