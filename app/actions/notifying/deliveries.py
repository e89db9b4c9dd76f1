"""Messages to the outside as administrators see them: what waits, what lies there, and having it tried again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from app import queue
from app.domain.outgoing import State
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, NotFound
from app.store.tables import Delivery


def listed(session: Session, actor: Actor, state: State | None, first: int, limit: int) -> Sequence[Delivery]:
    """A page of them, the newest first. Raises Forbidden."""
    _require_administrator(actor)
    found = select(Delivery).where(_in(state)).order_by(Delivery.id.desc())
    return session.scalars(found.offset(first).limit(limit)).all()


def total(session: Session, actor: Actor, state: State | None) -> int:
    """How many there are. Raises Forbidden."""
    _require_administrator(actor)
    return session.scalar(select(func.count()).select_from(Delivery).where(_in(state))) or 0


def retry(session: Session, actor: Actor, delivery_id: UUID, now: datetime) -> None:
    """Have one that lies there tried again, as often as a new one. Raises Forbidden, NotFound, Conflict."""
    _require_administrator(actor)
    found = session.get(Delivery, delivery_id, with_for_update=True)
    if found is None:
        raise NotFound(f"there is no notification {delivery_id}")
    if found.state != State.FAILED:
        raise Conflict(f"notification {delivery_id} is {found.state}: only a failed one is tried again")
    found.state, found.tries, found.due_at, found.ended_at = State.WAITING.value, 0, now, None
    queue.send_out(session, [found.id])


def _in(state: State | None) -> ColumnElement[bool]:
    return true() if state is None else Delivery.state == state.value


def _require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator sees what is sent to the outside")
