"""Every term of a case: the whole and its steps, open and ended, on the clock of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.models.models import models_of
from app.actions.terms.case_terms import Allowed, allowed, has_total, versions_of, whole_term
from app.actions.terms.cases import seen_case
from app.actions.terms.explanations import explain_by
from app.domain.people.access import Actor
from app.domain.terms.case_clock import Clock
from app.domain.terms.reckoning import Reckoned
from app.store.tables import Instance, Task


@dataclass(frozen=True, slots=True)
class Step:
    """A task with its term. term: None if no rule has made the date; in_time: None while it is open or without a date."""

    task: Task
    clause: str | None
    term: Reckoned | None
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class CaseDeadlines:
    """total: whether the act gives a term for the whole; whole: None if it does not, or if it cannot be counted yet."""

    root: Instance
    clock: Clock
    total: bool
    whole: Reckoned | None
    in_time: bool | None
    steps: Sequence[Step]
    allowed: Allowed


def deadlines(session: Session, actor: Actor, case_id: UUID) -> CaseDeadlines:
    """The terms of a case, for who may see a task of it. Raises NotFound."""
    return deadlines_of(session, *seen_case(session, actor, case_id))


def deadlines_of(session: Session, root: Instance, tasks: Sequence[Task]) -> CaseDeadlines:
    """The same with the steps that these tasks are."""
    clock = Clock.recalled(root.clock)
    whole = whole_term(session, root, versions_of(session, root.tenant_id), clock)
    models = models_of(session, {task.definition_id for task in tasks})
    steps = []
    for task in tasks:
        completed = task.ended_at if task.end_reason == "completed" else None
        clause = models[task.definition_id].node(task.element).properties.get("law.clause")
        steps.append(Step(task, clause, explain_by(session, task, clock), _in_time(clock, task.due_at, completed)))
    return CaseDeadlines(
        root=root,
        clock=clock,
        total=has_total(session, root),
        whole=whole,
        in_time=_in_time(
            clock, None if whole is None else whole.result, root.ended_at if root.end_state == "COMPLETED" else None
        ),
        steps=steps,
        allowed=allowed(session, root, tasks),
    )


def _in_time(clock: Clock, due: datetime | None, ended: datetime | None) -> bool | None:
    """Work that is done while the clock stands still is in time if its term was not over when it stopped."""
    if due is None or ended is None:
        return None
    pause = clock.pause_at(ended)
    return ended <= due or (pause is not None and pause.start < due)
