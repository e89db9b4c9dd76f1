"""How a person comes to a password that nobody else knows: with a code that is shown once and taken once.

A code is 128 random bits: kept as its SHA-256 it cannot be guessed, so that thousands are made at once.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.people import accounts, guessing
from app.actions.people.administration import Kind, Operation, note, reason_of, require_another_administrator
from app.actions.people.deactivating import OWN
from app.actions.people.passwords import hash_password
from app.actions.people.people import digest_of
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import Conflict, Invalid
from app.store import rights
from app.store.rows import rows_of
from app.store.tables import AccessToken, Administration, Invitation, User

LASTS = timedelta(days=7)
BYTES = 16
LONGEST = 1_000
"""Characters of a password, at most."""
UNKNOWN = Text(
    "Бұл шақыру жарамсыз: ол қолданылған, мерзімі өткен не басқасымен ауыстырылған. Әкімшіден жаңасын сұраңыз.",
    "Приглашение недействительно: им уже воспользовались, срок истёк или выдано новое. Попросите администратора о новом.",
    "the invitation is not valid: it was used, has expired, or was replaced by another. Ask an administrator for a new one",
)
TOO_SHORT = Text(
    "Құпиясөз кемінде {shortest} таңбадан тұрады.",
    "В пароле должно быть не меньше {shortest} знаков.",
    "a password has at least {shortest} characters",
)
TOO_LONG = Text(
    "Құпиясөз ең көбі {longest} таңбадан тұрады.",
    "В пароле не может быть больше {longest} знаков.",
    "a password has at most {longest} characters",
)
DIFFERENT = Text(
    "Екі құпиясөз бірдей емес: қайта жазыңыз.",
    "Пароли не совпадают: введите ещё раз.",
    "the two passwords are not the same: type them again",
)


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation, with the code that is known at this moment alone. name: of the person, to be read."""

    user_id: str
    name: str
    email: str | None
    code: str
    expires: datetime


def invite(session: Session, actor: Actor, people: Collection[str], now: datetime) -> list[Issued]:
    """New codes for those of them who are active and have not chosen a password yet, by id; older codes end.

    In three statements. Raises Forbidden.
    """
    require_administrator(actor)
    wanted = User.id.in_(people), User.deactivated_at.is_(None), User.password_hash == ""
    found = session.execute(select(User.id, User.full_name, User.email).where(*wanted).order_by(User.id)).all()
    issued = [Issued(one.id, one.full_name, one.email, _code(), now + LASTS) for one in found]
    if issued:
        _keep(session, actor, issued, now)
        lines = [{"user_id": actor.user_id, "subject": one.user_id} for one in issued]
        told = {"operation": Operation.INVITED.value, "kind": Kind.PERSON.value}
        session.execute(insert(Administration).from_select(*rows_of(Administration, [one | told for one in lines])))
    return issued


def set_anew(session: Session, actor: Actor, user_id: str, reason: str, now: datetime) -> Issued:
    """End a person's password, sessions and tokens, and give a code with which he chooses another password.

    Raises Forbidden, NotFound, Invalid, Conflict for oneself, the last administrator and who is deactivated.
    """
    require_administrator(actor)
    user = accounts.account(session, user_id)
    if user_id == actor.user_id:
        raise refusals.of(Conflict, OWN)
    if user.deactivated_at is not None:
        raise refusals.of(Conflict, accounts.DEACTIVATED, user=user_id)
    reason = reason_of(reason)
    require_another_administrator(session, user)
    user.password_hash = ""
    session.execute(delete(AccessToken).where(AccessToken.user_id == user_id))
    rights.note_people(session, [user_id])
    issued = Issued(user.id, user.full_name, user.email, _code(), now + LASTS)
    _keep(session, actor, [issued], now)
    note(session, actor, Operation.PASSWORD, Kind.PERSON, user_id, None, reason)
    session.flush()
    return issued


def _code() -> str:
    return secrets.token_urlsafe(BYTES)


def _keep(session: Session, actor: Actor, issued: Sequence[Issued], now: datetime) -> None:
    rows = [
        {
            "user_id": one.user_id,
            "digest": digest_of(one.code),
            "made_at": now,
            "made_by": actor.user_id,
            "expires_at": one.expires,
        }
        for one in issued
    ]
    new = insert(Invitation).from_select(*rows_of(Invitation, rows))
    kept = {name: new.excluded[name] for name in ("digest", "made_at", "made_by", "expires_at")}
    session.execute(new.on_conflict_do_update(index_elements=["user_id"], set_=kept))


def accept(session: Session, code: str, password: str, again: str, now: datetime) -> str:
    """Choose a password with a code; the code ends, and so does being locked out. Gives the person's id. Raises Invalid."""
    found = session.execute(
        select(Invitation, User)
        .join(User, User.id == Invitation.user_id)
        .where(Invitation.digest == digest_of(code), Invitation.expires_at > now, User.deactivated_at.is_(None))
        .with_for_update(of=Invitation)
    ).one_or_none()
    if found is None:
        raise refusals.of(Invalid, UNKNOWN)
    if len(password) < accounts.SHORTEST:
        raise refusals.of(Invalid, TOO_SHORT, shortest=accounts.SHORTEST)
    if len(password) > LONGEST:
        raise refusals.of(Invalid, TOO_LONG, longest=LONGEST)
    if password != again:
        raise refusals.of(Invalid, DIFFERENT)
    user: User = found.User
    user.password_hash = hash_password(password)
    session.delete(found.Invitation)
    session.execute(delete(AccessToken).where(AccessToken.user_id == user.id))
    guessing.forget_failures(session, user.id)
    himself = Actor(user.id, user.administrator, frozenset())
    note(session, himself, Operation.ACCEPTED, Kind.PERSON, user.id)
    session.flush()
    return user.id
