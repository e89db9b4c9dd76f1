"""Absences with a deputy as they are listed: a person's, those of an organisation, all that somebody may see."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.actions.people.absences import leads, led_by, may_end
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.refusals import absence_refusals as words
from app.domain.terms.calendar import Text
from app.errors import Forbidden
from app.store.tables import Absence, Calendar, Membership, Organisation, User


@dataclass(frozen=True, slots=True)
class Shown:
    """An absence as it is read. state: ahead | now | over | ended; uncovered: the deputy is absent himself at that time, or
    no longer of the organisation.

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


def of_person(session: Session, actor: Actor, now: datetime, first: int, limit: int) -> list[Shown]:
    """The absences of a person and those in which he is the deputy, the latest first, those ended early last; a page."""
    return _shown(
        session, actor, or_(Absence.user_id == actor.user_id, Absence.deputy_id == actor.user_id), now, first, limit
    )


def about(session: Session, actor: Actor, user_id: str, now: datetime, limit: int) -> list[Shown]:
    """Those of any person, as `of_person`, for administrators. Raises Forbidden."""
    require_administrator(actor)
    return _shown(session, actor, or_(Absence.user_id == user_id, Absence.deputy_id == user_id), now, 0, limit)


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
    works = and_(Membership.user_id == Absence.deputy_id, Membership.tenant_id == Absence.tenant_id)
    rows = session.execute(
        select(
            Absence,
            person.full_name.label("person"),
            deputy.full_name.label("deputy"),
            maker.full_name.label("maker"),
            Organisation.names,
            func.date(today).label("today"),
            or_(
                select(true()).where(meets).correlate(Absence).exists(),
                ~select(true()).where(works).correlate(Absence).exists(),
            ).label("uncovered"),
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
            may_end=state in ("ahead", "now") and may_end(actor, row.Absence),
        )
        for row in rows
    ]


def _state(absence: Absence, today: date) -> str:
    if absence.ended_at is not None:
        return "ended"
    if absence.last_day < today:
        return "over"
    return "ahead" if absence.first_day > today else "now"
