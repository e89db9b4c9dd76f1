"""The bearer tokens of a person's programs, as administrators see, make and end them. The secret is shown when it is made."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.actions.people import accounts
from app.actions.people.administration import Kind, Operation, note
from app.actions.people.people import BEARER, SESSION, digest_of
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import Conflict, Invalid, NotFound
from app.store.tables import AccessToken

NAME_LIMIT = 100
DAYS = range(1, 366)
NAME_MISSING = Text(
    "Токен не үшін керек екенін жазыңыз, ең көбі {limit} таңба.",
    "Напишите, для чего токен, не больше {limit} знаков.",
    "say what the token is for, in at most {limit} characters",
)
DAYS_WRONG = Text(
    "Токен {least} күннен {most} күнге дейін жарамды болады.",
    "Токен действует от {least} до {most} дней.",
    "a token is valid for {least} to {most} days",
)
UNKNOWN = Text(
    "Мұндай токен жоқ: ол жойылған не мерзімі өткен.",
    "Такого токена нет: он отозван или истёк.",
    "there is no such token: it was revoked or has expired",
)


@dataclass(frozen=True, slots=True)
class Token:
    """key: by which it is named, which opens nothing. name: what it is for, None: made over the interface without one."""

    key: str
    name: str | None
    made_at: datetime
    made_by: str
    used_at: datetime | None
    expires_at: datetime


def of_person(session: Session, actor: Actor, user_id: str, at: datetime) -> list[Token]:
    """Those that are valid at a moment of the machine's clock, the newest first. Raises Forbidden."""
    require_administrator(actor)
    found = select(AccessToken).where(AccessToken.user_id == user_id, AccessToken.kind != SESSION)
    rows = session.scalars(found.where(AccessToken.expires_at > at).order_by(AccessToken.created_at.desc()))
    return [
        Token(
            key=one.digest.hex(),
            name=one.name,
            made_at=one.created_at,
            made_by=one.made_by or one.user_id,
            used_at=one.seen_at if one.seen_at > one.created_at else None,
            expires_at=one.expires_at,
        )
        for one in rows
    ]


def number_of_sessions(session: Session, user_id: str, at: datetime) -> int:
    """In how many browsers a person is signed in."""
    mine = (AccessToken.user_id == user_id, AccessToken.kind == SESSION, AccessToken.expires_at > at)
    return session.scalar(select(func.count()).select_from(AccessToken).where(*mine)) or 0


def make(session: Session, actor: Actor, user_id: str, name: str, days: int | None, at: datetime) -> str:
    """A token with which a program acts as this person; gives its secret. Raises Forbidden, NotFound, Invalid, Conflict."""
    require_administrator(actor)
    if accounts.account(session, user_id).deactivated_at is not None:
        raise refusals.of(Conflict, accounts.DEACTIVATED, user=user_id)
    name = name.strip()
    if not name or len(name) > NAME_LIMIT:
        raise refusals.of(Invalid, NAME_MISSING, {"field": "name"}, limit=NAME_LIMIT)
    if days not in DAYS:
        raise refusals.of(Invalid, DAYS_WRONG, {"field": "days"}, least=DAYS[0], most=DAYS[-1])
    secret, expires = secrets.token_urlsafe(32), at + timedelta(days=days or 0)
    session.add(
        AccessToken(
            digest=digest_of(secret),
            user_id=user_id,
            kind=BEARER,
            created_at=at,
            seen_at=at,
            expires_at=expires,
            name=name,
            made_by=actor.user_id,
        )
    )
    note(session, actor, Operation.TOKEN_MADE, Kind.PERSON, user_id, {"token": (None, name)})
    session.flush()
    return secret


def revoke(session: Session, actor: Actor, user_id: str, key: str) -> None:
    """Make a token worthless. Raises Forbidden, NotFound."""
    require_administrator(actor)
    try:
        found = session.get(AccessToken, bytes.fromhex(key))
    except ValueError:
        found = None
    if found is None or found.user_id != user_id or found.kind == SESSION:
        raise refusals.of(NotFound, UNKNOWN)
    note(session, actor, Operation.TOKEN_REVOKED, Kind.PERSON, user_id, {"token": (found.name or "", None)})
    session.delete(found)
    session.flush()
