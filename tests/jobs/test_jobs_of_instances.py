"""Jobs of instances, run by a real worker on a real queue."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from procrastinate import PsycopgConnector
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session

from app import queue
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances, jobs
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.jobs import running, worker
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import History, Instance, Job, TestClock

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
WAITING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<process id="waiting" isExecutable="true">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="first"/>
<intermediateCatchEvent id="first"><timerEventDefinition><timeDuration>PT{seconds}S</timeDuration></timerEventDefinition>
</intermediateCatchEvent><sequenceFlow id="f2" sourceRef="first" targetRef="second"/>
<intermediateCatchEvent id="second"><timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition>
</intermediateCatchEvent><sequenceFlow id="f3" sourceRef="second" targetRef="end"/><endEvent id="end"/>
</process></definitions>"""

Begin = Callable[..., UUID]


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, datetime.now(UTC), demo=False)
    yield engine
    transactions.cache_clear()
    engine.dispose()


@pytest.fixture
def begin(database: Engine) -> Begin:
    def run(seconds: int) -> UUID:
        now = datetime.now(UTC)
        with Session(database) as session, session.begin():
            files = {"waiting.bpmn": WAITING.format(seconds=seconds).encode()}
            deployed = deployments.deploy(session, ADMIN, files, now, tenant="aktobe-gask")
            return instances.start(session, ADMIN, deployed.definitions[0], {}, now).id

    return run


@pytest.fixture
def work(fresh_database: str) -> Callable[[], None]:
    """Run a worker until there is nothing left to do at this moment."""

    def run() -> None:
        with queue.app.replace_connector(PsycopgConnector(conninfo=fresh_database)) as app:
            app.run_worker(wait=False, install_signal_handlers=False, delete_jobs="successful")

    return run


def _state(database: Engine, instance: UUID) -> str | None:
    with Session(database) as session:
        return session.get_one(Instance, instance).end_state


def test_a_due_timer_and_the_one_that_follows_it_are_fired(
    database: Engine, begin: Begin, work: Callable[[], None]
) -> None:
    instance = begin(0)
    work()
    assert _state(database, instance) == "COMPLETED"
    with Session(database) as session:
        fired = select(func.count()).select_from(History).where(History.operation == "TimerFired")
        assert session.scalar(fired) == 2
        assert session.scalar(select(func.count()).select_from(Job)) == 0


def _queued(database: Engine) -> int:
    with database.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'run_job'")) or 0


def test_a_timer_of_the_future_is_in_the_queue_only_when_it_is_near(
    database: Engine, begin: Begin, work: Callable[[], None]
) -> None:
    instance = begin(3600)
    work()
    assert (_state(database, instance), _queued(database)) == (None, 0)
    with database.begin() as connection:
        connection.execute(update(Job).values(due_at=datetime.now(UTC) + timedelta(seconds=300)))
    running.wake_overdue_jobs(0)
    running.wake_overdue_jobs(0)
    work()
    assert (_state(database, instance), _queued(database)) == (None, 1)


def test_all_that_is_due_is_done_one_after_the_other_whatever_goes_wrong_in_some(
    database: Engine, begin: Begin
) -> None:
    several = [begin(0) for _ in range(4)]
    with database.begin() as connection:
        connection.execute(update(Job).where(Job.instance_id == several[1]).values(token=77))
    running.run_job(str(several[0]))
    assert [_state(database, one) for one in several] == ["COMPLETED", None, "COMPLETED", "COMPLETED"]
    with Session(database) as session:
        [failed] = session.scalars(select(Job))
        assert (failed.retries, failed.instance_id) == (2, several[1])


def test_a_worker_that_is_to_stop_takes_nothing_new(database: Engine, begin: Begin) -> None:
    first, second = begin(0), begin(0)
    worker.stopping.set()
    try:
        running.run_job(str(first))
    finally:
        worker.stopping.clear()
    with Session(database) as session:
        waiting = Counter(session.scalars(select(Job.instance_id)))
    assert waiting == {first: 1, second: 1}


def test_a_timer_whose_job_is_lost_is_found_again(database: Engine, begin: Begin, work: Callable[[], None]) -> None:
    instance = begin(3600)
    with database.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
        connection.execute(update(Job).values(due_at=datetime.now(UTC) - timedelta(minutes=2)))
    running.wake_overdue_jobs(0)
    work()
    assert _state(database, instance) == "COMPLETED"


def test_a_timer_is_not_lost_where_the_clock_of_the_worker_is_behind_that_of_the_database(
    database: Engine, begin: Begin, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGLAMENT_TEST_CLOCK", "1")
    instance = begin(0)
    with Session(database) as session, session.begin():
        behind = session.scalars(select(Job.due_at)).one() - timedelta(milliseconds=40)
        session.add(TestClock(now=behind))
    work()
    assert _state(database, instance) is None
    with database.begin() as connection:
        [again] = connection.execute(text("SELECT scheduled_at > now() - interval '1 s' FROM procrastinate_jobs")).all()
        assert again[0], "it is looked at again at its moment"
        connection.execute(text("UPDATE test_clock SET now = now + interval '1 s'"))
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL"))
    work()
    assert _state(database, instance) == "COMPLETED"


def test_a_timer_that_has_a_job_gets_no_second_one(database: Engine, begin: Begin) -> None:
    begin(0)
    with database.begin() as connection:
        connection.execute(update(Job).values(due_at=datetime.now(UTC) - timedelta(minutes=2)))
    running.wake_overdue_jobs(0)
    with database.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1


def test_timers_of_an_instance_are_fired_in_the_order_of_their_moments_however_late(
    database: Engine, begin: Begin
) -> None:
    instance = begin(0)
    with Session(database) as session, session.begin():
        due = jobs.next_due(session, instance, datetime.now(UTC))
        assert due is not None
        _, job = due
        session.add(
            Job(id=new_id(), instance_id=instance, created_at=job.created_at, due_at=job.due_at - timedelta(hours=1),
                token=99, retries=3, priority=0, kind="timer", key="x", tenant_id=None, definition_id=job.definition_id)
        )  # fmt: skip
        session.flush()
        earliest = jobs.next_due(session, instance, datetime.now(UTC))
        assert earliest is not None
        assert earliest[1].key == "x"


def test_a_job_of_a_worker_that_died_is_taken_over(database: Engine, begin: Begin, work: Callable[[], None]) -> None:
    instance = begin(0)
    with database.begin() as connection:
        connection.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes')")
        )
        connection.execute(
            text(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
            )
        )
    asyncio.run(_take_over(database))
    work()
    assert _state(database, instance) == "COMPLETED"


async def _take_over(database: Engine) -> None:
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with queue.app.replace_connector(PsycopgConnector(conninfo=url)) as app:
        async with app.open_async():
            await running.take_over_stalled_jobs(0)


def test_the_worker_outlives_the_loss_of_its_connections(database: Engine, begin: Begin, fresh_database: str) -> None:
    async def lose_and_go_on() -> None:
        working = asyncio.create_task(worker.work(fresh_database, 5))
        for loss in (True, False):
            instance = await asyncio.to_thread(begin, 0)
            async with asyncio.timeout(30):
                while await asyncio.to_thread(_state, database, instance) != "COMPLETED":
                    continue
            if loss:
                await asyncio.to_thread(_cut_off, database)
        os.kill(os.getpid(), signal.SIGTERM)
        await working

    asyncio.run(lose_and_go_on())


def _cut_off(database: Engine) -> None:
    """End every connection, as a server that restarts does."""
    with database.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    database.dispose()
    transactions.cache_clear()
