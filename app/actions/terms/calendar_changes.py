"""A change of an organisation's calendar, and what it does to the terms that run.

Moved are the due dates of open tasks, timers, and the terms of whole cases, that our rules have made and that were not over yet.
What was over stays, a date set by hand stays, and so does a term that the new calendar cannot count. A case that is
started, and a step that opens, while the change is being made may still be counted with the calendar as it was: `recount`,
done once more when all that was under way then is over, finds them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Row, Uuid, column, delete, insert, select, update, values
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Session, defer

from app import queue
from app.actions.figures import keeping
from app.actions.models import start_events
from app.actions.models.models import models_of
from app.actions.terms import calendars
from app.actions.terms.case_terms import Versions, versions_of, whole_due
from app.actions.terms.explanations import inputs, recounted
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.models.values import jsonable
from app.domain.people.access import Actor
from app.domain.refusals import calendar_refusals
from app.domain.terms.calendar import CalendarDay, WorkCalendar, WorkHours
from app.domain.terms.case_clock import Clock
from app.domain.terms.reckoning import reckon
from app.domain.terms.term_properties import clock_of_step
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Calendar, CalendarChange, CalendarDayRow, History, Instance, Job, Task
from app.store.tables.base import Moment
from app.store.trees import members

BATCH = 500
"""Cases that are looked through at a time."""


@dataclass(frozen=True, slots=True)
class _Change:
    """The newest calendar of an organisation, and who made it. now: when it is followed."""

    user_id: str
    now: datetime
    calendar: WorkCalendar
    versions: Versions


@dataclass(slots=True)
class _Moved:
    """What is to be written of a batch. rows: for the tasks; jobs: for the timers; clocks: for the roots; wholes: when their
    terms end; cases: by root, as history keeps it."""

    rows: list[tuple[UUID, datetime, Any]] = field(default_factory=list)
    jobs: list[tuple[UUID, datetime, Any, bool]] = field(default_factory=list)
    clocks: list[tuple[UUID, Any]] = field(default_factory=list)
    wholes: dict[UUID, datetime] = field(default_factory=dict)
    cases: dict[UUID, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))


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
    """Change a calendar that is still at `version`, and the terms with it. Raises Forbidden, NotFound, Conflict, Invalid."""
    if not actor.administrator:
        raise refusals.of(Forbidden, calendar_refusals.ADMINISTRATORS_ONLY)
    row = session.get(Calendar, tenant, with_for_update=True)
    if row is None:
        raise refusals.of(NotFound, calendar_refusals.NO_CALENDAR, tenant=tenant)
    if row.version != version:
        raise refusals.of(Conflict, calendar_refusals.OTHER_VERSION, now=row.version, read=version)
    if hours is not None:
        row.opens, row.closes = hours.opens, hours.closes
        row.lunch_from, row.lunch_to = hours.lunch or (None, None)
    _rewrite_days(session, tenant, {day.day: day for day in put}, set(removed))
    row.version += 1
    calendars.keep_version(session, tenant)
    session.add(CalendarChange(tenant_id=tenant, version=row.version, id=new_id(), at=now, user_id=actor.user_id))
    session.flush()
    session.info[queries.CALENDAR_VERSION, tenant] = row.version
    recount(session, tenant, now)
    queue.recount(session, tenant)
    return row


def _rewrite_days(session: Session, tenant: str, put: Mapping[date, CalendarDay], removed: AbstractSet[date]) -> None:
    """Raises Invalid."""
    if both := put.keys() & removed:
        raise refusals.of(Invalid, calendar_refusals.SET_AND_REMOVED, day=min(both))
    session.execute(
        delete(CalendarDayRow).where(CalendarDayRow.tenant_id == tenant, CalendarDayRow.day.in_([*put, *removed]))
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
        for day in put.values()
    )


def recount(session: Session, tenant: str, now: datetime) -> None:
    """Have the running cases of an organisation follow the newest change of its calendar; twice does it once.

    They are locked in the order of their ids. History has a line, of who made the change, for each case of which a date
    has moved.
    """
    calendar, versions = calendars.calendar_of(session, tenant), versions_of(session, tenant)
    changed = session.get(CalendarChange, (tenant, calendar.version))
    if changed is None:
        return
    made, last = _Change(changed.user_id, now, calendar, versions), None
    while roots := _batch(session, tenant, last):
        _recount(session, roots, made)
        last = roots[-1].id
    start_events.follow_calendar(session, tenant, now)


def _batch(session: Session, tenant: str, last: UUID | None) -> Sequence[Instance]:
    """The next running cases, locked: what moves them waits, and what has moved them is seen."""
    roots = select(Instance).where(
        Instance.tenant_id == tenant, Instance.super_id.is_(None), Instance.ended_at.is_(None)
    )
    if last is not None:
        roots = roots.where(Instance.id > last)
    locked = roots.order_by(Instance.id).limit(BATCH).with_for_update()
    return session.scalars(locked.options(defer(Instance.state)).execution_options(populate_existing=True)).all()


def _recount(session: Session, roots: Sequence[Instance], made: _Change) -> None:
    moved, clocks = _Moved(), {root.id: Clock.recalled(root.clock) for root in roots}
    for root in roots:
        _move_whole(session, root, clocks[root.id], made, moved)
    tasks = _open_tasks(session, clocks)
    models = models_of(session, {row.definition_id for row in tasks})
    for row in tasks:
        properties = models[row.definition_id].node(row.element).properties
        _move_task(row, clock_of_step(properties, clocks[row.root]), made, moved)
    for timer in _timers(session, clocks):
        _move_timer(session, timer, made, moved)
    _write(session, made, moved)


def _open_tasks(session: Session, roots: Iterable[UUID]) -> Sequence[Row[Any]]:
    tree = members(list(roots))
    columns = (tree.c.root, Task.id, Task.definition_id, Task.element, Task.due_at, Task.due_rule)
    found = select(*columns).join(Task, Task.instance_id == tree.c.id)
    return session.execute(
        found.where(Task.ended_at.is_(None), Task.due_at.is_not(None), Task.due_rule.is_not(None)).order_by(Task.id)
    ).all()


def _timers(session: Session, roots: Iterable[UUID]) -> Sequence[Row[Any]]:
    tree = members(list(roots))
    columns = (tree.c.root, Job.id, Job.instance_id, Job.key, Job.due_at, Job.due_rule)
    found = select(*columns).join(Job, Job.instance_id == tree.c.id)
    return session.execute(found.where(Job.due_rule.is_not(None), Job.retries > 0).order_by(Job.id)).all()


def _move_whole(session: Session, root: Instance, clock: Clock, made: _Change, moved: _Moved) -> None:
    due = whole_due(session, root, made.versions)
    if due is None:
        return
    kept = calendars.calendar_at(session, root.tenant_id, due.explanation.calendar_version)
    before = reckon(due.explanation, kept, clock).result
    after = _after(inputs(due) or [], clock, made.calendar)
    moved.wholes[root.id] = before
    if after is not None and after != before and clock.runs(before, made.now):
        moved.wholes[root.id] = after
        moved.clocks.append((root.id, Clock(clock.pauses, clock.extensions, made.calendar.version).kept()))
        moved.cases[root.id]["term"] = [jsonable(before), jsonable(after)]


def _move_task(row: Row[Any], clock: Clock, made: _Change, moved: _Moved) -> None:
    if not clock.runs(row.due_at, made.now):
        return
    after = _after(row.due_rule, clock, made.calendar)
    if after is not None and after != row.due_at:
        moved.rows.append((row.id, after, [*row.due_rule[:3], made.calendar.version]))
        tasks = moved.cases[row.root].setdefault("tasks", {})
        tasks[str(row.id)] = [jsonable(row.due_at), jsonable(after)]


def _move_timer(session: Session, row: Row[Any], made: _Change, moved: _Moved) -> None:
    """A timer counts by the calendar alone: a pause of the case does not hold it."""
    after = _after(row.due_rule, Clock(), made.calendar) if row.due_at > made.now else None
    if after is not None and after != row.due_at:
        queued = queue.run_job(session, row.instance_id, after, made.now)
        moved.jobs.append((row.id, after, [*row.due_rule[:3], made.calendar.version], queued))
        moved.cases[row.root].setdefault("timers", {})[row.key] = [jsonable(row.due_at), jsonable(after)]


def _after(rule: list[Any], clock: Clock, calendar: WorkCalendar) -> datetime | None:
    try:
        return reckon(recounted(calendar, rule).explanation, calendar, clock).result
    except ValueError:
        return None


def _write(session: Session, made: _Change, moved: _Moved) -> None:
    """One statement a table, whatever the number of rows."""
    if moved.rows:
        new = values(column("id", Uuid), column("due_at", Moment), column("due_rule", JSON), name="new")
        given = new.data([(task_id, due, rule) for task_id, due, rule in moved.rows])
        session.execute(
            update(Task)
            .where(Task.id == given.c.id)
            .values(due_at=given.c.due_at, due_rule=given.c.due_rule, updated_at=made.now)
            .execution_options(synchronize_session=False)
        )
    if moved.jobs:
        columns = (column("id", Uuid), column("due_at", Moment), column("due_rule", JSON), column("queued", Boolean))
        new = values(*columns, name="new").data(moved.jobs)
        session.execute(
            update(Job)
            .where(Job.id == new.c.id)
            .values(due_at=new.c.due_at, due_rule=new.c.due_rule, queued=new.c.queued)
            .execution_options(synchronize_session=False)
        )
    if moved.clocks:
        new = values(column("id", Uuid), column("clock", JSON), name="new").data(moved.clocks)
        session.execute(
            update(Instance)
            .where(Instance.id == new.c.id)
            .values(clock=new.c.clock)
            .execution_options(synchronize_session=False)
        )
    keeping.move(session, moved.wholes)
    if moved.cases:
        versions = {"calendar": [made.calendar.version - 1, made.calendar.version]}
        session.execute(
            insert(History),
            [
                {
                    "instance_id": root,
                    "at": made.now,
                    "user_id": made.user_id,
                    "operation": "UpdateDueDate",
                    "data": {**versions, **moves},
                }
                for root, moves in moved.cases.items()
            ],
        )
