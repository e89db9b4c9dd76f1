"""The same done to many tasks at once."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.actions.lists import bulk
from app.actions.lists.alike import Alike, alike, require_matter
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.people.people import actor_of
from app.actions.running import instances
from app.actions.tasks import tasks
from app.actions.tasks.colleagues import colleagues
from app.domain.models.values import Variable, infer
from app.domain.people.access import Actor
from app.errors import Conflict, Invalid, NotFound
from app.store.tables import Comment, History, Incident, Instance, Membership, Task, User

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
<userTask id="sign" name="Qol" camunda:candidateGroups="head"/>
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


def looking(**more: Any) -> bytes:
    """A form that shows what was prepared, and asks for a reason of a refusal alone."""
    kinds = {
        "type": "select",
        "id": "k",
        "key": "kind",
        "label": "Құжат",
        "disabled": True,
        "values": [{"label": "Лицензия", "value": "issued"}, {"label": "Бас тарту", "value": "refusal"}],
        "properties": {"label.ru": "Документ", "value.refusal.ru": "Отказ", "value.issued.ru": "Лицензия"},
    }
    shown = {"type": "textfield", "id": "r", "key": "reasons", "label": "Негізі", "disabled": True}
    sign = {"type": "checkbox", "id": "s", "key": "headSignature", "label": "ЭЦҚ", "validate": {"required": True}}
    return orjson.dumps(
        {"type": "default", "id": "answer", "schemaVersion": 18, "components": [kinds, shown, sign | more]}
    )


def deploy(session: Session, source: bytes, model: bytes = MODEL) -> None:
    deployments.deploy(session, ADMIN, {"asks.bpmn": model, "answer.form": source}, NOW, tenant=TENANT)
    session.flush()


def start(session: Session, number: int = 1, **variables: Any) -> list[UUID]:
    definition = instances.definition_by_key(session, ADMIN, "asks", TENANT)
    given = {name: Variable(value, infer(value)) for name, value in variables.items()}
    started = [instances.start(session, ADMIN, definition, given, NOW).id for _ in range(number)]
    session.flush()
    return [session.scalars(select(Task.id).where(Task.instance_id == one)).one() for one in started]


def tasks_of(session: Session, ids: Sequence[UUID]) -> list[Task]:
    return [session.get_one(Task, one) for one in ids]


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
    with pytest.raises(Invalid, match="At most 100 tasks"):
        bulk.claim(session, clerk, [uuid4() for _ in range(101)], NOW)
    outcomes = bulk.claim(session, clerk, [uuid4() for _ in range(100)], NOW)
    assert [type(one.error) for one in outcomes] == [NotFound] * 100


def test_tasks_are_not_given_to_somebody_who_does_not_exist(session: Session, clerk: Actor) -> None:
    [task] = start(session)
    with pytest.raises(Invalid, match="there is no user 'nobody'"):
        bulk.assign(session, clerk, [task], "nobody", NOW)
    assert session.get_one(Task, task).assignee is None


def test_a_failure_that_nobody_foresaw_takes_nothing_from_the_others(
    session: Session, clerk: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    first, broken, last = start(session, 3)
    session.execute(update(Instance).where(Instance.id == session.get_one(Task, broken).instance_id).values(state=b"?"))
    session.expire_all()
    outcomes = bulk.complete(session, clerk, [first, broken, last], answer("иә"), NOW)
    assert [(one.done, one.unforeseen, one.error) for one in outcomes] == [
        (True, False, None),
        (False, True, None),
        (True, False, None),
    ]
    assert [session.get_one(Task, one).ended_at is None for one in (first, broken, last)] == [False, True, False]
    assert session.get_one(Task, broken).assignee is None
    [said] = [record for record in caplog.records if record.name == "app.actions.lists.bulk"]
    assert str(broken) in said.getMessage()
    assert said.exc_info is not None


def test_what_the_database_refuses_is_not_an_outcome(session: Session, clerk: Actor) -> None:
    [known] = bulk.described(session, [session.get_one(Task, one) for one in start(session)])
    with pytest.raises(SQLAlchemyError):
        bulk.tried(session, known, lambda _: session.execute(text("select 1 / 0")))


def test_a_task_is_named_by_its_applicant_else_its_number_else_its_step(session: Session, clerk: Actor) -> None:
    named = start(session, applicantName="Алма", applicationNumber="А-1")
    numbered, bare = start(session, applicationNumber="А-2"), start(session)
    titles = [
        (one.title, one.number)
        for ids in (named, numbered, bare)
        for one in bulk.described(session, tasks_of(session, ids))
    ]
    assert titles == [("Алма", "А-1"), ("А-2", "А-2"), ("Shart", "")]


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
    assert (many - few) / 10 <= {"claim": 5, "comment": 4, "assign": 6, "complete": 13}[act]


def test_tasks_of_one_step_are_decided_with_one_form(session: Session, clerk: Actor) -> None:
    found = [session.get_one(Task, one) for one in start(session, 2)]
    asked = alike(session, clerk, found, "kk")
    assert asked.schema is not None
    assert [one["label"] for one in asked.schema["components"]] == ["Жауап"]
    assert not asked.signing


def test_tasks_of_different_steps_are_not_decided_alike_and_the_fewer_are_named(session: Session, clerk: Actor) -> None:
    [first], others = start(session, applicationNumber="А-1"), start(session, 2, applicationNumber="А-2")
    bulk.complete(session, clerk, [first], answer("иә"), NOW)
    signing = session.scalars(select(Task).where(Task.element == "sign")).one()
    with pytest.raises(Conflict) as refused:
        alike(session, clerk, [signing, *tasks_of(session, others)], "kk")
    assert refused.value.words["ru"].endswith("Отличаются: А-1 – „Qol“.")
    assert refused.value.words["kk"].endswith("Өзгелерден бөлек: А-1 – „Qol“.")


def test_tasks_of_different_forms_are_not_decided_alike(session: Session, clerk: Actor) -> None:
    bound = MODEL.replace(b'"latest"', b'"deployment"')
    deploy(session, form(), bound)
    old = start(session, 12, applicationNumber="А-1")
    deploy(session, looking(), bound)
    new = start(session, 13, applicationNumber="А-2")
    with pytest.raises(Conflict) as refused:
        alike(session, clerk, tasks_of(session, [*old, *new]), "kk")
    assert refused.value.words["en"].endswith(" These differ: " + "А-1, " * 10 + "2 more.")


def test_different_documents_are_parted_and_each_kind_is_signed_knowingly(session: Session, clerk: Actor) -> None:
    deploy(session, looking())
    licences = start(session, 2, kind="issued", reasons="Сәйкес")
    [refusal] = start(session, kind="refusal", reasons="Жоспар жоқ")
    every = tasks_of(session, [refusal, *licences])

    def said(found: Alike) -> list[tuple[list[str], int]]:
        return [([f"{one.label}: {one.value}" for one in part.prepared], len(part.tasks)) for part in found.matters]

    mixed = alike(session, clerk, every, "ru")
    assert mixed.signing
    assert said(mixed) == [(["Документ: Лицензия"], 2), (["Документ: Отказ"], 1)]
    assert [one.value for one in mixed.matters[1].facts[refusal]] == ["Жоспар жоқ"]
    alone = alike(session, clerk, tasks_of(session, licences), "kk")
    assert said(alone) == [(["Құжат: Лицензия"], 2)]
    key = alone.matters[0].key
    require_matter(session, tasks_of(session, licences), key)
    require_matter(session, [], key)
    for other in (every, tasks_of(session, [refusal])):
        with pytest.raises(Conflict, match="look at the chosen tasks again"):
            require_matter(session, other, key)


def test_a_condition_sees_what_was_prepared(session: Session, clerk: Actor) -> None:
    deploy(session, looking(conditional={"hide": '=kind = "refusal"'}))
    found = alike(session, clerk, tasks_of(session, start(session, 2, kind="issued")), "kk")
    assert found.data == {"kind": "issued"}


def test_a_form_that_looks_at_the_cases_is_decided_alike_where_they_agree(session: Session, clerk: Actor) -> None:
    deploy(session, form('=kind = "short"'))
    same = [session.get_one(Task, one) for one in start(session, 2, kind="long")]
    assert alike(session, clerk, same, "kk").data == {"kind": "long"}
    other = [session.get_one(Task, one) for one in start(session, 1, kind="short", applicationNumber="А-9")]
    with pytest.raises(Conflict) as refused:
        alike(session, clerk, same + other, "kk")
    assert refused.value.words["ru"].endswith("решите их по одной. Отличаются: А-9.")


def test_a_step_that_fails_among_others_leaves_an_incident(session: Session) -> None:
    seed(session, ACTS, NOW, demo=False)
    broken = MODEL.replace(b'camunda:candidateGroups="head"', b'camunda:candidateGroups="${nobody.here}"')
    broken = broken.replace(b' camunda:formRef="answer" camunda:formRefBinding="latest"', b"")
    definition = deployments.deploy(session, ADMIN, {"asks.bpmn": broken}, NOW, tenant=TENANT).definitions[0]
    instance = instances.start(session, ADMIN, definition, {}, NOW)
    session.flush()
    task = session.scalars(select(Task).where(Task.instance_id == instance.id)).one()
    [outcome] = bulk.complete(session, ADMIN, [task.id], {}, NOW)
    assert not outcome.done
    [incident] = session.scalars(select(Incident).where(Incident.instance_id == instance.id))
    assert (incident.kind, incident.element, incident.ended_at) == ("failedStep", "ask", None)
    assert incident.details is not None
    assert incident.details["activityId"] == "sign"
