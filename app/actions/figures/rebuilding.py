"""The figures counted anew from the cases: what was written as they ran is written again, then all totals are added up.

What it finds is what was kept, unless somebody has changed the rows by hand or figures came to be kept while cases ran already.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.figures import keeping
from app.actions.terms.case_terms import Versions, calendar_held, versions_of
from app.domain.terms.calendar import WorkCalendar
from app.store import figures
from app.store.tables import CaseFigure, Instance, Task
from app.store.trees import members

BATCH = 200
"""Cases of one transaction."""


def rewrite_batch(session: Session, after: UUID | None) -> UUID | None:
    """Write the figures of the next cases and their steps anew; gives how far it came, None: there is no more."""
    roots = _batch(session, after)
    if not roots:
        return None
    held = _Calendars(session)
    rows = [_figures(session, root, held) for root in roots]
    written = insert(CaseFigure).values(rows)
    news = {name: written.excluded[name] for name in rows[0] if name != "id"}
    session.execute(written.on_conflict_do_update(index_elements=["id"], set_=news))
    _rewrite_steps(session, [root.id for root in roots], held)
    return roots[-1].id


def _batch(session: Session, after: UUID | None) -> Sequence[Instance]:
    """Locked: who moves one of them waits, and writes afterwards."""
    found = select(Instance).where(Instance.super_id.is_(None)).order_by(Instance.id).limit(BATCH)
    if after is not None:
        found = found.where(Instance.id > after)
    return session.scalars(found.with_for_update().execution_options(populate_existing=True)).all()


class _Calendars:
    """The calendars of organisations as they were, the versions of each asked for once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.versions: dict[str | None, Versions] = {}

    def at(self, tenant: str | None, moment: datetime) -> WorkCalendar:
        if tenant not in self.versions:
            self.versions[tenant] = versions_of(self.session, tenant)
        return calendar_held(self.session, tenant, self.versions[tenant], moment)


_EMPTY = dict.fromkeys(("ended_at", "ended_on", "outcome", "result", "ground", "in_time", "worked", "counted", "unit"))


def _figures(session: Session, root: Instance, held: _Calendars) -> dict[str, object]:
    known = {"id": root.id, **_EMPTY, **keeping.received(session, root)}
    if root.ended_at is None:
        return known | keeping.term(session, root)
    return known | keeping.ended(session, root, held.at(root.tenant_id, root.ended_at))


def _rewrite_steps(session: Session, roots: Sequence[UUID], held: _Calendars) -> None:
    tree = members(roots)
    done = (
        select(Task, Instance)
        .join(tree, tree.c.id == Task.instance_id)
        .join(Instance, Instance.id == tree.c.root)
        .where(Task.end_reason == "completed")
    )
    for task, root in session.execute(done).all():
        assert task.ended_at is not None
        keeping.complete(session, task, root, held.at(task.tenant_id, task.ended_at))
        task.service = root.definition_key
    session.flush()


def add_up(session: Session) -> int:
    """Count the totals anew; gives how many cases there are. See `store.figures.recount` for the transaction."""
    figures.recount(session)
    return session.scalar(select(func.count()).select_from(CaseFigure)) or 0
