"""The same done to many tasks at once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.actions import bulk, deployments, instances, tasks
from app.actions.alike import alike
from app.actions.colleagues import colleagues
from app.actions.people import actor_of
from app.actions.seed import seed
from app.domain.access import Actor
from app.domain.values import Variable, infer
from app.errors import Conflict, Invalid
from app.store.tables import Comment, History, Membership, Task, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="asks" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" name="Shart" camunda:candidateGroups="clerk" camunda:formRef="answer" camunda:formRefBinding="latest"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="sign"/>
<userTask id="sign" camunda:candidateGroups="head"/>
<sequenceFlow id="f3" sourceRef="sign" targetRef="end"/><endEvent id="end"/></process></definitions>"""


def form(condition: str | None = None) -> bytes:
    text: dict[str, Any] = {
        "type": "textfield",
        "id": "a",
        "key": "answer",
        "label": "Жауап",
        "validate": {"required": True},
    }
    if condition:
        text["conditional"] = {"hide": condition}
    return orjson.dumps({"type": "default", "id": "answer", "schemaVersion": 18, "components": [text]})


def deploy(session: Session, source: bytes) -> None:
    deployments.deploy(session, ADMIN, {"asks.bpmn": MODEL, "answer.form": source}, NOW, tenant=TENANT)
    session.flush()


def start(session: Session, number: int = 1, **variables: Any) -> list[UUID]:
    definition = instances.definition_by_key(session, ADMIN, "asks", TENANT)
    given = {name: Variable(value, infer(value)) for name, value in variables.items()}
    started = [instances.start(session, ADMIN, definition, given, NOW).id for _ in range(number)]
    session.flush()
    return [session.scalars(select(Task.id).where(Task.instance_id == one)).one() for one in started]


@pytest.fixture
def clerk(session: Session) -> Actor:
    """A clerk of an organisation that has a colleague in the same role, a head and a clerk elsewhere."""
    seed(session, ACTS, NOW, demo=False)
    people = {"clerk": "clerk", "second": "clerk", "head": "head", "foreign": "clerk"}
    session.add_all(User(id=name, last_name=name.title(), password_hash="-", administrator=False) for name in people)
    session.flush()
    for name, role in people.items():
        tenant = "industrial-safety-committee" if name == "foreign" else TENANT
        session.add(Membership(user_id=name, tenant_id=tenant, group_id=role))
    deploy(session, form())
    return actor_of(session, "clerk")


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    yield sent
    event.remove(session.get_bind(), "before_cursor_execute", note)


def answer(text: str) -> dict[str, Variable]:
    return {"answer": Variable(text, "String")}


def test_what_one_cannot_have_takes_nothing_from_the_others(session: Session, clerk: Actor) -> None:
    ids = start(session, 3)
    tasks.claim(session, actor_of(session, "second"), ids[1], None, NOW)
    outcomes = bulk.claim(session, clerk, [*ids, uuid4()], NOW)
    assert [one.done for one in outcomes] == [True, False, True, False]
    assert isinstance(outcomes[1].error, Conflict)
    assert set(outcomes[1].error.words) == {"kk", "ru", "en"}
    assert [session.get_one(Task, one).assignee for one in ids] == ["clerk", "second", "clerk"]


def test_a_completion_that_fails_leaves_nothing_half_done(session: Session, clerk: Actor) -> None:
    mine, taken, done = start(session, 3)
    tasks.claim(session, actor_of(session, "second"), taken, None, NOW)
    before = session.scalars(select(History.id).where(History.task_id == mine)).all()
    [refused] = bulk.complete(session, clerk, [mine], {}, NOW)
    assert isinstance(refused.error, Invalid)
    assert session.get_one(Task, mine).assignee is None
    assert session.scalars(select(History.id).where(History.task_id == mine)).all() == before
    outcomes = bulk.complete(session, clerk, [mine, taken, done], answer("иә"), NOW)
    assert [one.done for one in outcomes] == [True, False, True]
    assert session.get_one(Task, mine).given == {"answer": "иә"}
    assert session.get_one(Task, taken).ended_at is None
    [again] = bulk.complete(session, clerk, [mine], answer("иә"), NOW)
    assert isinstance(again.error, Conflict)


def test_a_comment_is_written_on_each(session: Session, clerk: Actor) -> None:
    ids = start(session, 2)
    assert all(one.done for one in bulk.comment(session, clerk, ids, "Құжат жоқ", NOW))
    assert set(session.scalars(select(Comment.task_id))) == set(ids)
    assert [one.done for one in bulk.comment(session, clerk, ids, " ", NOW)] == [False, False]


def test_tasks_are_given_to_who_may_work_them_and_to_nobody_else(session: Session, clerk: Actor) -> None:
    ids = start(session, 2)
    assert [one.id for one in colleagues(session, [session.get_one(Task, one) for one in ids])] == ["clerk", "second"]
    assert [one.done for one in bulk.assign(session, clerk, ids, "foreign", NOW)] == [False, False]
    assert [one.done for one in bulk.assign(session, clerk, ids, "second", NOW)] == [True, True]
    assert {session.get_one(Task, one).assignee for one in ids} == {"second"}


def test_the_first_free_task_is_taken_past_those_that_are_gone(session: Session, clerk: Actor) -> None:
    gone, free, other = start(session, 3)
    tasks.claim(session, actor_of(session, "second"), gone, None, NOW)
    assert bulk.claim_first(session, clerk, [gone, free, other], NOW) == free
    assert session.get_one(Task, other).assignee is None
    assert bulk.claim_first(session, clerk, [gone], NOW) is None


def test_nothing_and_too_much_are_refused(session: Session, clerk: Actor) -> None:
    with pytest.raises(Invalid):
        bulk.claim(session, clerk, [], NOW)
    with pytest.raises(Invalid):
        bulk.claim(session, clerk, [uuid4() for _ in range(bulk.MOST + 1)], NOW)


@pytest.mark.parametrize("act", ["claim", "comment", "assign", "complete"])
def test_each_task_more_costs_the_same_few_statements(
    session: Session, clerk: Actor, statements: list[str], act: str
) -> None:
    def cost(number: int) -> int:
        ids = start(session, number)
        session.commit()
        session.expire_all()
        statements.clear()
        match act:
            case "claim":
                bulk.claim(session, clerk, ids, NOW)
            case "comment":
                bulk.comment(session, clerk, ids, "Құжат жоқ", NOW)
            case "assign":
                bulk.assign(session, clerk, ids, "second", NOW)
            case _:
                bulk.complete(session, clerk, ids, answer("иә"), NOW)
        return len(statements)

    cost(1)
    few, many = cost(2), cost(12)
    print(act, (many - few) / 10, many)
    assert (many - few) / 10 <= {"claim": 5, "comment": 3, "assign": 6, "complete": 13}[act]


def test_tasks_of_one_step_are_decided_with_one_form(session: Session, clerk: Actor) -> None:
    found = [session.get_one(Task, one) for one in start(session, 2)]
    asked = alike(session, found, "kk")
    assert asked.schema is not None
    assert [one["label"] for one in asked.schema["components"]] == ["Жауап"]
    assert not asked.signing


def test_tasks_of_different_steps_or_forms_are_not_decided_alike(session: Session, clerk: Actor) -> None:
    first, second = start(session, 2)
    bulk.complete(session, clerk, [first], answer("иә"), NOW)
    signing = session.scalars(select(Task).where(Task.element == "sign")).one()
    with pytest.raises(Conflict):
        alike(session, [signing, session.get_one(Task, second)], "kk")


def test_a_form_that_looks_at_the_cases_is_decided_alike_where_they_agree(session: Session, clerk: Actor) -> None:
    deploy(session, form('=kind = "short"'))
    same = [session.get_one(Task, one) for one in start(session, 2, kind="long")]
    assert alike(session, same, "kk").data == {"kind": "long"}
    other = [session.get_one(Task, one) for one in start(session, 1, kind="short")]
    with pytest.raises(Conflict):
        alike(session, same + other, "kk")
