"""What needs an administrator today, in numbers: each is that of a list that can be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.inspecting import instance_search
from app.domain.outgoing import State as Fate
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.store import queue_lists
from app.store.counting import rows_of
from app.store.instance_searches import Search, State
from app.store.tables import Batch, Delivery, Message

SEARCHES: Mapping[str, Search] = {
    "incident": Search(incident=True),
    "stuck": Search(state=State.STUCK),
    "overdue": Search(overdue=True),
    "suspended": Search(state=State.SUSPENDED),
}
"""Cases that need somebody, by the condition of the list that finds them."""


@dataclass(frozen=True, slots=True)
class Today:
    """cases: by the keys of SEARCHES, up to one more than are counted. refused: batches of which something was refused, and
    nobody has seen to it; lag: of the queue; workers: whether one is alive."""

    cases: Mapping[str, int]
    batches: int
    refused: int
    letters: int
    messages: int
    failed: int
    due: int
    lag: timedelta
    workers: bool


def today(session: Session, actor: Actor, lost: timedelta, now: datetime) -> Today:
    """lost: see `config.Settings.lost_worker`. Raises Forbidden."""
    require_administrator(actor)
    queues, at = session.execute(queue_lists.queues()).all(), session.execute(queue_lists.finished()).one().now
    numbers = session.execute(
        select(
            rows_of(Batch, Batch.ended_at.is_(None)).label("batches"),
            rows_of(Batch, Batch.ended_at.is_(None), Batch.refused > 0).label("refused"),
            rows_of(Delivery, Delivery.state == Fate.FAILED.value).label("letters"),
            rows_of(Message, Message.retries <= 0).label("messages"),
        )
    ).one()
    workers = session.execute(queue_lists.workers(lost)).all()
    return Today(
        cases={name: instance_search.number(session, actor, one, now) for name, one in SEARCHES.items()},
        batches=numbers.batches,
        refused=numbers.refused,
        letters=numbers.letters,
        messages=numbers.messages,
        failed=sum(one.failed for one in queues),
        due=sum(one.due for one in queues),
        lag=max((at - one.oldest for one in queues if one.oldest is not None), default=timedelta(0)),
        workers=any(one.alive for one in workers),
    )
