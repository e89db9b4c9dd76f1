"""Models of which the act gives terms, and a client that works their cases at moments of its choice."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from tests.api.models import bpmn, line, user_task

Headers = Callable[[str], dict[str, str]]
CLERK, HEAD, EXECUTOR = (f"{role}.aktobe-gask" for role in ("clerk", "head", "executor"))
STRANGER = "head.industrial-safety-committee"
TENANT = "aktobe-gask"


def properties(**named: str) -> str:
    rows = "".join(f'<camunda:property name="law.{name}" value="{value}"/>' for name, value in named.items())
    return f"<extensionElements><camunda:properties>{rows}</camunda:properties></extensionElements>"


REGISTER = 'serviceTask|note|camunda:delegateExpression="${registerApplication}"'
SCRIPT = (
    'scriptTask|compute|scriptFormat="juel" camunda:resultVariable="termEndsAt"|'
    "<script>${workingDays(4, submittedAt)}</script>"
)
HEARING = user_task(
    "hear",
    "Hold the hearing",
    "executor",
    'camunda:dueDate="${workingDays(4, submittedAt)}"',
    properties(clause="10", limitClause="3", pause="10; 73-бап", extend="workingDays:3", extendClause="16"),
)
SIGN = user_task("sign", "Sign", "head", 'camunda:dueDate="${termEndsAt}"', properties(clause="11"))
ACCEPT = user_task("accept", "Accept", "clerk", 'camunda:dueDate="${minutes(30)}"', properties(clause="8"))
WHOLE = properties(total="workingDays(4, submittedAt)", totalClause="3")
CASE = bpmn("heard", WHOLE + line(REGISTER, SCRIPT, ACCEPT, HEARING, SIGN))
ANYWHERE = bpmn(
    "anywhere", properties(total="workingDays(4, submittedAt)", pause="5") + line(REGISTER, SCRIPT, ACCEPT, SIGN)
)
WITHOUT = bpmn("untimed", line(user_task("work", "Work", "head", 'camunda:dueDate="${hours(1)}"')))
INNER = bpmn("inner", line(HEARING, SIGN))
IN_AND_OUT = '<extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements>'
OUTER = bpmn("outer", WHOLE + line(REGISTER, SCRIPT, f'callActivity|call|calledElement="inner"|{IN_AND_OUT}'))
SUMMED = bpmn(
    "summed",
    properties(
        total="requestKind == 'duplicate' ? workingDays(2, submittedAt) "
        ": calendarDays(22, workingDays(1, minutes(15, submittedAt)))",
        totalClause="5.1–5.3",
        pause="5",
        extend="workingDays:2",
        extendClause="6",
    )
    + line(
        ACCEPT,
        REGISTER,
        user_task("check", "Check", "clerk", 'camunda:dueDate="${workingDays(1, minutes(15, submittedAt))}"'),
        user_task("decide", "Decide", "head"),
    ),
)
COMPUTE = (
    'scriptTask|compute|scriptFormat="juel" camunda:resultVariable="deliveryDue"|<script>${workingDays(2)}</script>'
)
DELIVER = user_task("deliver", "Deliver", "clerk", 'camunda:dueDate="${deliveryDue}"', properties(clause="12"))
DELIVERY = bpmn("delivery", line(DELIVER))
DELIVERED = bpmn(
    "delivered",
    properties(pause="5") + line(COMPUTE, ACCEPT, f'callActivity|call|calledElement="delivery"|{IN_AND_OUT}'),
)
REMINDED = bpmn(
    "reminded",
    line(
        "intermediateCatchEvent|pause||<timerEventDefinition><timeDate>${workingDays(4)}</timeDate></timerEventDefinition>"
    ),
)
GROUND = {"reason": "Тыңдау өткізіледі", "clause": "10"}
EXTENSION = {"reason": "Қосымша зерделеу", "clause": "16", "unit": "workingDays"}


FILES = {
    "heard.bpmn": CASE,
    "untimed.bpmn": WITHOUT,
    "inner.bpmn": INNER,
    "outer.bpmn": OUTER,
    "anywhere.bpmn": ANYWHERE,
    "summed.bpmn": SUMMED,
    "delivery.bpmn": DELIVERY,
    "delivered.bpmn": DELIVERED,
    "reminded.bpmn": REMINDED,
}


class Cases:
    """A client at a clock that stands where it is set, local time of Aktobe."""

    def __init__(self, client: FlaskClient, as_user: Headers) -> None:
        self.client, self.as_user = client, as_user

    def at(self, moment: str) -> None:
        now = moment.replace(" ", "T") + ":00+05:00"
        assert self.client.put("/api/test/clock", json={"now": now}, headers=self.as_user("admin")).status_code == 200

    def start(self, key: str = "heard") -> str:
        path = f"/engine-rest/process-definition/key/{key}/tenant-id/{TENANT}/start"
        answer = self.client.post(path, json={}, headers=self.as_user("admin"))
        assert answer.status_code == 200, answer.text
        return str(answer.json["id"])

    def do(self, case: str, what: str, body: Any, status: int = 200, user: str = EXECUTOR) -> Any:
        answer = self.client.post(f"/api/cases/{case}/{what}", json=body, headers=self.as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    def terms(self, case: str, user: str = "admin", status: int = 200) -> Any:
        answer = self.client.get(f"/api/cases/{case}/deadlines", headers=self.as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    def complete(self, case: str, status: int = 204, **variables: Any) -> Any:
        step = next(step for step in self.terms(case)["steps"] if step["state"] == "open")
        path = f"/engine-rest/task/{step['taskId']}/complete"
        body = {"variables": {name: {"value": value} for name, value in variables.items()}}
        answer = self.client.post(path, json=body, headers=self.as_user("admin"))
        assert answer.status_code == status, answer.text
        return answer.json

    def hearing(self, key: str = "heard") -> str:
        """A case begun on Monday 16.03.2026 at 10:00, due on Friday at 18:30, with the executor since 10:10."""
        self.at("2026-03-16 10:00")
        case = self.start(key)
        self.at("2026-03-16 10:10")
        if key == "heard":
            self.complete(case)
        return case

    def change_calendar(self, status: int = 200, **body: Any) -> None:
        path = f"/api/calendars/{TENANT}"
        version = self.client.get(path, headers=self.as_user("admin")).json["version"]
        answer = self.client.put(path, json={"version": version, **body}, headers=self.as_user("admin"))
        assert answer.status_code == status, answer.text


def due(term: Any) -> str:
    return str(term["result"])[:16].replace("T", " ")


def step(found: Any, name: str) -> Any:
    return next(one for one in found["steps"] if one["activityId"] == name)


def set_by_hand(client: FlaskClient, as_user: Headers, task: str, moment: str) -> None:
    path = f"/engine-rest/task/{task}"
    body = {**client.get(path, headers=as_user("admin")).json, "due": moment}
    assert client.put(path, json=body, headers=as_user("admin")).status_code == 204


def off(day: str) -> dict[str, Any]:
    return {"date": day, "kind": "holiday", "names": {"kk": "а", "ru": "б", "en": "c"}}


def history_of(database: Engine, case: str, operation: str) -> list[Any]:
    """(user, data) of the lines of an operation in the history of a case."""
    query = text("SELECT user_id, data FROM history WHERE instance_id = :case AND operation = :operation ORDER BY id")
    with database.connect() as connection:
        return [tuple(row) for row in connection.execute(query, {"case": case, "operation": operation})]
