"""Jobs run by hand, where a test needs no worker."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.running import jobs


def run_due(session: Session, instance_id: UUID, now: datetime) -> int:
    """Run what is due in an instance, one after the other; gives how many jobs that were."""
    done = 0
    while (due := jobs.next_due(session, instance_id, now)) is not None:
        jobs.run(session, *due, now)
        session.flush()
        done += 1
    return done
