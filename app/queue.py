"""The job queue, in the same PostgreSQL: a job is written in the transaction of the data that it is about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.types import JSONValue
from sqlalchemy import Text, TextualSelect, text
from sqlalchemy.orm import Session

app = App(connector=PsycopgConnector(), import_paths=["app.jobs"])
_writer = App(connector=SyncPsycopgConnector())
"""Writes jobs over the connections that it is given, also inside a worker, whose own connector is asynchronous."""
RUN_JOB = "run_job"
CALL_DELEGATE = "call_delegate"
DELIVER_MESSAGE = "deliver_message"
BEGIN_TIMED = "begin_timed"
RECOUNT_TERMS = "recount_terms"
CARRY_OUT = "carry_out_batch"
FORETELL = "foretell"
MOVES, OUTSIDE = "default", "outside"
"""Queues: what waits for others has workers of its own, so that nothing here waits for it."""
SETTLED = 90
"""Seconds after which a request that was running has ended: a statement is cut off after 60."""
HEARTBEAT_LASTS = timedelta(seconds=30)
"""A worker gives a sign of life every 10 seconds."""
SEND_OUT = "send_out"
EARLY = timedelta(seconds=10)
"""By so much at most the clock of the database, by which jobs are fetched, is ahead of a worker's."""
AHEAD = timedelta(minutes=10)
"""How long before its moment a job is in the queue. Each fetch passes over all that wait there: timers that are due in
weeks would slow down what is due now."""
_TAKE = text(
    """DELETE FROM procrastinate_jobs WHERE id = (
    SELECT id FROM procrastinate_jobs
    WHERE status = 'todo' AND task_name = :task AND queue_name = :queue
        AND (scheduled_at IS NULL OR scheduled_at <= now())
    ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING args->>'instance_id'"""
).bindparams(task=RUN_JOB, queue=MOVES)
"""In the order in which the queue itself gives its jobs out."""


def run_job(session: Session, instance_id: UUID, due: datetime, now: datetime, priority: int = 0) -> bool:
    """Have a job of an instance run when `due` (aware) comes; at once if it has come. Higher priorities come first.

    False, and nothing is done, where it comes later than AHEAD.
    """
    if due > now + AHEAD:
        return False
    connection = session.connection().connection.driver_connection
    _writer.configure_task(
        RUN_JOB, schedule_at=None if due <= now else due, priority=priority, connection=connection
    ).defer(instance_id=str(instance_id))
    return True


def take_instance(session: Session) -> UUID | None:
    """Take what is next of `run_job` out of the queue, for as long as the transaction is not rolled back: the instance."""
    taken: str | None = session.scalar(_TAKE)
    return None if taken is None else UUID(taken)


def call_delegate(
    session: Session, job_id: UUID, instance_id: UUID, due: datetime, now: datetime, priority: int = 0
) -> bool:
    """Have a delegate called when `due` (aware) comes; at once if it has come. False as of `run_job`."""
    if due > now + AHEAD:
        return False
    connection = session.connection().connection.driver_connection
    _writer.configure_task(
        CALL_DELEGATE,
        queue=OUTSIDE,
        schedule_at=None if due <= now else due,
        priority=priority,
        connection=connection,
    ).defer(job_id=str(job_id), instance_id=str(instance_id))
    return True


def deliver(session: Session, message_id: UUID, after: timedelta = timedelta(0)) -> None:
    """Have a message or signal handed to those that wait for it."""
    connection = session.connection().connection.driver_connection
    schedule_in = {"seconds": int(after.total_seconds())} if after else None
    _writer.configure_task(DELIVER_MESSAGE, schedule_in=schedule_in, connection=connection).defer(
        message_id=str(message_id)
    )


def begin(session: Session, start_id: UUID, due: datetime, now: datetime) -> None:
    """Have an instance begun when `due` (aware) comes at a start event; at once if it has come."""
    connection = session.connection().connection.driver_connection
    _writer.configure_task(BEGIN_TIMED, schedule_at=None if due <= now else due, connection=connection).defer(
        start_id=str(start_id)
    )


def recount(session: Session, tenant: str) -> None:
    """Have the terms of an organisation counted again, when nothing that began before this transaction's end still runs."""
    connection = session.connection().connection.driver_connection
    _writer.configure_task(RECOUNT_TERMS, schedule_in={"seconds": SETTLED}, connection=connection).defer(tenant=tenant)


def send_out(
    session: Session, delivery_ids: Sequence[UUID], after: timedelta = timedelta(0), failures: int = 0
) -> None:
    """Have messages sent to the outside. What has failed goes after all else: who never answers keeps no other waiting."""
    if delivery_ids:
        connection = session.connection().connection.driver_connection
        schedule_in = {"seconds": int(after.total_seconds())} if after else None
        task = _writer.configure_task(
            SEND_OUT, queue=OUTSIDE, schedule_in=schedule_in, priority=-failures, connection=connection
        )
        arguments: list[dict[str, JSONValue]] = [{"delivery_id": str(one)} for one in delivery_ids]
        task.batch_defer(*arguments)


def carry_out(session: Session, batch_id: UUID) -> None:
    """Have the items of a batch worked on, after all that people wait for."""
    connection = session.connection().connection.driver_connection
    _writer.configure_task(CARRY_OUT, priority=-1, connection=connection).defer(batch_id=str(batch_id))


def foretell(session: Session, tenant: str | None) -> None:
    """Have the open cases of an organisation foretold, unless that waits to be done already."""
    waiting = text(
        "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = :task AND status = 'todo' "
        "AND args->>'tenant' IS NOT DISTINCT FROM :tenant)"
    )
    if not session.scalar(waiting, {"task": FORETELL, "tenant": tenant}):
        connection = session.connection().connection.driver_connection
        task = _writer.configure_task(FORETELL, queue=OUTSIDE, priority=-1, connection=connection)
        task.defer(tenant=tenant)


def ahead(session: Session, now: datetime) -> timedelta:
    """How far the clock of the database is ahead of `now`."""
    shown: datetime = session.scalars(text("SELECT clock_timestamp()")).one()
    return shown - now


def going_out() -> TextualSelect:
    """The ids, as texts, of the messages that are to be sent or are being sent."""
    return (
        text(
            "SELECT args->>'delivery_id' AS delivery_id FROM procrastinate_jobs WHERE task_name = :task "
            "AND status IN ('todo', 'doing')"
        )
        .bindparams(task=SEND_OUT)
        .columns(delivery_id=Text)
    )


def awake() -> TextualSelect:
    """The ids, as texts, of the instances whose jobs are run now or within minutes, by the clock of the database."""
    return (
        text(
            "SELECT args->>'instance_id' AS instance_id FROM procrastinate_jobs WHERE task_name IN (:task, :call) "
            "AND status IN ('todo', 'doing') AND (scheduled_at IS NULL OR scheduled_at < now() + interval '5 minutes')"
        )
        .bindparams(task=RUN_JOB, call=CALL_DELEGATE)
        .columns(instance_id=Text)
    )


def expected(task: str, argument: str) -> TextualSelect:
    """The ids, as texts, in an argument of what is done of a task now or within minutes, by the clock of the database."""
    return (
        text(
            "SELECT args->>:argument AS id FROM procrastinate_jobs WHERE task_name = :task "
            "AND status IN ('todo', 'doing') AND (scheduled_at IS NULL OR scheduled_at < now() + interval '5 minutes')"
        )
        .bindparams(task=task, argument=argument)
        .columns(id=Text)
    )


def worker_alive(session: Session) -> bool:
    """Whether a worker has given a sign of life lately, by the clock of the database."""
    query = text("SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - :lasts)")
    return bool(session.scalar(query, {"lasts": HEARTBEAT_LASTS}))
