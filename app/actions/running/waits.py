"""What an instance waits for beside people, as rows: jobs, subscriptions, external tasks."""

from datetime import datetime

from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.terms.explanations import inputs
from app.domain.ids import new_id
from app.store.tables import EventSubscription, ExternalTask, Instance, Job

TIMER, CONTINUATION, SIGNAL = "timer", "continuation", "signal"
"""Kinds of jobs."""
TRIES = 3
"""Of a job, unless the model says more of it."""


def await_events(session: Session, instance: Instance, outcome: engine.Outcome, now: datetime) -> None:
    """Write the rows of what was opened in a step, and have the jobs among them run when their moment comes."""
    for timer in outcome.timers:
        _add_job(session, instance, TIMER, timer.token, timer.key, 0, timer.due, now)
    for job in outcome.jobs:
        _add_job(session, instance, CONTINUATION, job.token, job.node, job.priority, now, now)
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
    for task in outcome.external_tasks:
        session.add(
            ExternalTask(
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
        )


def _add_job(
    session: Session,
    instance: Instance,
    kind: str,
    token: int,
    key: str,
    priority: int,
    due: datetime,
    now: datetime,
) -> None:
    job = Job(
        id=new_id(),
        instance_id=instance.id,
        created_at=now,
        due_at=due,
        token=token,
        retries=TRIES,
        priority=priority,
        kind=kind,
        key=key,
        tenant_id=instance.tenant_id,
        definition_id=instance.definition_id,
        suspended=instance.suspended,
        due_rule=inputs(due),
    )
    session.add(job)
    queue.run_job(session, instance.id, due, now, priority)
