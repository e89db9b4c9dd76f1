"""Messages and signals that instances throw: written down with the step that throws them, delivered by a job."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import queue
from app.actions.running.buffered import TRIES
from app.actions.running.chains import endless
from app.actions.running.variables import packed
from app.domain.ids import new_id
from app.domain.models.model import EventKind
from app.domain.models.values import Variable, infer
from app.engine import Thrown
from app.store.tables import Instance, Message


def throw(session: Session, instance: Instance, thrown: Sequence[Thrown], now: datetime, chain: int) -> None:
    """Have what was thrown handed to those of the same organisation that wait for it; escalations stay in the case.

    A message is for the business key that the model gives it, else for that of the instance. One with which the chain is too
    long stays undelivered.
    """
    for one in thrown:
        if one.kind is not EventKind.ESCALATION:
            brought = packed({name: Variable(value, infer(value)) for name, value in one.variables.items()})
            key = one.business_key or (instance.business_key if one.kind is EventKind.MESSAGE else None)
            message = written(
                one.kind,
                one.name or "",
                brought,
                now,
                tenant=instance.tenant_id,
                business_key=key,
                thrown_by=instance,
                chain=chain,
            )
            session.add(message)
            if (why := endless(session, chain)) is None:
                queue.deliver(session, message.id)
            else:
                message.retries, message.error = 0, str(why)


def written(
    kind: EventKind,
    name: str,
    brought: Mapping[str, Any],
    now: datetime,
    *,
    tenant: str | None,
    business_key: str | None = None,
    thrown_by: Instance | None = None,
    chain: int = 0,
) -> Message:
    """A message or a signal as a row, to be added or to be delivered at once. brought: variables as `packed` gives them."""
    return Message(
        id=new_id(),
        thrown_by=None if thrown_by is None else thrown_by.id,
        created_at=now,
        retries=TRIES,
        chain=chain,
        kind=kind,
        name=name,
        tenant_id=tenant,
        business_key=business_key,
        variables=dict(brought),
    )
