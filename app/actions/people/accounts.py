"""Accounts made by an operator or administrator of the service, not by the demonstration."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.people import guessing, people
from app.actions.people.administration import Kind, Operation, note, require_another_administrator
from app.actions.people.passwords import hash_password
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.terms.calendar import Text
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import rights
from app.store.tables import AccessToken, Group, Invitation, Membership, Organisation, Task, User

SHORTEST = 12
"""Characters of a password, at least."""
LONGEST_NAME = 255
DEACTIVATED = Text(
    "{user} ажыратылған: алдымен тіркелгісін қайта қосыңыз.",
    "{user}: учётная запись отключена, сначала включите её.",
    "{user} is deactivated: reactivate the account first",
)
HAS_TASKS = Text(
    "{user} орындайтын ашық тапсырмалар бар: {number}. Алдымен оларды басқаға беріңіз.",
    "За пользователем {user} числятся открытые задачи: {number}. Сначала передайте их.",
    "{user} has {number} open tasks: give them to others first",
)


def is_name(user_id: str) -> bool:
    """Whether a text can be the id of a person."""
    return bool(user_id) and user_id.isprintable() and user_id == user_id.strip() and len(user_id) <= LONGEST_NAME


def add_account(
    session: Session, user_id: str, password: str, *, administrator: bool, roles: list[tuple[str, str]]
) -> None:
    """Create a user. roles: (group id, organisation id) each. Raises Conflict, Invalid, NotFound."""
    if not is_name(user_id):
        raise Invalid(f"{user_id[:LONGEST_NAME]!r} cannot be a user's name")
    if session.get(User, user_id):
        raise Conflict(f"there is a user {user_id} already")
    for group_id, tenant_id in roles:
        _require_known(session, group_id, tenant_id)
    session.add(User(id=user_id, password_hash=_hashed(password), administrator=administrator))
    session.flush()
    session.add_all(Membership(user_id=user_id, group_id=group, tenant_id=tenant) for group, tenant in roles)
    session.flush()


def list_accounts(session: Session) -> list[User]:
    """Everybody, in order of id."""
    return list(session.scalars(select(User).order_by(User.id)))


def list_roles(session: Session) -> Mapping[str, list[tuple[str, str]]]:
    """The roles of everybody who has one, by user id: (group id, organisation id) each, in order."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    columns = (Membership.user_id, Membership.group_id, Membership.tenant_id)
    for user_id, group_id, tenant_id in session.execute(select(*columns).order_by(*columns)):
        held[user_id].append((group_id, tenant_id))
    return held


def grant(session: Session, actor: Actor, user_id: str, group_id: str, tenant_id: str) -> None:
    """Let someone hold a role in an organisation, also who holds it already. Raises Forbidden, NotFound."""
    _require_administrator(actor)
    if account(session, user_id).deactivated_at is not None:
        raise refusals.of(Conflict, DEACTIVATED, user=user_id)
    _require_known(session, group_id, tenant_id)
    row = {"user_id": user_id, "group_id": group_id, "tenant_id": tenant_id}
    given = insert(Membership).values(row).on_conflict_do_nothing().returning(Membership.user_id)
    if session.scalar(given) is not None:
        note(session, actor, Operation.ROLES, Kind.PERSON, user_id, {tenant_id: (None, group_id)})
    rights.note_people(session, [user_id])


def revoke(session: Session, actor: Actor, user_id: str, group_id: str, tenant_id: str) -> None:
    """Take a role in an organisation from someone who holds it. Raises Forbidden, NotFound."""
    _require_administrator(actor)
    account(session, user_id)
    _require_known(session, group_id, tenant_id)
    held = session.get(Membership, (user_id, tenant_id, group_id))
    if held is None:
        raise NotFound(f"{user_id} does not hold the role {group_id} in {tenant_id}")
    session.delete(held)
    note(session, actor, Operation.ROLES, Kind.PERSON, user_id, {tenant_id: (group_id, None)})
    session.flush()


def change_password(session: Session, user_id: str, password: str) -> None:
    """Give someone a new password; whoever was signed in with the old one is signed in no longer. Raises Invalid, NotFound."""
    account(session, user_id).password_hash = _hashed(password)
    session.execute(delete(AccessToken).where(AccessToken.user_id == user_id))
    session.execute(delete(Invitation).where(Invitation.user_id == user_id))


def create(
    session: Session,
    actor: Actor,
    user_id: str,
    password: str,
    *,
    first_name: str | None = None,
    last_name: str | None = None,
    email: str | None = None,
) -> None:
    """An account without roles, made by an administrator. Raises Forbidden, and as `add_account`."""
    _require_administrator(actor)
    add_account(session, user_id, password, administrator=False, roles=[])
    note(session, actor, Operation.ADDED, Kind.PERSON, user_id)
    write_profile(session, actor, user_id, first_name, last_name, email)


def write_profile(
    session: Session, actor: Actor, user_id: str, first_name: str | None, last_name: str | None, email: str | None
) -> None:
    """Write one's own name and address, or (an administrator) another's. Raises Forbidden, Invalid, NotFound."""
    if user_id != actor.user_id:
        _require_administrator(actor)
    if max(len(text or "") for text in (first_name, last_name, email)) > LONGEST_NAME:
        raise Invalid(f"names and the address have at most {LONGEST_NAME} characters each")
    user = account(session, user_id)
    changes = {
        "firstName": (user.first_name, first_name),
        "lastName": (user.last_name, last_name),
        "email": (user.email, email),
    }
    note(session, actor, Operation.PROFILE, Kind.PERSON, user_id, changes)
    user.first_name, user.last_name, user.email = first_name, last_name, email
    session.flush()


def set_password(
    session: Session, actor: Actor, user_id: str, password: str, own_password: str | None, address: str, now: datetime
) -> None:
    """Change one's own password, with the present one, or (an administrator) another's.

    address: from which guessing is counted. Raises as `change_password`, and Forbidden, Unauthenticated,
    TooManyAttempts.
    """
    if user_id != actor.user_id:
        _require_administrator(actor)
    elif own_password is None:
        raise Invalid("authenticatedUserPassword must not be null: it is the password that is to be changed")
    if own_password is not None:
        people.by_password(session, actor.user_id, own_password, address, now)
    change_password(session, user_id, password)
    note(session, actor, Operation.PASSWORD, Kind.PERSON, user_id)


def unlock(session: Session, actor: Actor, user_id: str) -> None:
    """Let somebody sign in again who was refused for wrong passwords. Raises Forbidden, NotFound."""
    _require_administrator(actor)
    account(session, user_id)
    guessing.forget_failures(session, user_id)
    note(session, actor, Operation.UNLOCKED, Kind.PERSON, user_id)


def remove(session: Session, actor: Actor, user_id: str) -> None:
    """Take an account away with its roles and tokens; history keeps its name.

    Raises Forbidden, NotFound, Invalid, Conflict for who has open tasks and for the last administrator.
    """
    _require_administrator(actor)
    user = account(session, user_id)
    if user_id == actor.user_id:
        raise Invalid("an administrator does not remove the own account")
    require_another_administrator(session, user)
    if number := number_of_tasks(session, user_id):
        raise refusals.of(Conflict, HAS_TASKS, user=user_id, number=number)
    note(session, actor, Operation.REMOVED, Kind.PERSON, user_id)
    session.delete(user)
    session.flush()


def number_of_tasks(session: Session, user_id: str) -> int:
    """How many open tasks somebody has."""
    mine = select(func.count()).select_from(Task).where(Task.assignee == user_id, Task.ended_at.is_(None))
    return session.scalar(mine) or 0


def account(session: Session, user_id: str) -> User:
    """Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(f"User with id {user_id} does not exist")
    return user


def _require_known(session: Session, group_id: str, tenant_id: str) -> None:
    if session.get(Group, group_id) is None:
        raise NotFound(f"there is no role {group_id}")
    if session.get(Organisation, tenant_id) is None:
        raise NotFound(f"there is no organisation {tenant_id}")


def _require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator changes the accounts of others")


def _hashed(password: str) -> str:
    if len(password) < SHORTEST:
        raise Invalid(f"a password has at least {SHORTEST} characters")
    return hash_password(password)
