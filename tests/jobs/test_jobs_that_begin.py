"""Processes that begin by themselves and messages on their way, by a real worker on a real queue."""

import asyncio
import os
import signal as signals
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from procrastinate import PsycopgConnector
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session

from app import queue
from app.actions.models.seed import seed
from app.jobs import running, worker
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Incident, Instance, Message, StartEvent, Task, User
from tests.actions.beginnings import PAID, begin, begun_by, deploy, throwing
from tests.features.feature_models import message, script, signal, timer
from tests.jobs.conftest import until

ACTS = Path(__file__).parents[2] / "bpmn"
ONCE = (
    "<extensionElements><camunda:failedJobRetryTimeCycle>R1/PT1M</camunda:failedJobRetryTimeCycle></extensionElements>"
)


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_MESSAGE_DAYS", "7")
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, datetime.now(UTC), demo=False)
        session.add(User(id="admin", password_hash="-", administrator=True))
    yield engine
    transactions.cache_clear()
    engine.dispose()


@pytest.fixture
def work(fresh_database: str) -> Callable[[], None]:
    """Run a worker until there is nothing left to do at this moment."""

    def run() -> None:
        with queue.app.replace_connector(PsycopgConnector(conninfo=fresh_database)) as app:
            app.run_worker(wait=False, install_signal_handlers=False, delete_jobs="successful")

    return run


def deployed(database: Engine, **models: bytes) -> None:
    with Session(database) as session, session.begin():
        deploy(session, datetime.now(UTC), **models)


def opened(database: Engine) -> list[tuple[str, datetime]]:
    with Session(database) as session:
        return [tuple(row) for row in session.execute(select(Task.element, Task.created_at).order_by(Task.id))]


def test_a_timer_begins_its_process_within_a_second_of_its_moment(database: Engine, fresh_database: str) -> None:
    async def begin_three() -> None:
        working = asyncio.create_task(worker.work(fresh_database, 5))
        async with asyncio.timeout(60):
            await asyncio.to_thread(until, lambda: _worker_is_there(database))
            await asyncio.to_thread(deployed, database, p=begun_by("p", timer("Cycle", "R3/PT1S")))
            await asyncio.to_thread(until, lambda: len(opened(database)) >= 3)
        os.kill(os.getpid(), signals.SIGTERM)
        await working

    asyncio.run(begin_three())
    with Session(database) as session:
        begun = session.scalars(select(Instance.started_at).order_by(Instance.started_at)).all()
        (start,) = session.scalars(select(StartEvent))
        assert (start.due_at, start.left) == (None, 0)
        first = start.created_at + timedelta(seconds=1)
    late = [at - (first + timedelta(seconds=number)) for number, at in enumerate(begun)]
    late += [at - (first + timedelta(seconds=number)) for number, (_, at) in enumerate(opened(database))]
    assert all(timedelta(0) <= one < timedelta(seconds=1) for one in late), late


def _worker_is_there(database: Engine) -> bool:
    with Session(database) as session:
        return queue.worker_alive(session)


def test_a_timer_that_came_due_while_nobody_worked_is_late_but_not_lost(
    database: Engine, work: Callable[[], None]
) -> None:
    deployed(database, p=begun_by("p", timer("Duration", "PT1H")))
    with database.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
        connection.execute(update(StartEvent).values(due_at=datetime.now(UTC) - timedelta(minutes=2)))
    running.wake_overdue_jobs(0)
    work()
    assert [element for element, _ in opened(database)] == ["work"]


def test_a_beginning_that_fails_is_an_incident_of_its_instance(database: Engine, work: Callable[[], None]) -> None:
    broken = begun_by("broken", timer("Duration", "PT0S"), step=script("work", "${missing + 1}", "x"))
    broken = broken.replace(b'<startEvent id="s0">', f'<startEvent id="s0">{ONCE}'.encode())
    deployed(database, broken=broken)
    work()
    with Session(database) as session:
        (incident,) = session.scalars(select(Incident))
        (instance,) = session.scalars(select(Instance))
        assert (incident.instance_id, incident.element, instance.ended_at) == (instance.id, "s0", None)
        assert incident.details is not None
        assert incident.details["activityId"] == "work"
        assert "missing" in incident.message


def test_messages_and_signals_go_their_way(database: Engine, work: Callable[[], None]) -> None:
    deployed(
        database, throws=throwing("throws", PAID), rings=throwing("rings", signal("bell")),
        books=begun_by("books", message("paid")), hears=begun_by("hears", signal("bell")),
    )  # fmt: skip
    with Session(database) as session, session.begin():
        begin(session, datetime.now(UTC), "throws", "A-1", amount=5)
        begin(session, datetime.now(UTC), "rings")
    work()
    with Session(database) as session:
        begun = {row.definition_key: row.business_key for row in session.scalars(select(Instance))}
        assert begun == {"throws": "A-1", "rings": None, "books": "A-1", "hears": None}
        assert session.scalar(select(func.count()).select_from(Message)) == 0
    assert [element for element, _ in opened(database)] == ["work"] * 4


def test_a_message_is_given_up_after_the_days_of_the_setting(database: Engine) -> None:
    deployed(database, throws=throwing("throws", PAID))
    with Session(database) as session, session.begin():
        for days in (6, 8):
            begin(session, datetime.now(UTC) - timedelta(days=days), "throws", f"A-{days}", amount=5)
    running.give_up_messages(0)
    with Session(database) as session:
        assert session.scalars(select(Message.business_key)).all() == ["A-6"]


def test_what_is_delivered_while_it_fails_lies_with_its_error(database: Engine, work: Callable[[], None]) -> None:
    broken = begun_by("books", message("paid"), step=script("work", "${missing + 1}", "x"))
    deployed(database, throws=throwing("throws", PAID), books=broken)
    with Session(database) as session, session.begin():
        begin(session, datetime.now(UTC), "throws", amount=5)
    work()
    with Session(database) as session:
        (left,) = session.scalars(select(Message))
        assert (left.retries, "missing" in (left.error or "")) == (4, True)
        assert session.scalar(select(func.count()).select_from(Instance)) == 1
