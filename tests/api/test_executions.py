"""Executions: the places at which instances stand, and the variables of one of them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.models import bpmn

AT = "/engine-rest/execution"
CLERK, FOREIGN = "clerk.aktobe-gask", "clerk.industrial-safety-committee"
NODES = """<startEvent id="start"/><parallelGateway id="fork"/><endEvent id="e1"/><endEvent id="e2"/><endEvent id="e3"/>
<userTask id="check" name="Check" camunda:candidateGroups="clerk"/>
<boundaryEvent id="told" attachedToRef="check" cancelActivity="false"><messageEventDefinition messageRef="m"/></boundaryEvent>
<subProcess id="inner"><startEvent id="s2"/><receiveTask id="wait" messageRef="m2"/><endEvent id="e4"/>
<sequenceFlow id="i1" sourceRef="s2" targetRef="wait"/><sequenceFlow id="i2" sourceRef="wait" targetRef="e4"/></subProcess>
<sequenceFlow id="f1" sourceRef="start" targetRef="fork"/><sequenceFlow id="f2" sourceRef="fork" targetRef="check"/>
<sequenceFlow id="f3" sourceRef="fork" targetRef="inner"/><sequenceFlow id="f4" sourceRef="check" targetRef="e1"/>
<sequenceFlow id="f5" sourceRef="inner" targetRef="e2"/><sequenceFlow id="f6" sourceRef="told" targetRef="e3"/>"""
MODEL = bpmn("places", NODES).replace(
    "</definitions>", '<message id="m" name="told"/><message id="m2" name="paid"/></definitions>'
)
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: Any) -> Ask:
    return lambda method, path="", user="admin", json=None: client.open(
        f"{AT}{path}", method=method, json=json, headers=as_user(user)
    )


@pytest.fixture
def instance(deploy: Any, start: Any) -> str:
    deploy({"places.bpmn": MODEL})
    return str(start("places", business_key="A", amount=5))


@pytest.fixture
def task(client: FlaskClient, as_user: Any, instance: str) -> dict[str, Any]:
    [found] = client.get(f"/engine-rest/task?processInstanceId={instance}", headers=as_user("admin")).json
    return dict(found)


def test_the_process_and_each_place_at_which_it_waits_is_listed_once(ask: Ask, instance: str, task: Any) -> None:
    rows = ask("GET", f"?processInstanceId={instance}").json
    ids = [row["id"] for row in rows]
    assert ids[0] == instance
    assert len(ids) == len(set(ids)) == 3
    assert task["executionId"] in ids
    assert rows[0] == {"id": instance, "processInstanceId": instance, "ended": False, "tenantId": "aktobe-gask"}
    assert [ask("GET", f"/{one}").json for one in ids] == rows
    [waits] = ask("GET", "?messageEventSubscriptionName=paid").json
    assert ask("GET", "?activityId=wait").json == [waits]
    assert [row["id"] for row in ask("GET", "?activityId=check&businessKey=A&active=true").json] == [
        task["executionId"]
    ]
    assert [row["id"] for row in ask("GET", "?messageEventSubscriptionName=told").json] == [task["executionId"]]
    assert ask("GET", "?sortBy=instanceId&sortOrder=desc&firstResult=1&maxResults=1").json == [rows[1]]
    by_value = {"processVariables": [{"name": "amount", "operator": "gt", "value": 4}]}
    assert (ask("POST", json=by_value).json, ask("POST", "/count", json=by_value).json) == (rows, {"count": 3})
    assert ask("GET", "/count?suspended=true").json == {"count": 0}
    assert ask("GET", "?variables=a_eq_1").status_code == 400


def test_an_execution_of_another_organisation_is_not_there(ask: Ask, instance: str, task: Any) -> None:
    assert ask("GET", user=FOREIGN).json == []
    for one in (instance, task["executionId"]):
        answers = [
            ask("GET", f"/{one}", FOREIGN),
            ask("GET", f"/{one}/localVariables", FOREIGN),
            ask("PUT", f"/{one}/localVariables/a", FOREIGN, {"value": 1}),
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    for one in (f"{instance}:999", f"{instance}:x", "nothing"):
        assert ask("GET", f"/{one}").status_code == 404
        assert ask("PUT", f"/{one}/localVariables/a", json={"value": 1}).status_code == 404


def test_administrators_write_the_variables_of_a_place(
    ask: Ask, instance: str, task: Any, client: FlaskClient, as_user: Any
) -> None:
    at = f"/{task['executionId']}/localVariables"
    assert ask("PUT", f"{at}/note", CLERK, {"value": "x"}).status_code == 403
    assert ask("POST", at, json={"modifications": {"note": {"value": "x"}, "n": {"value": 1}}}).status_code == 204
    assert ask("DELETE", f"{at}/n").status_code == 204
    assert ask("GET", at).json == {"note": {"value": "x", "type": "String", "valueInfo": {}}}
    found = client.get("/engine-rest/task?taskVariables=note_eq_x", headers=as_user("admin")).json
    assert [row["id"] for row in found] == [task["id"]]
    file = {"value": "eA==", "type": "File", "valueInfo": {"filename": "a"}}
    assert ask("PUT", f"{at}/file", json=file).status_code == 400
    assert ask("PUT", f"/{instance}/localVariables/amount", json={"value": 6}).status_code == 204
    assert ask("GET", f"/{instance}/localVariables/amount").json["value"] == 6
    assert "amount" not in ask("GET", at).json


def test_a_list_of_executions_takes_one_statement(ask: Ask, instance: str, statements: list[str]) -> None:
    ask("GET")
    statements.clear()
    assert len(ask("GET").json) == 3
    assert len(statements) == 2, statements
