"""The lists behind the figures: the cases and the steps that a number counts, a page at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select, tuple_
from sqlalchemy.orm import aliased, defer

from app.domain.figures.outcomes import DONE, GONE, Outcome
from app.domain.figures.periods import ONE_DAY, Span
from app.store.figures import whose
from app.store.session import planned_by_values
from app.store.tables import CaseFigure, Definition, Instance, Task

Condition = ColumnElement[bool]
ENDED: Mapping[str, Condition] = {
    "ended": CaseFigure.outcome.is_not(None),
    "done": CaseFigure.outcome.in_(DONE),
    "in-time": and_(CaseFigure.outcome.in_(DONE), CaseFigure.in_time.is_(True)),
    "late": CaseFigure.in_time.is_(False),
    "without-term": and_(CaseFigure.outcome.in_(DONE), CaseFigure.in_time.is_(None)),
    "gone": CaseFigure.outcome.in_(GONE),
    **{one.value: CaseFigure.outcome == one.value for one in Outcome},
}
"""Of cases that ended in a span, by the word that the address has for them."""
OPEN: Mapping[str, Callable[[datetime], Condition]] = {
    "open": lambda _: CaseFigure.ended_at.is_(None),
    "open-in-time": lambda now: not_(_over(now)),
    "open-late": lambda now: _over(now),
    "open-without-term": lambda _: CaseFigure.due_at.is_(None),
}
"""Of cases that are open, whenever they came in."""
RECEIVED = "received"
OF_STEPS: Mapping[str, Condition] = {
    "completed": Task.end_reason == "completed",
    "in-time": or_(Task.ended_at <= Task.due_at, Task.stands_since < Task.due_at),
    "late": and_(Task.ended_at > Task.due_at, not_(func.coalesce(Task.stands_since < Task.due_at, False))),
    "without-term": Task.due_at.is_(None),
}
"""Of steps that were completed in a span."""


def _over(now: datetime) -> Condition:
    return CaseFigure.due_at <= func.least(now, CaseFigure.stands_since)


@dataclass(frozen=True, slots=True)
class Listed:
    """Which cases: of a word of the above; of organisations, None: all; of a service; refused on a ground, "": told in the
    text alone, None: on any."""

    which: str
    span: Span
    tenants: Sequence[str] | None
    service: str | None = None
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: a day and an id."""

    day: date
    id: UUID


def cases(listed: Listed, now: datetime, after: Place | None, limit: int) -> Select[Any]:
    """(figures, the case, None if it was removed) of those beyond a place: the newest first; of the open, the oldest."""
    found = (
        select(CaseFigure, Instance).outerjoin(Instance, Instance.id == CaseFigure.id).options(defer(Instance.state))
    )
    found = found.where(whose(CaseFigure.tenant_id, listed.tenants))
    if listed.service is not None:
        found = found.where(CaseFigure.service == listed.service)
    if listed.ground is not None:
        found = found.where(CaseFigure.ground == listed.ground if listed.ground else CaseFigure.ground.is_(None))
    if listed.which in OPEN:
        found = found.where(CaseFigure.ended_at.is_(None), OPEN[listed.which](now))
        return _page(found, CaseFigure.received_on, CaseFigure.id, after, limit, newest=False)
    day: Any = CaseFigure.received_on if listed.which == RECEIVED else CaseFigure.ended_on
    found = found.where(day.between(listed.span.first, listed.span.last))
    if listed.which != RECEIVED:
        found = found.where(CaseFigure.ended_at.is_not(None), ENDED[listed.which])
    return _page(found, day, CaseFigure.id, after, limit, newest=True)


@dataclass(frozen=True, slots=True)
class ListedSteps:
    """Which steps: of a word of OF_STEPS, at a place of a process, in the cases of a service, None: of any."""

    which: str
    process: str
    element: str
    span: Span
    tenants: Sequence[str] | None
    service: str | None = None


def steps(listed: ListedSteps, after: tuple[datetime, UUID] | None, limit: int) -> Select[Any]:
    """(task, its case) of those beyond a place, the newest first."""
    versions = select(Definition.id).where(Definition.key == listed.process)
    inside = aliased(Instance)
    found: Any
    begins, ends = (datetime.combine(day, time(), UTC) for day in (listed.span.first, listed.span.last))
    found = (
        select(Task, Instance)
        .join(inside, inside.id == Task.instance_id)
        .join(Instance, Instance.id == inside.root_id)
        .options(defer(Instance.state))
        .where(Task.definition_id.in_(versions), Task.element == listed.element, Task.end_reason == "completed")
        .where(Task.ended_at.between(begins - ONE_DAY, ends + 2 * ONE_DAY))  # whatever the zone
        .where(func.local_day(Task.tenant_id, Task.ended_at).between(listed.span.first, listed.span.last))
        .where(whose(Task.tenant_id, listed.tenants), OF_STEPS[listed.which])
    )
    if listed.service is not None:
        found = found.where(Task.service == listed.service)
    if after is not None:
        found = found.where(tuple_(Task.ended_at, Task.id) < tuple_(literal(after[0]), literal(after[1])))
    return planned_by_values(found.order_by(Task.ended_at.desc(), Task.id.desc()).limit(limit))


def _page(found: Any, day: Any, key: Any, after: Place | None, limit: int, *, newest: bool) -> Any:
    if after is not None:
        edge, here = tuple_(literal(after.day), literal(after.id)), tuple_(day, key)
        found = found.where(here < edge if newest else here > edge)
    order = (day.desc(), key.desc()) if newest else (day, key)
    return planned_by_values(found.order_by(*order).limit(limit))
