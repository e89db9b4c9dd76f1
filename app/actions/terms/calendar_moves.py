"""Which terms follow a change of the calendar, and how that is written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Row, Select, Uuid, column, insert, select, update, values
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import Session, defer

from app import queue
from app.actions.figures import keeping
from app.actions.models.models import models_of
from app.actions.terms import calendars
from app.actions.terms.case_terms import Versions, whole_due
from app.actions.terms.explanations import inputs, recounted
from app.domain.models.values import jsonable
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.reckoning import reckon
from app.domain.terms.term_moves import Move, MovedKind
from app.domain.terms.term_properties import clock_of_step
from app.store.tables import History, Instance, Job, Task, TermMove
from app.store.tables.base import Moment
from app.store.trees import members

BATCH = 500
"""Cases that are looked through at a time."""


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """A calendar that terms are to follow from a moment on. versions: those by which they were counted so far."""

    now: datetime
    calendar: WorkCalendar
    versions: Versions


@dataclass(slots=True)
class Found:
    """What moves of a batch. clocks: as they are, by root; wholes: when the terms of the whole cases end after all."""

    clocks: dict[UUID, Clock]
    moves: list[Move] = field(default_factory=list)
    wholes: dict[UUID, datetime] = field(default_factory=dict)


def running(tenant: str, last: UUID | None) -> Select[Instance]:
    """The next running cases of an organisation, in the order of their ids."""
    roots = select(Instance).where(
        Instance.tenant_id == tenant, Instance.super_id.is_(None), Instance.ended_at.is_(None)
    )
    if last is not None:
        roots = roots.where(Instance.id > last)
    return roots.order_by(Instance.id).limit(BATCH).options(defer(Instance.state))


def find(session: Session, roots: Sequence[Instance], new: NewCalendar) -> Found:
    """The terms of these cases that the calendar moves: by a rule of ours, and not over yet."""
    found = Found({root.id: Clock.recalled(root.clock) for root in roots})
    for root in roots:
        _move_whole(session, root, new, found)
    tasks = _open_tasks(session, found.clocks)
    models = models_of(session, {row.definition_id for row in tasks})
    for row in tasks:
        properties = models[row.definition_id].node(row.element).properties
        _move_task(row, clock_of_step(properties, found.clocks[row.root]), new, found)
    for timer in _timers(session, found.clocks):
        _move_timer(timer, new, found)
    return found


def _open_tasks(session: Session, roots: Iterable[UUID]) -> Sequence[Row[Any]]:
    tree = members(list(roots))
    columns = (
        tree.c.root,
        Task.id,
        Task.instance_id,
        Task.definition_id,
        Task.element,
        Task.assignee,
        Task.due_at,
        Task.due_rule,
    )
    found = select(*columns).join(Task, Task.instance_id == tree.c.id)
    return session.execute(
        found.where(Task.ended_at.is_(None), Task.due_at.is_not(None), Task.due_rule.is_not(None)).order_by(Task.id)
    ).all()


def _timers(session: Session, roots: Iterable[UUID]) -> Sequence[Row[Any]]:
    tree = members(list(roots))
    columns = (tree.c.root, Job.id, Job.instance_id, Instance.definition_id, Job.key, Job.due_at, Job.due_rule)
    found = select(*columns).join(Job, Job.instance_id == tree.c.id).join(Instance, Instance.id == tree.c.id)
    return session.execute(found.where(Job.due_rule.is_not(None), Job.retries > 0).order_by(Job.id)).all()


def _move_whole(session: Session, root: Instance, new: NewCalendar, found: Found) -> None:
    due = whole_due(session, root, new.versions)
    if due is None:
        return
    clock = found.clocks[root.id]
    kept = calendars.calendar_at(session, root.tenant_id, due.explanation.calendar_version)
    before = reckon(due.explanation, kept, clock).result
    after = _after(inputs(due) or [], clock, new.calendar)
    found.wholes[root.id] = before
    if after is not None and after != before and clock.runs(before, new.now):
        found.wholes[root.id] = after
        found.moves.append(
            Move(MovedKind.WHOLE, root.id, root.id, root.id, root.definition_id, None, None, None, before, after)
        )


def _move_task(row: Row[Any], clock: Clock, new: NewCalendar, found: Found) -> None:
    after = _after(row.due_rule, clock, new.calendar) if clock.runs(row.due_at, new.now) else None
    if after is not None and after != row.due_at:
        rule = [*row.due_rule[:3], new.calendar.version]
        where = (MovedKind.STEP, row.root, row.instance_id, row.id, row.definition_id, row.element)
        found.moves.append(Move(*where, row.assignee, rule, row.due_at, after))


def _move_timer(row: Row[Any], new: NewCalendar, found: Found) -> None:
    """A timer counts by the calendar alone: a pause of the case does not hold it."""
    after = _after(row.due_rule, Clock(), new.calendar) if row.due_at > new.now else None
    if after is not None and after != row.due_at:
        rule = [*row.due_rule[:3], new.calendar.version]
        where = (MovedKind.TIMER, row.root, row.instance_id, row.id, row.definition_id, row.key)
        found.moves.append(Move(*where, None, rule, row.due_at, after))


def _after(rule: list[Any], clock: Clock, calendar: WorkCalendar) -> datetime | None:
    try:
        return reckon(recounted(calendar, rule).explanation, calendar, clock).result
    except ValueError:
        return None


def write(session: Session, tenant: str, found: Found, new: NewCalendar, user_id: str) -> None:
    """One statement a table, whatever the number of terms. user_id: who changed the calendar."""
    steps, timers, wholes = (
        [one for one in found.moves if one.kind is kind] for kind in (MovedKind.STEP, MovedKind.TIMER, MovedKind.WHOLE)
    )
    if steps:
        _write_tasks(session, steps, new.now)
    if timers:
        _write_timers(session, timers, new.now)
    if wholes:
        _write_clocks(session, wholes, found, new.calendar.version)
    keeping.move(session, found.wholes)
    if found.moves:
        session.execute(insert(TermMove), [_row(tenant, new.calendar.version, one) for one in found.moves])
        session.execute(insert(History), _history(found.moves, new, user_id))


def _write_tasks(session: Session, moves: Sequence[Move], now: datetime) -> None:
    new = values(column("id", Uuid), column("due_at", Moment), column("due_rule", JSON), name="new")
    given = new.data([(one.id, one.after, one.rule) for one in moves])
    session.execute(
        update(Task)
        .where(Task.id == given.c.id)
        .values(due_at=given.c.due_at, due_rule=given.c.due_rule, updated_at=now)
        .execution_options(synchronize_session=False)
    )


def _write_timers(session: Session, moves: Sequence[Move], now: datetime) -> None:
    columns = (column("id", Uuid), column("due_at", Moment), column("due_rule", JSON), column("queued", Boolean))
    queued = [(one.id, one.after, one.rule, queue.run_job(session, one.instance, one.after, now)) for one in moves]
    new = values(*columns, name="new").data(queued)
    session.execute(
        update(Job)
        .where(Job.id == new.c.id)
        .values(due_at=new.c.due_at, due_rule=new.c.due_rule, queued=new.c.queued)
        .execution_options(synchronize_session=False)
    )


def _write_clocks(session: Session, moves: Sequence[Move], found: Found, version: int) -> None:
    clocks = [(one.root, found.clocks[one.root]) for one in moves]
    new = values(column("id", Uuid), column("clock", JSON), name="new")
    given = new.data([(root, Clock(clock.pauses, clock.extensions, version).kept()) for root, clock in clocks])
    session.execute(
        update(Instance)
        .where(Instance.id == given.c.id)
        .values(clock=given.c.clock)
        .execution_options(synchronize_session=False)
    )


def _row(tenant: str, version: int, move: Move) -> dict[str, Any]:
    return {
        "tenant_id": tenant,
        "version": version,
        "kind": move.kind.value,
        "root_id": move.root,
        "definition_id": move.definition_id,
        "element": move.element,
        "task_id": move.id if move.kind is MovedKind.STEP else None,
        "holder": move.holder,
        "before": move.before,
        "after": move.after,
    }


def _history(moves: Iterable[Move], new: NewCalendar, user_id: str) -> list[dict[str, Any]]:
    """A line for each case of which a date has moved."""
    cases: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for one in moves:
        dates = [jsonable(one.before), jsonable(one.after)]
        match one.kind:
            case MovedKind.WHOLE:
                cases[one.root]["term"] = dates
            case MovedKind.STEP:
                cases[one.root].setdefault("tasks", {})[str(one.id)] = dates
            case MovedKind.TIMER:
                cases[one.root].setdefault("timers", {})[one.element] = dates
    versions = {"calendar": [new.calendar.version - 1, new.calendar.version]}
    return [
        {
            "instance_id": root,
            "at": new.now,
            "user_id": user_id,
            "operation": "UpdateDueDate",
            "data": {**versions, **moved},
        }
        for root, moved in cases.items()
    ]
