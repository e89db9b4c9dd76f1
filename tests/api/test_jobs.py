"""Jobs of instances over HTTP: listed, done at once, tried again, put off, suspended."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.actions.running import jobs
from app.store.tables import Job
from tests.api.models import bpmn, line, user_task

JOB = "/engine-rest/job"
TIMER = "<timerEventDefinition><timeDuration>PT{}</timeDuration></timerEventDefinition>"
WAITING = bpmn("waiting", line(f"intermediateCatchEvent|pause||{TIMER.format('2H')}", user_task("work", "Work")))
REMINDED = bpmn(
    "reminded",
    line(user_task("work", "Work"))
    + '<boundaryEvent id="late" attachedToRef="work" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R2/PT1H</timeCycle></timerEventDefinition></boundaryEvent><endEvent id='told'/>"
    "<sequenceFlow id='l' sourceRef='late' targetRef='told'/>",
)
RETRIES = "<extensionElements><camunda:failedJobRetryTimeCycle>{}</camunda:failedJobRetryTimeCycle></extensionElements>"
ASYNC = bpmn(
    "later",
    line(
        f"scriptTask|sum|scriptFormat='juel' camunda:resultVariable='sum' camunda:asyncBefore='true' "
        f"camunda:jobPriority='${{urgency}}'|{RETRIES.format('R1/PT10M')}<script>${{a + b}}</script>",
        user_task("work", "Work"),
    ),
)
Ask = Callable[..., TestResponse]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    def run(method: str, path: str, body: Any = None, user: str = "admin") -> TestResponse:
        return client.open(path, method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def only(ask: Ask) -> Callable[[str], dict[str, Any]]:
    """The only job of an instance."""

    def run(instance: str) -> dict[str, Any]:
        [job] = ask("GET", f"{JOB}?processInstanceId={instance}").json
        found: dict[str, Any] = job
        return found

    return run


Only = Callable[[str], dict[str, Any]]


def stands_at(ask: Ask, instance: str) -> list[str]:
    tree = ask("GET", f"/engine-rest/process-instance/{instance}/activity-instances").json
    return [child["activityId"] for child in tree["childActivityInstances"]]


def test_a_timer_is_a_job_and_fires_when_it_is_executed(deploy: Deploy, start: Start, ask: Ask, only: Only) -> None:
    deploy({"waiting.bpmn": WAITING})
    instance = start("waiting", business_key="A-1")
    job = only(instance)
    assert {**job, **dict.fromkeys(("id", "dueDate", "createTime", "executionId", "processDefinitionId"))} == {
        "id": None,
        "jobDefinitionId": None,
        "processInstanceId": instance,
        "processDefinitionId": None,
        "processDefinitionKey": "waiting",
        "executionId": None,
        "exceptionMessage": None,
        "failedActivityId": None,
        "retries": 3,
        "dueDate": None,
        "suspended": False,
        "priority": 0,
        "tenantId": "aktobe-gask",
        "createTime": None,
        "batchId": None,
    }
    assert ask("GET", f"{JOB}/{job['id']}").json == job
    assert ask("POST", f"{JOB}/{job['id']}/execute").status_code == 204
    assert stands_at(ask, instance) == ["work"]
    assert ask("POST", f"{JOB}/{job['id']}/execute").status_code == 404


def test_a_cycle_that_is_executed_early_keeps_its_grid(deploy: Deploy, start: Start, ask: Ask, only: Only) -> None:
    deploy({"reminded.bpmn": REMINDED})
    instance = start("reminded")
    first = only(instance)
    ask("POST", f"{JOB}/{first['id']}/execute")
    second = only(instance)
    between = _moment(second["dueDate"]) - _moment(first["dueDate"])
    assert between == timedelta(hours=1)
    ask("POST", f"{JOB}/{second['id']}/execute")
    assert ask("GET", f"{JOB}?processInstanceId={instance}").json == []


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def test_a_job_that_fails_when_it_is_executed_has_one_try_less_and_then_an_incident(
    deploy: Deploy, start: Start, ask: Ask, only: Only
) -> None:
    deploy({"later.bpmn": ASYNC})
    instance = start("later", urgency=7, a=1)
    job = only(instance)
    assert (job["priority"], stands_at(ask, instance)) == (7, ["sum"])
    failed = ask("POST", f"{JOB}/{job['id']}/execute")
    assert failed.status_code == 400
    job = only(instance)
    assert (job["retries"], job["exceptionMessage"], job["failedActivityId"]) == (0, failed.json["message"], "sum")
    trace = ask("GET", f"{JOB}/{job['id']}/stacktrace")
    assert trace.headers["Content-Type"] == "text/plain"
    assert trace.text.startswith(failed.json["message"])
    assert '"expression": "${a + b}"' in trace.text
    [incident] = ask("GET", "/engine-rest/incident").json
    assert (incident["incidentType"], incident["configuration"]) == ("failedJob", job["id"])
    assert ask("DELETE", f"/engine-rest/incident/{incident['id']}").status_code == 400
    ask("PUT", f"/engine-rest/process-instance/{instance}/variables/b", {"value": 2})
    assert ask("PUT", f"{JOB}/{job['id']}/retries", {"retries": 1}).status_code == 204
    assert ask("GET", "/engine-rest/incident").json == []
    assert ask("POST", f"{JOB}/{job['id']}/execute").status_code == 204
    assert ask("GET", f"/engine-rest/process-instance/{instance}/variables/sum").json["value"] == 3


def test_jobs_are_filtered_counted_and_ordered(
    deploy: Deploy, start: Start, ask: Ask, only: Only, database_engine: Engine
) -> None:
    deploy({"waiting.bpmn": WAITING, "later.bpmn": ASYNC})
    timer, later = start("waiting"), start("later", urgency=7, a=1)
    failed, pause = only(later), only(timer)
    ask("POST", f"{JOB}/{failed['id']}/execute")
    soon = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.000%%2B0000")
    for asked, found in (
        (f"jobId={pause['id']}", [timer]), (f"jobIds={pause['id']},{failed['id']}", [timer, later]), ("jobId=x", []),
        (f"processInstanceIds={later}", [later]), (f"executionId={pause['executionId']}", [timer]),
        (f"processDefinitionId={pause['processDefinitionId']}", [timer]), ("processDefinitionKey=later", [later]),
        ("activityId=pause", [timer]), ("activityId=sum", [later]), ("failedActivityId=sum", [later]),
        ("withRetriesLeft=true", [timer]), ("noRetriesLeft=true", [later]), ("executable=true", []),
        ("timers=true", [timer]), ("messages=true", [later]), (f"dueDates=gt_{soon}", [timer]),
        (f"dueDates=lt_{soon}", [later]), (f"createTimes=lt_{soon},gt_{soon}", []), ("withException=true", [later]),
        ("exceptionMessage=no", []), ("active=true", [timer, later]), ("suspended=true", []),
        ("priorityHigherThanOrEquals=7", [later]), ("priorityLowerThanOrEquals=6", [timer]),
        ("tenantIdIn=aktobe-gask", [timer, later]), ("tenantIdIn=no&includeJobsWithoutTenantId=true", []),
        ("withoutTenantId=true", []),
    ):  # fmt: skip
        rows = ask("GET", f"{JOB}?sortBy=jobPriority&sortOrder=asc&{asked}").json
        assert [row["processInstanceId"] for row in rows] == found, asked
        assert ask("GET", f"{JOB}/count?{asked}").json == {"count": len(found)}
    body = {"dueDates": [{"operator": "gt", "value": soon.replace("%2B", "+")}], "sorting": []}
    assert [row["id"] for row in ask("POST", JOB, body).json] == [pause["id"]]
    assert ask("POST", f"{JOB}/count", {"timers": True}).json == {"count": 1}
    for wrong in ("timers=true&messages=true", "dueDates=ge_2020", "acquired=true", "jobDefinitionId=x", "other=1"):
        assert ask("GET", f"{JOB}?{wrong}").status_code == 400, wrong
    with database_engine.begin() as connection:
        connection.execute(update(Job).values(due_at=datetime.now(UTC)))
    assert [row["id"] for row in ask("GET", f"{JOB}?executable=true").json] == [pause["id"]]


def test_a_job_is_put_off_and_preferred_and_tried_more_often(
    deploy: Deploy, start: Start, ask: Ask, only: Only
) -> None:
    deploy({"waiting.bpmn": WAITING})
    instance = start("waiting")
    path = f"{JOB}/{only(instance)['id']}"
    due = "2030-01-02T03:04:05.000+0000"
    assert ask("PUT", f"{path}/duedate", {"duedate": due}).status_code == 204
    assert ask("PUT", f"{path}/priority", {"priority": -3}).status_code == 204
    assert ask("PUT", f"{path}/retries", {"retries": 9}).status_code == 204
    job = only(instance)
    assert (job["dueDate"], job["priority"], job["retries"]) == (due, -3, 9)
    ask("PUT", f"{path}/retries", {"retries": 1, "dueDate": "2031-01-02T03:04:05.000+0000"})
    ask("PUT", f"{path}/priority", {"priority": None})
    job = only(instance)
    assert (job["dueDate"][:4], job["priority"], job["retries"]) == ("2031", 0, 1)
    ask("PUT", f"{path}/retries", {"retries": 0})
    [incident] = ask("GET", "/engine-rest/incident").json
    assert (incident["activityId"], incident["incidentMessage"]) == ("pause", "no retries are left")
    for name, wrong in (
        ("duedate", {"duedate": "soon"}), ("duedate", {"duedate": due, "cascade": True}), ("retries", {}),
        ("retries", {"retries": -1}), ("retries", {"retries": 10_000}), ("priority", {"priority": "high"}),
        ("suspended", {}),
    ):  # fmt: skip
        assert ask("PUT", f"{path}/{name}", wrong).status_code == 400, wrong


def test_jobs_that_failed_together_are_tried_again_together(
    deploy: Deploy, start: Start, ask: Ask, only: Only, carry_out: Callable[[str], None]
) -> None:
    deploy({"waiting.bpmn": WAITING, "later.bpmn": ASYNC})
    failed = [only(start("later", urgency=7, a=1))["id"] for _ in range(3)]
    waits = only(start("waiting"))
    for job in failed:
        ask("POST", f"{JOB}/{job}/execute")
    assert len(ask("GET", "/engine-rest/incident").json) == 3
    batch = ask("POST", f"{JOB}/retries", {"retries": 2, "jobIds": failed[:1], "jobQuery": {"noRetriesLeft": True}})
    assert (batch.status_code, batch.json["type"], batch.json["totalJobs"]) == (200, "set-job-retries", 3)
    carry_out(batch.json["id"])
    assert ask("GET", "/engine-rest/incident").json == []
    again = {one["id"]: one["retries"] for one in ask("GET", JOB).json}
    assert again == {**dict.fromkeys(failed, 2), waits["id"]: waits["retries"]}
    for body in ({"retries": 1}, {"jobIds": failed}, {"retries": 1, "jobIds": "x"}, {"retries": 1, "jobQuery": []}):
        assert ask("POST", f"{JOB}/retries", body).status_code == 400, body
    assert ask("POST", f"{JOB}/retries", {"retries": 1, "jobIds": failed}, user="clerk.aktobe-gask").status_code == 403
    assert ask("GET", f"{JOB}/{failed[0]}").json["retries"] == 2


def test_suspended_jobs_are_not_run(
    deploy: Deploy, start: Start, ask: Ask, only: Only, database_engine: Engine
) -> None:
    deploy({"waiting.bpmn": WAITING})
    instance = start("waiting")
    job = only(instance)
    later = datetime.now(UTC) + timedelta(days=1)

    def runnable() -> bool:
        with Session(database_engine) as session:
            return jobs.next_due(session, UUID(instance), later) is not None

    assert runnable()
    for path, body in (
        (f"{JOB}/{job['id']}/suspended", {}),
        (f"{JOB}/suspended", {"processInstanceId": instance}),
        (f"{JOB}/suspended", {"processDefinitionId": job["processDefinitionId"]}),
        (f"{JOB}/suspended", {"processDefinitionKey": "waiting", "processDefinitionTenantId": "aktobe-gask"}),
    ):
        assert ask("PUT", path, {"suspended": True, **body}).status_code == 204
        assert not runnable(), body
        assert ask("POST", f"{JOB}/{job['id']}/execute").status_code == 409
        assert ask("PUT", path, {"suspended": False, **body}).status_code == 204
        assert runnable(), body
    elsewhere = {"suspended": True, "processDefinitionKey": "waiting", "processDefinitionTenantId": "other"}
    assert ask("PUT", f"{JOB}/suspended", elsewhere).status_code == 204
    assert runnable()
    assert ask("PUT", f"{JOB}/suspended", {"suspended": True}).status_code == 400


def test_staff_look_on_and_strangers_see_nothing(deploy: Deploy, start: Start, ask: Ask, only: Only) -> None:
    deploy({"waiting.bpmn": WAITING})
    path = f"{JOB}/{only(start('waiting'))['id']}"
    assert ask("GET", path, user="clerk.aktobe-gask").status_code == 200
    changes = (
        ("PUT", f"{path}/retries", {"retries": 1}), ("PUT", f"{path}/duedate", {}), ("PUT", f"{path}/priority", {}),
        ("PUT", f"{path}/suspended", {"suspended": True}), ("POST", f"{path}/execute", {}),
    )  # fmt: skip
    for user, status in (("clerk.aktobe-gask", 403), ("clerk.industrial-safety-committee", 404)):
        assert [ask(*change, user=user).status_code for change in changes] == [status] * len(changes)
    whole = {"processDefinitionKey": "waiting", "suspended": True}
    assert ask("PUT", f"{JOB}/suspended", whole, user="clerk.aktobe-gask").status_code == 403
    assert ask("GET", JOB, user="clerk.industrial-safety-committee").json == []
    assert ask("GET", f"{JOB}/no-id").status_code == 404


@pytest.mark.parametrize("wrong", ["R/PT10M", "10 minutes", "PT10M,soon", "R3/2026-01-01T00:00:00/PT1M"])
def test_a_retry_cycle_that_cannot_be_is_refused(
    client: FlaskClient, as_user: Callable[[str], dict[str, str]], send: Ask, wrong: str
) -> None:
    source = bpmn("later", line(f"task|x|camunda:asyncBefore='true'|{RETRIES.format(wrong)}"))
    answer = send("admin", "en", "/", files=[("later.bpmn", source)])
    assert answer.status_code == 400
    assert f'The retry time cycle is not valid: "{wrong}".' in answer.text.replace("\\", "")


def test_a_job_priority_that_is_no_number_is_refused(send: Ask) -> None:
    source = bpmn("later", line("task|x|camunda:asyncBefore='true' camunda:jobPriority='high'|"))
    answer = send("admin", "en", "/", files=[("later.bpmn", source)])
    assert "priority-invalid" in answer.text
