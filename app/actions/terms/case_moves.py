"""What moves the terms of a case: its clock goes on after a pause, or a term is added. Each leaves a line in history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.actions.figures import keeping
from app.actions.models.models import model_of
from app.actions.terms.calendars import calendar_at, calendar_of
from app.actions.terms.case_terms import follow, tasks_of, versions_of, whole_due
from app.actions.terms.explanations import inputs, recounted
from app.domain import refusals
from app.domain.models import values
from app.domain.refusals import case_refusals
from app.domain.terms.case_clock import Clock, Extension, Pause
from app.domain.terms.due import Due
from app.domain.terms.reckoning import Term, changes, reckon
from app.domain.terms.term_properties import Allowance, clock_of_step
from app.errors import Conflict, Invalid
from app.store.tables import History, Instance, Task
from app.store.trees import members

REASON_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A case whose tree is locked. tasks: the open ones; whole: see `whole_due`."""

    root: Instance
    tasks: Sequence[Task]
    clock: Clock
    whole: Due | None


def running_case(session: Session, root: Instance, tasks: Sequence[Task] | None = None) -> RunningCase:
    """That of a locked root. tasks: all of the case, if they are known."""
    found = tasks_of(session, root.id) if tasks is None else tasks
    still = [task for task in found if task.ended_at is None]
    whole = whole_due(session, root, versions_of(session, root.tenant_id))
    return RunningCase(root, still, Clock.recalled(root.clock), whole)


def pause(session: Session, case: RunningCase, begun: Pause) -> None:
    """Let the clock stand still; nothing moves until it goes on."""
    _set_clock(session, case.root, replace(case.clock, pauses=(*case.clock.pauses, begun)))
    data = {"reason": begun.reason, "clause": begun.clause, "clock": ["runs", "stands still"]}
    _note(session, case, begun.start, begun.by, "Pause", data)


def resume(session: Session, case: RunningCase, standing: Pause, reason: str, user_id: str, now: datetime) -> None:
    """Let it go on: the terms that run are over later by what passed."""
    ended = replace(standing, end=max(now, standing.start))
    moved = _move(session, case, replace(case.clock, pauses=(*case.clock.pauses[:-1], ended)), Clock((ended,)), now)
    clock = {"clock": ["stands still", "runs"], "since": _date(standing.start)}
    _note(session, case, now, user_id, "Resume", {"reason": reason, "clause": standing.clause, **clock, **moved})


def extend(session: Session, case: RunningCase, allowances: Sequence[Allowance], made: Extension) -> bool:
    """Add a term to those that run; gives whether any moved.

    What was added before under the clause counts. Raises Invalid for reason, unit and amount, Conflict beyond what the
    allowances leave.
    """
    require_reason(made.reason)
    limits = [one.amount for one in allowances if (one.clause, one.rule) == (made.clause, made.rule)]
    if not limits:
        raise refusals.of(Invalid, case_refusals.UNIT_NOT_ALLOWED, clause=made.clause, unit=made.rule)
    used, limit = case.clock.added(made.rule, made.clause), max(limits)
    if not isinstance(made.amount, int) or isinstance(made.amount, bool) or not 0 < made.amount <= limit:
        raise refusals.of(Invalid, case_refusals.AMOUNT, clause=made.clause, limit=limit, unit=made.rule)
    if used + made.amount > limit:
        raise case_refusals.too_much(made.clause, made.rule, limit, used)
    clock = replace(case.clock, extensions=(*case.clock.extensions, made))
    standing = () if case.clock.standing is None else (case.clock.standing,)
    moved = _move(session, case, clock, Clock(standing, (made,)), made.at)
    data = {"reason": made.reason, "clause": made.clause, "unit": made.rule.value, "amount": made.amount, **moved}
    _note(session, case, made.at, made.by, "Extend", data)
    return bool(moved)


def require_reason(given: str) -> None:
    """Raises Invalid."""
    if not given.strip() or len(given) > REASON_LIMIT:
        raise refusals.of(Invalid, case_refusals.REASON, limit=REASON_LIMIT)


def nothing_runs(root: UUID) -> Conflict:
    """A term is to be added, and there is none any more."""
    return refusals.of(Conflict, case_refusals.NO_TERM_RUNS, case=root)


def _note(
    session: Session, case: RunningCase, at: datetime, user_id: str | None, operation: str, data: dict[str, Any]
) -> None:
    session.add(History(instance_id=case.root.id, at=at, user_id=user_id, operation=operation, data=data))


def _set_clock(session: Session, root: Instance, clock: Clock) -> None:
    """Keep it with the root, with a copy for each instance in which terms may still open, and its standing with open tasks."""
    tree, standing = members([root.id]), clock.standing
    of_case = tree.select().with_only_columns(tree.c.id)
    session.execute(
        update(Instance)
        .where(Instance.id.in_(of_case), Instance.ended_at.is_(None))
        .values(clock=clock.kept())
        .execution_options(synchronize_session="fetch")
    )
    keeping.follow(session, root)
    since = None if standing is None else standing.start
    session.execute(
        update(Task)
        .where(Task.instance_id.in_(of_case), Task.ended_at.is_(None), Task.stands_since.is_distinct_from(since))
        .values(stands_since=since)
        .execution_options(synchronize_session="fetch")
    )


def _move(session: Session, case: RunningCase, clock: Clock, news: Clock, now: datetime) -> dict[str, Any]:
    """Set the clock and move the open tasks by it; gives what moved, before and after, empty if nothing did.

    news: what is new on the clock alone, for dates that no rule has made.
    """
    moved: dict[str, Any] = {}
    if case.whole is not None:
        clock = _move_whole(session, case, case.whole, clock, moved, now)
    tasks = {}
    for task in case.tasks:
        if task.due_at is None or not case.clock.runs(task.due_at, now):
            continue
        new = follow(session, task, clock) or _by_hand(session, task, task.due_at, news)
        if task.due_at != new:
            tasks[str(task.id)] = [_date(task.due_at), _date(new)]
            task.due_at, task.updated_at = new, now
    if tasks:
        moved["tasks"] = tasks
    _set_clock(session, case.root, clock)
    return moved


def _move_whole(
    session: Session, case: RunningCase, whole: Due, clock: Clock, moved: dict[str, Any], now: datetime
) -> Clock:
    """Note how the term of the whole moves; gives the clock with the calendar by which it is counted from now on."""
    kept = calendar_at(session, case.root.tenant_id, whole.explanation.calendar_version)
    before = reckon(whole.explanation, kept, case.clock).result
    if not case.clock.runs(before, now):
        return clock
    newest = calendar_of(session, case.root.tenant_id)
    try:
        after = reckon(recounted(newest, inputs(whole) or []).explanation, newest, clock).result
    except ValueError:  # the newest calendar cannot count it
        newest, after = kept, reckon(whole.explanation, kept, clock).result
    if before != after:
        moved["term"] = [_date(before), _date(after)]
    return replace(clock, version=newest.version)


def _by_hand(session: Session, task: Task, due: datetime, news: Clock) -> datetime:
    """Where a date without a rule moves; it counts from the beginning of the task."""
    term = Term(None, None, task.created_at, due)
    properties = model_of(session, task.definition_id).node(task.element).properties
    found = changes(term, calendar_of(session, task.tenant_id), clock_of_step(properties, news))
    return found[-1].result if found else due


def _date(moment: datetime | None) -> Any:
    return values.jsonable(moment)
