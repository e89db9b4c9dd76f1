"""Each modelled regulation, walked through the API on every branch by a program that knows nothing but the forms.

What it sees is held against the act: clause, role, due date, result.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from flask.testing import FlaskClient

from app.domain import deadlines
from app.domain.calendar import WorkCalendar
from app.domain.holidays_kz import seed

ROOT = Path(__file__).parents[2]
ACTS = {"design-licence": "aktobe-6435", "industrial-safety-attestation": "V2000020340"}
SERVICES = {
    service["key"]: service
    for act in ACTS.values()
    for service in yaml.safe_load((ROOT / "bpmn" / act / "act.yaml").read_text())["services"]
    if service["key"] in ACTS
}
FROM_APPLICATION = {
    "design-licence": {"5.1", "5.3", "5.4"},
    "industrial-safety-attestation": {"8", "9", "11"},
}
"""Clauses with a term that runs from the application."""
MOST_PATHS = 100
AT_NOON = "2026-03-19T12:00:00+05:00"
AFTER_HOURS = "2026-03-20T19:10:00+05:00"
CALENDAR = WorkCalendar(days={row.day: row for row in seed(2026, 2026)})
COUNTED: dict[str, Callable[..., datetime]] = {
    "minutes": deadlines.minutes,
    "hours": deadlines.hours,
    "workingDays": deadlines.working_days,
    "endOfDay": deadlines.end_of_day,
}

Headers = dict[str, str]
AsUser = Callable[[str], Headers]


@dataclass(frozen=True, slots=True)
class Step:
    element: str
    clause: str
    role: str
    rule: tuple[str, Any] | None
    due: datetime
    base: datetime | None
    explanation: str


@dataclass(slots=True)
class Choices:
    """Which option each decision took. `given` is followed, then the first option is taken; `next` is the path after this."""

    given: list[int]
    taken: list[tuple[int, int]] = field(default_factory=list)

    def choose(self, options: int) -> int:
        place = len(self.taken)
        index = self.given[place] if place < len(self.given) else 0
        self.taken.append((index, options))
        return index

    def next(self) -> "list[int] | None":
        for place in range(len(self.taken) - 1, -1, -1):
            index, options = self.taken[place]
            if index + 1 < options:
                return [taken for taken, _ in self.taken[:place]] + [index + 1]
        return None


@dataclass(slots=True)
class Walk:
    steps: list[Step]
    state: str
    variables: dict[str, Any]
    application: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Walker:
    client: FlaskClient
    as_user: AsUser
    service: str
    tenant: str

    def call(self, person: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = self.client.open(path, method=method, json=body, headers=self.as_user(person))
        assert answer.status_code < 400, f"{method} {path}: {answer.text}"
        return answer.json if answer.data else None

    def walk(self, choices: Choices) -> Walk:
        clerk = f"clerk.{self.tenant}"
        definition = f"/engine-rest/process-definition/key/{self.service}/tenant-id/{self.tenant}"
        form = self.call(clerk, "GET", f"{definition}/deployed-start-form")
        data = filled(form, choices)
        case = self.call(clerk, "POST", f"{definition}/submit-form", {"variables": data})["id"]
        steps = list(self._work(case, choices))
        ended = self.call("admin", "GET", f"/engine-rest/history/process-instance/{case}")
        rows = self.call("admin", "GET", f"/engine-rest/history/variable-instance?processInstanceId={case}")
        application = {name: given["value"] for name, given in data.items()}
        return Walk(steps, ended["state"], {row["name"]: row["value"] for row in rows}, application)

    def _work(self, case: str, choices: Choices) -> Iterator[Step]:
        while tasks := self.call("admin", "GET", f"/engine-rest/task?processInstanceId={case}"):
            assert len(tasks) == 1
            yield self._do(tasks[0], choices)

    def _do(self, task: Mapping[str, Any], choices: Choices) -> Step:
        path = f"/engine-rest/task/{task['id']}"
        role = next(link["groupId"] for link in self.call("admin", "GET", f"{path}/identity-links"))
        person = f"{role}.{self.tenant}"
        deadline = self.call(person, "GET", f"/api/tasks/{task['id']}/deadline")
        form = self.call(person, "GET", f"{path}/deployed-form")
        self.call(person, "POST", f"{path}/claim", {"userId": person})
        self.call(person, "POST", f"{path}/submit-form", {"variables": filled(form, choices)})
        return Step(
            element=task["taskDefinitionKey"],
            clause=deadline["clause"],
            role=role,
            rule=(deadline["rule"], deadline["amount"]) if deadline["rule"] else None,
            due=moment_of(task["due"]),
            base=datetime.fromisoformat(deadline["base"]) if deadline["base"] else None,
            explanation=deadline["explanation"]["en"] if deadline["explanation"] else "",
        )


def moment_of(written: str) -> datetime:
    return datetime.strptime(written, "%Y-%m-%dT%H:%M:%S.%f%z")


def filled(form: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    """An answer to each required field."""
    return {
        field["key"]: {"value": answer(field, choices)}
        for field in form["components"]
        if "key" in field and field.get("validate", {}).get("required") and not field.get("disabled")
    }


def answer(field: Mapping[str, Any], choices: Choices) -> Any:
    options = [option["value"] for option in field.get("values", ())]
    if field["type"] == "checklist":
        return options[:1]
    if options:
        return options[choices.choose(len(options))]
    if field["type"] == "checkbox":
        return True
    return "150340054321" if "validate" in field and "pattern" in field["validate"] else "+77172000000"


@pytest.fixture(params=sorted(ACTS))
def walker(request: pytest.FixtureRequest, client: FlaskClient, as_user: AsUser, deploy: Callable[..., Any]) -> Walker:
    service = SERVICES[request.param]
    act = ACTS[request.param]
    tenant = service["provider"]["key"]
    files = [
        ROOT / "bpmn" / act / f"{request.param}.bpmn",
        *sorted((ROOT / "forms" / act).glob(f"{request.param}-*.form")),
    ]
    deploy({file.name: file.read_bytes() for file in files}, tenant=tenant)
    return Walker(client, as_user, request.param, tenant)


def all_walks(walker: Walker) -> list[Walk]:
    walks: list[Walk] = []
    given: list[int] | None = []
    while given is not None:
        choices = Choices(given)
        walks.append(walker.walk(choices))
        given = choices.next()
        assert len(walks) <= MOST_PATHS
    return walks


def stop_clock(walker: Walker, moment: str) -> None:
    walker.call("admin", "PUT", "/api/test/clock", {"now": moment})


def test_every_branch_follows_the_act_and_every_step_of_the_act_is_walked(walker: Walker) -> None:
    stop_clock(walker, AT_NOON)
    service = SERVICES[walker.service]
    of_act = {(step["clause"], step["role"]) for step in service["steps"] if step["role"] != "system"}
    walks = all_walks(walker)
    walked = {(step.clause, step.role) for walk in walks for step in walk.steps}
    assert walked == of_act
    assert {walk.state for walk in walks} == {"COMPLETED"}
    assert {walk.variables["resultKind"] for walk in walks} == set(service["results"])


def test_each_limit_of_the_act_is_the_limit_of_its_step(walker: Walker) -> None:
    stop_clock(walker, AT_NOON)
    rules = {
        "minutes": "minutes",
        "hours": "hours",
        "working_days": "workingDays",
        "calendar_days": "calendarDays",
        "same_day": "endOfDay",
    }
    service = SERVICES[walker.service]
    walked = {(step.clause, step.role, step.rule) for walk in all_walks(walker) for step in walk.steps}
    for step in service["steps"]:
        for unit, amount in step.get("limit", {}).items():
            assert (step["clause"], step["role"], (rules[unit], amount)) in walked


def test_an_application_made_after_hours_counts_from_the_next_working_day(walker: Walker) -> None:
    """20 March 2026 is a Friday; the Nauryz holidays last to Wednesday the 25th."""
    stop_clock(walker, AFTER_HOURS)
    walk = walker.walk(Choices([]))
    received = moment_of(walk.variables["receivedAt"])
    assert received == datetime(2026, 3, 26, 9, tzinfo=ZoneInfo("Asia/Almaty"))
    assert all(step.due > received for step in walk.steps)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(AFTER_HOURS, id="after hours"),
        pytest.param("2026-03-20T18:30:00+05:00", id="at closing"),
        pytest.param("2026-03-20T18:30:00.000400+05:00", id="within the millisecond of closing"),
        pytest.param("2026-03-20T18:30:00.001000+05:00", id="a millisecond after closing"),
        pytest.param("2026-03-19T07:05:00+05:00", id="before opening"),
        pytest.param("2026-03-19T13:20:00+05:00", id="at lunch"),
    ],
)
def test_a_term_counts_from_the_application_itself_and_ends_as_if_from_its_receipt(walker: Walker, moment: str) -> None:
    stop_clock(walker, moment)
    walk = walker.walk(Choices([]))
    submitted, received = (moment_of(walk.variables[name]) for name in ("submittedAt", "receivedAt"))
    assert timedelta(0) <= datetime.fromisoformat(moment) - submitted < timedelta(milliseconds=1)
    of_application = [step for step in walk.steps if step.base == submitted]
    assert {step.clause for step in of_application} >= FROM_APPLICATION[walker.service]
    for step in of_application:
        assert step.rule is not None
        name, amount = step.rule
        assert step.due == COUNTED[name](CALENDAR, amount, received), step.element


def test_the_explanation_of_an_application_made_after_hours_says_so_and_names_the_holidays(walker: Walker) -> None:
    stop_clock(walker, AFTER_HOURS)
    for step in walker.walk(Choices([])).steps:
        assert "outside working hours (Fri 20 Mar 2026 19:10), the term begins Thu 26 Mar 2026" in step.explanation
        assert "not counted: Sat 21 Mar – Mon 23 Mar — Nauryz" in step.explanation
