"""A task is completed with what its form asks for, and its instance runs on to the next wait."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files, references
from app.actions.figures import keeping
from app.actions.forms.form_data import FormReference, check_form
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain
from app.actions.tasks.delegation import PENDING
from app.actions.tasks.four_eyes import require_one_voice, require_other_hands
from app.actions.tasks.opening import GONE_AT_THE_END
from app.actions.tasks.tasks import locked, require_worker, user_task
from app.domain import refusals
from app.domain.models import values
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Conflict
from app.store.tables import Definition, Instance, Task


def complete(
    session: Session,
    actor: Actor,
    task_id: UUID,
    variables: Mapping[str, Variable],
    now: datetime,
    *,
    local: Mapping[str, Variable] | None = None,
) -> Instance:
    """Complete a task and run on to the next wait. Raises NotFound, Conflict, Forbidden, StepFailed, Invalid.

    What people give is checked against the form of the task, if it has one; an administrator, who mends, may give
    anything, and history keeps it under that name.
    """
    task, instance = locked(session, actor, task_id)
    require_worker(actor, task)
    if not actor.administrator:
        variables = _checked(session, actor, task, instance, variables, now)
    return _complete(session, actor, task, instance, variables, now, local or {})


def submit_form(
    session: Session, actor: Actor, task_id: UUID, variables: Mapping[str, Variable], now: datetime
) -> Instance:
    """Complete a task with the data of its form, checked against it. Raises as `complete`, and Invalid with the fields."""
    task, instance = locked(session, actor, task_id)
    require_worker(actor, task)
    variables = _checked(session, actor, task, instance, variables, now)
    return _complete(session, actor, task, instance, variables, now, {})


def _checked(
    session: Session, actor: Actor, task: Task, instance: Instance, variables: Mapping[str, Variable], now: datetime
) -> Mapping[str, Variable]:
    asked = user_task(session, task)
    if asked.form_ref is None:
        return variables
    definition = session.get_one(Definition, task.definition_id)

    def known() -> dict[str, Any]:
        inner = engine.visible_variables(instance.state or b"", task.token, {})
        return {**instance.variables, **values.jsonable(inner)}

    form = FormReference.of_task(definition, asked)
    documents = references.of_case(session, instance)
    return check_form(
        session, form, variables, now, actor=actor, tenant=instance.tenant_id, known=known, documents=documents
    )


def _complete(
    session: Session,
    actor: Actor,
    task: Task,
    instance: Instance,
    variables: Mapping[str, Variable],
    now: datetime,
    local: Mapping[str, Variable],
) -> Instance:
    if task.delegation == PENDING:
        raise refusals.of(Conflict, refusals.TASK_DELEGATED, task=task.id)
    require_other_hands(session, task, instance, {actor.user_id, task.assignee})
    if not actor.administrator and actor.user_id != task.assignee:
        require_one_voice(session, task, actor.user_id)
    variables = files.take(session, instance.id, variables)
    task.assignee = task.assignee or actor.user_id
    task.ended_at, task.end_reason, task.given = now, "completed", kept({**variables, **local}) or None
    keeping.complete(session, task, instance)
    for name, nothing in GONE_AT_THE_END.items():
        setattr(task, name, nothing)
    act = Act(actor.user_id, now, "Complete")
    if task.assignee != actor.user_id:
        task.completed_by, act = actor.user_id, replace(act, on_behalf_of=task.assignee)
    command = engine.Complete(task.token, plain(variables), plain(local))
    advance(session, Move(instance, command, act, typed=variables, completes=task))
    return instance
