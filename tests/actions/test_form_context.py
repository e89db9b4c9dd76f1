"""What forms are given beside the variables of the case: who fills them in, and the people of a role."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.forms import task_forms
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.people.people import actor_of
from app.actions.running import instances
from app.actions.tasks import completion, tasks
from app.domain.models.values import Variable, infer
from app.domain.people.access import Actor
from app.errors import Invalid
from app.store.tables import Instance, Membership, Task, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT, ELSEWHERE = "aktobe-gask", "industrial-safety-committee"
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="names" isExecutable="true"><startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="name"/>
<userTask id="name" camunda:candidateGroups="head" camunda:formRef="naming"/>
<sequenceFlow id="f2" sourceRef="name" targetRef="work"/>
<userTask id="work" camunda:assignee="${executor}" camunda:candidateGroups="executor"/>
<sequenceFlow id="f3" sourceRef="work" targetRef="end"/><endEvent id="end"/></process></definitions>"""
FORM = orjson.dumps(
    {
        "type": "default",
        "id": "naming",
        "schemaVersion": 18,
        "components": [
            {
                "type": "select",
                "id": "e",
                "key": "executor",
                "label": "Орындаушы",
                "valuesKey": "members.executor",
                "validate": {"required": True},
            },
            {"type": "expression", "id": "s", "key": "signatoryName", "expression": "=me.name", "computeOn": "change"},
        ],
    }
)


@pytest.fixture
def task(session: Session) -> Task:
    """A head's task to name one of two executors; a third belongs to another organisation."""
    seed(session, ACTS, NOW, demo=False)
    people = [
        ("head", "Динара", "Оспан"),
        ("nurlan", "Нұрлан", "Жүніс"),
        ("aigerim", "Айгерім", "Бек"),
        ("foreign", "A", "B"),
    ]
    session.add_all(
        User(id=name, first_name=first, last_name=last, password_hash="-", administrator=False)
        for name, first, last in people
    )
    session.flush()
    for name, *_ in people:
        tenant = ELSEWHERE if name == "foreign" else TENANT
        session.add(Membership(user_id=name, tenant_id=tenant, group_id="head" if name == "head" else "executor"))
    deployments.deploy(session, ADMIN, {"names.bpmn": MODEL, "naming.form": FORM}, NOW, tenant=TENANT)
    session.flush()
    instances.start(session, ADMIN, instances.definition_by_key(session, ADMIN, "names", TENANT), {}, NOW)
    session.flush()
    found = session.scalars(select(Task).where(Task.element == "name")).one()
    tasks.claim(session, actor_of(session, "head"), found.id, None, NOW)
    return found


def submit(session: Session, task: Task, **given: str) -> None:
    variables = {name: Variable(value, infer(value)) for name, value in given.items()}
    completion.submit_form(session, actor_of(session, "head"), task.id, variables, NOW)
    session.flush()


def test_the_people_of_a_role_are_offered_by_name(session: Session, task: Task) -> None:
    asked = task_forms.task_form(session, actor_of(session, "head"), task, "kk")
    assert asked is not None
    options = [{"value": "aigerim", "label": "Айгерім Бек"}, {"value": "nurlan", "label": "Нұрлан Жүніс"}]
    assert asked.data["members.executor"] == options


def test_who_is_named_gets_the_next_step(session: Session, task: Task) -> None:
    submit(session, task, executor="nurlan")
    assert session.scalars(select(Task.assignee).where(Task.element == "work")).one() == "nurlan"


@pytest.mark.parametrize("name", ["foreign", "head", "Нұрлан Жүніс", "nobody"])
def test_nobody_else_can_be_named(session: Session, task: Task, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        submit(session, task, executor=name)
    assert [(one["field"], one["code"]) for one in refused.value.details["fields"]] == [("executor", "choice")]


def test_who_fills_a_form_in_is_not_what_the_sender_says(session: Session, task: Task) -> None:
    submit(session, task, executor="nurlan", signatoryName="Басқа Адам")
    assert session.get_one(Instance, task.instance_id).variables["signatoryName"] == "Динара Оспан"
