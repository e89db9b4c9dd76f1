"""What was asked of many, done one after the other."""

from time import monotonic
from uuid import UUID

from procrastinate import RetryStrategy

from app import log, queue
from app.actions.mending import batches
from app.actions.mending.carrying_out import carry_out_next
from app.jobs.database import INTERRUPTED, moment, transactions
from app.jobs.worker import stopping

SPELL = 5.0
"""Seconds after which the rest goes to the end of the queue: others have work there too."""
EVERY_MINUTE = "* * * * *"


@queue.app.task(name=queue.CARRY_OUT, retry=RetryStrategy(wait=2, retry_exceptions=INTERRUPTED))
def carry_out_batch(batch_id: str) -> None:
    """Each item in a transaction of its own: a worker that is killed loses the one that it was at, which is not done."""
    until, which = monotonic() + SPELL, UUID(batch_id)
    while monotonic() < until and not stopping.is_set():
        with log.scope(batch=batch_id), transactions().begin() as session:
            if not carry_out_next(session, which, moment(session)):
                return
    with transactions().begin() as session:
        queue.carry_out(session, which)


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="wake_batches")
def wake_batches(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Batches for which nothing stands in the queue any more go on."""
    with transactions().begin() as session:
        batches.wake(session)
