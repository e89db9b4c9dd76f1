"""The messages that nobody has received yet, as administrators see to them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.actions.beginnings import PAID, begun_by, deliver, throwing
from tests.features.feature_models import message

PATH = "/api/messages"
AsUser = Callable[[str], dict[str, str]]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]


@pytest.fixture
def listed(client: FlaskClient, as_user: AsUser) -> Callable[..., Any]:
    return lambda query="": client.get(f"{PATH}{query}", headers=as_user("admin")).json


def test_what_lies_undelivered_is_listed_without_its_values(
    deploy: Deploy, start: Start, listed: Callable[..., Any]
) -> None:
    deploy({"pays.bpmn": throwing("pays", PAID)})
    instance = start("pays", business_key="A-1", amount=5)
    start("pays", business_key="A-2", amount=6)
    (found,) = listed("?businessKey=A-1")
    assert isinstance(found.pop("id"), str)
    assert found.pop("created").endswith("+0000")
    assert found == {
        "kind": "message", "name": "paid", "businessKey": "A-1", "tenantId": "aktobe-gask", "processInstanceId": instance,
        "retries": 5, "error": None, "variableNames": ["paid"],
    }  # fmt: skip
    assert listed("/count") == {"count": 2}
    assert [one["businessKey"] for one in listed("?sortBy=created&sortOrder=desc&maxResults=1")] == ["A-2"]
    assert listed("/count?failed=true") == {"count": 0}
    assert listed("/count?name=paid&tenantIdIn=aktobe-gask") == {"count": 2}
    assert listed("?wrong=1")["type"] == "InvalidRequestException"


def test_a_message_is_tried_anew_or_given_up(
    client: FlaskClient,
    as_user: AsUser,
    deploy: Deploy,
    start: Start,
    listed: Callable[..., Any],
    database_engine: Engine,
) -> None:
    deploy({"pays.bpmn": throwing("pays", PAID)})
    start("pays", amount=5)
    start("pays", amount=6)
    first, second = (one["id"] for one in listed("?sortBy=created&sortOrder=asc"))
    with database_engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
        connection.execute(text("UPDATE message SET retries = 0, error = 'two or more wait'"))
    assert listed("/count?noRetriesLeft=true") == {"count": 2}
    deploy({"books.bpmn": begun_by("books", message("paid"))})
    assert client.post(f"{PATH}/{first}/retry", headers=as_user("admin")).status_code == 204
    with Session(database_engine) as session, session.begin():
        assert deliver(session, datetime.now(UTC)) == 1
    assert [one["id"] for one in listed()] == [second]
    assert client.delete(f"{PATH}/{second}", headers=as_user("admin")).status_code == 204
    assert listed() == []
    for gone in (first, "nothing"):
        assert client.delete(f"{PATH}/{gone}", headers=as_user("admin")).status_code == 404
        assert client.post(f"{PATH}/{gone}/retry", headers=as_user("admin")).status_code == 404


def test_staff_do_not_see_to_messages(client: FlaskClient, as_user: AsUser) -> None:
    clerk, gone = as_user("clerk.aktobe-gask"), f"{PATH}/00000000-0000-0000-0000-000000000001"
    assert client.get(PATH, headers=clerk).status_code == 403
    assert client.get(f"{PATH}/count", headers=clerk).status_code == 403
    assert client.delete(gone, headers=clerk).status_code == 403
    assert client.post(f"{gone}/retry", headers=clerk).status_code == 403
