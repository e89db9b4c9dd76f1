"""A complaint about a service: what its extension moves, and what is left to do when nothing can be extended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.walk import Place, Walker
from tests.api.walk_answers import Choices
from tests.api.walk_regulations import AT_NOON, COMPLAINED_OF, deployed

TENANT = "aktobe-gask"
OFFICER = f"complaint_officer.{TENANT}"
FORWARDED = [0, 0, 0, 1]
"""Of the choices of a case: to the provider, who does not meet the demands."""
LONGER = {"unit": "workingDays", "clause": "16", "reason": "Жергілікті жерге шығу"}
EXTENDED = {"extensionDecision": "extend", "extensionGround": "further-study", "extensionReason": LONGER["reason"]}


@pytest.fixture(scope="module")
def walker(module_app: Flask) -> Walker:
    regulations = deployed(module_app)
    number = regulations.first(COMPLAINED_OF, AT_NOON).variables["applicationNumber"]
    return Walker(regulations.place, "service-complaint", TENANT, "applicant", {"complaintCaseNumber": [number]})


@pytest.fixture
def case(walker: Walker) -> str:
    """A complaint registered on Thursday 19 March 2026, before Nauryz, that its officer considers since then."""
    key, choices = str(uuid4()), Choices(FORWARDED, {})
    walker.begin(AT_NOON, key, choices)
    return str(walker.until(key, "consider", choices)["processInstanceId"])


def stand(place: Place, moment: str) -> None:
    place.stop_clock(datetime.fromisoformat(f"{moment}+05:00"))


def tasks(place: Place, case: str) -> dict[str, Mapping[str, Any]]:
    found = place.call(OFFICER, "GET", f"/engine-rest/task?processInstanceId={case}")
    return {task["taskDefinitionKey"]: task for task in found}


def submit(place: Place, case: str, element: str, **answers: object) -> TestResponse:
    path = f"/engine-rest/task/{tasks(place, case)[element]['id']}"
    place.ask(OFFICER, "POST", f"{path}/claim", {"userId": OFFICER})
    body = {"variables": {name: {"value": value} for name, value in answers.items()}}
    return place.ask(OFFICER, "POST", f"{path}/submit-form", body)


def terms(place: Place, case: str) -> dict[str, str]:
    """When the whole and each open step has to be done."""
    found = place.call(OFFICER, "GET", f"/api/cases/{case}/deadlines")
    steps = {step["activityId"]: step["term"]["result"] for step in found["steps"] if step["state"] == "open"}
    return {"whole": found["whole"]["result"], **steps}


def test_the_officer_extends_the_term_while_considering_and_has_three_days_to_tell(walker: Walker, case: str) -> None:
    place = walker.place
    assert terms(place, case) == dict.fromkeys(("whole", "consider"), "2026-03-31T18:30:00+05:00")
    stand(place, "2026-03-27T10:00")
    place.call(OFFICER, "POST", f"/api/cases/{case}/extend", {"amount": 4, **LONGER})
    later = dict.fromkeys(("whole", "consider"), "2026-04-06T18:30:00+05:00")
    assert terms(place, case) == {**later, "notify-extension": "2026-04-01T18:30:00+05:00"}
    notice = tasks(place, case)["notify-extension"]["id"]
    shown = place.call(OFFICER, "GET", f"/engine-rest/task/{notice}/form-variables")
    assert (shown["extensionDays"]["value"], shown["extensionReason"]["value"]) == (4, LONGER["reason"])
    assert submit(place, case, "consider", reviewOutcome="extend").status_code < 400
    assert terms(place, case)["consider-extended"] == later["whole"]


def test_the_step_that_extends_moves_the_rest_of_the_consideration(walker: Walker, case: str) -> None:
    place = walker.place
    stand(place, "2026-03-30T10:00")
    assert submit(place, case, "consider", reviewOutcome="extend").status_code < 400
    assert submit(place, case, "extend-term", **EXTENDED, extensionDays=10).status_code < 400
    later = dict.fromkeys(("whole", "consider-extended"), "2026-04-14T18:30:00+05:00")
    assert terms(place, case) == {**later, "notify-extension": "2026-04-02T18:30:00+05:00"}


def test_a_term_that_is_over_is_not_extended_and_the_complaint_is_considered_all_the_same(
    walker: Walker, case: str
) -> None:
    place = walker.place
    assert submit(place, case, "consider", reviewOutcome="extend").status_code < 400
    stand(place, "2026-04-01T10:00")
    assert submit(place, case, "extend-term", **EXTENDED, extensionDays=1).status_code == 400
    assert submit(place, case, "extend-term", extensionDecision="keep").status_code < 400
    assert terms(place, case) == dict.fromkeys(("whole", "consider"), "2026-03-31T18:30:00+05:00")


def test_an_answer_says_why_and_an_extension_for_how_long(walker: Walker, case: str) -> None:
    place = walker.place
    assert submit(place, case, "consider", reviewOutcome="rejected").status_code == 400
    assert submit(place, case, "consider", reviewOutcome="extend").status_code < 400
    for days in (None, 0, 11, 1.5):
        given = {} if days is None else {"extensionDays": days}
        assert submit(place, case, "extend-term", **EXTENDED, **given).status_code == 400, days
