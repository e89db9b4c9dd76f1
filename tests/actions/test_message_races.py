"""Messages, timers and deployments at the same moment, on connections of their own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.actions.models.seed import seed
from app.actions.running import delivery, messages, signals, starting, suspending
from app.errors import AppError, Conflict
from app.store import session as store
from app.store.tables import EventSubscription, History, Instance, Job, Message, StartEvent, Task, User
from tests.actions import beginnings
from tests.actions.beginnings import ADMIN, PAID, begun_by, process, throwing
from tests.actions.racing import Command, done, one_after_the_other
from tests.features.feature_models import (
    boundary,
    catch,
    end,
    first_of,
    message,
    node,
    path,
    signal,
    start,
    timer,
    user,
)
from tests.jobs.due import run_due

ACTS = Path(__file__).parents[2] / "bpmn"
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
WAITS = process(
    "waits", start(), catch("wait", message("paid")), user("after"), end(), path("start", "wait", "after", "end")
)
EITHER = process(
    "either", start(), node("receiveTask", "wait", messageRef="message-paid"),
    boundary("late", "wait", timer("Duration", "PT1H")), user("paid"), user("unpaid"), end(), end("f"),
    path("start", "wait", "paid", "end"), path("late", "unpaid", "f"),
)  # fmt: skip
HEARS = process(
    "hears", start(), catch("wait", signal("bell")), user("after"), end(), path("start", "wait", "after", "end")
)
HEARS_IN_TIME = process(
    "hears-in-time", start(), first_of("g"), catch("wait", signal("bell")), catch("t", timer("Duration", "PT1H")),
    user("after"), user("late"), end(), end("f"), path("start", "g", "wait", "after", "end"), path("g", "t", "late", "f"),
)  # fmt: skip
MODELS = {
    "hears": HEARS,
    "in-time": HEARS_IN_TIME,
    "waits": WAITS,
    "either": EITHER,
    "pays": throwing("pays", PAID),
    "daily": begun_by("daily", timer("Cycle", "R/PT1H")),
}


@pytest.fixture
def database(fresh_database: str) -> Iterator[Engine]:
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        session.add(User(id="admin", password_hash="-", administrator=True))
        beginnings.deploy(session, NOW, **MODELS)
    yield engine
    engine.dispose()


def begin(key: str) -> Command:
    return lambda session: beginnings.begin(session, NOW, key)


def pay(session: Session) -> Any:
    return messages.correlate(session, ADMIN, messages.Correlation("paid"), messages.Brought(), NOW)


def open_tasks(database: Engine) -> list[str]:
    with Session(database) as session:
        return sorted(session.scalars(select(Task.element).where(Task.ended_at.is_(None))))


def at_once(database: Engine, *commands: Command) -> list[Any]:
    """What each gives or refuses, all begun at the same moment."""
    barrier = Barrier(len(commands))

    def run(command: Command) -> Any:
        barrier.wait(timeout=10)
        try:
            return done(database, command)
        except AppError as refused:
            return refused

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(run, commands))


def test_of_many_that_send_the_same_message_at_once_one_is_heard(database: Engine) -> None:
    done(database, begin("waits"))
    answers = at_once(database, *[pay] * 4)
    assert sum(isinstance(answer, messages.Delivered) for answer in answers) == 1
    assert sum(isinstance(answer, AppError) for answer in answers) == 3
    assert open_tasks(database) == ["after"]
    with Session(database) as session:
        told = select(func.count()).select_from(History).where(History.operation == "Correlate")
        assert session.scalar(told) == 1
        assert session.scalar(select(func.count()).select_from(EventSubscription)) == 0


def deliver_of(number: int) -> Command:
    def run(session: Session) -> None:
        message_id = session.scalars(select(Message.id).order_by(Message.id)).all()[number]
        delivery.deliver(session, message_id, NOW)

    return run


def test_of_two_messages_for_one_receiver_one_is_kept(database: Engine) -> None:
    done(database, begin("waits"))
    for _ in range(2):
        done(database, begin("pays"))
    at_once(database, deliver_of(0), deliver_of(1))
    assert open_tasks(database) == ["after", "work", "work"]
    with Session(database) as session:
        assert [one.error for one in session.scalars(select(Message))] == [None]


def test_one_message_that_two_workers_deliver_comes_once(database: Engine) -> None:
    done(database, begin("waits"))
    done(database, begin("pays"))

    def deliver(session: Session) -> None:
        delivery.deliver(session, message_id, NOW)

    with Session(database) as session:
        message_id = session.scalars(select(Message.id)).one()
    at_once(database, deliver, deliver)
    assert open_tasks(database) == ["after", "work"]


def fire(instance: Instance) -> Command:
    return lambda session: run_due(session, instance.id, LATER)


def test_a_timer_that_comes_due_while_its_message_is_heard_does_not_fire(database: Engine) -> None:
    instance = done(database, begin("either"))
    assert one_after_the_other(database, pay, fire(instance)) == 0
    assert open_tasks(database) == ["paid"]
    assert_nothing_waits(database)


def test_a_message_that_is_sent_while_the_timer_fires_is_not_heard(database: Engine) -> None:
    instance = done(database, begin("either"))
    with pytest.raises(Conflict, match="no longer waits"):
        one_after_the_other(database, fire(instance), pay)
    assert open_tasks(database) == ["unpaid"]
    assert_nothing_waits(database)


def test_message_and_timer_in_a_throng_take_one_way(database: Engine) -> None:
    instance = done(database, begin("either"))
    at_once(database, pay, fire(instance), pay, fire(instance))
    assert len(open_tasks(database)) == 1
    assert_nothing_waits(database)


def assert_nothing_waits(database: Engine) -> None:
    with Session(database) as session:
        assert session.scalar(select(func.count()).select_from(EventSubscription)) == 0
        assert session.scalar(select(func.count()).select_from(Job)) == 0


def ring(session: Session) -> None:
    signals.broadcast(session, ADMIN, "bell", {}, NOW)


def suspend(instance: Instance, suspended: bool) -> Command:
    return lambda session: suspending.suspend(session, ADMIN, instance.id, suspended, NOW)


@pytest.mark.parametrize("suspended", [True, False])
@pytest.mark.parametrize("rung_first", [True, False])
def test_a_signal_is_not_lost_on_an_instance_that_is_suspended_or_activated_meanwhile(
    database: Engine, suspended: bool, rung_first: bool
) -> None:
    instance = done(database, begin("hears"))
    if not suspended:
        done(database, suspend(instance, True))
    order = [ring, suspend(instance, suspended)]
    one_after_the_other(database, *(order if rung_first else reversed(order)))
    with Session(database) as session:
        assert session.scalars(select(Job.suspended)).all() == [suspended]
    done(database, suspend(instance, False))
    done(database, fire(instance))
    assert open_tasks(database) == ["after"]


def test_a_signal_that_comes_while_its_timer_fires_leaves_no_job_behind(database: Engine) -> None:
    instance = done(database, begin("hears-in-time"))
    one_after_the_other(database, fire(instance), ring)
    assert open_tasks(database) == ["late"]
    assert_nothing_waits(database)


def tick(start_id: Any) -> Command:
    return lambda session: starting.begin_timed(session, start_id, LATER)


def test_a_timer_that_two_workers_look_at_begins_once(database: Engine) -> None:
    with Session(database) as session:
        start_id = session.scalars(select(StartEvent.id)).one()
    at_once(database, *[tick(start_id)] * 3)
    with Session(database) as session:
        assert session.scalar(select(func.count()).select_from(Instance)) == 1


@pytest.mark.parametrize("deployed_first", [True, False])
def test_a_deployment_and_a_timer_at_once_begin_one_instance(database: Engine, deployed_first: bool) -> None:
    with Session(database) as session:
        start_id = session.scalars(select(StartEvent.id)).one()

    def deploy(session: Session) -> None:
        beginnings.deploy(session, LATER, daily=MODELS["daily"])

    order: list[Callable[[Session], Any]] = [deploy, tick(start_id)] if deployed_first else [tick(start_id), deploy]
    one_after_the_other(database, *order)
    with Session(database) as session:
        for again in session.scalars(select(StartEvent.id)).all():
            starting.begin_timed(session, again, LATER)
        session.commit()
        assert session.scalar(select(func.count()).select_from(Instance)) == 1
        assert session.scalar(select(func.count()).select_from(StartEvent)) == 1
