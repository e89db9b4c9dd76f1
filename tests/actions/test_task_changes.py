"""What is done to a task beside completing it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.lists import task_lists
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances, messages
from app.actions.tasks import task_variables, tasks
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.errors import Forbidden
from app.store.tables import History, Membership, Task, User
from app.store.task_lists import Query
from app.store.variable_filters import Condition

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><message id="paid" name="paid"/>
<process id="asks" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="f1" sourceRef="start" targetRef="paying"/>
<intermediateCatchEvent id="paying"><messageEventDefinition messageRef="paid"/></intermediateCatchEvent>
<sequenceFlow id="f2" sourceRef="paying" targetRef="ask"/><userTask id="ask" camunda:candidateGroups="clerk"/>
<sequenceFlow id="f3" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""


@pytest.fixture
def task(session: Session) -> Task:
    """An unclaimed task of a case for which was paid, with a secret and a receipt."""
    seed(session, ACTS, NOW, demo=False)
    session.add_all([User(id=name, password_hash="-", administrator=False) for name in ("clerk", "foreign")])
    session.flush()
    session.add(Membership(user_id="clerk", tenant_id=TENANT, group_id="clerk"))
    session.add(Membership(user_id="foreign", tenant_id="industrial-safety-committee", group_id="clerk"))
    deployments.deploy(session, ADMIN, {"asks.bpmn": MODEL}, NOW, tenant=TENANT)
    definition = instances.definition_by_key(session, ADMIN, "asks", TENANT)
    instances.start(session, ADMIN, definition, {}, NOW)
    session.flush()
    given = {"receipt": Variable("17", "String"), "secret": Variable("0000", "String", {"transient": True})}
    messages.correlate(session, ADMIN, messages.Correlation("paid"), messages.Brought(given), NOW)
    session.flush()
    return session.scalars(select(Task)).one()


def test_a_transient_variable_of_a_message_is_kept_nowhere(session: Session, task: Task) -> None:
    sent = session.scalars(select(History).where(History.operation == "Correlate")).one()
    assert sent.data == {"receipt": "17"}
    assert instances.instance_for(session, ADMIN, task.instance_id).variables == {"receipt": "17"}


def test_a_transient_variable_that_is_set_without_a_move_is_not_kept(session: Session, task: Task) -> None:
    given = {"secret": Variable("0000", "String", {"transient": True}), "number": Variable("A-1", "String")}
    instances.modify_variables(session, ADMIN, task.instance_id, given, (), NOW)
    assert instances.instance_for(session, ADMIN, task.instance_id).variables == {"receipt": "17", "number": "A-1"}


def test_a_task_is_not_claimed_for_someone_of_another_organisation(session: Session, task: Task) -> None:
    with pytest.raises(Forbidden, match="'foreign' may not work task"):
        tasks.claim(session, ADMIN, task.id, "foreign", NOW)
    tasks.claim(session, ADMIN, task.id, "clerk", NOW)
    assert task.assignee == "clerk"


def test_variables_of_the_process_and_of_the_task_that_are_written_together_are_both_found(
    session: Session, task: Task
) -> None:
    task_variables.modify(session, ADMIN, task.id, {"mark": Variable("old", "String")}, (), NOW, local=True)
    both = {"receipt": Variable("18", "String"), "mark": Variable("new", "String")}
    task_variables.modify(session, ADMIN, task.id, both, (), NOW, local=False)
    session.flush()
    for scope, name, value in (("processVariables", "receipt", "18"), ("taskVariables", "mark", "new")):
        found = Query({scope: [Condition(name, "eq", value)]})
        assert task_lists.count_tasks(session, ADMIN, found) == 1
