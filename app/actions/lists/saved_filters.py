"""Filters of the task list that people keep, for themselves or for a group of their organisation."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.lists.filter_queries import TaskQuery, wanted_by
from app.actions.lists.list_queries import Wanted
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.domain.refusals import of
from app.domain.terms.calendar import Text
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store import filter_lists
from app.store.tables import SavedFilter

NAME_LIMIT, MOST = 60, 20
"""Letters of a name; filters that a person keeps, and of others that he is shown."""
LONGEST = 20_000
"""Characters of a task query, and of what a program notes beside it, as JSON."""
NAME_NEEDED = Text(
    "Сүзгіге 1-ден {most} таңбаға дейінгі атау беріңіз.",
    "Дайте фильтру название от 1 до {most} знаков.",
    "Give the filter a name of 1 to {most} characters.",
)
TOO_MANY = Text(
    "Сізде {most} сүзгі бар: алдымен керексізін жойыңыз.",
    "У вас уже {most} фильтров: сначала удалите ненужный.",
    "You keep {most} filters already: delete one first.",
)
UNKNOWN = Text(
    "Мұндай сүзгі жоқ немесе ол сіздікі емес.",
    "Такого фильтра нет, или он не ваш.",
    "There is no such filter, or it is not yours.",
)
NOT_OF_GROUP = Text(
    "Сүзгіні тек өзіңіз мүшесі болып табылатын топпен бөлісе аласыз.",
    "Поделиться фильтром можно только со своей группой.",
    "A filter is shared with a group of your own only.",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of an organisation."""

    group: str
    tenant: str

    @staticmethod
    def read(text: str) -> "Group | None":
        """As `role@organisation`; None for nothing."""
        group, _, tenant = text.partition("@")
        return Group(group, tenant) if group and tenant else None


def kept(session: Session, actor: Actor) -> list[SavedFilter]:
    """Those that pages have words for, the actor's own before those shared with the groups that he is in, by name."""
    found = filter_lists.kept(actor.user_id, actor.memberships).where(SavedFilter.query.is_(None))
    own = SavedFilter.user_id == actor.user_id
    return list(session.scalars(found.order_by(own.desc(), SavedFilter.name, SavedFilter.id).limit(2 * MOST)))


def keep(session: Session, actor: Actor, name: str, wanted: Wanted, shared: Group | None, now: datetime) -> SavedFilter:
    """Keep what is wanted of the list under a name. Raises Invalid, Conflict for too many, Forbidden for a strange group."""
    if shared is not None and (shared.group, shared.tenant) not in actor.memberships:
        raise of(Forbidden, NOT_OF_GROUP)
    row = _new(session, actor, name, now)
    row.asked = wanted.to_dict()
    if shared is not None:
        row.tenant_id, row.group_id = shared.tenant, shared.group
    return row


def keep_query(
    session: Session, actor: Actor, name: str, query: TaskQuery, properties: Mapping[str, Any], now: datetime
) -> SavedFilter:
    """Keep a task query of the REST dialect under a name. Raises Invalid, Conflict for too many."""
    row = _new(session, actor, name, now)
    _write(row, query, properties)
    return row


def _new(session: Session, actor: Actor, name: str, now: datetime) -> SavedFilter:
    own: Iterable[UUID] = session.scalars(select(SavedFilter.id).where(SavedFilter.user_id == actor.user_id))
    if len(list(own)) >= MOST:
        raise of(Conflict, TOO_MANY, most=MOST)
    row = SavedFilter(id=new_id(), created_at=now, user_id=actor.user_id, name=_name(name), asked={})
    session.add(row)
    return row


def _write(row: SavedFilter, query: TaskQuery | None, properties: Mapping[str, Any] | None) -> None:
    """What is None stays."""
    for name, given in (("query", query), ("properties", properties)):
        if given is not None and len(json.dumps(given, ensure_ascii=False)) > LONGEST:
            raise Invalid(f"the {name} of a filter has at most {LONGEST} characters")
    if query is not None:
        wanted = wanted_by(query)
        row.asked, row.query = ({}, dict(query)) if wanted is None else (wanted.to_dict(), None)
    if properties is not None:
        row.properties = dict(properties)


def change(
    session: Session,
    actor: Actor,
    filter_id: UUID,
    name: str | None,
    query: TaskQuery | None,
    properties: Mapping[str, Any] | None,
) -> None:
    """Change a filter of one's own; what is None stays. Raises NotFound, Invalid."""
    row = _own(session, actor, filter_id)
    if name is not None:
        row.name = _name(name)
    _write(row, query, properties)


def filter_for(session: Session, actor: Actor, filter_id: UUID) -> SavedFilter:
    """A filter that the actor is shown. Raises NotFound."""
    seen = filter_lists.kept(actor.user_id, actor.memberships)
    row = session.scalars(seen.where(SavedFilter.id == filter_id)).one_or_none()
    if row is None:
        raise of(NotFound, UNKNOWN)
    return row


def rename(session: Session, actor: Actor, filter_id: UUID, name: str) -> None:
    """Give a filter of one's own another name. Raises NotFound, Invalid."""
    _own(session, actor, filter_id).name = _name(name)


def remove(session: Session, actor: Actor, filter_id: UUID) -> None:
    """Take a filter of one's own away, from those too with whom it is shared. Raises NotFound."""
    session.delete(_own(session, actor, filter_id))


def _own(session: Session, actor: Actor, filter_id: UUID) -> SavedFilter:
    row = session.get(SavedFilter, filter_id)
    if row is None or row.user_id != actor.user_id:
        raise of(NotFound, UNKNOWN)
    return row


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not name or len(name) > NAME_LIMIT:
        raise of(Invalid, NAME_NEEDED, most=NAME_LIMIT)
    return name
