"""Pages of the past: their order, and that a moment is found as it is shown."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import activities, instances
from app.actions.tasks import completion, tasks
from app.domain.people.access import Actor
from app.store import history_lists, operation_lists
from app.store.listing import Wanted, page, total
from app.store.tables import Instance, Task

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
MORNING = datetime(2026, 3, 18, 6, 0, 0, 123_456, tzinfo=UTC)
SHOWN = MORNING.replace(microsecond=123_000)
TENANT = "aktobe-gask"
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="asks" isExecutable="true"><startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="ask"/>
<userTask id="ask" camunda:candidateGroups="clerk" camunda:dueDate="${now()}"/>
<sequenceFlow id="f2" sourceRef="ask" targetRef="end"/><endEvent id="end"/></process></definitions>"""


@pytest.fixture
def cases(session: Session) -> list[Instance]:
    """Five cases that begin a minute after each other; the first four are ended five minutes after they began."""
    seed(session, ACTS, MORNING, demo=False)
    deployments.deploy(session, ADMIN, {"asks.bpmn": MODEL}, MORNING, tenant=TENANT)
    definition = instances.definition_by_key(session, ADMIN, "asks", TENANT)
    begun = [MORNING + timedelta(minutes=number) for number in range(5)]
    found = [instances.start(session, ADMIN, definition, {}, moment) for moment in begun]
    session.flush()
    for case, moment in zip(found[:4], begun, strict=False):
        task = session.scalars(select(Task).where(Task.instance_id == case.id)).one()
        if case is not found[0]:
            tasks.claim(session, ADMIN, task.id, "admin", moment + timedelta(seconds=30))
        completion.complete(session, ADMIN, task.id, {}, moment + timedelta(minutes=5))
    session.flush()
    return found


def entries(session: Session, wanted: Wanted, tenants: list[str] | None = None) -> list[Any]:
    rows = session.execute(operation_lists.operations_page(tenants, wanted)).all()
    return [(row.at, row.operation, row.instance_id) for row in rows]


@pytest.mark.parametrize("descending", [True, False])
def test_the_pages_of_the_log_follow_each_other_through_all_its_parts(
    session: Session, cases: list[Instance], descending: bool
) -> None:
    order = (("timestamp", descending),)
    pages = [entry for first in range(0, 14, 3) for entry in entries(session, Wanted({}, order, first, 3))]
    assert len(pages) == total(session, operation_lists.operations(None), operation_lists.OPERATIONS, Wanted()) == 12
    assert len(set(pages)) == 12
    assert [at for at, *_ in pages] == sorted((at for at, *_ in pages), reverse=descending)
    assert {operation for _, operation, _ in pages} == {"Create", "Claim", "Complete"}


def test_the_log_of_other_organisations_is_not_there(session: Session, cases: list[Instance]) -> None:
    assert entries(session, Wanted(), ["industrial-safety-committee"]) == []
    assert len(entries(session, Wanted(), [TENANT])) == 12


@pytest.mark.parametrize("key", ["endTime", "startTime"])
def test_the_pages_of_the_activities_follow_each_other_open_ones_among_them(
    session: Session, cases: list[Instance], key: str
) -> None:
    pages = [
        (found.instance_id, found.token)
        for first in range(0, 18, 4)
        for found in activities.list_activities(session, ADMIN, Wanted({}, ((key, True),), first, 4))
    ]
    assert len(pages) == len(set(pages)) == activities.count_activities(session, ADMIN, Wanted()) == 14


def test_what_has_not_ended_ends_last(session: Session, cases: list[Instance]) -> None:
    for descending in (True, False):
        wanted = Wanted({}, (("endTime", descending),))
        rows = session.execute(page(history_lists.instances(None), history_lists.INSTANCES, wanted)).all()
        assert [row[0].id for row in rows] == [case.id for case in (reversed(cases) if descending else cases)]


@pytest.mark.parametrize("name", ["taskDueDate", "taskDueDateBefore", "startedBefore"])
def test_a_moment_is_found_as_it_is_shown(session: Session, cases: list[Instance], name: str) -> None:
    asked = Wanted({name: SHOWN})
    found = session.execute(page(history_lists.tasks(None), history_lists.TASKS, asked)).all()
    assert [row[0].instance_id for row in found] == [cases[0].id]
