"""Who is told that task lists have changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session, sessionmaker

from app.domain.ids import new_id
from app.domain.people.audience import Audience
from app.store import session as store
from app.store.changes import CHANNEL
from app.store.tables import Task

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)


@pytest.fixture
def sessions(fresh_database: str) -> Iterator[sessionmaker[Session]]:
    database = store.engine(fresh_database)
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE task DROP CONSTRAINT fk_task_instance_id"))
    yield store.sessions(database)
    database.dispose()


@pytest.fixture
def listener(fresh_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield connection


def opened(sessions: sessionmaker[Session], **columns: Any) -> Task:
    task = Task(
        id=new_id(),
        instance_id=new_id(),
        created_at=NOW,
        token=1,
        parent_token=1,
        priority=50,
        definition_id="d",
        element="ask",
        tenant_id="one",
        **columns,
    )
    with sessions.begin() as session:
        session.add(task)
    return task


def told(listener: psycopg.Connection[Any]) -> list[Audience]:
    """What has been told until now: it arrives in the order of the commits, the last of which is made here."""
    with psycopg.connect(listener.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_notify(%s, '[]')", (CHANNEL,))
    found: list[Audience] = []
    for notice in listener.notifies():
        if notice.payload == "[]":
            break
        found += map(Audience.of, orjson.loads(notice.payload))
    return found


def test_who_had_a_task_and_who_has_it_are_told(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    task = opened(sessions, assignee="a", candidate_groups=["clerk"], candidate_users=["c"])
    assert told(listener) == [Audience("one", frozenset({"clerk"}), frozenset({"a", "c"}))]
    with sessions.begin() as session:
        row = session.get_one(Task, task.id)
        row.assignee, row.candidate_groups, row.candidate_users = "b", ["head"], []
    assert told(listener) == [Audience("one", frozenset({"clerk", "head"}), frozenset({"a", "b", "c"}))]


def test_what_a_statement_writes_without_loading_it_is_told(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    task = opened(sessions, assignee="a", candidate_groups=["clerk"])
    told(listener)
    with sessions.begin() as session:
        session.execute(update(Task).where(Task.id == task.id).values(ended_at=NOW))
        session.execute(update(Task).where(Task.id == new_id()).values(ended_at=NOW))
    assert told(listener) == [Audience("one", frozenset({"clerk"}), frozenset({"a"}))]


def test_drafts_and_what_is_rolled_back_are_not_told(
    sessions: sessionmaker[Session], listener: psycopg.Connection[Any]
) -> None:
    task = opened(sessions, assignee="a")
    told(listener)
    with sessions.begin() as session:
        session.get_one(Task, task.id).draft = {"a": 1}
    with sessions() as session:
        session.get_one(Task, task.id).assignee = "b"
        session.flush()
        session.rollback()
    assert told(listener) == []
