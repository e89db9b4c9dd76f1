"""Messages from connected systems."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.models import bpmn, line, user_task

PATH = "/engine-rest/message"
MESSAGE = '<message id="m" name="paid"/>'
PAYMENT = bpmn("payment", line("receiveTask|wait|messageRef='m'|", user_task("work", "Work"))).replace(
    "</definitions>", MESSAGE + "</definitions>"
)
Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Send = Callable[..., TestResponse]


@pytest.fixture
def send(client: FlaskClient, as_user: AsUser) -> Send:
    def run(body: Any, user: str = "admin") -> TestResponse:
        return client.post(PATH, json=body, headers=as_user(user))

    return run


@pytest.fixture
def stands_at(client: FlaskClient, as_user: AsUser) -> Callable[[str], list[str]]:
    def run(instance: str) -> list[str]:
        path = f"/engine-rest/process-instance/{instance}/activity-instances"
        tree = client.get(path, headers=as_user("admin")).json
        assert tree is not None
        return [child["activityId"] for child in tree["childActivityInstances"]]

    return run


def test_a_message_moves_the_instance_that_its_keys_name(
    send: Send, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT})
    first, second = start("payment", business_key="one", invoice=7), start("payment", business_key="two", invoice=8)
    assert stands_at(first) == ["wait"]
    by_variable = {"messageName": "paid", "correlationKeys": {"invoice": {"value": 7, "type": "Integer"}}}
    assert send(by_variable).status_code == 204
    assert (stands_at(first), stands_at(second)) == (["work"], ["wait"])
    answer = send(
        {
            "messageName": "paid",
            "businessKey": "two",
            "tenantId": "aktobe-gask",
            "processInstanceId": second,
            "processVariables": {"amount": {"value": "5", "type": "Long"}},
            "resultEnabled": True,
            "variablesInResultEnabled": True,
            "localCorrelationKeys": None,
            "unknown": 1,
        }
    )
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    (result,) = answer.json
    assert result["resultType"] == "Execution"
    assert result["processInstance"] is None
    execution = result["execution"]
    assert execution.pop("id").startswith(f"{second}:")
    assert execution == {"processInstanceId": second, "ended": False, "tenantId": "aktobe-gask"}
    assert result["variables"]["amount"] == {"type": "Long", "value": 5, "valueInfo": {}}
    assert stands_at(second) == ["work"]


def test_a_result_has_variables_only_when_they_are_asked_for(send: Send, deploy: Deploy, start: Start) -> None:
    deploy({"payment.bpmn": PAYMENT})
    start("payment")
    answer = send({"messageName": "paid", "resultEnabled": True})
    assert answer.json is not None
    assert [sorted(result) for result in answer.json] == [["execution", "processInstance", "resultType"]]


def test_a_message_that_nothing_or_more_than_one_waits_for_moves_nothing(
    send: Send, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT})
    instances = [start("payment"), start("payment")]
    for body in (
        {"messageName": "paid"},
        {"messageName": "other"},
        {"messageName": "paid", "businessKey": "nothing"},
        {"messageName": "paid", "processInstanceId": "nothing"},
        {"messageName": "paid", "tenantId": "industrial-safety-committee"},
        {"messageName": "paid", "withoutTenantId": True},
    ):
        answer = send(body)
        assert answer.status_code == 400
        assert answer.json is not None
        assert answer.json["message"].startswith("Cannot correlate message")
    assert [stands_at(instance) for instance in instances] == [["wait"], ["wait"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"messageName": None},
        {"messageName": 5},
        {"messageName": ""},
        {"all": "perhaps"},
        {"localCorrelationKeys": 5},
        {"processVariablesLocal": [1]},
        {"processVariablesToTriggeredScope": {"a": {"value": 1}}},
        {"variablesInResultEnabled": True},
        {"processVariables": {"a": {"value": 1, "type": "Colour"}}},
        {"correlationKeys": []},
        {"businessKey": {}},
        {"resultEnabled": "perhaps"},
        {"tenantId": "aktobe-gask", "withoutTenantId": True},
    ],
)
def test_a_message_that_cannot_be_understood_moves_nothing(
    wrong: dict[str, Any], send: Send, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT})
    instance = start("payment")
    assert send({"messageName": "paid", **wrong}).status_code == 400
    assert stands_at(instance) == ["wait"]


ASKED = bpmn(
    "order",
    '<startEvent id="start"/><startEvent id="asked"><messageEventDefinition messageRef="m"/></startEvent>'
    '<userTask id="work" camunda:candidateGroups="clerk"/><endEvent id="end"/>'
    '<sequenceFlow id="a" sourceRef="start" targetRef="work"/><sequenceFlow id="b" sourceRef="asked" targetRef="work"/>'
    '<sequenceFlow id="c" sourceRef="work" targetRef="end"/>',
).replace("</definitions>", '<message id="m" name="paid"/></definitions>')
"""Begins also with the message for which the payment waits."""


def test_a_message_that_nobody_waits_for_begins_the_process_that_begins_with_it(
    send: Send, deploy: Deploy, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"order.bpmn": ASKED})
    body = {
        "messageName": "paid",
        "businessKey": "A-1",
        "processVariables": {"amount": {"value": 5}},
        "processVariablesLocal": {"own": {"value": 6}},
        "processVariablesToTriggeredScope": {"too": {"value": 7}},
        "resultEnabled": True,
        "variablesInResultEnabled": True,
    }
    answer = send(body)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    (result,) = answer.json
    begun = result["processInstance"]
    assert (result["resultType"], result["execution"]) == ("ProcessDefinition", None)
    assert (begun["businessKey"], begun["tenantId"], begun["ended"]) == ("A-1", "aktobe-gask", False)
    assert {name: given["value"] for name, given in result["variables"].items()} == {"amount": 5, "own": 6, "too": 7}
    assert begun["links"][0]["href"].endswith(begun["id"])
    assert stands_at(begun["id"]) == ["work"]


WATCHED = bpmn(
    "watched",
    line(user_task("work", "Work"))
    + '<subProcess id="on" triggeredByEvent="true"><startEvent id="told" isInterrupting="false"><messageEventDefinition '
    'messageRef="m"/></startEvent><serviceTask id="do" camunda:type="external" camunda:topic="told"/><endEvent id="over"/>'
    '<sequenceFlow id="x" sourceRef="told" targetRef="do"/><sequenceFlow id="y" sourceRef="do" targetRef="over"/>'
    "</subProcess>",
).replace("</definitions>", MESSAGE + "</definitions>")


def test_an_event_subprocess_begins_with_variables_of_its_own(
    send: Send, deploy: Deploy, start: Start, client: FlaskClient, as_user: AsUser
) -> None:
    deploy({"watched.bpmn": WATCHED})
    instance = start("watched", amount=1)
    for amount in (2, 3):
        answer = send({"messageName": "paid", "processVariablesToTriggeredScope": {"amount": {"value": amount}}})
        assert answer.status_code == 204, answer.text
    body = {"workerId": "w", "maxTasks": 5, "topics": [{"topicName": "told", "lockDuration": 1000}]}
    tasks = client.post("/engine-rest/external-task/fetchAndLock", json=body, headers=as_user("admin")).json
    assert [task["variables"]["amount"]["value"] for task in tasks] == [2, 3]
    kept = client.get(f"/engine-rest/process-instance/{instance}/variables", headers=as_user("admin")).json
    assert kept["amount"]["value"] == 1


def test_who_waits_for_a_message_goes_before_what_begins_with_it(
    send: Send, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT, "order.bpmn": ASKED})
    waiting = start("payment")
    answer = send({"messageName": "paid", "resultEnabled": True})
    assert answer.json is not None
    assert [result["resultType"] for result in answer.json] == ["Execution"]
    assert stands_at(waiting) == ["work"]


@pytest.mark.parametrize(
    "body",
    [
        {"processInstanceId": "00000000-0000-0000-0000-000000000001"},
        {"tenantId": "industrial-safety-committee"},
        {"withoutTenantId": True},
    ],
)
def test_a_message_begins_nothing_for_others_or_for_one_instance(send: Send, deploy: Deploy, body: Any) -> None:
    deploy({"order.bpmn": ASKED})
    answer = send({"messageName": "paid", **body})
    assert answer.status_code == 400
    assert answer.json is not None
    expected = "Cannot correlate message 'paid': No process definition or execution matches the parameters"
    assert answer.json["message"] == expected


def test_what_is_common_to_all_begins_in_the_organisation_that_is_named_if_there_is_one(
    send: Send, deploy: Deploy
) -> None:
    deploy({"order.bpmn": ASKED}, None)
    begun = send({"messageName": "paid", "tenantId": "aktobe-gask", "resultEnabled": True})
    assert begun.json is not None
    assert [one["processInstance"]["tenantId"] for one in begun.json] == ["aktobe-gask"]
    assert send({"messageName": "paid", "tenantId": "nobody"}).status_code == 400


def test_a_message_of_no_organisation_in_particular_that_begins_two_processes_begins_none(
    send: Send, deploy: Deploy, client: FlaskClient, as_user: AsUser
) -> None:
    for tenant in ("aktobe-gask", "industrial-safety-committee"):
        deploy({"order.bpmn": ASKED}, tenant)
    answer = send({"messageName": "paid"})
    assert (answer.status_code, answer.json["message"]) == (  # type: ignore[index]
        400,
        "Cannot correlate message 'paid': 2 or more process definitions match",
    )
    assert client.get("/engine-rest/process-instance/count", headers=as_user("admin")).json == {"count": 0}
    assert send({"messageName": "paid", "tenantId": "aktobe-gask"}).status_code == 204


def test_a_message_for_all_comes_to_all_and_to_none_without_an_error(
    send: Send, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT, "order.bpmn": ASKED})
    waiting = [start("payment"), start("payment")]
    answer = send({"messageName": "paid", "all": True, "resultEnabled": True})
    assert answer.json is not None
    assert [one["resultType"] for one in answer.json] == ["Execution", "Execution", "ProcessDefinition"]
    assert [stands_at(one) for one in waiting] == [["work"], ["work"]]
    nobody = send({"messageName": "other", "all": True, "resultEnabled": True})
    assert (nobody.status_code, nobody.json) == (200, [])
    assert send({"messageName": "other", "all": True}).status_code == 204


PARTS = bpmn(
    "parts",
    '<startEvent id="start"/><subProcess id="part"><multiInstanceLoopCharacteristics camunda:collection="${items}" '
    'camunda:elementVariable="item"/><startEvent id="s"/><receiveTask id="wait" messageRef="m"/><endEvent id="e"/>'
    '<sequenceFlow id="x" sourceRef="s" targetRef="wait"/><sequenceFlow id="y" sourceRef="wait" targetRef="e"/></subProcess>'
    '<endEvent id="end"/><sequenceFlow id="a" sourceRef="start" targetRef="part"/>'
    '<sequenceFlow id="b" sourceRef="part" targetRef="end"/>',
).replace("</definitions>", MESSAGE + "</definitions>")


def test_local_keys_tell_the_parts_of_an_instance_from_each_other(
    send: Send, deploy: Deploy, start: Start, client: FlaskClient, as_user: AsUser
) -> None:
    deploy({"parts.bpmn": PARTS})
    instance = start("parts", items=["a", "b"], number=7)
    keys = {"correlationKeys": {"number": {"value": 7}}}
    assert send({"messageName": "paid", **keys}).status_code == 400
    assert send({"messageName": "paid", "localCorrelationKeys": {"item": {"value": "c"}}, **keys}).status_code == 400
    assert send({"messageName": "paid", "localCorrelationKeys": {"number": {"value": 7}}}).status_code == 400
    one = {"messageName": "paid", "localCorrelationKeys": {"item": {"value": "b"}}, "resultEnabled": True, **keys}
    answer = send(one)
    assert answer.status_code == 200, answer.text
    assert send(one).status_code == 400
    path = f"/engine-rest/event-subscription?processInstanceId={instance}"
    assert len(client.get(path, headers=as_user("admin")).json) == 1
    assert send({"messageName": "paid"}).status_code == 204
    assert client.get(f"/engine-rest/process-instance/{instance}", headers=as_user("admin")).status_code == 404


def test_right_in_the_process_its_own_variables_are_the_local_ones(
    send: Send, deploy: Deploy, start: Start, stands_at: Callable[[str], list[str]]
) -> None:
    deploy({"payment.bpmn": PAYMENT})
    first, second = start("payment", invoice=7), start("payment", invoice=8)
    body = {"messageName": "paid", "localCorrelationKeys": {"invoice": {"value": 8, "type": "Integer"}}}
    assert send(body).status_code == 204
    assert (stands_at(first), stands_at(second)) == (["wait"], ["work"])


CONDITIONS = ASKED.replace(
    '<messageEventDefinition messageRef="m"/>',
    "<conditionalEventDefinition><condition>${level &gt; 3}</condition></conditionalEventDefinition>",
)


@pytest.mark.parametrize(("variables", "begun"), [({"level": 5}, 1), ({"level": 2}, 0), ({"other": 5}, 0)])
def test_a_process_begins_where_variables_meet_its_condition(
    client: FlaskClient, as_user: AsUser, deploy: Deploy, variables: dict[str, int], begun: int
) -> None:
    deploy({"order.bpmn": CONDITIONS})
    body = {"businessKey": "A-1", "variables": {name: {"value": value} for name, value in variables.items()}}
    answer = client.post("/engine-rest/condition", json=body, headers=as_user("admin"))
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert [one["businessKey"] for one in answer.json] == ["A-1"] * begun


def test_conditions_are_evaluated_with_variables_by_administrators_alone(client: FlaskClient, as_user: AsUser) -> None:
    path, body = "/engine-rest/condition", {"variables": {"level": {"value": 5}}}
    assert client.post(path, json={}, headers=as_user("admin")).status_code == 400
    assert client.post(path, json=body, headers=as_user("clerk.aktobe-gask")).status_code == 403


def test_a_process_that_begins_with_a_message_alone_is_not_started_by_hand(
    client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    alone = ASKED.replace('<startEvent id="start"/>', "").replace(
        '<sequenceFlow id="a" sourceRef="start" targetRef="work"/>', ""
    )
    deploy({"order.bpmn": alone})
    path = "/engine-rest/process-definition/key/order/tenant-id/aktobe-gask/start"
    answer = client.post(path, json={}, headers=as_user("admin"))
    assert (answer.status_code, "no default start activity" in answer.text) == (400, True)


def test_only_an_administrator_sends_messages(send: Send, deploy: Deploy, start: Start) -> None:
    deploy({"payment.bpmn": PAYMENT})
    start("payment")
    assert send({"messageName": "paid"}, "clerk.aktobe-gask").status_code == 403
