"""The figures of a case are written as it begins, as its term moves, and as it ends; those of a step as it is completed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, column, update, values
from sqlalchemy.orm import Session

from app import expressions
from app.actions.models.models import model_of
from app.actions.terms.calendars import calendar_or_usual
from app.actions.terms.case_terms import versions_of, whole_term
from app.domain.figures import durations
from app.domain.figures.outcomes import DONE, Outcome, ground_of, outcome_of, result_of
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.term_properties import TOTAL, clock_of_step
from app.store.tables import CaseFigure, Instance, Task


def begin(session: Session, root: Instance) -> None:
    """Note that a case has been received, once its row is there."""
    session.add(CaseFigure(id=root.id, **received(session, root), **term(session, root)))


def received(session: Session, root: Instance) -> dict[str, Any]:
    """What is known of a case from its beginning on."""
    day = root.started_at.astimezone(calendar_or_usual(session, root.tenant_id).tz).date()
    return {
        "tenant_id": root.tenant_id,
        "service": root.definition_key,
        "received_at": root.started_at,
        "received_on": day,
    }


def term(session: Session, root: Instance) -> dict[str, Any]:
    """The end of the term of the whole case as it is now, and since when its clock stands."""
    clock = Clock.recalled(root.clock)
    whole = _whole(session, root, clock)
    standing = None if root.ended_at is not None else clock.standing
    return {
        "due_at": None if whole is None else whole.result,
        "stands_since": None if standing is None else standing.start,
    }


def _whole(session: Session, root: Instance, clock: Clock) -> Reckoned | None:
    """None also where it cannot be counted."""
    if TOTAL not in model_of(session, root.definition_id).process.properties:
        return None
    try:
        return whole_term(session, root, versions_of(session, root.tenant_id), clock)
    except ValueError:
        return None


def follow(session: Session, root: Instance, changed: Collection[str] | None = None) -> None:
    """Let the kept term follow what it is counted from. changed: the variables that were written, None: anything else."""
    if root.super_id is not None or root.ended_at is not None:
        return
    if changed is not None and _names(session, root.definition_id).isdisjoint(changed):
        return
    session.execute(
        update(CaseFigure)
        .where(CaseFigure.id == root.id)
        .values(**term(session, root))
        .execution_options(synchronize_session=False)
    )


def _names(session: Session, definition_id: str) -> frozenset[str]:
    """The variables on which the term of the whole depends."""
    return _names_in(model_of(session, definition_id).process.properties.get(TOTAL, ""))


@cache
def _names_in(source: str) -> frozenset[str]:
    text = source if expressions.is_expression(source) else f"${{{source}}}"
    try:
        return frozenset(expressions.compile(text).names)
    except expressions.ExpressionError:
        return frozenset()


def move(session: Session, dues: Mapping[UUID, datetime]) -> None:
    """The terms of these cases end then."""
    if dues:
        new = values(column("id", Uuid), column("due_at", DateTime(timezone=True)), name="new").data(list(dues.items()))
        session.execute(
            update(CaseFigure)
            .where(CaseFigure.id == new.c.id, CaseFigure.due_at.is_distinct_from(new.c.due_at))
            .values(due_at=new.c.due_at)
            .execution_options(synchronize_session=False)
        )


def end(session: Session, root: Instance) -> None:
    """Note what became of a case that has ended."""
    session.execute(
        update(CaseFigure)
        .where(CaseFigure.id == root.id)
        .values(**ended(session, root))
        .execution_options(synchronize_session=False)
    )


def ended(session: Session, root: Instance, calendar: WorkCalendar | None = None) -> dict[str, Any]:
    """The figures of the end of a case. calendar: as it was then, None: it ends now."""
    assert root.ended_at is not None
    calendar, clock = calendar or calendar_or_usual(session, root.tenant_id), Clock.recalled(root.clock)
    outcome = outcome_of(root.end_state, root.variables)
    whole = _whole(session, root, clock)
    standing = clock.pause_at(root.ended_at)
    due = None if whole is None else whole.result
    figures: dict[str, Any] = {
        "ended_at": root.ended_at,
        "ended_on": root.ended_at.astimezone(calendar.tz).date(),
        "due_at": due,
        "stands_since": None if standing is None else standing.start,
        "outcome": outcome.value,
        "result": result_of(root.variables),
        "ground": ground_of(root.variables) if outcome is Outcome.REFUSED else None,
    }
    if outcome not in DONE:
        return figures
    figures["in_time"] = (
        None if due is None else root.ended_at <= due or (standing is not None and standing.start < due)
    )
    figures["worked"] = durations.worked(calendar, root.started_at, root.ended_at)
    if whole is not None and (unit := durations.unit_of(whole)) is not None:
        base = max(whole.parts[0].why.base, root.started_at)
        figures |= _used(calendar, unit, base, root.ended_at, clock)
    return figures


def _used(calendar: WorkCalendar, unit: Rule, start: datetime, end: datetime, clock: Clock) -> dict[str, Any]:
    return {"unit": unit.value, "counted": durations.counted(calendar, unit, min(start, end), end, clock)}


def complete(session: Session, task: Task, instance: Instance, calendar: WorkCalendar | None = None) -> None:
    """Note how long a step took that was completed. calendar: as it was then, None: that is now."""
    assert task.ended_at is not None
    calendar = calendar or calendar_or_usual(session, task.tenant_id)
    task.worked = durations.worked(calendar, task.created_at, task.ended_at)
    unit = durations.UNITS.get(Rule(task.due_rule[0])) if task.due_rule else None
    if unit is not None:
        properties = model_of(session, task.definition_id).node(task.element).properties
        clock = clock_of_step(properties, Clock.recalled(instance.clock))
        for name, value in _used(calendar, unit, task.created_at, task.ended_at, clock).items():
            setattr(task, name, value)
