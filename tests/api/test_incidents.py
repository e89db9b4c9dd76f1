"""Steps that fail within a request leave an incident, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from tests.api.models import bpmn, line, user_task

INCIDENT = "/engine-rest/incident"
GATEWAY = bpmn(
    "deciding",
    line(user_task("work", "Work"), "userTask|decide|camunda:candidateGroups='head'").replace(
        '<sequenceFlow id="to_decide" sourceRef="work" targetRef="decide" />',
        '<exclusiveGateway id="which" name="Enough?"/><sequenceFlow id="a" sourceRef="work" targetRef="which"/>'
        '<sequenceFlow id="to_decide" sourceRef="which" targetRef="decide">'
        "<conditionExpression>${amount &gt; limit}</conditionExpression></sequenceFlow>"
        '<sequenceFlow id="not" sourceRef="which" targetRef="end">'
        "<conditionExpression>${amount &lt;= limit}</conditionExpression></sequenceFlow>",
    ).replace("<incoming>to_decide</incoming>", "<incoming>to_decide</incoming>"),
)  # fmt: skip
MESSAGE = '<message id="m" name="paid"/>'
WAITING = bpmn(
    "waiting",
    line("receiveTask|wait|messageRef='m'|", user_task("work", "Work", attributes="camunda:dueDate='${due}'")),
).replace("</definitions>", MESSAGE + "</definitions>")
CALLING = bpmn("calling", line(user_task("before", "Before"), "callActivity|call|calledElement='deciding'|"))
Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Ask = Callable[..., TestResponse]


@pytest.fixture
def ask(client: FlaskClient, as_user: AsUser) -> Ask:
    def run(method: str, path: str, body: Any = None, user: str = "admin") -> TestResponse:
        return client.open(path, method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def complete(ask: Ask) -> Callable[..., TestResponse]:
    """Complete the only open task of an instance."""

    def run(instance: str, **variables: Any) -> TestResponse:
        [task] = ask("GET", f"/engine-rest/task?processInstanceId={instance}").json
        given = {name: {"value": value} for name, value in variables.items()}
        return ask("POST", f"/engine-rest/task/{task['id']}/complete", {"variables": given})

    return run


Complete = Callable[..., TestResponse]


def test_a_condition_that_fails_leaves_the_instance_where_it_was_with_an_incident(
    deploy: Deploy, start: Start, ask: Ask, complete: Complete
) -> None:
    deploy({"deciding.bpmn": GATEWAY})
    instance = start("deciding", limit=5)
    failed = complete(instance, other=1)
    assert failed.status_code == 400
    assert "amount" in failed.json["message"]
    assert ask("GET", f"/engine-rest/process-instance/{instance}/variables").json.keys() == {"limit"}
    [found] = ask("GET", f"{INCIDENT}?processInstanceId={instance}").json
    assert found["incidentMessage"] == failed.json["message"]
    assert found | {"id": 0, "incidentTimestamp": 0, "incidentMessage": 0, "executionId": 0} == {
        "id": 0,
        "incidentTimestamp": 0,
        "incidentMessage": 0,
        "executionId": 0,
        "processDefinitionId": found["processDefinitionId"],
        "processInstanceId": instance,
        "incidentType": "failedStep",
        "activityId": "work",
        "failedActivityId": "which",
        "causeIncidentId": found["id"],
        "rootCauseIncidentId": found["id"],
        "configuration": None,
        "tenantId": "aktobe-gask",
        "jobDefinitionId": None,
        "annotation": None,
    }
    told = ask("GET", f"/api/incidents/{found['id']}").json
    assert (told["activityName"], told["failedActivityName"]) == ("Work", "Enough?")
    assert (told["expression"], told["variableNames"]) == ("${amount > limit}", ["amount", "limit"])
    assert told["variables"] == {"limit": 5}


def test_trying_again_after_mending_is_completing_again_and_ends_the_incident(
    deploy: Deploy, start: Start, ask: Ask, complete: Complete
) -> None:
    deploy({"deciding.bpmn": GATEWAY})
    instance = start("deciding", limit=5)
    assert [complete(instance).status_code for _ in range(3)] == [400, 400, 400]
    assert ask("GET", f"{INCIDENT}/count").json == {"count": 1}
    assert complete(instance, amount=7).status_code == 204
    assert ask("GET", f"{INCIDENT}/count").json == {"count": 0}
    [past] = ask("GET", f"/engine-rest/history/incident?processInstanceId={instance}").json
    assert (past["open"], past["resolved"], past["endTime"] is None) == (False, True, False)


def test_the_incident_of_an_instance_ends_with_it(deploy: Deploy, start: Start, ask: Ask, complete: Complete) -> None:
    deploy({"deciding.bpmn": GATEWAY})
    instance = start("deciding", limit=5)
    complete(instance)
    ask("DELETE", f"/engine-rest/process-instance/{instance}")
    assert ask("GET", f"{INCIDENT}/count").json == {"count": 0}


def test_a_message_whose_receiver_fails_leaves_an_incident_there(deploy: Deploy, start: Start, ask: Ask) -> None:
    deploy({"waiting.bpmn": WAITING})
    instance = start("waiting", due="2026-13-45")
    assert ask("POST", "/engine-rest/message", {"messageName": "paid"}).status_code == 400
    [found] = ask("GET", INCIDENT).json
    assert (found["processInstanceId"], found["activityId"], found["failedActivityId"]) == (instance, "wait", "work")
    ask("PUT", f"/engine-rest/process-instance/{instance}/variables/due", {"value": "2026-12-01T10:00:00"})
    assert ask("POST", "/engine-rest/message", {"messageName": "paid"}).status_code == 204
    assert ask("GET", INCIDENT).json == []


def test_what_a_called_process_fails_of_is_noted_at_the_caller_which_is_there(
    deploy: Deploy, start: Start, ask: Ask, complete: Complete
) -> None:
    failing = GATEWAY.replace("<userTask", "<task").replace("</userTask", "</task")
    deploy({"deciding.bpmn": failing, "calling.bpmn": CALLING})
    instance = start("calling")
    assert complete(instance).status_code == 400
    [found] = ask("GET", INCIDENT).json
    assert (found["processInstanceId"], found["activityId"], found["failedActivityId"]) == (instance, "before", "which")


def test_a_start_that_fails_leaves_nothing(deploy: Deploy, ask: Ask, nothing_kept: Callable[[], Any]) -> None:
    deploy({"deciding.bpmn": GATEWAY.replace("<userTask", "<task").replace("</userTask", "</task")})
    with nothing_kept():
        path = "/engine-rest/process-definition/key/deciding/tenant-id/aktobe-gask/start"
        assert ask("POST", path, {}).status_code == 400


def test_incidents_stand_in_the_lists_and_counts_of_instances_and_definitions(
    deploy: Deploy, start: Start, ask: Ask, complete: Complete
) -> None:
    deploy({"deciding.bpmn": GATEWAY})
    instance, well = start("deciding", limit=5), start("deciding", limit=6)
    complete(instance)
    [incident] = ask("GET", INCIDENT).json
    for asked in (
        "withIncident=true", f"incidentId={incident['id']}", "incidentType=failedStep", "incidentMessageLike=%25amount%25",
    ):  # fmt: skip
        found = ask("GET", f"/engine-rest/process-instance?{asked}").json
        assert [one["id"] for one in found] == [instance], asked
    past = "/engine-rest/history/process-instance"
    for asked in (
        "withIncidents=true", "withRootIncidents=true", f"incidentIdIn={incident['id']}", "incidentType=failedStep",
        "incidentStatus=open", "incidentMessageLike=%25amount%25",
    ):  # fmt: skip
        assert [one["id"] for one in ask("GET", f"{past}?{asked}").json] == [instance], asked
    assert [one["id"] for one in ask("GET", f"{past}?withoutIncidents=true").json] == [well]
    assert ask("GET", f"{past}/count?incidentStatus=resolved").json == {"count": 0}
    assert ask("GET", "/engine-rest/process-instance/count?incidentType=failedJob").json == {"count": 0}
    assert ask("GET", "/engine-rest/process-definition/count?incidentType=failedStep").json == {"count": 1}
    counted = [{"incidentType": "failedStep", "incidentCount": 1}]
    path = "/engine-rest/process-definition"
    [of_all] = ask("GET", f"{path}/statistics?incidents=true").json
    assert (of_all["instances"], of_all["incidents"], of_all["failedJobs"]) == (2, counted, 0)
    [of_step] = ask("GET", f"{path}/key/deciding/tenant-id/aktobe-gask/statistics?incidentsForType=failedStep").json
    assert (of_step["id"], of_step["incidents"]) == ("work", counted)
    assert ask("GET", f"{path}/statistics").json[0]["incidents"] == []
    tree = ask("GET", f"/engine-rest/process-instance/{instance}/activity-instances").json
    assert tree["childActivityInstances"][0]["incidents"] == [{"id": incident["id"], "activityId": "work"}]
    other = ask("GET", f"/engine-rest/process-instance/{well}/activity-instances").json
    assert other["childActivityInstances"][0]["incidentIds"] == []


def test_incidents_are_filtered_and_ordered(deploy: Deploy, start: Start, ask: Ask, complete: Complete) -> None:
    deploy({"deciding.bpmn": GATEWAY})
    instances = [start("deciding", limit=5) for _ in range(2)]
    for instance in instances:
        complete(instance)
    for asked, count in (
        ("failedActivityId=which", 2), ("activityId=which", 0), ("incidentType=failedStep", 2), ("tenantIdIn=other", 0),
        (f"processInstanceId={instances[0]}", 1), ("processDefinitionKeyIn=deciding,other", 2),
        ("incidentTimestampBefore=2020-01-01T00:00:00.000%2B0000", 0), ("incidentMessageLike=nothing%25", 0),
    ):  # fmt: skip
        assert ask("GET", f"{INCIDENT}/count?{asked}").json == {"count": count}, asked
    listed = ask("GET", f"{INCIDENT}?sortBy=incidentTimestamp&sortOrder=desc&maxResults=1").json
    assert [one["processInstanceId"] for one in listed] == instances[1:]
    assert ask("GET", f"{INCIDENT}?jobDefinitionIdIn=x").status_code == 400


def test_only_administrators_resolve_and_organisations_do_not_see_each_other(
    deploy: Deploy, start: Start, ask: Ask, complete: Complete, database_engine: Engine
) -> None:
    deploy({"deciding.bpmn": GATEWAY})
    instance = start("deciding", limit=5)
    complete(instance)
    [incident] = ask("GET", INCIDENT).json
    path, stranger = f"{INCIDENT}/{incident['id']}", "clerk.industrial-safety-committee"
    assert ask("GET", INCIDENT, user=stranger).json == []
    assert [ask(method, path, user=stranger).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert ask("DELETE", path, user="clerk.aktobe-gask").status_code == 403
    assert ask("GET", path, user="clerk.aktobe-gask").json["id"] == incident["id"]
    assert ask("GET", f"/api/incidents/{incident['id']}", user="clerk.aktobe-gask").json["variables"] == {"limit": 5}
    told = ask("GET", f"/api/incidents/{incident['id']}", user="applicant.aktobe-gask").json
    assert (told["variables"], told["variableNames"]) == (None, ["amount", "limit"])
    assert [ask("DELETE", path).status_code, ask("GET", path).status_code] == [204, 404]
    with database_engine.connect() as connection:
        assert connection.scalar(text("SELECT bool_or(troubled) FROM instance")) is False
