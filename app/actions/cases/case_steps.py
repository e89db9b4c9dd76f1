"""The steps of a case as its page shows them: who had each, until when, and what is left of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.actions.cases.case_search import left_of
from app.actions.models.models import Model
from app.actions.models.naming import role_name, step_name
from app.actions.tasks.tasks import sees
from app.actions.terms.case_deadlines import CaseDeadlines, Step
from app.domain.acts.clauses import clause_in_words
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text, WorkCalendar
from app.domain.terms.time_left import TimeLeft
from app.store.tables import Task


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the case, open or ended. who: has it or had it, by name; instead_of: for whom, where a
    deputy did it; roles: who may take it while nobody has.

    seen: the reader may open its task; in_time: None while it is open, or without a date. Moments are of the provider's zone.
    """

    task: Task
    name: Text
    clause: str | None
    who: str | None
    instead_of: str | None
    roles: list[Text]
    due: datetime | None
    ended: datetime | None
    left: TimeLeft | None
    in_time: bool | None
    seen: bool


def steps_of(
    actor: Actor,
    terms: CaseDeadlines,
    models: Mapping[str, Model],
    people: Mapping[str, str],
    calendar: WorkCalendar,
    lang: str,
    now: datetime,
) -> list[StepShown]:
    """All steps, in the order in which they opened. models: by definition; people: names by id; lang: of the clauses."""

    def shown(step: Step) -> StepShown:
        task = step.task
        who = task.completed_by or task.assignee
        is_open = task.ended_at is None
        return StepShown(
            task=task,
            name=step_name(models[task.definition_id].node(task.element)),
            clause=None if step.clause is None else clause_in_words(step.clause, lang),
            who=None if who is None else people.get(who, who),
            instead_of=None
            if who == task.assignee or task.assignee is None
            else people.get(task.assignee, task.assignee),
            roles=[role_name(role) for role in task.candidate_groups],
            due=None if task.due_at is None else task.due_at.astimezone(calendar.tz),
            ended=None if task.ended_at is None else task.ended_at.astimezone(calendar.tz),
            left=left_of(task, terms.clock, calendar, now) if is_open else None,
            in_time=step.in_time,
            seen=is_open and sees(actor, task),
        )

    return [shown(one) for one in terms.steps]
