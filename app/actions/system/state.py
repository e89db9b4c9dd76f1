"""How the installation is: what the page of the system shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from threading import Lock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.notifying import deliveries
from app.actions.system import statements, versions
from app.domain.outgoing import State as Fate
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.store import queue_lists, server_lists
from app.store.message_lists import messages
from app.store.tables import Delivery, Message

LISTED = 20
"""Rows of each list; how many there are in all is told."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the queue's workers. jobs: rows of `queue_lists.workers` that it is at."""

    id: int
    seen_at: datetime
    alive: bool
    jobs: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Database:
    """facts: of `server_lists.facts`; counted: whether slow are the slowest of all, else those that run for long now; slow:
    rows with a statement that may be shown, by its text."""

    facts: Any
    tables: Sequence[Any]
    connections: Sequence[Any]
    slow: Sequence[tuple[str, Any]]

    @property
    def migrated(self) -> bool:
        return bool(self.facts.migration == versions.migration())

    @property
    def connected(self) -> int:
        return sum(one.number for one in self.connections)


@dataclass(frozen=True, slots=True)
class System:
    """rate: jobs a minute since somebody looked last, None: nobody has. failed: jobs of the queue; letters, messages: that
    have failed, with how many there are in all."""

    workers: Sequence[Worker]
    queues: Sequence[Any]
    rate: float | None
    now: datetime
    failed: Sequence[Any]
    letters: Sequence[Delivery]
    letters_in_all: int
    messages: Sequence[Message]
    messages_in_all: int
    database: Database

    def lag(self, queue: Any) -> timedelta:
        """How long the first that is due has waited."""
        return max(self.now - queue.oldest, timedelta(0)) if queue.oldest else timedelta(0)

    @property
    def longest(self) -> timedelta:
        """The lag of all."""
        return max(map(self.lag, self.queues), default=timedelta(0))

    @property
    def failed_in_all(self) -> int:
        return sum(one.failed for one in self.queues)


class Pace:
    """How many jobs are done in a minute, from one look to the next. Of one process."""

    LEAST = timedelta(seconds=5)

    def __init__(self) -> None:
        self._lock = Lock()
        self._before: tuple[int, datetime] | None = None
        self._rate: float | None = None

    def seen(self, number: int, at: datetime) -> float | None:
        """number: that were done in all."""
        with self._lock:
            before, then = self._before or (number, at)
            if self._before is None or number < before:
                self._before, self._rate = (number, at), None
            elif at - then >= self.LEAST:
                self._before, self._rate = (number, at), (number - before) / ((at - then) / timedelta(minutes=1))
            return self._rate


def look(session: Session, actor: Actor, lost: timedelta, pace: Pace) -> System:
    """In a known number of statements. lost: see `config.Settings.lost_worker`. Raises Forbidden."""
    require_administrator(actor)
    done = session.execute(queue_lists.finished()).one()
    undelivered = messages().where(Message.retries <= 0)
    return System(
        workers=_workers(session, lost),
        queues=session.execute(queue_lists.queues()).all(),
        rate=pace.seen(done.number or 0, done.now),
        now=done.now,
        failed=session.execute(queue_lists.failed(LISTED)).all(),
        letters=deliveries.listed(session, actor, Fate.FAILED, 0, LISTED),
        letters_in_all=deliveries.total(session, actor, Fate.FAILED),
        messages=session.scalars(undelivered.order_by(Message.id.desc()).limit(LISTED)).all(),
        messages_in_all=session.scalar(select(func.count()).select_from(undelivered.subquery())) or 0,
        database=_database(session),
    )


def _workers(session: Session, lost: timedelta) -> list[Worker]:
    rows = session.execute(queue_lists.workers(lost)).all()
    found = []
    for key, of_one in groupby(rows, lambda row: (row.worker, row.seen_at, row.alive)):
        found.append(Worker(*key, [row for row in of_one if row.job is not None]))
    return found


def _database(session: Session) -> Database:
    facts = session.execute(server_lists.facts()).one()
    slow = server_lists.slowest(LISTED) if facts.counted else server_lists.running_long(LISTED)
    return Database(
        facts=facts,
        tables=session.execute(server_lists.tables(LISTED)).all(),
        connections=session.execute(server_lists.connections()).all(),
        slow=[(statements.shown(row.statement), row) for row in session.execute(slow)],
    )
