"""Commissions of order no. 192: who votes, who counts as absent, what a tie is; the day of an attestation and its notice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.api.walk import timers_of
from tests.api.walk_answers import Choices
from tests.api.walk_regulations import AT_NOON, Regulations, deployed
from tests.jobs.due import run_due

COMMITTEE = "energy-supervision-committee"
MEMBER, SECOND = f"commission.{COMMITTEE}", f"commission-2.{COMMITTEE}"
HEAD, UNIT_HEAD, SECRETARY = (f"{role}.{COMMITTEE}" for role in ("head", "unit_head", "commission_secretary"))
ORDER = {
    "orderNumber": "7",
    "attestationList": "Нұрлан Жүніс",
    "resolutionText": "Орындауға",
    "commissionMembers": [MEMBER],
}
MINUTES = {"minutesNumber": "7", "minutesText": "Отырыс өтті."}
NOTICE = {"noticeText": "Аттестаттау күні белгіленді.", "noticeSent": True}


@pytest.fixture(scope="module")
def regulations(module_app: Flask) -> Regulations:
    return deployed(module_app)


@pytest.fixture
def key() -> str:
    """A business key of the test's own."""
    return str(uuid4())


def open_tasks(regulations: Regulations, key: str) -> dict[str, dict[str, Any]]:
    """By assignee, or by element where nobody has it."""
    found = regulations.place.call("admin", "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")
    return {task["assignee"] or task["taskDefinitionKey"]: task for task in found}


def submit(regulations: Regulations, person: str, task: Mapping[str, Any], answers: Mapping[str, Any]) -> TestResponse:
    path = f"/engine-rest/task/{task['id']}"
    if task["assignee"] is None:
        regulations.place.ask(person, "POST", f"{path}/claim", {"userId": person})
    body = {"variables": {name: {"value": value} for name, value in answers.items()}}
    return regulations.place.ask(person, "POST", f"{path}/submit-form", body)


def do(regulations: Regulations, person: str, key: str, element: str, answers: Mapping[str, Any]) -> None:
    task = regulations.place.call("admin", "GET", f"/engine-rest/task?processInstanceBusinessKey={key}")[0]
    assert task["taskDefinitionKey"] == element
    answer = submit(regulations, person, task, answers)
    assert answer.status_code < 400, answer.text


def at_meeting(regulations: Regulations, key: str) -> dict[str, dict[str, Any]]:
    """The vote of each member, by member, on an application for accreditation."""
    walker, choices = regulations.walker("energy-saving-accreditation"), Choices.first()
    walker.begin(AT_NOON, key, choices)
    walker.until(key, "hand-materials", choices)
    do(regulations, SECRETARY, key, "hand-materials", {"materialsHandedOver": True})
    votes = open_tasks(regulations, key)
    assert votes.keys() == {MEMBER, SECOND}
    return votes


def after_minutes(regulations: Regulations, key: str) -> list[str]:
    do(regulations, SECRETARY, key, "write-minutes", MINUTES)
    return [task["taskDefinitionKey"] for task in open_tasks(regulations, key).values()]


def value(regulations: Regulations, task: Mapping[str, Any], name: str) -> Any:
    return regulations.place.call("admin", "GET", f"/engine-rest/task/{task['id']}/variables")[name]["value"]


@pytest.mark.parametrize(
    ("first", "second", "then"),
    [("for", "for", "prepare-certificate"), ("for", "against", "prepare-refusal"), ("for", "absent", "hand-materials")],
    ids=["all for", "a tie is a refusal", "exactly half is no quorum"],
)
def test_the_majority_of_those_who_vote_decides_if_more_than_half_do(
    regulations: Regulations, key: str, first: str, second: str, then: str
) -> None:
    votes = at_meeting(regulations, key)
    for member, vote in ((MEMBER, first), (SECOND, second)):
        assert submit(regulations, member, votes[member], {"vote": vote}).status_code < 400
    assert after_minutes(regulations, key) == [then]


def test_who_is_silent_until_the_term_of_the_commission_is_over_was_absent_and_votes_no_more(
    regulations: Regulations, key: str
) -> None:
    votes = at_meeting(regulations, key)
    assert submit(regulations, MEMBER, votes[MEMBER], {"vote": "for"}).status_code < 400
    with Session(regulations.place.app.extensions["database"]) as session, session.begin():
        timer = session.execute(timers_of(key)).one()
        assert run_due(session, timer.instance_id, timer.due_at) == 1
    late = submit(regulations, SECOND, votes[SECOND], {"vote": "for"})
    assert late.status_code >= 400
    (minutes,) = open_tasks(regulations, key).values()
    assert [value(regulations, minutes, name) for name in ("votesFor", "votesAgainst", "votesAbsent")] == [1, 0, 1]
    assert after_minutes(regulations, key) == ["hand-materials"]


def test_a_member_does_not_vote_for_another(regulations: Regulations, key: str) -> None:
    votes = at_meeting(regulations, key)
    for person in (SECOND, SECRETARY):
        assert submit(regulations, person, votes[MEMBER], {"vote": "for"}).status_code in (403, 404)


def ordered(regulations: Regulations, key: str, **changed: Any) -> TestResponse:
    """The order for an attestation begun at noon of Thursday 19.03.2026."""
    regulations.walker("energy-staff-attestation").begin(AT_NOON, key, Choices.first())
    (task,) = open_tasks(regulations, key).values()
    return submit(regulations, HEAD, task, ORDER | {"attestationDay": "2026-04-23"} | changed)


def test_a_stranger_is_not_named_to_the_commission(regulations: Regulations, key: str) -> None:
    answer = ordered(regulations, key, commissionMembers=[MEMBER, f"clerk.{COMMITTEE}"])
    assert answer.status_code == 400
    (fault,) = answer.json["details"]["fields"]
    assert fault["field"] == "commissionMembers"
    assert fault["message"].keys() == {"kk", "ru", "en"}


@pytest.mark.parametrize(
    ("day", "check"),
    [("2026-04-25", "day-off"), ("2026-04-07", "too-near"), ("2026-03-18", "too-near"), ("2026-04-08", "fits")],
    ids=["a Saturday", "nineteen days on", "past", "twenty days on"],
)
def test_an_attestation_is_held_on_a_working_day_that_leaves_twenty_days_for_the_notice(
    regulations: Regulations, key: str, day: str, check: str
) -> None:
    assert ordered(regulations, key, attestationDay=day).status_code < 400
    (task,) = open_tasks(regulations, key).values()
    assert value(regulations, task, "attestationDayCheck") == check
    assert task["taskDefinitionKey"] == ("give-notice" if check == "fits" else "issue-order")


def test_after_a_late_notice_another_day_is_named_and_notified(regulations: Regulations, key: str) -> None:
    assert ordered(regulations, key).status_code < 400
    regulations.place.stop_clock(datetime.fromisoformat("2026-04-06T10:00:00+05:00"))
    do(regulations, UNIT_HEAD, key, "give-notice", NOTICE)
    (task,) = open_tasks(regulations, key).values()
    assert value(regulations, task, "attestationDayCheck") == "late-notice"
    do(regulations, HEAD, key, "issue-order", ORDER | {"attestationDay": "2026-05-21"})
    regulations.place.stop_clock(datetime.fromisoformat("2026-04-06T10:00:00+05:00") + timedelta(minutes=5))
    do(regulations, UNIT_HEAD, key, "give-notice", NOTICE)
    (task,) = open_tasks(regulations, key).values()
    assert task["taskDefinitionKey"] not in ("issue-order", "give-notice")
