"""The cases and the steps that a number of the statistics counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.cases.case_search import number_of, result_of
from app.actions.figures.grounds import ground_name
from app.actions.figures.statistics import Asked, title_of, wanted_by
from app.actions.lists.worklist import names_of
from app.actions.models.models import models_of
from app.actions.models.naming import step_name
from app.actions.tasks.opening import applicant_of
from app.actions.terms.calendars import calendars_of
from app.domain import refusals
from app.domain.figures.outcomes import Outcome
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.domain.terms.explanation import Rule
from app.errors import NotFound
from app.store import figure_lists
from app.store.figure_lists import ENDED, OF_STEPS, OPEN, RECEIVED, Listed, ListedSteps, Place
from app.store.tables import CaseFigure, Instance, Task

NO_SUCH_LIST = Text(
    "«{which}» деген тізім жоқ.", "Списка «{which}» нет.", "there is no list '{which}' of the statistics"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case that is counted. number, applicant: empty of one that was removed when its time was over. Moments are in the
    zone of the provider; in_time: None while it is open or without a term. counted: in `unit`, see `CaseFigure`."""

    id: UUID
    removed: bool
    number: str
    applicant: str | None
    service_key: str
    service: Text
    received_at: datetime
    ended_at: datetime | None
    due_at: datetime | None
    in_time: bool | None
    outcome: Outcome | None
    result: Text | None
    ground: Text | None
    worked: int | None
    counted: int | None
    unit: Rule | None


@dataclass(frozen=True, slots=True)
class Work:
    """A step that was completed, by whom, in which case."""

    task_id: UUID
    case_id: UUID
    number: str
    applicant: str | None
    by: str
    opened_at: datetime
    completed_at: datetime
    due_at: datetime | None
    worked: int | None


def cases(
    session: Session,
    actor: Actor,
    asked: Asked,
    which: str,
    ground: str | None,
    now: datetime,
    after: Place | None,
    limit: int,
) -> tuple[list[Case], Place | None]:
    """Those beyond a place, and where the next page begins; None: there is no more. Raises Forbidden, NotFound, Invalid."""
    if which != RECEIVED and which not in ENDED and which not in OPEN:
        raise refusals.of(NotFound, NO_SUCH_LIST, which=which)
    wanted = wanted_by(actor, asked)
    listed = Listed(which, asked.span, wanted.tenants, asked.service, ground)
    rows = session.execute(figure_lists.cases(listed, now, after, limit + 1)).all()
    calendars = calendars_of(session, {figure.tenant_id for figure, _ in rows})
    found = [_case(figure, case, calendars[figure.tenant_id].tz) for figure, case in rows[:limit]]
    if len(rows) <= limit:
        return found, None
    last = rows[limit - 1][0]
    day = last.received_on if which == RECEIVED or which in OPEN else last.ended_on
    return found, None if day is None else Place(day, last.id)


def _case(figure: CaseFigure, case: Instance | None, zone: tzinfo) -> Case:
    return Case(
        id=figure.id,
        removed=case is None,
        number="" if case is None else number_of(case),
        applicant=None if case is None else applicant_of(case.variables),
        service_key=figure.service,
        service=title_of(figure.service),
        received_at=figure.received_at.astimezone(zone),
        ended_at=_local(figure.ended_at, zone),
        due_at=_local(figure.due_at, zone),
        in_time=figure.in_time,
        outcome=None if figure.outcome is None else Outcome(figure.outcome),
        result=None if case is None else result_of(case),
        ground=ground_name(figure.service, figure.ground),
        worked=figure.worked,
        counted=figure.counted,
        unit=None if figure.unit is None else Rule(figure.unit),
    )


def _local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)


def steps(
    session: Session,
    actor: Actor,
    asked: Asked,
    which: str,
    process: str,
    element: str,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> tuple[Text, list[Work], tuple[datetime, UUID] | None]:
    """What the step is called, those beyond a place, and where the next page begins. Raises as `cases`."""
    if which not in OF_STEPS:
        raise refusals.of(NotFound, NO_SUCH_LIST, which=which)
    wanted = wanted_by(actor, asked)
    listed = ListedSteps(which, process, element, asked.span, wanted.tenants, asked.service)
    rows = session.execute(figure_lists.steps(listed, after, limit + 1)).all()
    shown = rows[:limit]
    names = names_of(session, {task.completed_by or task.assignee or "" for task, _ in shown})
    calendars = calendars_of(session, {task.tenant_id for task, _ in shown})
    found = [_work(task, case, names, calendars[task.tenant_id].tz) for task, case in shown]
    last = shown[-1][0] if len(rows) > limit else None
    edge = None if last is None or last.ended_at is None else (last.ended_at, last.id)
    return _name(session, shown[0][0] if shown else None, element), found, edge


def _name(session: Session, task: Task | None, element: str) -> Text:
    if task is None:
        return Text(element, element, element)
    return step_name(models_of(session, [task.definition_id])[task.definition_id].node(element))


def _work(task: Task, case: Instance, names: Mapping[str, str], zone: tzinfo) -> Work:
    assert task.ended_at is not None
    by = task.completed_by or task.assignee or ""
    return Work(
        task_id=task.id,
        case_id=case.id,
        number=number_of(case),
        applicant=applicant_of(case.variables),
        by=names.get(by, by),
        opened_at=task.created_at.astimezone(zone),
        completed_at=task.ended_at.astimezone(zone),
        due_at=_local(task.due_at, zone),
        worked=task.worked,
    )
