"""The working calendars of the providers: read for deadlines, changed by administrators."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.access import Actor
from app.domain.calendar import CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Calendar, CalendarDayRow

_kept: dict[tuple[str, int], WorkCalendar] = {}
DEFAULT = WorkCalendar()


def calendar_of(session: Session, tenant: str | None) -> WorkCalendar:
    """A provider's calendar as it is now; one statement when this version is known already. Without a provider, the usual week."""
    if tenant is None:
        return DEFAULT
    version = queries.calendar_version(session, tenant)
    if version is None:
        raise NotFound(f"organisation '{tenant}' has no calendar")
    if (tenant, version) not in _kept:
        for old in [key for key in _kept if key[0] == tenant]:
            del _kept[old]
        _kept[tenant, version] = _read(session, tenant)
    return _kept[tenant, version]


def _read(session: Session, tenant: str) -> WorkCalendar:
    row = session.get_one(Calendar, tenant)
    days = session.scalars(select(CalendarDayRow).where(CalendarDayRow.tenant_id == tenant)).all()
    return WorkCalendar(
        zone=row.zone,
        hours=_hours(row),
        weekend=frozenset(row.weekend),
        days={day.day: _day(day, row) for day in days},
        version=row.version,
    )


def _hours(row: Calendar) -> WorkHours:
    lunch = None if row.lunch_from is None or row.lunch_to is None else (row.lunch_from, row.lunch_to)
    return WorkHours(row.opens, row.closes, lunch)


def _day(row: CalendarDayRow, calendar: Calendar) -> CalendarDay:
    hours = None
    if row.opens is not None and row.closes is not None:
        usual = _hours(calendar).lunch
        lunch = usual if usual is not None and row.opens < usual[0] and usual[1] < row.closes else None
        hours = WorkHours(row.opens, row.closes, lunch)
    return CalendarDay(row.day, DayKind(row.kind), Text(**row.names), hours)


def list_days(session: Session, actor: Actor, tenant: str, year: int) -> tuple[Calendar, list[CalendarDayRow]]:
    """A provider's calendar with the days of a year that differ from its week. Raises NotFound."""
    calendar = session.get(Calendar, tenant)
    if calendar is None or not actor.belongs_to(tenant):
        raise NotFound(f"organisation '{tenant}' has no calendar")
    days = select(CalendarDayRow).where(
        CalendarDayRow.tenant_id == tenant, CalendarDayRow.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    return calendar, list(session.scalars(days.order_by(CalendarDayRow.day)))


def change(
    session: Session,
    actor: Actor,
    tenant: str,
    version: int,
    hours: WorkHours | None,
    put: Iterable[CalendarDay],
    removed: Iterable[date],
) -> Calendar:
    """Change hours and days of a calendar that is still at `version`. Raises Forbidden, NotFound, Conflict, Invalid.

    Deadlines that exist already keep their dates.
    """
    if not actor.administrator:
        raise Forbidden("only an administrator changes a calendar")
    row = session.get(Calendar, tenant, with_for_update=True)
    if row is None:
        raise NotFound(f"organisation '{tenant}' has no calendar")
    if row.version != version:
        raise Conflict(f"the calendar is at version {row.version}, not {version}: read it again")
    if hours is not None:
        row.opens, row.closes = hours.opens, hours.closes
        row.lunch_from, row.lunch_to = hours.lunch or (None, None)
    changed = {day.day: day for day in put}
    if both := changed.keys() & set(removed):
        raise Invalid(f"the day {min(both)} is both set and removed")
    session.execute(
        delete(CalendarDayRow).where(
            CalendarDayRow.tenant_id == tenant, CalendarDayRow.day.in_([*changed, *removed])
        )
    )
    session.add_all(
        CalendarDayRow(
            tenant_id=tenant,
            day=day.day,
            kind=day.kind.value,
            names={"kk": day.name.kk, "ru": day.name.ru, "en": day.name.en},
            opens=day.hours.opens if day.hours else None,
            closes=day.hours.closes if day.hours else None,
        )
        for day in changed.values()
    )
    row.version += 1
    return row
