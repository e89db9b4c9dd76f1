"""What is done with a task beside completing it: who may, what is refused, and what the story tells of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.actions.people.overview import places
from app.actions.people.people import actor_of
from app.actions.people.team import team
from app.store.tables import Absence
from tests.api.models import bpmn, line, user_task
from tests.web.desk import EXECUTOR, HEAD, OTHER, TENANT, TODAY, Desk, Headers, in_days


def test_a_task_that_another_was_faster_to_claim_says_whose_it_is(desk: Desk) -> None:
    desk.see()
    desk.act("claim", OTHER)
    assert "Задачу уже взял другой человек." in desk.act("claim", status=409)
    assert "Задача сейчас у: Айгүл Серікова." in desk.see()


def test_a_task_is_held_until_a_day_and_leaves_hold_by_hand(desk: Desk) -> None:
    desk.act("claim")
    desk.act("hold", until=in_days(3), reason="ждём ответ акимата")
    text = desk.see()
    assert "Отложена до" in text
    assert text.count("ждём ответ акимата") == 2, "beside the form and in the history"
    assert "отложил(а) шаг «Подготовка проекта» до" in text
    desk.act("unhold")
    text = desk.see()
    assert "Отложена до" not in text
    assert "вернул(а) в работу шаг «Подготовка проекта»" in text
    assert "Задача не отложена." in desk.act("unhold", status=409)


def test_a_task_leaves_hold_by_itself_when_the_day_comes(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    desk.act("claim")
    desk.act("hold", until=in_days(2), reason="ждём")
    moment = f"{in_days(2)}T12:00:00.000+0500"
    assert client.put("/api/test/clock", json={"now": moment}, headers=as_user("admin")).status_code < 300
    assert "Отложена до" not in desk.see()


@pytest.mark.parametrize(
    ("act", "given"), [("release", {}), ("assign", {"person": OTHER}), ("delegate", {"person": OTHER})]
)
def test_a_task_leaves_hold_when_who_put_it_aside_has_it_no_longer(desk: Desk, act: str, given: dict[str, str]) -> None:
    desk.act("claim")
    desk.act("hold", until=in_days(3), reason="ждём")
    desk.act(act, **given)
    text = desk.see(OTHER)
    assert "Отложена до" not in text
    assert "вернул(а) в работу шаг «Подготовка проекта»" in text
    assert desk.task not in desk.client.get("/tasks?view=all&state=held", headers=desk.as_user(OTHER)).text


def test_a_hold_stays_when_its_task_stays_with_its_person(desk: Desk) -> None:
    desk.act("claim")
    desk.act("hold", until=in_days(3), reason="ждём")
    desk.act("comment", message="ещё нет")
    desk.act("assign", person=EXECUTOR)
    assert "Отложена до" in desk.see()


@pytest.mark.parametrize("until", [in_days(0), in_days(-3), in_days(800), "завтра", ""])
def test_a_day_that_is_not_ahead_is_refused_and_the_reason_kept(desk: Desk, until: str) -> None:
    desk.act("claim")
    text = desk.act("hold", status=400, until=until, reason="ждём ответ")
    assert "Выберите день начиная с завтрашнего" in text
    assert "ждём ответ" in text


def test_a_delegated_task_is_given_back(desk: Desk) -> None:
    desk.act("claim")
    desk.act("delegate", person=OTHER)
    assert "Задача передана вам с возвратом" in desk.see(OTHER)
    desk.act("resolve", OTHER)
    assert "вернул(а) шаг «Подготовка проекта» владельцу" in desk.see()
    assert desk.send({"decision": "approve"})[0] == 200


def test_a_delegated_task_is_taken_back_by_its_owner_alone(desk: Desk) -> None:
    desk.act("claim")
    desk.act("delegate", person=OTHER)
    assert "Вы передали эту задачу с возвратом: Айгүл Серікова." in desk.see()
    desk.act("take-back", OTHER, status=403)
    desk.act("take-back")
    assert "забрал(а) обратно шаг «Подготовка проекта»: Айгүл Серікова" in desk.see()
    desk.act("take-back", status=409)


def test_a_task_goes_to_nobody_outside_its_role(desk: Desk) -> None:
    desk.act("claim")
    assert "не может выполнить эту задачу" in desk.act("assign", status=403, person=HEAD)
    assert "Выберите человека." in desk.act("assign", status=400)
    assert HEAD not in desk.see()


def test_people_are_found_by_a_part_of_their_name(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    desk.act("claim")
    answer = client.get(f"/tasks/{desk.task}/people?q=айг+СЕР", headers=as_user(EXECUTOR))
    assert "Айгүл Серікова" in answer.text
    assert client.get(f"/tasks/{desk.task}/people?q=жоқ", headers=as_user(EXECUTOR)).text.count("<option") == 1


def test_who_is_absent_is_marked_with_the_deputy(desk: Desk, database_engine: Engine) -> None:
    today = TODAY
    with Session(database_engine) as session, session.begin():
        absence = Absence(
            id=UUID(int=7),
            made_at=f"{today}T00:00Z",
            first_day=today - timedelta(days=1),
            last_day=today + timedelta(days=1),
        )
        absence.tenant_id, absence.user_id, absence.deputy_id = TENANT, OTHER, HEAD
        absence.order_number, absence.made_by = "1-к", HEAD
        session.add(absence)
    desk.act("claim")
    assert f"отсутствует, замещает {HEAD}" in desk.see()


def test_the_clock_is_paused_extended_and_goes_on_where_the_act_allows_it(desk: Desk) -> None:
    desk.act("claim")
    desk.act("pause", reason="запрос", clause="9")
    text = desk.see()
    assert "срок приостановлен" in text
    assert 'class="exact"' not in text, "it is not known while the clock stands still"
    assert "Напишите причину" in desk.act("resume", status=400, reason=" ")
    desk.act("resume", reason="ответ есть")
    assert desk.act("extend", status=400, reason="сложно", allowance="workingDays|7", amount="11")
    desk.act("extend", reason="сложно", allowance="workingDays|7", amount="4")
    text = desk.see()
    assert "продлил(а) срок дела" in text
    assert "3 рабочих дня + 4 рабочих дня, пункт 5.3" in text
    assert "приостановил(а) срок дела" in text
    assert "возобновил(а) срок дела" in text


def test_a_task_is_overdue_nowhere_while_the_clock_of_its_case_stands_still(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers], database_engine: Engine
) -> None:
    desk.act("claim")
    desk.act("pause", reason="запрос", clause="9")
    late, moment = datetime.now(UTC) + timedelta(days=40), f"{in_days(40)}T12:00:00.000+0500"
    assert client.put("/api/test/clock", json={"now": moment}, headers=as_user("admin")).status_code < 300

    def overdue() -> list[int]:
        asked = {"/tasks?view=all&due=overdue": EXECUTOR, "/team/tasks?late=1": HEAD, "/cases?overdue=1": EXECUTOR}
        shown = [client.get(page, headers=as_user(person)).text for page, person in asked.items()]
        listed = [int(desk.task in text or "B-1" in text) for text in shown]
        with Session(database_engine) as session:
            [place] = [one for one in places(session, actor_of(session, "admin"), late) if one.id == TENANT]
            return [*listed, place.late, team(session, actor_of(session, HEAD), TENANT, late).load.late]

    assert overdue() == [0] * 5
    desk.act("resume", reason="ответ есть")
    assert client.put("/api/test/clock", json={"now": f"{in_days(90)}T12:00:00.000+0500"}, headers=as_user("admin"))
    late += timedelta(days=50)
    assert overdue() == [1] * 5


def test_a_comment_is_added_to_the_story(desk: Desk) -> None:
    desk.act("comment", message="Позвонил заявителю")
    assert "Позвонил заявителю" in desk.see()
    assert "Напишите комментарий" in desk.act("comment", status=400, message="  ")


def test_what_a_delegate_has_prepared_goes_back_with_the_task(desk: Desk) -> None:
    desk.act("claim")
    desk.send({"refusalText": "начал владелец"}, what="draft")
    desk.act("delegate", person=OTHER)
    assert json.dumps("начал владелец") in desk.see(OTHER)
    desk.send({"refusalText": "подготовил помощник"}, OTHER, "draft")
    desk.act("resolve", OTHER)
    assert json.dumps("подготовил помощник") in desk.see()


def test_an_act_that_is_no_more_offered_says_why_it_was_refused(desk: Desk) -> None:
    desk.act("claim")
    desk.act("assign", person=OTHER)
    assert "Задача поручена другому человеку" in desk.act("hold", status=403, until=in_days(3), reason="ждём")


@pytest.mark.parametrize(("act", "given"), [("comment", {"message": "важное"}), ("hold", {"reason": "важное"})])
def test_what_was_written_for_a_task_that_is_done_is_given_back(desk: Desk, act: str, given: dict[str, str]) -> None:
    desk.act("claim")
    desk.send({"decision": "approve"})
    text = desk.act(act, status=409, **({"until": in_days(3)} if act == "hold" else {}), **given)
    assert "Вы выполнили эту задачу" in text
    assert "важное" in text


def test_nothing_else_is_done_with_a_task(desk: Desk) -> None:
    desk.act("burn", status=404)


def test_whom_the_model_keeps_from_a_step_it_is_not_offered_to(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., object],
    start: Callable[..., str],
) -> None:
    people = "clerk,executor,head"
    not_by = '<extensionElements><camunda:properties><camunda:property name="law.notBy" value="prepare"/>'
    sign = user_task("sign", "Sign", groups=people, children=f"{not_by}</camunda:properties></extensionElements>")
    deploy({"signing.bpmn": bpmn("signing", line(user_task("prepare", "Prepare", groups=people), sign))})
    start("signing")
    for act in ("claim", "complete"):
        [first] = client.get("/engine-rest/task", headers=as_user("admin")).json or []
        client.post(f"/engine-rest/task/{first['id']}/{act}", json={}, headers=as_user(EXECUTOR))
    [second] = client.get("/engine-rest/task", headers=as_user("admin")).json or []
    options = client.get(f"/tasks/{second['id']}/people", headers=as_user(HEAD)).text
    assert HEAD in options
    assert EXECUTOR not in options


def test_a_head_ends_a_delegation_by_giving_the_task_to_another(desk: Desk) -> None:
    desk.act("claim")
    desk.act("delegate", person=OTHER)
    desk.act("assign", "admin", person=EXECUTOR)
    assert "передача с возвратом прекращена" in desk.see()
    desk.act("delegate", person=OTHER)
    desk.act("resolve", OTHER)
    desk.act("assign", person=OTHER)
    desk.act("delegate", OTHER, person=EXECUTOR)
    text = desk.see()
    assert "завершит Айгүл Серікова" in text, "who delegates is the owner, whoever was before"
    desk.act("assign", "admin", person=EXECUTOR)
    assert "прекратил(а) передачу с возвратом" in desk.see()
    assert desk.send({"decision": "approve"})[0] == 200
