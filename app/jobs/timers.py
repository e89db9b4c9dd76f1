"""Timers that have come due, and what keeps them from being forgotten."""

from uuid import UUID

from procrastinate import RetryStrategy

from app import queue
from app.actions.running.timers import fire_due, wake_overdue
from app.jobs.database import moment, transactions

EVERY_MINUTE = "* * * * *"


@queue.app.task(name=queue.FIRE_TIMERS, retry=RetryStrategy(wait=10))
def fire_timers(instance_id: str) -> None:
    """What has come due in an instance happens."""
    with transactions().begin() as session:
        fire_due(session, UUID(instance_id), moment(session))


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="wake_overdue_timers")
def wake_overdue_timers(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """A timer whose job was given up or lost with its worker is tried again."""
    with transactions().begin() as session:
        wake_overdue(session, moment(session))


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="take_over_stalled_jobs")
async def take_over_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Jobs of a worker that has died are run by another."""
    for job in await queue.app.job_manager.get_stalled_jobs():
        await queue.app.job_manager.retry_job(job)
