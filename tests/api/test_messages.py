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
        {"all": True},
        {"localCorrelationKeys": {"a": {"value": 1}}},
        {"processVariablesLocal": {"a": {"value": 1}}},
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


def test_only_an_administrator_sends_messages(send: Send, deploy: Deploy, start: Start) -> None:
    deploy({"payment.bpmn": PAYMENT})
    start("payment")
    assert send({"messageName": "paid"}, "clerk.aktobe-gask").status_code == 403
