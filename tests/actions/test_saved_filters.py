"""Filters that people keep."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.actions.lists import saved_filters
from app.actions.lists.list_queries import Wanted
from app.actions.lists.saved_filters import Group
from app.domain.people.access import Actor
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store.tables import Group as Role
from app.store.tables import Membership, Organisation, User

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
WANTED = Wanted(view="all", due="overdue", q="Құрылыс")
NAMES = {"kk": "", "ru": "", "en": ""}


def person(session: Session, name: str, *held: tuple[str, str]) -> Actor:
    session.merge(User(id=name, password_hash="-", administrator=False))
    for role, tenant in held:
        session.merge(Role(id=role, names=NAMES))
        session.merge(Organisation(id=tenant, names=NAMES))
    session.flush()
    session.add_all(Membership(user_id=name, group_id=role, tenant_id=tenant) for role, tenant in held)
    session.flush()
    return Actor(name, False, frozenset(held))


def names(session: Session, actor: Actor) -> list[str]:
    session.flush()
    return [one.name for one in saved_filters.kept(session, actor)]


def test_a_filter_is_its_owners_alone_until_it_is_shared(session: Session) -> None:
    clerk, other = person(session, "a", ("clerk", "one")), person(session, "b", ("clerk", "one"))
    elsewhere = person(session, "c", ("clerk", "two"), ("head", "one"))
    saved_filters.keep(session, clerk, "  Менің   кешіккендерім ", WANTED, None, NOW)
    saved_filters.keep(session, clerk, "Ортақ", WANTED, Group("clerk", "one"), NOW)
    assert names(session, clerk) == ["Менің кешіккендерім", "Ортақ"]
    assert names(session, other) == ["Ортақ"]
    assert names(session, elsewhere) == []
    assert Wanted.of(saved_filters.kept(session, other)[0].asked) == WANTED


def test_who_leaves_a_group_shares_nothing_with_it_any_more_and_keeps_his_filters(session: Session) -> None:
    clerk, other = person(session, "a", ("clerk", "one"), ("head", "one")), person(session, "b", ("clerk", "one"))
    saved_filters.keep(session, clerk, "Ортақ", WANTED, Group("clerk", "one"), NOW)
    assert names(session, other) == ["Ортақ"]
    session.delete(session.get_one(Membership, ("a", "one", "clerk")))
    assert names(session, other) == []
    assert names(session, Actor("a", False, frozenset({("head", "one")}))) == ["Ортақ"]


def test_only_the_owner_renames_and_deletes(session: Session) -> None:
    clerk, other = person(session, "a", ("clerk", "one")), person(session, "b", ("clerk", "one"))
    row = saved_filters.keep(session, clerk, "Ортақ", WANTED, Group("clerk", "one"), NOW)
    session.flush()
    with pytest.raises(NotFound):
        saved_filters.rename(session, other, row.id, "Менікі")
    with pytest.raises(NotFound):
        saved_filters.remove(session, other, row.id)
    with pytest.raises(NotFound):
        saved_filters.remove(session, clerk, uuid4())
    saved_filters.rename(session, clerk, row.id, "Кешіккендер")
    assert names(session, other) == ["Кешіккендер"]
    saved_filters.remove(session, clerk, row.id)
    assert names(session, other) == []


def test_names_groups_and_numbers_have_limits(session: Session) -> None:
    clerk = person(session, "a", ("clerk", "one"))
    for name in ("", "  ", "x" * 61):
        with pytest.raises(Invalid):
            saved_filters.keep(session, clerk, name, WANTED, None, NOW)
    with pytest.raises(Forbidden):
        saved_filters.keep(session, clerk, "Ортақ", WANTED, Group("head", "one"), NOW)
    for number in range(saved_filters.MOST):
        saved_filters.keep(session, clerk, str(number), WANTED, None, NOW)
    with pytest.raises(Conflict):
        saved_filters.keep(session, clerk, "one more", WANTED, None, NOW)
