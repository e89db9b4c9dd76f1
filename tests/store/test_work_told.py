"""Who is told that external tasks are free, and from when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session, sessionmaker

from app.domain.ids import new_id
from app.store import session as store
from app.store.changes import CHANNEL
from app.store.tables import ExternalTask

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def sessions(fresh_database: str) -> Iterator[sessionmaker[Session]]:
    database = store.engine(fresh_database)
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE external_task DROP CONSTRAINT fk_external_task_instance_id"))
    yield store.sessions(database)
    database.dispose()


@pytest.fixture
def listener(fresh_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield connection


def task(topic: str, **columns: Any) -> ExternalTask:
    facts = {"token": 1, "priority": 0, "element": "do", "definition_id": "d", "definition_key": "k", "created_at": NOW}
    return ExternalTask(id=new_id(), instance_id=new_id(), topic=topic, **facts, **columns)


def told(listener: psycopg.Connection[Any]) -> list[Any]:
    """What has been told until now: it arrives in the order of the commits, the last of which is made here."""
    with psycopg.connect(listener.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_notify(%s, 'end')", (CHANNEL,))
    found = []
    for notice in listener.notifies():
        if notice.payload == "end":
            break
        found.append(orjson.loads(notice.payload)["work"])
    return found


def test_new_tasks_are_told_by_topic_once_a_transaction(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    with sessions.begin() as session:
        session.add_all([task("a"), task("a"), task("b", locked_until=LATER)])
    assert told(listener) == [{"a": 0, "b": LATER.timestamp()}]


def test_what_nobody_may_fetch_is_not_told_and_what_is_rolled_back_neither(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    with sessions.begin() as session:
        session.add_all([task("a", suspended=True), task("b", retries=0)])
    with sessions() as session:
        session.add(task("c"))
        session.flush()
        session.rollback()
        session.commit()
    assert told(listener) == []


def test_a_lock_is_told_with_its_end_and_its_return_at_once(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    one = task("a")
    with sessions.begin() as session:
        session.add(one)
    for until in (LATER, None):
        with sessions.begin() as session:
            session.get_one(ExternalTask, one.id).locked_until = until
    assert told(listener) == [{"a": 0}, {"a": LATER.timestamp()}, {"a": 0}]


def test_a_statement_that_writes_tasks_tells_of_them(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    with sessions.begin() as session:
        session.add_all([task("a", suspended=True), task("b", suspended=True, retries=0)])
    for suspended in (True, False):
        with sessions.begin() as session:
            session.execute(update(ExternalTask).values(suspended=suspended))
    assert told(listener) == [{"a": 0}]


def test_too_many_topics_to_name_are_told_as_any(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    with sessions.begin() as session:
        session.add_all(task(f"a rather long name of a topic {number}") for number in range(300))
    assert told(listener) == [None]
