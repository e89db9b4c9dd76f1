"""Accounts made by an operator of the service, not by the demonstration."""

from sqlalchemy.orm import Session

from app.actions.passwords import hash_password
from app.errors import Conflict, Invalid, NotFound
from app.store.tables import Group, Membership, Organisation, User

SHORTEST = 12
"""Characters of a password, at least."""


def add_account(
    session: Session, user_id: str, password: str, *, administrator: bool, roles: list[tuple[str, str]]
) -> None:
    """Create a user. roles: (group id, organisation id) each. Raises Conflict, Invalid, NotFound."""
    if not user_id or not user_id.isprintable() or user_id != user_id.strip():
        raise Invalid(f"{user_id!r} cannot be a user's name")
    if session.get(User, user_id):
        raise Conflict(f"there is a user {user_id} already")
    for group_id, tenant_id in roles:
        if session.get(Group, group_id) is None:
            raise NotFound(f"there is no role {group_id}")
        if session.get(Organisation, tenant_id) is None:
            raise NotFound(f"there is no organisation {tenant_id}")
    session.add(User(id=user_id, password_hash=_hashed(password), administrator=administrator))
    session.flush()
    session.add_all(Membership(user_id=user_id, group_id=group, tenant_id=tenant) for group, tenant in roles)
    session.flush()


def change_password(session: Session, user_id: str, password: str) -> None:
    """Raises Invalid, NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(f"there is no user {user_id}")
    user.password_hash = _hashed(password)
    session.flush()


def _hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise Invalid(f"a password has at least {SHORTEST} characters")
    return hash_password(password)
