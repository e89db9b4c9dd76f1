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
from app.domain.deadlines import Due
from app.domain.explanation import Explanation, Rule
from app.store.tables import Task

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_RULES: dict[Rule, Callable[..., Due]] = {
    Rule.MINUTES: deadlines.minutes,
    Rule.HOURS: deadlines.hours,
    Rule.WORKING_DAYS: deadlines.working_days,
    Rule.CALENDAR_DAYS: deadlines.calendar_days,
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


def explain(session: Session, task: Task) -> Explanation | None:
    """The explanation of a task's due date, with the clause that gives the term; None if no rule has made the date.

    That clause is the step's `law.limitClause` where another one than its own gives the term, else its `law.clause`.
    """
    if task.due_rule is None:
        return None
    name, amount, base, version = task.due_rule
    rule, start = Rule(name), EPOCH + base * MICROSECOND
    calendar = calendar_at(session, task.tenant_id, version)
    properties = model_of(session, task.definition_id).node(task.element).properties
    clause = properties.get("law.limitClause") or properties.get("law.clause")
    if rule is Rule.RECEIPT:
        return deadlines.receipt(calendar, start, clause).explanation
    return _RULES[rule](calendar, amount, start, clause).explanation
