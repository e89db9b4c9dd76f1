"""A vote is of one person alone: he does not hand it on, and nobody votes twice."""

import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.domain.people.personal import ONE_VOICE, PERSONAL
from app.domain.terms.calendar import LANGUAGES
from app.store.tables import Membership, Task, User
from tests.web.desk import HEAD, TENANT, Headers

MEMBERS = ("first.member", "second.member", "third.member")
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="voting" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="meeting"/>
<subProcess id="meeting"><multiInstanceLoopCharacteristics camunda:collection="people" camunda:elementVariable="member"/>
<startEvent id="asked"/><sequenceFlow id="f2" sourceRef="asked" targetRef="vote"/>
<userTask id="vote" name="Vote" camunda:formRef="vote" camunda:assignee="${member}" camunda:candidateGroups="executor"/>
<sequenceFlow id="f3" sourceRef="vote" targetRef="answered"/><endEvent id="answered"/></subProcess>
<sequenceFlow id="f4" sourceRef="meeting" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = {
    "type": "default",
    "id": "vote",
    "components": [
        {
            "type": "radio",
            "id": "F1",
            "key": "vote",
            "label": "Дауыс",
            "values": [{"label": "Қолдаймын", "value": "for"}, {"label": "Қарсымын", "value": "against"}],
            "validate": {"required": True},
        },
        {"type": "textfield", "id": "F2", "key": "opinion", "label": "Пікір"},
    ],
}
Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def votes(deploy: Callable[..., object], start: Callable[..., str], database_engine: Engine) -> dict[str, str]:
    """The task of each of two members; the third has none."""
    deploy({"voting.bpmn": MODEL, "vote.form": json.dumps(FORM)})
    with Session(database_engine) as session, session.begin():
        secret = session.get_one(User, HEAD).password_hash
        session.add_all([User(id=one, first_name=one, last_name="", password_hash=secret) for one in MEMBERS])
        session.flush()
        session.add_all([Membership(user_id=one, tenant_id=TENANT, group_id="executor") for one in MEMBERS])
    start("voting", people=list(MEMBERS[:2]))
    with Session(database_engine) as session:
        return {str(task.assignee): str(task.id) for task in session.scalars(select(Task))}


@pytest.fixture
def ask(client: FlaskClient, as_user: Callable[[str], Headers]) -> Ask:
    def asked(path: str, by: str, *, json: Any = None, lang: str = "ru", **form: str) -> tuple[int, str]:
        headers = {**as_user(by), "Accept-Language": lang}
        answer = client.post(path, data=form or None, json=json, headers=headers)
        return answer.status_code, unescape(answer.text)

    return asked


def test_a_member_does_not_hand_his_vote_on(votes: dict[str, str], ask: Ask, client: FlaskClient, as_user: Any) -> None:
    mine, other = MEMBERS[0], MEMBERS[2]
    page = unescape(client.get(f"/tasks/{votes[mine]}", headers=as_user(mine)).text)
    for act in ("release", "assign", "delegate"):
        assert f"{votes[mine]}/{act}" not in page
        for lang in LANGUAGES:
            status, text = ask(f"/tasks/{votes[mine]}/{act}", mine, lang=lang, person=other)
            assert status == 403
            assert PERSONAL.get(lang) in text
    for act in ("delegate", "assignee", "unclaim"):
        assert ask(f"/engine-rest/task/{votes[mine]}/{act}", mine, json={"userId": other})[0] == 403
    link = {"userId": other, "type": "assignee"}
    assert ask(f"/engine-rest/task/{votes[mine]}/identity-links", mine, json=link)[0] == 403
    assert PERSONAL.ru in ask("/tasks/bulk/assign", mine, task=votes[mine], person=other)[1]
    assert ask(f"/engine-rest/task/{votes[mine]}/complete", other, json={})[0] in (403, 404)
    assert votes[mine] in client.get("/engine-rest/task?assignee=" + mine, headers=as_user("admin")).text


@pytest.mark.parametrize("voted", [False, True])
def test_a_leader_replaces_a_member_by_nobody_who_votes_himself(
    votes: dict[str, str], ask: Ask, client: FlaskClient, as_user: Any, voted: bool
) -> None:
    first, second, third = MEMBERS
    task = votes[first]
    if voted:
        given = {"variables": {"vote": {"value": "for"}}}
        assert ask(f"/engine-rest/task/{votes[second]}/complete", second, json=given)[0] == 204
    status, text = ask(f"/tasks/{task}/assign", "admin", person=second)
    assert (status, ONE_VOICE.ru.format(person=second) in text) == (403, True)
    assert ask(f"/engine-rest/task/{task}/assignee", "admin", json={"userId": second})[0] == 403
    assert (
        ONE_VOICE.ru.format(person=second)
        in ask(f"/team/tasks?organisation={TENANT}", HEAD, task=task, person=second)[1]
    )
    options = client.get(f"/tasks/{task}/people", headers=as_user("admin")).text
    assert third in options
    assert second not in options
    assert ask(f"/engine-rest/task/{task}/unclaim", "admin", json={})[0] == 204
    assert ask(f"/tasks/{task}/claim", second)[0] == 403
    assert ask(f"/tasks/{task}/assign", "admin", person=third)[0] == 303


def test_the_votes_of_others_are_seen_when_one_has_voted(
    votes: dict[str, str], ask: Ask, client: FlaskClient, as_user: Any, statements: list[str]
) -> None:
    first, second, third = MEMBERS
    given = {"variables": {"vote": {"value": "for"}, "opinion": {"value": "толық"}}}
    ask(f"/engine-rest/task/{votes[second]}/complete", second, json=given)

    def told(person: str) -> str:
        return unescape(client.get(f"/tasks/{votes[first]}/news", headers=as_user(person)).text)

    statements.clear()
    assert client.get(f"/tasks/{votes[first]}", headers=as_user(first)).status_code == 200
    assert len(statements) <= 15, "\n".join(one[:100] for one in statements)
    assert "second.member" in told(first)
    assert "Қолдаймын" not in told(first)
    assert "толық" not in told(first)
    assert "Қолдаймын" in told(third)
    assert "толық" in told(third)
