"""The same done to many tasks: each by itself or not at all, and of each it is said what became of it.

All of it is one transaction of the caller's; each task has a savepoint in it, so that what fails leaves nothing behind
and takes nothing else with it.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.actions.documents.shared_documents import handed_out
from app.actions.lists import worklist
from app.actions.models.models import models_of
from app.actions.models.naming import service_title, step_name
from app.actions.people.people import actor_of
from app.actions.running import failures
from app.actions.tasks import completion, task_comments, tasks
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.domain.refusals import TASK_UNKNOWN, of
from app.domain.terms.calendar import Text
from app.engine import StepFailed
from app.errors import AppError, Invalid, NotFound
from app.log import scope
from app.store.tables import Instance, Task

log = logging.getLogger(__name__)
MOST = 100
"""Tasks that are worked at once."""
TOO_MANY = Text(
    "Бір жолы ең көбі {most} тапсырма таңдауға болады.",
    "За один раз можно выбрать не больше {most} задач.",
    "At most {most} tasks can be chosen at once.",
)
NONE = Text("Ешбір тапсырма таңдалмаған.", "Ни одна задача не выбрана.", "No task is chosen.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A task as the person knew it. title: the applicant, else the number, else the step. service: None once it has ended."""

    id: UUID
    title: str
    number: str
    step: Text | None
    service: Text | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task. error: why nothing was done; unforeseen: nobody knows why, it is in the log."""

    task: Chosen
    error: AppError | None = None
    unforeseen: bool = False

    @property
    def done(self) -> bool:
        return self.error is None and not self.unforeseen


def claim(session: Session, actor: Actor, ids: Sequence[UUID], now: datetime) -> list[Outcome]:
    """Take them. Raises Invalid for none or too many, as all of these do."""
    return _each(session, actor, ids, lambda task_id: tasks.claim(session, actor, task_id, None, now))


def assign(session: Session, actor: Actor, ids: Sequence[UUID], user_id: str, now: datetime) -> list[Outcome]:
    """Give them to a person who may work them. Raises Invalid for nobody known."""
    tasks.require_user(session, user_id)
    person = actor_of(session, user_id)
    return _each(session, actor, ids, lambda one: tasks.assign(session, actor, one, user_id, now, person=person))


def comment(session: Session, actor: Actor, ids: Sequence[UUID], message: str, now: datetime) -> list[Outcome]:
    """Write the same comment on each of them."""
    return _each(session, actor, ids, lambda task_id: task_comments.add_comment(session, actor, task_id, message, now))


def complete(
    session: Session, actor: Actor, ids: Sequence[UUID], variables: Mapping[str, Variable], now: datetime
) -> list[Outcome]:
    """Complete each with the same data of its form, checked against it; what nobody has is taken first."""

    def one(task_id: UUID) -> None:
        task = session.get_one(Task, task_id)
        if task.assignee is None:
            tasks.claim(session, actor, task_id, None, now)
        completion.submit_form(session, actor, task_id, handed_out(session, actor, task, variables, now), now)

    outcomes = _each(session, actor, ids, one)
    for outcome in outcomes:
        if isinstance(outcome.error, StepFailed):
            failures.note(session, outcome.error, now)
    return outcomes


def claim_first(session: Session, actor: Actor, ids: Sequence[UUID], now: datetime) -> UUID | None:
    """Take the first of these tasks that nobody else has taken meanwhile; None: there is none left."""
    for task_id in ids:
        try:
            with session.begin_nested():
                tasks.claim(session, actor, task_id, None, now)
        except AppError:
            continue
        return task_id
    return None


def chosen(session: Session, actor: Actor, ids: Collection[UUID]) -> list[Task]:
    """Those among them that the actor may see, ended ones too, in the order in which their cases are locked."""
    found = session.execute(
        select(Task, Instance.root_id)
        .join(Instance, Instance.id == Task.instance_id)
        .where(Task.id.in_(ids))
        .order_by(Instance.root_id, Task.id)
    )
    return [row.Task for row in found if tasks.sees(actor, row.Task)]


def described(session: Session, found: Sequence[Task]) -> list[Chosen]:
    """What is said of tasks where they are named one by one."""
    models = models_of(session, {task.definition_id for task in found})
    return [_described(task, step_name(models[task.definition_id].node(task.element))) for task in found]


def _described(task: Task, step: Text) -> Chosen:
    number = worklist.number_of(task)
    service = service_title(task.service) if task.service else None
    return Chosen(task.id, task.applicant or number or task.name or task.element, number, step, service)


def require_some(ids: Collection[Any]) -> None:
    """Raises Invalid for none or too many."""
    if not ids:
        raise of(Invalid, NONE)
    if len(ids) > MOST:
        raise of(Invalid, TOO_MANY, most=MOST)


def _each(session: Session, actor: Actor, ids: Sequence[UUID], act: Callable[[UUID], object]) -> list[Outcome]:
    """Do it to each, in the order in which all lock cases, so that two who do so at once do not wait for each other."""
    require_some(ids)
    found = chosen(session, actor, ids)
    known = {one.id: one for one in described(session, found)}
    done = {one.task.id: one for one in (tried(session, known[task.id], act) for task in found)}
    return [done.get(task_id) or _gone(task_id) for task_id in dict.fromkeys(ids)]


def tried(session: Session, task: Chosen, act: Callable[[UUID], object]) -> Outcome:
    """In a savepoint. Raises what the database says: then the transaction is over, and nothing of it was done."""
    with scope(task=str(task.id)):
        try:
            with session.begin_nested():
                act(task.id)
        except AppError as error:
            return Outcome(task, error)
        except SQLAlchemyError:
            raise
        except Exception:
            log.exception("task %s", task.id)
            return Outcome(task, unforeseen=True)
        return Outcome(task)


def _gone(task_id: UUID) -> Outcome:
    text = str(task_id)
    return Outcome(Chosen(task_id, text, "", None), of(NotFound, TASK_UNKNOWN, task=text))
