"""Single cases of the services: who may sign a request, what the forms ask for, when a test may be held."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.walk_answers import Choices
from tests.api.walk_regulations import AT_NOON, Regulations, deployed

TENANT = "aktobe-gask"
APPLICANT = f"applicant.{TENANT}"
LICENCE, ATTESTATION = "design-licence", "construction-expert-attestation"
SIGNED = {"portalAuthorisation": "confirmed", "certificateCheck": "valid", "applicantSignature": True}
PLACE = {"testPlace": "Ақтөбе қ., 3-кабинет"}


@pytest.fixture(scope="module")
def regulations(module_app: Flask) -> Regulations:
    return deployed(module_app)


@pytest.fixture
def key() -> str:
    """A business key of the test's own."""
    return str(uuid4())


def opened(regulations: Regulations, service: str, key: str, element: str) -> str:
    """The path of the first open task of an element in a new case, claimed by who may do it unless it is somebody's."""
    walker, choices = regulations.walker(service), Choices.first()
    walker.begin(AT_NOON, key, choices)
    return taken(regulations, walker.until(key, element, choices))


def taken(regulations: Regulations, task: Mapping[str, Any]) -> str:
    path = f"/engine-rest/task/{task['id']}"
    if task["assignee"] is None:
        person = f"{regulations.place.role_and_form(task)[0]}.{TENANT}"
        regulations.place.call(person, "POST", f"{path}/claim", {"userId": person})
    return path


def tasks(regulations: Regulations, person: str, key: str) -> list[str]:
    found = regulations.place.call(person, "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
    return [task["taskDefinitionKey"] for task in found]


def submit(regulations: Regulations, person: str, path: str, answers: Mapping[str, Any]) -> TestResponse:
    body = {"variables": {name: {"value": value} for name, value in answers.items()}}
    return regulations.place.ask(person, "POST", f"{path}/submit-form", body)


def refused(answer: TestResponse) -> list[tuple[str, str]]:
    """The fields that were wrong and why; of an answer that is no refusal, none."""
    if answer.status_code < 400:
        return []
    return [(one["field"], one["code"]) for one in answer.json["details"]["fields"]]


def whole(regulations: Regulations, case: str) -> str:
    """When the term of a case ends."""
    return str(regulations.place.call("admin", "GET", f"/api/cases/{case}/deadlines")["whole"]["result"])


def test_only_who_applied_sees_and_signs_the_request(regulations: Regulations, key: str) -> None:
    place, path = regulations.place, opened(regulations, LICENCE, key, "make-request")
    assert place.call(APPLICANT, "GET", path)["assignee"] == APPLICANT
    for other in (f"applicant-2.{TENANT}", f"clerk.{TENANT}"):
        assert tasks(regulations, other, key) == []
        assert place.ask(other, "GET", path).status_code == 404
        assert place.ask(other, "GET", f"{path}/deployed-form").status_code == 404
        assert place.ask(other, "POST", f"{path}/claim", {"userId": other}).status_code == 404
        assert submit(regulations, other, path, SIGNED).status_code == 404
    assert refused(submit(regulations, APPLICANT, path, SIGNED)) == []
    assert tasks(regulations, f"clerk.{TENANT}", key) == ["accept-documents"]


def test_an_application_of_which_nobody_knows_who_made_it_is_not_begun(regulations: Regulations, key: str) -> None:
    path = "/engine-rest/process-definition/key/portal-application/start"
    answer = regulations.place.ask("admin", "POST", path, {"businessKey": key})
    assert answer.status_code == 400
    assert answer.json["details"]["activityId"] == "make-request"
    assert answer.json["details"]["expression"] == "${applicant}"
    assert regulations.place.call("admin", "GET", f"/engine-rest/process-instance?businessKey={key}") == []


@pytest.mark.parametrize(
    "checks",
    [
        {"portalAuthorisation": "refused", "certificateCheck": "valid"},
        {"portalAuthorisation": "confirmed", "certificateCheck": "expired"},
        {"portalAuthorisation": "confirmed", "certificateCheck": "revoked"},
        {"portalAuthorisation": "confirmed", "certificateCheck": "other-holder"},
    ],
)
def test_a_request_that_the_portal_refuses_is_not_signed(
    regulations: Regulations, key: str, checks: dict[str, str]
) -> None:
    path = opened(regulations, LICENCE, key, "make-request")
    assert refused(submit(regulations, APPLICANT, path, checks)) == []
    query = f"processInstanceBusinessKey={key}&rootProcessInstances=true"
    (case,) = regulations.place.call("admin", "GET", f"/engine-rest/history/process-instance?{query}")
    assert case["state"] == "COMPLETED"


def test_a_request_that_the_portal_takes_has_to_be_signed(regulations: Regulations, key: str) -> None:
    path = opened(regulations, LICENCE, key, "make-request")
    unsigned = {name: value for name, value in SIGNED.items() if name != "applicantSignature"}
    assert refused(submit(regulations, APPLICANT, path, unsigned)) == [("applicantSignature", "required")]


@pytest.mark.parametrize("kind", ["spin-off", "division", "category", "details-changed"])
def test_who_asks_for_a_licence_anew_names_the_one_in_force(regulations: Regulations, key: str, kind: str) -> None:
    path = f"/engine-rest/process-definition/key/{LICENCE}/tenant-id/{TENANT}"
    asked = {
        "applicantName": "«Ақтөбе Жоба» ЖШС",
        "applicantIdNumber": "150340054326",
        "applicantAddress": "Ақтөбе қ.",
        "attachedDocuments": "Өтініш, құжаттардың көшірмелері",
    }
    assert refused(submit(regulations, APPLICANT, path, {**asked, "requestKind": "issue"})) == []
    anew = {**asked, "requestKind": kind}
    assert refused(submit(regulations, APPLICANT, path, anew)) == [("currentLicenceNumber", "required")]
    assert refused(submit(regulations, APPLICANT, path, {**anew, "currentLicenceNumber": "12-ГСЛ"})) == []


def test_documents_that_are_called_incomplete_are_named(regulations: Regulations, key: str) -> None:
    path = opened(regulations, LICENCE, key, "check-completeness")
    answer = submit(regulations, f"executor.{TENANT}", path, {"completeness": "incomplete"})
    assert refused(answer) == [("missingDocuments", "required")]
    named = {"completeness": "incomplete", "missingDocuments": "Диплом"}
    assert refused(submit(regulations, f"executor.{TENANT}", path, named)) == []
    assert tasks(regulations, f"executor.{TENANT}", key) == ["prepare-incompleteness-refusal"]


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        pytest.param("2026-03-19T10:00", "passed", id="earlier on the same day"),
        pytest.param("2026-03-26T10:00", "before-notice", id="while the notice may still be given"),
        pytest.param("2026-03-28T10:00", "day-off", id="a Saturday"),
        pytest.param("2026-05-01T10:00", "day-off", id="a holiday"),
        pytest.param("2026-03-27T20:00", "day-off", id="after hours"),
    ],
)
def test_a_test_is_not_set_for_a_day_on_which_it_cannot_be_held(
    regulations: Regulations, key: str, asked: str, fault: str
) -> None:
    """Set on Thursday 19 March 2026: the first working days after it are the 20th, the 26th and the 27th."""
    executor = f"executor.{TENANT}"
    path = opened(regulations, ATTESTATION, key, "set-test-date")
    yesterday = {**PLACE, "testAt": "2026-03-18T10:00"}
    assert refused(submit(regulations, executor, path, yesterday)) == [("testAt", "past")]
    assert refused(submit(regulations, executor, path, {**PLACE, "testAt": asked})) == []
    (again,) = regulations.place.call(executor, "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
    variables = regulations.place.call(executor, "GET", f"/engine-rest/task/{again['id']}/form-variables")
    assert (again["taskDefinitionKey"], variables["testDateFault"]["value"]) == ("set-test-date", fault)
    path = taken(regulations, again)
    assert refused(submit(regulations, executor, path, {**PLACE, "testAt": "2026-03-27T10:00"})) == []
    assert tasks(regulations, f"head.{TENANT}", key) == ["sign-schedule-or-refusal"]


def test_the_test_opens_at_the_hour_of_its_schedule(regulations: Regulations) -> None:
    walk = regulations.first(ATTESTATION, AT_NOON)
    (held,) = [step for step in walk.steps if step.element == "hold-test"]
    assert held.opened == datetime.fromisoformat(walk.variables["testAt"]).replace(tzinfo=ZoneInfo("Asia/Almaty"))


def test_an_attestation_has_the_sum_of_its_terms_until_its_test_has_a_day(regulations: Regulations, key: str) -> None:
    executor = f"executor.{TENANT}"
    path = opened(regulations, ATTESTATION, key, "draw-up-schedule-or-refusal")
    case = regulations.place.call(executor, "GET", path)["processInstanceId"]
    assert whole(regulations, case) == "2026-05-06T18:30:00+05:00"
    admitted = {"admission": "admitted", "decisionReasons": "Құжаттар сәйкес"}
    assert refused(submit(regulations, executor, path, admitted)) == []
    (task,) = regulations.place.call(executor, "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
    assert (
        refused(submit(regulations, executor, taken(regulations, task), {**PLACE, "testAt": "2026-03-27T10:00"})) == []
    )
    assert whole(regulations, case) == "2026-03-31T18:30:00+05:00"


def test_an_attestation_without_a_test_is_over_when_the_refusal_has_to_be_given(
    regulations: Regulations, key: str
) -> None:
    executor = f"executor.{TENANT}"
    path = opened(regulations, ATTESTATION, key, "draw-up-schedule-or-refusal")
    case = regulations.place.call(executor, "GET", path)["processInstanceId"]
    refusal = {"admission": "refused", "decisionReasons": "Құжаттар сәйкес емес"}
    assert refused(submit(regulations, executor, path, refusal)) == []
    assert whole(regulations, case) == "2026-05-04T18:30:00+05:00"
