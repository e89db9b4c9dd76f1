"""The clock of a case over HTTP: its terms, pause, resume, extend."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.timed_cases import (
    CLERK,
    EXECUTOR,
    EXTENSION,
    GROUND,
    HEAD,
    STRANGER,
    TENANT,
    Cases,
    Headers,
    due,
    off,
    set_by_hand,
    step,
)


def test_every_term_of_a_case_is_there_with_rule_clause_and_explanation(cases: Cases) -> None:
    found = cases.terms(cases.hearing(), EXECUTOR)
    whole = found["whole"]
    assert (whole["rule"], whole["amount"], whole["clause"], due(whole)) == ("workingDays", 4, "3", "2026-03-20 18:30")
    assert whole["base"] == "2026-03-16T10:00:00+05:00"
    assert set(whole["explanation"]) == {"kk", "ru", "en"}
    assert [(one["activityId"], one["state"], one["inTime"]) for one in found["steps"]] == [
        ("accept", "completed", True),
        ("hear", "open", None),
    ]
    assert step(found, "hear")["term"]["clause"] == "3"
    assert found["allowed"] == {
        "pauses": ["10", "73-бап"],
        "extensions": [{"clause": "16", "unit": "workingDays", "amount": 3, "left": 3}],
    }
    assert (found["paused"], found["inTime"], found["withoutTerm"]) == (None, None, None)


def test_a_case_for_which_the_act_gives_no_term_says_so(cases: Cases) -> None:
    cases.at("2026-03-16 10:00")
    found = cases.terms(cases.start("untimed"), HEAD)
    assert found["whole"] is None
    assert found["withoutTerm"]["en"] == "the act gives no term for the whole"
    assert due(step(found, "work")["term"]) == "2026-03-16 11:00"


def test_a_pause_moves_the_case_and_its_open_step_by_the_working_time_that_passed(cases: Cases, history: Any) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 17:30")
    paused = cases.do(case, "pause", GROUND)
    assert paused["paused"]["clause"] == "10"
    assert "қазір мерзімнің өтуі тоқтатылған" in step(paused, "hear")["term"]["explanation"]["kk"]
    assert due(paused["whole"]) == "2026-03-20 18:30"
    cases.at("2026-03-18 10:00")
    found = cases.do(case, "resume", {"reason": "Тыңдау өтті"})
    assert found["paused"] is None
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-26 11:00"
    assert step(found, "hear")["due"] == "2026-03-26T06:00:00.000+0000"
    [pause] = found["whole"]["pauses"]
    assert (pause["workingSeconds"], pause["reason"], pause["clause"]) == (7200, GROUND["reason"], "10")
    [(user, told)] = history(case, "Pause")
    assert (user, told["reason"], told["clause"]) == (EXECUTOR, GROUND["reason"], "10")
    [(user, told)] = history(case, "Resume")
    assert told["term"] == ["2026-03-20T13:30:00.000Z", "2026-03-26T06:00:00.000Z"]
    assert list(told["tasks"].values()) == [told["term"]]


def test_the_step_after_a_pause_is_due_with_the_case(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 10:00")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-17 12:00")
    cases.do(case, "resume", {"reason": "Тыңдау өтті"})
    cases.complete(case)
    found = cases.terms(case, HEAD)
    assert due(step(found, "sign")["term"]) == due(found["whole"]) == "2026-03-26 11:00"
    assert step(found, "sign")["due"] == "2026-03-26T06:00:00.000+0000"


def test_a_date_from_a_variable_that_is_the_term_of_the_whole_moves_with_it(cases: Cases) -> None:
    cases.at("2026-03-16 10:00")
    case = cases.start("anywhere")
    cases.complete(case)
    assert step(cases.terms(case), "sign")["term"]["amount"] == 4
    cases.at("2026-03-17 10:00")
    cases.do(case, "pause", {"reason": "x", "clause": "5"}, user=HEAD)
    cases.at("2026-03-17 12:00")
    found = cases.do(case, "resume", {"reason": "x"}, user=HEAD)
    assert due(step(found, "sign")["term"]) == due(found["whole"]) == "2026-03-26 11:00"


def test_what_is_added_during_a_pause_is_added_before_what_the_pause_adds(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-20 17:30")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-26 12:00")
    found = cases.do(case, "extend", {**EXTENSION, "amount": 1})
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-26 18:30"
    cases.at("2026-03-27 10:00")
    found = cases.do(case, "resume", {"reason": "x"})
    # an hour of 20.03, eight of 26.03 and one of 27.03, from the evening of 26.03 on
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-30 11:00"


def test_a_pause_of_years_moves_what_runs_by_all_of_its_working_time(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-20 18:00")
    cases.do(case, "pause", GROUND)
    cases.at("2029-03-20 18:00")
    found = cases.do(case, "resume", {"reason": "x"})
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2029-03-20 18:30"


def test_a_calendar_with_which_no_term_can_be_counted_is_refused_and_terms_go_on_with_the_one_before(
    cases: Cases,
) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 10:00")
    cases.do(case, "pause", GROUND)
    first = date(2026, 3, 17)
    closed = [off((first + timedelta(days=number)).isoformat()) for number in range(800)]
    cases.change_calendar(400, days=closed)
    cases.at("2026-03-17 12:00")
    found = cases.do(case, "resume", {"reason": "x"})
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-26 11:00"


def test_a_date_set_by_hand_moves_by_the_working_time_of_a_pause(
    cases: Cases, client: FlaskClient, as_user: Headers
) -> None:
    case = cases.hearing()
    set_by_hand(client, as_user, step(cases.terms(case), "hear")["taskId"], "2026-03-18T10:00:00.000+0000")
    cases.at("2026-03-17 10:00")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-17 12:00")
    cases.do(case, "resume", {"reason": "x"})
    assert step(cases.terms(case), "hear")["due"] == "2026-03-18T12:00:00.000+0000"


def test_a_pause_outside_working_hours_moves_nothing(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 18:40")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-18 08:55")
    found = cases.do(case, "resume", {"reason": "Тыңдау өтті"})
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-20 18:30"


def test_a_step_done_while_the_clock_stands_still_is_in_time(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-20 18:00")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-27 10:00")
    cases.complete(case)
    assert step(cases.terms(case), "hear")["inTime"] is True
    found = cases.do(case, "resume", {"reason": "Тыңдау өтті"}, user="admin")
    # half an hour of Friday 20.03 and an hour and a half of two more days that work
    assert due(found["whole"]) == due(step(found, "sign")["term"]) == "2026-03-27 10:30"


def test_a_late_step_is_not_in_time(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-20 18:31")
    cases.complete(case)
    cases.complete(case)
    found = cases.terms(case)
    assert (step(found, "hear")["inTime"], found["inTime"], found["ended"] is not None) == (False, False, True)


def test_an_extension_moves_what_runs_up_to_its_limit(cases: Cases, history: Any) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 10:00")
    found = cases.do(case, "extend", {**EXTENSION, "amount": 2})
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-27 18:30"
    assert found["allowed"]["extensions"][0]["left"] == 1
    assert cases.do(case, "extend", {**EXTENSION, "amount": 2}, 409)["details"] == {"left": 1}
    cases.do(case, "extend", {**EXTENSION, "amount": 1})
    cases.do(case, "extend", {**EXTENSION, "amount": 1}, 409)
    told = [data for _, data in history(case, "Extend")]
    assert [(one["amount"], one["clause"], one["term"][1]) for one in told] == [
        (2, "16", "2026-03-27T13:30:00.000Z"),
        (1, "16", "2026-03-30T13:30:00.000Z"),
    ]


def test_nothing_is_extended_once_all_terms_are_over(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-27 10:00")
    cases.do(case, "extend", {**EXTENSION, "amount": 2}, 409)
    assert cases.terms(case)["allowed"]["extensions"][0]["left"] == 3


def test_pausing_twice_and_resuming_twice_are_conflicts(cases: Cases) -> None:
    case = cases.hearing()
    cases.do(case, "resume", {"reason": "x"}, 409)
    cases.do(case, "pause", GROUND)
    cases.do(case, "pause", GROUND, 409)
    cases.do(case, "resume", {"reason": "x"})
    cases.do(case, "resume", {"reason": "x"}, 409)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("pause", {"clause": "10"}),
        ("pause", {"reason": " ", "clause": "10"}),
        ("pause", {"reason": "x" * 1001, "clause": "10"}),
        ("pause", {"reason": "x\0", "clause": "10"}),
        ("pause", {"reason": "x\ud800", "clause": "10"}),
        ("pause", {"reason": "x", "clause": "11"}),
        ("pause", {"reason": "x"}),
        ("pause", {**GROUND, "until": "2026"}),
        ("resume", {}),
        ("extend", {**EXTENSION, "amount": 4}),
        ("extend", {**EXTENSION, "amount": 0}),
        ("extend", {**EXTENSION, "amount": "1"}),
        ("extend", {**EXTENSION, "amount": True}),
        ("extend", {**EXTENSION, "amount": 1, "unit": "hours"}),
        ("extend", {**EXTENSION, "amount": 1, "unit": "years"}),
        ("extend", {**EXTENSION, "amount": 1, "clause": "10"}),
    ],
)
def test_what_is_wrong_with_a_request_is_refused(cases: Cases, what: str, body: Any) -> None:
    case = cases.hearing()
    cases.do(case, what, body, 409 if what == "resume" and body else 400)
    assert cases.terms(case)["paused"] is None


def test_who_may_not_see_a_task_of_the_case_finds_no_case(cases: Cases) -> None:
    case = cases.hearing()
    cases.terms(case, STRANGER, 404)
    cases.terms(case, f"commission.{TENANT}", 404)
    cases.terms("nothing", "admin", 404)
    cases.do(case, "pause", GROUND, 404, STRANGER)


def test_only_the_head_or_executor_of_an_open_step_and_administrators_decide(cases: Cases) -> None:
    case = cases.hearing()
    cases.do(case, "pause", GROUND, 403, CLERK)
    cases.do(case, "pause", GROUND, 404, HEAD)
    cases.do(case, "pause", GROUND, user="admin")


def test_a_step_lets_the_clock_stand_still_only_while_it_is_open(cases: Cases) -> None:
    cases.at("2026-03-16 10:00")
    case = cases.start()
    assert cases.terms(case)["allowed"]["pauses"] == []
    cases.do(case, "pause", GROUND, 403, "admin")


def test_an_ended_or_suspended_case_is_not_paused(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    case = cases.hearing()
    path = f"/engine-rest/process-instance/{case}/suspended"
    client.put(path, json={"suspended": True}, headers=as_user("admin"))
    cases.do(case, "pause", GROUND, 409, "admin")
    client.put(path, json={"suspended": False}, headers=as_user("admin"))
    cases.complete(case)
    cases.complete(case)
    cases.do(case, "pause", GROUND, 409, "admin")


def test_a_called_process_is_part_of_the_case(cases: Cases) -> None:
    case = cases.hearing("outer")
    cases.at("2026-03-17 10:00")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-17 12:00")
    cases.do(case, "resume", {"reason": "Тыңдау өтті"})
    cases.complete(case)
    found = cases.terms(case, HEAD)
    assert [due(step(found, name)["term"]) for name in ("hear", "sign")] == ["2026-03-26 11:00"] * 2
    assert due(found["whole"]) == "2026-03-26 11:00"


def test_the_deadline_of_a_task_tells_of_the_pause(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    case = cases.hearing()
    cases.do(case, "pause", GROUND)
    task = step(cases.terms(case), "hear")["taskId"]
    found = client.get(f"/api/tasks/{task}/deadline", headers=as_user(EXECUTOR)).json
    assert found["standsSince"] == "2026-03-16T10:10:00+05:00"
    assert "сейчас течение срока приостановлено" in found["explanation"]["ru"]


def test_a_pause_and_a_completion_at_once_leave_the_case_whole(
    cases: Cases, together: Callable[..., list[int]], as_user: Headers
) -> None:
    case = cases.hearing()
    task = step(cases.terms(case), "hear")["taskId"]
    paused, completed = together(
        (f"/api/cases/{case}/pause", GROUND, as_user("admin")),
        (f"/engine-rest/task/{task}/complete", {}, as_user("admin")),
    )
    found = cases.terms(case)
    assert completed == 204
    assert (paused, found["paused"] is not None) in ((200, True), (403, False))
    assert step(found, "sign")["state"] == "open"


def test_two_extensions_at_once_do_not_pass_the_limit(
    cases: Cases, together: Callable[..., list[int]], as_user: Headers
) -> None:
    case = cases.hearing()
    request = (f"/api/cases/{case}/extend", {**EXTENSION, "amount": 2}, as_user("admin"))
    assert sorted(together(request, request)) == [200, 409]
    assert cases.terms(case)["allowed"]["extensions"][0]["left"] == 1


def test_two_pauses_at_once_are_one(cases: Cases, together: Callable[..., list[int]], as_user: Headers) -> None:
    case = cases.hearing()
    request = (f"/api/cases/{case}/pause", GROUND, as_user("admin"))
    assert sorted(together(request, request)) == [200, 409]
