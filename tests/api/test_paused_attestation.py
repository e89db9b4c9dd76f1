"""The clock of a real case: an attestation in industrial safety, stopped for the territorial department and the hearing.

It is applied for on Monday 16.03.2026 at 10:00. 21 to 25 March are days off (Nauryz and the days moved for it); people work
from 09:00 to 13:00 and from 14:30 to 18:30. Every moment below is counted by hand.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.timed_cases import history_of
from tests.api.walk import Walker
from tests.api.walk_answers import Choices, Point
from tests.api.walk_regulations import Regulations, deployed

SERVICE, TENANT = "industrial-safety-attestation", "industrial-safety-committee"
OFFICER, EXECUTOR, HEAD = (f"{role}.{TENANT}" for role in ("territorial_officer", "executor", "head"))
REQUESTED = {"reason": "Аумақтық департаменттің жауабы күтіледі", "clause": "9"}
HEARING = {"reason": "Тыңдау өткізіледі", "clause": "10"}


class NotComplying(Choices):
    """The first answer to everything, but that the applicant does not comply: the case comes to its hearing."""

    def choose(self, point: Point, options: int) -> int:
        return 1 if point[2] == "conclusion" else 0


class Case:
    """One case, worked at moments of the test's choice; local time."""

    def __init__(self, regulations: Regulations) -> None:
        self.walker: Walker = regulations.walker(SERVICE)
        self.walker.work *= 0
        self.key, self.choices = str(uuid4()), NotComplying([], {})
        self.id = self.walker.begin(_moment("2026-03-16 10:00"), self.key, self.choices)

    def at(self, moment: str) -> None:
        self.walker.now = _moment(moment)
        self.walker.place.stop_clock(self.walker.now)

    def until(self, element: str) -> None:
        self.walker.until(self.key, element, self.choices)

    def ask(self, person: str, what: str, body: Any) -> TestResponse:
        return self.walker.place.ask(person, "POST", f"/api/cases/{self.id}/{what}", body)

    def do(self, person: str, what: str, body: Any) -> Any:
        answer = self.ask(person, what, body)
        assert answer.status_code == 200, answer.text
        return answer.json

    def terms(self) -> Any:
        return self.walker.place.call("admin", "GET", f"/api/cases/{self.id}/deadlines")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+05:00")


def ends(found: Any, element: str) -> tuple[str, str]:
    """Of the whole, and of a step; its task is due then too."""
    step = next(one for one in found["steps"] if one["activityId"] == element)
    assert datetime.fromisoformat(step["due"].replace("+0000", "+00:00")) == datetime.fromisoformat(
        step["term"]["result"]
    )
    return found["whole"]["result"][:16], step["term"]["result"][:16]


@pytest.fixture(scope="module")
def regulations(module_app: Flask) -> Regulations:
    return deployed(module_app)


@pytest.fixture
def case(regulations: Regulations) -> Iterator[Case]:
    """With the territorial department since 10:00."""
    case = Case(regulations)
    case.until("give-conclusion")
    yield case
    case.at("2026-03-16 10:00")


def test_before_any_pause_the_case_has_ten_days_and_the_department_five(case: Case) -> None:
    # 17, 18, 19, 20 and 26 March are the first five working days; 27, 30, 31 March, 1 and 2 April the next.
    assert ends(case.terms(), "give-conclusion") == ("2026-04-02T18:30", "2026-03-26T18:30")


def test_pauses_over_holidays_and_a_weekend_move_every_term_that_runs(case: Case, module_app: Flask) -> None:
    # Friday 20.03 from 16:30: 2 hours; Thursday 26.03: 8; Friday 27.03 to 11:00: 2. In all 12 hours.
    case.at("2026-03-20 16:30")
    case.do(OFFICER, "pause", REQUESTED)
    case.at("2026-03-27 11:00")
    found = case.do(OFFICER, "resume", {"reason": "Жауап келді"})
    # The department: from 26.03 18:30 on, 8 hours of 27.03 and 4 of Monday 30.03. The case: 8 of 03.04 and 4 of 06.04.
    assert ends(found, "give-conclusion") == ("2026-04-06T13:00", "2026-03-30T13:00")

    case.until("hold-hearing")
    assert ends(case.terms(), "hold-hearing") == ("2026-04-06T13:00", "2026-04-06T13:00")

    # Thursday 02.04 from 17:00: an hour and a half; Friday 03.04: 8; Monday 06.04 to 10:00: 1. In all ten and a half.
    case.at("2026-04-02 17:00")
    case.do(EXECUTOR, "pause", HEARING)
    case.at("2026-04-06 10:00")
    found = case.do(EXECUTOR, "resume", {"reason": "Тыңдау өтті"})
    # From 06.04 13:00 on, 4 hours of that day; on 07.04 4 before lunch and 2 and a half after it.
    assert ends(found, "hold-hearing") == ("2026-04-07T17:00", "2026-04-07T17:00")
    _explained(found["whole"])
    _kept(module_app, case.id)


def _explained(whole: Any) -> None:
    assert [one["workingSeconds"] for one in whole["pauses"]] == [12 * 3600, 37_800]
    assert (whole["ruleResult"][:16], whole["calendarVersion"]) == ("2026-04-02T18:30", 1)
    told = {language: text.split("; ")[-3:] for language, text in whole["explanation"].items()}
    assert told["kk"] == [
        "мерзімнің өтуі тоқтатылды: жм 20.03.2026 16:30 – жм 27.03.2026 11:00 (Аумақтық департаменттің жауабы күтіледі) "
        "(негізі: 9), есептелмейді: жұмыс уақытының 720 минуты",
        "мерзімнің өтуі тоқтатылды: бс 02.04.2026 17:00 – дс 06.04.2026 10:00 (Тыңдау өткізіледі) (негізі: 10), "
        "есептелмейді: жұмыс уақытының 630 минуты",
        "мерзімі — сс 07.04.2026 сағат 17:00-ге дейін",
    ]
    assert told["ru"] == [
        "течение срока приостанавливалось: пт 20.03.2026 16:30 – пт 27.03.2026 11:00 "
        "(Аумақтық департаменттің жауабы күтіледі) (основание: 9), не считается: 720 минут рабочего времени",
        "течение срока приостанавливалось: чт 02.04.2026 17:00 – пн 06.04.2026 10:00 (Тыңдау өткізіледі) "
        "(основание: 10), не считается: 630 минут рабочего времени",
        "срок до вт 07.04.2026 17:00",
    ]
    assert told["en"] == [
        "the clock stood still: Fri 20 Mar 2026 16:30 – Fri 27 Mar 2026 11:00 "
        "(Аумақтық департаменттің жауабы күтіледі) (clause 9), not counted: 720 minutes of working time",
        "the clock stood still: Thu 2 Apr 2026 17:00 – Mon 6 Apr 2026 10:00 (Тыңдау өткізіледі) (clause 10), "
        "not counted: 630 minutes of working time",
        "due Tue 7 Apr 2026 17:00",
    ]


def _kept(app: Flask, case: str) -> None:
    """What history says of both pauses; UTC."""
    database = app.extensions["database"]
    assert [(user, data["clause"]) for user, data in history_of(database, case, "Pause")] == [
        (OFFICER, "9"),
        (EXECUTOR, "10"),
    ]
    resumed = history_of(database, case, "Resume")
    assert [user for user, _ in resumed] == [OFFICER, EXECUTOR]
    assert [data["term"] for _, data in resumed] == [
        ["2026-04-02T13:30:00.000Z", "2026-04-06T08:00:00.000Z"],
        ["2026-04-06T08:00:00.000Z", "2026-04-07T12:00:00.000Z"],
    ]
    assert [list(data["tasks"].values()) for _, data in resumed] == [
        [["2026-03-26T13:30:00.000Z", "2026-03-30T08:00:00.000Z"]],
        [["2026-04-06T08:00:00.000Z", "2026-04-07T12:00:00.000Z"]],
    ]


def test_the_department_stands_still_on_its_own_clause_alone(case: Case) -> None:
    answer = case.ask(OFFICER, "pause", HEARING)
    assert (answer.status_code, answer.json["details"]) == (400, {"clauses": ["9"]})


def test_the_act_knows_no_extension(case: Case) -> None:
    body = {"reason": "x", "clause": "9", "unit": "workingDays", "amount": 1}
    assert case.ask("admin", "extend", body).status_code == 403


def test_where_the_act_knows_no_pause_there_is_none(regulations: Regulations) -> None:
    case = Case(regulations)
    case.until("request-department")
    assert case.ask(EXECUTOR, "pause", REQUESTED).status_code == 403
    assert case.ask("admin", "pause", HEARING).status_code == 403


def test_who_has_no_step_of_the_case_does_not_stop_it(case: Case) -> None:
    assert case.ask(HEAD, "pause", REQUESTED).status_code == 403
    assert case.ask("territorial_officer.aktobe-gask", "pause", REQUESTED).status_code == 404
