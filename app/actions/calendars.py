"""The working calendars of the providers: read for deadlines, changed by administrators.

Deadlines are counted with a version, which is kept whole when it is made and never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.domain.access import Actor
from app.domain.calendar import CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Calendar, CalendarChange, CalendarDayRow, CalendarVersion

_kept: dict[tuple[str, int], WorkCalendar] = {}
_LIMIT = 200
DEFAULT = WorkCalendar()


def calendar_of(session: Session, tenant: str | None) -> WorkCalendar:
    """A provider's calendar as it is now; without a provider, the usual week. Raises NotFound."""
    if tenant is None:
        return DEFAULT
    version = queries.calendar_version(session, tenant)
    if version is None:
        raise NotFound(f"organisation '{tenant}' has no calendar")
    return calendar_at(session, tenant, version)


def calendar_at(session: Session, tenant: str | None, version: int) -> WorkCalendar:
    """A provider's calendar as it was at a version. Raises NotFound."""
    if tenant is None:
        return DEFAULT
    found = _kept.get((tenant, version))
    if found is None:
        row = session.get(CalendarVersion, (tenant, version))
        if row is None:
            raise NotFound(f"version {version} of the calendar of '{tenant}' is not kept")
        if len(_kept) >= _LIMIT:
            _kept.pop(next(iter(_kept)), None)
        _kept[tenant, version] = found = _loaded(row)
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
    """A day with hours of its own keeps the usual lunch if that lies within them."""
    if hours is None:
        return CalendarDay(day, DayKind(kind), Text(**names))
    opens, closes = map(time.fromisoformat, hours)
    lunch = usual.lunch if usual.lunch and opens < usual.lunch[0] and usual.lunch[1] < closes else None
    return CalendarDay(day, DayKind(kind), Text(**names), WorkHours(opens, closes, lunch))


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
    now: datetime,
) -> Calendar:
    """Change hours and days of a calendar that is still at `version`. Raises Forbidden, NotFound, Conflict, Invalid.

    The deadlines of the cases that run follow by `calendar_changes.change`.
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
        delete(CalendarDayRow).where(CalendarDayRow.tenant_id == tenant, CalendarDayRow.day.in_([*changed, *removed]))
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
    keep_version(session, tenant)
    session.add(CalendarChange(tenant_id=tenant, version=row.version, at=now, user_id=actor.user_id))
    return row
