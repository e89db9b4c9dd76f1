"""An act in a savepoint: what it would change, or what it has changed, if that is what was shown before."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from app.actions.mending.acts import Call, Change
from app.actions.mending.kinds import KINDS, Asked

T = TypeVar("T")


def tried(session: Session, act: Callable[[], T]) -> T:
    """What an act gives; what goes wrong in it leaves nothing behind."""
    with session.begin_nested():
        return act()


def preview(call: Call, kind: str, asked: Asked, subject: UUID) -> Change:
    """What would come of it; nothing stays. Raises what the act would."""
    with call.session.begin_nested() as attempt:
        change = KINDS[kind](asked)(call, subject)
        attempt.rollback()
    return change


def carry_out(call: Call, kind: str, asked: Asked, subject: UUID, seen: str) -> tuple[Change, bool]:
    """Do it, if it does what was seen; else nothing stays, and False says so. seen: the `sign` of what was shown."""
    with call.session.begin_nested() as attempt:
        change = KINDS[kind](asked)(call, subject)
        as_seen = sign(kind, asked, change) == seen
        if not as_seen:
            attempt.rollback()
    return change, as_seen


def sign(kind: str, asked: Asked, change: Change) -> str:
    """Equal for acts that do the same. A new instance has another id each time."""
    after = {name: value for name, value in change["after"].items() if name != "instance"}
    facts = [kind, asked, change["before"], after]
    return sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
