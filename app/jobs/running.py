"""Jobs of instances, and what keeps them from being forgotten."""

import logging
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy.orm import Session

from app import config, log, queue
from app.actions.running import buffered, delivery, failures, jobs, starting
from app.engine import StepFailed
from app.jobs.database import INTERRUPTED, moment, transactions
from app.jobs.worker import stopping

written = logging.getLogger(__name__)
EVERY_MINUTE, EVERY_HOUR = "* * * * *", "23 * * * *"
EVERY_TEN_SECONDS = "* * * * * */10"
FURTHER = 50
"""Jobs that are done one after the other before the queue is asked what else there is."""


@queue.app.task(name=queue.RUN_JOB, retry=RetryStrategy(wait=2, retry_exceptions=INTERRUPTED))
def run_job(instance_id: str) -> None:
    """The next job of an instance that is due, and at once what other instances have in the queue: it costs more to be
    given a job by the queue than to do it."""
    _run_chosen(lambda _: UUID(instance_id))
    with suppress(*INTERRUPTED):  # what was taken is in the queue again, which gives it to whoever tries longer
        for _ in range(FURTHER):
            if stopping.is_set() or not _run_next(queue.take_instance):
                return


def _run_next(chosen: Callable[[Session], UUID | None]) -> bool:
    """As `_run_chosen`, of another instance than the lines before were about."""
    with log.scope():
        return _run_chosen(chosen)


def _run_chosen(chosen: Callable[[Session], UUID | None]) -> bool:
    """Do what is due next in an instance that is chosen in the same transaction; False where none was.

    What goes wrong in a job is written down. What goes wrong with the database is raised and is no failure of the job.
    """
    sessions, job_id = transactions(), None
    try:
        with sessions.begin() as session:
            instance_id, now = chosen(session), moment(session)
            due = None if instance_id is None else jobs.next_due(session, instance_id, now)
            if due is not None:
                job_id = due[1].id
                jobs.run(session, *due, now)
    except INTERRUPTED:
        raise
    except Exception as error:
        if job_id is None:
            raise
        written.warning("a job of a case has failed", exc_info=error)
        with sessions.begin() as session:
            jobs.failed(session, job_id, error, moment(session))
        return True
    if job_id is not None:
        written.info("a job of a case was done")
    return instance_id is not None


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="wake_overdue_jobs")
def wake_overdue_jobs(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """What comes due before long is put into the queue; a job, a start or a message that nothing there stands for any
    more is seen to all the same."""
    more = True
    while more:
        with transactions().begin() as session:
            more = jobs.wake(session, moment(session)) == jobs.BATCH
    for wake in (starting.wake_overdue, buffered.wake):
        with transactions().begin() as session:
            wake(session, moment(session))


@queue.app.periodic(cron=EVERY_HOUR)
@queue.app.task(name="give_up_messages")
def give_up_messages(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Messages that nobody has waited for in all the time that they are kept are given up."""
    with transactions().begin() as session:
        buffered.expire(session, moment(session) - config.read().message_life)


@queue.app.task(name=queue.BEGIN_TIMED, retry=RetryStrategy(wait=2, retry_exceptions=INTERRUPTED))
def begin_timed(start_id: str) -> None:
    """The moment has come at which a process begins by itself."""
    with transactions().begin() as session:
        starting.begin_timed(session, UUID(start_id), moment(session))


@queue.app.periodic(cron=EVERY_TEN_SECONDS)
@queue.app.task(name="take_over_stalled_jobs")
async def take_over_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Jobs of a worker that has died are run by another."""
    lost = int(config.read().lost_worker.total_seconds())
    for job in await queue.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=lost):
        await queue.app.job_manager.retry_job(job)


@queue.app.task(name=queue.DELIVER_MESSAGE, retry=RetryStrategy(wait=2, retry_exceptions=INTERRUPTED))
def deliver_message(message_id: str) -> None:
    """A message or a signal that an instance has thrown comes to those that wait for it."""
    sessions = transactions()
    try:
        with sessions.begin() as session:
            delivery.deliver(session, UUID(message_id), moment(session))
    except INTERRUPTED:
        raise
    except Exception as error:
        with sessions.begin() as session:
            delivery.failed(session, UUID(message_id), error)
            if isinstance(error, StepFailed):
                failures.note(session, error, moment(session))
