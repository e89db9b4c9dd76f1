"""What was done to people, roles and organisations: written with each change, told on the page of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import Conflict, Invalid
from app.store.tables import Administration, User

REASON_LIMIT = 1_000
REASON_MISSING = Text(
    "Себебін жазыңыз: ол сіздің атыңызбен бірге сақталады.",
    "Укажите причину: она останется рядом с вашим именем.",
    "say why: it stays beside your name",
)
REASON_TOO_LONG = Text(
    "Себебі ең көбі {limit} таңбадан тұрады.",
    "Причина не может быть длиннее {limit} знаков.",
    "the reason has at most {limit} characters",
)
LAST_ADMINISTRATOR = Text(
    "Бұл кіре алатын соңғы әкімші: алдымен басқа біреуді әкімші етіп тағайындаңыз.",
    "Это последний администратор, который может войти: сначала назначьте другого.",
    "this is the last administrator who gets in: make somebody else one first",
)


class Operation(StrEnum):
    """What is done. Changes of the profile, roles and settings carry [old, new]."""

    ADDED = "Added"
    PROFILE = "Profile"
    ROLES = "Roles"
    ADMINISTRATOR = "Administrator"
    PASSWORD = "Password"  # noqa: S105 - the name of an operation
    INVITED = "Invited"
    ACCEPTED = "Accepted"
    UNLOCKED = "Unlocked"
    DEACTIVATED = "Deactivated"
    REACTIVATED = "Reactivated"
    TOKEN_MADE = "TokenMade"  # noqa: S105 - the name of an operation
    TOKEN_REVOKED = "TokenRevoked"  # noqa: S105 - the name of an operation
    REMOVED = "Removed"
    NAMES = "Names"
    SETTINGS = "Settings"


class Kind(StrEnum):
    """What it is done to."""

    PERSON = "person"
    ROLE = "role"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of it. who: the name to be read; changes: [old, new] by name."""

    at: datetime
    who: str
    operation: str
    reason: str | None
    changes: Mapping[str, Sequence[Any]]


def note(
    session: Session,
    actor: Actor,
    operation: Operation,
    kind: Kind,
    subject: str,
    changes: Mapping[str, Sequence[Any]] | None = None,
    reason: str | None = None,
) -> None:
    """Write a line. changes: [old, new] by name; what has not changed is left out, and nothing is written for no change."""
    told = None if changes is None else {name: list(pair) for name, pair in changes.items() if pair[0] != pair[1]}
    if told == {}:
        return
    row = Administration(
        user_id=actor.user_id, operation=operation.value, kind=kind.value, subject=subject, data=told, reason=reason
    )
    session.add(row)


def entries(session: Session, actor: Actor, kind: Kind, subject: str, limit: int) -> list[Entry]:
    """The newest lines about one of them, the newest first. Raises Forbidden."""
    require_administrator(actor)
    doer = aliased(User)
    found = (
        select(Administration, doer.full_name.label("who"))
        .outerjoin(doer, doer.id == Administration.user_id)
        .where(Administration.kind == kind.value, Administration.subject == subject)
        .order_by(Administration.id.desc())
        .limit(limit)
    )
    return [
        Entry(
            at=row.Administration.at,
            who=row.who or row.Administration.user_id,
            operation=row.Administration.operation,
            reason=row.Administration.reason,
            changes=row.Administration.data or {},
        )
        for row in session.execute(found)
    ]


def reason_of(given: str) -> str:
    """Why something is done. Raises Invalid for nothing, and for too much."""
    reason = given.strip()
    if not reason:
        raise refusals.of(Invalid, REASON_MISSING, {"field": "reason"})
    if len(reason) > REASON_LIMIT:
        raise refusals.of(Invalid, REASON_TOO_LONG, {"field": "reason"}, limit=REASON_LIMIT)
    return reason


def require_another_administrator(session: Session, user: User) -> None:
    """Raises Conflict for the last administrator who gets in. Two who would leave the service without one do so one after the
    other: each waits for the accounts of all of them."""
    if not user.administrator:
        return
    active = select(User.id, User.password_hash).where(User.administrator, User.deactivated_at.is_(None))
    found = session.execute(active.order_by(User.id).with_for_update())
    if not any(row.id != user.id and row.password_hash for row in found):
        raise refusals.of(Conflict, LAST_ADMINISTRATOR)
