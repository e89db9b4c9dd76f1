"""A process killed with -9 between any two statements of a completion leaves the task open, or complete with all that follows."""

import multiprocessing
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.tasks import completion
from app.domain.models.values import Variable
from app.domain.people.access import Actor
from app.store import session as store
from app.store.tables import Instance, Job, Task

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
ACTS = Path(__file__).parents[2] / "bpmn"
TENANT = "aktobe-gask"
TWO_TASKS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="two-tasks" isExecutable="true">
<startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="first"/>
<userTask id="first" camunda:candidateGroups="clerk"/><sequenceFlow id="f2" sourceRef="first" targetRef="number"/>
<serviceTask id="number" camunda:delegateExpression="${registerApplication}"/>
<sequenceFlow id="f3" sourceRef="number" targetRef="second"/>
<userTask id="second" camunda:candidateGroups="head" camunda:dueDate="${workingDays(1)}"/>
<sequenceFlow id="f4" sourceRef="second" targetRef="end"/><endEvent id="end"/>
<boundaryEvent id="late" attachedToRef="second" cancelActivity="false">
<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f5" sourceRef="late" targetRef="late-end"/><endEvent id="late-end"/>
</process></definitions>"""
ENOUGH = 40
"""More statements than a completion has."""


@pytest.fixture
def case(fresh_database: str) -> tuple[str, UUID, UUID]:
    """The URL, an instance with its first task open, and that task."""
    database = store.engine(fresh_database)
    with Session(database) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        admin = Actor("admin", True, frozenset())
        deployed = deployments.deploy(session, admin, {"two.bpmn": TWO_TASKS.encode()}, NOW, tenant=TENANT)
        started = instances.start(session, admin, deployed.definitions[0], {}, NOW, business_key="K")
        task = session.scalars(select(Task.id).where(Task.instance_id == started.id)).one()
        result = fresh_database, started.id, task
    database.dispose()
    return result


def _complete_and_die(url: str, task: UUID, statements: int) -> None:
    """Complete the task in this process, which kills itself before it sends the next statement (or the commit)."""
    database = store.engine(url)
    left = [statements]

    def count(*_: object) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    event.listen(database, "before_cursor_execute", count)
    event.listen(database, "commit", count)
    with Session(database) as session:
        completion.complete(session, Actor("admin", True, frozenset()), task, {"seen": Variable(True, "Boolean")}, NOW)
        session.commit()


def test_a_completion_killed_anywhere_has_happened_wholly_or_not_at_all(case: tuple[str, UUID, UUID]) -> None:
    url, instance_id, task = case
    fork = multiprocessing.get_context("fork")
    killed = 0
    for statements in range(ENOUGH):
        child = fork.Process(target=_complete_and_die, args=(url, task, statements))
        child.start()
        child.join()
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        killed += 1
        assert _facts(url, instance_id) == {"first": True, "second": None, "completions": 0, "timers": 0, "seen": None}
    assert killed > 5
    assert _facts(url, instance_id) == {"first": False, "second": True, "completions": 1, "timers": 1, "seen": True}


def _facts(url: str, instance_id: UUID) -> dict[str, object]:
    """Whether each task is open (None: not there), and what came with it."""
    database = store.engine(url)
    with Session(database) as session:
        rows = session.execute(select(Task.element, Task.ended_at).where(Task.instance_id == instance_id))
        is_open = {row.element: row.ended_at is None for row in rows}
        completions = select(func.count()).where(Task.instance_id == instance_id, Task.end_reason == "completed")
        facts = {
            "first": is_open.get("first"),
            "second": is_open.get("second"),
            "completions": session.scalar(completions),
            "timers": session.scalar(select(func.count()).select_from(Job).where(Job.instance_id == instance_id)),
            "seen": session.get_one(Instance, instance_id).variables.get("seen"),
        }
    database.dispose()
    return facts
