"""Terms that a change of a calendar has to move."""

from procrastinate import RetryStrategy

from app import queue
from app.actions.terms.calendar_changes import recount
from app.jobs.database import moment, transactions


@queue.app.task(name=queue.RECOUNT_TERMS, retry=RetryStrategy(wait=10))
def recount_terms(tenant: str) -> None:
    """Steps that were being opened with the old calendar while it changed follow the new one."""
    with transactions().begin() as session:
        recount(session, tenant, moment(session))
