"""What is asked of many, carried out by workers."""

import signal
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session

from app.actions.mending import acts, batches, kinds
from app.actions.mending.acts import Call
from app.actions.mending.carrying_out import carry_out_next
from app.actions.running import instances
from app.actions.running.modifying import Placement
from app.domain.ids import new_id
from app.engine import Where, Withdraw
from app.store.batch_lists import CHANGED, DONE, REFUSED, STOPPED, WAITING
from app.store.tables import Batch, BatchItem, History, Instance, User
from tests.features.feature_models import end, file, path, start, user
from tests.jobs.conftest import ADMIN, Begin, Work, until

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


def carry_out(database: Engine, batch_id: UUID) -> int:
    """As a worker does, without much patience; gives how many."""

    def one() -> bool:
        with Session(database) as session, session.begin():
            session.execute(text("SET LOCAL lock_timeout = '200ms'"))
            return carry_out_next(session, batch_id, datetime.now(UTC))

    return next(done for done in count() if not one())


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


def test_what_two_workers_do_at_once_is_done_once(database: Engine, some: list[UUID]) -> None:
    batch_id = asked(database, kinds.VARIABLES, {"variables": {"a": [1, None]}}, some)

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(lambda _: carry_out(database, batch_id), range(2))) == len(some)
    with Session(database) as session:
        assert session.get_one(Batch, batch_id).ended_at is not None
        assert session.scalar(select(func.count()).where(History.operation == "ModifyVariable")) == len(some)


def test_an_item_that_fails_leaves_nothing_behind_and_the_others_alone(
    database: Engine, some: list[UUID], work: Work
) -> None:
    move = {"type": "startBeforeActivity", "at": "decide", "inside": None, "variables": {"b": [1, None]}, "local": {}}
    gone = {"type": "cancel", "at": "check", "token": None, "fromBefore": True}
    batch_id = asked(database, kinds.MODIFICATION, {"definition": None, "instructions": [move, gone]}, some)
    with Session(database) as session, session.begin():
        call = Call(session, ADMIN, WHY, datetime.now(UTC))
        acts.modify(call, some[1], instructions=[Withdraw("check"), Placement(Where.BEFORE, "decide", None, {}, {})])
    with Session(database) as held, held.begin():
        held.execute(select(Instance.id).where(Instance.id == some[2]).with_for_update())
        carry_out(database, batch_id)
    assert states(database, batch_id) == [DONE, CHANGED, CHANGED, DONE]
    with Session(database) as session:
        assert ["b" in session.get_one(Instance, one).variables for one in some] == [True, False, False, True]
        why = session.get_one(BatchItem, (batch_id, 3)).why or {}
        assert "others have been at work on this for too long" in why["en"]
    with Session(database) as session, session.begin():
        batches.retry(session, ADMIN, batch_id, datetime.now(UTC))
    work()
    assert states(database, batch_id) == [DONE, CHANGED, DONE, DONE]


def test_who_is_no_administrator_any_more_changes_nothing(database: Engine, some: list[UUID], work: Work) -> None:
    batch_id = asked(database, kinds.DELETION, {}, some)
    with Session(database) as session, session.begin():
        session.execute(update(User).where(User.id == "admin").values(administrator=False))
    work()
    assert set(states(database, batch_id)) == {REFUSED}


def test_what_is_stopped_is_left_as_it_was(database: Engine, some: list[UUID], work: Work) -> None:
    batch_id = asked(database, kinds.DELETION, {}, some)
    with Session(database) as session, session.begin():
        assert carry_out_next(session, batch_id, datetime.now(UTC))
    with Session(database) as session, session.begin():
        batches.stop(session, ADMIN, batch_id, datetime.now(UTC))
    work()
    assert states(database, batch_id) == [DONE, STOPPED, STOPPED, STOPPED]
    with Session(database) as session:
        assert [session.get_one(Instance, one).ended_at is None for one in some] == [False, True, True, True]


def test_a_killed_worker_loses_and_doubles_nothing(
    database: Engine, some: list[UUID], begin: Begin, worker: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    ids = [*some, *(begin(None) for _ in range(60))]
    batch_id = asked(database, kinds.VARIABLES, {"variables": {"a": [1, None]}}, ids)

    def waiting() -> int:
        return states(database, batch_id).count(WAITING)

    first = worker()
    until(lambda: waiting() < len(ids))
    first.send_signal(signal.SIGKILL)
    first.wait()
    left = waiting()
    assert left > 0
    assert carry_out(database, batch_id) == left
    with Session(database) as session:
        assert session.get_one(Batch, batch_id).done == len(ids)
        assert session.scalar(select(func.count()).where(History.operation == "ModifyVariable")) == len(ids)


def test_a_batch_that_nothing_in_the_queue_stands_for_goes_on(database: Engine, some: list[UUID], work: Work) -> None:
    batch_id = asked(database, kinds.SUSPENSION, {"suspended": True}, some)
    with Session(database) as session, session.begin():
        session.execute(text("DELETE FROM procrastinate_jobs"))
        batches.wake(session)
        batches.wake(session)
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1
    work()
    assert set(states(database, batch_id)) == {DONE}
