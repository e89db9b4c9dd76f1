"""Whose rights have changed is told when it is committed, and nothing of what is not."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy.orm import Session, sessionmaker

from app.actions.models.seed import seed
from app.actions.people import absences, accounts, people
from app.actions.people.absences import Asked
from app.actions.people.people import actor_of
from app.domain.people.access import Actor
from app.store import session as store
from app.store.changes import CHANNEL
from app.store.tables import Absence

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
TENANT = "aktobe-gask"
CLERK, HEAD, EXECUTOR = (f"{role}.{TENANT}" for role in ("clerk", "head", "executor"))
Act = Callable[[Session], Any]


@pytest.fixture
def sessions(fresh_database: str) -> Iterator[sessionmaker[Session]]:
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, NOW, demo=True)
    yield store.sessions(engine)
    engine.dispose()


@pytest.fixture
def told(fresh_database: str, sessions: sessionmaker[Session]) -> Iterator[Callable[[Act], list[Any]]]:
    """Does something in a transaction of its own; gives what was told of it."""
    with psycopg.connect(fresh_database, autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")

        def run(act: Act) -> list[Any]:
            with sessions() as session:
                act(session)
                session.commit()
            listening.execute("NOTIFY reglament_changes, 'end'")
            heard = []
            for notice in listening.notifies(timeout=10):
                if notice.payload == "end":
                    break
                heard.append(orjson.loads(notice.payload))
            return heard

        yield run


def enter(session: Session) -> Absence:
    asked = Asked(TENANT, CLERK, EXECUTOR, date(2026, 3, 18), date(2026, 3, 20), "1")
    return absences.enter(session, ADMIN, asked, NOW)


def test_the_deputy_has_other_rights_when_an_absence_is_entered_and_when_it_is_ended(
    told: Callable[[Act], list[Any]], sessions: sessionmaker[Session]
) -> None:
    notice, rights = [{"tenant": TENANT, "groups": [], "people": [EXECUTOR]}], {"rights": [EXECUTOR]}
    assert told(enter) == [notice, rights]
    with sessions() as session:
        made = session.query(Absence).one().id
    assert told(lambda session: absences.end(session, ADMIN, made, NOW)) == [notice, rights]


@pytest.mark.parametrize(
    "act",
    [
        lambda session: accounts.grant(session, ADMIN, CLERK, "executor", TENANT),
        lambda session: accounts.revoke(session, ADMIN, CLERK, "clerk", TENANT),
        lambda session: accounts.change_password(session, CLERK, "another password"),
        lambda session: accounts.remove(session, ADMIN, CLERK),
    ],
    ids=["role given", "role taken", "password changed", "account removed"],
)
def test_who_is_given_or_loses_something_has_other_rights(told: Callable[[Act], list[Any]], act: Act) -> None:
    assert told(act) == [{"rights": [CLERK]}]


def test_who_signs_out_has_none(told: Callable[[Act], list[Any]]) -> None:
    kept: list[str] = []

    def sign_in(session: Session) -> None:
        kept.append(people.sign_in(session, actor_of(session, CLERK), "session", NOW)[0])

    assert told(sign_in) == []
    assert told(lambda session: people.sign_out(session, kept[0])) == [{"rights": [CLERK]}]
    assert told(lambda session: people.sign_out(session, kept[0])) == []


def test_what_is_rolled_back_is_not_told(told: Callable[[Act], list[Any]]) -> None:
    def refused(session: Session) -> None:
        enter(session)
        session.rollback()

    assert told(refused) == []


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (datetime(2026, 3, 18, 18, 59, tzinfo=UTC), 60),
        (datetime(2026, 3, 18, 19, tzinfo=UTC), 24 * 60 * 60),
    ],
)
def test_rights_are_sure_until_the_day_of_the_organisation_ends(
    sessions: sessionmaker[Session], now: datetime, seconds: int
) -> None:
    with sessions() as session:
        assert people.rights_last(session, actor_of(session, HEAD), now).total_seconds() == seconds
        assert people.rights_last(session, ADMIN, now).total_seconds() == 24 * 60 * 60
