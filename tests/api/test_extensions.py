"""A term is extended by a step of the model, or over HTTP, and the model is told so that a notice is drawn up."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.models import bpmn, line, user_task
from tests.api.timed_cases import IN_AND_OUT, REGISTER, Cases, Headers, due, off, properties, step

OFFICER = "clerk.aktobe-gask"
ALLOWED = properties(clause="16", extend="workingDays:10", extendClause="16")
CONSIDER = user_task("consider", "Consider", "clerk", 'camunda:dueDate="${workingDays(5, submittedAt)}"', ALLOWED)
NOTICE = (
    '<boundaryEvent id="extended" attachedToRef="consider" cancelActivity="false"><outgoing>to_notify</outgoing>'
    '<messageEventDefinition messageRef="told"/></boundaryEvent>'
    '<userTask id="notify" name="Notify" camunda:candidateGroups="clerk" '
    'camunda:dueDate="${workingDays(3, extendedAt)}">'
    + properties(clause="16")
    + "<incoming>to_notify</incoming><outgoing>to_told</outgoing></userTask>"
    '<endEvent id="notified"><incoming>to_told</incoming></endEvent>'
    '<sequenceFlow id="to_notify" sourceRef="extended" targetRef="notify"/>'
    '<sequenceFlow id="to_told" sourceRef="notify" targetRef="notified"/>'
)
MESSAGE = '<message id="told" name="termExtended"/><process '


def told(key: str, content: str) -> str:
    return bpmn(key, content).replace("<process ", MESSAGE, 1)


COMPLAINT = told("complaint", line(REGISTER, CONSIDER) + NOTICE)
TWO_READERS = told(
    "two",
    line(REGISTER, CONSIDER)
    + NOTICE
    + NOTICE.replace('"extended"', '"again"').replace("notif", "renotif").replace("to_", "again_to_"),
)
RECORD = "serviceTask|record|camunda:delegateExpression=&quot;${extendTerm}&quot;|".replace("&quot;", '"')
AGAIN = user_task("again", "Again", "clerk", 'camunda:dueDate="${workingDays(5, submittedAt)}"')
ASK = user_task("ask", "Ask", "clerk", 'camunda:dueDate="${workingDays(5, submittedAt)}"')
NOTIFY = user_task("notify", "Notify", "clerk", 'camunda:dueDate="${workingDays(3, extendedAt)}"')
STEPS = line(REGISTER, ASK, RECORD + ALLOWED, AGAIN, "serviceTask|more|" + RECORD.split("|")[2] + "|" + ALLOWED, NOTIFY)
EXTENDING = bpmn("extending", STEPS)
TIMED = bpmn("timed", properties(total="workingDays(5, submittedAt)", totalClause="15") + STEPS)
NO_CLAUSE = bpmn("silent", line(REGISTER, ASK, RECORD))
INNER = bpmn("inner", line(ASK, RECORD, AGAIN))
OUTER = bpmn("outer", ALLOWED + line(REGISTER, f'callActivity|call|calledElement="inner"|{IN_AND_OUT}'))
TOLD_INSIDE = told("toldInside", line(CONSIDER) + NOTICE)
CALLING = bpmn("calling", line(REGISTER, f'callActivity|call|calledElement="toldInside"|{IN_AND_OUT}'))
FILES = {
    f"{number}.bpmn": content
    for number, content in enumerate(
        (COMPLAINT, TWO_READERS, EXTENDING, TIMED, NO_CLAUSE, INNER, OUTER, TOLD_INSIDE, CALLING)
    )
}
ASKED = {"reason": "Жергілікті жерге шығу", "clause": "16", "unit": "workingDays", "amount": 4}
GIVEN = {"extensionReason": "Жергілікті жерге шығу", "extensionDays": 4}


@pytest.fixture
def cases(client: FlaskClient, as_user: Headers, deploy: Callable[..., Any]) -> Cases:
    deploy(FILES)
    return Cases(client, as_user)


def begun(cases: Cases, key: str) -> str:
    """On Monday 13.04.2026 at 10:00; 5 working days end on Monday 20.04."""
    cases.at("2026-04-13 10:00")
    case = cases.start(key)
    cases.at("2026-04-15 10:00")
    return case


def test_the_people_of_the_step_that_allows_it_extend_it(cases: Cases) -> None:
    case = begun(cases, "complaint")
    found = cases.do(case, "extend", ASKED, user=OFFICER)
    assert due(step(found, "consider")["term"]) == "2026-04-24 18:30"
    assert found["allowed"]["extensions"] == [{"clause": "16", "unit": "workingDays", "amount": 10, "left": 6}]


def test_an_extension_has_the_notice_drawn_up_in_its_own_term(cases: Cases, history: Callable[..., list[Any]]) -> None:
    case = begun(cases, "complaint")
    found = cases.do(case, "extend", ASKED, user=OFFICER)
    notice = step(found, "notify")
    assert (notice["state"], due(notice["term"]), notice["term"]["extensions"]) == ("open", "2026-04-20 18:30", [])
    assert notice["term"]["base"] == "2026-04-15T10:00:00+05:00"
    assert step(found, "consider")["state"] == "open"
    [(user, data)] = history(case, "Correlate")
    assert (user, data["extensionReason"], data["extensionDays"]) == (OFFICER, ASKED["reason"], 4)
    assert data["extendedAt"] == "2026-04-15T05:00:00.000Z"


def test_a_second_extension_has_a_second_notice_drawn_up(cases: Cases) -> None:
    case = begun(cases, "complaint")
    cases.do(case, "extend", ASKED, user=OFFICER)
    cases.at("2026-04-16 10:00")
    found = cases.do(case, "extend", {**ASKED, "amount": 6}, user=OFFICER)
    assert [one["state"] for one in found["steps"] if one["activityId"] == "notify"] == ["open", "open"]
    assert due(step(found, "consider")["term"]) == "2026-05-05 18:30"
    assert cases.do(case, "extend", {**ASKED, "amount": 1}, 409, OFFICER)["details"] == {"left": 0}


def test_a_later_extension_leaves_the_notice_of_the_first_in_its_term(cases: Cases) -> None:
    case = begun(cases, "complaint")
    cases.do(case, "extend", ASKED, user=OFFICER)
    cases.at("2026-04-16 10:00")
    found = cases.do(case, "extend", ASKED, user=OFFICER)
    assert step(found, "notify")["due"] == "2026-04-20T13:30:00.000+0000"
    cases.change_calendar(days=[off("2026-04-17")])
    found = cases.terms(case)
    assert due(step(found, "notify")["term"]) == "2026-04-21 18:30"
    assert step(found, "notify")["due"] == "2026-04-21T13:30:00.000+0000"
    assert due(step(found, "consider")["term"]) == "2026-05-04 18:30"


def test_every_place_of_the_case_that_waits_for_it_is_told(cases: Cases) -> None:
    found = cases.do(begun(cases, "two"), "extend", ASKED, user=OFFICER)
    assert {one["activityId"] for one in found["steps"]} == {"consider", "notify", "renotify"}


def test_a_called_process_is_told(cases: Cases) -> None:
    found = cases.do(begun(cases, "calling"), "extend", ASKED, user=OFFICER)
    assert [one["activityId"] for one in found["steps"]] == ["consider", "notify"]


def test_no_other_case_is_told(cases: Cases) -> None:
    other, case = begun(cases, "complaint"), begun(cases, "complaint")
    cases.do(case, "extend", ASKED, user=OFFICER)
    assert [one["activityId"] for one in cases.terms(other)["steps"]] == ["consider"]


def test_a_step_of_the_model_extends_what_runs_and_what_opens_after_it(
    cases: Cases, history: Callable[..., list[Any]]
) -> None:
    case = begun(cases, "extending")
    cases.complete(case, **GIVEN)
    again = step(cases.terms(case), "again")
    assert due(again["term"]) == "2026-04-24 18:30"
    assert again["due"] == "2026-04-24T13:30:00.000+0000"
    assert "срок продлён, ср 15.04.2026 10:00: 4 рабочих дня" in again["term"]["explanation"]["ru"]
    [(user, data)] = history(case, "Extend")
    assert (user, data["reason"], data["clause"], data["unit"], data["amount"]) == (
        "admin", GIVEN["extensionReason"], "16", "workingDays", 4,
    )  # fmt: skip


def test_a_step_moves_the_term_of_the_whole(cases: Cases, history: Callable[..., list[Any]]) -> None:
    case = begun(cases, "timed")
    cases.complete(case, **GIVEN)
    assert due(cases.terms(case)["whole"]) == "2026-04-24 18:30"
    [(_, data)] = history(case, "Extend")
    assert data["term"] == ["2026-04-20T13:30:00.000Z", "2026-04-24T13:30:00.000Z"]


def test_steps_and_requests_count_together_up_to_the_limit(cases: Cases, history: Callable[..., list[Any]]) -> None:
    case = begun(cases, "extending")
    cases.complete(case, extensionReason="x", extensionDays=7)
    refused = cases.complete(case, 400, extensionDays=4)
    assert refused["details"] == {"left": 3}
    assert "clause 16 allows 10 working days in all" in refused["message"]
    assert step(cases.terms(case), "again")["state"] == "open"
    assert len(history(case, "Extend")) == 1
    cases.complete(case, extensionDays=3)
    notice = step(cases.terms(case), "notify")
    assert (due(notice["term"]), notice["term"]["extensions"]) == ("2026-04-20 18:30", [])


@pytest.mark.parametrize(
    "given",
    [
        {"extensionReason": "x", "extensionDays": 11},
        {"extensionReason": "x", "extensionDays": 0},
        {"extensionReason": "x", "extensionDays": 1.5},
        {"extensionReason": "x", "extensionDays": "4"},
        {"extensionReason": "x", "extensionDays": True},
        {"extensionReason": "x"},
        {"extensionReason": " ", "extensionDays": 4},
        {"extensionDays": 4},
    ],
)
def test_a_step_that_may_not_extend_so_is_not_completed_and_nothing_is_written(
    cases: Cases, history: Callable[..., list[Any]], given: Any
) -> None:
    case = begun(cases, "extending")
    cases.complete(case, 400, **given)
    found = cases.terms(case)
    assert [(one["activityId"], one["state"]) for one in found["steps"]] == [("ask", "open")]
    assert (history(case, "Extend"), step(found, "ask")["term"]["extensions"]) == ([], [])


def test_a_step_does_not_extend_a_case_whose_term_is_over(cases: Cases) -> None:
    case = begun(cases, "timed")
    cases.at("2026-04-21 10:00")
    assert "no term of case" in cases.complete(case, 400, **GIVEN)["message"]


def test_a_step_without_an_allowance_says_so(cases: Cases) -> None:
    refused = cases.complete(begun(cases, "silent"), 400, **GIVEN)
    assert "law.extend" in refused["message"]


def test_a_called_process_extends_by_what_its_case_allows(cases: Cases) -> None:
    case = begun(cases, "outer")
    cases.complete(case, **GIVEN)
    assert due(step(cases.terms(case), "again")["term"]) == "2026-04-24 18:30"


def test_a_request_is_refused_in_the_language_of_who_asks(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    case = begun(cases, "complaint")
    headers = as_user(OFFICER) | {"Accept-Language": "ru"}
    answer = client.post(f"/api/cases/{case}/extend", json={**ASKED, "amount": 11}, headers=headers)
    said = "По этому основанию (16) срок продлевается на целое число от 1 до 10."
    assert (answer.status_code, answer.json["message"]) == (400, said)
