"""People as administrators find them: by name, organisation, role, and what is with their account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.seed import WITHOUT_PEOPLE
from app.actions.people.guessing import ATTEMPTS, WINDOW
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.store import people_lists
from app.store.people_lists import Asked, Limits
from app.store.session import planned_by_values
from app.store.tables import Group, Organisation, User

NAME_ATTEMPTS = ATTEMPTS * 5
"""After which a name is closed to strange addresses; see `guessing.limits`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person. roles: by organisation; last: when he signed in with the password last; away: the last day of an absence."""

    user: User
    roles: Mapping[str, Sequence[str]]
    last: datetime | None
    away: date | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What organisations and roles that people hold there are, and what they are called."""

    organisations: Mapping[str, Text]
    roles: Mapping[str, Text]

    def role(self, key: str) -> Text:
        return self.roles.get(key) or Text(key, key, key)

    def organisation(self, key: str) -> Text:
        return self.organisations.get(key) or Text(key, key, key)


def limits(at: datetime) -> Limits:
    """When somebody is refused for wrong passwords. at: by the machine's clock, as signing in is."""
    return Limits(at - WINDOW, NAME_ATTEMPTS, ATTEMPTS)


def choices(session: Session) -> Choices:
    """In two statements."""
    places = session.execute(select(Organisation.id, Organisation.names).order_by(Organisation.id))
    held = Group.id.not_in(WITHOUT_PEOPLE)
    roles = session.execute(select(Group.id, Group.names).where(held).order_by(Group.id))
    return Choices(
        {one.id: Text(**one.names) for one in places},
        {one.id: Text(**one.names) for one in roles},
    )


def listed(
    session: Session, actor: Actor, asked: Asked, now: datetime, at: datetime, first: int, limit: int
) -> tuple[list[Found], int]:
    """A page of those who are looked for, and how many there are. Raises Forbidden."""
    require_administrator(actor)
    query = people_lists.people(asked, limits(at), now).offset(first).limit(limit)
    rows = session.execute(planned_by_values(query))
    page = [Found(row.User, by_organisation(row.held or ()), row.last, row.away, row.locked) for row in rows]
    return page, session.scalar(people_lists.number(asked, limits(at), now)) or 0


def by_organisation(held: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """(organisation, role) each, as roles by organisation."""
    roles: dict[str, list[str]] = {}
    for organisation, role in held:
        roles.setdefault(organisation, []).append(role)
    return roles
