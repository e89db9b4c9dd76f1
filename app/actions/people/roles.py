"""Roles: those of the regulations, and those that administrators make for models of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import distinct, exists, func, select
from sqlalchemy.orm import Session

from app.actions.models import naming
from app.actions.people.administration import Kind, Operation, note
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store.tables import Group, Membership, SavedFilter

NAME_LIMIT = 255
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
BAD_ID = Text(
    "Рөлдің кілті 1-ден 64-ке дейінгі латын әрпінен, цифрдан, нүктеден, сызықшадан және астыңғы сызықтан тұрады.",
    "Ключ роли – от 1 до 64 латинских букв, цифр, точек, дефисов и подчёркиваний.",
    "the id of a group has from 1 to 64 Latin letters, digits, dots, hyphens and underscores",
)
THERE = Text("«{role}» рөлі бар.", "Роль {role} уже есть.", "there is a group {role} already")
HELD = Text(
    "«{role}» рөлі біреуде бар не онымен сүзгі бөліседі: алдымен оларды алыңыз.",
    "Роль {role} кто-то держит или делит с ней фильтр: сначала снимите их.",
    "somebody holds the role {role}, or shares a filter with it",
)
OF_THE_REGULATIONS = Text(
    "«{role}» – регламенттердің рөлі: ол туралы тек солар айтады.",
    "{role} – роль регламентов: что это такое, говорят только они.",
    "{role} is a role of the regulations, which alone say what it is",
)
TOO_LONG = Text(
    "Атауы ең көбі {limit} таңбадан тұрады.",
    "В названии не больше {limit} знаков.",
    "a name has at most {limit} characters",
)


@dataclass(frozen=True, slots=True)
class Role:
    """own: made here, so that it can be renamed and removed; people: how many hold it, in how many organisations."""

    id: str
    names: Text
    own: bool
    people: int
    organisations: int


def listed(session: Session, actor: Actor) -> list[Role]:
    """All of them by id, in one statement. Raises Forbidden."""
    require_administrator(actor)
    people, places = (func.count(distinct(one)) for one in (Membership.user_id, Membership.tenant_id))
    found = select(Group.id, Group.names, people.label("people"), places.label("places"))
    rows = session.execute(
        found.outerjoin(Membership, Membership.group_id == Group.id).group_by(Group.id).order_by(Group.id)
    )
    return [Role(one.id, Text(**one.names), one.id not in naming.roles(), one.people, one.places) for one in rows]


def one(session: Session, actor: Actor, role: str) -> tuple[Role, Sequence[tuple[str, int]]]:
    """A role, and by organisation how many hold it there. Raises Forbidden, NotFound."""
    require_administrator(actor)
    found = session.get(Group, role)
    if found is None:
        raise NotFound(f"Group with id {role} does not exist")
    held = (
        select(Membership.tenant_id, func.count())
        .where(Membership.group_id == role)
        .group_by(Membership.tenant_id)
        .order_by(Membership.tenant_id)
    )
    places = [(tenant, number) for tenant, number in session.execute(held)]
    people = session.scalar(select(func.count(distinct(Membership.user_id))).where(Membership.group_id == role)) or 0
    return Role(role, Text(**found.names), role not in naming.roles(), people, len(places)), places


def create(session: Session, actor: Actor, role: str, name: str | Text | None) -> None:
    """Raises Forbidden, Invalid, Conflict."""
    _require_administrator(actor)
    if _ID.fullmatch(role) is None:
        raise refusals.of(Invalid, BAD_ID)
    if session.get(Group, role) is not None:
        raise refusals.of(Conflict, THERE, role=role)
    names = _names(name or role)
    session.add(Group(id=role, names=names))
    note(session, actor, Operation.ADDED, Kind.ROLE, role, {lang: (None, names[lang]) for lang in LANGUAGES})
    session.flush()


def rename(session: Session, actor: Actor, role: str, name: str | Text | None) -> None:
    """Raises Forbidden, Invalid, NotFound, Conflict for a role of the regulations."""
    found, names = _own(session, actor, role), _names(name or role)
    changes = {lang: (found.names.get(lang), names[lang]) for lang in LANGUAGES}
    note(session, actor, Operation.NAMES, Kind.ROLE, role, changes)
    found.names = names
    session.flush()


def remove(session: Session, actor: Actor, role: str) -> None:
    """Raises Forbidden, NotFound, Conflict for a role of the regulations, and for one that somebody holds."""
    found = _own(session, actor, role)
    held = exists().where(Membership.group_id == role) | exists().where(SavedFilter.group_id == role)
    if session.scalar(select(held)):
        raise refusals.of(Conflict, HELD, role=role)
    note(session, actor, Operation.REMOVED, Kind.ROLE, role)
    session.delete(found)
    session.flush()


def _own(session: Session, actor: Actor, role: str) -> Group:
    _require_administrator(actor)
    found = session.get(Group, role)
    if found is None:
        raise NotFound(f"Group with id {role} does not exist")
    if role in naming.roles():
        raise refusals.of(Conflict, OF_THE_REGULATIONS, role=role)
    return found


def _names(name: str | Text) -> dict[str, str]:
    """By language; one name stands for all of them, and that in Kazakh for those that are not given."""
    given = name if isinstance(name, Text) else Text(name, name, name)
    if max(len(given.get(lang)) for lang in LANGUAGES) > NAME_LIMIT:
        raise refusals.of(Invalid, TOO_LONG, limit=NAME_LIMIT)
    return {lang: given.get(lang) or given.kk for lang in LANGUAGES}


def _require_administrator(actor: Actor) -> None:
    if not actor.administrator:
        raise Forbidden("only an administrator makes and removes groups")
