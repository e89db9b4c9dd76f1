"""Which edition of the law handles an application: that in force on the day of its receipt, in its newest version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from app.actions.terms.calendars import calendar_of, calendars_of
from app.domain.acts.editions import Edition, in_turn
from app.domain.people.access import Actor
from app.domain.refusals.edition_refusals import not_in_force
from app.domain.terms import deadlines
from app.domain.terms.calendar import WorkCalendar
from app.errors import Forbidden, NotFound
from app.store import queries
from app.store.definition_lists import versions_of
from app.store.tables import Definition

Editions = Sequence[tuple[Edition, Definition]]
"""The editions of a process in turn, each with its newest version and the days on which it holds."""


@dataclass(frozen=True, slots=True)
class VersionInUse:
    """running: how many cases run on it."""

    definition: Definition
    deployed_at: datetime
    running: int


@dataclass(frozen=True, slots=True)
class EditionInUse:
    """edition: with the day on which it ends, its own or that on which the next begins; holds: whether it handles what is
    received now; versions: the newest first."""

    tenant: str | None
    edition: Edition
    holds: bool
    versions: Sequence[VersionInUse]


def edition_of(definition: Any) -> Edition:
    """As the version itself says it. definition: a Definition, or a row with these columns of one."""
    return Edition(definition.edition, definition.in_force_from, definition.in_force_until)


def editions_in_turn(newest: Iterable[Definition]) -> Editions:
    """newest: the newest version of each edition of one process."""
    by_name = {one.edition: one for one in newest}
    return [(one, by_name[one.name]) for one in in_turn(map(edition_of, by_name.values()))]


def days_of_receipt(session: Session, tenants: Iterable[str | None], moment: datetime) -> Mapping[str | None, date]:
    """The day on which an application made at a moment counts as received, for each organisation, in its own zone: out of
    hours it is the next working day, as `deadlines.receipt` counts."""
    return {tenant: _received(calendar, moment) for tenant, calendar in calendars_of(session, tenants).items()}


def day_of_receipt(session: Session, tenant: str | None, moment: datetime) -> date:
    """The same of one organisation."""
    return _received(calendar_of(session, tenant), moment)


def _received(calendar: WorkCalendar, moment: datetime) -> date:
    return deadlines.receipt(calendar, moment).astimezone(calendar.tz).date()


def version_for(session: Session, definition: Definition, tenant: str | None, moment: datetime) -> Definition:
    """The version of a process that handles an application made at a moment. Raises Invalid if no edition is in force then.

    definition: the newest version; one that names no edition is the only one.
    """
    if definition.edition is None:
        return definition
    editions = _editions_of(session, definition)
    if not is_dated(editions):
        return editions[-1][1]
    day = day_of_receipt(session, tenant, moment)
    found = on_day(editions, day)
    if found is None:
        raise not_in_force(definition.key, day, [one for one, _ in editions])
    return found


def require_in_force(session: Session, definition: Definition, tenant: str | None, moment: datetime) -> None:
    """Raises Invalid if a version follows an edition that does not handle an application made at a moment. Where no days are
    named, none of the process's versions is out of force."""
    editions = _editions_of(session, definition)
    own = next((one for one, _ in editions if one.name == definition.edition), edition_of(definition))
    if own.begins is None and (own.ends is None or own.is_replaced):
        return
    day = day_of_receipt(session, tenant, moment)
    if not own.holds_on(day):
        raise not_in_force(definition.key, day, [one for one, _ in editions], own)


def on_day(editions: Editions, day: date) -> Definition | None:
    return next((definition for one, definition in editions if one.holds_on(day)), None)


def is_dated(editions: Editions) -> bool:
    """Whether it depends on the day which of them handles an application."""
    return any(one.begins is not None or one.ends is not None for one, _ in editions)


def list_editions(session: Session, actor: Actor, key: str, now: datetime) -> list[EditionInUse]:
    """The editions of a process in each organisation, in turn, with the cases that run on each.

    Raises Forbidden for who is no administrator, NotFound for a process that is not deployed.
    """
    if not actor.administrator:
        raise Forbidden("only an administrator sees the editions of all cases")
    rows = session.execute(versions_of(key, None)).all()
    if not rows:
        raise NotFound(f"No matching process definition with key: {key}")
    dated = {row[0].tenant_id for row in rows if row[0].edition is not None}
    days = days_of_receipt(session, dated, now)
    found = []
    for tenant, of_tenant in groupby(rows, lambda row: row[0].tenant_id):
        versions = [VersionInUse(*row) for row in of_tenant]
        newest = {one.definition.edition: one.definition for one in reversed(versions)}
        for edition, _ in editions_in_turn(newest.values()):
            own = [one for one in versions if one.definition.edition == edition.name]
            found.append(EditionInUse(tenant, edition, edition.holds_on(days.get(tenant, date.min)), own))
    return found


def _editions_of(session: Session, definition: Definition) -> Editions:
    return editions_in_turn(queries.newest_of_editions(session, definition.key, definition.tenant_id))
