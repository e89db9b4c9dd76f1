"""Absences entered at once, on two connections."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.models.seed import seed
from app.actions.people import absences, people
from app.actions.people.absences import Asked
from app.domain.people.access import Actor
from app.errors import Conflict
from app.store import session as store
from app.store.tables import Absence
from tests.actions.racing import Command, done, one_after_the_other

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT, OTHER = "aktobe-gask", "industrial-safety-committee"


@pytest.fixture
def database(fresh_database: str) -> Iterator[Engine]:
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=True)
    yield engine
    engine.dispose()


def enter(absent: str, deputy: str, tenant: str = TENANT) -> Command:
    def run(session: Session) -> None:
        days = (date(2026, 3, 20), date(2026, 3, 22))
        asked = Asked(tenant, f"{absent}.{tenant}", f"{deputy}.{tenant}", *days, "1")
        absences.enter(session, ADMIN, asked, NOW)

    return run


def test_two_absences_that_together_make_a_circle_are_not_both_entered(database: Engine) -> None:
    with pytest.raises(Conflict, match="circle"):
        one_after_the_other(database, enter("clerk", "executor"), enter("executor", "clerk"))


def test_a_longer_circle_is_not_closed_at_once_either(database: Engine) -> None:
    done(database, enter("executor", "unit_head"))
    with pytest.raises(Conflict, match="circle"):
        one_after_the_other(database, enter("head", "clerk"), enter("clerk", "head"))


def test_one_absence_entered_twice_at_once_is_one(database: Engine) -> None:
    with pytest.raises(Conflict, match="entered for these days already"):
        one_after_the_other(database, enter("clerk", "executor"), enter("clerk", "executor"))
    assert len(done(database, lambda session: session.scalars(select(Absence)).all())) == 1


def test_what_is_entered_in_another_organisation_waits_for_nothing(database: Engine) -> None:
    with Session(database) as session:
        enter("clerk", "executor")(session)
        done(database, enter("clerk", "executor", OTHER))
        session.commit()


def test_the_day_of_the_organisation_decides_also_at_sign_in_by_password(database: Engine) -> None:
    done(database, enter("clerk", "executor"))

    def absent(at: datetime) -> list[str]:
        who = f"executor.{TENANT}"
        actor = done(database, lambda session: people.by_password(session, who, "demo", "10.0.0.1", NOW, at))
        return [one.absent for one in actor.substitutions]

    assert absent(datetime(2026, 3, 19, 18, 59, 59, tzinfo=UTC)) == []
    assert absent(datetime(2026, 3, 19, 19, tzinfo=UTC)) == [f"clerk.{TENANT}"]
    assert absent(datetime(2026, 3, 22, 18, 59, 59, tzinfo=UTC)) == [f"clerk.{TENANT}"]
    assert absent(datetime(2026, 3, 22, 19, tzinfo=UTC)) == []
