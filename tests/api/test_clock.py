from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from app.wsgi import create_app
from tests.api.models import bpmn, line

Headers = Callable[[str], dict[str, str]]
ADMIN, CLERK = "admin", "clerk.aktobe-gask"
PATH = "/api/test/clock"
NOW = "2026-03-20T16:50:00+05:00"
TIMER = line(
    "intermediateCatchEvent|wait||<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
)


@pytest.fixture
def stop(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    return lambda now, user=ADMIN: client.put(PATH, json={"now": now}, headers=as_user(user))


def test_time_stands_still_until_it_is_released(client: FlaskClient, as_user: Headers, stop: Any) -> None:
    assert stop(NOW).json == {"now": "2026-03-20T11:50:00.000+0000", "stopped": True}
    assert client.get(PATH, headers=as_user(CLERK)).json["now"] == "2026-03-20T11:50:00.000+0000"
    assert client.delete(PATH, headers=as_user(ADMIN)).status_code == 204
    assert client.get(PATH, headers=as_user(ADMIN)).json["stopped"] is False


def test_only_an_administrator_stops_the_clock(client: FlaskClient, as_user: Headers, stop: Any) -> None:
    assert stop(NOW, CLERK).status_code == 403
    assert client.delete(PATH, headers=as_user(CLERK)).status_code == 403
    assert client.get(PATH).status_code == 401


@pytest.mark.parametrize("now", ["today", "2026-03-20T16:50:00", "0001-01-01T00:00:00+00:00", None, 5])
def test_what_is_no_moment_is_refused(stop: Any, now: Any) -> None:
    answer = stop(now)
    assert answer.status_code == 400
    assert "now" in answer.json["message"]


def test_a_timer_that_is_due_by_the_new_time_is_woken(
    client: FlaskClient, as_user: Headers, stop: Any, deploy: Any, database_engine: Engine
) -> None:
    deploy({"wait.bpmn": bpmn("waiting", TIMER)})
    stop(NOW)
    path = "/engine-rest/process-definition/key/waiting/tenant-id/aktobe-gask/start"
    instance_id = client.post(path, json={}, headers=as_user(ADMIN)).json["id"]
    stop("2026-03-21T16:50:00+05:00")
    query = text("SELECT count(*) FROM procrastinate_jobs WHERE args->>'instance_id' = :id AND scheduled_at IS NULL")
    with database_engine.connect() as connection:
        assert connection.scalar(query, {"id": instance_id}) == 1


def test_where_the_clock_is_not_allowed_there_is_nothing(app: Flask, as_user: Headers) -> None:
    without = create_app(replace(app.extensions["settings"], test_clock=False))
    client = without.test_client()
    for headers in ({}, as_user(ADMIN)):
        assert client.get(PATH, headers=headers).status_code == 404
        assert client.put(PATH, json={"now": NOW}, headers=headers).status_code == 404
    without.extensions["database"].dispose()
