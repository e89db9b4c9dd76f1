"""The job queue, in the same PostgreSQL: a job is written in the transaction of the data that it is about."""

from datetime import datetime
from uuid import UUID

from procrastinate import App, PsycopgConnector
from sqlalchemy.orm import Session

app = App(connector=PsycopgConnector(), import_paths=["app.jobs"])
FIRE_TIMERS = "fire_timers"


def wake(session: Session, instance_id: UUID, due: datetime, now: datetime) -> None:
    """Have the timers of an instance looked at when `due` (aware) comes; at once if it has come."""
    connection = session.connection().connection.driver_connection
    app.configure_task(
        FIRE_TIMERS, schedule_at=None if due <= now else due, connection=connection
    ).defer(instance_id=str(instance_id))
