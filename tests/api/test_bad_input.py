"""Input that no client of good will sends: refused with the dialect's error, never with an internal one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from app.api.replies import BODY_LIMIT
from tests.api.models import ONE_TASK, REGISTER_FORM, bpmn, line, user_task

Headers = Callable[[str], dict[str, str]]
DEEP = "[" * 200 + "]" * 200
START = "/engine-rest/process-definition/key/computes/tenant-id/aktobe-gask/start"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/engine-rest/history/process-instance", "variables"),
        ("/engine-rest/process-instance/count", "businessKey"),
        ("/engine-rest/task", "processVariables"),
        ("/engine-rest/identity/verify", "username"),
    ],
)
def test_json_nested_too_deep_is_refused(client: FlaskClient, as_user: Headers, path: str, field: str) -> None:
    answer = client.post(path, headers=as_user("admin"), data=f'{{"{field}": {DEEP}}}')
    assert answer.status_code == 400
    assert answer.json["type"] == "InvalidRequestException"
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(("expression", "status"), [("x * 10", 200), ("1e300", 200), ("1e200 * 1e200", 400)])
def test_a_computed_number_is_kept_as_a_double_or_refused(
    client: FlaskClient, as_user: Headers, deploy: Any, expression: str, status: int
) -> None:
    script = f"<script>${{{expression}}}</script>"
    step = f'scriptTask|compute|scriptFormat="juel" camunda:resultVariable="y"|{script}'
    deploy({"computes.bpmn": bpmn("computes", line(step, user_task("work", "Work")))})
    body = {"variables": {"x": {"value": 2**63 - 1, "type": "Long"}}, "withVariablesInReturn": True}
    answer = client.post(START, headers=as_user("admin"), json=body)
    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json["variables"]["y"]["type"] == "Double"


@pytest.mark.parametrize(
    "path",
    [
        "/engine-rest/process-definition/%00",
        "/engine-rest/process-definition/key/a/tenant-id/b%00",
        "/engine-rest/group/%00",
        "/engine-rest/user/%00/profile",
        "/api/calendars/%00",
        "/api/services/%00",
    ],
)
def test_a_path_with_a_nul_character_leads_nowhere(client: FlaskClient, as_user: Headers, path: str) -> None:
    answer = client.get(path, headers=as_user("admin"))
    assert answer.status_code == 404
    assert answer.json["type"] == "InvalidRequestException"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/engine-rest/nothing", 404),
        ("DELETE", "/engine-rest/task", 405),
        ("PATCH", "/engine-rest/task", 405),
        ("POST", "/engine-rest/process-definition", 405),
        ("OPTIONS", "/nothing", 404),
    ],
)
def test_what_is_not_there_is_told_in_json(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json["type"] == "InvalidRequestException"
    assert status == 404 or "GET" in answer.headers["Allow"]


def test_the_methods_of_a_path_are_told_without_content(client: FlaskClient) -> None:
    answer = client.options("/engine-rest/task")
    assert answer.status_code == 204
    assert "Content-Type" not in answer.headers
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_body_that_is_too_large_is_refused(client: FlaskClient, as_user: Headers) -> None:
    answer = client.post("/engine-rest/task", headers=as_user("admin"), data=b" " * (BODY_LIMIT + 1))
    assert answer.status_code == 413
    assert answer.json["type"] == "InvalidRequestException"


@pytest.mark.parametrize("origin", ["http://[", "null", "://", "https://elsewhere.example", ""])
def test_a_cookie_from_a_page_of_any_other_origin_changes_nothing(client: FlaskClient, origin: str) -> None:
    client.post("/api/session", json={"username": "clerk.aktobe-gask", "password": "demo"})
    assert client.delete("/api/session", headers={"Origin": origin}).status_code == 403
    assert client.get("/api/session").status_code == 200
    again = client.post(
        "/api/session", json={"username": "head.aktobe-gask", "password": "demo"}, headers={"Origin": origin}
    )
    assert again.status_code == 403


@pytest.fixture
def deadlock(database_engine: Engine) -> Iterator[None]:
    """The first deployment that is written ends in a deadlock."""
    function = (
        "CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('met') = 1 THEN "
        "RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF; RETURN NEW; END $$"
    )
    trigger = "CREATE TRIGGER met BEFORE INSERT ON deployment FOR EACH ROW EXECUTE FUNCTION meet()"
    with database_engine.begin() as connection:
        for statement in ("CREATE SEQUENCE met", function, trigger):
            connection.execute(text(statement))
    yield
    with database_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER met ON deployment; DROP FUNCTION meet; DROP SEQUENCE met"))


@pytest.mark.usefixtures("deadlock")
def test_an_upload_that_met_a_deadlock_is_stored_whole(client: FlaskClient, as_user: Headers, deploy: Any) -> None:
    (definition,) = deploy({"one.bpmn": ONE_TASK})["deployedProcessDefinitions"]
    path = f"/engine-rest/process-definition/{definition}/xml"
    assert client.get(path, headers=as_user("admin")).json["bpmn20Xml"] == ONE_TASK


def test_the_version_of_a_form_without_a_binding_to_it_means_nothing(
    client: FlaskClient, as_user: Headers, deploy: Any, start: Any
) -> None:
    form = f'camunda:formRef="register-form" camunda:formRefBinding="latest" camunda:formRefVersion="{10**20}"'
    deploy({"x.bpmn": bpmn("x", line(user_task("work", "Work", attributes=form))), "register.form": REGISTER_FORM})
    start("x")
    (task,) = client.get("/engine-rest/task", headers=as_user("admin")).json
    assert task["camundaFormRef"] == {"key": "register-form", "binding": "latest", "version": None}
