"""Cases whose time is over are removed at night."""

from app import queue
from app.actions.cases import cleanup
from app.actions.cases.cleanup import Place
from app.jobs.database import moment, transactions

EVERY_NIGHT = "7 21 * * *"


@queue.app.periodic(cron=EVERY_NIGHT)
@queue.app.task(name="clean_up_history", queue=queue.OUTSIDE)
def clean_up_history(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Definition by definition, in batches that are transactions of their own: one that is broken off goes on next night."""
    sessions = transactions()
    with sessions.begin() as session:
        run = moment(session)
        definitions = [one.id for one in cleanup.kept_for_a_time(session)]
    for definition in definitions:
        reached: Place | None = None
        while True:
            with sessions.begin() as session:
                reached = cleanup.clean_up(session, definition, reached, run)
            if reached is None:
                break
