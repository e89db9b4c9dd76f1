"""Reminders of what time brings to tasks, and the end of old notices."""

from app import config, queue
from app.actions.notifying import sending
from app.actions.people import notices
from app.jobs.database import moment, transactions

EVERY_MINUTE, EVERY_NIGHT = "* * * * *", "41 20 * * *"


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="remind")
def remind(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Whoever has a task is told that its term is short or over, or that its hold is; also of what came while nobody worked."""
    with transactions().begin() as session:
        notices.remind(session, moment(session), mail=config.read().mail is not None)


@queue.app.periodic(cron=EVERY_NIGHT)
@queue.app.task(name="forget_notices")
def forget_notices(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """What is older than notices are kept for goes, and messages that were sent."""
    with transactions().begin() as session:
        notices.forget(session, moment(session))
        sending.forget(session, moment(session))
