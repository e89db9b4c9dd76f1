"""Absences with a deputy, over the JSON interface: what is refused, and what the deputy may do on which day."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.store.records import RECORDS
from app.store.tables import Task
from tests.api.models import PLAIN_FILES, SEVERAL

TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
ADMIN, HEAD, CLERK, EXECUTOR = "admin", f"head.{TENANT}", f"clerk.{TENANT}", f"executor.{TENANT}"
UNIT_HEAD, APPLICANT, FOREIGN = f"unit_head.{TENANT}", f"applicant.{TENANT}", f"clerk.{ELSEWHERE}"
Ask = Callable[..., Any]


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], dict[str, str]]) -> Ask:
    """`ask(user, method, path, body, lang)`."""

    def run(user: str, method: str, path: str, body: Any = None, lang: str = "en") -> Any:
        headers = {**as_user(user), "Accept-Language": lang}
        return client.open(path, method=method, json=body, headers=headers)

    return run


@pytest.fixture
def clock(ask: Ask) -> Callable[[str], None]:
    """Let time stand still at a local moment of Aqtöbe, which is five hours before UTC."""

    def stop(now: str) -> None:
        assert ask(ADMIN, "PUT", "/api/test/clock", {"now": f"{now}:00+05:00"}).status_code == 200

    stop("2026-03-18T09:00")
    return stop


@pytest.fixture
def enter(ask: Ask, clock: object) -> Ask:  # noqa: ARG001 - the clock stands at 18 March 2026
    """Enter an absence: by whom, of whom, with which deputy, on which days of March 2026."""

    def run(user: str, person: str, deputy: str, first: int = 20, last: int = 22, **changed: Any) -> Any:
        body = {
            "organisation": TENANT,
            "person": person,
            "deputy": deputy,
            "firstDay": f"2026-03-{first:02}",
            "lastDay": f"2026-03-{last:02}",
            "orderNumber": "12-Ж",
            **changed,
        }
        return ask(user, "POST", "/api/absences", body)

    return run


@pytest.fixture
def task(deploy: Any, start: Any, ask: Ask) -> str:
    """A task of the head's, whose case the clerk has prepared."""
    deploy(PLAIN_FILES)
    start("twoSteps", business_key="A-1")
    [first] = ask(ADMIN, "GET", "/engine-rest/task").json
    ask(CLERK, "POST", f"/engine-rest/task/{first['id']}/claim", {"userId": CLERK})
    assert ask(CLERK, "POST", f"/engine-rest/task/{first['id']}/complete", {}).status_code == 204
    [second] = ask(ADMIN, "GET", "/engine-rest/task").json
    return str(second["id"])


def seen(ask: Ask, user: str, query: str = "") -> list[str]:
    found = ask(user, "GET", f"/engine-rest/task?{query}").json
    assert ask(user, "GET", f"/engine-rest/task/count?{query}").json == {"count": len(found)}
    return [one["id"] for one in found]


# -- entering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [CLERK, HEAD, ADMIN])
def test_the_person_the_head_and_an_administrator_enter_an_absence(enter: Ask, ask: Ask, user: str) -> None:
    answer = enter(user, CLERK, EXECUTOR)
    assert answer.status_code == 201
    made = answer.json
    assert (made["madeBy"], made["orderNumber"], made["endedAt"]) == (user, "12-Ж", None)
    [shown] = ask(EXECUTOR, "GET", "/api/absences").json
    assert (shown["id"], shown["state"], shown["uncovered"]) == (made["id"], "ahead", False)
    assert shown["organisationNames"] == {"kk": "Басқарма", "ru": "Управление", "en": "Department"}


def test_nobody_else_enters_one(enter: Ask) -> None:
    assert enter(EXECUTOR, CLERK, UNIT_HEAD).status_code == 403
    assert enter(f"head.{ELSEWHERE}", CLERK, EXECUTOR).status_code == 403
    assert enter(FOREIGN, FOREIGN, EXECUTOR).status_code == 403


def test_a_deputy_of_the_head_does_not_keep_the_absences(enter: Ask, clock: Any, ask: Ask) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    assert enter(EXECUTOR, CLERK, UNIT_HEAD).status_code == 403
    assert ask(EXECUTOR, "GET", f"/api/absences?organisation={TENANT}").status_code == 403
    assert len(ask(HEAD, "GET", f"/api/absences?organisation={TENANT}").json) == 1


@pytest.mark.parametrize(
    ("deputy", "changed", "status", "said"),
    [
        (CLERK, {}, 400, "own deputy"),
        (APPLICANT, {}, 400, "an applicant"),
        (FOREIGN, {}, 400, "not on the staff"),
        ("nobody", {}, 400, "not on the staff"),
        (EXECUTOR, {"lastDay": "2026-03-19"}, 400, "before the first"),
        (EXECUTOR, {"firstDay": "2026-03-17"}, 400, "18.03.2026, is the earliest"),
        (EXECUTOR, {"orderNumber": "  "}, 400, "number of the order"),
        (EXECUTOR, {"orderNumber": "9" * 101}, 400, "number of the order"),
        (EXECUTOR, {"firstDay": "20 March"}, 400, "firstDay must be a day"),
        (EXECUTOR, {"organisation": "nowhere"}, 404, "no organisation"),
    ],
)
def test_what_cannot_be_is_refused(enter: Ask, deputy: str, changed: Any, status: int, said: str) -> None:
    answer = enter(ADMIN, CLERK, deputy, **changed)
    assert (answer.status_code, said in answer.json["message"]) == (status, True), answer.json


def test_an_applicant_has_no_deputy(enter: Ask) -> None:
    refused = enter(APPLICANT, APPLICANT, EXECUTOR)
    assert (refused.status_code, "not on the staff" in refused.json["message"]) == (400, True)


def test_an_absence_may_begin_today_and_last_a_day(enter: Ask) -> None:
    assert enter(CLERK, CLERK, EXECUTOR, 18, 18).status_code == 201


def test_two_absences_of_one_person_have_no_day_in_common(enter: Ask) -> None:
    assert enter(CLERK, CLERK, EXECUTOR, 20, 22).status_code == 201
    refused = enter(CLERK, CLERK, UNIT_HEAD, 22, 25)
    assert (refused.status_code, "20.03.2026 – 22.03.2026" in refused.json["message"]) == (409, True)
    assert enter(CLERK, CLERK, UNIT_HEAD, 23, 25).status_code == 201


def test_who_is_absent_himself_is_no_deputy(enter: Ask) -> None:
    assert enter(HEAD, EXECUTOR, HEAD, 22, 24).status_code == 201
    refused = enter(CLERK, CLERK, EXECUTOR, 20, 22)
    assert refused.status_code == 409
    assert "22.03.2026 – 24.03.2026" in refused.json["message"]
    assert enter(CLERK, CLERK, EXECUTOR, 20, 21).status_code == 201


def test_deputies_make_no_circle(enter: Ask) -> None:
    assert enter(HEAD, CLERK, EXECUTOR).status_code == 201
    assert "circle" in enter(HEAD, EXECUTOR, CLERK).json["message"]
    assert enter(HEAD, EXECUTOR, UNIT_HEAD).status_code == 201
    refused = enter(HEAD, UNIT_HEAD, CLERK)
    assert refused.status_code == 409
    assert "circle" in refused.json["message"]


def test_an_absence_whose_deputy_falls_ill_is_shown_as_uncovered(enter: Ask, ask: Ask) -> None:
    enter(HEAD, CLERK, EXECUTOR)
    enter(HEAD, EXECUTOR, UNIT_HEAD)
    rows = ask(HEAD, "GET", f"/api/absences?organisation={TENANT}").json
    assert {row["person"]: row["uncovered"] for row in rows} == {CLERK: True, EXECUTOR: False}


def test_an_absence_that_was_called_off_stands_in_nobodys_way(enter: Ask, ask: Ask) -> None:
    made = enter(HEAD, CLERK, EXECUTOR).json
    assert ask(EXECUTOR, "POST", f"/api/absences/{made['id']}/end").status_code == 403
    assert ask(UNIT_HEAD, "POST", f"/api/absences/{made['id']}/end").status_code == 404
    assert ask(CLERK, "POST", f"/api/absences/{made['id']}/end").status_code == 204
    assert ask(CLERK, "POST", f"/api/absences/{made['id']}/end").status_code == 409
    [row] = ask(CLERK, "GET", "/api/absences").json
    assert (row["state"], row["endedBy"]) == ("ended", CLERK)
    assert enter(HEAD, EXECUTOR, CLERK).status_code == 201


# -- while it lasts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2026-03-19T23:59", False),
        ("2026-03-20T00:00", True),
        ("2026-03-22T23:59", True),
        ("2026-03-23T00:00", False),
    ],
)
def test_it_holds_from_the_first_to_the_last_day_in_the_zone_of_the_organisation(
    enter: Ask, clock: Any, ask: Ask, task: str, moment: str, holds: bool
) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock(moment)
    expected = [task] if holds else []
    assert seen(ask, EXECUTOR) == expected
    assert seen(ask, EXECUTOR, f"candidateUser={EXECUTOR}") == expected
    assert seen(ask, EXECUTOR, "candidateGroup=head") == expected
    assert ask(EXECUTOR, "GET", f"/engine-rest/task/{task}").status_code == (200 if holds else 404)


def test_what_the_deputy_takes_and_completes_is_done_for_the_absent(
    enter: Ask, clock: Any, ask: Ask, task: str, database_engine: Engine
) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    assert ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/claim", {"userId": EXECUTOR}).status_code == 204
    assert ask(HEAD, "GET", f"/engine-rest/task/{task}").json["assignee"] == HEAD
    assert seen(ask, EXECUTOR, f"worker={EXECUTOR}") == [task]
    comment = ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/comment/create", {"message": "қаралды"})
    assert comment.status_code == 200
    assert ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/complete", {}).status_code == 204
    with Session(database_engine) as session:
        row = session.get_one(Task, task)
        assert (row.assignee, row.completed_by) == (HEAD, EXECUTOR)
        told = session.execute(select(RECORDS).where(RECORDS.c.task_id == row.id).order_by(RECORDS.c.at)).all()
        assert {(one.operation, one.user_id, one.on_behalf_of) for one in told} == {
            ("Claim", EXECUTOR, HEAD),
            ("Complete", EXECUTOR, HEAD),
        }


def test_when_it_is_over_a_task_that_the_deputy_took_is_the_absents(
    enter: Ask, clock: Any, ask: Ask, task: str
) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/claim", {})
    clock("2026-03-23T09:00")
    assert seen(ask, EXECUTOR, f"worker={EXECUTOR}") == []
    assert ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/complete", {}).status_code == 404
    assert seen(ask, HEAD, f"worker={HEAD}") == [task]


def test_ending_it_early_ends_the_rights_at_once(enter: Ask, clock: Any, ask: Ask, task: str) -> None:
    made = enter(HEAD, HEAD, EXECUTOR).json
    clock("2026-03-20T10:00")
    assert seen(ask, EXECUTOR) == [task]
    assert ask(HEAD, "POST", f"/api/absences/{made['id']}/end").status_code == 204
    assert seen(ask, EXECUTOR) == []


def test_a_deputy_hands_the_task_on_and_gives_it_back_for_the_absent(
    enter: Ask, clock: Any, ask: Ask, task: str
) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    second = ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/delegate", {"userId": HEAD})
    assert second.status_code == 204
    shown = ask(HEAD, "GET", f"/engine-rest/task/{task}").json
    assert (shown["owner"], shown["assignee"], shown["delegationState"]) == (HEAD, HEAD, "PENDING")


def test_a_task_is_not_assigned_to_who_may_work_it_only_as_a_deputy(
    enter: Ask, clock: Any, ask: Ask, task: str
) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    answer = ask(HEAD, "POST", f"/engine-rest/task/{task}/assignee", {"userId": EXECUTOR})
    assert answer.status_code == 403


def test_what_the_absent_may_not_do_the_deputy_may_not(
    enter: Ask, clock: Any, ask: Ask, task: str, deploy: Any, start: Any
) -> None:
    deploy({"several.bpmn": SEVERAL})
    start("several", members=["a"])
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    assert seen(ask, EXECUTOR) == [task]  # the vote is the commission's


def test_substitution_is_not_passed_on(enter: Ask, clock: Any, ask: Ask, task: str) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    enter(HEAD, EXECUTOR, UNIT_HEAD)
    clock("2026-03-20T10:00")
    assert seen(ask, EXECUTOR) == [task]
    assert seen(ask, UNIT_HEAD) == []


def test_the_deputy_of_an_administrator_gets_no_administrators_rights(
    ask: Ask, enter: Ask, clock: Any, task: str, database_engine: Engine
) -> None:
    assert ask(ADMIN, "PUT", f"/api/organisations/{TENANT}/members/{ADMIN}/complaint_officer").status_code == 204
    assert enter(ADMIN, ADMIN, EXECUTOR).status_code == 201
    clock("2026-03-20T10:00")
    assert seen(ask, EXECUTOR) == []
    assert seen(ask, ADMIN) == [task]
    assert ask(EXECUTOR, "PUT", f"/api/organisations/{TENANT}/members/{EXECUTOR}/head").status_code == 403


def test_the_tasks_of_the_absent_elsewhere_stay_his(ask: Ask, enter: Ask, clock: Any, deploy: Any, start: Any) -> None:
    ask(ADMIN, "PUT", f"/api/organisations/{ELSEWHERE}/members/{CLERK}/clerk")
    ask(ADMIN, "PUT", f"/api/organisations/{ELSEWHERE}/members/{EXECUTOR}/executor")
    deploy(PLAIN_FILES, tenant=None)
    start("twoSteps", tenant=ELSEWHERE)
    enter(CLERK, CLERK, EXECUTOR)
    clock("2026-03-20T10:00")
    assert len(seen(ask, CLERK)) == 1
    assert seen(ask, EXECUTOR) == []


def test_who_asks_is_found_in_one_statement_and_a_deputys_completion_takes_no_more(
    enter: Ask, clock: Any, ask: Ask, task: str, statements: list[str], client: FlaskClient
) -> None:
    enter(HEAD, HEAD, EXECUTOR)
    clock("2026-03-20T10:00")
    ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/claim", {})
    statements.clear()
    assert ask(EXECUTOR, "POST", f"/engine-rest/task/{task}/complete", {}).status_code == 204
    assert len(statements) <= 8, statements
    assert len([one for one in statements if "absence" in one]) == 1
