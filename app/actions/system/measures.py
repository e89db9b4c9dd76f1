"""What of cases, queue and database is counted for those who watch over the service by numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.outgoing import State
from app.store import queue_lists, server_lists
from app.store.counting import rows_of
from app.store.queries import late
from app.store.tables import Batch, Delivery, Incident, Instance, Task

LOST = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Measures:
    """queues: rows of `queue_lists.queues`; done: jobs, ever; notifications: (channel, state, how many) of those that wait
    or have failed; size: bytes."""

    at: datetime
    workers: int
    open: int
    overdue: int
    incidents: int
    batches: int
    size: int
    connections: int
    done: int
    queues: Sequence[Any]
    notifications: Sequence[tuple[str, str, int]]


def measure(session: Session, now: datetime) -> Measures:
    """In five statements, each of which an index or the server's own statistics answer."""
    done = session.execute(queue_lists.finished()).one()
    counted = session.execute(
        select(
            rows_of(Instance, Instance.ended_at.is_(None)).label("open"),
            rows_of(Task, Task.ended_at.is_(None), late(now)).label("overdue"),
            rows_of(Incident, Incident.ended_at.is_(None)).label("incidents"),
            rows_of(Batch, Batch.ended_at.is_(None)).label("batches"),
        )
    ).one()
    unsent = (State.WAITING.value, State.FAILED.value)
    letters = select(Delivery.channel, Delivery.state, func.count()).where(Delivery.state.in_(unsent))
    server = session.execute(server_lists.measures(LOST)).one()
    return Measures(
        at=done.now,
        workers=server.workers,
        open=counted.open,
        overdue=counted.overdue,
        incidents=counted.incidents,
        batches=counted.batches,
        size=server.size,
        connections=server.connections,
        done=done.number or 0,
        queues=session.execute(queue_lists.queues()).all(),
        notifications=[
            (row[0], row[1], row[2]) for row in session.execute(letters.group_by(Delivery.channel, Delivery.state))
        ],
    )
