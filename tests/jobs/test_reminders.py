"""Reminders of what time brings, by the job that runs every minute."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import instances
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.jobs import notices
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Absence, History, Notice, Task, TestClock, User

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
TENANT = "aktobe-gask"
BEGUN = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Nine in the morning of a Monday in Almaty."""
DUE = datetime(2026, 3, 12, 13, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 11, 19, tzinfo=UTC)
"""When the day of DUE begins in Almaty."""
FIFTH = DUE - (DUE - BEGUN) / 5
MINUTE = timedelta(minutes=1)
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="work" isExecutable="true"><startEvent id="s"/>
<userTask id="ask" name="W" camunda:candidateGroups="clerk"/><endEvent id="e"/>
<sequenceFlow id="a" sourceRef="s" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="e"/>
</process></definitions>"""


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_TEST_CLOCK", "1")
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, BEGUN, demo=False)
        session.add_all([User(id="admin", password_hash="-", administrator=True), TestClock(now=BEGUN)])
        deployments.deploy(session, ADMIN, {"work.bpmn": MODEL.encode()}, BEGUN, tenant=TENANT)
    yield engine
    transactions.cache_clear()
    engine.dispose()


def had(engine: Engine, due: datetime | None = DUE, assignee: str | None = "clerk", **changes: object) -> UUID:
    """A task that somebody has since BEGUN; gives its id."""
    with Session(engine) as session, session.begin():
        definition = instances.definition_by_key(session, ADMIN, "work", TENANT)
        instance = instances.start(session, ADMIN, definition, {}, BEGUN)
        session.flush()
        [task] = session.scalars(select(Task.id).where(Task.instance_id == instance.id))
        session.execute(update(Task).where(Task.id == task).values(due_at=due, assignee=assignee, **changes))
        return task


def job_at(engine: Engine, moment: datetime) -> list[tuple[str, str]]:
    """Run the job; gives whom was told what by now, in all."""
    with Session(engine) as session, session.begin():
        session.execute(update(TestClock).values(now=moment))
    notices.remind(0)
    with Session(engine) as session:
        rows = session.execute(select(Notice.user_id, Notice.kind).order_by(Notice.id))
        return [(row.user_id, row.kind) for row in rows]


def test_a_term_is_told_when_a_fifth_is_left_and_when_it_is_over_each_once(database: Engine) -> None:
    had(database)
    assert job_at(database, FIFTH - MINUTE) == []
    soon = [("clerk", "soon")]
    assert job_at(database, FIFTH + MINUTE) == soon
    assert job_at(database, FIFTH + MINUTE) == soon
    assert job_at(database, MIDNIGHT + MINUTE) == soon
    assert job_at(database, DUE - MINUTE) == soon
    late = [*soon, ("clerk", "overdue")]
    assert job_at(database, DUE + MINUTE) == late
    assert job_at(database, DUE + 2 * MINUTE) == late


def test_a_short_term_is_told_when_its_last_day_begins_where_the_provider_is(database: Engine) -> None:
    had(database, created_at=MIDNIGHT - timedelta(hours=9))
    assert job_at(database, MIDNIGHT - MINUTE) == []
    assert job_at(database, MIDNIGHT + MINUTE) == [("clerk", "soon")]


def test_what_nobody_has_or_has_no_term_or_is_ended_is_told_to_nobody(database: Engine) -> None:
    had(database, assignee=None)
    had(database, due=None)
    had(database, ended_at=FIFTH)
    job_at(database, FIFTH - MINUTE)
    assert job_at(database, DUE + MINUTE) == []


def test_a_worker_that_was_away_for_days_tells_what_still_holds(database: Engine) -> None:
    had(database)
    had(database, due=DUE + timedelta(days=1), assignee="head")
    job_at(database, BEGUN)
    assert sorted(job_at(database, DUE + MINUTE)) == [("clerk", "overdue"), ("head", "soon")]


def test_a_term_that_was_moved_is_told_anew(database: Engine) -> None:
    task = had(database)
    job_at(database, BEGUN)
    job_at(database, DUE + MINUTE)
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(due_at=DUE + timedelta(days=5)))
    told = job_at(database, DUE + timedelta(days=5, minutes=1))
    assert told == [("clerk", "overdue"), ("clerk", "overdue")]


def test_no_term_runs_out_while_the_clock_of_the_case_stands_still(database: Engine) -> None:
    task = had(database)
    job_at(database, BEGUN)
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(stands_since=DUE))
    assert job_at(database, DUE + MINUTE) == []
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(stands_since=DUE + MINUTE))
    assert job_at(database, DUE + 2 * MINUTE) == [("clerk", "overdue")], "it was over when the clock stopped"


@pytest.mark.parametrize("operation", ["Resume", "Extend", "UpdateDueDate", "Update"])
@pytest.mark.parametrize(("due", "kind"), [(DUE, "soon"), (FIFTH, "overdue")])
def test_a_term_that_is_short_or_over_already_when_it_is_moved_is_told_then(
    database: Engine, operation: str, due: datetime, kind: str
) -> None:
    task, moved = had(database), FIFTH + timedelta(hours=5)
    with Session(database) as session, session.begin():
        case = session.get_one(Task, task).instance_id
        session.execute(update(Task).where(Task.id == task).values(stands_since=BEGUN))
    assert job_at(database, moved - timedelta(hours=1)) == []
    with Session(database) as session, session.begin():
        session.execute(update(Task).where(Task.id == task).values(due_at=due, stands_since=None))
        session.add(History(instance_id=case, at=moved, operation=operation))
    assert job_at(database, moved + timedelta(minutes=20)) == [("clerk", kind)]
    assert job_at(database, moved + timedelta(minutes=21)) == [("clerk", kind)]


def test_a_term_that_was_moved_far_away_is_not_told(database: Engine) -> None:
    task = had(database)
    job_at(database, BEGUN)
    with Session(database) as session, session.begin():
        case = session.get_one(Task, task).instance_id
        session.execute(update(Task).where(Task.id == task).values(due_at=DUE + timedelta(days=90)))
        session.add(History(instance_id=case, at=FIFTH, operation="Extend"))
    assert job_at(database, FIFTH + MINUTE) == []


def test_the_end_of_a_hold_is_told(database: Engine) -> None:
    had(database, due=None, follow_up_at=MIDNIGHT)
    assert job_at(database, MIDNIGHT - MINUTE) == []
    assert job_at(database, MIDNIGHT + MINUTE) == [("clerk", "hold-over")]
    assert job_at(database, MIDNIGHT + 2 * MINUTE) == [("clerk", "hold-over")]


def test_a_deputy_is_told_on_the_first_day_of_an_absence_that_was_entered_before(database: Engine) -> None:
    days = {"begins": (BEGUN, None), "entered later": (MIDNIGHT + MINUTE, None), "called off": (BEGUN, BEGUN)}
    with Session(database) as session, session.begin():
        session.add_all(User(id=one, password_hash="-") for one in (*days, "deputy"))
        session.flush()
        for person, (made, ended) in days.items():
            absence = Absence(
                id=new_id(),
                made_at=made,
                ended_at=ended,
                first_day=DUE.date(),
                last_day=DUE.date(),
                tenant_id=TENANT,
                user_id=person,
                deputy_id="deputy",
                order_number="1",
                made_by="admin",
            )
            session.add(absence)
    assert job_at(database, MIDNIGHT - MINUTE) == []
    assert job_at(database, MIDNIGHT + MINUTE) == [("deputy", "deputy-begins")]
    assert job_at(database, MIDNIGHT + 2 * MINUTE) == [("deputy", "deputy-begins")]
