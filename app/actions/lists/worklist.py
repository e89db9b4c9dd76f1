"""The list that people work on: each open task with all that is shown of it, in a fixed number of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session, aliased

from app.actions.models.models import models_of
from app.actions.models.naming import service_title, step_name
from app.actions.tasks.opening import NUMBER
from app.actions.tasks.tasks import held_until
from app.actions.terms.calendars import calendars_of
from app.domain.terms.calendar import ONE_DAY, Text, WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.domain.terms.time_left import TimeLeft, time_left, working_days
from app.store.tables import Comment, Document, Instance, Organisation, Task, User
from app.store.trees import members

_NAMES = "names of people"
"""Key in `session.info`."""


@dataclass(frozen=True, slots=True)
class Row:
    """An open task. number: of the case, its business key until it is registered; left: None without a due date.

    waiting: working days since the task came, that day counted and today not; None: it came today. paused: the clock of the
    case stands still; held: on hold until that day of the provider begins. assignee: a name to be read.
    comments: on the task; documents: of the case.
    """

    task: Task
    service: Text
    step: Text
    number: str
    left: TimeLeft | None
    waiting: int | None
    paused: bool
    held: date | None
    assignee: str | None
    comments: int
    documents: int


@dataclass(frozen=True, slots=True)
class _Case:
    root: UUID
    key: str
    clock: Clock


def rows(session: Session, tasks: Sequence[Task], now: datetime) -> list[Row]:
    """What the list shows of these tasks, in their order. now: aware."""
    models = models_of(session, {task.definition_id for task in tasks})
    cases = _cases(session, {task.instance_id for task in tasks})
    calendars = calendars_of(session, {task.tenant_id for task in tasks})
    people = names_of(session, {task.assignee for task in tasks if task.assignee})
    counted = _counted(session, {task.id for task in tasks}, {case.root for case in cases.values()})
    return [
        _row(
            task,
            cases[task.instance_id],
            step_name(models[task.definition_id].node(task.element)),
            calendars[task.tenant_id],
            None if task.assignee is None else people.get(task.assignee, task.assignee),
            counted,
            now,
        )
        for task in tasks
    ]


def _row(
    task: Task,
    case: _Case,
    step: Text,
    calendar: WorkCalendar,
    assignee: str | None,
    counted: Mapping[UUID, int],
    now: datetime,
) -> Row:
    rule = Rule(task.due_rule[0]) if task.due_rule else None
    standing = case.clock.standing
    seen_at = now if standing is None else min(now, standing.start)
    left = None if task.due_at is None else time_left(calendar, rule, task.due_at, task.created_at, seen_at)
    until = held_until(task, now)
    came, today = (moment.astimezone(calendar.tz).date() for moment in (task.created_at, now))
    return Row(
        task=task,
        service=service_title(case.key) or Text(case.key, case.key, case.key),
        step=step,
        number=number_of(task),
        left=left,
        waiting=None if came == today else working_days(calendar, came - ONE_DAY, today - ONE_DAY),
        paused=standing is not None,
        held=None if until is None else until.astimezone(calendar.tz).date(),
        assignee=assignee,
        comments=counted.get(task.id, 0),
        documents=counted.get(case.root, 0),
    )


def number_of(task: Task) -> str:
    """The number of the case of an open task: its business key until it is registered."""
    return str((task.searchable or {}).get("process", {}).get(NUMBER) or task.business_key or "")


def _cases(session: Session, instances: Iterable[UUID]) -> Mapping[UUID, _Case]:
    """The case that each instance belongs to."""
    root = aliased(Instance)
    found = (
        select(Instance.id, Instance.root_id, root.definition_key, root.clock)
        .join(root, root.id == Instance.root_id)
        .where(Instance.id.in_(instances))
    )
    return {row.id: _Case(row.root_id, row.definition_key, Clock.recalled(row.clock)) for row in session.execute(found)}


def names_of(session: Session, user_ids: Iterable[str]) -> dict[str, str]:
    """The names of people by id: first and last name, else the id. A session reads each once."""
    known: dict[str, str] = session.info.setdefault(_NAMES, {})
    wanted = set(user_ids)
    if unread := wanted - known.keys():
        found = select(User.id, User.full_name).where(User.id.in_(unread))
        known |= {row.id: row.full_name for row in session.execute(found)}
    return {one: known[one] for one in wanted & known.keys()}


def organisations(session: Session, tenants: Collection[str] | None = None) -> dict[str, Text]:
    """The names of organisations by id; None: of all of them."""
    found = select(Organisation.id, Organisation.names)
    if tenants is not None:
        found = found.where(Organisation.id.in_(tenants))
    return {row.id: Text(**row.names) for row in session.execute(found.order_by(Organisation.id))}


def _counted(session: Session, tasks: Collection[UUID], roots: Collection[UUID]) -> Mapping[UUID, int]:
    """How many comments each task has, and how many documents have arrived with each case."""
    tree = members(roots)
    comments = select(Comment.task_id.label("id"), func.count().label("number")).where(Comment.task_id.in_(tasks))
    documents = (
        select(tree.c.root, func.count())
        .join(Document, Document.instance_id == tree.c.id)
        .where(Document.digest.is_not(None))
    )
    counted = union_all(comments.group_by(Comment.task_id), documents.group_by(tree.c.root)).subquery()
    return {row.id: row.number for row in session.execute(select(counted.c.id, counted.c.number))}
