"""Roles beside those of the regulations, made by administrators for models of their own."""

import re

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.actions.models import naming
from app.domain.people.access import Actor
from app.domain.terms.calendar import LANGUAGES
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store.tables import Group, Membership, SavedFilter

NAME_LIMIT = 255
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def create(session: Session, actor: Actor, role: str, name: str | None) -> None:
    """Raises Forbidden, Invalid, Conflict."""
    _require_administrator(actor)
    if _ID.fullmatch(role) is None:
        raise Invalid("the id of a group has from 1 to 64 Latin letters, digits, dots, hyphens and underscores")
    if session.get(Group, role) is not None:
        raise Conflict(f"there is a group {role} already")
    session.add(Group(id=role, names=_names(name or role)))
    session.flush()


def rename(session: Session, actor: Actor, role: str, name: str | None) -> None:
    """Raises Forbidden, Invalid, NotFound, Conflict for a role of the regulations."""
    _own(session, actor, role).names = _names(name or role)
    session.flush()


def remove(session: Session, actor: Actor, role: str) -> None:
    """Raises Forbidden, NotFound, Conflict for a role of the regulations, and for one that somebody holds."""
    found = _own(session, actor, role)
    held = exists().where(Membership.group_id == role) | exists().where(SavedFilter.group_id == role)
    if session.scalar(select(held)):
        raise Conflict(f"somebody holds the role {role}, or shares a filter with it")
    session.delete(found)
    session.flush()


def _own(session: Session, actor: Actor, role: str) -> Group:
    _require_administrator(actor)
    found = session.get(Group, role)
    if found is None:
        raise NotFound(f"Group with id {role} does not exist")
    if role in naming.roles():
        raise Conflict(f"{role} is a role of the regulations, which alone say what it is")
    return found


def _names(name: str) -> dict[str, str]:
    if len(name) > NAME_LIMIT:
        raise Invalid(f"a name has at most {NAME_LIMIT} characters")
    return dict.fromkeys(LANGUAGES, name)


def _require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator makes and removes groups")
