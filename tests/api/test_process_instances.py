"""Running process instances: lists, variables, where they stand, suspension, cancellation."""

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.models import FILES, ONE_TASK, SEVERAL, bpmn, line, user_task

BASE = "/engine-rest/process-instance"
OWN, OTHER = "aktobe-gask", "industrial-safety-committee"
CALLING = bpmn("calling", line("callActivity|call|calledElement='oneTask'|"))
PAUSE = bpmn(
    "pause",
    line("intermediateCatchEvent|rest||<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"),
)
INNER = line(user_task("inner", "Inner"))
for outer, inner in (('"start"', '"begin"'), ('"end"', '"finish"'), ("to_end", "to_finish")):
    INNER = INNER.replace(outer, inner)
INSIDE = bpmn("inside", line(f"subProcess|scope|name='Scope'|{INNER}"))
Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]
Send = Callable[..., TestResponse]


@pytest.fixture
def send(client: FlaskClient, as_user: AsUser) -> Send:
    """Send a request below /process-instance."""

    def run(method: str, path: str, body: Any = None, user: str = "admin") -> TestResponse:
        return client.open(BASE + path, method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def get(send: Send) -> Callable[..., Any]:
    """The JSON of a path below /process-instance."""

    def run(path: str, user: str = "admin") -> Any:
        answer = send("GET", path, user=user)
        assert answer.status_code == 200, answer.text
        return answer.json

    return run


@pytest.fixture
def found(get: Callable[..., Any], send: Send) -> Callable[[str], set[str]]:
    """The ids that a query string finds; the count says the same."""

    def run(query: str) -> set[str]:
        ids = {row["id"] for row in get(f"?{query}")}
        assert get(f"/count?{query}") == {"count": len(ids)}
        return ids

    return run


def test_instances_are_found_by_what_they_are(
    found: Callable[[str], set[str]], deploy: Deploy, start: Start, get: Callable[..., Any]
) -> None:
    made = deploy({"one.bpmn": ONE_TASK, "calling.bpmn": CALLING})
    deploy({"one.bpmn": ONE_TASK}, OTHER)
    deploy({"pause.bpmn": PAUSE}, None)
    caller = start("calling", business_key="case-1")
    (called,) = found("processDefinitionKey=oneTask")
    own, other, common = start("oneTask", business_key="case-2"), start("oneTask", OTHER), start("pause", None)
    everything = {caller, called, own, other, common}
    definition = get(f"/{own}")["definitionId"]

    assert found("") == everything
    assert found(f"processInstanceIds={own},{other},nothing") == {own, other}
    assert found("businessKey=case-2") == {own}
    assert found("businessKeyLike=case%25") == {caller, own}
    assert found(f"processDefinitionId={definition}") == {called, own}
    assert found("processDefinitionKeyIn=calling,pause") == {caller, common}
    assert found("processDefinitionKeyNotIn=calling,pause") == {called, own, other}
    assert found(f"deploymentId={made['id']}") == {caller, called, own}
    assert found("deploymentId=nothing") == set()
    assert found(f"superProcessInstance={caller}") == {called}
    assert found(f"subProcessInstance={called}") == {caller}
    assert found("superProcessInstance=nothing") == set()
    assert found("subProcessInstance=nothing") == set()
    assert found(f"rootProcessInstanceId={caller}") == {caller, called}
    assert found("rootProcessInstances=true") == everything - {called}
    assert found("leafProcessInstances=true") == everything - {caller}
    assert found("leafProcessInstances=false") == everything
    assert found(f"tenantIdIn={OTHER}") == {other}
    assert found("withoutTenantId=true") == {common}
    assert found("processDefinitionWithoutTenantId=true") == {common}
    assert found("activityIdIn=work") == {called, own, other}
    assert found("activityIdIn=rest,nothing") == {common}
    assert found("withIncident=true") == set()
    assert found("incidentType=failedJob") == set()
    assert found("active=true") == everything
    assert found("suspended=true") == set()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("number_eq_5", "ab"),
        ("number_neq_5", "c"),
        ("number_gt_5", "c"),
        ("number_gteq_5", "abc"),
        ("number_lt_7", "ab"),
        ("number_lteq_4", ""),
        ("name_eq_Әсел", "a"),
        ("name_like_%25ел", "a"),
        ("name_notLike_%25ел", "b"),
        ("name_gt_Z", "a"),
        ("under_score_eq_true", "a"),
        ("nothing_eq_null", "b"),
        ("day_gt_2026-01-02T00:00:00.000%2B0500", "c"),
        ("number_eq_5,name_eq_Bolat", "b"),
        ("other_neq_1", ""),
        ("number_eq_99999999999999999999999999", ""),
    ],
)
def test_instances_are_found_by_their_variables(
    condition: str, expected: str, found: Callable[[str], set[str]], deploy: Deploy, start: Start, send: Send
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    ids = {
        start("oneTask", number=5, name="Әсел", under_score=True): "a",
        start("oneTask", number=5, name="Bolat", nothing=None): "b",
        start("oneTask", number=7): "c",
    }
    last = next(instance for instance, letter in ids.items() if letter == "c")
    send("PUT", f"/{last}/variables/day", {"value": "2026-01-02T00:00:00.000+0000", "type": "Date"})
    assert "".join(sorted(ids[instance] for instance in found(f"variables={condition}"))) == expected


def test_a_body_carries_the_filters_and_the_order(send: Send, deploy: Deploy, start: Start) -> None:
    deploy({"one.bpmn": ONE_TASK})
    first = start("oneTask", business_key="b", number=5)
    second = start("oneTask", business_key="a", number=6)
    start("oneTask", business_key="c", number="5")
    body = {
        "variables": [{"name": "number", "operator": "lteq", "value": 6}],
        "sorting": [{"sortBy": "businessKey", "sortOrder": "asc"}],
        "processDefinitionKeyIn": ["oneTask"],
        "caseInstanceId": None,
        "orQueries": [],
        "page": 1,
        "pageSize": 10,
    }
    answer = send("POST", "", body)
    assert [row["id"] for row in answer.json or ()] == [second, first]
    paged = send("POST", "?firstResult=1&maxResults=1", body)
    assert [row["id"] for row in paged.json or ()] == [first]
    assert send("POST", "/count", body).json == {"count": 2}
    assert send("POST", "/count").json == {"count": 3}


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "caseInstanceId=x",
        "variables=a",
        "variables=a_is_b",
        "sortBy=size&sortOrder=asc",
        "active=perhaps",
    ],
)
def test_a_query_string_cannot_ask_for_nonsense(query: str, send: Send) -> None:
    for path in ("", "/count"):
        answer = send("GET", f"{path}?{query}")
        if path == "" or not query.startswith("sortBy"):
            assert answer.status_code == 400
            assert answer.json is not None
            assert answer.json["type"] == "InvalidRequestException"


@pytest.mark.parametrize(
    "body",
    [
        {"caseInstanceId": "x"},
        {"orQueries": [{"businessKey": "a"}]},
        {"businessKey": 5},
        {"processInstanceIds": {}},
        {"processInstanceIds": [5]},
        {"active": "perhaps"},
        {"variables": [{"name": "a", "operator": "is", "value": 1}]},
        {"variables": [{"name": 5, "operator": "eq", "value": 1}]},
        {"variables": [{"name": "a", "operator": "eq", "value": {}}]},
        {"variables": ["a"]},
        {"sorting": {"sortBy": "businessKey"}},
        {"sorting": [{"sortBy": "size", "sortOrder": "asc"}]},
        [],
    ],
)
def test_a_body_cannot_ask_for_nonsense(body: Any, send: Send) -> None:
    assert send("POST", "", body).status_code == 400


def test_foreign_instances_are_not_there(
    send: Send, found: Callable[[str], set[str]], get: Callable[..., Any], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK}, OTHER)
    foreign, user = start("oneTask", OTHER), f"clerk.{OWN}"
    assert get("", user=user) == []
    assert get("/count", user=user) == {"count": 0}
    for path in ("", "/variables", "/variables/a", "/activity-instances"):
        assert send("GET", f"/{foreign}{path}", user=user).status_code == 404
    assert send("DELETE", f"/{foreign}", user=user).status_code == 404
    assert send("PUT", f"/{foreign}/suspended", {"suspended": True}, user).status_code == 404
    assert send("POST", f"/{foreign}/variables", {"modifications": {"a": {"value": 1}}}, user).status_code == 404
    assert found("") == {foreign}


def test_members_see_and_only_administrators_change(send: Send, deploy: Deploy, start: Start) -> None:
    deploy({"one.bpmn": ONE_TASK})
    instance, user = start("oneTask"), f"clerk.{OWN}"
    assert send("GET", f"/{instance}", user=user).status_code == 200
    assert send("PUT", f"/{instance}/variables/a", {"value": 1}, user).status_code == 403
    assert send("PUT", f"/{instance}/suspended", {"suspended": True}, user).status_code == 403
    assert send("DELETE", f"/{instance}", user=user).status_code == 403


def test_variables_are_set_read_and_removed(send: Send, get: Callable[..., Any], deploy: Deploy, start: Start) -> None:
    deploy({"one.bpmn": ONE_TASK})
    name = f"/{start('oneTask', first=1)}/variables"
    assert get(f"{name}?deserializeValues=false") == {"first": {"type": "Integer", "value": 1, "valueInfo": {}}}
    assert send("PUT", f"{name}/second", {"value": "5", "type": "Long"}).status_code == 204
    assert get(f"{name}/second?deserializeValue=false") == {"type": "Long", "value": 5, "valueInfo": {}}
    body = {"modifications": {"third": {"value": None}, "first": {"value": "x"}}, "deletions": ["second", "nothing"]}
    assert send("POST", name, body).status_code == 204
    assert get(name) == {
        "first": {"type": "String", "value": "x", "valueInfo": {}},
        "third": {"type": "Null", "value": None, "valueInfo": {}},
    }
    assert send("DELETE", f"{name}/first").status_code == 204
    assert send("GET", f"{name}/first").status_code == 404
    assert send("DELETE", f"{name}/third").headers.get("Content-Type") is None


@pytest.mark.parametrize(
    "body",
    [
        {"modifications": {"a": {"value": 1, "type": "Colour"}}},
        {"modifications": {"a": 1}},
        {"modifications": []},
        {"deletions": "first"},
        {"deletions": [1]},
    ],
)
def test_a_change_of_variables_that_cannot_be_understood_changes_nothing(
    body: Any, send: Send, get: Callable[..., Any], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    name = f"/{start('oneTask', first=1)}/variables"
    assert send("POST", name, body).status_code == 400
    assert list(get(name)) == ["first"]


def test_a_file_goes_out_without_its_bytes_which_are_fetched_apart(
    send: Send, get: Callable[..., Any], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    name = f"/{start('oneTask')}/variables/scan"
    content = b"<script>\x00\xff"
    file = {
        "value": base64.b64encode(content).decode(),
        "type": "file",
        "valueInfo": {"filename": "Өтініш.html", "mimetype": "text/html"},
    }
    assert send("PUT", name, file).status_code == 204
    shown = get(name)
    assert (shown["type"], shown["value"]) == ("File", None)
    assert shown["valueInfo"]["filename"] == "Өтініш.html"
    data = send("GET", f"{name}/data")
    assert data.data == content
    assert data.headers["Content-Type"] == "application/octet-stream"
    assert data.headers["Content-Disposition"].startswith("attachment")
    assert send("GET", f"{name[:-4]}other/data").status_code == 404


def test_bytes_are_sent_as_a_part_of_a_form(
    client: FlaskClient, as_user: AsUser, send: Send, get: Callable[..., Any], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    name = f"/{start('oneTask')}/variables/scan"

    def post(**form: Any) -> int:
        return client.post(f"{BASE}{name}/data", data=form, headers=as_user("admin")).status_code

    assert post(data=(BytesIO(b"\x00\xff"), "scan.pdf"), valueType="File") == 204
    assert get(name)["valueInfo"] == {"filename": "scan.pdf", "mimetype": "application/pdf"}
    assert send("GET", f"{name}/data").data == b"\x00\xff"
    assert post(data=(BytesIO(b"abc"), "scan"), valueType="Bytes") == 204
    assert get(name)["type"] == "Bytes"
    assert send("GET", f"{name}/data").data == b"abc"
    assert post(valueType="File") == 400
    assert post(data=(BytesIO(b"abc"), "scan"), valueType="Colour") == 400


def test_activity_instances_are_a_tree(send: Send, get: Callable[..., Any], deploy: Deploy, start: Start) -> None:
    deploy({"one.bpmn": ONE_TASK, "several.bpmn": SEVERAL, "inside.bpmn": INSIDE, "pause.bpmn": PAUSE})
    instance = start("several", members=["a", "b"])
    root = get(f"/{instance}/activity-instances")
    (body,) = root.pop("childActivityInstances")
    assert root == {
        "id": instance,
        "parentActivityInstanceId": None,
        "activityId": root["processDefinitionId"],
        "activityName": "several",
        "name": "several",
        "activityType": "processDefinition",
        "processInstanceId": instance,
        "processDefinitionId": root["processDefinitionId"],
        "childTransitionInstances": [],
        "executionIds": [instance],
        "incidentIds": [],
        "incidents": [],
    }
    assert (body["activityId"], body["activityType"]) == ("vote#multiInstanceBody", "multiInstanceBody")
    assert [child["activityId"] for child in body["childActivityInstances"]] == ["vote", "vote"]
    for child in body["childActivityInstances"]:
        assert child["parentActivityInstanceId"] == body["id"]
        assert child["id"].startswith(f"{instance}:")
        assert child["executionIds"] == [child["id"]]
    (scope,) = get(f"/{start('inside')}/activity-instances")["childActivityInstances"]
    assert (scope["activityId"], scope["activityName"], scope["activityType"]) == ("scope", "Scope", "subProcess")
    assert [child["activityType"] for child in scope["childActivityInstances"]] == ["userTask"]
    (pause,) = get(f"/{start('pause')}/activity-instances")["childActivityInstances"]
    assert pause["activityType"] == "intermediateTimer"


def test_an_instance_is_cancelled_with_what_it_called_and_is_gone_from_the_running_ones(
    send: Send, found: Callable[[str], set[str]], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK, "calling.bpmn": CALLING})
    caller = start("calling")
    assert send("DELETE", f"/{caller}?skipSubprocesses=true").status_code == 400
    assert send("DELETE", f"/{caller}?skipCustomListeners=true", {"deleteReason": "withdrawn"}).status_code == 204
    assert found("") == set()
    for path in ("", "/variables", "/activity-instances"):
        assert send("GET", f"/{caller}{path}").status_code == 404
    assert send("DELETE", f"/{caller}?reason=again").status_code == 409


def test_a_wrong_reason_cancels_nothing(
    send: Send, found: Callable[[str], set[str]], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    instance = start("oneTask")
    assert send("DELETE", f"/{instance}", {"deleteReason": 5}).status_code == 400
    assert send("DELETE", f"/{instance}?reason={'x' * 5_000}").status_code == 400
    assert found("") == {instance}


def test_a_suspended_instance_is_listed_as_such_with_its_tasks(
    send: Send, get: Callable[..., Any], found: Callable[[str], set[str]], deploy: Deploy, start: Start
) -> None:
    deploy({"one.bpmn": ONE_TASK})
    instance, other = start("oneTask"), start("oneTask")
    assert send("PUT", f"/{instance}/suspended", {"suspended": True}).status_code == 204
    assert get(f"/{instance}")["suspended"] is True
    assert (found("suspended=true"), found("active=true")) == ({instance}, {other})
    assert send("PUT", f"/{instance}/suspended", {"suspended": False}).status_code == 204
    assert found("active=true") == {instance, other}
    assert send("PUT", f"/{instance}/suspended", {"suspended": "no"}).status_code == 400


@pytest.mark.parametrize("name", ["nothing", "00000000-0000-7000-8000-000000000000"])
def test_what_does_not_exist_is_not_found(name: str, send: Send) -> None:
    for path in ("", "/variables", "/variables/a", "/variables/a/data", "/activity-instances"):
        assert send("GET", f"/{name}{path}").status_code == 404
    assert send("DELETE", f"/{name}").status_code == 404
    assert send("DELETE", f"/{name}?failIfNotExists=false").status_code == 204
    assert send("PUT", f"/{name}/suspended", {"suspended": True}).status_code == 404
    assert send("PUT", f"/{name}/variables/a", {"value": 1}).status_code == 404


def test_the_prefix_of_the_default_engine_means_the_same(client: FlaskClient, as_user: AsUser, deploy: Deploy) -> None:
    deploy(FILES)
    headers = as_user("admin")
    answer = client.get("/engine-rest/engine/default/process-definition/count", headers=headers)
    assert answer.json == {"count": 1}
    assert client.get("/engine-rest/engine", headers=headers).json == [{"name": "default"}]
