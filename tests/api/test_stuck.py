"""What does not go on by itself, as administrators see it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.store.tables import Job, Message
from tests.api.test_jobs import ASYNC, WAITING

PATH = "/api/stuck"


@pytest.fixture
def troubles(
    deploy: Callable[..., Any], start: Callable[..., str], client: FlaskClient, as_user: Any, database_engine: Engine
) -> dict[str, str]:
    """An instance whose job has failed, one whose timer no worker has fired, and a message for nobody."""
    deploy({"waiting.bpmn": WAITING, "later.bpmn": ASYNC})
    failed, late = start("later", urgency=0, business_key="A-1"), start("waiting")
    [job] = client.get(f"/engine-rest/job?processInstanceId={failed}", headers=as_user("admin")).json
    client.post(f"/engine-rest/job/{job['id']}/execute", headers=as_user("admin"))
    start("waiting")
    now = datetime.now(UTC)
    with Session(database_engine) as session, session.begin():
        session.execute(update(Job).where(Job.instance_id == late).values(due_at=now - timedelta(minutes=2)))
        message = Message(
            id=new_id(), created_at=now - timedelta(hours=2), retries=5, kind="message", name="paid",
            tenant_id="aktobe-gask", variables={},
        )  # fmt: skip
        session.add(message)
        return {"failed": failed, "late": late, "message": str(message.id)}


def test_each_is_listed_with_its_reason_the_oldest_first(
    troubles: dict[str, str], client: FlaskClient, as_user: Any
) -> None:
    rows = client.get(PATH, headers=as_user("admin")).json
    assert [(row["reason"], row["kind"], row["activityId"], row["processInstanceId"]) for row in rows] == [
        ("message", "paid", None, None),
        ("overdueJob", "timer", "pause", troubles["late"]),
        ("incident", "failedJob", "sum", troubles["failed"]),
    ]
    assert (rows[0]["id"], rows[1]["processDefinitionKey"]) == (troubles["message"], "waiting")
    assert (rows[2]["businessKey"], rows[2]["tenantId"]) == ("A-1", "aktobe-gask")
    assert "${a + b}" in rows[2]["message"]
    page = client.get(f"{PATH}?firstResult=1&maxResults=1", headers=as_user("admin")).json
    assert page == rows[1:2]
    assert client.get(f"{PATH}/count", headers=as_user("admin")).json == {"count": 3}


def test_it_is_for_administrators(troubles: dict[str, str], client: FlaskClient, as_user: Any) -> None:
    assert troubles
    asked = [client.get(path, headers=as_user("head.aktobe-gask")).status_code for path in (PATH, f"{PATH}/count")]
    assert asked == [403, 403]
