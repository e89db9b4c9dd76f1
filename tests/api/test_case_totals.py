"""The term of the whole case where the act gives none: the sum of its steps."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from tests.api.timed_cases import Cases, Headers, due, off, step


def registered(cases: Cases) -> str:
    """Registered on Monday 16.03.2026 at 10:00: 15 minutes, Tuesday 17.03, and 22 days to Wednesday 08.04."""
    cases.at("2026-03-16 10:00")
    case = cases.start("summed")
    cases.complete(case)
    return case


def ends(term: Any) -> list[str]:
    return [due(part) for part in term["parts"]]


def test_a_term_without_its_beginning_is_not_counted_yet(cases: Cases) -> None:
    cases.at("2026-03-16 10:00")
    found = cases.terms(cases.start("summed"))
    assert found["whole"] is None
    assert found["withoutTerm"]["en"].startswith("the term of the whole is counted once")


def test_an_unknown_variable_in_a_condition_takes_the_branch_of_what_is_not_said(cases: Cases) -> None:
    whole = cases.terms(registered(cases))["whole"]
    assert due(whole) == "2026-04-08 18:30"
    assert [(part["rule"], part["amount"]) for part in whole["parts"]] == [
        ("minutes", 15),
        ("workingDays", 1),
        ("calendarDays", 22),
    ]
    assert ends(whole) == ["2026-03-16 10:15", "2026-03-17 18:30", "2026-04-08 18:30"]
    assert whole["clause"] == "5.1–5.3"


def test_the_sum_is_explained_in_every_language_part_by_part(cases: Cases) -> None:
    whole = cases.terms(registered(cases))["whole"]
    assert whole["explanation"]["kk"].startswith("мерзім 3 бөліктен тұрады")
    assert whole["explanation"]["ru"].startswith("срок складывается из частей (3)")
    assert whole["explanation"]["en"].startswith("the term is a sum of 3 parts")
    for language in ("kk", "ru", "en"):
        assert all(f"{number}) " in whole["explanation"][language] for number in (1, 2, 3))
        assert [line[:2] for line in whole["lines"][language] if line[1] == ")"] == ["1)", "2)", "3)"]


def test_the_term_follows_what_the_case_turns_out_to_be(cases: Cases) -> None:
    case = registered(cases)
    cases.complete(case, requestKind="duplicate")
    whole = cases.terms(case)["whole"]
    assert (due(whole), whole["parts"], whole["amount"]) == ("2026-03-18 18:30", [], 2)


def test_a_change_of_the_calendar_moves_every_part_and_what_is_due_by_the_same_sum(
    cases: Cases, history: Callable[[str, str], list[Any]]
) -> None:
    case = registered(cases)
    cases.at("2026-03-16 10:05")
    cases.change_calendar(days=[off("2026-03-17")])
    found = cases.terms(case)
    assert ends(found["whole"]) == ["2026-03-16 10:15", "2026-03-18 18:30", "2026-04-09 18:30"]
    assert {part["calendarVersion"] for part in found["whole"]["parts"]} == {2}
    checked = step(found, "check")
    assert (due(checked["term"]), ends(checked["term"])) == (
        "2026-03-18 18:30",
        ["2026-03-16 10:15", "2026-03-18 18:30"],
    )
    assert checked["due"] == "2026-03-18T13:30:00.000+0000"
    [(_, told)] = history(case, "UpdateDueDate")
    assert told["term"] == ["2026-04-08T13:30:00.000Z", "2026-04-09T13:30:00.000Z"]
    assert list(told["tasks"].values()) == [["2026-03-17T13:30:00.000Z", "2026-03-18T13:30:00.000Z"]]


def test_a_pause_in_the_first_part_moves_what_follows(cases: Cases, history: Callable[[str, str], list[Any]]) -> None:
    case = registered(cases)
    cases.at("2026-03-16 10:05")
    cases.do(case, "pause", {"reason": "x", "clause": "5"}, user="admin")
    cases.at("2026-03-18 10:05")
    found = cases.do(case, "resume", {"reason": "x"}, user="admin")
    assert ends(found["whole"]) == ["2026-03-18 10:15", "2026-03-19 18:30", "2026-04-10 18:30"]
    assert due(step(found, "check")["term"]) == "2026-03-19 18:30"
    assert step(found, "check")["due"] == "2026-03-19T13:30:00.000+0000"
    [(_, told)] = history(case, "Resume")
    assert told["term"] == ["2026-04-08T13:30:00.000Z", "2026-04-10T13:30:00.000Z"]


def test_an_extension_of_the_sum_is_added_at_its_end(cases: Cases) -> None:
    case = registered(cases)
    cases.at("2026-03-16 10:05")
    body = {"reason": "x", "clause": "6", "unit": "workingDays", "amount": 2}
    found = cases.do(case, "extend", body, user="admin")
    assert ends(found["whole"]) == ["2026-03-16 10:15", "2026-03-17 18:30", "2026-04-10 18:30"]
    assert due(step(found, "check")["term"]) == "2026-03-19 18:30"


def delivered(cases: Cases) -> str:
    """The term of delivery was put into a variable on Monday 16.03.2026 at 10:00; a called process delivers since 12:00."""
    cases.at("2026-03-16 10:00")
    case = cases.start("delivered")
    cases.at("2026-03-16 12:00")
    cases.complete(case)
    return case


def test_a_deadline_from_a_variable_is_explained_by_the_rule_that_made_it(cases: Cases) -> None:
    found = step(cases.terms(delivered(cases)), "deliver")
    term = found["term"]
    assert (term["rule"], term["amount"], term["clause"], due(term)) == ("workingDays", 2, "12", "2026-03-18 18:30")
    assert term["base"] == "2026-03-16T10:00:00+05:00"
    assert found["due"] == "2026-03-18T13:30:00.000+0000"


def test_a_deadline_from_a_variable_follows_pauses_and_the_calendar(cases: Cases) -> None:
    case = delivered(cases)
    cases.change_calendar(days=[off("2026-03-18")])
    assert step(cases.terms(case), "deliver")["due"] == "2026-03-19T13:30:00.000+0000"
    cases.do(case, "pause", {"reason": "x", "clause": "5"}, user="admin")
    cases.at("2026-03-16 13:00")
    found = cases.do(case, "resume", {"reason": "x"}, user="admin")
    assert due(step(found, "deliver")["term"]) == "2026-03-20 10:00"


def test_a_date_of_a_variable_that_a_client_gave_has_no_rule(
    cases: Cases, client: FlaskClient, as_user: Headers
) -> None:
    cases.at("2026-03-16 10:00")
    case = cases.start("delivered")
    given = {"value": "2026-03-18T10:00:00.000+0000", "type": "Date"}
    path = f"/engine-rest/process-instance/{case}/variables/deliveryDue"
    assert client.put(path, json=given, headers=as_user("admin")).status_code == 204
    cases.complete(case)
    found = step(cases.terms(case), "deliver")
    assert (found["due"], found["term"]) == ("2026-03-18T10:00:00.000+0000", None)


def test_the_rule_of_a_variable_is_not_told_as_its_type(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    case = delivered(cases)
    path = f"/engine-rest/process-instance/{case}/variables/deliveryDue"
    found = client.get(path, headers=as_user("admin")).json
    assert found == {"type": "Date", "value": "2026-03-18T13:30:00.000+0000", "valueInfo": {}}


def test_the_deadline_of_a_task_names_the_parts_of_its_sum(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    task = step(cases.terms(registered(cases)), "check")["taskId"]
    found = client.get(f"/api/tasks/{task}/deadline", headers=as_user("admin")).json
    assert ends(found) == ["2026-03-16 10:15", "2026-03-17 18:30"]
