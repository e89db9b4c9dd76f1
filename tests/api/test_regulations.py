"""Each modelled service, walked through the API on every branch by a program that knows nothing but the forms.

What is covered: each option of each question that comes up in the cases of a service is chosen at least once (choice
fields, the two ends of a number, a day far off and one too near, each
member's vote), and every flow of every model and of every called one is taken at least once. Not every combination of
options is: that product is the conformity check's, on the models alone. What the walks show is held against the act:
clauses, roles, limits, due dates, results.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.actions.models.acts import SHARED
from app.domain.acts.clauses_of_acts import clauses
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.holidays_kz import seed as holidays
from tests.api.walk import Step, Walk, moment_of
from tests.api.walk_flows import results, taken, visits
from tests.api.walk_regulations import MODELS, SERVICES, Regulations, deployed, process_of

NOT_ACCEPTED = "intake-refused"
REFUSED_AT_ONCE = {"service-complaint": {"case-found-to-case-unknown"}}
"""The flows to where an application is not accepted as it is made: of such a case nothing is kept."""
AFTER_HOURS = datetime.fromisoformat("2026-03-20T19:10:00+05:00")
ZONE = ZoneInfo("Asia/Almaty")
CALENDAR = WorkCalendar(days={row.day: row for row in holidays(2026, 2026)})
COUNTED: dict[str, Callable[..., datetime]] = {
    "minutes": deadlines.minutes,
    "hours": deadlines.hours,
    "workingDays": deadlines.working_days,
    "calendarDays": deadlines.calendar_days,
    "endOfDay": deadlines.end_of_day,
    "calendarDaysBefore": deadlines.calendar_days_before,
}
RULES = {
    "minutes": "minutes",
    "hours": "hours",
    "working_days": "workingDays",
    "calendar_days": "calendarDays",
    "same_day": "endOfDay",
}
FROM_APPLICATION = ("receipt", "next_working_day_after_receipt")
CLAUSES_FROM_APPLICATION = {
    "design-licence": {"5.1", "5.3", "5.4"},
    "industrial-safety-attestation": {"8", "9", "11"},
}
"""Of two services the clauses with a term that runs from the application."""

of_services = pytest.mark.parametrize("service", sorted(SERVICES))


def is_shared(process: str) -> bool:
    return MODELS[process].parent.name == SHARED


@pytest.fixture(scope="module")
def regulations(module_app: Flask) -> Regulations:
    return deployed(module_app)


def own_steps(walks: list[Walk]) -> Iterator[Step]:
    """The steps of the act itself, not of the flows that acts have in common."""
    return (step for walk in walks for step in walk.steps if not is_shared(step.process))


def of_act(service: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Clause and role of each step that people do, and all that the act says of it."""
    for step in service["steps"]:
        if step["role"] != "system":
            for clause in clauses(step["clause"]):
                yield clause, step["role"], step


def limits(step: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The limits of a step of the act, as the engine names them."""
    for unit, amount in step.get("limit", {}).items():
        if unit == "before_event":
            yield "calendarDaysBefore", amount["calendar_days"]
        else:
            yield RULES[unit], amount


@of_services
def test_every_branch_follows_the_act_and_every_step_of_the_act_is_walked(
    regulations: Regulations, service: str
) -> None:
    walks = regulations.walks(service)
    assert {walk.state for walk in walks} == {"COMPLETED"}
    walked = {(clause, step.role) for step in own_steps(walks) for clause in clauses(step.clause or "")}
    told = {(clause, role) for clause, role, step in of_act(SERVICES[service]) if "flow" not in step}
    assert walked == told
    flows = {(step["flow"], step["role"]) for step in SERVICES[service]["steps"] if "flow" in step}
    assert flows <= {(step.process, step.role) for walk in walks for step in walk.steps}


@of_services
def test_every_result_of_the_act_is_reached_and_no_other(regulations: Regulations, service: str) -> None:
    walks, process = regulations.walks(service), process_of(service)
    reached = visits(regulations.place, service)
    ends = [results(process, reached[walk.instance]) for walk in walks]
    assert {len(found) for found in ends} == {1}
    assert {found[0] for found in ends} - {NOT_ACCEPTED} == set(SERVICES[service]["results"])
    for walk, (result,) in zip(walks, ends, strict=True):
        assert walk.variables.get("resultKind") == (None if result == NOT_ACCEPTED else result)
        assert (walk.variables.get("documentNumber") is None) == (result == NOT_ACCEPTED)


@of_services
def test_each_limit_of_the_act_is_the_limit_of_its_step(regulations: Regulations, service: str) -> None:
    walked = {
        (clause, step.role, step.rule)
        for step in own_steps(regulations.walks(service))
        for clause in clauses(step.clause or "")
    }
    for clause, role, step in of_act(SERVICES[service]):
        for rule in limits(step):
            assert (clause, role, rule) in walked, clause


@of_services
def test_every_due_date_is_its_term_counted_from_its_base(regulations: Regulations, service: str) -> None:
    from_application = {
        (clause, role, rule)
        for clause, role, step in of_act(SERVICES[service])
        for rule in limits(step)
        if step.get("from") in FROM_APPLICATION
    }
    for walk in regulations.walks(service):
        submitted = walk.variables.get("submittedAt")
        for step in walk.steps:
            if step.rule is None or step.rule[0] not in COUNTED:
                continue
            name, amount = step.rule
            assert step.base is not None
            due = COUNTED[name](CALENDAR, amount, step.base)
            for unit, more in step.extensions:
                due = COUNTED[unit](CALENDAR, more, due)
            assert step.due == due, step.element
            assert step.explanation, step.element
            if any((clause, step.role, step.rule) in from_application for clause in clauses(step.clause or "")):
                assert submitted is not None
                assert step.base == moment_of(submitted), step.element


@of_services
def test_every_flow_of_a_service_is_taken(regulations: Regulations, service: str) -> None:
    regulations.walks(service)
    assert untaken(regulations, service) == REFUSED_AT_ONCE.get(service, set())


@pytest.mark.parametrize("process", sorted(MODELS.keys() - SERVICES.keys()))
def test_every_flow_of_a_called_process_is_taken(regulations: Regulations, process: str) -> None:
    for service in sorted(SERVICES):
        regulations.walks(service)
    assert untaken(regulations, process) == set()


def untaken(regulations: Regulations, key: str) -> set[str]:
    process = process_of(key)
    reached = visits(regulations.place, key).values()
    return set(process.flows) - {flow for elements in reached for flow in taken(process, elements)}


@of_services
def test_an_application_made_after_hours_counts_from_the_next_working_day(
    regulations: Regulations, service: str
) -> None:
    """20 March 2026 is a Friday; the Nauryz holidays last to Wednesday the 25th."""
    walk = regulations.first(service, AFTER_HOURS)
    received = moment_of(walk.variables["receivedAt"])
    assert received == datetime(2026, 3, 26, 9, tzinfo=ZONE)
    assert [step.element for step in walk.steps if step.due is not None and step.due <= received] == []


@pytest.mark.parametrize("service", CLAUSES_FROM_APPLICATION)
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("2026-03-20T19:10:00+05:00", id="after hours"),
        pytest.param("2026-03-20T18:30:00+05:00", id="at closing"),
        pytest.param("2026-03-20T18:30:00.000400+05:00", id="within the millisecond of closing"),
        pytest.param("2026-03-20T18:30:00.001000+05:00", id="a millisecond after closing"),
        pytest.param("2026-03-19T07:05:00+05:00", id="before opening"),
        pytest.param("2026-03-19T13:20:00+05:00", id="at lunch"),
    ],
)
def test_a_term_counts_from_the_application_itself_and_ends_as_if_from_its_receipt(
    regulations: Regulations, service: str, moment: str
) -> None:
    walk = regulations.first(service, datetime.fromisoformat(moment))
    submitted, received = (moment_of(walk.variables[name]) for name in ("submittedAt", "receivedAt"))
    assert timedelta(0) <= datetime.fromisoformat(moment) - submitted < timedelta(milliseconds=1)
    of_application = [step for step in walk.steps if step.base == submitted]
    assert {step.clause for step in of_application} >= CLAUSES_FROM_APPLICATION[service]
    for step in of_application:
        assert step.rule is not None
        name, amount = step.rule
        assert step.due == COUNTED[name](CALENDAR, amount, received), step.element


@pytest.mark.parametrize("service", CLAUSES_FROM_APPLICATION)
def test_the_explanation_of_an_application_made_after_hours_says_so_and_names_the_holidays(
    regulations: Regulations, service: str
) -> None:
    steps = [step for step in regulations.first(service, AFTER_HOURS).steps if step.due is not None]
    assert steps
    for step in steps:
        assert "outside working hours (Fri 20 Mar 2026 19:10), the term begins Thu 26 Mar 2026" in step.explanation
        assert "not counted: Sat 21 Mar – Mon 23 Mar — Nauryz" in step.explanation


def test_what_the_system_issues_alone_comes_after_twenty_and_before_forty_minutes_at_night_too(
    regulations: Regulations,
) -> None:
    walk = regulations.first("supervision-entity-accreditation", AFTER_HOURS)
    submitted, issued = (moment_of(walk.variables[name]) for name in ("submittedAt", "documentDate"))
    assert timedelta(minutes=20) <= issued - submitted <= timedelta(minutes=40)
    assert walk.steps == []
