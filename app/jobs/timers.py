"""Timers that have come due."""

from functools import cache
from uuid import UUID

from procrastinate import RetryStrategy
from sqlalchemy.orm import Session, sessionmaker

from app import config, queue
from app.actions import clock
from app.actions.timers import fire_due
from app.store.session import engine, sessions


@cache
def _sessions() -> sessionmaker[Session]:
    return sessions(engine(config.read().database_url, pool_size=4))


@queue.app.task(name=queue.FIRE_TIMERS, retry=RetryStrategy(max_attempts=20, exponential_wait=3))
def fire_timers(instance_id: str) -> None:
    settings = config.read()
    with _sessions().begin() as session:
        fire_due(session, UUID(instance_id), clock.moment(session, test_clock=settings.test_clock))
