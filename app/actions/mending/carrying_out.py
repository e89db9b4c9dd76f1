"""What becomes of each item of a batch: it is done, or it is said why not. One item, one transaction."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.actions.mending.acts import Call, Change
from app.actions.mending.batches import tell
from app.actions.mending.kinds import KINDS
from app.actions.people.people import actor_of
from app.actions.running import failures
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.refusals import batch_refusals as because
from app.domain.terms.calendar import LANGUAGES
from app.engine import StepFailed
from app.errors import AppError, Conflict, Forbidden, NotFound
from app.store.batch_lists import CHANGED, DONE, REFUSED, next_item
from app.store.tables import Batch, BatchItem

log = logging.getLogger(__name__)
CROSSED, HELD = {"40001", "40P01"}, "55P03"
"""Serialization failure and deadlock, which are tried anew; a lock that others have held for too long: as SQL says it."""
TRIES = 3


def carry_out_next(session: Session, batch_id: UUID, now: datetime) -> bool:
    """Do to the next item what was asked, and write down what became of it; False: there is none that could be taken.

    The item is locked until the transaction ends: it is done and said to be done, or neither.
    """
    batch = session.get(Batch, batch_id, populate_existing=True)
    if batch is None or batch.suspended or batch.ended_at is not None:
        return False
    item = session.scalars(next_item(batch_id)).first()
    if item is None:
        return False
    item.at = now
    try:
        item.change = _tried(Call(session, _maker(session, batch), batch.reason, now), batch, item.subject)
        item.state = DONE
    except AppError as error:
        item.state = CHANGED if isinstance(error, Conflict | NotFound) else REFUSED
        item.why = _in_words(error)
        if isinstance(error, StepFailed):
            failures.note(session, error, now)
    session.flush()
    _count(session, batch, item, now)
    return True


def _maker(session: Session, batch: Batch) -> Actor:
    """Who has asked for it, with the rights that he has now. Raises Forbidden."""
    try:
        maker = actor_of(session, batch.user_id)
    except NotFound as error:
        raise refusals.of(Forbidden, because.MAKER_GONE, user=batch.user_id) from error
    require_administrator(maker)
    return maker


def _tried(call: Call, batch: Batch, subject: UUID) -> Change:
    """In a savepoint. Raises AppError, also for what nobody has foreseen; what goes wrong with the database itself."""
    doing = KINDS[batch.kind](batch.asked)
    for left in reversed(range(TRIES)):
        try:
            with call.session.begin_nested():
                return doing(call, subject)
        except AppError:
            raise
        except OperationalError as error:
            state = getattr(error.orig, "sqlstate", None)
            if state not in (*CROSSED, HELD):
                raise
            if state == HELD or not left:
                raise refusals.of(Conflict, refusals.HELD_BY_OTHERS) from error
        except Exception as error:
            log.exception("batch %s, %s", batch.id, subject)
            raise refusals.of(AppError, because.UNFORESEEN) from error
    raise AssertionError("unreachable")


def _in_words(error: AppError) -> dict[str, Any]:
    return {lang: error.words.get(lang, error.message) for lang in LANGUAGES}


def _count(session: Session, batch: Batch, item: BatchItem, now: datetime) -> None:
    """Last of all: others who are at this batch wait for it."""
    is_done = int(item.state == DONE)
    over = Batch.done + is_done == Batch.total
    counted = (
        update(Batch)
        .where(Batch.id == batch.id)
        .values(
            done=Batch.done + is_done,
            refused=Batch.refused + 1 - is_done,
            begun_at=func.coalesce(Batch.begun_at, now),
            ended_at=case((over, now), else_=Batch.ended_at),
        )
    )
    session.execute(counted.execution_options(synchronize_session=False))
    tell(session, batch)
