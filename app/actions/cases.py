"""What is done to the clock of a case: it is stopped and goes on, and its terms are extended, where the act allows it.

A case is a process with all that it has called: any of its instances names it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.actions.calendars import calendar_at, calendar_of
from app.actions.case_terms import Allowed, allowed, follow, tasks_of, versions_of, whole_dues
from app.actions.explanations import inputs, recounted
from app.actions.instances import instance_for
from app.actions.progress import Act, record
from app.actions.tasks import sees
from app.domain import values
from app.domain.access import Actor
from app.domain.case_clock import Clock, Extension, Pause
from app.domain.deadlines import Due
from app.domain.explanation import Rule
from app.domain.reckoning import UNITS, Term, changes, reckon
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Instance, Task
from app.store.trees import members

ROLES = frozenset({"head", "executor"})
"""Who may decide on the clock of a case, beside administrators, if a step of it is theirs."""
REASON_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """A running case whose tree is locked. tasks: the open ones."""

    root: Instance
    tasks: list[Task]
    clock: Clock
    allowed: Allowed
    whole: tuple[Due, ...]


def seen_case(session: Session, actor: Actor, case_id: UUID, *, lock: bool = False) -> tuple[Instance, list[Task]]:
    """The root of a case with all its tasks, for who may see a task of it. Raises NotFound."""
    root_id = instance_for(session, actor, case_id).root_id
    root = queries.locked_instance(session, root_id) if lock else session.get(Instance, root_id)
    if root is None:
        raise NotFound(f"Process instance with id {case_id} does not exist")
    tasks = tasks_of(session, root_id)
    if not actor.administrator and not any(sees(actor, task) for task in tasks):
        raise NotFound(f"Process instance with id {case_id} does not exist")
    return root, tasks


def pause(session: Session, actor: Actor, case_id: UUID, reason: str, clause: str, now: datetime) -> Instance:
    """Let the clock of a case stand still, on the ground of a clause that its model names.

    Raises NotFound, Forbidden for who may not decide or where the act knows no pause, Invalid for reason or clause,
    Conflict if the case has ended, is suspended or is paused already.
    """
    case = _case(session, actor, case_id)
    reason, clause = _reason(reason), clause.strip()
    _require(clause, case.allowed.pauses, "stand still")
    if (standing := case.clock.standing) is not None:
        raise Conflict(f"the clock of case '{case_id}' stands still already", details={"since": _date(standing.start)})
    begun = Pause(now, None, reason, clause, actor.user_id)
    _set_clock(session, case.root, replace(case.clock, pauses=(*case.clock.pauses, begun)))
    data = {"reason": reason, "clause": clause, "clock": ["runs", "stands still"]}
    session.add(record(case.root.id, Act(actor.user_id, now, "Pause", data=data)))
    return case.root


def resume(session: Session, actor: Actor, case_id: UUID, reason: str, now: datetime) -> Instance:
    """Let the clock go on: the terms that run are over later by what passed. Raises as `pause`."""
    case = _case(session, actor, case_id)
    reason = _reason(reason)
    standing = case.clock.standing
    if standing is None:
        raise Conflict(f"the clock of case '{case_id}' runs")
    ended = replace(standing, end=max(now, standing.start))
    moved = _move(session, case, replace(case.clock, pauses=(*case.clock.pauses[:-1], ended)), Clock((ended,)), now)
    clock = {"clock": ["stands still", "runs"], "since": _date(standing.start)}
    data = {"reason": reason, "clause": standing.clause, **clock, **moved}
    session.add(record(case.root.id, Act(actor.user_id, now, "Resume", data=data)))
    return case.root


def extend(
    session: Session, actor: Actor, case_id: UUID, amount: int, unit: str, reason: str, clause: str, now: datetime
) -> Instance:
    """Add a term to those that run, as much at most as the model allows under the clause. Raises as `pause`.

    unit: minutes, hours, workingDays or calendarDays, as the model has it. What was added before under the clause counts:
    Conflict beyond the limit, also if no term of the case runs any more.
    """
    case = _case(session, actor, case_id)
    reason, clause = _reason(reason), clause.strip()
    _require(clause, [one.clause for one in case.allowed.extensions], "be extended")
    if unit not in UNITS:
        raise Invalid(f"unit is one of {', '.join(sorted(UNITS))}")
    rule = Rule(unit)
    limits = [one.amount for one in case.allowed.extensions if (one.clause, one.rule) == (clause, rule)]
    if not limits:
        raise Invalid(f"clause {clause} lets the term be extended, but not by {unit}")
    used, limit = case.clock.added(rule, clause), max(limits)
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= limit:
        raise Invalid(f"amount is a whole number from 1 to {limit} of {unit}")
    if used + amount > limit:
        raise Conflict(f"clause {clause} allows {limit} {unit} in all, {used} are used", details={"left": limit - used})
    made = Extension(now, rule, amount, reason, clause, actor.user_id)
    clock = replace(case.clock, extensions=(*case.clock.extensions, made))
    standing = () if case.clock.standing is None else (case.clock.standing,)
    moved = _move(session, case, clock, Clock(standing, (made,)), now)
    if not moved:
        raise Conflict(f"no term of case '{case_id}' runs any more")
    data = {"reason": reason, "clause": clause, "unit": unit, "amount": amount, **moved}
    session.add(record(case.root.id, Act(actor.user_id, now, "Extend", data=data)))
    return case.root


def _case(session: Session, actor: Actor, case_id: UUID) -> Case:
    """Raises NotFound, Forbidden, Conflict."""
    root, tasks = seen_case(session, actor, case_id, lock=True)
    tasks = [task for task in tasks if task.ended_at is None]
    roles = actor.groups if root.tenant_id is None else actor.groups_in(root.tenant_id)
    if not actor.administrator and (roles.isdisjoint(ROLES) or not any(sees(actor, task) for task in tasks)):
        raise Forbidden(
            "the clock of a case is decided on by the head or executor of an open step, or an administrator"
        )
    if root.ended_at is not None:
        raise Conflict(f"process instance '{case_id}' has ended")
    if root.suspended:
        raise Conflict(f"process instance '{case_id}' is suspended", details={"state": "suspended"})
    whole = whole_dues(session, root, versions_of(session, root.tenant_id))
    return Case(root, tasks, Clock.recalled(root.clock), allowed(session, root, tasks), whole)


def _reason(given: str) -> str:
    if not given.strip() or len(given) > REASON_LIMIT:
        raise Invalid(f"a reason has from 1 to {REASON_LIMIT} characters")
    return given.strip()


def _require(clause: str, known: tuple[str, ...] | list[str], what: str) -> None:
    if not known:
        raise Forbidden(f"the act does not let the clock of this case {what} now")
    if clause not in known:
        raise Invalid(
            f"clause is one of those that let the clock {what}: {'; '.join(known)}", details={"clauses": known}
        )


def _set_clock(session: Session, root: Instance, clock: Clock) -> None:
    """Keep it with the root, and a copy with each instance in which terms may still open."""
    tree = members([root.id])
    kept = clock.kept()
    session.execute(
        update(Instance)
        .where(Instance.id.in_(tree.select().with_only_columns(tree.c.id)), Instance.ended_at.is_(None))
        .values(clock=kept)
        .execution_options(synchronize_session=False)
    )
    root.clock = kept


def _move(session: Session, case: Case, clock: Clock, news: Clock, now: datetime) -> dict[str, Any]:
    """Set the clock and move the open tasks by it; gives what moved, before and after, empty if nothing did.

    news: what is new on the clock alone, for dates that no rule has made.
    """
    moved: dict[str, Any] = {}
    if case.whole:
        clock = _move_whole(session, case, clock, moved, now)
    tasks = {}
    for task in case.tasks:
        if task.due_at is None or not case.clock.runs(task.due_at, now):
            continue
        new = follow(session, task, clock, case.whole) or _by_hand(session, task, task.due_at, news)
        if task.due_at != new:
            tasks[str(task.id)] = [_date(task.due_at), _date(new)]
            task.due_at, task.updated_at = new, now
    if tasks:
        moved["tasks"] = tasks
    _set_clock(session, case.root, clock)
    return moved


def _move_whole(session: Session, case: Case, clock: Clock, moved: dict[str, Any], now: datetime) -> Clock:
    """Note how the term of the whole moves; gives the clock with the calendar by which it is counted from now on."""
    whole = case.whole[0]
    kept = calendar_at(session, case.root.tenant_id, whole.explanation.calendar_version)
    before = reckon(whole.explanation, kept, case.clock).result
    if not case.clock.runs(before, now):
        return clock
    newest = calendar_of(session, case.root.tenant_id)
    after = reckon(recounted(newest, inputs(whole) or []).explanation, newest, clock).result
    if before != after:
        moved["term"] = [_date(before), _date(after)]
    return replace(clock, version=newest.version)


def _by_hand(session: Session, task: Task, due: datetime, news: Clock) -> datetime:
    """Where a date without a rule moves; it counts from the beginning of the task."""
    term = Term(None, None, task.created_at, due)
    found = changes(term, calendar_of(session, task.tenant_id), news)
    return found[-1].result if found else due


def _date(moment: datetime | None) -> Any:
    return values.jsonable(moment)
