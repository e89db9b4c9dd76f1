"""Jobs that call delegates outside: what a call is given, and what its instance does with what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.models.models import model_of
from app.actions.running import waits
from app.actions.running.delegates import DELEGATES
from app.actions.running.moves import Act, Move
from app.actions.running.progress import advance
from app.actions.running.variables import kept, plain
from app.delegates import REGISTERED, BpmnError, Call, load
from app.domain.models import values
from app.domain.models.model import node_of
from app.store import queries
from app.store.tables import Instance, Job


@dataclass(frozen=True, slots=True)
class Asked:
    """name: of the delegate."""

    name: str
    call: Call


def load_delegates(modules: Sequence[str]) -> None:
    """Let models call what is registered in these modules. Raises ValueError, also for a name that is one of our own."""
    load(modules)
    if taken := sorted(REGISTERED.keys() & DELEGATES.keys()):
        raise ValueError(f"REGLAMENT_DELEGATES: '{taken[0]}' is a delegate of the service itself")


def claim(session: Session, job_id: UUID, now: datetime) -> Asked | None:
    """What a job is to call; None if it is not due, or somebody is calling it already.

    The claim lasts as long as the connection of the session, or until `release`.
    """
    found = _locked(session, job_id)
    if found is None:
        return None
    job, instance = found
    held = job.retries <= 0 or job.suspended or instance.suspended
    if not held and now < job.due_at <= now + queue.EARLY:
        waits.enqueue_again(session, job, now)
    if held or job.due_at > now or not session.scalar(select(func.pg_try_advisory_lock(_key(job_id)))):
        return None
    node = model_of(session, instance.definition_id).node(node_of(job.key))
    seen = engine.visible_variables(instance.state or b"", job.token, instance.variables)
    call = Call(
        variables=values.jsonable(seen),
        key=str(job.id),
        step=node.id,
        instance_id=str(instance.id),
        business_key=instance.business_key,
        tenant_id=instance.tenant_id,
    )
    return Asked(node.delegate or "", call)


def go_on(session: Session, job_id: UUID, came: Mapping[str, Any] | BpmnError, now: datetime) -> None:
    """Complete the step with the variables that came of its call, or let the model catch the error.

    Nothing, where the step was interrupted meanwhile; where its instance was suspended, the call is repeated afterwards.
    Raises Invalid for variables that cannot be kept, StepFailed.
    """
    found = _locked(session, job_id)
    if found is not None and not (found[0].suspended or found[1].suspended):
        job, instance = found
        typed = {}
        if isinstance(came, BpmnError):
            command: engine.Command = engine.Raise(job.token, came.code, came.message)
        else:
            typed = {name: values.parse(name, {"value": value}) for name, value in came.items()}
            command = engine.Complete(job.token, plain(typed))
        act = Act(None, now, "JobRun", element=node_of(job.key), data=kept(typed))
        session.delete(job)
        session.flush()
        advance(session, Move(instance, command, act, typed=typed, chain=job.chain))
    release(session, job_id)


def release(session: Session, job_id: UUID) -> None:
    """End a claim, in the transaction that lets others look at the job again: they cannot before its end."""
    session.scalar(select(func.pg_advisory_unlock(_key(job_id))))


def _locked(session: Session, job_id: UUID) -> tuple[Job, Instance] | None:
    """A job as it is once the tree of its instance is locked."""
    job = session.get(Job, job_id)
    instance = None if job is None else queries.locked_instance(session, job.instance_id)
    job = session.get(Job, job_id, populate_existing=True)
    return None if job is None or instance is None else (job, instance)


def _key(job_id: UUID) -> int:
    """Of the lock of a job: the random half of its id, in 63 bits."""
    return job_id.int & (2**63 - 1)
