"""Models with external tasks, and a worker who works them over the API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.models import bpmn, line, user_task

TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
CHARGE = 'camunda:type="external" camunda:topic="charge"'
PAYMENT = bpmn(
    "payment",
    line(
        f"serviceTask|charge|{CHARGE} camunda:taskPriority='${{urgency}}'|"
        '<extensionElements><camunda:properties><camunda:property name="currency" value="KZT"/></camunda:properties>'
        '<camunda:inputOutput><camunda:inputParameter name="due">${amount + 1}</camunda:inputParameter>'
        '<camunda:outputParameter name="paid">${receipt}</camunda:outputParameter></camunda:inputOutput>'
        "</extensionElements>",
        'sendTask|tell|camunda:type="external" camunda:topic="${channel}"',
        user_task("check", "Check"),
    ),
    attributes='camunda:versionTag="first"',
)
REFUSABLE = bpmn(
    "refusable",
    '<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="charge"/>'
    f'<serviceTask id="charge" {CHARGE}/><sequenceFlow id="f2" sourceRef="charge" targetRef="done"/>'
    '<userTask id="done" camunda:candidateGroups="clerk"/><sequenceFlow id="f3" sourceRef="done" targetRef="end"/>'
    '<boundaryEvent id="refused" attachedToRef="charge"><errorEventDefinition errorRef="no" '
    'camunda:errorCodeVariable="code" camunda:errorMessageVariable="why"/></boundaryEvent>'
    '<sequenceFlow id="f4" sourceRef="refused" targetRef="ask"/>'
    '<userTask id="ask" camunda:candidateGroups="clerk"/><sequenceFlow id="f5" sourceRef="ask" targetRef="end"/>'
    '<endEvent id="end"/>',
).replace("</definitions>", '<error id="no" name="no" errorCode="NO_MONEY"/></definitions>')
FILES = {"payment.bpmn": PAYMENT, "refusable.bpmn": REFUSABLE}
PLAIN = {"urgency": 5, "amount": 100, "channel": "mail"}


@dataclass(frozen=True)
class Worker:
    """Somebody who works external tasks, by default those of the topic `charge`."""

    client: FlaskClient
    headers: dict[str, str]
    id: str = "w1"

    def fetch(self, *topics: dict[str, Any], most: int = 10, **more: Any) -> TestResponse:
        wanted = [{"topicName": "charge", "lockDuration": 60_000, **topic} for topic in topics or ({},)]
        body = {"workerId": self.id, "maxTasks": most, "topics": wanted, **more}
        return self.client.post("/engine-rest/external-task/fetchAndLock", json=body, headers=self.headers)

    def fetched(self, *topics: dict[str, Any], most: int = 10, **more: Any) -> list[dict[str, Any]]:
        answer = self.fetch(*topics, most=most, **more)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json
        return rows

    def act(self, task: str, what: str, **body: Any) -> TestResponse:
        path = f"/engine-rest/external-task/{task}/{what}"
        return self.client.post(path, json={"workerId": self.id, **body}, headers=self.headers)

    def does(self, task: str, what: str, **body: Any) -> None:
        answer = self.act(task, what, **body)
        assert answer.status_code == 204, answer.text

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/engine-rest/{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    def put(self, path: str, body: Any) -> int:
        return self.client.put(f"/engine-rest/external-task/{path}", json=body, headers=self.headers).status_code

    def ids(self, query: str = "") -> list[str]:
        return [row["id"] for row in self.get(f"external-task?{query}")]


Keys = Callable[[Sequence[dict[str, Any]]], list[str]]


def keys(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [row["businessKey"] for row in rows]
