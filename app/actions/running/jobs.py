"""What a worker does for instances: timers that have come due, steps that go on by themselves, and tries after a failure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select, update
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.models.models import model_of
from app.actions.running import incidents, waits
from app.actions.running.evaluation import Evaluation
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain, unpacked
from app.domain.models.model import Node, node_of
from app.domain.models.values import Variable
from app.domain.retries import USUALLY, Retries, retries
from app.errors import AppError
from app.store import queries
from app.store.tables import Instance, Job

GRACE = timedelta(minutes=1)
BATCH = 1_000


def next_due(session: Session, instance_id: UUID, now: datetime) -> tuple[Instance, Job] | None:
    """The job of an instance whose turn it is, the earliest first; the instance's tree is locked then.

    One that is due in a moment is looked at again then.
    """
    instance = queries.locked_instance(session, instance_id)
    if instance is None or instance.suspended:
        return None
    runnable = select(Job).where(
        Job.instance_id == instance_id, Job.kind != waits.DELEGATE, Job.due_at <= now + queue.EARLY, Job.retries > 0,
        Job.suspended.is_(False),
    )  # fmt: skip
    job = session.scalars(runnable.order_by(Job.due_at, Job.priority.desc(), Job.id).limit(1)).first()
    if job is not None and job.due_at > now:
        waits.enqueue_again(session, job, now)
        return None
    return None if job is None else (instance, job)


def run(session: Session, instance: Instance, job: Job, now: datetime) -> None:
    """Do a job of an instance whose tree is locked. What goes wrong is raised, and nothing of it must be committed."""
    operation, command, typed = _command(job)
    act = Act(None, now, operation, element=node_of(job.key), data=kept(typed))
    session.delete(job)
    session.flush()
    try:
        advance(session, Move(instance, command, act, typed=typed, chain=job.chain))
    except engine.StepFailed as error:
        error.job = job.id
        raise


def _command(job: Job) -> tuple[str, engine.Command, Mapping[str, Variable]]:
    """What a job does: as history calls it, as the engine takes it, and the variables that it brings."""
    match job.kind:
        case waits.TIMER:
            return "TimerFired", engine.FireTimer(job.token, job.key), {}
        case waits.SIGNAL:
            brought = unpacked(job.payload or {})
            return "Receive", engine.Deliver(job.token, job.key, plain(brought)), brought
        case waits.START:
            return "Create", engine.Start(node_of(job.key)), unpacked(job.payload or {})
        case _:
            return "JobRun", engine.RunJob(job.token), {}


def failed(session: Session, job_id: UUID, error: Exception, now: datetime) -> None:
    """Note that a try has failed: there is another one later, or none is left and an incident says so."""
    job = session.get(Job, job_id)
    instance = None if job is None else queries.locked_instance(session, job.instance_id)
    job = session.get(Job, job_id, populate_existing=True)
    if job is None or instance is None:
        return
    plan = _retries(session, job, instance, now)
    untouched = job.error is None and job.retries == waits.TRIES
    left = max(0, (plan.tries if untouched else job.retries) - 1)
    job.retries, job.error = left, incidents.said(error)
    job.details = dict(error.details) if isinstance(error, AppError) and isinstance(error.details, dict) else None
    if left > 0:
        put_off(job, plan.next_try(left, now))
        waits.enqueue(session, job, now)
    else:
        incidents.begin(session, instance, "failedJob", job.id, job.token, node_of(job.key), error, now)


def _retries(session: Session, job: Job, instance: Instance, now: datetime) -> Retries:
    """As the model has it; a cycle that cannot be computed, or does not come, is no reason to try no more."""
    node: Node = model_of(session, job.definition_id).node(node_of(job.key))
    if node.retries is None:
        return USUALLY
    host = Evaluation(session, instance, now)
    try:
        plan = retries(str(host.evaluate(node.retries, instance.variables)), host.zone)
        for left in range(1, len(plan.waits) + 1):
            plan.next_try(left, now)
        return plan
    except (ValueError, ArithmeticError, AppError):
        return USUALLY


def put_off(job: Job, due: datetime) -> None:
    """Have a job done at a moment (aware) that no rule has made: a calendar moves it no more."""
    job.due_at, job.due_rule = due, None


def set_retries(session: Session, job: Job, left: int, now: datetime) -> None:
    """Let a job be tried so often again, at once if it had failed."""
    job.retries = left
    if left > 0:
        job.chain = 0  # somebody has looked at it
        incidents.end_of(session, job.id, now)
        waits.enqueue(session, job, now)


def wake(session: Session, now: datetime) -> int:
    """Put into the queue what comes due before long, and what should have been run a minute ago and that nothing there
    stands for any more. What somebody moves just now is left to him, and to the next look.

    Gives how many, BATCH at most.
    """
    lost = and_(Job.due_at < now - GRACE, cast(Job.instance_id, Text).not_in(queue.awake()))
    waiting = select(Job).where(
        Job.due_at <= now + queue.AHEAD, or_(Job.queued.is_(False), lost), Job.retries > 0, Job.suspended.is_(False)
    )
    found = session.scalars(waiting.order_by(Job.due_at).limit(BATCH).with_for_update(skip_locked=True)).all()
    for job in found:
        waits.enqueue(session, job, now)
    return len(found)


def suspend(session: Session, instance_ids: Sequence[UUID], suspended: bool, now: datetime) -> None:
    """Jobs go with their instances; what came due meanwhile is run."""
    suspend_those(session, Job.instance_id.in_(instance_ids), suspended, now)


def suspend_those(session: Session, which: ColumnElement[bool], suspended: bool, now: datetime) -> None:
    """Suspend jobs, or activate them; what came due meanwhile is run."""
    session.execute(update(Job).where(which).values(suspended=suspended).execution_options(synchronize_session="fetch"))
    if not suspended:
        for job in session.scalars(select(Job).where(which, Job.due_at <= now, Job.retries > 0)):
            waits.enqueue(session, job, now)
