"""Timers that have come due, and what keeps them from being forgotten."""

from functools import cache
from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy.orm import Session, sessionmaker

from app import config, queue
from app.actions import clock
from app.actions.timers import fire_due, wake_overdue
from app.store.session import engine, sessions

EVERY_MINUTE = "* * * * *"


@cache
def _sessions() -> sessionmaker[Session]:
    return sessions(engine(config.read().database_url, pool_size=4))


@queue.app.task(name=queue.FIRE_TIMERS, retry=RetryStrategy(wait=10))
def fire_timers(instance_id: str) -> None:
    """What has come due in an instance happens."""
    with _sessions().begin() as session:
        fire_due(session, UUID(instance_id), clock.moment(session, test_clock=config.read().test_clock))


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="wake_overdue_timers")
def wake_overdue_timers(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """A timer whose job was given up or lost with its worker is tried again."""
    with _sessions().begin() as session:
        wake_overdue(session, clock.moment(session, test_clock=config.read().test_clock))


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="take_over_stalled_jobs")
async def take_over_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Jobs of a worker that has died are run by another."""
    for job in await queue.app.job_manager.get_stalled_jobs():
        await queue.app.job_manager.retry_job(job)
