"""The page of a task: what it asks of the database, what is done with a task, and what is told of one that is done."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.store.tables import Absence, Membership, Task, User

Headers = dict[str, str]
TENANT = "aktobe-gask"
EXECUTOR, OTHER, HEAD = f"executor.{TENANT}", "second.executor", f"head.{TENANT}"
TODAY = datetime.now(ZoneInfo("Asia/Almaty")).date()
NAMES = {"kk": "Жобаны дайындау", "ru": "Подготовка проекта", "en": "Draft"}
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<userTask id="draft" name="Жобаны дайындау" camunda:candidateGroups="executor" camunda:formRef="draft"
  camunda:dueDate="${workingDays(3)}">
<extensionElements><camunda:properties><camunda:property name="name.ru" value="Подготовка проекта"/>
<camunda:property name="name.en" value="Draft"/><camunda:property name="law.clause" value="7"/>
<camunda:property name="law.pause" value="9"/><camunda:property name="law.extend" value="workingDays:10"/>
</camunda:properties></extensionElements></userTask>
<sequenceFlow id="f2" sourceRef="draft" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = {
    "type": "default",
    "id": "draft",
    "components": [
        {"type": "textfield", "id": "F1", "key": "applicantName", "label": "Өтініш беруші", "readonly": True},
        {
            "type": "radio",
            "id": "F2",
            "key": "decision",
            "label": "Нәтиже",
            "values": [{"label": "Беріледі", "value": "approve"}, {"label": "Бас тарту", "value": "refuse"}],
            "validate": {"required": True},
            "properties": {"value.approve.ru": "Выдать", "value.refuse.ru": "Отказ", "value.refuse.en": "Refusal"},
        },
        {
            "type": "textarea",
            "id": "F3",
            "key": "refusalText",
            "label": "Мәтіні",
            "validate": {"required": True},
            "conditional": {"hide": '=decision != "refuse"'},
        },
    ],
}


class Desk:
    """One open task of the step, as the people of the office see it."""

    def __init__(self, client: FlaskClient, as_user: Callable[[str], Headers], task: str) -> None:
        self.client, self.as_user, self.task = client, as_user, task

    def see(self, person: str = EXECUTOR, lang: str = "ru") -> str:
        answer = self.client.get(f"/tasks/{self.task}", headers={**self.as_user(person), "Accept-Language": lang})
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def act(self, name: str, by: str = EXECUTOR, status: int = 303, **given: str) -> str:
        headers = {**self.as_user(by), "Accept-Language": "ru"}
        answer = self.client.post(f"/tasks/{self.task}/{name}", data=given, headers=headers)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def send(self, data: Any, person: str = EXECUTOR, what: str = "complete", **more: str) -> tuple[int, Any]:
        headers = {**self.as_user(person), "Accept": "application/json", "Accept-Language": "ru", **more}
        method = self.client.put if what == "draft" else self.client.post
        answer = method(f"/tasks/{self.task}/{what}", json=data, headers=headers)
        return answer.status_code, answer.json


@pytest.fixture
def desk(
    client: FlaskClient,
    as_user: Callable[[str], Headers],
    deploy: Callable[..., object],
    start: Callable[..., str],
    database_engine: Engine,
) -> Desk:
    deploy({"design-licence.bpmn": MODEL, "draft.form": json.dumps(FORM)})
    with Session(database_engine) as session, session.begin():
        first = session.get_one(User, EXECUTOR)
        session.add(User(id=OTHER, first_name="Айгүл", last_name="Серікова", password_hash=first.password_hash))
        session.flush()
        session.add(Membership(user_id=OTHER, tenant_id=TENANT, group_id="executor"))
    instance = start("design-licence", business_key="B-1", applicantName="«Әлем» ЖШС")
    with Session(database_engine) as session:
        task = session.query(Task).filter_by(instance_id=UUID(instance)).one()
    return Desk(client, as_user, str(task.id))


def in_days(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


def test_the_page_takes_fifteen_statements(desk: Desk, statements: list[str]) -> None:
    desk.act("claim")
    desk.act("comment", message="Қараймын")
    desk.act("hold", until=in_days(5), reason="ответ ждём")
    desk.see()
    statements.clear()
    desk.see()
    assert len(statements) <= 15, "\n".join(
        " ".join(one.split())[:70] + " ... " + " ".join(one.split())[-110:] for one in statements
    )


@pytest.mark.parametrize("lang", NAMES)
def test_it_shows_the_step_its_clause_limit_and_what_the_act_allows(desk: Desk, lang: str) -> None:
    desk.act("claim")
    text = desk.see(lang=lang)
    assert NAMES[lang] in text
    assert {"kk": "3 жұмыс күні", "ru": "3 рабочих дня", "en": "3 working days"}[lang] in text
    assert {"kk": "10 жұмыс күні", "ru": "10 рабочих дней", "en": "10 working days"}[lang] in text
    assert "Айгүл Серікова" in text


def test_a_decision_is_told_in_the_words_of_the_form(desk: Desk) -> None:
    desk.act("claim")
    assert desk.send({"decision": "refuse", "refusalText": "нет документов"})[0] == 200
    text = desk.see()
    assert "Вы выполнили эту задачу" in text
    assert "Решение: Отказ" in text


def test_the_story_tells_the_decision(desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    desk.act("claim")
    desk.send({"decision": "refuse", "refusalText": "нет документов"})
    case = desk.see().partition("/cases/")[2][:36]
    answer = client.get(f"/cases/{case}", headers={**as_user(EXECUTOR), "Accept-Language": "en"})
    assert "completed “Draft”: Refusal" in unescape(answer.text)


def test_the_field_that_decides_is_marked_for_the_browser(desk: Desk) -> None:
    desk.act("claim")
    assert '"type": "decision"' in desk.see()


def test_a_draft_is_kept_for_the_person_alone(desk: Desk) -> None:
    desk.act("claim")
    status, said = desk.send({"refusalText": "нет плана участка"}, what="draft")
    assert status == 200
    assert f'"drafted": "{said["at"]}"' in desk.see()
    assert json.dumps("нет плана участка") in desk.see()
    desk.act("assign", person=OTHER)
    assert 'drafted": null' in desk.see(OTHER)


def test_what_is_wrong_is_told_by_field(desk: Desk) -> None:
    desk.act("claim")
    status, said = desk.send({"decision": "refuse"})
    assert status == 400
    assert [one["field"] for one in said["fields"]] == ["refusalText"]


def test_what_the_form_does_not_have_is_refused_and_what_it_only_shows_is_dropped(
    desk: Desk, database_engine: Engine
) -> None:
    desk.act("claim")
    assert desk.send({"decision": "approve", "isPaid": True})[0] == 400
    assert desk.send({"decision": "approve", "applicantName": "Басқа"})[0] == 200
    with Session(database_engine) as session:
        assert session.get_one(Task, UUID(desk.task)).given == {"decision": "approve"}


def test_who_comes_too_late_is_told_who_did_it_and_keeps_what_was_entered(desk: Desk) -> None:
    desk.act("claim")
    desk.act("assign", person=OTHER)
    assert desk.send({"decision": "approve"}, OTHER)[0] == 200
    for what in ("complete", "draft"):
        status, said = desk.send({"decision": "refuse"}, EXECUTOR, what)
        assert status == 409
        assert "Айгүл Серікова" in said["what"]
        assert "осталось" in said["do"]
        assert said["links"]


def test_who_lost_the_task_to_another_is_told_so(desk: Desk) -> None:
    desk.act("claim")
    desk.act("assign", person=OTHER)
    status, said = desk.send({"decision": "refuse"})
    assert status == 403
    assert said["what"] == "Задача сейчас у: Айгүл Серікова."
    assert said["links"][0]["href"] == f"/tasks/{desk.task}"


def test_a_completion_sent_again_for_want_of_an_answer_is_done(desk: Desk) -> None:
    desk.act("claim")
    assert desk.send({"decision": "approve"})[0] == 200
    assert desk.send({"decision": "approve"})[0] == 409
    assert desk.send({"decision": "approve"}, **{"Reglament-Again": "1"}) == (200, {"next": "/tasks"})


def test_a_suspended_case_is_said(desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    desk.act("claim")
    case = desk.see().partition("/cases/")[2][:36]
    path = f"/engine-rest/process-instance/{case}/suspended"
    assert client.put(path, json={"suspended": True}, headers=as_user("admin")).status_code == 204
    status, said = desk.send({"decision": "approve"})
    assert status == 409
    assert "приостановлено" in said["what"]


def test_a_task_that_never_was_is_not_there(desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    headers = {**as_user(EXECUTOR), "Accept-Language": "ru"}
    assert client.get(f"/tasks/{UUID(int=1)}", headers=headers).status_code == 404


def test_strangers_learn_nothing_of_a_task_that_is_done(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    desk.act("claim")
    desk.send({"decision": "approve"})
    stranger = as_user("executor.industrial-safety-committee")
    assert client.get(f"/tasks/{desk.task}", headers=stranger).status_code == 404


def test_a_task_that_another_was_faster_to_claim_says_whose_it_is(desk: Desk) -> None:
    desk.see()
    desk.act("claim", OTHER)
    assert "Задание уже взял другой человек." in desk.act("claim", status=409)
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
    assert "снял(а) с ожидания шаг «Подготовка проекта»" in text
    assert "Задача не отложена." in desk.act("unhold", status=409)


def test_a_task_leaves_hold_by_itself_when_the_day_comes(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    desk.act("claim")
    desk.act("hold", until=in_days(2), reason="ждём")
    moment = f"{in_days(2)}T12:00:00.000+0500"
    assert client.put("/api/test/clock", json={"now": moment}, headers=as_user("admin")).status_code < 300
    assert "Отложена до" not in desk.see()


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
    assert "не может выполнить это задание" in desk.act("assign", status=403, person=HEAD)
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
    assert "срок приостановлен" in desk.see()
    assert "Напишите причину" in desk.act("resume", status=400, reason=" ")
    desk.act("resume", reason="ответ есть")
    assert desk.act("extend", status=400, reason="сложно", allowance="workingDays|7", amount="11")
    desk.act("extend", reason="сложно", allowance="workingDays|7", amount="4")
    text = desk.see()
    assert "продлил(а) срок дела" in text
    assert "приостановил(а) срок дела" in text
    assert "возобновил(а) срок дела" in text


def test_a_comment_is_added_to_the_story(desk: Desk) -> None:
    desk.act("comment", message="Позвонил заявителю")
    assert "Позвонил заявителю" in desk.see()
    assert "Напишите комментарий" in desk.act("comment", status=400, message="  ")


def test_the_diagram_tells_its_steps_in_words(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    drawn = client.get(f"/tasks/{desk.task}/diagram", headers=as_user(EXECUTOR)).json
    assert drawn is not None
    assert drawn["open"] == [NAMES]
    assert drawn["done"] == []
    assert drawn["here"] == ["draft"]
