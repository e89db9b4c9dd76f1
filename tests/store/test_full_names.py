"""A person's name to be read is the same whether the row or the database is asked."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.store.tables import User


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Айгүл", "Серікова", "Айгүл Серікова"),
        ("Айгүл", None, "Айгүл"),
        (None, "Серікова", "Серікова"),
        ("", "Серікова", "Серікова"),
        ("", "", "aigul"),
        (None, None, "aigul"),
    ],
)
def test_a_full_name_is_first_and_last_name_else_the_id(
    session: Session, first: str | None, last: str | None, name: str
) -> None:
    user = User(id="aigul", first_name=first, last_name=last, password_hash="-", administrator=False)
    session.add(user)
    session.flush()
    other = aliased(User)
    assert user.full_name == name
    assert [row.full_name for row in session.execute(select(User.id, User.full_name))] == [name]
    assert session.scalars(select(func.min(other.full_name)).group_by(other.id)).all() == [name]
