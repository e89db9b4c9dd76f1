"""What a change of the calendar does to the terms of the cases that run."""

from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from app.store.tables import Job
from tests.api.timed_cases import GROUND, TENANT, Cases, Headers, due, off, set_by_hand, step


def test_a_change_of_the_calendar_moves_the_terms_that_run(cases: Cases, history: Any) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 10:00")
    cases.change_calendar(days=[off("2026-03-19")])
    found = cases.terms(case)
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-26 18:30"
    assert step(found, "hear")["due"] == "2026-03-26T13:30:00.000+0000"
    assert (step(found, "hear")["term"]["calendarVersion"], found["whole"]["calendarVersion"]) == (2, 2)
    assert (step(found, "accept")["term"]["calendarVersion"], due(step(found, "accept")["term"])) == (
        1,
        "2026-03-16 10:30",
    )
    [(user, told)] = history(case, "UpdateDueDate")
    assert (user, told["calendar"]) == ("admin", [1, 2])
    assert told["term"] == ["2026-03-20T13:30:00.000Z", "2026-03-26T13:30:00.000Z"]
    assert list(told["tasks"].values()) == [told["term"]]


def test_a_timer_that_our_rules_have_set_follows_the_calendar(
    cases: Cases, history: Any, database_engine: Engine
) -> None:
    cases.at("2026-03-16 10:00")
    case = cases.start("reminded")
    cases.at("2026-03-17 10:00")
    cases.change_calendar(days=[off("2026-03-19")])
    [(_, told)] = history(case, "UpdateDueDate")
    assert told["timers"] == {"pause": ["2026-03-20T13:30:00.000Z", "2026-03-26T13:30:00.000Z"]}
    with database_engine.connect() as connection:
        moved = datetime(2026, 3, 26, 13, 30, tzinfo=UTC)
        assert connection.execute(select(Job.due_at, Job.queued)).one() == (moved, False)


def test_a_timer_that_was_put_off_by_hand_does_not_follow_the_calendar(
    cases: Cases, client: FlaskClient, as_user: Headers, database_engine: Engine
) -> None:
    cases.at("2026-03-16 10:00")
    cases.start("reminded")
    with database_engine.connect() as connection:
        path = f"/engine-rest/job/{connection.scalar(select(Job.id))}/duedate"
    by_hand = {"duedate": "2026-03-24T10:00:00.000+0000"}
    assert client.put(path, json=by_hand, headers=as_user("admin")).status_code == 204
    cases.at("2026-03-17 10:00")
    cases.change_calendar(days=[off("2026-03-19")])
    with database_engine.connect() as connection:
        assert connection.scalar(select(Job.due_at)) == datetime(2026, 3, 24, 10, tzinfo=UTC)


def test_a_change_of_the_calendar_leaves_what_it_does_not_touch(cases: Cases, history: Any) -> None:
    over, running = cases.hearing(), cases.hearing()
    cases.at("2026-03-16 09:00")
    cases.change_calendar(days=[off("2026-04-10")])
    assert history(running, "UpdateDueDate") == []
    cases.at("2026-03-27 10:00")
    cases.change_calendar(days=[off("2026-03-19")])
    found = cases.terms(over)
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-20 18:30"
    assert history(over, "UpdateDueDate") == []


def test_a_date_from_a_variable_that_is_the_term_of_the_whole_follows_the_calendar(cases: Cases) -> None:
    cases.at("2026-03-16 10:00")
    before, after = cases.start("anywhere"), cases.start("anywhere")
    cases.complete(before)
    cases.at("2026-03-16 10:10")
    cases.change_calendar(days=[off("2026-03-19")])
    cases.complete(after)
    for found in map(cases.terms, (before, after)):
        assert due(step(found, "sign")["term"]) == due(found["whole"]) == "2026-03-26 18:30"
        assert step(found, "sign")["due"] == "2026-03-26T13:30:00.000+0000"


def test_a_date_set_by_hand_does_not_follow_the_calendar(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    case = cases.hearing()
    task = step(cases.terms(case), "hear")["taskId"]
    set_by_hand(client, as_user, task, "2026-03-20T10:00:00.000+0000")
    cases.change_calendar(days=[off("2026-03-19")])
    assert step(cases.terms(case), "hear")["due"] == "2026-03-20T10:00:00.000+0000"


def test_what_is_paused_follows_the_calendar_even_after_its_date(cases: Cases) -> None:
    case = cases.hearing()
    cases.at("2026-03-20 18:00")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-27 09:00")
    cases.change_calendar(days=[off("2026-03-26")])
    found = cases.do(case, "resume", {"reason": "Тыңдау өтті"})
    # the half hour of Friday 20.03 alone passed: 26.03 has become a day off, and at 09:00 nothing of 27.03 is gone
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-27 09:30"


def test_a_day_off_that_became_known_before_a_pause_counts_after_it(cases: Cases) -> None:
    case = cases.hearing()
    cases.change_calendar(days=[off("2026-03-26")])
    cases.at("2026-03-17 10:00")
    cases.do(case, "pause", GROUND)
    cases.at("2026-03-17 12:00")
    found = cases.do(case, "resume", {"reason": "Тыңдау өтті"})
    assert due(found["whole"]) == due(step(found, "hear")["term"]) == "2026-03-27 11:00"


def test_a_change_of_the_calendar_takes_no_more_statements_for_many_cases_than_for_one(
    cases: Cases, statements: list[str], history: Any
) -> None:
    begun = [cases.hearing()]
    counts = []
    for day in ("2026-03-19", "2026-03-18"):
        statements.clear()
        cases.change_calendar(days=[off(day)])
        counts.append(len(statements))
        begun += [cases.hearing() for _ in range(4)]
    assert counts[1] <= counts[0]
    assert [len(history(case, "UpdateDueDate")) for case in begun] == [2, 1, 1, 1, 1, 0, 0, 0, 0]


def test_a_refused_change_of_the_calendar_leaves_no_trace(cases: Cases, client: FlaskClient, as_user: Headers) -> None:
    case = cases.hearing()
    cases.at("2026-03-17 10:00")
    body = {"version": 1, "days": [off("2026-03-18"), off("2026-03-20")], "removed": ["2026-06-01"]}
    refused = client.put(f"/api/calendars/{TENANT}", json=body, headers=as_user("admin"))
    assert refused.status_code == 400
    cases.change_calendar(days=[off("2026-04-10")])
    assert due(cases.terms(case)["whole"]) == "2026-03-20 18:30"
    cases.change_calendar(days=[off("2026-03-19")])
    assert due(cases.terms(case)["whole"]) == "2026-03-26 18:30"
