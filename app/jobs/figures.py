"""The figures are added up every minute, so that little is left to add where they are read."""

from app import queue
from app.jobs.database import transactions
from app.store import figures

EVERY_MINUTE = "* * * * *"


@queue.app.periodic(cron=EVERY_MINUTE)
@queue.app.task(name="fold_figures", queue=queue.OUTSIDE)
def fold_figures(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """All that has changed, a batch a transaction; what comes meanwhile may wait for the next minute."""
    sessions, more = transactions(), True
    while more:
        with sessions.begin() as session:
            more = figures.fold(session)
