"""Cases that have ended are removed when the time that their definition gives them is over, with all that belongs to them.

Nothing goes of a definition that gives no time, nor what is still needed:
- a case whose result is in force, so that the register can show it: `validUntil` is ahead, cannot be read, or is missing
  though a document was issued that is no refusal;
- a case of which an open complaint complains, or a complaint of which one does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, not_, or_, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.actions.cases.case_search import RESULT
from app.actions.cases.finding import RESULT_NUMBER
from app.domain.figures.outcomes import REFUSALS
from app.domain.models.retention import LONGEST_DAYS
from app.domain.people.access import Actor
from app.domain.terms.calendar import ONE_DAY
from app.errors import Forbidden, Invalid
from app.store.tables import Comment, Definition, Document, History, Instance, Removal, Task
from app.store.trees import members

BATCH = 200
"""Cases of one transaction."""
VALID_UNTIL = "validUntil"
Place = tuple[datetime, UUID]
"""When a case began, and its id: how far a definition has been cleaned up."""

_COMPLAINED_OF: ColumnElement[bool] = text("""EXISTS (
WITH RECURSIVE about AS (
    SELECT instance.id
  UNION
    SELECT complaint.id FROM about JOIN instance AS complaint
    ON complaint.variables @> jsonb_build_object('complainedCaseId', CAST(about.id AS text))
)
SELECT FROM about JOIN instance AS complaint ON complaint.id = about.id WHERE complaint.ended_at IS NULL
)""")  # type: ignore[assignment]
"""`cases.case_related.COMPLAINED_OF`."""

_BELONGING: Mapping[str, InstrumentedAttribute[Any]] = {
    "tasks": Task.instance_id,
    "operations": History.instance_id,
    "documents": Document.instance_id,
    "comments": Comment.instance_id,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """Of a definition with a time to live: how many cases of it would go now, and how many stay because they are needed."""

    definition: Definition
    due: int
    needed: int


def _needed(now: datetime) -> ColumnElement[bool]:
    """Whether a case that has ended stays. Days are compared as texts: the kept ones are in UTC, so a day more is given."""
    until, kept = Instance.variables[VALID_UNTIL].astext, Instance.variables
    readable = until.regexp_match(r"^\d{4}-\d\d-\d\d")
    ahead = func.left(until, 10) >= (now - ONE_DAY).strftime("%Y-%m-%d")
    issued = and_(kept[RESULT_NUMBER].astext.is_not(None), func.coalesce(kept[RESULT].astext, "").not_in(REFUSALS))
    return or_(case((until.is_not(None), or_(not_(readable), ahead)), else_=issued), _COMPLAINED_OF)


def kept_for_a_time(session: Session) -> Sequence[Definition]:
    """The definitions whose cases do not stay for ever."""
    found = select(Definition).where(Definition.time_to_live.is_not(None))
    return session.scalars(found.order_by(Definition.tenant_id, Definition.key, Definition.version)).all()


def planned(session: Session, actor: Actor, now: datetime) -> list[Planned]:
    """What the clean-up would do now, by definition. Raises Forbidden."""
    _require_administrator(actor)
    needed = _needed(now)
    over = Instance.ended_at < now - func.make_interval(0, 0, 0, Definition.time_to_live)
    counted = (
        select(Definition.id, func.count().filter(~needed).label("due"), func.count().filter(needed).label("needed"))
        .join(Instance, Instance.definition_id == Definition.id)
        .where(Definition.time_to_live.is_not(None), Instance.super_id.is_(None), over)
        .group_by(Definition.id)
    )
    counts = {row.id: (row.due, row.needed) for row in session.execute(counted)}
    return [Planned(one, *counts.get(one.id, (0, 0))) for one in kept_for_a_time(session)]


def removed(session: Session, actor: Actor, first: int, limit: int) -> Sequence[Removal]:
    """What the clean-up has removed, by run and definition, the last first. Raises Forbidden."""
    _require_administrator(actor)
    found = select(Removal).order_by(Removal.at.desc(), Removal.definition_id)
    return session.scalars(found.offset(first).limit(limit)).all()


def set_time_to_live(session: Session, actor: Actor, definition: Definition, days: int | None) -> None:
    """For how many days the cases of a definition stay once they have ended; None: for ever. Raises Forbidden, Invalid."""
    _require_administrator(actor)
    if days is not None and not 0 <= days <= LONGEST_DAYS:
        raise Invalid(f"historyTimeToLive must be null or a number of days from 0 to {LONGEST_DAYS}, not {days}")
    definition.time_to_live = days
    session.flush()


def clean_up(session: Session, definition_id: str, after: Place | None, run: datetime) -> Place | None:
    """Remove a batch of cases of a definition that are beyond `after`, the oldest first; gives how far it came.

    run: when the run began (aware), by which terms are over and its batches are counted together. None: there is no more.
    Whether they are needed is asked again once they are locked: a complaint of one may have begun just before, and one that
    finds it now waits.
    """
    definition = session.get(Definition, definition_id, with_for_update={"read": True, "key_share": True})
    if definition is None or definition.time_to_live is None:
        return None
    over = run - timedelta(days=definition.time_to_live)
    found = (
        select(Instance.started_at, Instance.id)
        .where(
            Instance.definition_id == definition.id,
            Instance.super_id.is_(None),
            Instance.started_at < over,
            Instance.ended_at < over,
            ~_needed(run),
            *(() if after is None else (tuple_(Instance.started_at, Instance.id) > tuple_(*after),)),
        )
        .order_by(Instance.started_at, Instance.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(found).all()
    if not rows:
        return None
    free = select(Instance.id, Instance.ended_at).where(Instance.id.in_([row.id for row in rows]), ~_needed(run))
    _remove(session, definition, {row.id: row.ended_at for row in session.execute(free)}, run)
    return rows[-1].started_at, rows[-1].id


def _remove(session: Session, definition: Definition, cases: dict[UUID, datetime], run: datetime) -> None:
    """Remove these cases with what they have called, unless something of it still runs; what belongs to an instance goes
    with its row."""
    tree = members(list(cases))
    rows = session.execute(select(tree.c.root, Instance.id, Instance.ended_at).join(Instance, Instance.id == tree.c.id))
    found = rows.all()
    running = {row.root for row in found if row.ended_at is None}
    instances = [row.id for row in found if row.root not in running]
    ended = [at for root, at in cases.items() if root not in running]
    if not ended:
        return
    of_them: Mapping[str, type[Task | History | Document | Comment]] = {
        "tasks": Task,
        "operations": History,
        "documents": Document,
        "comments": Comment,
    }
    counts = {name: _number(session, table.instance_id.in_(instances)) for name, table in of_them.items()}
    session.execute(delete(Instance).where(Instance.id.in_(instances)).execution_options(synchronize_session=False))
    _count(session, definition, run, max(ended), {"cases": len(ended), "instances": len(instances), **counts})


def _number(session: Session, belongs: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(belongs)) or 0


def _count(session: Session, definition: Definition, run: datetime, until: datetime, counts: dict[str, int]) -> None:
    row = insert(Removal).values(
        at=run,
        until=until,
        definition_id=definition.id,
        definition_key=definition.key,
        tenant_id=definition.tenant_id,
        **counts,
    )
    more = {name: getattr(Removal, name) + row.excluded[name] for name in counts}
    latest = {"until": func.greatest(Removal.until, row.excluded.until)}
    session.execute(row.on_conflict_do_update(index_elements=["at", "definition_id"], set_={**more, **latest}))


def _require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator sees and settles what is removed")
