"""The job that follows a change of a calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from app import queue
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.actions.terms import calendar_changes, calendars
from app.domain.people.access import Actor
from app.domain.terms.calendar import CalendarDay, DayKind, Text
from app.domain.terms.calendar_edits import Edit
from app.jobs import terms
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Calendar, Task, TestClock, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
TENANT = "aktobe-gask"
NOW = datetime(2026, 3, 17, 6, tzinfo=UTC)
WEDNESDAY = CalendarDay(date(2026, 3, 18), DayKind.HOLIDAY, Text("жабық", "закрыто", "closed"))
DATED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="dated" isExecutable="true"><startEvent id="s"/>
<userTask id="work" name="W" camunda:candidateGroups="clerk" camunda:dueDate="${workingDays(1)}"/><endEvent id="e"/>
<sequenceFlow id="a" sourceRef="s" targetRef="work"/><sequenceFlow id="b" sourceRef="work" targetRef="e"/>
</process></definitions>"""


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_TEST_CLOCK", "1")
    transactions.cache_clear()
    calendars._kept.clear()  # those of other databases
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        session.add_all([User(id="admin", password_hash="-", administrator=True), TestClock(now=NOW)])
        deployed = deployments.deploy(session, ADMIN, {"dated.bpmn": DATED.encode()}, NOW, tenant=TENANT)
        instances.start(session, ADMIN, deployed.definitions[0], {}, NOW)
    yield engine
    transactions.cache_clear()
    engine.dispose()


def test_a_change_of_a_calendar_is_followed_by_a_job_that_finds_what_was_opened_meanwhile(database: Engine) -> None:
    with Session(database) as session, session.begin():
        before = session.scalars(select(Task)).one()
        due, rule = before.due_at, before.due_rule
        version = session.get_one(Calendar, TENANT).version
        calendar_changes.change(session, ADMIN, TENANT, version, Edit(put=[WEDNESDAY]), None, NOW)
    with Session(database) as session, session.begin():
        moved = session.scalars(select(Task.due_at)).one()
        assert moved != due
        session.execute(update(Task).values(due_at=due, due_rule=rule))  # as a request that had not seen the change
        jobs = text("SELECT args->>'tenant' FROM procrastinate_jobs WHERE task_name = :name AND scheduled_at > now()")
        [tenant] = session.scalars(jobs, {"name": queue.RECOUNT_TERMS})
    terms.recount_terms(tenant)
    with Session(database) as session:
        assert session.scalars(select(Task.due_at)).one() == moved
