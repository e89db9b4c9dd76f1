"""What would have been foretold on days that are over, by what was known then, so that one need not wait to judge forecasts.

Nothing later is looked at: steps and cases that had ended, terms as they stood, the calendar and the models of the day. Two
things are taken as they are now, since nobody keeps them by the day: the version of a running case, and the values from which
the term of a whole case is counted (one that was counted from a later moment is unknown before it).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.actions.figures.forecast_standing import Standing
from app.actions.figures.forecasting import BATCH, Teller, note
from app.actions.terms.calendars import DEFAULT, calendar_at, calendar_of
from app.actions.terms.case_terms import Versions, versions_of, whole_due
from app.domain.terms.calendar import WorkDay
from app.domain.terms.reckoning import reckon
from app.store.tables import CaseFigure, Foretold

DAYS = 30
"""So many days back a past is filled."""


def is_filled(session: Session, tenant: str | None, now: datetime) -> bool:
    """Whether anything was foretold before today."""
    today = now.astimezone(DEFAULT.tz).date()
    earlier = Foretold.tenant_id.is_not_distinct_from(tenant), Foretold.day < today
    return bool(session.scalar(select(exists().where(*earlier))))


def mornings(session: Session, tenant: str | None, now: datetime) -> Iterator[datetime]:
    """When the working days of the past month began, today's not among them."""
    calendar = calendar_of(session, tenant)
    today: date = now.astimezone(calendar.tz).date()
    for back in range(DAYS, 0, -1):
        found = calendar.look(today - timedelta(days=back))
        if isinstance(found, WorkDay):
            yield found.opens


def foretell_as_of(session: Session, tenant: str | None, at: datetime) -> int:
    """Note what would have been foretold at a past moment of the cases that were open, BATCH of them at most; gives how many
    one knew where they stood."""
    open_then = or_(CaseFigure.ended_at.is_(None), CaseFigure.ended_at > at)
    roots = session.scalars(
        select(CaseFigure.id)
        .where(CaseFigure.tenant_id.is_not_distinct_from(tenant), CaseFigure.received_at <= at, open_then)
        .order_by(CaseFigure.id)
        .limit(BATCH)
    ).all()
    if not roots:
        return 0
    teller, versions = Teller(session, tenant, at), versions_of(session, tenant)
    told = [teller.tell(one, _due(session, one, versions, at), _no_steps()) for one in teller.standing(roots)]
    note(session, told, at, afterwards=True)
    return len(told)


def _no_steps() -> dict[UUID, datetime]:
    """Of steps nothing is kept."""
    return {}


def _due(session: Session, one: Standing, versions: Versions, at: datetime) -> datetime | None:
    """The term of the whole case as it was; None: there was none, or not yet."""
    held = [(version, since) for version, since in versions if since <= at]
    clock = one.clock
    if clock.version is not None and clock.version > held[-1][0]:
        begun = [version for version, since in held if since <= one.root.started_at]
        clock = replace(clock, version=held[-1][0] if held[-1][0] != begun[-1] else None)
    try:
        due = whole_due(session, one.root, held, clock)
        if due is None or due.explanation.parts[0].base > at:
            return None
        calendar = calendar_at(session, one.root.tenant_id, due.explanation.calendar_version)
        return reckon(due.explanation, calendar, clock).result
    except ValueError:
        return None
