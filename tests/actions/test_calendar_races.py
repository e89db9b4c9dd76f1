"""A change of the calendar while a case moves: no open step stays with the calendar as it was."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.tasks import completion
from app.actions.terms import calendar_changes, calendars, cases
from app.domain.terms.calendar import CalendarDay, DayKind, Text
from app.domain.terms.calendar_edits import Edit
from app.errors import Conflict
from app.store import session as store
from app.store.tables import Calendar, History, Task, User
from tests.actions.test_races import ADMIN, NOW, TENANT, begin, complete, done, model, one_after_the_other, the_task

ACTS = Path(__file__).parents[2] / "bpmn"
PROPERTIES = (
    "<extensionElements><camunda:properties>"
    '<camunda:property name="law.clause" value="1"/><camunda:property name="law.pause" value="1"/>'
    "</camunda:properties></extensionElements>"
)
STEP = (
    '<userTask id="{}" camunda:candidateGroups="head" camunda:dueDate="${{workingDays(2)}}">'
    + PROPERTIES
    + "</userTask>"
)
THURSDAY = CalendarDay(date(2026, 3, 19), DayKind.HOLIDAY, Text("а", "б", "c"))
FRIDAY_EVENING, AFTER_NAURYZ = datetime(2026, 3, 20, 13, 30, tzinfo=UTC), datetime(2026, 3, 26, 13, 30, tzinfo=UTC)


@pytest.fixture
def database(fresh_database: str) -> Iterator[Engine]:
    calendars._kept.clear()  # those of other databases
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=False)
        deployments.deploy(session, ADMIN, {"timed.bpmn": model("timed", STEP, STEP)}, NOW, tenant=TENANT)
        session.add(User(id="admin", password_hash="-", administrator=True))
    yield engine
    engine.dispose()


def close_thursday(session: Session) -> None:
    version = session.get_one(Calendar, TENANT).version
    calendar_changes.change(session, ADMIN, TENANT, version, Edit(put=[THURSDAY]), None, NOW)


def recount(session: Session) -> None:
    calendar_changes.recount(session, TENANT, NOW)


def moves(database: Engine) -> int:
    return done(
        database,
        lambda session: len(session.scalars(select(History).where(History.operation == "UpdateDueDate")).all()),
    )


def test_a_change_waits_for_a_completion_and_moves_the_step_that_it_opened(database: Engine) -> None:
    done(database, begin("timed"))
    first = the_task(database)
    assert first.due_at == FRIDAY_EVENING
    one_after_the_other(database, complete(first), close_thursday)
    assert (the_task(database).element, the_task(database).due_at) == ("two", AFTER_NAURYZ)


def test_a_step_opened_by_a_completion_that_waited_for_the_change_is_found_by_the_next_recount(
    database: Engine,
) -> None:
    done(database, begin("timed"))
    one_after_the_other(database, close_thursday, complete(the_task(database)))
    done(database, recount)
    assert (the_task(database).element, the_task(database).due_at) == ("two", AFTER_NAURYZ)


def test_a_second_recount_moves_nothing(database: Engine) -> None:
    done(database, begin("timed"))
    done(database, close_thursday)
    assert moves(database) == 1
    done(database, recount)
    assert moves(database) == 1


def test_a_completion_waits_for_a_pause_and_a_pause_for_a_completion(database: Engine) -> None:
    case = done(database, begin("timed"))

    def pause(session: Session) -> None:
        cases.pause(session, ADMIN, case.id, "x", "1", NOW)

    one_after_the_other(database, pause, complete(the_task(database)))
    assert the_task(database).element == "two"
    last: Task = the_task(database)
    done(database, lambda session: cases.resume(session, ADMIN, case.id, "x", NOW))
    with pytest.raises(Conflict, match="has ended"):
        one_after_the_other(database, lambda session: completion.complete(session, ADMIN, last.id, {}, NOW), pause)
