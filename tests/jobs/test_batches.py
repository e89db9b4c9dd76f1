"""What is asked of many, carried out by workers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.mending import batches, kinds
from app.actions.mending.acts import Call
from app.actions.running import instances
from app.domain.ids import new_id
from app.store.batch_lists import CHANGED, DONE
from app.store.tables import Batch, BatchItem, History, Instance, User
from tests.features.feature_models import end, file, path, start, user
from tests.jobs.conftest import ADMIN, Begin, Work

MODEL = file(start(), user("check"), user("decide"), end(), path("start", "check", "decide", "end"))
WHY = "the court asks for it"


@pytest.fixture
def some(database: Engine, begin: Begin) -> list[UUID]:
    """Four instances that wait at their first step."""
    with Session(database) as session, session.begin():
        session.add(User(id="admin", password_hash="", administrator=True))
    return [begin(MODEL), *(begin(None) for _ in range(3))]


def asked(database: Engine, kind: str, what: dict[str, object], ids: Sequence[UUID]) -> UUID:
    with Session(database) as session, session.begin():
        return batches.ask(Call(session, ADMIN, WHY, datetime.now(UTC)), kind, what, batches.named(ids)).id


def states(database: Engine, batch_id: UUID) -> list[str]:
    with Session(database) as session:
        found = select(BatchItem.state).where(BatchItem.batch_id == batch_id).order_by(BatchItem.number)
        return list(session.scalars(found))


def test_each_is_done_or_says_why_not(database: Engine, some: list[UUID], work: Work) -> None:
    batch_id = asked(database, kinds.SUSPENSION, {"suspended": True}, [*some, new_id()])
    with Session(database) as session, session.begin():
        instances.cancel(session, ADMIN, some[1], "withdrawn", datetime.now(UTC))
    work()
    assert states(database, batch_id) == [DONE, CHANGED, DONE, DONE, CHANGED]
    with Session(database) as session:
        batch = session.get_one(Batch, batch_id)
        assert (batch.total, batch.done, batch.refused, batch.ended_at) == (5, 3, 2, None)
        item = session.get_one(BatchItem, (batch_id, 1))
        assert item.change == {"before": {"suspended": False}, "after": {"suspended": True}}
        assert session.get_one(Instance, some[0]).suspended
        told = select(History.annotation, History.user_id).where(History.operation == "Suspend")
        assert session.execute(told).all() == [(WHY, "admin")] * 3
