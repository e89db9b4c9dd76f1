"""Jobs of instances, and what keeps them from being forgotten."""

from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy.exc import DBAPIError

from app import config, queue
from app.actions.running import buffered, delivery, failures, jobs, starting
from app.engine import StepFailed
from app.jobs.database import INTERRUPTED, moment, transactions

EVERY_MINUTE, EVERY_HOUR = "* * * * *", "23 * * * *"
EVERY_TEN_SECONDS = "* * * * * */10"


@queue.app.task(name=queue.RUN_JOB, retry=RetryStrategy(wait=2, retry_exceptions=[DBAPIError]))
def run_job(instance_id: str) -> None:
    """The next job of an instance that is due. What goes wrong in it is written down; what goes wrong with the database
    is tried again and is no failure of the job."""
    sessions, job_id = transactions(), None
    try:
        with sessions.begin() as session:
            now = moment(session)
            job = jobs.next_due(session, UUID(instance_id), now)
            if job is not None:
                job_id = job.id
                jobs.run(session, job, now)
    except DBAPIError:
        raise
    except Exception as error:
        if job_id is None:
            raise
        with sessions.begin() as session:
            jobs.failed(session, job_id, error, moment(session))


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="wake_overdue_jobs")
def wake_overdue_jobs(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """A job, a start or a message that nothing in the queue stands for any more is seen to all the same."""
    for wake in (jobs.wake_overdue, starting.wake_overdue, buffered.wake):
        with transactions().begin() as session:
            wake(session, moment(session))


@queue.app.periodic(cron=EVERY_HOUR)
@queue.app.task(name="give_up_messages")
def give_up_messages(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Messages that nobody has waited for in all the time that they are kept are given up."""
    with transactions().begin() as session:
        buffered.expire(session, moment(session) - config.read().message_life)


@queue.app.task(name=queue.BEGIN_TIMED, retry=RetryStrategy(wait=2, retry_exceptions=[DBAPIError]))
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
