"""What has happened, counted and measured over the dialect."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient

from tests.api.conftest import TENANTS, Deploy, Headers, Start
from tests.api.models import PLAIN_FILES

CLERK, STRANGER = f"clerk.{TENANTS[0]}", f"clerk.{TENANTS[1]}"


def test_what_was_done_is_counted_by_element_name_and_period(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy, start: Start
) -> None:
    def send(method: str, path: str, user: str = CLERK, **body: Any) -> Any:
        answer = client.open(f"/engine-rest{path}", method=method, json=body, headers=as_user(user))
        return answer.json if answer.status_code == 200 else answer.status_code

    definition = next(iter(deploy(PLAIN_FILES)["deployedProcessDefinitions"]))
    going, ended, stopped = (start("twoSteps") for _ in range(3))

    def complete(instance: str) -> str:
        [task] = send("GET", f"/task?processInstanceId={instance}", "admin")
        assert send("POST", f"/task/{task['id']}/complete", "admin") == 204
        task_id: str = task["id"]
        return task_id

    for instance in (going, ended, ended):
        complete(instance)
    assert send("DELETE", f"/process-instance/{stopped}", "admin") == 204

    asked = "canceled=true&finished=true&completeScope=true&incidents=true&sortBy=activityId&sortOrder=asc"
    rows = send("GET", f"/history/process-definition/{definition}/statistics?{asked}")
    counted = {
        row["id"]: [row[name] for name in ("instances", "finished", "canceled", "completeScope")] for row in rows
    }
    assert counted == {"decide": [1, 1, 0, 0], "end": [0, 1, 0, 1], "register": [0, 3, 1, 0], "start": [0, 3, 0, 0]}
    assert [row["id"] for row in send("GET", f"/history/process-definition/{definition}/statistics")] == ["decide"]
    assert send("GET", f"/history/process-definition/{definition}/statistics?startedAfter=x") == 400
    assert send("GET", f"/history/process-definition/{definition}/statistics", STRANGER) == 404

    def month(path: str) -> list[int]:
        [row] = send("GET", f"/history/{path}/report?reportType=duration&periodUnit=month")
        assert 0 <= row["minimum"] <= row["average"] <= row["maximum"] < 60_000
        return [row["period"], row["periodUnit"]]

    this_month = [datetime.now().astimezone().month, "MONTH"]
    assert month("process-instance") == month("task") == this_month
    by_name = send("GET", "/history/task/report?reportType=count&groupBy=taskName")
    assert [(row["taskName"], row["count"]) for row in by_name] == [("Decide", 1), ("Register the application", 2)]
    [row] = send("GET", "/history/task/report?reportType=count&groupBy=processDefinition")
    assert (row["taskName"], row["count"], row["processDefinitionId"]) == (None, 3, definition)
    assert send("GET", "/history/process-instance/report?reportType=count&periodUnit=month") == 400
    empty = ("task/report?reportType=count", "process-instance/report?reportType=duration&periodUnit=quarter")
    assert [send("GET", f"/history/{path}", STRANGER) for path in empty] == [[], []]
    groups = "/task/report/candidate-group-count"
    assert send("GET", groups, f"head.{TENANTS[0]}") == [{"groupName": "head", "taskCount": 1}]
    assert (send("GET", groups), send("GET", groups, f"head.{TENANTS[1]}")) == ([], [])


def test_comments_of_an_instance_are_for_who_may_see_the_case(
    client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy, start: Start
) -> None:
    deploy(PLAIN_FILES)
    instance = start("twoSteps")
    [task] = client.get("/engine-rest/task", headers=as_user(CLERK)).json
    for message in ("бір", "екі"):
        path = f"/engine-rest/task/{task['id']}/comment/create"
        assert client.post(path, json={"message": message}, headers=as_user(CLERK)).status_code == 200
    path = f"/engine-rest/process-instance/{instance}/comment"
    found = client.get(path, headers=as_user(CLERK)).json
    assert [(one["message"], one["userId"], one["taskId"]) for one in found] == [
        ("екі", CLERK, task["id"]),
        ("бір", CLERK, task["id"]),
    ]
    others = (STRANGER, f"commission.{TENANTS[0]}")
    assert [client.get(path, headers=as_user(user)).status_code for user in others] == [404, 404]


def test_an_installation_tells_its_version_and_sends_nothing(
    client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    [row] = client.get("/engine-rest/schema/log", headers=as_user("admin")).json
    assert row["timestamp"] is None
    body = {"version": row["version"] + "x"}
    assert client.post("/engine-rest/schema/log", json=body, headers=as_user("admin")).json == []
    assert client.get("/engine-rest/schema/log", headers=as_user(CLERK)).status_code == 403
    path = "/engine-rest/telemetry/configuration"
    assert client.get(path, headers=as_user(CLERK)).json == {"enableTelemetry": False}
    answers = [client.post(path, json={"enableTelemetry": on}, headers=as_user(CLERK)) for on in (True, False)]
    assert [answer.status_code for answer in answers] == [400, 204]
