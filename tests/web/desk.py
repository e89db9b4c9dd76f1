"""One open task of a step, as the people of an office see it over HTTP."""

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

from app.store.tables import Membership, Task, User

Headers = dict[str, str]
TENANT = "aktobe-gask"
TODAY = datetime.now(ZoneInfo("Asia/Almaty")).date()
EXECUTOR, OTHER, HEAD = f"executor.{TENANT}", "second.executor", f"head.{TENANT}"
NAMES = {"kk": "Жобаны дайындау", "ru": "Подготовка проекта", "en": "Draft"}
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="design-licence" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="draft"/>
<userTask id="draft" name="Жобаны дайындау" camunda:candidateGroups="executor" camunda:formRef="draft"
  camunda:dueDate="${workingDays(3)}">
<extensionElements><camunda:properties><camunda:property name="name.ru" value="Подготовка проекта"/>
<camunda:property name="name.en" value="Draft"/><camunda:property name="law.clause" value="7"/>
<camunda:property name="law.limitClause" value="5.3"/>
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

    def news(self, person: str = EXECUTOR, having: str = "") -> str:
        """What is told since the page was opened. having: who had the task then."""
        headers = {**self.as_user(person), "Accept-Language": "ru"}
        answer = self.client.get(f"/tasks/{self.task}/news?with={having}", headers=headers)
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
