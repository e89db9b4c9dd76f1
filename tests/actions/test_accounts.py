from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.people import people
from app.actions.people.accounts import add_account, change_password
from app.actions.people.passwords import hash_password, verify_password
from app.errors import Conflict, Invalid, NotFound, Unauthenticated
from app.store.tables import Group, Membership, Organisation, User

NAMES = {"kk": "а", "ru": "б", "en": "c"}
LONG = "a long enough password"
NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)


def test_a_password_is_verified_against_its_own_hash_only() -> None:
    hashed = hash_password("құпия")
    assert hashed.startswith("$argon2id$")
    assert verify_password(hashed, "құпия")
    assert not verify_password(hashed, "құпиЯ")
    assert not verify_password("not a hash", "құпия")


def test_an_account_is_made_with_its_roles(session: Session) -> None:
    session.add_all([Group(id="clerk", names=NAMES), Organisation(id="office", names=NAMES)])
    session.flush()
    add_account(session, "aigul", LONG, administrator=False, roles=[("clerk", "office")])
    membership = session.scalars(select(Membership)).one()
    assert (membership.user_id, membership.group_id, membership.tenant_id) == ("aigul", "clerk", "office")


def test_a_second_account_of_the_same_name_is_a_conflict(session: Session) -> None:
    add_account(session, "aigul", LONG, administrator=True, roles=[])
    with pytest.raises(Conflict, match="aigul"):
        add_account(session, "aigul", LONG, administrator=True, roles=[])


@pytest.mark.parametrize("name", ["", " aigul", "ai\ngul"])
def test_a_name_that_cannot_be_typed_is_invalid(session: Session, name: str) -> None:
    with pytest.raises(Invalid):
        add_account(session, name, LONG, administrator=False, roles=[])


def test_unknown_roles_and_organisations_are_not_found(session: Session) -> None:
    session.add(Group(id="clerk", names=NAMES))
    session.flush()
    with pytest.raises(NotFound, match="role head"):
        add_account(session, "aigul", LONG, administrator=False, roles=[("head", "office")])
    with pytest.raises(NotFound, match="organisation office"):
        add_account(session, "aigul", LONG, administrator=False, roles=[("clerk", "office")])


def test_a_password_is_changed_and_a_short_one_refused(session: Session) -> None:
    add_account(session, "aigul", LONG, administrator=False, roles=[])
    change_password(session, "aigul", "another long password")
    assert verify_password(session.get_one(User, "aigul").password_hash, "another long password")
    with pytest.raises(Invalid, match="at least 12"):
        change_password(session, "aigul", "short")
    with pytest.raises(NotFound, match="daniyar"):
        change_password(session, "daniyar", LONG)


def test_whoever_was_signed_in_with_the_old_password_is_signed_in_no_longer(session: Session) -> None:
    add_account(session, "aigul", LONG, administrator=False, roles=[])
    secret, _ = people.sign_in(session, people.actor_of(session, "aigul"), "session", NOW)
    assert people.by_secret(session, secret, NOW, timedelta(hours=1)).user_id == "aigul"
    change_password(session, "aigul", "another long password")
    with pytest.raises(Unauthenticated):
        people.by_secret(session, secret, NOW, timedelta(hours=1))
