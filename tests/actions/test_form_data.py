"""Forms that depend on the data of the case, as the start of a case and its tasks use them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.tasks import completion, tasks
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Invalid, NotFound
from app.store.tables import Definition, Instance, Membership, Resource, Task, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
TENANT = "aktobe-gask"
CLERK = Actor("clerk", False, frozenset({("clerk", TENANT)}))
NOW = datetime(2026, 3, 17, 20, tzinfo=UTC)
"""One in the morning of the 18th in Aktobe."""
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="asks" isExecutable="true">
<startEvent id="start" camunda:formRef="apply" camunda:formRefBinding="latest"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" camunda:candidateGroups="clerk" camunda:formRef="decide" camunda:formRefBinding="latest"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""
APPLY: list[dict[str, Any]] = [
    {"type": "number", "key": "area", "validate": {"required": True}},
    {"type": "expression", "key": "fee", "expression": "=area * 100", "computeOn": "change"},
    {"type": "datetime", "subtype": "date", "key": "begin", "disallowPassedDates": True},
]
REQUIRED = {"validate": {"required": True}}
DECIDE: list[dict[str, Any]] = [
    {"type": "number", "key": "fee", "readonly": True},
    {"type": "textfield", "key": "reason", "conditional": {"hide": "=fee < 500"}, **REQUIRED},
    {"type": "select", "key": "office", "valuesKey": "offices"},
]


def form(form_id: str, components: list[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "default", "id": form_id, "components": components}).encode()


def given(**values: object) -> dict[str, Variable]:
    return {name: Variable(value, "Json" if isinstance(value, list) else "String") for name, value in values.items()}


@pytest.fixture
def definition(session: Session) -> Definition:
    seed(session, ACTS, NOW, demo=False)
    session.add(User(id="clerk", password_hash="-", administrator=False))
    session.flush()
    session.add(Membership(user_id="clerk", tenant_id=TENANT, group_id="clerk"))
    files = {"asks.bpmn": MODEL, "apply.form": form("apply", APPLY), "decide.form": form("decide", DECIDE)}
    deployments.deploy(session, ADMIN, files, NOW, tenant=TENANT)
    return instances.definition_by_key(session, ADMIN, "asks", TENANT)


def task_of(session: Session, definition: Definition, area: int) -> Task:
    """The clerk's task in a case with two offices to choose from."""
    variables = given(area=area, fee=area * 100, offices=["A", "B"])
    instances.start(session, ADMIN, definition, variables, NOW)
    session.flush()
    task = session.scalars(select(Task)).one()
    tasks.claim(session, CLERK, task.id, None, NOW)
    return task


def wrong(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(field["field"], field["code"]) for field in error.value.details["fields"]]


def test_a_start_keeps_the_computed_value_and_not_that_of_the_client(session: Session, definition: Definition) -> None:
    sent = given(area=7, begin="2026-03-18") | {"fee": Variable(700, "Object", {"transient": True})}
    for number, sent_fee in enumerate((sent, sent | given(fee=1), given(area=7))):
        case = instances.submit_start_form(session, CLERK, definition, sent_fee, NOW, business_key=str(number))
        assert case.variables["fee"] == 700
        assert not case.types or "fee" not in case.types


def test_a_day_is_past_when_it_is_so_at_the_provider(session: Session, definition: Definition) -> None:
    with pytest.raises(Invalid) as refused:
        instances.start(session, CLERK, definition, given(area=1, begin="2026-03-17"), NOW)
    assert wrong(refused) == [("begin", "past")]


def test_a_start_for_an_organisation_that_is_not_there_is_not_found(session: Session, definition: Definition) -> None:
    session.execute(update(Definition).where(Definition.id == definition.id).values(tenant_id=None))
    session.refresh(definition)
    with pytest.raises(NotFound):
        instances.submit_start_form(session, ADMIN, definition, given(area=1), NOW, tenant="nowhere")


def test_a_tasks_conditions_and_options_see_the_case(session: Session, definition: Definition) -> None:
    task = task_of(session, definition, 7)
    for sent in (given(office="A"), given(office="A", fee=0)):
        with pytest.raises(Invalid) as refused:
            completion.submit_form(session, CLERK, task.id, sent, NOW)
        assert wrong(refused) == [("reason", "required")]
    with pytest.raises(Invalid) as refused:
        completion.complete(session, CLERK, task.id, given(office="C", reason="x"), NOW)
    assert wrong(refused) == [("office", "choice")]
    case = completion.complete(session, CLERK, task.id, given(office="B", reason="Large", fee=0), NOW)
    assert (case.variables["office"], case.variables["reason"], case.variables["fee"]) == ("B", "Large", 700)


def test_what_is_sent_for_a_hidden_field_of_a_task_is_not_kept(session: Session, definition: Definition) -> None:
    task = task_of(session, definition, 1)
    case = completion.submit_form(session, CLERK, task.id, given(office="A", reason="forged"), NOW)
    assert "reason" not in case.variables
    assert session.scalars(select(Instance)).one().ended_at is not None


def test_a_deployed_form_that_cannot_be_read_is_told_with_what_is_wrong(
    session: Session, definition: Definition
) -> None:
    broken = form("apply", [{"type": "number", "key": "area", "conditional": {"hide": "=("}}])
    session.execute(update(Resource).where(Resource.name == "apply.form").values(content=broken))
    with pytest.raises(Invalid, match="the form 'apply' cannot be used: The expression cannot be read") as refused:
        instances.submit_start_form(session, CLERK, definition, given(area=1), NOW)
    assert refused.value.details["findings"][0]["message"].keys() == {"kk", "ru", "en"}
