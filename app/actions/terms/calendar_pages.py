"""The calendars as administrators and heads look at them: a year of each, and what its versions changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Label, func, select
from sqlalchemy.orm import Session

from app.actions.terms import calendars
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import answerable
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import Text, WorkCalendar
from app.domain.terms.calendar_years import Difference, difference
from app.errors import NotFound
from app.store.tables import Calendar, CalendarChange, Organisation, User

VERSIONS = 10
"""How many of the newest are told at once."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A calendar in the list. changed_at, who: of its newest change, None before the first."""

    tenant: str
    names: Text
    calendar: WorkCalendar
    changed_at: datetime | None
    who: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A change of a calendar: by whom, why, and what it made of the version before. what None: that one is not kept."""

    number: int
    at: datetime
    who: str
    reason: str | None
    what: Difference | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A calendar with its newest versions. older: whether there are others before them."""

    tenant: str
    names: Text
    calendar: WorkCalendar
    versions: Sequence[Version]
    older: bool


def listed(session: Session, actor: Actor) -> list[Listed]:
    """Those that a person answers for. Raises Forbidden."""
    tenants = answerable(actor)
    newest = (
        select(CalendarChange.tenant_id, func.max(CalendarChange.version).label("version"))
        .group_by(CalendarChange.tenant_id)
        .subquery()
    )
    found = (
        select(Calendar.tenant_id, Calendar.version, Organisation.names, CalendarChange.at, _who())
        .join(Organisation, Organisation.id == Calendar.tenant_id)
        .outerjoin(newest, newest.c.tenant_id == Calendar.tenant_id)
        .outerjoin(
            CalendarChange,
            (CalendarChange.tenant_id == newest.c.tenant_id) & (CalendarChange.version == newest.c.version),
        )
        .outerjoin(User, User.id == CalendarChange.user_id)
        .order_by(Calendar.tenant_id)
    )
    rows = session.execute(found if tenants is None else found.where(Calendar.tenant_id.in_(tenants))).all()
    kept = calendars.calendars_at(session, [(row.tenant_id, row.version) for row in rows])
    return [Listed(row.tenant_id, Text(**row.names), kept[row.tenant_id, row.version], row.at, row.who) for row in rows]


def require_seen(actor: Actor, tenant: str) -> None:
    """Raises Forbidden for who answers for no organisation, NotFound for who does not for this one."""
    tenants = answerable(actor)
    if tenants is not None and tenant not in tenants:
        raise refusals.of(NotFound, calendar_refusals.NO_CALENDAR, tenant=tenant)


def named(session: Session, actor: Actor, tenant: str) -> Shown:
    """One without its versions. Raises Forbidden, NotFound."""
    require_seen(actor, tenant)
    calendar = calendars.calendar_of(session, tenant)
    return Shown(tenant, Text(**session.get_one(Organisation, tenant).names), calendar, (), older=False)


def shown(session: Session, actor: Actor, tenant: str, before: int | None = None) -> Shown:
    """One with its newest versions. before: those that are older than this one. Raises Forbidden, NotFound."""
    require_seen(actor, tenant)
    calendar = calendars.calendar_of(session, tenant)
    organisation = session.get_one(Organisation, tenant)
    found = (
        select(CalendarChange.version, CalendarChange.at, CalendarChange.reason, _who())
        .outerjoin(User, User.id == CalendarChange.user_id)
        .where(CalendarChange.tenant_id == tenant)
        .order_by(CalendarChange.version.desc())
        .limit(VERSIONS + 1)
    )
    rows = session.execute(found if before is None else found.where(CalendarChange.version < before)).all()
    told = rows[:VERSIONS]
    kept = calendars.calendars_at(session, [(tenant, row.version - back) for row in told for back in (0, 1)])
    versions = [_version(row, kept.get((tenant, row.version - 1)), kept.get((tenant, row.version))) for row in told]
    return Shown(tenant, Text(**organisation.names), calendar, versions, len(rows) > VERSIONS)


def _version(row: Any, before: WorkCalendar | None, after: WorkCalendar | None) -> Version:
    what = None if before is None or after is None else difference(before, after)
    return Version(row.version, row.at, row.who, row.reason, what)


def _who() -> Label[str]:
    return func.coalesce(User.full_name, CalendarChange.user_id).label("who")
