"""Who sits in a commission and votes, and when: refused in the language that the client asks for, and nothing is kept."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.store.tables import Membership, User
from tests.api.languages import HERE, THERE, each_language, form
from tests.api.models import bpmn, line, user_task

MEMBERS = ("aigul", "berik", "dana")
Headers = Callable[[str], dict[str, str]]

VOTE = (
    'camunda:assignee="${member}" camunda:formRef="ballot" camunda:formRefBinding="latest"',
    "<multiInstanceLoopCharacteristics camunda:collection=\"${membersOf('commission')}\" "
    'camunda:elementVariable="member"><completionCondition>${nrOfCompletedInstances == 2}</completionCondition>'
    "</multiInstanceLoopCharacteristics>",
)
COMMISSION = bpmn("session", line(user_task("vote", "Vote", "commission", *VOTE), user_task("minutes", "Minutes")))
"""A vote for each member of the commission, until two have voted."""
BALLOT = {
    "id": "ballot",
    "type": "default",
    "components": [
        {
            "id": "c1",
            "type": "radio",
            "key": "vote",
            "label": "Дауыс",
            "properties": {"label.ru": "Голос", "label.en": "Vote"},
            "values": [{"label": "For", "value": "for"}, {"label": "Against", "value": "against"}],
            "validate": {"required": True},
        }
    ],
}


@pytest.fixture
def commission(database_engine: Engine, deploy: Any) -> None:
    """Three members, one of them in the other organisation too, and the model of their session."""
    with Session(database_engine) as session, session.begin():
        session.execute(text("DELETE FROM membership WHERE group_id = 'commission'"))
        known = session.get_one(User, f"clerk.{HERE}").password_hash
        session.add_all(User(id=name, password_hash=known, administrator=False) for name in MEMBERS)
        session.flush()
        session.add_all(Membership(user_id=name, tenant_id=HERE, group_id="commission") for name in MEMBERS)
    deploy({"session.bpmn": COMMISSION, "ballot.form": BALLOT})


@pytest.fixture
def votes(client: FlaskClient, as_user: Headers, commission: None, start: Any) -> dict[str, str]:
    """The paths of the members' tasks in a new session."""
    start("session")
    found = client.get("/engine-rest/task?taskDefinitionKey=vote", headers=as_user("admin")).json
    return {one["assignee"]: f"/engine-rest/task/{one['id']}" for one in found}


@each_language
def test_a_vote_is_handed_to_members_alone(send: Any, votes: dict[str, str], nothing_kept: Any, language: str) -> None:
    someone, nobody = f"clerk.{HERE}", "aidar"
    outside = {
        "kk": f"«{someone}» бұл тапсырманы орындай алмайды",
        "ru": f"«{someone}» не может выполнить эту задачу",
        "en": f"user '{someone}' may not work task",
    }
    unknown = {
        "kk": f"«{nobody}» деген пайдаланушы жоқ",
        "ru": f"Пользователя «{nobody}» нет",
        "en": f"there is no user '{nobody}'",
    }
    with nothing_kept():
        refused = send("aigul", language, votes["aigul"] + "/assignee", {"userId": someone})
        strange = send("aigul", language, votes["aigul"] + "/assignee", {"userId": nobody})
    assert (refused.status_code, strange.status_code) == (403, 400)
    assert outside[language] in refused.json["message"]
    assert unknown[language] in strange.json["message"]


@each_language
def test_nobody_votes_for_another(send: Any, votes: dict[str, str], nothing_kept: Any, language: str) -> None:
    ballot = {"variables": {"vote": {"value": "for"}}}
    taken = {
        "kk": "Тапсырманы басқа адам алып қойған.",
        "ru": "Задачу уже взял другой человек.",
        "en": "is already claimed by someone else.",
    }
    anothers = {
        "kk": "Бұл тапсырма басқа адамға бекітілген",
        "ru": "Задача поручена другому человеку",
        "en": "is assigned to another person",
    }
    unseen = {
        "kk": "тапсырмасы жоқ немесе ол сізге арналмаған",
        "ru": "нет, или она не для вас",
        "en": "task is null",
    }
    with nothing_kept():
        claimed = send("berik", language, votes["aigul"] + "/claim", {"userId": "berik"})
        voted = send("berik", language, votes["aigul"] + "/submit-form", ballot)
        outsider = send(f"clerk.{HERE}", language, votes["aigul"] + "/submit-form", ballot)
    assert [one.status_code for one in (claimed, voted, outsider)] == [409, 403, 404]
    assert taken[language] in claimed.json["message"]
    assert anothers[language] in voted.json["message"]
    assert unseen[language] in outsider.json["message"]


@each_language
def test_a_session_of_a_commission_without_members_is_not_begun(
    send: Any, commission: None, deploy: Any, nothing_kept: Any, language: str
) -> None:
    told = {
        "kk": f"«{THERE}» ұйымында «commission» рөлінде ешкім жоқ",
        "ru": f"В организации «{THERE}» нет никого в роли «commission»",
        "en": f"nobody in organisation '{THERE}' holds the role 'commission'",
    }
    deploy({"session.bpmn": COMMISSION, "ballot.form": BALLOT}, tenant=THERE)
    path = f"/engine-rest/process-definition/key/session/tenant-id/{THERE}/start"
    with nothing_kept():
        answer = send("admin", language, path, {})
    assert answer.status_code == 400
    assert told[language] in answer.json["message"]


@each_language
def test_a_session_of_a_role_that_does_not_exist_is_not_deployed(send: Any, nothing_kept: Any, language: str) -> None:
    told = {"kk": "'comission' деген рөл жоқ", "ru": "нет роли 'comission'", "en": "there is no role 'comission'"}
    with nothing_kept():
        answer = send("admin", language, "", files=[("s.bpmn", COMMISSION.replace("'commission'", "'comission'"))])
    assert answer.status_code == 400
    problems = [one["message"] for one in answer.json["details"]["s.bpmn"]["errors"]]
    assert any(told[language] in problem for problem in problems)


@each_language
def test_a_vote_that_is_none_of_the_options_is_refused(
    send: Any, votes: dict[str, str], nothing_kept: Any, language: str
) -> None:
    told = {
        "kk": "«Дауыс»: тізімде жоқ мән.",
        "ru": "«Голос»: такого значения нет в списке.",
        "en": "“Vote” has a value that is not offered.",
    }
    with nothing_kept():
        answer = send("dana", language, votes["dana"] + "/submit-form", {"variables": {"vote": {"value": "maybe"}}})
    assert answer.status_code == 400
    assert told[language] in answer.json["message"]


@each_language
@pytest.mark.usefixtures("commission")
def test_a_commission_is_made_of_members_of_its_role_each_once(
    client: FlaskClient, as_user: Headers, send: Any, deploy: Any, start: Any, nothing_kept: Any, language: str
) -> None:
    told = {
        "kk": ("«Құрамы»: тізімде жоқ мән.", "«Құрамы»: бір мән бірнеше рет берілген."),
        "ru": ("«Состав»: такого значения нет в списке.", "«Состав»: одно значение указано несколько раз."),
        "en": ("“Members” has a value that is not offered.", "“Members” has a value more than once."),
    }
    labels = {"label": "Құрамы", "properties": {"label.ru": "Состав", "label.en": "Members"}}
    order = form("order", {"type": "checklist", "key": "members", "valuesKey": "candidates", **labels})
    script = (
        'scriptTask|ask|scriptFormat="juel" camunda:resultVariable="candidates"'
        "|<script>${membersOf('commission')}</script>"
    )
    task = user_task("sign", "Sign", attributes='camunda:formRef="order" camunda:formRefBinding="latest"')
    deploy({"p.bpmn": bpmn("p", line(script, task)), "order.form": order})
    start("p")
    person = f"clerk.{HERE}"
    (opened,) = client.get("/engine-rest/task", headers=as_user(person)).json
    path = f"/engine-rest/task/{opened['id']}"
    assert send(person, language, f"{path}/claim", {"userId": person}).status_code == 204

    def signed(*names: str) -> TestResponse:
        answer: TestResponse = send(
            person, language, f"{path}/submit-form", {"variables": {"members": {"value": names}}}
        )
        return answer

    with nothing_kept():
        refused = [signed("aigul", person), signed("aigul", "dana", "aigul")]
    assert [one.status_code for one in refused] == [400, 400]
    assert tuple(one.json["details"]["fields"][0]["message"][language] for one in refused) == told[language]
    assert tuple(one.json["message"].removeprefix("members: ") for one in refused) == told[language]
    assert signed("aigul", "dana").status_code == 204


@each_language
def test_a_vote_after_the_quorum_and_a_second_vote_are_refused(
    send: Any, votes: dict[str, str], nothing_kept: Any, language: str
) -> None:
    ballot = {"variables": {"vote": {"value": "for"}}}
    for member in ("aigul", "berik"):
        assert send(member, "en", votes[member] + "/submit-form", ballot).status_code == 204
    late = {
        "kk": "Тапсырма жабылды, оның шешімі енді керек емес",
        "ru": "Задача закрыта, решение по ней больше не нужно",
        "en": "is already cancelled",
    }
    again = {
        "kk": "Тапсырма орындалып қойған",
        "ru": "Задача уже завершена",
        "en": "is already completed",
    }
    with nothing_kept():
        refused = send("dana", language, votes["dana"] + "/submit-form", ballot)
        twice = send("aigul", language, votes["aigul"] + "/submit-form", ballot)
    assert (refused.status_code, twice.status_code) == (409, 409)
    assert late[language] in refused.json["message"]
    assert again[language] in twice.json["message"]
