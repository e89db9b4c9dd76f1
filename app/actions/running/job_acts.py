"""What administrators and connected systems do with the jobs of instances. annotation: why, for history."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.actions.running import incidents, jobs, waits
from app.actions.running.moves import Act, record
from app.domain.models.model import node_of
from app.domain.people.access import Actor
from app.errors import AppError, Conflict, Forbidden, Invalid, NotFound
from app.store import queries
from app.store.tables import Definition, Instance, Job

MOST_RETRIES = MOST_AT_ONCE = 1_000
PRIORITY = 2**31 - 1


def job_for(session: Session, actor: Actor, job_id: UUID) -> Job:
    """A job that the actor may see. Raises NotFound."""
    job = session.get(Job, job_id)
    if job is None or not actor.belongs_to(job.tenant_id):
        raise NotFound(f"No job found with id '{job_id}'")
    return job


def execute(
    session: Session,
    actor: Actor,
    job_id: UUID,
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Do a job now, whenever it is due; a timer fires. One that calls a delegate is left to a worker, who does it at once.

    Raises NotFound, Forbidden, Conflict if it is suspended, and what goes wrong in it, which is noted as a failed try.
    """
    job, instance = _locked(session, actor, job_id)
    if job.suspended or instance.suspended:
        raise Conflict(f"job '{job_id}' is suspended")
    if job.kind == waits.DELEGATE:
        job.due_at = now
        jobs.set_retries(session, job, max(job.retries, 1), now)
        _note(session, actor, job, "ExecuteJob", now, annotation)
        return
    _note(session, actor, job, "ExecuteJob", now, annotation)
    job.chain = 0
    jobs.run(session, instance, job, now)


def set_retries(
    session: Session,
    actor: Actor,
    job_id: UUID,
    left: int,
    due: datetime | None,
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Let a job be tried so often again, when it is due; without retries it is an incident.

    Raises NotFound, Forbidden, Invalid.
    """
    if not 0 <= left <= MOST_RETRIES:
        raise Invalid(f"the number of retries is from 0 to {MOST_RETRIES}, not {left}")
    job, instance = _locked(session, actor, job_id)
    before = job.retries
    if due is not None:
        jobs.put_off(job, due)
    jobs.set_retries(session, job, left, now)
    if left == 0:
        why = AppError(job.error or "no retries are left")
        incidents.begin(session, instance, incidents.FAILED_JOB, job.id, job.token, node_of(job.key), why, now)
    _note(session, actor, job, "SetJobRetries", now, annotation, retries=[before, left])


def set_retries_of_many(
    session: Session,
    actor: Actor,
    job_ids: Collection[UUID],
    left: int,
    due: datetime | None,
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """The same of all of these jobs or none. Raises also Invalid for more than MOST_AT_ONCE."""
    if len(job_ids) > MOST_AT_ONCE:
        raise Invalid(f"at most {MOST_AT_ONCE} jobs at once, not {len(job_ids)}")
    _require_mender(actor)
    queries.lock_trees(session, Instance.id.in_(select(Job.instance_id).where(Job.id.in_(job_ids))))
    for job_id in sorted(job_ids):
        set_retries(session, actor, job_id, left, due, now, annotation=annotation)


def set_due(
    session: Session, actor: Actor, job_id: UUID, due: datetime | None, now: datetime, *, annotation: str | None = None
) -> None:
    """Have a job done at a moment (aware), None: now. Raises NotFound, Forbidden."""
    job, _ = _locked(session, actor, job_id)
    before = job.due_at
    jobs.put_off(job, now if due is None else due)
    if job.retries > 0:
        waits.enqueue(session, job, now)
    moments = [before.isoformat(), job.due_at.isoformat()]
    _note(session, actor, job, "SetJobDueDate", now, annotation, duedate=moments)


def set_priority(
    session: Session, actor: Actor, job_id: UUID, priority: int, now: datetime, *, annotation: str | None = None
) -> None:
    """Let a job come before others, or after them. Raises NotFound, Forbidden, Invalid."""
    if abs(priority) > PRIORITY:
        raise Invalid(f"a priority is from -{PRIORITY} to {PRIORITY}")
    job, _ = _locked(session, actor, job_id)
    before, job.priority = job.priority, priority
    if job.retries > 0:
        waits.enqueue(session, job, now)
    _note(session, actor, job, "SetJobPriority", now, annotation, priority=[before, priority])


def suspend(
    session: Session, actor: Actor, job_id: UUID, suspended: bool, now: datetime, *, annotation: str | None = None
) -> None:
    """Suspend one job or activate it. Raises NotFound, Forbidden."""
    job, _ = _locked(session, actor, job_id)
    jobs.suspend_those(session, Job.id == job.id, suspended, now)
    _note(session, actor, job, "SuspendJob" if suspended else "ActivateJob", now, annotation)


def suspend_all(
    session: Session,
    actor: Actor,
    which: ColumnElement[bool],
    suspended: bool,
    now: datetime,
    *,
    annotation: str | None = None,
) -> None:
    """Suspend the jobs of instances, or activate them. which: of instances. Raises Forbidden."""
    _require_mender(actor)
    found = select(Instance.id).where(which, Instance.ended_at.is_(None))
    queries.lock_trees(session, Instance.id.in_(found))
    ids = session.scalars(select(Job.instance_id).distinct().where(Job.instance_id.in_(found))).all()
    jobs.suspend(session, ids, suspended, now)
    act = Act(actor.user_id, now, "SuspendJob" if suspended else "ActivateJob", annotation=annotation)
    session.add_all(record(instance_id, act) for instance_id in ids)


def of_definition(definition_id: str | None, key: str | None) -> ColumnElement[bool]:
    """The instances of one definition, or of all versions of a process."""
    if definition_id is not None:
        return Instance.definition_id == definition_id
    return Instance.definition_id.in_(select(Definition.id).where(Definition.key == key))


def _locked(session: Session, actor: Actor, job_id: UUID) -> tuple[Job, Instance]:
    """A job as it is once the tree of its instance is locked. Raises NotFound, Forbidden."""
    known = job_for(session, actor, job_id)
    _require_mender(actor)
    instance = queries.locked_instance(session, known.instance_id)
    job = session.get(Job, job_id, populate_existing=True)
    if job is None or instance is None:
        raise NotFound(f"No job found with id '{job_id}'")
    return job, instance


def _require_mender(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator or a connected system changes a job")


def _note(
    session: Session, actor: Actor, job: Job, operation: str, now: datetime, annotation: str | None, **data: object
) -> None:
    """annotation: why it was done; data: what of the job has changed, [old, new]."""
    told = {"jobId": str(job.id), **data}
    act = Act(actor.user_id, now, operation, element=node_of(job.key), data=told, annotation=annotation)
    session.add(record(job.instance_id, act))
