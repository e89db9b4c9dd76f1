"""The terms that a change of the calendar moves or has moved: counted by what they are of, and listed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from app.actions.cases.case_search import number_of, service_of
from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.models.naming import service_title, step_name
from app.actions.terms.calendar_pages import require_seen
from app.domain import refusals
from app.domain.models.model import node_of
from app.domain.people.access import Actor
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import Text
from app.domain.terms.term_moves import Move, MovedKind
from app.errors import NotFound
from app.store.tables import CalendarChange, Instance, TermMove


@dataclass(frozen=True, slots=True)
class Group:
    """Moves of one step, timer or term of the whole, of one service. name: of the step or timer, None of the whole.

    later, earlier: how many of them are over later or earlier than before. before, after: the first and the last of them.
    """

    kind: MovedKind
    process: str
    element: str | None
    service: Text
    name: Text | None
    total: int
    later: int
    earlier: int
    before: tuple[datetime, datetime]
    after: tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class MoveShown:
    """number: of the case. step: None of the whole; holder: by name."""

    kind: MovedKind
    root: UUID
    number: str
    service: Text
    step: Text | None
    holder: str | None
    task: UUID | None
    before: datetime
    after: datetime


def grouped(session: Session, moves: Sequence[Move]) -> list[Group]:
    """The largest first of each kind."""
    models = models_of(session, {one.definition_id for one in moves})
    together: dict[tuple[MovedKind, str, str], list[Move]] = defaultdict(list)
    for one in moves:
        together[one.kind, models[one.definition_id].process.id, one.element or ""].append(one)
    found = []
    for (kind, process, element), some in together.items():
        node = models[some[0].definition_id].node(node_of(element)) if element else None
        later = sum(one.after > one.before for one in some)
        found.append(
            Group(
                kind=kind,
                process=process,
                element=element or None,
                service=service_title(process) or Text(process, process, process),
                name=None if node is None else step_name(node),
                total=len(some),
                later=later,
                earlier=len(some) - later,
                before=(min(one.before for one in some), max(one.before for one in some)),
                after=(min(one.after for one in some), max(one.after for one in some)),
            )
        )
    order = list(MovedKind)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.total, one.process, one.element or ""))


def of_group(session: Session, moves: Sequence[Move], kind: str, process: str, element: str | None) -> list[Move]:
    """Those that a group counts."""
    models = models_of(session, {one.definition_id for one in moves})
    wanted = (kind, process, element)
    return [one for one in moves if (one.kind, models[one.definition_id].process.id, one.element) == wanted]


def holders(moves: Iterable[Move]) -> Counter[str]:
    """How many terms move of each who has tasks."""
    return Counter(one.holder for one in moves if one.holder is not None)


def shown(session: Session, moves: Sequence[Move]) -> list[MoveShown]:
    """With names and numbers, in three statements."""
    models = models_of(session, {one.definition_id for one in moves})
    wanted = select(Instance).where(Instance.id.in_({one.root for one in moves})).options(defer(Instance.state))
    cases = {one.id: one for one in session.scalars(wanted)}
    names = names_of(session, {one.holder for one in moves if one.holder is not None})
    return [
        MoveShown(
            kind=one.kind,
            root=one.root,
            number=number_of(cases[one.root]),
            service=service_of(cases[one.root]),
            step=None if one.element is None else step_name(models[one.definition_id].node(node_of(one.element))),
            holder=None if one.holder is None else names.get(one.holder, one.holder),
            task=one.id if one.kind is MovedKind.STEP else None,
            before=one.before,
            after=one.after,
        )
        for one in moves
    ]


def counts(session: Session, tenant: str, versions: Collection[int]) -> dict[int, int]:
    """How many terms these versions of a calendar moved."""
    found = (
        select(TermMove.version, func.count().label("total"))
        .where(TermMove.tenant_id == tenant, TermMove.version.in_(versions))
        .group_by(TermMove.version)
    )
    return {row.version: row.total for row in session.execute(found)} if versions else {}


def of_version(
    session: Session, actor: Actor, tenant: str, version: int, first: int, limit: int
) -> tuple[CalendarChange, list[MoveShown]]:
    """What a version moved, a page of it. Raises Forbidden, NotFound."""
    require_seen(actor, tenant)
    changed = session.get(CalendarChange, (tenant, version))
    if changed is None:
        raise refusals.of(NotFound, calendar_refusals.NO_VERSION, version=version)
    found = (
        select(TermMove)
        .where(TermMove.tenant_id == tenant, TermMove.version == version)
        .order_by(TermMove.id)
        .offset(first)
        .limit(limit)
    )
    return changed, shown(session, [_move(row) for row in session.scalars(found)])


def of_holder(
    session: Session, actor: Actor, change_id: UUID, first: int, limit: int
) -> tuple[CalendarChange, list[MoveShown]]:
    """What a change moved of the tasks that the person had, or those for whom he acts. Raises NotFound."""
    changed = session.scalar(select(CalendarChange).where(CalendarChange.id == change_id))
    if changed is None:
        raise refusals.of(NotFound, calendar_refusals.CHANGE_UNKNOWN)
    absent = [one.absent for one in actor.substitutions if one.tenant == changed.tenant_id]
    found = (
        select(TermMove)
        .where(
            TermMove.holder.in_([actor.user_id, *absent]),
            TermMove.tenant_id == changed.tenant_id,
            TermMove.version == changed.version,
        )
        .order_by(TermMove.id)
        .offset(first)
        .limit(limit)
    )
    rows = [_move(row) for row in session.scalars(found)]
    if not rows and not first:
        raise refusals.of(NotFound, calendar_refusals.CHANGE_UNKNOWN)
    return changed, shown(session, rows)


def change_for(session: Session, change_id: UUID, holder: str | None) -> tuple[CalendarChange, int]:
    """A change, and how many terms of a person's tasks it moved. Raises NotFound."""
    changed = session.scalar(select(CalendarChange).where(CalendarChange.id == change_id))
    if changed is None:
        raise refusals.of(NotFound, calendar_refusals.CHANGE_UNKNOWN)
    found = select(func.count()).where(
        TermMove.holder == holder, TermMove.tenant_id == changed.tenant_id, TermMove.version == changed.version
    )
    return changed, session.scalar(found) or 0


def _move(row: TermMove) -> Move:
    own = row.root_id if row.task_id is None else row.task_id
    place = (MovedKind(row.kind), row.root_id, row.root_id, own, row.definition_id, row.element)
    return Move(*place, row.holder, None, row.before, row.after)
