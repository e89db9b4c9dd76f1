"""What is asked of many: made, held up, stopped, tried again. What becomes of each is `carrying_out`'s."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, Text, Uuid, cast, column, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app import queue
from app.actions.mending.acts import Call
from app.actions.mending.checks import require_possible
from app.actions.mending.kinds import Asked
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.refusals import batch_refusals as why
from app.errors import Conflict, Invalid, NotFound
from app.store import changes
from app.store.batch_lists import NOT_DONE, STOPPED, WAITING
from app.store.tables import Batch, BatchItem, ExternalTask, Job

MOST = 100_000
"""Items of a batch."""

Chosen = Select[UUID, UUID | None]
"""(subject, instance_id) of each of those that something is done to, in order."""


def named(ids: Sequence[UUID], table: type[Job] | type[ExternalTask] | None = None) -> Chosen:
    """By their ids, each once, also those that there are not: of these it is said at the end. table: of which they are;
    instances, if of none."""
    given = literal(list(dict.fromkeys(ids)), ARRAY(Uuid))
    each = func.unnest(given).table_valued(column("id", Uuid), with_ordinality="place").render_derived()
    if table is None:
        return select(each.c.id.label("subject"), each.c.id.label("instance_id")).order_by(each.c.place)
    subjects = select(each.c.id.label("subject"), table.instance_id)
    return subjects.outerjoin(table, table.id == each.c.id).order_by(each.c.place)


def ask(call: Call, kind: str, asked: Asked, chosen: Chosen, batch_id: UUID | None = None) -> Batch:
    """Have something done to all of these, as they are found now. batch_id: what the batch will be called; asked for twice,
    it is the one that there is. Raises Forbidden, Invalid for none and too many, and as `checks.require_possible`."""
    session = call.session
    require_administrator(call.actor)
    if batch_id is not None:
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(batch_id), 0))))
        if (made := session.get(Batch, batch_id)) is not None:
            return made
    require_possible(call, kind, asked, chosen)
    batch = Batch(
        id=batch_id or new_id(),
        created_at=call.now,
        total=0,
        user_id=call.actor.user_id,
        kind=kind,
        reason=call.reason,
        asked=dict(asked),
    )
    session.add(batch)
    session.flush()
    batch.total = _write_items(session, batch.id, chosen)
    queue.carry_out(session, batch.id)
    tell(session, batch)
    return batch


def _write_items(session: Session, batch_id: UUID, chosen: Chosen) -> int:
    found = chosen.limit(MOST + 1).subquery()
    subject, instance_id = found.c
    numbered = select(literal(batch_id), func.row_number().over(), subject, instance_id)
    written = insert(BatchItem).from_select(["batch_id", "number", "subject", "instance_id"], numbered)
    rows = written.returning(literal(1)).cte("written")
    total = session.scalar(select(func.count()).select_from(rows)) or 0
    if not total:
        raise refusals.of(Invalid, why.NOBODY_CHOSEN)
    if total > MOST:
        raise refusals.of(Invalid, why.TOO_MANY, limit=MOST)
    return total


def batch_for(session: Session, actor: Actor, batch_id: UUID) -> Batch:
    """A batch that the actor may see. Raises NotFound: to all but administrators there is none."""
    batch = session.get(Batch, batch_id) if actor.administrator else None
    if batch is None:
        raise refusals.of(NotFound, why.NO_SUCH_BATCH, id=batch_id)
    return batch


def suspend(session: Session, actor: Actor, batch_id: UUID, suspended: bool, now: datetime) -> Batch:
    """Take nothing more of it for the time being, or go on. Raises NotFound, Conflict for one that has ended."""
    batch = _open(session, actor, batch_id)
    if batch.suspended != suspended:
        batch.suspended = suspended
        _note(batch, actor, now, "suspended" if suspended else "resumed")
        if not suspended:
            queue.carry_out(session, batch_id)
        tell(session, batch)
    return batch


def stop(session: Session, actor: Actor, batch_id: UUID, now: datetime) -> Batch:
    """Do nothing more of it: what waits stays as it is. Raises as `suspend`."""
    batch = batch_for(session, actor, batch_id)
    # the items first, as those who are at one lock them
    left = update(BatchItem).where(BatchItem.batch_id == batch_id, BatchItem.state == WAITING)
    session.execute(left.values(state=STOPPED, at=now).execution_options(synchronize_session=False))
    batch = _open(session, actor, batch_id)
    batch.ended_at = now
    _note(batch, actor, now, "stopped")
    tell(session, batch)
    return batch


def retry(session: Session, actor: Actor, batch_id: UUID, now: datetime) -> Batch:
    """Try again what was refused. Raises NotFound, Conflict where nothing was."""
    batch_for(session, actor, batch_id)
    again = update(BatchItem).where(BatchItem.batch_id == batch_id, BatchItem.state.in_(NOT_DONE))
    again = again.values(state=WAITING, at=None, why=None, change=None).returning(literal(1))
    found = session.scalar(select(func.count()).select_from(again.cte("again"))) or 0
    batch = _locked(session, batch_id)
    if not found or batch is None:
        raise refusals.of(Conflict, why.NOTHING_REFUSED, id=batch_id)
    batch.refused -= found
    batch.ended_at = None
    _note(batch, actor, now, "retried")
    queue.carry_out(session, batch_id)
    tell(session, batch)
    return batch


def remove(session: Session, actor: Actor, batch_id: UUID) -> None:
    """Forget one that has ended; what was done stays in the history of each instance. Raises NotFound, Conflict."""
    if batch_for(session, actor, batch_id).ended_at is None:
        raise refusals.of(Conflict, why.BATCH_RUNS, id=batch_id)
    session.execute(delete(Batch).where(Batch.id == batch_id))


def wake(session: Session) -> None:
    """Have those worked on that wait and for which nothing stands in the queue."""
    standing = queue.expected(queue.CARRY_OUT, "batch_id").subquery()
    lost = select(Batch.id).where(
        Batch.ended_at.is_(None),
        Batch.suspended.is_(False),
        Batch.done + Batch.refused < Batch.total,
        cast(Batch.id, Text).not_in(select(standing.c.id)),
    )
    for batch_id in session.scalars(lost):
        queue.carry_out(session, batch_id)


def tell(session: Session, batch: Batch) -> None:
    """Let the open pages of administrators see that it has moved."""
    changes.note_people(session, [batch.user_id], None)


def _open(session: Session, actor: Actor, batch_id: UUID) -> Batch:
    batch_for(session, actor, batch_id)
    batch = _locked(session, batch_id)
    if batch is None or batch.ended_at is not None:
        raise refusals.of(Conflict, why.BATCH_ENDED, id=batch_id)
    return batch


def _locked(session: Session, batch_id: UUID) -> Batch | None:
    return session.get(Batch, batch_id, with_for_update=True, populate_existing=True)


def _note(batch: Batch, actor: Actor, now: datetime, what: str) -> None:
    batch.acts = [*batch.acts, [now.isoformat(), actor.user_id, what]]
