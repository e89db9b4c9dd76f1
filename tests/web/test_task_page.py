"""The page of a task: what it asks of the database, what it shows, and what is told of a task that is done."""

import json
from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.store.tables import Task
from tests.web.desk import EXECUTOR, NAMES, OTHER, Desk, Headers, in_days


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


def test_the_diagram_tells_its_steps_in_words(
    desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]
) -> None:
    drawn = client.get(f"/tasks/{desk.task}/diagram", headers=as_user(EXECUTOR)).json
    assert drawn is not None
    assert drawn["open"] == [NAMES]
    assert drawn["done"] == []
    assert drawn["here"] == ["draft"]


def test_what_others_have_done_meanwhile_is_told_in_few_statements(desk: Desk, statements: list[str]) -> None:
    desk.act("comment", OTHER, message="Қараймын")
    desk.news()
    statements.clear()
    assert "Қараймын" in desk.news()
    assert len(statements) <= 15, "\n".join(statements)


def test_the_page_is_told_when_the_task_is_no_more_as_it_was(desk: Desk) -> None:
    assert "Открыть задачу заново" not in desk.news()
    desk.act("claim", OTHER)
    assert "Задача сейчас у: Айгүл Серікова." in desk.news()
    assert "Открыть задачу заново" not in desk.news(having=OTHER)
    desk.send({"decision": "approve"}, OTHER)
    assert "Эта задача уже выполнена: Айгүл Серікова" in desk.news(having=OTHER)


def test_strangers_get_no_news_of_a_task(desk: Desk, client: FlaskClient, as_user: Callable[[str], Headers]) -> None:
    stranger = as_user("executor.industrial-safety-committee")
    assert client.get(f"/tasks/{desk.task}/news", headers=stranger).status_code == 404


def test_a_part_of_a_page_that_nobody_is_signed_in_for_leads_to_the_door_and_back_to_the_page(
    client: FlaskClient,
) -> None:
    page = "http://localhost/tasks?view=mine&sort=newest"
    answer = client.get("/notices/unread", headers={"HX-Request": "true", "HX-Current-URL": page})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in?next=%2Ftasks%3Fview%3Dmine%26sort%3Dnewest"
