"""Messages to the outside as administrators see them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.store.tables import Delivery
from tests.api.models import ONE_TASK

Headers = dict[str, str]
PATH = "/api/notifications"


@pytest.fixture
def rows(database_engine: Engine) -> list[str]:
    """Three that lie there, and one that waits; the oldest first."""
    now = datetime.now(UTC)
    made = []
    with Session(database_engine) as session, session.begin():
        for number, state in enumerate(("failed", "failed", "failed", "waiting")):
            row = Delivery(
                id=new_id(),
                created_at=now,
                due_at=now + timedelta(hours=1) if state == "waiting" else None,
                ended_at=None if state == "waiting" else now,
                tries=7 - number,
                channel="webhook",
                state=state,
                event="task.created",
                tenant_id="aktobe-gask",
                error="it answered 500",
                about={"secret": "nobody reads this"},
            )
            session.add(row)
            session.flush()
            made.append(str(row.id))
    return made


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., Any]:
    def run(path: str = "", user: str = "admin", method: str = "GET") -> Any:
        return client.open(PATH + path, method=method, headers=as_user(user))

    return run


def test_those_that_lie_there_are_listed_by_pages_and_counted(ask: Callable[..., Any], rows: list[str]) -> None:
    failed = ask("?state=failed")
    assert {one["id"] for one in failed.json} == set(rows[:3])
    assert "nobody reads this" not in failed.text
    pages = [ask(f"?state=failed&firstResult={first}&maxResults=2").json for first in (0, 2)]
    assert [one["id"] for page in pages for one in page] == [one["id"] for one in failed.json]
    counts = [ask(f"/count{query}").json["count"] for query in ("?state=failed", "?state=waiting", "?state=sent", "")]
    assert counts == [3, 1, 0, 4]
    assert (failed.json[0]["error"], failed.json[0]["nextTry"]) == ("it answered 500", None)


def test_one_is_tried_again_once(ask: Callable[..., Any], rows: list[str], database_engine: Engine) -> None:
    assert [ask(f"/{rows[0]}/retry", method="POST").status_code for _ in range(2)] == [204, 409]
    [one] = [one for one in ask().json if one["id"] == rows[0]]
    assert (one["state"], one["tries"]) == ("waiting", 0)
    with database_engine.connect() as connection:
        written = text("SELECT args->>'delivery_id' FROM procrastinate_jobs WHERE task_name = 'send_out'")
        assert list(connection.scalars(written)) == [rows[0]]


def test_nobody_else_sees_them_and_what_is_unknown_is_said(ask: Callable[..., Any], rows: list[str]) -> None:
    for path, method in (("", "GET"), ("/count", "GET"), (f"/{rows[0]}/retry", "POST")):
        assert ask(path, "head.aktobe-gask", method).status_code == 403
    unknown = "/00000000-0000-0000-0000-000000000001/retry"
    assert [ask(path, method="POST").status_code for path in (unknown, "/x/retry")] == [404, 404]
    assert [ask(query).status_code for query in ("?state=lost", "?maxResults=x", "?firstResult=-1")] == [400, 400, 400]


def test_a_completion_costs_no_statement_more_where_nothing_is_told_outside(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., Any],
    start: Callable[..., str],
    statements: list[str],
    database_engine: Engine,
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    clerk = as_user("clerk.aktobe-gask")
    for _ in range(2):  # the second time models and passwords are known
        instance = start("oneTask")
        task = client.get(f"/engine-rest/task?processInstanceId={instance}", headers=clerk).json[0]["id"]
        client.post(f"/engine-rest/task/{task}/claim", json={"userId": "clerk.aktobe-gask"}, headers=clerk)
        statements.clear()
        assert client.post(f"/engine-rest/task/{task}/complete", json={}, headers=clerk).status_code == 204
    assert len(statements) <= 8, "\n".join(statements)
    assert not [one for one in statements if "delivery" in one or one.startswith("SELECT organisation")]
    with database_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 0
