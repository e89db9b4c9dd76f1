"""Why a task is due when it is. Kept: the rule with its inputs and the version of the calendar; the words are worked out anew.

Every version of a calendar is kept whole, so that the explanation stays the same after the calendar has changed.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Text, func, select, true, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.actions.models.models import model_of
from app.actions.terms.calendars import calendar_at
from app.domain.models.values import jsonable
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.due import Due
from app.domain.terms.explanation import Explanation, Rule
from app.domain.terms.reckoning import Reckoned, reckon
from app.domain.terms.term_properties import clock_of_step, term_clause
from app.store.tables import Instance, Task
from app.store.trees import members

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def inputs(due: datetime | None) -> list[Any] | None:
    """[rule, amount, base, calendar version] of a deadline; None for a date that no rule of ours has made.

    base: the moment from which it counts, in microseconds since 1970 (UTC); of a term that begins where another is over,
    [rule, amount, base] of that one.
    """
    if not isinstance(due, Due):
        return None
    why = due.explanation
    return [*_kept(why), why.calendar_version]


def _kept(why: Explanation) -> list[Any]:
    base = (why.base - EPOCH) // MICROSECOND if why.after is None else _kept(why.after)
    return [why.rule.value, why.amount, base]


def recounted(calendar: WorkCalendar, rule: list[Any], clause: str | None = None) -> Due:
    """The deadline of these inputs by another calendar or the same, from its first moment on.

    Raises ValueError if it cannot be counted.
    """
    name, amount, base, *_ = rule
    start = recounted(calendar, base) if isinstance(base, list) else EPOCH + base * MICROSECOND
    return deadlines.count(calendar, Rule(name), amount, start, clause)


def rule_of(session: Session, root: UUID, due: datetime) -> list[Any] | None:
    """The inputs of a deadline that a variable of the case holds; None if no rule of ours has made the date."""
    tree = members([root])
    marked = func.jsonb_each(Instance.types).table_valued("key", "value", name="marked")
    mark, name = type_coerce(marked.c.value, JSONB()), type_coerce(marked.c.key, Text())
    found = (
        select(mark[2])
        .select_from(tree.join(Instance, Instance.id == tree.c.id).join(marked, true()))
        .where(func.jsonb_typeof(mark) == "array", func.jsonb_typeof(mark[2]) == "array")
        .where(Instance.variables[name].astext == jsonable(due))
        .limit(1)
    )
    rule: list[Any] | None = session.scalar(found)
    return rule


def explain(session: Session, task: Task) -> Reckoned | None:
    """Why a task is due when it is, on the clock of its case; None if no rule has made the date."""
    if task.due_rule is None:
        return None
    instance = session.get_one(Instance, task.instance_id)
    root = session.get_one(Instance, instance.root_id)
    return explain_by(session, task, Clock.recalled(root.clock))


def explain_by(session: Session, task: Task, clock: Clock) -> Reckoned | None:
    """The same on a clock that is known, with the clause that gives the term."""
    if task.due_rule is None:
        return None
    calendar = calendar_at(session, task.tenant_id, task.due_rule[3])
    properties = model_of(session, task.definition_id).node(task.element).properties
    due = recounted(calendar, task.due_rule, term_clause(properties))
    return reckon(due.explanation, calendar, clock_of_step(properties, clock), task.ended_at)
