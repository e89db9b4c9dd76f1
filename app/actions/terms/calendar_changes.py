"""A change of an organisation's calendar, and what it does to the terms that run.

Moved are the due dates of open tasks, timers, and the terms of whole cases, that our rules have made and that were not over yet.
What was over stays, a date set by hand stays, and so does a term that the new calendar cannot count. A case that is
started, and a step that opens, while the change is being made may still be counted with the calendar as it was: `recount`,
done once more when all that was under way then is over, finds them.

Who has a task whose term moves is told, once for all of his tasks.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import queue
from app.actions.models import start_events
from app.actions.terms import calendar_moves, calendars
from app.actions.terms.calendar_moves import NewCalendar
from app.actions.terms.case_moves import REASON_LIMIT
from app.actions.terms.case_terms import versions_of
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.domain.people.notices import Kind
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import CalendarDay, WorkCalendar
from app.domain.terms.calendar_edits import Edit, edited
from app.domain.terms.term_moves import Move
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Calendar, CalendarChange, CalendarDayRow, Notice


def preview(
    session: Session, actor: Actor, tenant: str, version: int, edit: Edit, now: datetime
) -> tuple[WorkCalendar, WorkCalendar, list[Move]]:
    """A calendar that is still at `version`, as it would be, and what would move. Nothing is held or changed.

    Raises Forbidden, NotFound, Conflict, Invalid.
    """
    _require_at(session.get(Calendar, tenant), actor, tenant, version)
    calendar = calendars.calendar_at(session, tenant, version)
    new = NewCalendar(now, edited(calendar, edit), versions_of(session, tenant))
    moves: list[Move] = []
    last = None
    while roots := session.scalars(calendar_moves.running(tenant, last)).all():
        moves += calendar_moves.find(session, roots, new).moves
        last = roots[-1].id
    return calendar, new.calendar, moves


def change(
    session: Session, actor: Actor, tenant: str, version: int, edit: Edit, reason: str | None, now: datetime
) -> Calendar:
    """Change a calendar that is still at `version`, and the terms with it. Raises Forbidden, NotFound, Conflict, Invalid."""
    row = _require_at(session.get(Calendar, tenant, with_for_update=True), actor, tenant, version)
    if reason is not None and not 0 < len(reason.strip()) <= REASON_LIMIT:
        raise refusals.of(Invalid, calendar_refusals.REASON, limit=REASON_LIMIT)
    edited(calendars.calendar_at(session, tenant, version), edit)
    if edit.hours is not None:
        row.opens, row.closes = edit.hours.opens, edit.hours.closes
        row.lunch_from, row.lunch_to = edit.hours.lunch or (None, None)
    _rewrite_days(session, tenant, edit.put, edit.removed)
    row.version += 1
    calendars.keep_version(session, tenant)
    made = {"id": new_id(), "at": now, "user_id": actor.user_id, "reason": reason and reason.strip()}
    session.add(CalendarChange(tenant_id=tenant, version=row.version, **made))
    session.flush()
    session.info[queries.CALENDAR_VERSION, tenant] = row.version
    recount(session, tenant, now)
    queue.recount(session, tenant)
    return row


def _require_at(row: Calendar | None, actor: Actor, tenant: str, version: int) -> Calendar:
    if not actor.administrator:
        raise refusals.of(Forbidden, calendar_refusals.ADMINISTRATORS_ONLY)
    if row is None:
        raise refusals.of(NotFound, calendar_refusals.NO_CALENDAR, tenant=tenant)
    if row.version != version:
        raise refusals.of(Conflict, calendar_refusals.OTHER_VERSION, now=row.version, read=version)
    return row


def _rewrite_days(session: Session, tenant: str, put: Iterable[CalendarDay], removed: Iterable[date]) -> None:
    touched = [*(day.day for day in put), *removed]
    session.execute(delete(CalendarDayRow).where(CalendarDayRow.tenant_id == tenant, CalendarDayRow.day.in_(touched)))
    session.add_all(
        CalendarDayRow(
            tenant_id=tenant,
            day=day.day,
            kind=day.kind.value,
            names={"kk": day.name.kk, "ru": day.name.ru, "en": day.name.en},
            opens=day.hours.opens if day.hours else None,
            closes=day.hours.closes if day.hours else None,
        )
        for day in put
    )


def recount(session: Session, tenant: str, now: datetime) -> None:
    """Have the running cases of an organisation follow the newest change of its calendar; twice does it once.

    They are locked in the order of their ids: what moves them waits, and what has moved them is seen. History has a line, of
    who made the change, for each case of which a date has moved.
    """
    calendar, versions = calendars.calendar_of(session, tenant), versions_of(session, tenant)
    changed = session.get(CalendarChange, (tenant, calendar.version))
    if changed is None:
        return
    new, holders, last = NewCalendar(now, calendar, versions), set[str](), None
    while roots := session.scalars(
        calendar_moves.running(tenant, last).with_for_update().execution_options(populate_existing=True)
    ).all():
        found = calendar_moves.find(session, roots, new)
        calendar_moves.write(session, tenant, found, new, changed.user_id)
        holders |= {one.holder for one in found.moves if one.holder is not None}
        last = roots[-1].id
    _tell(session, changed, holders, now)
    start_events.follow_calendar(session, tenant, now)


def _tell(session: Session, changed: CalendarChange, holders: set[str], now: datetime) -> None:
    """Tell each once of all his tasks; who made the change knows."""
    if not (people := holders - {changed.user_id}):
        return
    told = select(Notice.user_id).where(Notice.task_id == changed.id, Notice.kind == Kind.CALENDAR)
    for person in sorted(people - set(session.scalars(told))):
        session.add(
            Notice(
                at=now,
                task_id=changed.id,
                tenant_id=changed.tenant_id,
                user_id=person,
                kind=Kind.CALENDAR.value,
                doer=changed.user_id,
            )
        )
    session.flush()
