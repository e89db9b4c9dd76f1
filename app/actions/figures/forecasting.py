"""What is expected of open cases: worked out for all from time to time, for one when it is asked for, and kept.

The lots of a case are drawn from its id and the day, so that the same is expected until something happens.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.figures.forecast_courses import Courses
from app.actions.figures.forecast_seen import Known, known_by
from app.actions.figures.forecast_standing import OpenStep, Standing, standing
from app.actions.terms.calendars import DEFAULT
from app.actions.terms.case_terms import calendar_held, versions_of
from app.domain.figures.forecasts import Chances, Level, chances, level_of, urgency
from app.domain.figures.seen import Seen
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.time_left import working_time
from app.store.tables import CaseFigure, Forecast, Foretold

BATCH = 200
"""Cases of which the rows are held at a time."""
FARTHEST = 60 * 24 * 366
"""Minutes of work beyond which no date is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is expected of a case."""

    standing: Standing
    chances: Chances
    left: float | None
    due: datetime | None
    dues: Mapping[UUID, datetime]
    seen: Seen
    finished: int


class Teller:
    """Foretells the cases of an organisation by what was known at a moment, which is read once."""

    def __init__(self, session: Session, tenant: str | None, at: datetime) -> None:
        self.session, self.at = session, at
        self.calendar = calendar_held(session, tenant, versions_of(session, tenant), at)
        self.courses = Courses(session, tenant, at)
        self.known: Known = known_by(session, tenant, at, self.courses, self.calendar)

    def standing(self, roots: Sequence[UUID]) -> list[Standing]:
        """Where these cases stood at the moment."""
        return standing(self.session, roots, self.at, self.courses, self.calendar)

    def tell(self, one: Standing, due: datetime | None, dues: Mapping[UUID, datetime]) -> Told:
        """due, dues: when the term of the whole and those of the tasks end."""
        service = one.root.definition_key
        seen = self.known.seen(service, rng_of(one.root.id, self.at))
        left = None if due is None else self._left(one.until, due)
        steps = {task: self._left(one.until, moment) for task, moment in dues.items()}
        found = chances(one.scene, seen, self.courses.called, left, steps)
        return Told(one, found, left, due, dues, seen, self.known.finished.get(service, 0))

    def _left(self, start: datetime, end: datetime) -> float:
        if end <= start:
            return -1.0
        return working_time(self.calendar, start, end).total_seconds()


def rng_of(case: UUID, at: datetime) -> Random:
    """The same for a case on a day."""
    return Random(f"{case}-{at.astimezone(DEFAULT.tz).date()}")  # noqa: S311 - nothing is secret here


def tenants_with_cases(session: Session) -> Sequence[str | None]:
    """The organisations that have open cases."""
    return session.scalars(select(CaseFigure.tenant_id).where(CaseFigure.ended_at.is_(None)).distinct()).all()


def refresh(session: Session, tenant: str | None, now: datetime) -> int:
    """Foretell all open cases of an organisation, and note it once a day; gives of how many something could be told."""
    teller, told = Teller(session, tenant, now), 0
    after: UUID | None = None
    while figures := _open(session, tenant, after):
        told += _write(teller, figures)
        after = figures[-1].id
    _forget(session, tenant, now)
    return told


def refresh_one(session: Session, case: UUID, now: datetime) -> bool:
    """Foretell a case; False: it has ended, or one does not know where it stands."""
    figure = session.scalars(select(CaseFigure).where(CaseFigure.id == case, CaseFigure.ended_at.is_(None))).first()
    return figure is not None and _write(Teller(session, figure.tenant_id, now), [figure]) > 0


def _open(session: Session, tenant: str | None, after: UUID | None) -> Sequence[CaseFigure]:
    found = select(CaseFigure).where(CaseFigure.tenant_id.is_not_distinct_from(tenant), CaseFigure.ended_at.is_(None))
    if after is not None:
        found = found.where(CaseFigure.id > after)
    return session.scalars(found.order_by(CaseFigure.id).limit(BATCH)).all()


def _write(teller: Teller, figures: Sequence[CaseFigure]) -> int:
    dues = {one.id: one.due_at for one in figures}
    told = [
        teller.tell(one, dues[one.root.id], {s.task.id: s.task.due_at for s in one.steps if s.task.due_at is not None})
        for one in teller.standing(list(dues))
    ]
    if not told:
        return 0
    rows = [_row(teller, one) for one in told]
    written = insert(Forecast).values(rows)
    news = {name: written.excluded[name] for name in rows[0] if name != "id"}
    teller.session.execute(written.on_conflict_do_update(index_elements=["id"], set_=news))
    note(teller.session, told, teller.at, afterwards=False)
    return len(told)


def note(session: Session, told: Iterable[Told], at: datetime, *, afterwards: bool) -> None:
    """Keep what was foretold on a day: the first of it, of cases whose term still ran."""
    day: date = at.astimezone(DEFAULT.tz).date()
    rows = [
        {
            "day": day,
            "case_id": one.standing.root.id,
            "at": at,
            "chance": one.chances.case,
            "finished": one.finished,
            "afterwards": afterwards,
            "tenant_id": one.standing.root.tenant_id,
            "service": one.standing.root.definition_key,
        }
        for one in told
        if one.left is not None and one.left > 0
    ]
    if rows:
        session.execute(insert(Foretold).values(rows).on_conflict_do_nothing())


def _forget(session: Session, tenant: str | None, now: datetime) -> None:
    """What was expected of cases that have ended, or of which one no longer knows where they stand."""
    session.execute(
        delete(Forecast)
        .where(Forecast.tenant_id.is_not_distinct_from(tenant), Forecast.at < now)
        .execution_options(synchronize_session=False)
    )


def _row(teller: Teller, told: Told) -> dict[str, Any]:
    one, found = told.standing, told.chances
    step = _worst(told)
    over = told.left is not None and told.left <= 0
    worst = found.steps.get(step.task.id) if step is not None else None
    level = level_of(found.case if found.case is not None else worst, over=over)
    costly = found.costliest
    risk = max(found.case or 0.0, worst or 0.0)
    return {
        "id": one.root.id,
        "at": teller.at,
        "due_at": told.due,
        "step_due_at": None if step is None else step.task.due_at,
        "expected_at": _after(teller.calendar, one.until, found.end),
        "latest_at": _after(teller.calendar, one.until, found.late_end),
        "task_id": None if step is None else step.task.id,
        "chance": found.case,
        "step_chance": worst,
        "urgency": urgency(risk, told.left) if level is not Level.LATE else -(told.left or 0.0),
        "finished": told.finished,
        "tenant_id": one.root.tenant_id,
        "service": one.root.definition_key,
        "level": level.value,
        "definition_id": None if step is None else step.task.definition_id,
        "element": None if step is None else step.task.element,
        "costly_definition": costly[0] if costly else None,
        "costly_element": costly[1] if costly else None,
        "reason": _reason(teller, told, step),
    }


def _worst(told: Told) -> OpenStep | None:
    """The current step that most likely misses its term; of those alike, that which has stood longest."""
    steps = told.standing.steps
    return max(steps, key=lambda one: (told.chances.steps.get(one.task.id, 0.0), one.stood), default=None)


def _after(calendar: WorkCalendar, start: datetime, seconds: float) -> datetime:
    return deadlines.minutes(calendar, min(seconds / 60, FARTHEST), start).moment


def _reason(teller: Teller, told: Told, step: OpenStep | None) -> dict[str, Any]:
    """In working seconds. left: until the term of the whole ends; end: of what is still to be done, in the middle. usual,
    seen, stood: of the current step; cost, cost_seen: of the costliest. paused: since when the clock stands."""
    found, costly = told.chances, told.chances.costliest
    key = (step.process, step.task.element) if step is not None else None
    costly_key = (teller.courses.known[costly[0]].process.id, costly[1]) if costly else None
    standing = told.standing.clock.standing
    return {
        "left": told.left,
        "end": round(found.end),
        "usual": told.seen.usual(key) if key else None,
        "seen": told.seen.number(key) if key else 0,
        "stood": round(step.stood) if step is not None else None,
        "cost": round(found.cost),
        "cost_seen": told.seen.number(costly_key) if costly_key else 0,
        "paused": None if standing is None else standing.start.isoformat(),
        "open_tasks": len(told.standing.steps),
    }
