"""Processes that call processes, in one transaction."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.tasks import completion
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.engine import StepFailed
from app.errors import Conflict
from app.store import operation_lists
from app.store.listing import Wanted, total
from app.store.tables import Instance, Task
from tests.jobs.due import run_due

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">'
)


def model(key: str, activity: str) -> bytes:
    return (
        f'{HEAD}<process id="{key}" isExecutable="true"><startEvent id="start"/>'
        f'<sequenceFlow id="f1" sourceRef="start" targetRef="step"/>{activity}'
        '<sequenceFlow id="f2" sourceRef="step" targetRef="end"/><endEvent id="end"/></process></definitions>'
    ).encode()


def call(key: str, content: str = "") -> str:
    mappings = '<extensionElements><camunda:in variables="all"/><camunda:out variables="all"/></extensionElements>'
    return f'<callActivity id="step" calledElement="{key}">{mappings}{content}</callActivity>'


MANY = (
    "<multiInstanceLoopCharacteristics><loopCardinality>${count}</loopCardinality></multiInstanceLoopCharacteristics>"
)
ASKED = (
    b'targetRef="ask"/><userTask id="ask" camunda:candidateGroups="clerk"/>'
    b'<sequenceFlow id="f3" sourceRef="ask" targetRef="step"/>'
)
UNTIL = b"""<boundaryEvent id="late" attachedToRef="step"><timerEventDefinition><timeDuration>PT1M</timeDuration>
</timerEventDefinition></boundaryEvent><sequenceFlow id="f9" sourceRef="late" targetRef="end"/><endEvent id="end"/>"""
FAILS = (
    model("fails", '<task id="step"/>')
    .replace(b'<endEvent id="end"/>', b'<endEvent id="end"><errorEventDefinition errorRef="wrong"/></endEvent>')
    .replace(b"<process", b'<error id="wrong" name="Wrong" errorCode="E1"/><process')
)
OWN = '<userTask id="step" camunda:assignee="${beginner}"/>'
Start = Callable[..., Instance]


@pytest.fixture
def start(session: Session) -> Start:
    seed(session, ACTS, NOW, demo=False)
    files = {
        "empty.bpmn": model("empty", '<task id="step"/>'),
        "asks.bpmn": model("asks", '<userTask id="step" camunda:candidateGroups="clerk"/>'),
        "many.bpmn": model("many", call("empty", MANY)),
        "outer.bpmn": model("outer", call("inner")),
        "inner.bpmn": model("inner", call("asks")),
        "fails.bpmn": FAILS,
        "failing.bpmn": model("failing", call("fails", MANY)),
        "endless.bpmn": model("endless", call("endless")),
        "limited.bpmn": model("limited", call("asks")).replace(b'<endEvent id="end"/>', UNTIL),
        "again.bpmn": model("again", call("again")).replace(b'targetRef="step"/>', ASKED),
        "own.bpmn": model("own", OWN).replace(b'id="start"', b'id="start" camunda:initiator="beginner"'),
        "handed.bpmn": model("handed", call("own")).replace(b'targetRef="step"/>', ASKED),
    }
    deployments.deploy(session, ADMIN, files, NOW, tenant="aktobe-gask")

    def run(key: str, **variables: object) -> Instance:
        definition = instances.definition_by_key(session, ADMIN, key, "aktobe-gask")
        typed = {name: Variable(value, "Integer") for name, value in variables.items()}
        return instances.start(session, ADMIN, definition, typed, NOW)

    return run


def test_a_hundred_processes_called_at_once_all_return(session: Session, start: Start) -> None:
    assert start("many", count=100).end_state == "COMPLETED"
    session.flush()
    assert session.scalar(select(func.count()).select_from(Instance)) == 101


def test_a_task_three_processes_deep_carries_its_result_to_the_outermost(session: Session, start: Start) -> None:
    outer = start("outer")
    session.flush()
    task = session.scalars(select(Task)).one()
    completion.complete(session, ADMIN, task.id, {"decision": Variable("grant", "String")}, NOW)
    session.flush()
    assert outer.end_state == "COMPLETED"
    assert outer.variables["decision"] == "grant"


def test_the_initiator_of_a_called_process_is_whose_step_called_it(session: Session, start: Start) -> None:
    start("handed", beginner=1)
    session.flush()
    asked = session.scalars(select(Task)).one()
    completion.complete(session, Actor("dana", True, frozenset()), asked.id, {}, NOW)
    session.flush()
    own = session.scalars(select(Task).where(Task.ended_at.is_(None))).one()
    assert own.assignee == "dana"
    assert session.get_one(Instance, own.instance_id).variables["beginner"] == "dana"


def test_cancelling_the_outermost_ends_all_that_it_has_called(session: Session, start: Start) -> None:
    outer = start("outer")
    session.flush()
    instances.cancel(session, ADMIN, outer.id, "withdrawn", NOW)
    session.flush()
    assert {row.end_state for row in session.scalars(select(Instance))} == {"EXTERNALLY_TERMINATED"}
    assert session.scalars(select(Task)).one().end_reason == "deleted"


def test_a_called_process_that_its_caller_interrupts_was_not_ended_from_outside(session: Session, start: Start) -> None:
    caller = start("limited")
    session.flush()
    run_due(session, caller.id, NOW + timedelta(minutes=1))
    session.flush()
    called = session.scalars(select(Instance).where(Instance.super_id == caller.id)).one()
    assert (caller.end_state, called.end_state) == ("COMPLETED", "INTERNALLY_TERMINATED")


def test_the_log_has_one_entry_for_a_cancelled_tree(session: Session, start: Start) -> None:
    outer = start("outer")
    session.flush()
    instances.cancel(session, ADMIN, outer.id, "withdrawn", NOW)
    session.flush()
    asked = Wanted({"operationType": "Delete"})
    rows = session.execute(operation_lists.operations_page(None, asked)).all()
    assert [row.instance_id for row in rows] == [outer.id]
    assert total(session, operation_lists.operations(None), operation_lists.OPERATIONS, asked) == 1


def test_the_first_of_several_called_processes_that_fails_ends_the_others(session: Session, start: Start) -> None:
    assert start("failing", count=3).end_state == "INTERNALLY_TERMINATED"
    session.flush()
    assert session.scalar(select(func.count()).select_from(Instance).where(Instance.ended_at.is_(None))) == 0


def test_a_tree_that_grew_deep_step_by_step_is_cancelled_whole(session: Session, start: Start) -> None:
    outermost = start("again")
    for _ in range(250):
        session.flush()
        open_task = session.scalars(select(Task).where(Task.ended_at.is_(None))).one()
        completion.complete(session, ADMIN, open_task.id, {}, NOW)
    instances.cancel(session, ADMIN, outermost.id, None, NOW)
    session.flush()
    assert session.scalar(select(func.count()).select_from(Instance).where(Instance.ended_at.is_(None))) == 0
    assert session.scalar(select(func.count()).select_from(Task).where(Task.ended_at.is_(None))) == 0


def test_a_called_process_is_not_cancelled_alone(session: Session, start: Start) -> None:
    outer = start("outer")
    session.flush()
    inner = session.scalars(select(Instance).where(Instance.super_id == outer.id)).one()
    with pytest.raises(Conflict, match=f"is called by '{outer.id}'"):
        instances.cancel(session, ADMIN, inner.id, None, NOW)


def test_a_process_that_calls_itself_without_end_is_refused_by_its_limit(start: Start) -> None:
    with pytest.raises(StepFailed, match="callActivity '.+' .* more than 50 processes call each other"):
        start("endless")


def test_it_is_so_too_where_each_of_them_waits_before_it_calls(
    session: Session, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.actions.running.progress.TREE_DEPTH", 1)
    start("again")
    for number in range(2):
        session.flush()
        asked = session.scalars(select(Task).where(Task.ended_at.is_(None))).one()
        if number == 0:
            completion.complete(session, ADMIN, asked.id, {}, NOW)
    with pytest.raises(StepFailed, match="callActivity '.+' .* more than 1 processes wait for each other"):
        completion.complete(session, ADMIN, asked.id, {}, NOW)


def test_more_calls_at_once_than_one_step_may_move_are_refused_before_they_begin(
    session: Session, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.actions.running.progress.MOVES_LIMIT", 50)
    with pytest.raises(StepFailed, match="callActivity '.+' .* moves more than 50 processes"):
        start("many", count=100)
    assert session.scalar(select(func.count()).select_from(Instance)) == 1
