"""Messages to the outside: each is sent by a job of its own, which was written with the event."""

from uuid import UUID

from procrastinate import RetryStrategy

from app import config, queue
from app.actions.notifying import sending
from app.actions.running.incidents import said
from app.jobs.database import INTERRUPTED, moment, transactions

EVERY_MINUTE = "* * * * *"


@queue.app.task(name=queue.SEND_OUT, queue=queue.OUTSIDE, retry=RetryStrategy(wait=10, retry_exceptions=INTERRUPTED))
def send_out(delivery_id: str) -> None:
    """Send one, or note why that failed; what goes wrong with the database is no failure of the message."""
    sessions, settings = transactions(), config.read()
    try:
        with sessions.begin() as session:
            sending.send(session, UUID(delivery_id), settings.mail, settings.url, moment(session))
    except INTERRUPTED:
        raise
    except Exception as error:
        with sessions.begin() as session:
            sending.failed(session, UUID(delivery_id), f"{type(error).__name__}: {said(error)}", moment(session))
        raise


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="wake_overdue_messages")
def wake_overdue_messages(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """A message that nothing in the queue stands for any more is sent all the same."""
    with transactions().begin() as session:
        sending.wake_overdue(session, moment(session))
