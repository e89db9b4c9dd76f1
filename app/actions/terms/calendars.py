"""The working calendars of the providers, as deadlines are counted with them and as people read them.

Deadlines are counted with a version, which is kept whole when it is made and never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.domain.terms.calendar_edits import own_hours
from app.errors import NotFound
from app.store import queries
from app.store.tables import Calendar, CalendarDayRow, CalendarVersion

_kept: dict[tuple[str, int], WorkCalendar] = {}
_LIMIT = 200
_UNCOMMITTED = "calendar that this transaction has made"
"""Key, with tenant and version, in `session.info`: others know such a calendar only once it is committed."""
DEFAULT = WorkCalendar()


def calendar_of(session: Session, tenant: str | None) -> WorkCalendar:
    """A provider's calendar as it is now; without a provider, the usual week. Raises NotFound."""
    if tenant is None:
        return DEFAULT
    version = queries.calendar_version(session, tenant)
    if version is None:
        raise refusals.of(NotFound, calendar_refusals.NO_CALENDAR, tenant=tenant)
    return calendar_at(session, tenant, version)


def calendar_or_usual(session: Session, tenant: str | None) -> WorkCalendar:
    """A provider's calendar as it is now; of one that has none, the usual week."""
    version = None if tenant is None else queries.calendar_version(session, tenant)
    return DEFAULT if tenant is None or version is None else calendar_at(session, tenant, version)


def calendars_of(session: Session, tenants: Iterable[str | None]) -> dict[str | None, WorkCalendar]:
    """Those of several providers by id, in one statement where they are known. Raises NotFound."""
    named = {tenant for tenant in tenants if tenant is not None}
    rows = session.execute(select(Calendar.tenant_id, Calendar.version).where(Calendar.tenant_id.in_(named)))
    found: dict[str | None, WorkCalendar] = {None: DEFAULT}
    for row in rows:
        session.info[queries.CALENDAR_VERSION, row.tenant_id] = row.version
        found[row.tenant_id] = calendar_at(session, row.tenant_id, row.version)
    if missing := named - found.keys():
        raise NotFound(f"organisation '{min(missing)}' has no calendar")
    return found


def calendar_at(session: Session, tenant: str | None, version: int) -> WorkCalendar:
    """A provider's calendar as it was at a version. Raises NotFound."""
    if tenant is None:
        return DEFAULT
    own = (_UNCOMMITTED, tenant, version)
    found = session.info[own] if own in session.info else _kept.get((tenant, version))
    if found is not None:
        return found
    row = session.get(CalendarVersion, (tenant, version))
    if row is None:
        raise NotFound(f"version {version} of the calendar of '{tenant}' is not kept")
    calendar = _loaded(row)
    if own in session.info:
        session.info[own] = calendar
        return calendar
    if len(_kept) >= _LIMIT:
        _kept.pop(next(iter(_kept)), None)
    _kept[tenant, version] = calendar
    return calendar


def calendars_at(session: Session, versions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], WorkCalendar]:
    """Those of them that are kept, by provider and version, in one statement where they are not known."""
    wanted = set(versions)
    found = {one: _kept[one] for one in wanted if one in _kept}
    if missing := wanted - found.keys():
        rows = select(CalendarVersion).where(tuple_(CalendarVersion.tenant_id, CalendarVersion.version).in_(missing))
        found |= {(row.tenant_id, row.version): _loaded(row) for row in session.scalars(rows)}
    return found


def keep_version(session: Session, tenant: str) -> None:
    """Keep a calendar as it is now under its version, whole and for ever: deadlines are counted with what is kept."""
    row = session.get_one(Calendar, tenant)
    days = session.scalars(
        select(CalendarDayRow).where(CalendarDayRow.tenant_id == tenant).order_by(CalendarDayRow.day)
    ).all()
    content = {
        "zone": row.zone,
        "hours": _texts(row.opens, row.closes, row.lunch_from, row.lunch_to),
        "weekend": row.weekend,
        "days": [
            [day.day.isoformat(), day.kind, day.names, _texts(day.opens, day.closes) if day.opens else None]
            for day in days
        ],
    }
    kept = insert(CalendarVersion).values(tenant_id=tenant, version=row.version, content=content)
    session.execute(kept.on_conflict_do_nothing())
    session.info.setdefault((_UNCOMMITTED, tenant, row.version), None)


def _texts(*times: time | None) -> list[str | None]:
    return [None if at is None else at.isoformat() for at in times]


def _loaded(row: CalendarVersion) -> WorkCalendar:
    content = row.content
    opens, closes, *lunch = (None if at is None else time.fromisoformat(at) for at in content["hours"])
    usual = work_hours(opens, closes, *lunch)
    assert usual is not None
    days = (_day(date.fromisoformat(day), kind, names, hours, usual) for day, kind, names, hours in content["days"])
    return WorkCalendar(
        zone=content["zone"],
        hours=usual,
        weekend=frozenset(content["weekend"]),
        days={day.day: day for day in days},
        version=row.version,
    )


def work_hours(
    opens: time | None, closes: time | None, lunch_from: time | None = None, lunch_to: time | None = None
) -> WorkHours | None:
    if opens is None or closes is None:
        return None
    return WorkHours(opens, closes, None if lunch_from is None or lunch_to is None else (lunch_from, lunch_to))


def _day(day: date, kind: str, names: Mapping[str, str], hours: Sequence[str] | None, usual: WorkHours) -> CalendarDay:
    own = None if hours is None else work_hours(*map(time.fromisoformat, hours))
    return CalendarDay(day, DayKind(kind), Text(**names), own_hours(own, usual))


def list_days(session: Session, actor: Actor, tenant: str, year: int) -> tuple[Calendar, list[CalendarDayRow]]:
    """A provider's calendar with the days of a year that differ from its week. Raises NotFound."""
    calendar = session.get(Calendar, tenant)
    if calendar is None or not actor.belongs_to(tenant):
        raise refusals.of(NotFound, calendar_refusals.NO_CALENDAR, tenant=tenant)
    days = select(CalendarDayRow).where(
        CalendarDayRow.tenant_id == tenant, CalendarDayRow.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    return calendar, list(session.scalars(days.order_by(CalendarDayRow.day)))
