"""People as administrators look for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by, array

from app.store.tables import Absence, Calendar, FamiliarAddress, LoginFailure, Membership, Task, User
from app.store.task_filters import pattern_of


class State(StrEnum):
    """Never: has not signed in yet; locked: refused for wrong passwords; away: absent today; gone: deactivated."""

    NEVER = "never"
    LOCKED = "locked"
    AWAY = "away"
    ADMINISTRATOR = "administrator"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom is looked for. words: each stands somewhere in the name or the id; the others "" or None for any."""

    words: Sequence[str] = ()
    organisation: str = ""
    role: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on failures to sign in count, and how many of them close a name: everywhere, or from one address."""

    since: datetime
    everywhere: int
    from_one: int


_named = func.concat_ws(" ", User.id, User.last_name, User.first_name)
_mark = literal("user:") + func.left(func.encode(func.sha256(func.convert_to(User.id, "UTF8")), "hex"), 32)
"""By which the failures of a name are kept (see `actions.people.guessing`)."""


def locked(limits: Limits) -> ColumnElement[bool]:
    """Whether a person is refused at present, from some address at least."""
    reached = or_(
        and_(LoginFailure.key == _mark, LoginFailure.count >= limits.everywhere),
        and_(LoginFailure.key.startswith(_mark + "@"), LoginFailure.count >= limits.from_one),
    )
    return exists().where(LoginFailure.since > limits.since, reached)


def signed_in_last() -> ColumnElement[Any]:
    """When a person has signed in with the password last; None: never."""
    last = select(func.max(FamiliarAddress.last)).where(FamiliarAddress.user_id == User.id)
    return last.correlate(User).scalar_subquery()


def away_until(now: datetime) -> ColumnElement[Any]:
    """The last day of the absence of a person that holds today, by the zone of its organisation."""
    today = func.date(func.timezone(Calendar.zone, literal(now)))
    holds = and_(Absence.ended_at.is_(None), Absence.first_day <= today, Absence.last_day >= today)
    last = select(func.max(Absence.last_day)).join(Calendar, Calendar.tenant_id == Absence.tenant_id)
    return last.where(Absence.user_id == User.id, holds).correlate(User).scalar_subquery()


def held() -> ColumnElement[Any]:
    """The roles of a person, (organisation, role) each."""
    pair = array([Membership.tenant_id, Membership.group_id])
    found = select(func.array_agg(aggregate_order_by(pair, Membership.tenant_id, Membership.group_id)))
    return found.where(Membership.user_id == User.id).correlate(User).scalar_subquery()


def people(asked: Asked, limits: Limits, now: datetime) -> Select[Any]:
    """(User, last, away, locked, held), by name."""
    return (
        select(
            User,
            signed_in_last().label("last"),
            away_until(now).label("away"),
            locked(limits).label("locked"),
            held().label("held"),
        )
        .where(found(asked, limits, now))
        .order_by(User.last_name, User.first_name, User.id)
    )


def number(asked: Asked, limits: Limits, now: datetime) -> Select[Any]:
    """How many there are."""
    counted: Select[Any] = select(func.count()).select_from(User)
    return counted.where(found(asked, limits, now))


def tasks_of(user_id: str) -> Select[str | None, int, int]:
    """(tenant_id, had, lent): numbers of the open tasks that somebody has, and that he has delegated to others."""
    mine = Task.assignee == user_id
    numbers = (func.count().filter(mine).label("had"), func.count().filter(~func.coalesce(mine, false())).label("lent"))
    found = select(Task.tenant_id, *numbers).where(or_(mine, Task.owner == user_id), Task.ended_at.is_(None))
    return found.group_by(Task.tenant_id).order_by(Task.tenant_id)


def found(asked: Asked, limits: Limits, now: datetime) -> ColumnElement[bool]:
    """Those who are meant. Who is deactivated is found by name, role or as such, but not among all."""
    conditions: list[ColumnElement[bool]] = [_named.ilike(pattern_of(word)) for word in asked.words]
    if asked.organisation or asked.role:
        place = Membership.tenant_id == asked.organisation if asked.organisation else true()
        role = Membership.group_id == asked.role if asked.role else true()
        conditions.append(exists().where(Membership.user_id == User.id, place, role))
    match asked.state:
        case State.NEVER:
            conditions += [signed_in_last().is_(None), User.deactivated_at.is_(None)]
        case State.LOCKED:
            conditions.append(locked(limits))
        case State.AWAY:
            conditions.append(away_until(now).is_not(None))
        case State.ADMINISTRATOR:
            conditions.append(User.administrator.is_(True))
        case State.GONE:
            conditions.append(User.deactivated_at.is_not(None))
    return and_(true(), *conditions)
