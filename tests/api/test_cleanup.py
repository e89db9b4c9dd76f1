"""The time to live of cases and what the clean-up would do, over HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from app.actions.cases import cleanup
from app.store.tables import Instance
from tests.api.models import ONE_TASK

Headers = dict[str, str]
KEY = "/engine-rest/process-definition/key/oneTask/tenant-id/aktobe-gask"
CLERK = "head.aktobe-gask"


@pytest.fixture
def definition(deploy: Callable[..., Any]) -> str:
    made: str = next(iter(deploy({"one.bpmn": ONE_TASK})["deployedProcessDefinitions"]))
    return made


def test_a_time_to_live_is_set_by_administrators_and_told(
    client: FlaskClient, as_user: Callable[[str], Headers], definition: str
) -> None:
    admin, paths = as_user("admin"), (KEY, f"/engine-rest/process-definition/{definition}")
    for path, days in zip(paths, (5, None), strict=True):
        answer = client.put(f"{path}/history-time-to-live", json={"historyTimeToLive": days}, headers=admin)
        assert answer.status_code == 204
        assert [client.get(one, headers=admin).json["historyTimeToLive"] for one in paths] == [days, days]
    for bad in (-1, "5", True, 1.5, 10**9):
        answer = client.put(f"{KEY}/history-time-to-live", json={"historyTimeToLive": bad}, headers=admin)
        assert answer.status_code == 400
    answer = client.put(f"{KEY}/history-time-to-live", json={"historyTimeToLive": 5}, headers=as_user(CLERK))
    assert answer.status_code == 403


def test_what_would_go_and_what_went_is_told_to_administrators(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    definition: str,
    start: Callable[..., str],
    database_engine: Engine,
) -> None:
    admin = as_user("admin")
    client.put(f"{KEY}/history-time-to-live", json={"historyTimeToLive": 1}, headers=admin)
    old = datetime.now(UTC) - timedelta(days=3)
    cases = [start("oneTask"), start("oneTask"), start("oneTask", documentNumber="Қ-1")]
    with Session(database_engine) as session, session.begin():
        ended = {"ended_at": old, "started_at": old, "end_state": "COMPLETED"}
        session.execute(update(Instance).where(Instance.id.in_(cases)).values(**ended))
    start("oneTask")
    [planned] = client.get("/api/cleanup", headers=admin).json
    assert (planned["processDefinitionId"], planned["historyTimeToLive"]) == (definition, 1)
    assert (planned["cases"], planned["needed"]) == (2, 1)
    assert client.get("/api/cleanup/removed", headers=admin).json == []
    with Session(database_engine) as session, session.begin():
        assert cleanup.clean_up(session, definition, None, datetime.now(UTC)) is not None
    [removed] = client.get("/api/cleanup/removed?maxResults=5", headers=admin).json
    assert (removed["processDefinitionKey"], removed["cases"], removed["tasks"]) == ("oneTask", 2, 2)
    [planned] = client.get("/api/cleanup", headers=admin).json
    assert (planned["cases"], planned["needed"]) == (0, 1)
    for path in ("/api/cleanup", "/api/cleanup/removed"):
        assert client.get(path, headers=as_user(CLERK)).status_code == 403


@pytest.mark.parametrize("given", ["soon", "P-1D"])
def test_a_model_whose_time_to_live_cannot_be_read_is_refused(
    client: FlaskClient, send: Callable[..., Any], given: str
) -> None:
    model = ONE_TASK.replace("P10Y", given)
    answer = send("admin", "en", "", files=[("one.bpmn", model)])
    assert answer.status_code == 400
    assert "historyTimeToLive" in answer.text
