"""Deployments, as Camunda Modeler and other clients send them."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.store.tables import Definition, Deployment, FormDefinition, Resource
from tests.api.models import FILES, ONE_TASK, REGISTER_FORM, TWO_STEPS, bpmn, line, user_task

CREATE = "/engine-rest/deployment/create"
DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="size" name="Size"><literalExpression>
  <text>if pages > 10 then "large" else "small"</text>
</literalExpression></decision>
</definitions>"""
Headers = dict[str, str]
AsUser = Callable[[str], Headers]
Post = Callable[..., TestResponse]


@pytest.fixture
def post(client: FlaskClient, as_user: AsUser) -> Post:
    """Send files (name to text) with fields of the form."""

    def run(files: dict[str, str | bytes], user: str = "admin", **fields: str) -> TestResponse:
        data: dict[str, Any] = {name.replace("_", "-"): value for name, value in fields.items()}
        for name, content in files.items():
            data[name] = (BytesIO(content if isinstance(content, bytes) else content.encode()), name)
        return client.post(CREATE, data=data, headers=as_user(user))

    return run


@pytest.fixture
def rows(database_engine: Engine) -> Callable[[], list[int]]:
    """How many deployments, resources, definitions and forms there are."""

    def count() -> list[int]:
        with Session(database_engine) as session:
            tables = (Deployment, Resource, Definition, FormDefinition)
            return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]

    return count


def test_modeler_opens_asks_for_credentials_and_deploys(client: FlaskClient, as_user: AsUser, post: Post) -> None:
    assert client.get("/engine-rest/version").json == {"version": "7.24.0"}
    refused = client.get("/engine-rest/deployment?maxResults=0")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
    assert client.get("/engine-rest/deployment?maxResults=0", headers=as_user("admin")).json == []
    answer = post(
        {"one.bpmn": ONE_TASK},
        deployment_name="one",
        deployment_source="Camunda Modeler",
        enable_duplicate_filtering="true",
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    made = answer.json
    assert made is not None
    (definition,) = made["deployedProcessDefinitions"].values()
    assert definition | {"id": "", "deploymentId": ""} == {
        "id": "",
        "key": "oneTask",
        "category": None,
        "description": None,
        "name": "One task",
        "version": 1,
        "resource": "one.bpmn",
        "deploymentId": "",
        "diagram": None,
        "suspended": False,
        "tenantId": None,
        "versionTag": None,
        "historyTimeToLive": 3660,
        "startableInTasklist": True,
    }
    assert made["name"] == "one"
    assert made["source"] == "Camunda Modeler"
    assert made["links"][0]["href"].endswith(f"/engine-rest/deployment/{made['id']}")
    assert made["deployedDecisionDefinitions"] is None


def test_an_unchanged_deployment_is_given_back_and_makes_nothing(post: Post, rows: Callable[[], list[int]]) -> None:
    first = post({"one.bpmn": ONE_TASK}, deployment_name="one", enable_duplicate_filtering="True").json
    before = rows()
    second = post({"one.bpmn": ONE_TASK}, deployment_name="one", enable_duplicate_filtering="True").json
    assert second is not None
    assert first is not None
    assert (second["id"], second["deployedProcessDefinitions"]) == (first["id"], None)
    assert rows() == before
    changed = post({"one.bpmn": ONE_TASK + " "}, deployment_name="one", enable_duplicate_filtering="true").json
    assert changed is not None
    assert [row["version"] for row in changed["deployedProcessDefinitions"].values()] == [2]


def test_deploy_changed_only_makes_new_versions_of_what_changed(post: Post) -> None:
    two = bpmn("two", line(user_task("a", "A")))
    post({"one.bpmn": ONE_TASK, "two.bpmn": two}, deployment_name="d")
    changed = post({"one.bpmn": ONE_TASK, "two.bpmn": two + " "}, deployment_name="d", deploy_changed_only="true").json
    assert changed is not None
    assert [(row["key"], row["version"]) for row in changed["deployedProcessDefinitions"].values()] == [("two", 2)]
    again = post({"one.bpmn": ONE_TASK, "two.bpmn": two + " "}, deployment_name="d", deploy_changed_only="true").json
    assert again is not None
    assert (again["id"], again["deployedProcessDefinitions"]) == (changed["id"], None)


def test_a_part_may_lack_file_name_and_have_a_strange_content_type(client: FlaskClient, as_user: AsUser) -> None:
    parts = [
        ('name="deployment-name"', "Content-Type: false\r\n", "hand made"),
        ('name="one.bpmn"', "Content-Type: false\r\n", ONE_TASK),
        ('name="file"; filename="тіркеу.form"', "Content-Type: false\r\n", json.dumps(REGISTER_FORM)),
    ]
    body = "".join(
        f"--limit\r\nContent-Disposition: form-data; {name}\r\n{kind}\r\n{text}\r\n" for name, kind, text in parts
    )
    answer = client.post(
        CREATE,
        data=body + "--limit--\r\n",
        content_type="multipart/form-data; boundary=limit",
        headers=as_user("admin"),
    )
    assert answer.status_code == 200, answer.text
    made = answer.json
    assert made is not None
    assert made["name"] == "hand made"
    listed = client.get(f"/engine-rest/deployment/{made['id']}/resources", headers=as_user("admin")).json
    assert [row["name"] for row in listed or ()] == ["one.bpmn", "тіркеу.form"]


def test_a_decision_is_deployed_with_a_version_of_its_own(client: FlaskClient, as_user: AsUser, post: Post) -> None:
    made = post({"one.bpmn": ONE_TASK, "d.dmn": DMN}).json
    assert made is not None
    assert made["name"] is None
    assert len(made["deployedProcessDefinitions"]) == 1
    [decision] = made["deployedDecisionDefinitions"].values()
    assert (decision["key"], decision["version"], decision["resource"]) == ("size", 1, "d.dmn")
    listed = client.get(f"/engine-rest/deployment/{made['id']}/resources", headers=as_user("admin")).json
    assert [row["name"] for row in listed or ()] == ["d.dmn", "one.bpmn"]


@pytest.mark.parametrize(
    ("model", "decision", "form"),
    [("ONE.BPMN", "D.DMN", "Register.FORM"), ("one.Bpmn20.XML", "d.dmn11.Xml", "register.form")],
)
def test_the_ending_of_a_file_tells_what_it_is_in_capital_letters_too(
    model: str, decision: str, form: str, post: Post, rows: Callable[[], list[int]]
) -> None:
    before = rows()
    made = post({model: ONE_TASK, decision: DMN, form: json.dumps(REGISTER_FORM)}).json
    assert made is not None
    assert (len(made["deployedProcessDefinitions"]), len(made["deployedDecisionDefinitions"])) == (1, 1)
    assert [after - one for one, after in zip(before, rows(), strict=True)] == [1, 3, 1, 1]


def test_one_bad_file_among_three_leaves_nothing(post: Post, rows: Callable[[], list[int]]) -> None:
    before = rows()
    broken = bpmn("broken", line("businessRuleTask|rule|name='Rule'"))
    answer = post({"one.bpmn": ONE_TASK, "two-steps.bpmn": TWO_STEPS, "broken.bpmn": broken, **_form()})
    assert answer.status_code == 400
    told = answer.json
    assert told is not None
    assert told["type"] == "ParseException"
    assert told["message"].startswith("ENGINE-09005 Could not parse BPMN process.")
    assert list(told["details"]) == ["broken.bpmn"]
    problems = told["details"]["broken.bpmn"]["errors"]
    assert any(problem["mainElementId"] == "rule" and problem["elementIds"] == ["rule"] for problem in problems)
    assert all(problem["line"] >= 1 and problem["column"] >= 1 and problem["message"] for problem in problems)
    assert {"kk", "ru", "en"} == set(told["findings"]["broken.bpmn"][0]["message"])
    assert rows() == before


def _form() -> dict[str, str | bytes]:
    return {"register.form": json.dumps(REGISTER_FORM)}


ENTITY_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
EXTERNAL_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
HOSTILE = {
    "not xml": "hello",
    "cut off": ONE_TASK[:200],
    "empty": "",
    "entity bomb": ENTITY_BOMB,
    "external entity": EXTERNAL_ENTITY,
    "external entity in UTF-16": EXTERNAL_ENTITY.encode("utf-16"),
    "nested": bpmn("deep", "<subProcess id='s'>" * 100 + "</subProcess>" * 100),
    "deeper than the parser": "<a>" * 5_000 + "</a>" * 5_000,
    "long attribute": bpmn("long", line(user_task("a", "x" * 200_000))),
    "bytes": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_with_findings_and_leave_nothing(
    content: str | bytes, post: Post, rows: Callable[[], list[int]]
) -> None:
    before = rows()
    answer = post({"one.bpmn": ONE_TASK, "bad.bpmn": content})
    assert answer.status_code == 400, answer.text
    assert answer.json is not None
    assert answer.json["details"]["bad.bpmn"]["errors"]
    assert "root:" not in answer.text
    assert rows() == before


def test_of_ten_thousand_elements_nothing_but_their_number_is_looked_at(
    post: Post, rows: Callable[[], list[int]]
) -> None:
    huge = bpmn("huge", line(*(user_task(f"t{number}", "T") for number in range(5_000)), "scriptTask|bad"))
    before = rows()
    answer = post({"huge.bpmn": huge})
    assert answer.status_code == 400, answer.text
    assert answer.json is not None
    [found] = answer.json["details"]["huge.bpmn"]["errors"]
    assert found["message"].startswith("The model has too many flow elements")
    assert rows() == before


def test_a_rejected_new_version_leaves_the_running_one_untouched(
    client: FlaskClient, as_user: AsUser, post: Post, start: Callable[..., str]
) -> None:
    post({"one.bpmn": ONE_TASK}, tenant_id="aktobe-gask")
    instance = start("oneTask")
    assert (
        post({"one.bpmn": ONE_TASK.replace("userTask", "choreographyTask")}, tenant_id="aktobe-gask").status_code == 400
    )
    path = "/engine-rest/process-definition?key=oneTask"
    listed = client.get(path, headers=as_user("admin")).json
    assert [row["version"] for row in listed or ()] == [1]
    assert client.get(f"/engine-rest/process-instance/{instance}", headers=as_user("admin")).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"tenant_id": "nowhere"},
        {"deployment_activation_time": "2030-01-01T00:00:00.000+0000"},
        {"enable_duplicate_filtering": "perhaps"},
        {"deployment_name": "x" * 300},
    ],
)
def test_fields_that_cannot_be_followed_are_refused(
    fields: dict[str, str], post: Post, rows: Callable[[], list[int]]
) -> None:
    before = rows()
    answer = post({"one.bpmn": ONE_TASK}, **fields)
    assert answer.status_code == 400, answer.text
    assert rows() == before


def test_a_deployment_without_files_is_refused(post: Post) -> None:
    assert post({}, deployment_name="empty").status_code == 400


def test_only_an_administrator_deploys_and_deletes(
    client: FlaskClient, as_user: AsUser, post: Post, deploy: Callable[..., Any]
) -> None:
    assert post({"one.bpmn": ONE_TASK}, user="clerk.aktobe-gask").status_code == 403
    made = deploy({"one.bpmn": ONE_TASK})
    path = f"/engine-rest/deployment/{made['id']}"
    assert client.delete(path, headers=as_user("clerk.aktobe-gask")).status_code == 403
    assert client.delete(path, headers=as_user("admin")).status_code == 204
    assert client.get(path, headers=as_user("admin")).status_code == 404


def test_deployments_are_filtered_ordered_and_counted(
    client: FlaskClient, as_user: AsUser, deploy: Callable[..., Any]
) -> None:
    first = deploy({"one.bpmn": ONE_TASK}, name="alpha")
    second = deploy({"one.bpmn": ONE_TASK}, name="beta", tenant="industrial-safety-committee")
    third = deploy({"one.bpmn": ONE_TASK}, name="gamma", tenant=None)

    def listed(query: str) -> list[str]:
        found = client.get(f"/engine-rest/deployment?{query}", headers=as_user("admin")).json
        counted = client.get(f"/engine-rest/deployment/count?{query}", headers=as_user("admin")).json
        assert counted == {"count": len(found or ())}
        return [row["name"] for row in found or ()]

    assert listed(f"id={first['id']}") == ["alpha"]
    assert listed("id=nothing") == []
    assert listed("name=beta") == ["beta"]
    assert listed("nameLike=%25a") == ["alpha", "beta", "gamma"]
    assert listed("source=tests&withoutTenantId=true") == ["gamma"]
    assert listed("withoutSource=true") == []
    assert listed("tenantIdIn=aktobe-gask,elsewhere") == ["alpha"]
    assert listed("tenantIdIn=aktobe-gask&includeDeploymentsWithoutTenantId=true") == ["alpha", "gamma"]
    before = datetime.fromisoformat(second["deploymentTime"])
    assert "beta" not in listed(f"after={_query(second['deploymentTime'])}")
    assert "beta" not in listed(f"before={_query(second['deploymentTime'])}")
    assert before <= datetime.fromisoformat(third["deploymentTime"])
    ordered = client.get(
        "/engine-rest/deployment?sortBy=name&sortOrder=desc&firstResult=1&maxResults=1", headers=as_user("admin")
    ).json
    assert [row["name"] for row in ordered or ()] == ["beta"]


def _query(moment: str) -> str:
    return moment.replace("+", "%2B")


@pytest.mark.parametrize(
    "query",
    [
        "sortBy=size&sortOrder=asc",
        "sortBy=name",
        "sortBy=name&sortOrder=up",
        "colour=red",
        "maxResults=x",
        "maxResults=-1",
        "maxResults=10001",
        "firstResult=99999999999999999999",
        "after=yesterday",
        "withoutSource=perhaps",
        "name=a&name=b",
        "name=%00",
    ],
)
def test_a_list_cannot_be_asked_for_nonsense(query: str, client: FlaskClient, as_user: AsUser) -> None:
    answer = client.get(f"/engine-rest/deployment?{query}", headers=as_user("admin"))
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["type"] == "InvalidRequestException"


def test_people_see_the_deployments_of_their_organisation_and_the_common_ones(
    client: FlaskClient, as_user: AsUser, deploy: Callable[..., Any]
) -> None:
    foreign = deploy({"one.bpmn": ONE_TASK}, name="foreign", tenant="industrial-safety-committee")
    deploy({"one.bpmn": ONE_TASK}, name="own")
    deploy({"one.bpmn": ONE_TASK}, name="common", tenant=None)
    headers = as_user("clerk.aktobe-gask")
    listed = client.get("/engine-rest/deployment?sortBy=name&sortOrder=asc", headers=headers).json
    assert [row["name"] for row in listed or ()] == ["common", "own"]
    for path in ("", "/resources"):
        assert client.get(f"/engine-rest/deployment/{foreign['id']}{path}", headers=headers).status_code == 404


def test_a_resource_is_downloaded_as_it_was_sent(
    client: FlaskClient, as_user: AsUser, deploy: Callable[..., Any]
) -> None:
    made = deploy(FILES)
    base, headers = f"/engine-rest/deployment/{made['id']}/resources", as_user("admin")
    resource = next(row for row in client.get(base, headers=headers).json or () if row["name"].endswith(".bpmn"))
    assert client.get(f"{base}/{resource['id']}", headers=headers).json == resource
    data = client.get(f"{base}/{resource['id']}/data", headers=headers)
    assert data.data == TWO_STEPS.encode()
    assert data.headers["Content-Type"] == "application/octet-stream"
    assert data.headers["Content-Disposition"].startswith("attachment")
    assert data.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("nothing", made["id"]):
        assert client.get(f"{base}/{name}/data", headers=headers).status_code == 404
        assert client.get(f"{base}/{name}", headers=headers).status_code == 404


def test_a_deployment_with_instances_is_deleted_only_with_cascade(
    client: FlaskClient, as_user: AsUser, deploy: Callable[..., Any], start: Callable[..., str]
) -> None:
    made = deploy({"one.bpmn": ONE_TASK})
    instance = start("oneTask")
    path, headers = f"/engine-rest/deployment/{made['id']}", as_user("admin")
    assert client.delete(path, headers=headers).status_code == 409
    assert client.get(f"/engine-rest/process-instance/{instance}", headers=headers).status_code == 200
    ignored = "&skipCustomListeners=true&skipIoMappings=true"
    assert client.delete(f"{path}?cascade=true{ignored}", headers=headers).status_code == 204
    assert client.get(f"/engine-rest/process-instance/{instance}", headers=headers).status_code == 404
    assert client.get("/engine-rest/process-definition/count", headers=headers).json == {"count": 0}


@pytest.mark.parametrize("name", ["nothing", "00000000-0000-7000-8000-000000000000"])
def test_what_does_not_exist_is_not_found(name: str, client: FlaskClient, as_user: AsUser) -> None:
    assert client.get(f"/engine-rest/deployment/{name}", headers=as_user("admin")).status_code == 404
    assert client.delete(f"/engine-rest/deployment/{name}", headers=as_user("admin")).status_code == 404
