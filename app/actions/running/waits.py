"""What an instance waits for beside people, as rows: jobs, subscriptions, external tasks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, true, tuple_
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.models.models import Model
from app.actions.running import incidents
from app.actions.running.buffered import offer
from app.actions.running.chains import endless
from app.actions.running.external_log import logged
from app.actions.terms.explanations import inputs
from app.domain.ids import new_id
from app.domain.models.model import EventKind, node_of
from app.store.external_task_log import Event
from app.store.tables import EventSubscription, ExternalTask, Instance, Job

TIMER, CONTINUATION, SIGNAL, START, DELEGATE = "timer", "continuation", "signal", "start", "delegate"
"""Kinds of jobs. A delegate is called while no transaction waits for it; all else is done within one."""
TRIES = 3
"""Of a job, unless the model says more of it."""


def await_events(session: Session, instance: Instance, outcome: engine.Outcome, now: datetime, chain: int) -> None:
    """Write the rows of what was opened in a step, and have the jobs among them run when their moment comes.

    chain: of the jobs; a timer that waits for its moment begins a new one.
    """
    for timer in outcome.timers:
        in_chain = chain if timer.due <= now else 0
        _add_job(session, instance, TIMER, timer.token, timer.key, 0, timer.due, now, in_chain)
    for job in outcome.jobs:
        kind = DELEGATE if job.calls else CONTINUATION
        _add_job(session, instance, kind, job.token, job.node, job.priority, now, now, chain)
    for one in outcome.subscriptions:
        session.add(
            EventSubscription(
                id=new_id(),
                instance_id=instance.id,
                created_at=now,
                token=one.token,
                key=one.key,
                kind=one.kind,
                name=one.name,
                tenant_id=instance.tenant_id,
            )
        )
    offer(session, instance, {one.name for one in outcome.subscriptions if one.kind is EventKind.MESSAGE})
    for task in outcome.external_tasks:
        row = ExternalTask(
            id=new_id(),
            instance_id=instance.id,
            created_at=now,
            token=task.token,
            priority=task.priority,
            topic=task.topic,
            element=task.node,
            tenant_id=instance.tenant_id,
            definition_id=instance.definition_id,
            definition_key=instance.definition_key,
            business_key=instance.business_key,
            suspended=instance.suspended,
        )
        session.add_all((row, logged(row, Event.CREATED, now)))


def await_start(
    session: Session, instance: Instance, key: str, payload: Mapping[str, Any], now: datetime, chain: int
) -> None:
    """Have a new instance begin in a job, at a start event that has happened. payload: its variables, as `packed`."""
    session.flush()
    _add_job(session, instance, START, engine.PROCESS, key, 0, now, now, chain, payload)


def await_signal(
    session: Session, instance: Instance, wait: EventSubscription, payload: Mapping[str, Any], now: datetime, chain: int
) -> None:
    """Have a signal handed over in a job of the instance: what goes wrong in one keeps it from no other."""
    _add_job(session, instance, SIGNAL, wait.token, wait.key, 0, now, now, chain, payload)


def _add_job(
    session: Session,
    instance: Instance,
    kind: str,
    token: int,
    key: str,
    priority: int,
    due: datetime,
    now: datetime,
    chain: int,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """One with which the chain is too long is an incident from the beginning."""
    job = Job(
        id=new_id(),
        instance_id=instance.id,
        created_at=now,
        due_at=due,
        token=token,
        retries=TRIES,
        priority=priority,
        chain=chain,
        kind=kind,
        key=key,
        tenant_id=instance.tenant_id,
        definition_id=instance.definition_id,
        suspended=instance.suspended,
        payload=None if payload is None else dict(payload),
        due_rule=inputs(due),
    )
    why = endless(session, chain)
    if why is None:
        enqueue(session, job, now)
    else:
        job.retries, job.error, job.details = 0, str(why), dict(why.details or {})
        incidents.begin(session, instance, incidents.FAILED_JOB, job.id, token, node_of(key), why, now)
    session.add(job)


def enqueue(session: Session, job: Job, now: datetime, due: datetime | None = None) -> None:
    """Have a worker do a job when it is due. due: by the clock that `now` is of, if it is not that of the job."""
    due = due or job.due_at
    if job.kind == DELEGATE:
        job.queued = queue.call_delegate(session, job.id, job.instance_id, due, now, job.priority)
    else:
        job.queued = queue.run_job(session, job.instance_id, due, now, job.priority)


def enqueue_again(session: Session, job: Job, now: datetime) -> None:
    """Have a worker do a job that was looked at too early: the queue goes by the clock of the database, which is ahead."""
    ahead = queue.ahead(session, now)
    enqueue(session, job, now + ahead, job.due_at + ahead)


def withdraw(session: Session, instance: Instance, model: Model, outcome: engine.Outcome, now: datetime) -> None:
    """Remove what is waited for no longer."""
    nodes, tokens = {node for _, node in outcome.closed}, [token for token, _ in outcome.closed]
    kinds: Iterable[tuple[type[Job | EventSubscription | ExternalTask], frozenset[str]]] = (
        (Job, model.worked),
        (EventSubscription, model.subscribed),
        (ExternalTask, model.external),
    )
    for table, places in kinds:
        if not (places if outcome.ended else nodes & places):
            continue
        gone = (table.instance_id == instance.id, true() if outcome.ended else table.token.in_(tokens))
        if table is ExternalTask:
            withdrawn = session.scalars(delete(ExternalTask).where(*gone).returning(ExternalTask)).all()
            session.add_all(logged(task, Event.DELETED, now) for task in withdrawn)
        else:
            session.execute(delete(table).where(*gone))
    for waited in (Job, EventSubscription) if outcome.disarmed and not outcome.ended else ():
        events = tuple_(waited.token, waited.key).in_(outcome.disarmed)
        session.execute(delete(waited).where(waited.instance_id == instance.id, events))
