"""A request that others stand in the way of is run again by itself: what PostgreSQL refuses then was written by nobody."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event, select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.http.transaction import TRIES
from app.store.tables import Instance, Task
from tests.api.conftest import Deploy, Headers, Start
from tests.api.models import bpmn, line, user_task

COUNTED = bpmn(
    "counted",
    line(
        user_task("ask", "Ask"),
        "serviceTask|register|camunda:delegateExpression='${registerApplication}'",
        user_task("do", "Do"),
    ),
)
TREE = "SELECT FROM instance WHERE id = :id FOR UPDATE"
Complete = Callable[[], TestResponse]


@pytest.fixture
def instance(deploy: Deploy, start: Start) -> UUID:
    deploy({"counted.bpmn": COUNTED})
    return UUID(start("counted"))


@pytest.fixture
def complete(
    client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine, instance: UUID
) -> Complete:
    with Session(database_engine) as session:
        task = session.scalars(select(Task.id).where(Task.instance_id == instance)).one()
    return lambda: client.post(f"/engine-rest/task/{task}/complete", json={}, headers=as_user("admin"))


@contextmanager
def listening(engine: Engine, name: str, heard: Callable[..., None]) -> Iterator[None]:
    event.listen(engine, name, heard)
    try:
        yield
    finally:
        event.remove(engine, name, heard)


def first(statement: str) -> Callable[[Connection], None]:
    """Of every transaction."""

    def run(connection: Connection) -> None:
        connection.connection.cursor().execute(statement)

    return run


QUICKLY = first("SET LOCAL lock_timeout = '20ms'")


def waits(engine: Engine) -> bool:
    """Whether somebody waits for a lock."""
    with engine.connect() as connection:
        query = (
            "SELECT EXISTS (SELECT FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(connection.scalar(text(query)))


@pytest.fixture
def failures(database_engine: Engine) -> Iterator[list[str]]:
    """The SQLSTATEs that the application has met."""
    found: list[str] = []
    with listening(database_engine, "handle_error", lambda context: found.append(context.original_exception.sqlstate)):
        yield found


def done_once(engine: Engine, instance: UUID) -> bool:
    """Whether the step was done once and a number given without a gap."""
    with Session(engine) as session:
        completed = session.scalars(
            select(Task.element).where(Task.instance_id == instance, Task.ended_at.is_not(None))
        )
        number = session.get_one(Instance, instance).variables["applicationNumber"]
        return completed.all() == ["ask"] and number.endswith("000001")


def test_a_case_that_another_holds_is_waited_for_and_the_request_run_again(
    database_engine: Engine, instance: UUID, complete: Complete, failures: list[str]
) -> None:
    with database_engine.connect() as holder, listening(database_engine, "begin", QUICKLY):
        holder.execute(text(TREE), {"id": instance})
        with listening(database_engine, "handle_error", lambda _context: holder.rollback()):
            assert complete().status_code == 204
    assert failures == ["55P03"]
    assert done_once(database_engine, instance)


def test_a_case_that_another_holds_for_too_long_is_left_as_it_is(
    database_engine: Engine, instance: UUID, complete: Complete, failures: list[str], nothing_kept: Callable[[], Any]
) -> None:
    with database_engine.connect() as holder, listening(database_engine, "begin", QUICKLY):
        holder.execute(text(TREE), {"id": instance})
        with nothing_kept():
            answer = complete()
    refused = (answer.status_code, answer.json["type"])
    assert (*refused, failures) == (409, "OptimisticLockingException", ["55P03"] * TRIES)


def test_a_deadlock_with_another_is_got_out_of(
    database_engine: Engine, instance: UUID, complete: Complete, failures: list[str]
) -> None:
    """The other holds the counter that the step needs, and asks for the case while the step has it."""
    with database_engine.connect() as holder, ThreadPoolExecutor(1) as pool:
        holder.execute(text("INSERT INTO counter VALUES ('aktobe-gask', 'application', date_part('year', now()), 0)"))
        waiting: list[Any] = []

        def ask_for_the_case(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if "INTO counter" in statement and not waiting:
                waiting.append(pool.submit(lambda: (holder.execute(text(TREE), {"id": instance}), holder.rollback())))
                while not waits(database_engine):
                    continue

        with (
            listening(database_engine, "begin", first("SET LOCAL deadlock_timeout = '10ms'")),
            listening(database_engine, "before_cursor_execute", ask_for_the_case),
        ):
            assert complete().status_code == 204
        waiting[0].result()
    assert failures == ["40P01"]
    assert done_once(database_engine, instance)


def test_a_change_by_another_since_the_request_began_is_seen_in_the_next_try(
    database_engine: Engine, instance: UUID, complete: Complete, failures: list[str]
) -> None:
    """As on a database that is set to serialize its transactions."""
    changed: list[bool] = []

    def change(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FOR UPDATE OF" in statement and not changed:
            changed.append(True)
            with database_engine.begin() as other:
                other.execute(text("UPDATE instance SET business_key = 'B-2' WHERE id = :id"), {"id": instance})

    repeatable = first("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    with (
        listening(database_engine, "begin", repeatable),
        listening(database_engine, "before_cursor_execute", change),
    ):
        assert complete().status_code == 204
    assert failures == ["40001"]
    assert done_once(database_engine, instance)
