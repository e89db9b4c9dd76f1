"""Absences with a deputy: entered, ended early, listed. Which of them hold today decides `actions.people` by the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.actions.calendars import calendar_of
from app.actions.naming import role_name
from app.domain import absence_refusals as words
from app.domain import absences as rules
from app.domain import refusals
from app.domain.access import Actor
from app.domain.calendar import Text
from app.domain.ids import new_id
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store.tables import Absence, Calendar, Membership, Organisation, User

HEAD, APPLICANT = "head", "applicant"
"""Roles: who leads an organisation, and who only applies to it."""
ORDER_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """An absence to be entered: in an organisation, from the first to the last day, both included, by its calendar's zone."""

    tenant: str
    person: str
    deputy: str
    first: date
    last: date
    order_number: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of an organisation's staff. name: to be read; roles: what he holds there."""

    user_id: str
    name: str
    roles: list[Text]


@dataclass(frozen=True, slots=True)
class Shown:
    """An absence as it is read. state: ahead | now | over | ended; uncovered: the deputy is absent himself at that time.

    names: to be read; organisation: its names. may_end: by the one who reads it.
    """

    absence: Absence
    person: str
    deputy: str
    made_by: str
    organisation: Text
    state: str
    uncovered: bool
    may_end: bool


def leads(actor: Actor, tenant: str) -> bool:
    """Whether somebody keeps the absences of an organisation: as its head, or as an administrator. A deputy does not."""
    return actor.administrator or HEAD in actor.groups_in(tenant)


def led_by(actor: Actor) -> list[str]:
    """The organisations that a person is the head of, sorted."""
    return sorted(tenant for tenant in actor.tenants if HEAD in actor.groups_in(tenant))


def enter(session: Session, actor: Actor, asked: Asked, now: datetime) -> Absence:
    """Enter an absence. Raises Forbidden, NotFound, Invalid for what it says, Conflict for what others stand in its way.

    Those of an organisation are entered one after the other, so that two can make no circle together.
    """
    if not (leads(actor, asked.tenant) or (actor.user_id == asked.person and asked.tenant in actor.tenants)):
        raise refusals.of(Forbidden, words.NOT_YOURS)
    organisation = select(Organisation).where(Organisation.id == asked.tenant).with_for_update(key_share=True)
    if session.scalar(organisation) is None:
        raise refusals.of(NotFound, words.NO_ORGANISATION, tenant=asked.tenant)
    order_number = asked.order_number.strip()
    if not order_number.isprintable() or not 0 < len(order_number) <= ORDER_LIMIT:
        raise refusals.of(Invalid, words.ORDER_MISSING, {"field": "orderNumber"}, limit=ORDER_LIMIT)
    today = now.astimezone(calendar_of(session, asked.tenant).tz).date()
    if asked.last < asked.first:
        raise refusals.of(Invalid, words.DAYS_TURNED, {"field": "lastDay"})
    if asked.first < today:
        raise refusals.of(Invalid, words.DAYS_PAST, {"field": "firstDay"}, today=_day(today))
    names = _require_people(session, asked)
    _require_free(session, asked, names)
    made = Absence(
        id=new_id(),
        tenant_id=asked.tenant,
        user_id=asked.person,
        deputy_id=asked.deputy,
        first_day=asked.first,
        last_day=asked.last,
        order_number=order_number,
        made_by=actor.user_id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def _require_people(session: Session, asked: Asked) -> dict[str, str]:
    """The names of the absent and the deputy. Raises Invalid unless both are of the organisation's staff and not one."""
    if asked.person == asked.deputy:
        raise refusals.of(Invalid, words.ONESELF, {"field": "deputy"})
    found = (
        select(User.id, _name(User), func.array_agg(Membership.group_id).label("groups"))
        .outerjoin(Membership, and_(Membership.user_id == User.id, Membership.tenant_id == asked.tenant))
        .where(User.id.in_([asked.person, asked.deputy]))
        .group_by(User.id)
    )
    rows = {row.id: row for row in session.execute(found)}
    names = {user_id: rows[user_id].name if user_id in rows else user_id for user_id in (asked.person, asked.deputy)}
    groups = {user_id: set(row.groups) - {None} for user_id, row in rows.items()}
    if not groups.get(asked.person, set()) - {APPLICANT}:
        raise refusals.of(Invalid, words.NOT_STAFF, {"field": "person"}, person=names[asked.person])
    if not groups.get(asked.deputy):
        raise refusals.of(Invalid, words.DEPUTY_ELSEWHERE, {"field": "deputy"}, deputy=names[asked.deputy])
    if groups[asked.deputy] == {APPLICANT}:
        raise refusals.of(Invalid, words.DEPUTY_APPLICANT, {"field": "deputy"}, deputy=names[asked.deputy])
    return names


def _require_free(session: Session, asked: Asked, names: dict[str, str]) -> None:
    """Raises Conflict when other absences of the organisation stand in the way."""
    standing = _standing(session, asked.tenant, asked.first)
    new = rules.Absence(asked.person, asked.deputy, asked.first, asked.last)
    person, deputy = names[asked.person], names[asked.deputy]
    if own := rules.of_person(standing, asked.person, asked.first, asked.last):
        raise refusals.of(Conflict, words.ALREADY_ABSENT, person=person, first=_day(own.first), last=_day(own.last))
    if rules.comes_back(new, standing):
        raise refusals.of(Conflict, words.CIRCLE, {"field": "deputy"}, person=person, deputy=deputy)
    if other := rules.of_person(standing, asked.deputy, asked.first, asked.last):
        days = {"first": _day(other.first), "last": _day(other.last)}
        raise refusals.of(Conflict, words.DEPUTY_ABSENT, {"field": "deputy"}, deputy=deputy, **days)


def _standing(session: Session, tenant: str, since: date) -> list[rules.Absence]:
    """The absences of an organisation that are not over by a day."""
    found = select(Absence.user_id, Absence.deputy_id, Absence.first_day, Absence.last_day).where(
        Absence.tenant_id == tenant, Absence.ended_at.is_(None), Absence.last_day >= since
    )
    return [rules.Absence(*row) for row in session.execute(found)]


def end(session: Session, actor: Actor, absence_id: UUID, now: datetime) -> Absence:
    """End an absence before its last day, or call it off. Raises NotFound, Forbidden, Conflict when it is over."""
    found = session.get(Absence, absence_id, with_for_update=True)
    if found is None or not (_concerns(actor, found) or leads(actor, found.tenant_id)):
        raise refusals.of(NotFound, words.UNKNOWN)
    if not _may_end(actor, found):
        raise refusals.of(Forbidden, words.NOT_YOURS)
    if found.ended_at is not None or found.last_day < now.astimezone(calendar_of(session, found.tenant_id).tz).date():
        raise refusals.of(Conflict, words.OVER)
    found.ended_at, found.ended_by = now, actor.user_id
    return found


def _concerns(actor: Actor, absence: Absence) -> bool:
    return actor.user_id in (absence.user_id, absence.deputy_id)


def _may_end(actor: Actor, absence: Absence) -> bool:
    return actor.user_id == absence.user_id or leads(actor, absence.tenant_id)


def of_person(session: Session, actor: Actor, now: datetime, first: int, limit: int) -> list[Shown]:
    """The absences of a person and those in which he is the deputy, the latest first, those ended early last; a page."""
    return _shown(
        session, actor, or_(Absence.user_id == actor.user_id, Absence.deputy_id == actor.user_id), now, first, limit
    )


def of_organisation(session: Session, actor: Actor, tenant: str, now: datetime, first: int, limit: int) -> list[Shown]:
    """Those of an organisation, as `of_person`. Raises Forbidden for who does not keep them."""
    if not leads(actor, tenant):
        raise refusals.of(Forbidden, words.NOT_YOURS)
    return _shown(session, actor, Absence.tenant_id == tenant, now, first, limit)


def visible(session: Session, actor: Actor, now: datetime, first: int, limit: int) -> list[Shown]:
    """All that a person may see: his own, those in which he is the deputy, those of the organisations that he leads."""
    own = or_(Absence.user_id == actor.user_id, Absence.deputy_id == actor.user_id)
    led = Absence.tenant_id.in_(led_by(actor))
    return _shown(session, actor, true() if actor.administrator else or_(own, led), now, first, limit)


def _shown(
    session: Session, actor: Actor, which: ColumnElement[bool], now: datetime, first: int, limit: int
) -> list[Shown]:
    """In one statement."""
    person, deputy, maker, other = aliased(User), aliased(User), aliased(User), aliased(Absence)
    today = func.timezone(Calendar.zone, literal(now))
    meets = and_(
        other.tenant_id == Absence.tenant_id,
        other.user_id == Absence.deputy_id,
        other.ended_at.is_(None),
        other.first_day <= Absence.last_day,
        other.last_day >= Absence.first_day,
    )
    rows = session.execute(
        select(
            Absence,
            _name(person).label("person"),
            _name(deputy).label("deputy"),
            _name(maker).label("maker"),
            Organisation.names,
            func.date(today).label("today"),
            select(true()).where(meets).correlate(Absence).exists().label("uncovered"),
        )
        .join(person, person.id == Absence.user_id)
        .join(deputy, deputy.id == Absence.deputy_id)
        .outerjoin(maker, maker.id == Absence.made_by)
        .join(Organisation, Organisation.id == Absence.tenant_id)
        .join(Calendar, Calendar.tenant_id == Absence.tenant_id)
        .where(which)
        .order_by(Absence.ended_at.is_not(None), Absence.first_day.desc(), Absence.id.desc())
        .offset(first)
        .limit(limit)
    )
    return [
        Shown(
            absence=row.Absence,
            person=row.person,
            deputy=row.deputy,
            made_by=row.maker or row.Absence.made_by,
            organisation=Text(**row.names),
            state=(state := _state(row.Absence, row.today)),
            uncovered=row.uncovered and state in ("ahead", "now"),
            may_end=state in ("ahead", "now") and _may_end(actor, row.Absence),
        )
        for row in rows
    ]


def _state(absence: Absence, today: date) -> str:
    if absence.ended_at is not None:
        return "ended"
    if absence.last_day < today:
        return "over"
    return "ahead" if absence.first_day > today else "now"


def staff(session: Session, actor: Actor, tenant: str) -> list[Colleague]:
    """Everybody of an organisation who may be absent or be a deputy, by name. Raises NotFound for a stranger."""
    if not actor.belongs_to(tenant):
        raise refusals.of(NotFound, words.NO_ORGANISATION, tenant=tenant)
    found = (
        select(User.id, _name(User), func.array_agg(Membership.group_id).label("roles"))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.tenant_id == tenant, Membership.group_id != APPLICANT)
        .group_by(User.id)
        .order_by("name", User.id)
    )
    return [
        Colleague(row.id, row.name, [role_name(role) for role in sorted(row.roles)]) for row in session.execute(found)
    ]


def organisations(session: Session, actor: Actor, *, led: bool) -> list[tuple[str, Text]]:
    """Where a person works or, of those, which he leads: (id, names) by id."""
    mine = led_by(actor) if led else sorted(actor.tenants)
    which = true() if led and actor.administrator else Organisation.id.in_(mine) if mine else false()
    found: Sequence[Organisation] = session.scalars(select(Organisation).where(which).order_by(Organisation.id)).all()
    return [(one.id, Text(**one.names)) for one in found]


def _name(user: type[User]) -> ColumnElement[str]:
    """First and last name, else the id."""
    return func.coalesce(func.nullif(func.concat_ws(" ", user.first_name, user.last_name), ""), user.id).label("name")


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
