"""What a worker does with an external task that he holds: complete it, give it up, raise a business error, hold it longer."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.documents import files
from app.actions.running import incidents
from app.actions.running.external_log import logged
from app.actions.running.moves import Act, Move, record
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.external_task_log import Event
from app.store.tables import ExternalTask, Instance

LONGEST = 2_000
"""Characters that are kept of what went wrong; all of its details are."""


def require_worker(actor: Actor) -> None:
    """Raises Forbidden."""
    if not actor.administrator:
        raise Forbidden("only an administrator or a connected system works external tasks")


def task_for(session: Session, actor: Actor, task_id: UUID) -> ExternalTask:
    """An external task that the actor may see. Raises NotFound."""
    task = session.get(ExternalTask, task_id)
    if task is None or not actor.belongs_to(task.tenant_id):
        raise NotFound(f"Cannot find external task with id {task_id}")
    return task


def locked(session: Session, actor: Actor, task_id: UUID) -> tuple[ExternalTask, Instance]:
    """A task to be worked or mended, with its instance, whose tree is locked first. Raises Forbidden, NotFound."""
    require_worker(actor)
    instance = queries.locked_instance(session, task_for(session, actor, task_id).instance_id)
    task = session.get(ExternalTask, task_id, with_for_update=True, populate_existing=True)
    if task is None or instance is None:
        raise NotFound(f"Cannot find external task with id {task_id}")
    return task, instance


def complete(
    session: Session,
    actor: Actor,
    task_id: UUID,
    worker: str,
    variables: Mapping[str, Variable],
    local: Mapping[str, Variable],
    now: datetime,
) -> None:
    """Complete a task and run on to the next wait. Raises as `_held`, StepFailed."""
    task, instance = _held(session, actor, task_id, worker, "completed")
    variables = _taken(session, instance, variables, local)
    act = Act(actor.user_id, now, "CompleteExternalTask", element=task.element, data=kept({**variables, **local}))
    session.add(logged(task, Event.SUCCESSFUL, now))
    session.delete(task)  # so it is not among what is withdrawn
    _leave(session, task, instance, engine.Complete(task.token, plain(variables), plain(local)), act, variables)


def bpmn_error(
    session: Session,
    actor: Actor,
    task_id: UUID,
    worker: str,
    code: str,
    message: str | None,
    variables: Mapping[str, Variable],
    now: datetime,
) -> None:
    """Leave a task with a business error (BPMN 2.0.2, 10.5.5), which ends the instance where nothing catches it.

    Raises as `_held`, StepFailed.
    """
    task, instance = _held(session, actor, task_id, worker, "completed")
    variables = _taken(session, instance, variables, {})
    data = {**kept(variables), "errorCode": code}
    act = Act(actor.user_id, now, "BpmnError", element=task.element, data=data)
    _leave(session, task, instance, engine.Raise(task.token, code, message, plain(variables)), act, variables)


def fail(
    session: Session,
    actor: Actor,
    task_id: UUID,
    worker: str,
    retries: int,
    after: timedelta,
    now: datetime,
    *,
    message: str | None = None,
    details: str | None = None,
    variables: Mapping[str, Variable],
    local: Mapping[str, Variable],
) -> None:
    """Give a task up, to be tried again `after` some time; without tries left an incident tells of it. Raises as `_held`."""
    task, instance = _held(session, actor, task_id, worker, "failed")
    variables = _taken(session, instance, variables, local)
    task.error, task.error_details = message and message[:LONGEST], details
    task.locked_until = now + after
    session.add(logged(task, Event.FAILED, now))
    change_retries(session, task, instance, retries, now)
    data = {**kept({**variables, **local}), "errorMessage": task.error, "retries": retries}
    act = Act(actor.user_id, now, "FailExternalTask", element=task.element, data=data)
    if variables or local:
        command = engine.SetLocal(task.token, plain(local), others=plain(variables))
        advance(session, Move(instance, command, act, typed=variables))
    else:
        session.add(record(instance.id, act))


def lock(session: Session, actor: Actor, task_id: UUID, worker: str, last: timedelta, now: datetime) -> None:
    """Give a task to a worker if nobody else has it. Raises Forbidden, NotFound, Invalid."""
    task = _alone(session, actor, task_id)
    if task.locked_until is not None and task.locked_until > now:
        _require_holder(task, worker, "locked")
    task.worker_id, task.locked_until = worker, now + last


def extend_lock(session: Session, actor: Actor, task_id: UUID, worker: str, last: timedelta, now: datetime) -> None:
    """Let a worker have his task until `last` from now. Raises Forbidden, NotFound, Invalid, also when it is his no more."""
    task = _alone(session, actor, task_id)
    _require_holder(task, worker, "extended")
    if task.locked_until is None or task.locked_until <= now:
        raise Invalid(f"Cannot extend a lock that expired: that of external task {task_id}")
    task.locked_until = now + last


def unlock(session: Session, actor: Actor, task_id: UUID) -> None:
    """Let anybody have a task. Raises Forbidden, NotFound."""
    task = _alone(session, actor, task_id)
    task.worker_id, task.locked_until = None, None


def change_retries(session: Session, task: ExternalTask, instance: Instance, retries: int, now: datetime) -> None:
    """Set the tries that are left; an incident lasts as long as there are none."""
    task.retries = retries
    if retries > 0:
        incidents.end_of(session, task.id, now)
        return
    error = AppError(task.error or f"external task {task.id} has no tries left")
    incidents.begin(session, instance, incidents.FAILED_EXTERNAL_TASK, task.id, task.token, task.element, error, now)


def _held(session: Session, actor: Actor, task_id: UUID, worker: str, what: str) -> tuple[ExternalTask, Instance]:
    """A task of a worker with its instance. Raises Forbidden, NotFound, Invalid when another has it, Conflict.

    A lock that has ended is still his as long as nobody else took the task.
    """
    task, instance = locked(session, actor, task_id)
    _require_holder(task, worker, what)
    if task.suspended:
        raise Conflict(f"external task {task_id} is suspended")
    return task, instance


def _require_holder(task: ExternalTask, worker: str, what: str) -> None:
    if task.worker_id != worker:
        raise Invalid(
            f"External Task {task.id} cannot be {what} by worker '{worker}'. It is locked by worker '{task.worker_id}'."
        )


def _alone(session: Session, actor: Actor, task_id: UUID) -> ExternalTask:
    """A task whose instance stays as it is."""
    require_worker(actor)
    task_for(session, actor, task_id)
    task = session.get(ExternalTask, task_id, with_for_update=True, populate_existing=True)
    if task is None:
        raise NotFound(f"Cannot find external task with id {task_id}")
    return task


def _taken(
    session: Session, instance: Instance, variables: Mapping[str, Variable], local: Mapping[str, Variable]
) -> dict[str, Variable]:
    """The variables with their files written. Raises Invalid."""
    if found := next((name for name, variable in local.items() if variable.type == "File"), None):
        raise Invalid(f"variable '{found}': files are kept among the variables of the process, not of a task")
    return files.take(session, instance.id, variables)


def _leave(
    session: Session,
    task: ExternalTask,
    instance: Instance,
    command: engine.Command,
    act: Act,
    typed: Mapping[str, Variable],
) -> None:
    incidents.end_of(session, task.id, act.at)
    session.flush()
    advance(session, Move(instance, command, act, typed=typed))
