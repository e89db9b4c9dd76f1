"""Every operation of the dialect that answers in JSON does so as its structure says; the answers of all other tests do too."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api import answers
from tests.api.conftest import PASSWORD
from tests.api.dialect import routes, shape
from tests.api.models import REGISTER_FORM, TWO_STEPS, bpmn, line
from tests.api.test_decision_definitions import fee
from tests.api.test_incidents import GATEWAY
from tests.api.test_jobs import ASYNC
from tests.api.test_messages import ASKED, CONDITIONS
from tests.api.test_process_definitions import START_FORM
from tests.api.worked import PAYMENT, PLAIN
from tests.papers import PDF

TENANT = "aktobe-gask"
CLERK = f"clerk.{TENANT}"
WAITING = bpmn(
    "waiting", line("receiveTask|wait|messageRef='m'|", "callActivity|call|calledElement='twoSteps'|")
).replace("</definitions>", '<message id="m" name="asked"/></definitions>')
FILES = {
    "two-steps.bpmn": TWO_STEPS,
    "register.form": REGISTER_FORM,
    "with-form.bpmn": START_FORM,
    "payment.bpmn": PAYMENT,
    "deciding.bpmn": GATEWAY,
    "later.bpmn": ASYNC,
    "order.bpmn": ASKED,
    "level.bpmn": CONDITIONS.replace('"order"', '"level"'),
    "waiting.bpmn": WAITING,
    "fee.dmn": fee(1),
}
ALWAYS_EMPTY = {
    "GET /identity/password-policy": "there is none: 404",
    "POST /identity/password-policy": "there is none: 404",
    **{
        f"GET /process-definition/{name}/form-variables": "a form that has not been filled in has no values"
        for name in ("{id}", "key/{key}", "key/{key}/tenant-id/{tenant-id}")
    },
}
"""What is never told of in JSON but as an error or an empty list, and why."""
QUERIES = {
    "GET /identity/groups": f"userId={CLERK}",
    "GET /authorization/check": "permissionName=READ&resourceName=task&resourceType=7",
    "GET /history/process-instance/report": "reportType=duration&periodUnit=month",
    "GET /history/task/report": "reportType=count",
    "GET /history/process-definition/{id}/statistics": "finished=true",
}
NUMBER = {"number": {"value": "7"}}
BODIES: dict[str, Any] = {
    "condition": {"variables": {"level": {"value": 5}}},
    "evaluate": {"variables": {"pages": {"value": 3}}},
    "fetchAndLock": {"workerId": "w", "maxTasks": 1, "topics": [{"topicName": "charge", "lockDuration": 60_000}]},
    "/filter/create": {"resourceType": "Task", "name": "other", "query": {}, "properties": {}},
    "verify": {"username": CLERK, "password": PASSWORD},
    "message": {"messageName": "paid", "tenantId": TENANT, "resultEnabled": True, "processVariables": NUMBER},
    "comment/create": {"message": "Seen."},
    "/start": {"variables": NUMBER, "withVariablesInReturn": True},
    "submit-form": {"variables": NUMBER, "withVariablesInReturn": True},
    "complete": {"variables": NUMBER, "withVariablesInReturn": True},
}
"""What is sent, by how the path ends; nothing to the others."""
BEGUN = {"instructions": [{"type": "startBeforeActivity", "activityId": "register"}]}
OF_MANY: dict[str, Any] = {
    "suspended-async": {"suspended": False},
    "process-instance/delete": {},
    "delete-historic-query-based": {},
    "job-retries": {"retries": 1},
    "job-retries-historic-query-based": {"retries": 1},
    "variables-async": {"variables": NUMBER},
    "message-async": {"messageName": "asked"},
    "modification-async": BEGUN,
    "modification/executeAsync": BEGUN,
    "restart-async": BEGUN,
    "retries-async": {"retries": 1, "externalTaskQuery": {}},
    "migration/executeAsync": {},
}
"""What is asked of many and answered with a batch, by how the path ends."""
OF_ITS_OWN = {
    "GET /execution/{id}/messageSubscriptions/{messageName}": "execution waiting",
    "GET /process-definition/{id}/static-called-process-definitions": "process-definition waiting",
    "GET /process-definition/{id}/statistics": "process-definition running",
    "GET /process-definition/key/{key}/statistics": "process-definition running",
    "GET /process-definition/key/{key}/tenant-id/{tenant-id}/statistics": "process-definition running",
    "POST /task/{id}/complete": "task to complete",
    "POST /task/{id}/submit-form": "task to submit",
}
"""Of whose things an operation is asked that is not asked of the first of its noun."""


@pytest.fixture
def asked(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Callable[..., Any]:
    """What is answered in JSON."""

    def run(method: str, path: str, body: Any = None, user: str = "admin", **more: Any) -> Any:
        answer = client.open(f"/engine-rest{path}", method=method, json=body, headers=as_user(user), **more)
        assert answer.status_code in (200, 204), f"{method} {path}: {answer.text}"
        return answer.json if answer.data else None

    return run


@pytest.fixture
def world(
    asked: Callable[..., Any], deploy: Any, start: Any, client: FlaskClient, as_user: Any
) -> dict[str, dict[str, str]]:
    """One of everything; gives what stands for the parameters of a path, by the noun that it begins with."""
    made = deploy(FILES)
    deciding = start("deciding", limit=5)
    [failing] = asked("GET", f"/task?processInstanceId={deciding}")
    client.post(f"/engine-rest/task/{failing['id']}/complete", json={}, headers=as_user("admin"))
    [job] = asked("GET", f"/job?processInstanceId={start('later', urgency=1)}")
    client.post(f"/engine-rest/job/{job['id']}/execute", headers=as_user("admin"))
    [task] = asked("GET", f"/task?processInstanceId={start('order')}")
    asked("POST", f"/task/{task['id']}/complete", {})
    start("payment", **PLAIN)
    start("waiting")
    instance = start("twoSteps", number="7")
    [task] = asked("GET", f"/task?processInstanceId={instance}")
    own = f"/task/{task['id']}"
    asked("POST", f"{own}/claim", {"userId": CLERK}, CLERK)
    asked("PUT", f"{own}/localVariables/local", {"value": 1})
    comment = asked("POST", f"{own}/comment/create", {"message": "Seen."}, CLERK)
    paper = asked("POST", f"{own}/attachment/create", user=CLERK, data=plan())
    query = {"resourceType": "Task", "name": "own", "query": {"processInstanceId": instance}, "properties": {}}
    filtered = asked("POST", "/filter/create", query)

    def first(path: str, **having: Any) -> str:
        return str(next(row for row in asked("GET", path) if row.items() >= having.items())["id"])

    def task_of(key: str) -> str:
        return first(f"/task?processInstanceId={start(key)}")

    [definition] = [one for one in made["deployedProcessDefinitions"].values() if one["key"] == "withForm"]
    [waiting] = asked("GET", "/event-subscription?eventName=asked")
    [resource] = asked("GET", f"/deployment/{made['id']}/resources")[:1]
    [charge] = asked("GET", "/external-task")
    batch = asked("POST", "/process-instance/suspended-async", {"suspended": False, "processInstanceIds": [instance]})
    by_key = {"key": "withForm", "tenant-id": TENANT}
    return {
        "authorization": {"id": first("/authorization")},
        "batch": {"id": batch["id"]},
        "history/batch": {"id": batch["id"]},
        "decision-definition": {
            "id": next(iter(made["deployedDecisionDefinitions"])),
            "key": "fee",
            "tenant-id": TENANT,
        },
        "deployment": {"id": made["id"], "resourceId": resource["id"]},
        "execution": {"id": charge["executionId"], "varName": "due"},
        "execution waiting": {"id": waiting["executionId"], "messageName": "asked"},
        "external-task": {"id": charge["id"]},
        "filter": {"id": filtered["id"]},
        "group": {"id": "clerk"},
        "history/activity-instance": {"id": first("/history/activity-instance")},
        "history/external-task-log": {"id": first("/history/external-task-log")},
        "history/process-definition": {"id": first("/process-definition?key=order")},
        "history/process-instance": {"id": instance},
        "history/variable-instance": {"id": first("/history/variable-instance")},
        "incident": {"id": first("/incident")},
        "job": {"id": job["id"]},
        "process-definition": {"id": definition["id"], **by_key},
        "process-definition waiting": {"id": first("/process-definition?key=waiting")},
        "process-definition running": {
            "id": first("/process-definition?key=twoSteps"),
            "key": "twoSteps",
            "tenant-id": TENANT,
        },
        "process-instance": {"id": instance, "varName": "number"},
        "task": {
            "id": task["id"],
            "varName": "local",
            "commentId": comment["id"],
            "attachmentId": paper["id"],
        },
        "task to complete": {"id": task_of("twoSteps")},
        "task to submit": {"id": task_of("twoSteps")},
        "tenant": {"id": TENANT},
        "user": {"id": CLERK},
        "variable-instance": {"id": first("/variable-instance")},
    }


def plan() -> dict[str, Any]:
    return {"attachment-name": "plan.pdf", "content": (BytesIO(PDF), "plan.pdf")}


def operations(app: Flask) -> Iterator[str]:
    """Those that we have and that answer in JSON."""
    given = routes(app)
    for operation, declared in answers.STRUCTURES["operations"].items():
        method, path = operation.split()
        structures = [one for status, one in declared.items() if status.startswith("2") and one is not None]
        if structures and shape((method, path)) in given:
            yield operation


def test_every_operation_answers_as_its_structure_says(
    app: Flask, asked: Callable[..., Any], deploy: Any, world: dict[str, dict[str, str]]
) -> None:
    everything = set(operations(app))
    answers.checked.clear()
    for operation in sorted(everything - ALWAYS_EMPTY.keys()):
        method, path = operation.split()
        noun = re.match(r"/((?:history/)?[^/]+)", path)
        assert noun is not None
        of = world.get(OF_ITS_OWN.get(operation, noun[1]), {})
        filled = path.format_map(of)
        if path == "/deployment/create":
            deploy(FILES)
        elif path.endswith("/attachment/create"):
            asked(method, filled, user=CLERK, data=plan())
        elif path == "/migration/validate":
            asked(method, path, asked("POST", "/migration/generate", sides(world)))
        elif (of_many := next((body for end, body in OF_MANY.items() if path.endswith(end)), None)) is not None:
            asked(method, filled, of_many | many(world, asked))
        elif path == "/migration/generate":
            asked(method, path, sides(world))
        elif path == "/job/retries":
            asked(method, path, {"retries": 1, "jobIds": [world["job"]["id"]]})
        elif method == "GET":
            asked(method, f"{filled}?{QUERIES.get(operation, '')}")
        else:
            asked(method, filled, next((body for end, body in BODIES.items() if path.endswith(end)), {}))
    assert everything - answers.checked == ALWAYS_EMPTY.keys()


def many(world: dict[str, dict[str, str]], asked: Callable[..., Any]) -> dict[str, Any]:
    """Those that something is asked of, and a plan to take them where they are."""
    plan = asked("POST", "/migration/generate", sides(world))
    return {
        "processInstanceQuery": {},
        "processDefinitionId": world["process-definition running"]["id"],
        "migrationPlan": plan,
    }


def sides(world: dict[str, dict[str, str]]) -> dict[str, str]:
    definition = world["process-definition running"]["id"]
    return {"sourceProcessDefinitionId": definition, "targetProcessDefinitionId": definition}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('[{"id": "a"}]', answers.JSON),
        ('[{"id": 1, "name": "n"}]', answers.JSON),
        ('{"id": "a", "name": "n"}', answers.JSON),
        ('[{"id": "a", "name": "n"}]', "application/json; charset=utf-8"),
    ],
)
def test_what_an_answer_lacks_has_of_another_type_or_calls_otherwise_is_found(
    client: FlaskClient, as_user: Callable[[str], dict[str, str]], content: str, kind: str
) -> None:
    answer = client.get("/engine-rest/tenant", headers=as_user(CLERK))
    answer.data = content
    answer.headers["Content-Type"] = kind
    with pytest.raises(AssertionError, match="GET /tenant 200 OK"):
        answers.check(answer)
