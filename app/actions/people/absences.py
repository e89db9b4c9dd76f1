"""Absences with a deputy: entered, ended early, listed. Which of them hold today decides `actions.people` by the day."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, false, func, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from app.actions.models.naming import role_name
from app.actions.terms.calendars import calendar_of
from app.domain import refusals
from app.domain.ids import new_id
from app.domain.people import absences as rules
from app.domain.people.access import Actor
from app.domain.people.notices import Kind
from app.domain.refusals import absence_refusals as words
from app.domain.terms.calendar import Text
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.store.tables import Absence, Membership, Notice, Organisation, User

HEAD, APPLICANT, OPERATOR = "head", "applicant", "corporation_operator"
"""Roles: who leads an organisation, who only applies to it, and who works for the State Corporation beside it."""
ORDER_LIMIT = 60
ORDER = re.compile(rf"(?=.*\d)[\w .,/()№–-]{{1,{ORDER_LIMIT}}}")
LONGEST = timedelta(days=731)
"""From today on: for so long an absence may be entered."""


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
    """Somebody of an organisation's staff. name: to be read; groups: what he holds there, roles: what that is called."""

    user_id: str
    name: str
    groups: frozenset[str]
    roles: list[Text]


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
    order_number = asked.order_number.strip().removeprefix("№").lstrip()
    if not ORDER.fullmatch(order_number):
        raise refusals.of(Invalid, words.ORDER_MISSING, {"field": "orderNumber"}, limit=ORDER_LIMIT)
    today = now.astimezone(calendar_of(session, asked.tenant).tz).date()
    if asked.last < asked.first:
        raise refusals.of(Invalid, words.DAYS_TURNED, {"field": "lastDay"})
    if asked.first < today:
        raise refusals.of(Invalid, words.DAYS_PAST, {"field": "firstDay"}, today=_day(today))
    if asked.last > today + LONGEST:
        raise refusals.of(Invalid, words.DAYS_FAR, {"field": "lastDay"}, latest=_day(today + LONGEST))
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
    _tell(session, made, Kind.DEPUTY, actor, now)
    session.flush()
    return made


def _tell(session: Session, absence: Absence, kind: Kind, actor: Actor, now: datetime) -> None:
    """Tell the deputy what somebody else has done."""
    if absence.deputy_id != actor.user_id:
        notice = Notice(
            at=now,
            task_id=absence.id,
            tenant_id=absence.tenant_id,
            user_id=absence.deputy_id,
            kind=kind.value,
            doer=actor.user_id,
        )
        session.add(notice)


def _require_people(session: Session, asked: Asked) -> dict[str, str]:
    """The names of the absent and the deputy. Raises Invalid unless both are of the organisation's staff and not one."""
    if asked.person == asked.deputy:
        raise refusals.of(Invalid, words.ONESELF, {"field": "deputy"})
    found = (
        select(User.id, User.full_name.label("name"), func.array_agg(Membership.group_id).label("groups"))
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
    if not may_act_for(groups[asked.person], groups[asked.deputy]):
        raise refusals.of(Invalid, words.DEPUTY_OPERATOR, {"field": "deputy"}, deputy=names[asked.deputy])
    return names


def may_act_for(absent: Collection[str], deputy: Collection[str]) -> bool:
    """Whether who holds these roles may be the deputy of who holds those: who works for the State Corporation alone is no
    deputy of an officer of the provider."""
    return OPERATOR in absent or not {APPLICANT, OPERATOR}.issuperset(deputy)


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
    if not may_end(actor, found):
        raise refusals.of(Forbidden, words.NOT_YOURS)
    if found.ended_at is not None or found.last_day < now.astimezone(calendar_of(session, found.tenant_id).tz).date():
        raise refusals.of(Conflict, words.OVER)
    found.ended_at, found.ended_by = now, actor.user_id
    _tell(session, found, Kind.DEPUTY_ENDS, actor, now)
    return found


def _concerns(actor: Actor, absence: Absence) -> bool:
    return actor.user_id in (absence.user_id, absence.deputy_id)


def may_end(actor: Actor, absence: Absence) -> bool:
    """Whether somebody may end an absence before its last day."""
    return actor.user_id == absence.user_id or leads(actor, absence.tenant_id)


def staff(session: Session, actor: Actor, tenant: str) -> list[Colleague]:
    """Everybody of an organisation who may be absent or be a deputy, by name. Raises NotFound for a stranger."""
    if not actor.belongs_to(tenant):
        raise refusals.of(NotFound, words.NO_ORGANISATION, tenant=tenant)
    found = (
        select(User.id, User.full_name.label("name"), func.array_agg(Membership.group_id).label("roles"))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.tenant_id == tenant, Membership.group_id != APPLICANT)
        .group_by(User.id)
        .order_by("name", User.id)
    )
    return [
        Colleague(row.id, row.name, frozenset(row.roles), [role_name(role) for role in sorted(row.roles)])
        for row in session.execute(found)
    ]


def of_pairs(session: Session, tenant: str | None, pairs: Collection[tuple[str, str]]) -> Sequence[Absence]:
    """The absences of an organisation by the absent and his deputy; nothing is asked for none."""
    if not pairs:
        return ()
    both = tuple_(Absence.user_id, Absence.deputy_id).in_(pairs)
    return session.scalars(select(Absence).where(Absence.tenant_id == tenant, both)).all()


def order_at(found: Collection[Absence], absent: str | None, deputy: str | None, at: datetime) -> str | None:
    """The number of the order by which a deputy acted at a moment, which is of the organisation's zone."""
    return next(
        (
            one.order_number
            for one in found
            if (one.user_id, one.deputy_id) == (absent, deputy)
            and one.first_day <= at.date() <= one.last_day
            and one.made_at <= at
            and (one.ended_at is None or at <= one.ended_at)
        ),
        None,
    )


def away(session: Session, tenant: str, now: datetime) -> dict[str, str]:
    """Who of an organisation is absent today: the names of their deputies, by person."""
    deputy, today = aliased(User), now.astimezone(calendar_of(session, tenant).tz).date()
    found = (
        select(Absence.user_id, deputy.full_name.label("name"))
        .join(deputy, deputy.id == Absence.deputy_id)
        .where(
            Absence.tenant_id == tenant,
            Absence.ended_at.is_(None),
            Absence.first_day <= today,
            Absence.last_day >= today,
        )
    )
    return {row.user_id: row.name for row in session.execute(found)}


def organisations(session: Session, actor: Actor, *, led: bool) -> list[tuple[str, Text]]:
    """Where a person works or, of those, which he leads: (id, names) by id."""
    mine = led_by(actor) if led else sorted(actor.tenants)
    which = true() if led and actor.administrator else Organisation.id.in_(mine) if mine else false()
    found: Sequence[Organisation] = session.scalars(select(Organisation).where(which).order_by(Organisation.id)).all()
    return [(one.id, Text(**one.names)) for one in found]


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
