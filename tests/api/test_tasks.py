"""What people do with one task through the REST dialect."""

import base64
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.actions.people.people import actor_of
from app.actions.running import instances
from app.actions.tasks import tasks
from app.store.records import RECORDS
from app.store.tables import Instance, Task
from tests.api.models import FILES, ONE_TASK, PLAIN_FILES, REGISTER_FORM, SEVERAL, bpmn, line, user_task

Ask = Callable[..., TestResponse]
CLERK, HEAD, FOREIGN = "clerk.aktobe-gask", "head.aktobe-gask", "clerk.industrial-safety-committee"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000")


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    """`ask(user, method, path below /engine-rest/task, body)`."""

    def run(user: str, method: str, path: str, body: Any = None) -> TestResponse:
        return client.open(f"/engine-rest/task{path}", method=method, json=body, headers=as_user(user))

    return run


@pytest.fixture
def task(ask: Ask, deploy: Any, start: Any) -> str:
    """The id of the clerk's open task of a two step process."""
    deploy(PLAIN_FILES)
    start("twoSteps", business_key="A-1", applicantName="Асан", pages=3)
    found: str = ask("admin", "GET", "").json[0]["id"]
    return found


@pytest.fixture
def claimed(ask: Ask, task: str) -> str:
    assert ask(CLERK, "POST", f"/{task}/claim", {"userId": CLERK}).status_code == 204
    return task


@pytest.fixture
def form_task(ask: Ask, deploy: Any, start: Any) -> str:
    """The id of the clerk's task, claimed, in the same process with a form."""
    deploy(FILES)
    start("twoSteps", business_key="A-1", applicantName="Асан", pages=3)
    found: str = ask("admin", "GET", "").json[0]["id"]
    assert ask(CLERK, "POST", f"/{found}/claim", {"userId": CLERK}).status_code == 204
    return found


@pytest.fixture
def history(database_engine: Engine) -> Callable[[str], list[str]]:
    """The operations on a task, in order, with who did them."""

    def run(task_id: str) -> list[str]:
        with Session(database_engine) as session:
            rows = session.execute(select(RECORDS).where(RECORDS.c.task_id == task_id).order_by(RECORDS.c.at))
            return [f"{row.operation} {row.user_id}" for row in rows]

    return run


def cancelled(database: Engine, instance_id: str) -> None:
    with Session(database) as session, session.begin():
        found = session.scalars(select(Instance).where(Instance.id == instance_id)).one()
        instances.cancel(session, actor_of(session, "admin"), found.id, "withdrawn", datetime.now(UTC))


# -- reading --------------------------------------------------------------------------------------------------------


def test_a_task_is_shown_with_every_field_of_the_dialect(ask: Ask, form_task: str) -> None:
    answer = ask(CLERK, "GET", f"/{form_task}")
    assert answer.headers["Content-Type"] == "application/json"
    shown = answer.json
    reference = {"key": "register-form", "binding": "latest", "version": None}
    assert DATE.fullmatch(shown.pop("created"))
    assert DATE.fullmatch(shown.pop("lastUpdated"))
    assert DATE.fullmatch(shown.pop("due"))
    assert shown.pop("executionId").startswith(shown["processInstanceId"] + ":")
    assert shown.pop("processInstanceId")
    assert re.fullmatch("[0-9a-f]{12}", shown.pop("processDefinitionId"))
    assert shown == {
        "id": form_task,
        "name": "Register the application",
        "assignee": CLERK,
        "owner": None,
        "followUp": None,
        "delegationState": None,
        "description": None,
        "parentTaskId": None,
        "priority": 50,
        "taskDefinitionKey": "register",
        "caseExecutionId": None,
        "caseInstanceId": None,
        "caseDefinitionId": None,
        "suspended": False,
        "formKey": None,
        "operatonFormRef": reference,
        "camundaFormRef": reference,
        "tenantId": "aktobe-gask",
        "taskState": "Updated",
        "attachment": None,
        "comment": None,
        "variables": None,
    }


@pytest.mark.parametrize("user", [FOREIGN, "executor.aktobe-gask", "head.industrial-safety-committee"])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PUT", "", {"name": "x"}),
        ("GET", "/form", None),
        ("GET", "/deployed-form", None),
        ("GET", "/rendered-form", None),
        ("GET", "/form-variables", None),
        ("GET", "/variables", None),
        ("GET", "/variables/pages", None),
        ("PUT", "/variables/pages", {"value": 4}),
        ("GET", "/localVariables", None),
        ("GET", "/comment", None),
        ("POST", "/comment/create", {"message": "x"}),
        ("GET", "/identity-links", None),
        ("POST", "/identity-links", {"userId": FOREIGN, "type": "candidate"}),
        ("POST", "/claim", {}),
        ("POST", "/unclaim", None),
        ("POST", "/assignee", {"userId": FOREIGN}),
        ("POST", "/delegate", {"userId": FOREIGN}),
        ("POST", "/resolve", {}),
        ("POST", "/complete", {}),
        ("POST", "/submit-form", {}),
    ],
)
def test_a_task_of_other_people_is_not_there(
    ask: Ask, task: str, user: str, method: str, path: str, body: Any, history: Any
) -> None:
    assert ask(user, method, f"/{task}{path}", body).status_code == 404
    assert history(task) == []


@pytest.mark.parametrize("task_id", ["nothing", "00000000-0000-0000-0000-000000000000", "' OR 1=1"])
def test_an_id_of_nothing_is_not_found(ask: Ask, task_id: str) -> None:
    answer = ask("admin", "GET", f"/{task_id}")
    assert (answer.status_code, answer.json["type"]) == (404, "InvalidRequestException")


def test_the_form_of_a_task_is_named_and_given_as_it_was_deployed(ask: Ask, form_task: str) -> None:
    reference = {"key": "register-form", "binding": "latest", "version": None}
    assert ask(CLERK, "GET", f"/{form_task}/form").json == {
        "key": None,
        "operatonFormRef": reference,
        "camundaFormRef": reference,
        "contextPath": None,
    }
    deployed = ask(CLERK, "GET", f"/{form_task}/deployed-form")
    assert deployed.headers["Content-Type"] == "application/json"
    assert deployed.json == REGISTER_FORM


def test_what_the_rendered_form_of_a_task_asks_for_completes_it(ask: Ask, form_task: str) -> None:
    answer = ask(CLERK, "GET", f"/{form_task}/rendered-form")
    assert answer.headers["Content-Type"].startswith("application/xhtml+xml")
    form = ElementTree.fromstring(answer.data)
    controls = {one.attrib["cam-variable-name"]: one for one in form.iter() if "cam-variable-name" in one.attrib}
    asked = {name: (one.attrib["cam-variable-type"], one.get("value")) for name, one in controls.items()}
    assert asked == {"number": ("String", None), "pages": ("Double", "3")}
    variables = {name: {"value": value or "№ 1", "type": kind} for name, (kind, value) in asked.items()}
    assert ask(CLERK, "POST", f"/{form_task}/submit-form", {"variables": variables}).status_code == 204


def test_a_task_without_a_form_has_none_deployed(ask: Ask, deploy: Any, start: Any) -> None:
    deploy({"one.bpmn": ONE_TASK})
    start("oneTask")
    task_id = ask("admin", "GET", "").json[0]["id"]
    assert ask("admin", "GET", f"/{task_id}/deployed-form").status_code == 404
    rendered = ask("admin", "GET", f"/{task_id}/rendered-form")
    assert (rendered.status_code, rendered.json["message"]) == (
        404,
        f"No matching rendered form for task with the id {task_id} found.",
    )
    assert ask("admin", "GET", f"/{task_id}/form").json["camundaFormRef"] is None


def test_form_variables_are_what_the_task_sees_or_those_that_are_named(ask: Ask, task: str) -> None:
    pages = {"type": "Integer", "value": 3, "valueInfo": {}}
    assert ask(CLERK, "GET", f"/{task}/form-variables").json == {
        "applicantName": {"type": "String", "value": "Асан", "valueInfo": {}},
        "pages": pages,
    }
    assert ask(CLERK, "GET", f"/{task}/form-variables?variableNames=pages,none").json == {"pages": pages}


# -- changing -------------------------------------------------------------------------------------------------------


def test_a_task_is_changed_with_the_whole_of_it(ask: Ask, claimed: str, history: Any) -> None:
    whole = ask(CLERK, "GET", f"/{claimed}").json
    whole |= {"name": "Тіркеу", "followUp": "2026-12-24T12:16:0.000+0500", "priority": 60, "key": "unknown"}
    assert ask("admin", "PUT", f"/{claimed}", whole).status_code == 204
    after = ask(CLERK, "GET", f"/{claimed}").json
    assert (after["name"], after["priority"], after["due"]) == ("Тіркеу", 60, whole["due"])
    assert after["followUp"] == "2026-12-24T07:16:00.000+0000"
    assert DATE.fullmatch(after["lastUpdated"])
    assert history(claimed)[1:] == ["Update admin"]
    assert len(ask(CLERK, "GET", "?search=тіркеу").json) == 1


def test_a_task_put_back_as_it_was_is_not_changed(ask: Ask, claimed: str, history: Any) -> None:
    assert ask(CLERK, "PUT", f"/{claimed}", ask(CLERK, "GET", f"/{claimed}").json).status_code == 204
    assert history(claimed) == [f"Claim {CLERK}"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": 1},
        {"description": {}},
        {"assignee": ["x"]},
        {"owner": 5},
        {"assignee": "nobody"},
        {"due": "yesterday"},
        {"due": 1},
        {"followUp": "2026-13-45T00:00:00"},
        {"priority": "high"},
        {"priority": None},
        {"priority": 1.5},
        {"priority": True},
        {"priority": 2**31},
        {"delegationState": "LOST"},
        {"name": "a\0b"},
        {"description": "x" * 4_001},
        {"parentTaskId": "x"},
        {"caseInstanceId": "x"},
    ],
)
def test_a_field_of_the_wrong_type_is_a_bad_request_and_changes_nothing(
    ask: Ask, claimed: str, body: Any, history: Any
) -> None:
    answer = ask("admin", "PUT", f"/{claimed}", body)
    assert (answer.status_code, answer.json["type"]) == (400, "InvalidRequestException")
    assert history(claimed) == [f"Claim {CLERK}"]


def test_a_task_that_is_not_claimed_is_changed_by_an_administrator_alone(ask: Ask, task: str) -> None:
    assert ask(CLERK, "PUT", f"/{task}", {"priority": 1}).status_code == 403
    assert ask("admin", "PUT", f"/{task}", {"priority": 1}).status_code == 204


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_a_bad_request(
    client: FlaskClient, as_user: Any, claimed: str, body: bytes
) -> None:
    for path in ("", "/claim", "/complete"):
        method = "POST" if path else "PUT"
        answer = client.open(f"/engine-rest/task/{claimed}{path}", method=method, data=body, headers=as_user(CLERK))
        assert answer.status_code == 400


# -- claiming and handing on ----------------------------------------------------------------------------------------


def test_a_claimed_task_cannot_be_claimed_by_another(ask: Ask, claimed: str, history: Any) -> None:
    ask("admin", "POST", f"/{claimed}/identity-links", {"groupId": "head", "type": "candidate"})
    answer = ask(HEAD, "POST", f"/{claimed}/claim", {"userId": HEAD})
    assert (answer.status_code, answer.json["type"]) == (409, "OptimisticLockingException")
    assert ask(CLERK, "GET", f"/{claimed}").json["assignee"] == CLERK
    assert history(claimed) == [f"Claim {CLERK}", "AddGroupLink admin"]


def test_of_two_who_claim_at_once_one_gets_the_task(ask: Ask, task: str, together: Any, as_user: Any) -> None:
    ask("admin", "POST", f"/{task}/identity-links", {"groupId": "head", "type": "candidate"})
    path = f"/engine-rest/task/{task}/claim"
    statuses = together((path, {}, as_user(CLERK)), (path, {}, as_user(HEAD)))
    assert sorted(statuses) == [204, 409]
    winner = (CLERK, HEAD)[statuses.index(204)]
    assert ask("admin", "GET", f"/{task}").json["assignee"] == winner


def test_a_claim_that_waited_for_another_one_sees_it(
    ask: Ask, task: str, database_engine: Engine, client: FlaskClient, as_user: Any
) -> None:
    ask("admin", "POST", f"/{task}/identity-links", {"groupId": "head", "type": "candidate"})
    with Session(database_engine) as session, ThreadPoolExecutor(1) as pool:
        tasks.claim(session, actor_of(session, CLERK), session.get_one(Task, task).id, None, datetime.now(UTC))
        session.flush()
        second = pool.submit(ask, HEAD, "POST", f"/{task}/claim", {})
        wait_for_a_lock(database_engine)
        session.commit()
        assert second.result(timeout=10).status_code == 409


def wait_for_a_lock(database: Engine) -> None:
    """Until another connection waits for a row."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(10_000):
            if connection.exec_driver_sql(waiting).scalar():
                return
    raise AssertionError("nobody waits")


def test_a_task_is_claimed_for_oneself_only(ask: Ask, task: str) -> None:
    assert ask(CLERK, "POST", f"/{task}/claim", {"userId": HEAD}).status_code == 403
    assert ask("admin", "POST", f"/{task}/claim", {"userId": CLERK}).status_code == 204


def test_only_the_assignee_gives_a_task_back(ask: Ask, claimed: str) -> None:
    ask("admin", "POST", f"/{claimed}/identity-links", {"groupId": "head", "type": "candidate"})
    assert ask(HEAD, "POST", f"/{claimed}/unclaim").status_code == 403
    assert ask(CLERK, "POST", f"/{claimed}/unclaim").status_code == 204
    assert ask(CLERK, "GET", f"/{claimed}").json["assignee"] is None


def test_a_task_for_one_person_alone_is_given_to_no_group(ask: Ask, deploy: Any, start: Any) -> None:
    alone = user_task("work", "Work").replace('camunda:candidateGroups="clerk"', f'camunda:assignee="{CLERK}"')
    deploy({"one.bpmn": bpmn("one", line(alone))})
    start("one")
    [task] = ask(CLERK, "GET", "").json
    assert ask(CLERK, "POST", f"/{task['id']}/unclaim").status_code == 409
    assert ask(CLERK, "POST", f"/{task['id']}/assignee", {"userId": None}).status_code == 409
    assert ask(CLERK, "GET", f"/{task['id']}").json["assignee"] == CLERK


def test_a_task_leaves_its_organisation_for_nobody(ask: Ask, claimed: str) -> None:
    for path in ("/assignee", "/delegate"):
        assert ask(CLERK, "POST", f"/{claimed}{path}", {"userId": FOREIGN}).status_code == 403
    for kind in ("candidate", "assignee", "owner"):
        link = {"userId": FOREIGN, "type": kind}
        assert ask("admin", "POST", f"/{claimed}/identity-links", link).status_code == 403
    assert ask("admin", "PUT", f"/{claimed}", {"assignee": FOREIGN}).status_code == 403
    assert ask(FOREIGN, "GET", f"/{claimed}").status_code == 404


@pytest.mark.parametrize("path", ["/claim", "/assignee", "/delegate"])
@pytest.mark.parametrize("user_id", [1, True, {}, [CLERK], "nobody", "a\0b"])
def test_who_is_no_user_gets_no_task(ask: Ask, task: str, path: str, user_id: Any) -> None:
    assert ask("admin", "POST", f"/{task}{path}", {"userId": user_id}).status_code == 400


def test_a_delegated_task_is_resolved_before_it_is_completed(ask: Ask, claimed: str) -> None:
    ask("admin", "POST", f"/{claimed}/identity-links", {"groupId": "head", "type": "candidate"})
    assert ask(CLERK, "POST", f"/{claimed}/delegate", {"userId": HEAD}).status_code == 204
    delegated = ask(HEAD, "GET", f"/{claimed}").json
    assert (delegated["assignee"], delegated["owner"], delegated["delegationState"]) == (HEAD, CLERK, "PENDING")
    assert ask(HEAD, "POST", f"/{claimed}/complete").status_code == 409
    assert ask(HEAD, "POST", f"/{claimed}/resolve", {"variables": {"seen": {"value": True}}}).status_code == 204
    resolved = ask(CLERK, "GET", f"/{claimed}").json
    assert (resolved["assignee"], resolved["delegationState"]) == (CLERK, "RESOLVED")
    assert ask(CLERK, "GET", f"/{claimed}/variables/seen").json["value"] is True
    assert ask(CLERK, "POST", f"/{claimed}/complete").status_code == 204


def test_identity_links_come_and_go(ask: Ask, claimed: str) -> None:
    group = {"userId": None, "groupId": "clerk", "type": "candidate"}
    executor = {"userId": "executor.aktobe-gask", "groupId": None, "type": "candidate"}
    path = f"/{claimed}/identity-links"
    assert ask("admin", "POST", path, executor).status_code == 204
    assert ask(CLERK, "GET", path).json == [
        {"userId": CLERK, "groupId": None, "type": "assignee"},
        executor,
        group,
    ]
    assert ask("executor.aktobe-gask", "GET", f"{path}?type=candidate").json == [executor, group]
    assert ask("admin", "POST", f"{path}/delete", executor).status_code == 204
    assert ask("executor.aktobe-gask", "GET", path).status_code == 404
    assert ask(CLERK, "POST", f"{path}/delete", {"userId": CLERK, "type": "assignee"}).status_code == 204
    assert ask(CLERK, "GET", path).json == [group]


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"type": "candidate"},
        {"userId": CLERK},
        {"userId": CLERK, "groupId": "clerk", "type": "candidate"},
        {"userId": CLERK, "type": "friend"},
        {"groupId": "clerk", "type": "assignee"},
        {"groupId": "no-such-role", "type": "candidate"},
        {"userId": 5, "type": "candidate"},
        {"userId": CLERK, "type": 5},
    ],
)
def test_an_identity_link_that_means_nothing_is_a_bad_request(ask: Ask, task: str, link: Any) -> None:
    assert ask("admin", "POST", f"/{task}/identity-links", link).status_code == 400


# -- completing -----------------------------------------------------------------------------------------------------


def test_a_completed_task_is_followed_by_the_next_one(ask: Ask, claimed: str, history: Any) -> None:
    body = {"variables": {"note": {"value": "ok"}}}
    answer = ask(CLERK, "POST", f"/{claimed}/complete", body)
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Content-Type" not in answer.headers
    assert [row["taskDefinitionKey"] for row in ask(HEAD, "GET", "").json] == ["decide"]
    assert ask(CLERK, "GET", "").json == []
    assert history(claimed) == [f"Claim {CLERK}", f"Complete {CLERK}"]


def test_the_variables_come_back_when_they_are_asked_for(ask: Ask, claimed: str) -> None:
    variables = {
        "when": {"value": "2026-12-24T12:16:00.000+0500", "type": "date"},
        "count": {"value": "5", "type": "Integer"},
        "big": {"value": 2**40},
        "list": {"value": "[1, 2]", "type": "Json"},
        "gone": {"value": "secret", "valueInfo": {"transient": True}},
        "none": {"value": None},
    }
    answer = ask(CLERK, "POST", f"/{claimed}/complete", {"variables": variables, "withVariablesInReturn": True})
    assert answer.status_code == 200
    assert {name: (given["type"], given["value"]) for name, given in answer.json.items()} == {
        "applicantName": ("String", "Асан"),
        "pages": ("Integer", 3),
        "when": ("Date", "2026-12-24T07:16:00.000+0000"),
        "count": ("Integer", 5),
        "big": ("Long", 2**40),
        "list": ("Json", "[1,2]"),
        "none": ("Null", None),
    }


@pytest.mark.parametrize(
    "body",
    [
        {"variables": []},
        {"variables": "x"},
        {"variables": {"a": 1}},
        {"variables": {"a": {"value": "x", "type": "Integer"}}},
        {"variables": {"a": {"value": 1, "type": "Number"}}},
        {"variables": {"a": {"value": 1, "type": 5}}},
        {"variables": {"a": {"value": "no base64", "type": "File"}}},
        {"variables": {"a": {"value": "YQ==", "type": "File", "valueInfo": {"filename": 5}}}},
        {"variables": {"": {"value": 1}}},
        {"withVariablesInReturn": "perhaps"},
    ],
)
def test_a_completion_with_wrong_values_is_a_bad_request_and_completes_nothing(
    ask: Ask, claimed: str, body: Any, history: Any
) -> None:
    answer = ask(CLERK, "POST", f"/{claimed}/complete", body)
    assert (answer.status_code, answer.json["type"]) == (400, "InvalidRequestException")
    assert ask(CLERK, "GET", f"/{claimed}").status_code == 200
    assert history(claimed) == [f"Claim {CLERK}"]


def test_second_completion_of_a_task_is_a_conflict(ask: Ask, claimed: str, history: Any) -> None:
    assert ask(CLERK, "POST", f"/{claimed}/complete").status_code == 204
    answer = ask(CLERK, "POST", f"/{claimed}/complete", {"variables": {"late": {"value": 1}}})
    assert (answer.status_code, answer.json["type"]) == (409, "OptimisticLockingException")
    assert history(claimed) == [f"Claim {CLERK}", f"Complete {CLERK}"]
    assert "late" not in ask(HEAD, "GET", f"/{ask(HEAD, 'GET', '').json[0]['id']}/variables").json


def test_of_two_completions_at_once_one_happens(
    ask: Ask, claimed: str, together: Any, as_user: Any, history: Any
) -> None:
    path = f"/engine-rest/task/{claimed}/complete"
    statuses = together((path, {}, as_user(CLERK)), (path, {}, as_user("admin")))
    assert sorted(statuses) == [204, 409]
    assert [entry.split()[0] for entry in history(claimed)] == ["Claim", "Complete"]
    assert len(ask("admin", "GET", "").json) == 1


def test_a_task_is_completed_by_its_assignee_alone(ask: Ask, task: str, history: Any) -> None:
    assert ask(CLERK, "POST", f"/{task}/complete").status_code == 403
    ask("admin", "POST", f"/{task}/identity-links", {"groupId": "head", "type": "candidate"})
    ask(HEAD, "POST", f"/{task}/claim", {})
    answer = ask(CLERK, "POST", f"/{task}/complete")
    assert (answer.status_code, answer.json["type"]) == (403, "AuthorizationException")
    assert history(task) == ["AddGroupLink admin", f"Claim {HEAD}"]


def test_history_says_for_whom_an_administrator_has_completed(ask: Ask, claimed: str, database_engine: Engine) -> None:
    assert ask("admin", "POST", f"/{claimed}/complete").status_code == 204
    with Session(database_engine) as session:
        row = session.execute(select(RECORDS).where(RECORDS.c.operation == "Complete")).one()
    assert (row.user_id, row.on_behalf_of) == ("admin", CLERK)


def test_a_task_of_a_cancelled_case_cannot_be_completed(ask: Ask, claimed: str, database_engine: Engine) -> None:
    cancelled(database_engine, ask(CLERK, "GET", f"/{claimed}").json["processInstanceId"])
    assert ask(CLERK, "POST", f"/{claimed}/complete").status_code == 409
    assert ask(CLERK, "POST", f"/{claimed}/claim", {}).status_code == 409
    assert ask(CLERK, "GET", f"/{claimed}").status_code == 404


def test_a_submitted_form_is_checked_field_by_field(ask: Ask, form_task: str, history: Any) -> None:
    body = {"variables": {"pages": {"value": 0}}}
    answer = ask(CLERK, "POST", f"/{form_task}/submit-form", body)
    assert answer.status_code == 400
    fields = {field["field"]: field for field in answer.json["details"]["fields"]}
    assert {name: field["code"] for name, field in fields.items()} == {"number": "required", "pages": "min"}
    assert fields["number"]["message"].keys() == {"kk", "ru", "en"}
    assert history(form_task) == [f"Claim {CLERK}"]


def test_what_the_form_does_not_name_is_not_taken_from_it(ask: Ask, form_task: str) -> None:
    body = {"variables": {"number": {"value": "7"}, "approved": {"value": True}}}
    answer = ask(CLERK, "POST", f"/{form_task}/submit-form", body)
    assert answer.status_code == 400
    assert [(field["field"], field["code"]) for field in answer.json["details"]["fields"]] == [("approved", "unknown")]


@pytest.mark.parametrize(
    "variables", [{}, {"pages": {"value": 2}}, {"number": {"value": "7"}, "receivedAt": {"value": 1}}]
)
def test_a_completion_is_held_to_the_form_of_the_task(ask: Ask, form_task: str, variables: Any, history: Any) -> None:
    answer = ask(CLERK, "POST", f"/{form_task}/complete", {"variables": variables})
    assert answer.status_code == 400
    assert len(answer.json["details"]["fields"]) == 1
    assert history(form_task) == [f"Claim {CLERK}"]


def test_the_data_of_a_task_with_a_form_come_in_by_the_form_alone(ask: Ask, form_task: str) -> None:
    assert ask(CLERK, "PUT", f"/{form_task}/variables/pages", {"value": 1}).status_code == 403
    assert ask(CLERK, "POST", f"/{form_task}/variables", {"deletions": ["pages"]}).status_code == 403
    assert ask(CLERK, "PUT", f"/{form_task}/localVariables/draft", {"value": "…"}).status_code == 204
    assert ask("admin", "PUT", f"/{form_task}/variables/pages", {"value": 1}).status_code == 204


def test_an_administrator_completes_without_the_form_and_history_says_so(
    ask: Ask, form_task: str, history: Any
) -> None:
    assert ask("admin", "POST", f"/{form_task}/complete", {}).status_code == 204
    assert history(form_task) == [f"Claim {CLERK}", "Complete admin"]


def test_what_the_law_gives_to_a_step_only_an_administrator_changes(ask: Ask, claimed: str) -> None:
    for body in ({"due": "2030-01-01T00:00:00.000+0000"}, {"due": None}, {"name": "Another"}):
        assert ask(CLERK, "PUT", f"/{claimed}", body).status_code == 403
    assert ask("admin", "PUT", f"/{claimed}", {"due": "2030-01-01T00:00:00.000+0000"}).status_code == 204
    assert ask(CLERK, "GET", f"/{claimed}").json["due"] == "2030-01-01T00:00:00.000+0000"


def test_a_form_that_is_right_completes_the_task(ask: Ask, form_task: str) -> None:
    body = {"variables": {"number": {"value": "7"}, "pages": {"value": 2}}, "withVariablesInReturn": True}
    answer = ask(CLERK, "POST", f"/{form_task}/submit-form", body)
    assert (answer.status_code, answer.json["number"]["value"], answer.json["pages"]["value"]) == (200, "7", 2)
    assert ask(CLERK, "POST", f"/{form_task}/submit-form", body).status_code == 409


def test_a_completion_takes_eight_statements_at_most(ask: Ask, deploy: Any, start: Any, statements: list[str]) -> None:
    deploy(FILES)
    for round_ in range(2):
        start("twoSteps", business_key=f"A-{round_}")
        [row] = ask(CLERK, "GET", "?unassigned=true").json
        ask(CLERK, "POST", f"/{row['id']}/claim", {})
        statements.clear()
        body = {"variables": {"number": {"value": "1"}}}
        assert ask(CLERK, "POST", f"/{row['id']}/complete", body).status_code == 204
    assert len(statements) <= 8, statements


# -- comments -------------------------------------------------------------------------------------------------------


def test_comments_are_kept_the_newest_first(ask: Ask, task: str) -> None:
    first = ask(CLERK, "POST", f"/{task}/comment/create", {"message": "бірінші"}).json
    second = ask(CLERK, "POST", f"/{task}/comment/create", {"message": "second"}).json
    listed = ask(CLERK, "GET", f"/{task}/comment").json
    assert [row["message"] for row in listed] == ["second", "бірінші"]
    assert listed == [second, first]
    assert ask(CLERK, "GET", f"/{task}/comment/{first['id']}").json == first
    assert first["userId"] == CLERK
    assert first["taskId"] == task
    assert first["rootProcessInstanceId"] == first["processInstanceId"]
    assert first["removalTime"] is None
    assert DATE.fullmatch(first["time"])


@pytest.mark.parametrize("message", [None, 1, "", "   ", "x" * 4_001, "a\0b"])
def test_a_comment_without_a_text_is_a_bad_request(ask: Ask, task: str, message: Any) -> None:
    assert ask(CLERK, "POST", f"/{task}/comment/create", {"message": message}).status_code == 400
    assert ask(CLERK, "GET", f"/{task}/comment").json == []


def test_a_comment_that_does_not_exist_is_not_found(ask: Ask, task: str) -> None:
    for comment in ("x", uuid4()):
        assert ask(CLERK, "GET", f"/{task}/comment/{comment}").status_code == 404


# -- variables ------------------------------------------------------------------------------------------------------


def test_variables_are_set_changed_and_removed(ask: Ask, claimed: str) -> None:
    path = f"/{claimed}/variables"
    assert ask(CLERK, "PUT", f"{path}/x", {"value": "5", "type": "integer"}).status_code == 204
    assert ask(CLERK, "GET", f"{path}/x").json == {"type": "Integer", "value": 5, "valueInfo": {}}
    body = {"modifications": {"y": {"value": [1]}}, "deletions": ["x", "pages"]}
    assert ask(CLERK, "POST", path, body).status_code == 204
    assert set(ask(CLERK, "GET", path).json) == {"applicantName", "y"}
    assert ask(CLERK, "DELETE", f"{path}/y").status_code == 204
    assert ask(CLERK, "GET", f"{path}/y").status_code == 404
    assert len(ask(CLERK, "GET", "?processVariables=applicantName_eq_Асан").json) == 1


def test_local_variables_belong_to_the_task_and_hide_those_of_the_process(ask: Ask, claimed: str) -> None:
    assert ask(CLERK, "PUT", f"/{claimed}/localVariables/pages", {"value": 9}).status_code == 204
    assert ask(CLERK, "GET", f"/{claimed}/localVariables").json == {
        "pages": {"type": "Integer", "value": 9, "valueInfo": {}}
    }
    assert ask(CLERK, "GET", f"/{claimed}/variables/pages").json["value"] == 9
    assert len(ask(CLERK, "GET", "?taskVariables=pages_eq_9&processVariables=pages_eq_3").json) == 1
    assert ask(CLERK, "PUT", f"/{claimed}/variables/pages", {"value": 10}).status_code == 204
    assert ask(CLERK, "GET", f"/{claimed}/localVariables/pages").json["value"] == 10
    assert ask(CLERK, "DELETE", f"/{claimed}/localVariables/pages").status_code == 204
    assert ask(CLERK, "GET", f"/{claimed}/variables/pages").json["value"] == 3
    assert ask(CLERK, "GET", f"/{claimed}/localVariables/pages").status_code == 404


def test_each_task_of_a_multi_instance_has_its_own_variable(ask: Ask, deploy: Any, start: Any) -> None:
    deploy({"several.bpmn": SEVERAL})
    start("several", members=["a", "b"])
    ids = [row["id"] for row in ask("admin", "GET", "").json]
    assert sorted(ask("admin", "GET", f"/{task}/variables/member").json["value"] for task in ids) == ["a", "b"]
    ask("admin", "PUT", f"/{ids[0]}/variables/member", {"value": "c"})
    values = [ask("admin", "GET", f"/{task}/variables/member").json["value"] for task in ids]
    assert values[0] == "c"
    assert values[1] in ("a", "b")


def test_variables_are_written_by_the_assignee_alone(ask: Ask, task: str) -> None:
    for scope in ("variables", "localVariables"):
        assert ask(CLERK, "PUT", f"/{task}/{scope}/x", {"value": 1}).status_code == 403
        assert ask(CLERK, "DELETE", f"/{task}/{scope}/pages").status_code == 403


@pytest.mark.parametrize(
    "body", [{"modifications": []}, {"modifications": {"a": 1}}, {"deletions": "x"}, {"deletions": [1]}]
)
@pytest.mark.parametrize("scope", ["variables", "localVariables"])
def test_modifications_of_the_wrong_shape_are_a_bad_request(ask: Ask, claimed: str, scope: str, body: Any) -> None:
    assert ask(CLERK, "POST", f"/{claimed}/{scope}", body).status_code == 400


def test_the_bytes_of_a_file_are_kept_apart_and_given_as_a_download(ask: Ask, claimed: str) -> None:
    content = b"<script>alert(1)</script>"
    file = {
        "value": base64.b64encode(content).decode(),
        "type": "File",
        "valueInfo": {"filename": "өтініш.html", "mimetype": "text/html", "id": str(uuid4())},
    }
    assert ask(CLERK, "PUT", f"/{claimed}/variables/doc", file).status_code == 204
    shown = {"type": "File", "value": None, "valueInfo": {"filename": "өтініш.html", "mimetype": "text/html"}}
    assert ask(CLERK, "GET", f"/{claimed}/variables/doc").json == shown
    data = ask(CLERK, "GET", f"/{claimed}/variables/doc/data")
    assert data.data == content
    assert data.headers["Content-Disposition"].startswith("attachment")
    assert data.headers["Content-Type"] == "application/octet-stream"
    assert ask(CLERK, "GET", f"/{claimed}/variables/pages/data").status_code == 400
    assert ask(CLERK, "POST", f"/{claimed}/complete", {"withVariablesInReturn": True}).json["doc"] == shown


def test_a_file_of_another_case_cannot_be_named(ask: Ask, claimed: str, start: Any, database_engine: Engine) -> None:
    file = {"value": "YQ==", "type": "File", "valueInfo": {"filename": "a"}}
    ask(CLERK, "PUT", f"/{claimed}/variables/doc", file)
    with Session(database_engine) as session:
        [(_, info)] = [
            types["doc"] for types in session.scalars(select(Instance.types)) if types is not None and "doc" in types
        ]
    start("twoSteps")
    [other] = ask(CLERK, "GET", "?unassigned=true").json
    ask(CLERK, "POST", f"/{other['id']}/claim", {})
    stolen = {"value": "Yg==", "type": "File", "valueInfo": {"filename": "a", "id": info["id"]}}
    assert ask(CLERK, "PUT", f"/{other['id']}/variables/doc", stolen).status_code == 204
    assert ask(CLERK, "GET", f"/{other['id']}/variables/doc/data").data == b"b"


def test_files_among_the_variables_of_a_completion_are_kept(ask: Ask, claimed: str, database_engine: Engine) -> None:
    variables = {"doc": {"value": "YWJj", "type": "file", "valueInfo": {"filename": "a.txt", "mimeType": "text/plain"}}}
    assert ask(CLERK, "POST", f"/{claimed}/complete", {"variables": variables}).status_code == 204
    [decide] = ask(HEAD, "GET", "").json
    assert ask(HEAD, "GET", f"/{decide['id']}/variables/doc/data").data == b"abc"
    with Session(database_engine) as session:
        row = session.execute(select(RECORDS).where(RECORDS.c.operation == "Complete")).one()
    assert row.data == {"doc": None}


def test_a_task_keeps_no_files_of_its_own(ask: Ask, claimed: str) -> None:
    answer = ask(CLERK, "PUT", f"/{claimed}/localVariables/doc", {"value": "YQ==", "type": "File"})
    assert answer.status_code == 400
