"""One person as administrators see him: who he is, what he holds, what he has, what was done to him."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.people import absence_lists, administration, directory, tokens
from app.actions.people.absence_lists import Shown
from app.actions.people.administration import Entry, Kind
from app.actions.people.directory import Choices
from app.actions.people.tokens import Token
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.errors import NotFound
from app.store import people_lists
from app.store.tables import Invitation, Membership, User

ABSENCES, ENTRIES = 10, 50


@dataclass(frozen=True, slots=True)
class Person:
    """roles: by organisation. last: when he signed in with the password last; locked: he is refused for wrong ones; invited:
    until when he can choose a password with a code. tasks: numbers of open ones by organisation, None for those common to all;
    lent: of those that he has delegated. colleagues: by organisation of his tasks, who holds roles there. sessions: in how
    many browsers he is signed in.
    """

    user: User
    roles: Mapping[str, Sequence[str]]
    last: datetime | None
    away: date | None
    locked: bool
    invited: datetime | None
    tasks: Mapping[str | None, int]
    lent: int
    colleagues: Mapping[str, Sequence[tuple[str, str]]]
    sessions: int
    tokens: Sequence[Token]
    absences: Sequence[Shown]
    entries: Sequence[Entry]
    choices: Choices

    @property
    def number(self) -> int:
        """Of his open tasks."""
        return sum(self.tasks.values())


def person(session: Session, actor: Actor, user_id: str, now: datetime, at: datetime) -> Person:
    """One of them. at: by the machine's clock. Raises Forbidden, NotFound."""
    require_administrator(actor)
    row = session.execute(
        select(
            User,
            people_lists.signed_in_last().label("last"),
            people_lists.away_until(now).label("away"),
            people_lists.locked(directory.limits(at)).label("locked"),
            people_lists.held().label("held"),
            select(Invitation.expires_at)
            .where(Invitation.user_id == User.id, Invitation.expires_at > at)
            .correlate(User)
            .scalar_subquery()
            .label("invited"),
        ).where(User.id == user_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"User with id {user_id} does not exist")
    held = session.execute(people_lists.tasks_of(user_id)).all()
    numbers = {one.tenant_id: one.had for one in held if one.had}
    return Person(
        user=row.User,
        roles=directory.by_organisation(row.held or ()),
        last=row.last,
        away=row.away,
        locked=row.locked,
        invited=row.invited,
        tasks=numbers,
        lent=sum(one.lent for one in held),
        colleagues=_colleagues(session, user_id, {one.tenant_id for one in held}),
        sessions=tokens.number_of_sessions(session, user_id, at),
        tokens=tokens.of_person(session, actor, user_id, at),
        absences=absence_lists.about(session, actor, user_id, now, ABSENCES),
        entries=administration.entries(session, actor, Kind.PERSON, user_id, ENTRIES),
        choices=directory.choices(session),
    )


def _colleagues(session: Session, user_id: str, places: set[str | None]) -> dict[str, list[tuple[str, str]]]:
    """(id, name) of the others who hold roles in these organisations, by name; nothing is asked for none."""
    found: dict[str, list[tuple[str, str]]] = {place: [] for place in sorted(place for place in places if place)}
    if not found:
        return found
    rows = session.execute(
        select(Membership.tenant_id, User.id, User.full_name.label("name"))
        .join(User, User.id == Membership.user_id)
        .where(Membership.tenant_id.in_(found), User.id != user_id)
        .group_by(Membership.tenant_id, User.id)
        .order_by("name", User.id)
    )
    for row in rows:
        found[row.tenant_id].append((row.id, row.name))
    return found
