"""Process definitions: found, read, started, suspended."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.models import FILES, ONE_TASK, REGISTER_FORM, bpmn, line, user_task

BASE = "/engine-rest/process-definition"
OWN, OTHER = "aktobe-gask", "industrial-safety-committee"
START_FORM = bpmn("withForm", line(user_task("work", "Work"))).replace(
    '<startEvent id="start">',
    '<startEvent id="start" camunda:formRef="register-form" camunda:formRefBinding="version" camunda:formRefVersion="1">',
)
WAITING = bpmn(
    "waiting",
    line(
        "intermediateCatchEvent|pause||<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
        "callActivity|call|calledElement='oneTask'|",
    ),
)
CALLING = bpmn("calling", line("callActivity|call|calledElement='oneTask'|"))
Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Deploy = Callable[..., dict[str, Any]]
Get = Callable[..., Any]


@pytest.fixture
def get(client: FlaskClient, as_user: AsUser) -> Get:
    """The JSON of a path under /process-definition."""

    def run(path: str, user: str = "admin") -> Any:
        answer = client.get(BASE + path, headers=as_user(user))
        assert answer.status_code == 200, answer.text
        return answer.json

    return run


@pytest.fixture
def post(client: FlaskClient, as_user: AsUser) -> Callable[..., TestResponse]:
    def run(path: str, body: Any, user: str = "admin") -> TestResponse:
        return client.post(BASE + path, json=body, headers=as_user(user))

    return run


def _id(made: dict[str, Any], key: str) -> str:
    return str(next(row["id"] for row in made["deployedProcessDefinitions"].values() if row["key"] == key))


def test_definitions_are_filtered_ordered_and_counted(get: Get, deploy: Deploy) -> None:
    made = deploy({"one.bpmn": ONE_TASK.replace("<process ", '<process camunda:versionTag="a-1" ')})
    deploy({"one.bpmn": ONE_TASK + " "})
    deploy({"one.bpmn": ONE_TASK}, tenant=OTHER)
    deploy(
        {"other.bpmn": bpmn("other", line(user_task("a", "A")), attributes='camunda:isStartableInTasklist="false"')},
        None,
    )
    first = _id(made, "oneTask")

    def listed(query: str) -> list[str]:
        found = get(f"?sortBy=key&sortOrder=asc&{query}")
        assert get(f"/count?{query}") == {"count": len(found)}
        return sorted(f"{row['key']}:{row['version']}:{row['tenantId']}" for row in found)

    everything = [f"oneTask:1:{OWN}", f"oneTask:1:{OTHER}", f"oneTask:2:{OWN}", "other:1:None"]
    assert listed("") == everything
    assert listed("latestVersion=true") == everything[1:]
    assert listed("latest=true&key=oneTask") == everything[1:3]
    assert listed(f"processDefinitionId={first}") == everything[:1]
    assert listed(f"processDefinitionIdIn={first},nothing") == everything[:1]
    assert listed(f"deploymentId={made['id']}") == everything[:1]
    assert listed("deploymentId=nothing") == []
    assert listed("keysIn=other,nothing") == everything[3:]
    assert listed("keyLike=%25the%25") == everything[3:]
    assert listed("name=One task&version=2") == everything[2:3]
    assert listed("nameLike=One%25&resourceName=one.bpmn") == everything[:3]
    assert listed("resourceNameLike=other%25") == everything[3:]
    assert listed("versionTag=a-1") == everything[:1]
    assert listed("versionTagLike=a%25") == everything[:1]
    assert listed("withoutVersionTag=true") == everything[1:]
    assert listed(f"tenantIdIn={OTHER}") == everything[1:2]
    assert listed(f"tenantIdIn={OTHER}&includeProcessDefinitionsWithoutTenantId=true") == [everything[1], everything[3]]
    assert listed("withoutTenantId=true") == everything[3:]
    assert listed("startableInTasklist=true&active=true&startablePermissionCheck=true") == everything[:3]
    assert listed("notStartableInTasklist=true") == everything[3:]
    assert listed("suspended=true") == []
    assert listed("category=x") == []
    assert listed("incidentType=failedJob") == []
    moment = made["deploymentTime"].replace("+", "%2B")
    assert everything[0] in listed(f"deployedAt={moment}")
    assert everything[0] not in listed(f"deployedAfter={moment}")
    newest_first = get("?key=oneTask&sortBy=version&sortOrder=desc&maxResults=1")
    assert [row["version"] for row in newest_first] == [2]


@pytest.mark.parametrize("query", ["sortBy=colour&sortOrder=asc", "colour=red", "startableBy=x", "version=one"])
def test_a_list_cannot_be_asked_for_nonsense(query: str, client: FlaskClient, as_user: AsUser) -> None:
    answer = client.get(f"{BASE}?{query}", headers=as_user("admin"))
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["type"] == "InvalidRequestException"


def test_a_definition_is_found_by_id_by_key_and_by_key_and_organisation(get: Get, deploy: Deploy) -> None:
    first = _id(deploy({"one.bpmn": ONE_TASK}), "oneTask")
    second = _id(deploy({"one.bpmn": ONE_TASK + " "}), "oneTask")
    other = _id(deploy({"one.bpmn": ONE_TASK}, tenant=OTHER), "oneTask")
    assert get(f"/{first}")["version"] == 1
    assert get(f"/key/oneTask/tenant-id/{OWN}")["id"] == second
    assert get(f"/key/oneTask/tenant-id/{OTHER}")["id"] == other
    assert get("/key/oneTask", user=f"clerk.{OWN}")["id"] == second
    assert get(f"/{first}/xml") == {"id": first, "bpmn20Xml": ONE_TASK}
    assert get(f"/key/oneTask/tenant-id/{OWN}/xml")["id"] == second


@pytest.mark.parametrize("path", ["/nothing", "/key/nothing", "/key/oneTask/tenant-id/nowhere", "/nothing/xml"])
def test_an_unknown_definition_is_not_found(path: str, client: FlaskClient, as_user: AsUser, deploy: Deploy) -> None:
    deploy({"one.bpmn": ONE_TASK})
    answer = client.get(BASE + path, headers=as_user("admin"))
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json is not None
    assert answer.json["type"] == "InvalidRequestException"


def test_foreign_definitions_are_neither_seen_nor_started(
    get: Get, client: FlaskClient, as_user: AsUser, post: Callable[..., TestResponse], deploy: Deploy
) -> None:
    foreign = _id(deploy({"one.bpmn": ONE_TASK}, tenant=OTHER), "oneTask")
    user = f"clerk.{OWN}"
    assert get("", user=user) == []
    assert get("/count", user=user) == {"count": 0}
    assert get("/statistics", user=user) == []
    for name in (f"/{foreign}", "/key/oneTask", f"/key/oneTask/tenant-id/{OTHER}"):
        for path in ("", "/xml", "/startForm", "/statistics"):
            assert client.get(BASE + name + path, headers=as_user(user)).status_code == 404
        assert post(f"{name}/start", {}, user).status_code == 404
        assert post(f"{name}/submit-form", {}, user).status_code == 404


def test_an_instance_is_started_with_typed_variables(post: Callable[..., TestResponse], deploy: Deploy) -> None:
    made = deploy({"one.bpmn": ONE_TASK})
    variables = {
        "number": {"value": "5", "type": "integer"},
        "when": {"value": "2026-12-24T12:16:0.000+0000", "type": "Date"},
        "data": {"value": '{"a": [1]}', "type": "Json"},
        "untyped": {"value": True},
        "passing": {"value": "x", "valueInfo": {"transient": True}},
    }
    body = {"variables": variables, "businessKey": "key", "withVariablesInReturn": True, "unknown": 1}
    answer = post(f"/{_id(made, 'oneTask')}/start", body, f"clerk.{OWN}")
    assert answer.status_code == 200, answer.text
    started = answer.json
    assert started is not None
    assert started["links"][0]["href"].endswith(f"/engine-rest/process-instance/{started['id']}")
    assert started | {"id": "", "links": [], "variables": {}} == {
        "links": [],
        "id": "",
        "definitionId": _id(made, "oneTask"),
        "definitionKey": "oneTask",
        "businessKey": "key",
        "caseInstanceId": None,
        "ended": False,
        "suspended": False,
        "tenantId": OWN,
        "variables": {},
    }
    assert started["variables"] == {
        "number": {"value": 5, "type": "Integer", "valueInfo": {}},
        "when": {"value": "2026-12-24T12:16:00.000+0000", "type": "Date", "valueInfo": {}},
        "data": {"value": '{"a":[1]}', "type": "Json", "valueInfo": {}},
        "untyped": {"value": True, "type": "Boolean", "valueInfo": {}},
    }


@pytest.mark.parametrize(
    "body",
    [
        {"variables": {"a": {"value": 1, "type": "Colour"}}},
        {"variables": {"a": {"value": "five", "type": "Integer"}}},
        {"variables": {"a": 1}},
        {"variables": []},
        {"variables": {"a": {"value": "9" * 40, "type": "Json"}}},
        {"variables": {"a": {"value": "NaN", "type": "Json"}}},
        {"variables": {"a": {"value": "[" * 50_000 + "]" * 50_000, "type": "Json"}}},
        {"variables": {"a": {"value": json.loads("[" * 100 + "]" * 100)}}},
        {"variables": {"a": {"value": '"\\ud800"', "type": "Json"}}},
        {"variables": {"a": {"value": ["x\0"]}}},
        {"variables": {"a\0": {"value": 1}}},
        {"variables": {"a": {"value": "9999-12-31T23:59:59.000-1200", "type": "Date"}}},
        {"variables": {"a": {"value": "0001-01-01T00:00:00.000+1200", "type": "Date"}}},
        {"businessKey": 5},
        {"businessKey": "x" * 300},
        {"withVariablesInReturn": "perhaps"},
        {"startInstructions": [{"type": "startBeforeActivity", "activityId": "work"}]},
        {"caseInstanceId": "x"},
        {"skipIoMappings": True},
        [],
    ],
)
def test_a_start_that_cannot_be_understood_starts_nothing(
    body: Any, post: Callable[..., TestResponse], client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    answer = post("/key/oneTask/start", body)
    assert answer.status_code == 400, answer.text
    assert client.get("/engine-rest/process-instance/count", headers=as_user("admin")).json == {"count": 0}


def test_an_empty_body_starts_an_instance(client: FlaskClient, as_user: AsUser, deploy: Deploy) -> None:
    deploy({"one.bpmn": ONE_TASK})
    answer = client.post(f"{BASE}/key/oneTask/start", headers=as_user("admin"))
    assert answer.status_code == 200
    assert answer.json is not None
    assert "variables" not in answer.json


def test_a_common_definition_is_started_for_the_organisation_that_is_named(
    post: Callable[..., TestResponse], deploy: Deploy
) -> None:
    deploy({"one.bpmn": ONE_TASK}, None)
    started = post(f"/key/oneTask/tenant-id/{OWN}/start", {}, f"clerk.{OWN}").json
    assert started is not None
    assert started["tenantId"] == OWN
    assert post(f"/key/oneTask/tenant-id/{OTHER}/start", {}, f"clerk.{OWN}").status_code == 404
    assert post("/key/oneTask/tenant-id/nowhere/start", {}).status_code == 404


def test_a_key_that_several_organisations_have_needs_the_organisation(
    post: Callable[..., TestResponse], deploy: Deploy
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    deploy({"one.bpmn": ONE_TASK}, OTHER)
    assert post("/key/oneTask/start", {}).status_code == 409
    assert post(f"/key/oneTask/tenant-id/{OTHER}/start", {}).status_code == 200


def test_a_start_form_is_described_given_and_checked(
    get: Get, post: Callable[..., TestResponse], client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    deploy({"with-form.bpmn": START_FORM, "register.form": REGISTER_FORM})
    reference = {"key": "register-form", "binding": "version", "version": 1}
    assert get("/key/withForm/startForm") == {
        "key": None,
        "operatonFormRef": reference,
        "camundaFormRef": reference,
        "contextPath": None,
    }
    deployed = client.get(f"{BASE}/key/withForm/deployed-start-form", headers=as_user("admin"))
    assert deployed.headers["Content-Type"] == "application/json"
    assert deployed.json == REGISTER_FORM
    rendered = [
        client.get(f"{BASE}{name}/rendered-form", headers=as_user("admin"))
        for name in (f"/{get('/key/withForm')['id']}", "/key/withForm", "/key/withForm/tenant-id/aktobe-gask")
    ]
    assert {(one.mimetype, one.text) for one in rendered} == {("application/xhtml+xml", rendered[0].text)}
    assert 'cam-variable-name="number" required="required"' in rendered[0].text
    assert get("/key/withForm/form-variables?variableNames=number") == {}
    refused = post("/key/withForm/submit-form", {"variables": {"pages": {"value": 0}}})
    assert refused.status_code == 400
    assert refused.json is not None
    assert {entry["field"] for entry in refused.json["details"]["fields"]} == {"number", "pages"}
    started = post("/key/withForm/submit-form", {"variables": {"number": {"value": "7"}}, "businessKey": "b"}).json
    assert started is not None
    assert started["businessKey"] == "b"


def test_a_definition_without_start_form_says_so(
    get: Get, client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    assert set(get("/key/oneTask/startForm").values()) == {None}
    for form in ("deployed-start-form", "rendered-form"):
        answer = client.get(f"{BASE}/key/oneTask/{form}", headers=as_user("admin"))
        assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_statistics_count_running_instances_by_definition(get: Get, deploy: Deploy, start: Callable[..., str]) -> None:
    deploy({**FILES, "one.bpmn": ONE_TASK})
    start("oneTask")
    start("oneTask")
    rows = get("/statistics")
    assert {row["definition"]["key"]: row["instances"] for row in rows} == {"oneTask": 2, "twoSteps": 0}
    assert {row["@class"].rpartition(".")[2] for row in rows} == {"ProcessDefinitionStatisticsResultDto"}
    assert all(row["failedJobs"] == 0 and row["incidents"] == [] for row in rows)


def test_statistics_are_filtered_ordered_and_paged_as_the_list_is(get: Get, deploy: Deploy) -> None:
    deploy({**FILES, "one.bpmn": ONE_TASK})

    def keys(query: str) -> list[str]:
        return [row["definition"]["key"] for row in get(f"/statistics?{query}")]

    assert keys("keyLike=one%25&latestVersion=true&incidents=true") == ["oneTask"]
    assert keys("sortBy=key&sortOrder=desc") == ["twoSteps", "oneTask"]
    assert keys("firstResult=1&maxResults=1") == ["twoSteps"]
    assert len(keys("sortBy=category&sortOrder=desc")) == 2
    assert keys("category=a") == []


def test_statistics_know_what_else_the_dialect_counts(
    get: Get, client: FlaskClient, as_user: AsUser, deploy: Deploy
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    for path in ("/statistics", "/key/oneTask/statistics"):
        assert get(f"{path}?failedJobs=true&incidents=true&incidentsForType=failedJob") == get(path)
        for wrong in ("failedJobs=perhaps", "unknown=true"):
            assert client.get(f"{BASE}{path}?{wrong}", headers=as_user("admin")).status_code == 400


def test_statistics_count_where_instances_stand(get: Get, deploy: Deploy, start: Callable[..., str]) -> None:
    deploy({"one.bpmn": ONE_TASK, "waiting.bpmn": WAITING, "calling.bpmn": CALLING})
    for key in ("oneTask", "oneTask", "waiting", "calling"):
        start(key)

    def standing(key: str) -> dict[str, int]:
        return {row["id"]: row["instances"] for row in get(f"/key/{key}/statistics")}

    assert standing("oneTask") == {"work": 3}
    assert standing("waiting") == {"pause": 1}
    assert standing("calling") == {"call": 1}


def test_a_suspended_definition_starts_nothing_until_it_is_activated(
    client: FlaskClient, as_user: AsUser, post: Callable[..., TestResponse], deploy: Deploy, start: Callable[..., str]
) -> None:
    made = deploy({"one.bpmn": ONE_TASK})
    instance = start("oneTask")
    name = f"{BASE}/{_id(made, 'oneTask')}"

    def put(path: str, body: Any, user: str = "admin") -> int:
        return client.put(path, json=body, headers=as_user(user)).status_code

    def suspended() -> bool:
        found = client.get(f"/engine-rest/process-instance/{instance}", headers=as_user("admin")).json
        assert found is not None
        return bool(found["suspended"])

    assert put(f"{name}/suspended", {"suspended": True}, f"clerk.{OWN}") == 403
    assert put(f"{name}/suspended", {"suspended": True}) == 204
    assert post("/key/oneTask/start", {}).status_code == 409
    assert not suspended()
    assert put(f"{BASE}/key/oneTask/suspended", {"suspended": True, "includeProcessInstances": True}) == 204
    assert suspended()
    by_key = {"processDefinitionKey": "oneTask", "suspended": False, "includeProcessInstances": True}
    assert put(f"{BASE}/suspended", by_key) == 204
    assert not suspended()
    assert post("/key/oneTask/start", {}).status_code == 200
    for body in ({}, {"suspended": "yes"}, {"suspended": True, "executionDate": "2030-01-01T00:00:00.000+0000"}):
        assert put(f"{name}/suspended", body) == 400
    assert put(f"{BASE}/suspended", {"suspended": True}) == 400


def test_a_definition_with_instances_is_deleted_only_with_cascade(
    client: FlaskClient, as_user: AsUser, deploy: Deploy, start: Callable[..., str]
) -> None:
    made = deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    path, headers = f"{BASE}/{_id(made, 'oneTask')}", as_user("admin")
    assert client.delete(f"{path}?cascade=true", headers=as_user(f"clerk.{OWN}")).status_code == 403
    assert client.delete(path, headers=headers).status_code == 409
    assert client.delete(f"{path}?cascade=true", headers=headers).status_code == 204
    assert client.get(path, headers=headers).status_code == 404
    assert client.get("/engine-rest/process-instance/count", headers=headers).json == {"count": 0}
