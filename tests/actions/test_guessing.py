"""The limit on guessing passwords: it stops who guesses, and keeps nobody out of where they are at home."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from app.actions.people import guessing, people
from app.errors import TooManyAttempts, Unauthenticated
from app.store.tables import User

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
HOME, STRANGE = "192.0.2.1", "198.51.100.1"


@pytest.fixture
def admin(session: Session) -> str:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("right")
    session.add(User(id="admin", password_hash=cheap, administrator=True))
    session.flush()
    return "admin"


def tried(session: Session, password: str, address: str, now: datetime = NOW) -> bool | None:
    """Whether it is the password; None where it may not be tried."""
    people._verified.clear()
    try:
        return people.by_password(session, "admin", password, address, now) is not None
    except Unauthenticated:
        return False
    except TooManyAttempts:
        return None


def guess_from_everywhere(session: Session) -> None:
    assert [tried(session, "wrong", f"203.0.113.{n}") for n in range(50)] == [False] * 50


def test_a_name_guessed_at_from_everywhere_is_closed_to_strangers(session: Session, admin: str) -> None:
    guess_from_everywhere(session)
    assert tried(session, "right", STRANGE) is None
    assert tried(session, "right", STRANGE, NOW + guessing.WINDOW + timedelta(seconds=1))


def test_a_name_guessed_at_from_everywhere_stays_open_to_its_person(session: Session, admin: str) -> None:
    assert tried(session, "right", HOME)
    guess_from_everywhere(session)
    assert tried(session, "right", HOME)


def test_a_familiar_address_has_no_more_attempts_than_another(session: Session, admin: str) -> None:
    assert tried(session, "right", HOME)
    assert [tried(session, "wrong", HOME) for _ in range(11)] == [False] * 10 + [None]


def test_an_address_is_forgotten_after_a_while(session: Session, admin: str) -> None:
    assert tried(session, "right", HOME, NOW - guessing.FAMILIAR)
    guess_from_everywhere(session)
    assert tried(session, "right", HOME) is None


def test_the_addresses_of_one_ipv6_network_count_as_one(session: Session, admin: str) -> None:
    assert [tried(session, "wrong", f"2001:db8::{n}") for n in range(11)] == [False] * 10 + [None]
    assert tried(session, "wrong", "2001:db8:0:1::1") is False
