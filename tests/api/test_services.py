import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.models import FILES, ONE_TASK, bpmn, line, user_task

Headers = Callable[[str], dict[str, str]]
ADMIN, CLERK, STRANGER = "admin", "clerk.aktobe-gask", "clerk.industrial-safety-committee"
DUE = 'camunda:dueDate="${workingDays(1)}"'
CLAUSE = (
    '<extensionElements><camunda:properties><camunda:property name="law.clause" value="5.1" />'
    "</camunda:properties></extensionElements>"
)


@pytest.fixture
def ask(client: FlaskClient, as_user: Headers) -> Callable[..., Any]:
    """The JSON of a GET below /api, for a clerk unless told otherwise."""

    def run(path: str, user: str = CLERK, status: int = 200) -> Any:
        answer = client.get(f"/api/{path}", headers=as_user(user))
        assert answer.status_code == status, answer.text
        return answer.json

    return run


def test_each_service_names_its_act_provider_and_steps(ask: Any) -> None:
    found = {service["key"]: service for service in ask("services")}
    licence = found["design-licence"]
    assert licence["titles"]["en"] == "Licence for design activity"
    assert (licence["act"]["id"], licence["act"]["number"], licence["act"]["date"]) == (
        "aktobe-6435",
        "436",
        "2019-10-18",
    )
    assert licence["act"]["repealedBy"] == {"number": "10", "date": "2020-01-17"}
    assert licence["channels"] == {"intake": ["portal"], "delivery": ["portal"]}
    assert [kind["key"] for kind in licence["requestKinds"]][:2] == ["issue", "spin-off"]
    assert [result["key"] for result in licence["results"]] == ["issued", "reissued", "refusal"]
    first = licence["steps"][0]
    assert (first["clause"], first["role"]["key"], first["limit"]) == ("5.1", "clerk", {"minutes": 15})
    assert first["role"]["names"]["en"] == "Office clerk"
    assert found["industrial-safety-attestation"]["totalLimit"]["working_days"] == 10


def test_every_service_and_step_is_named_in_three_languages(ask: Any) -> None:
    for service in ask("services"):
        assert all(service["titles"].values()), service["key"]
        assert all(service["provider"]["names"].values()) or service["anyProvider"], service["key"]
        assert all(all(step["titles"].values()) and all(step["role"]["names"].values()) for step in service["steps"])


def test_where_an_act_contradicts_itself_the_reading_is_told(ask: Any) -> None:
    service = ask("services/construction-expert-attestation")
    assert service["conflicts"][0].keys() == {"clause", "says", "against", "follow"}
    assert ask("services/design-licence")["conflicts"] == []


def test_a_service_that_no_act_describes_is_not_there(ask: Any) -> None:
    assert ask("services/nothing", CLERK, 404)["type"] == "InvalidRequestException"


def test_the_newest_deployed_model_of_the_provider_is_named(ask: Any, deploy: Any) -> None:
    assert ask("services/design-licence")["processDefinition"] is None
    model = bpmn("design-licence", line(user_task("work", "Work")))
    deploy({"design-licence.bpmn": model})
    deploy({"design-licence.bpmn": model.replace("Work", "Works")})
    definition = ask("services/design-licence")["processDefinition"]
    assert (definition["key"], definition["version"]) == ("design-licence", 2)
    assert re.fullmatch("[0-9a-f]{12}", definition["id"])
    assert ask("services/design-licence", STRANGER)["processDefinition"] is None


@pytest.fixture
def task_id(client: FlaskClient, as_user: Headers, deploy: Any, start: Any) -> Callable[..., str]:
    """The id of the task that a process of one task has opened, at a moment at which the clock is stopped."""

    def run(model: str, key: str, now: str | None = None, **files: Any) -> str:
        deploy({"model.bpmn": model, **files})
        if now is not None:
            client.put("/api/test/clock", json={"now": now}, headers=as_user(ADMIN))
        body = {"variables": {}}
        path = f"/engine-rest/process-definition/key/{key}/tenant-id/aktobe-gask/start"
        assert client.post(path, json=body, headers=as_user(ADMIN)).status_code == 200
        (task,) = client.get("/engine-rest/task", headers=as_user(ADMIN)).json
        return str(task["id"])

    return run


def test_a_deadline_is_explained_with_rule_clause_and_days(ask: Any, task_id: Any) -> None:
    model = bpmn("dated", line(user_task("work", "Work", attributes=DUE, children=CLAUSE)))
    found = ask(f"tasks/{task_id(model, 'dated', '2026-03-20T16:50:00+05:00')}/deadline")
    assert found["due"] == "2026-03-26T13:30:00.000+0000"
    assert (found["rule"], found["amount"], found["clause"]) == ("workingDays", 1, "5.1")
    assert found["base"] == "2026-03-20T16:50:00+05:00"
    assert [run["from"] for run in found["counted"]] == ["2026-03-26"]
    assert sum(run["days"] for run in found["skipped"]) == 5
    assert (found["shifted"], found["calendarVersion"], found["zone"]) == ([], 1, "Asia/Almaty")
    assert found["yearsWithoutHolidays"] == []
    assert all("5.1" in found["explanation"][language] for language in ("kk", "ru", "en"))
    assert all(found["lines"][language] for language in ("kk", "ru", "en"))


def test_a_date_that_no_rule_has_made_has_no_explanation(ask: Any, task_id: Any) -> None:
    dated = bpmn("fixed", line(user_task("work", "Work", attributes='camunda:dueDate="2030-01-01T10:00:00+05:00"')))
    found = ask(f"tasks/{task_id(dated, 'fixed')}/deadline")
    assert found["due"] == "2030-01-01T05:00:00.000+0000"
    assert (found["rule"], found["counted"], found["explanation"], found["lines"]) == (None, None, None, None)


def test_a_task_without_a_due_date_has_none(ask: Any, task_id: Any) -> None:
    found = ask(f"tasks/{task_id(ONE_TASK, 'oneTask')}/deadline")
    assert (found["due"], found["explanation"]) == (None, None)


def test_deadlines_of_tasks_of_others_are_not_there(ask: Any, task_id: Any) -> None:
    found = task_id(ONE_TASK, "oneTask")
    assert ask(f"tasks/{found}/deadline", STRANGER, 404)
    assert ask(f"tasks/{found}/deadline", "head.aktobe-gask", 404)
    assert ask("tasks/nothing/deadline", CLERK, 404)


def test_the_deadline_of_a_completed_task_is_still_explained(
    client: FlaskClient, as_user: Headers, ask: Any, deploy: Any, start: Any
) -> None:
    deploy(FILES)
    start("twoSteps")
    done = client.get("/engine-rest/task", headers=as_user(ADMIN)).json[0]["id"]
    assert client.post(f"/engine-rest/task/{done}/complete", json={}, headers=as_user(ADMIN)).status_code == 204
    assert ask(f"tasks/{done}/deadline", ADMIN)["rule"] == "workingDays"
