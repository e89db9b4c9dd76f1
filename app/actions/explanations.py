"""Why a task is due when it is. Kept: the rule with its inputs and the version of the calendar; the words are worked out anew.

Every version of a calendar is kept whole, so that the explanation stays the same after the calendar has changed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.actions.calendars import calendar_at
from app.actions.models import model_of
from app.domain import deadlines
from app.domain.calendar import WorkCalendar
from app.domain.case_clock import Clock
from app.domain.deadlines import Due
from app.domain.explanation import Rule
from app.domain.reckoning import Reckoned, reckon
from app.store.tables import Instance, Task

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_RULES: dict[Rule, Callable[..., Due]] = {
    Rule.MINUTES: deadlines.minutes,
    Rule.HOURS: deadlines.hours,
    Rule.WORKING_DAYS: deadlines.working_days,
    Rule.CALENDAR_DAYS: deadlines.calendar_days,
    Rule.CALENDAR_DAYS_BEFORE: deadlines.calendar_days_before,
    Rule.END_OF_DAY: deadlines.end_of_day,
}


def inputs(due: datetime | None) -> list[Any] | None:
    """[rule, amount, base, calendar version] of a deadline; None for a date that no rule of ours has made.

    base: the moment from which it counts, in microseconds since 1970 (UTC).
    """
    if not isinstance(due, Due):
        return None
    why = due.explanation
    return [why.rule.value, why.amount, (why.base - EPOCH) // MICROSECOND, why.calendar_version]


def counted(calendar: WorkCalendar, rule: Rule, amount: float | str | None, start: datetime, clause: str | None) -> Due:
    """A term by the name of its rule. Raises ValueError if it cannot be counted."""
    if rule is Rule.RECEIPT:
        return deadlines.receipt(calendar, start, clause)
    return _RULES[rule](calendar, amount, start, clause)


def recounted(calendar: WorkCalendar, rule: list[Any], clause: str | None = None) -> Due:
    """The deadline of these inputs by another calendar or the same. Raises ValueError if it cannot be counted."""
    name, amount, base, _ = rule
    return counted(calendar, Rule(name), amount, EPOCH + base * MICROSECOND, clause)


def explain(session: Session, task: Task) -> Reckoned | None:
    """Why a task is due when it is, on the clock of its case; None if no rule has made the date."""
    if task.due_rule is None:
        return None
    instance = session.get_one(Instance, task.instance_id)
    root = session.get_one(Instance, instance.root_id)
    return explain_by(session, task, Clock.recalled(root.clock))


def explain_by(session: Session, task: Task, clock: Clock) -> Reckoned | None:
    """The same on a clock that is known, with the clause that gives the term.

    That clause is the step's `law.limitClause` where another one than its own gives the term, else its `law.clause`.
    """
    if task.due_rule is None:
        return None
    calendar = calendar_at(session, task.tenant_id, task.due_rule[3])
    properties = model_of(session, task.definition_id).node(task.element).properties
    clause = properties.get("law.limitClause") or properties.get("law.clause")
    return reckon(recounted(calendar, task.due_rule, clause).explanation, calendar, clock, task.ended_at)
