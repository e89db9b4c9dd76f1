"""The figures of state services that the law asks for, by period, service, organisation and step."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.actions.figures.grounds import ground_name
from app.actions.figures.steps import Stage, stages
from app.actions.models.naming import service_title
from app.actions.terms.calendars import DEFAULT
from app.domain import refusals
from app.domain.figures.outcomes import DONE, Outcome
from app.domain.figures.periods import MOST, Span, Step
from app.domain.figures.tally import Tally
from app.domain.people.access import Actor
from app.domain.people.administrators import answerable
from app.domain.terms.calendar import Text
from app.errors import Invalid, NotFound
from app.store import figures
from app.store.figures import Wanted
from app.store.tables import Organisation

BACKWARDS = Text(
    "Кезеңнің соңы ({last}) басынан ({first}) бұрын: күндерін ауыстырыңыз.",
    "Конец периода ({last}) раньше начала ({first}): поменяйте даты местами.",
    "the period ends ({last}) before it begins ({first}): swap the days",
)
TOO_MANY = Text(
    "Кезең тым ұзақ: бір кестеде {most} жолдан артық болмайды. Ірірек бөліктерді таңдаңыз (апта, ай, жыл).",
    "Период слишком длинный: в одной таблице не больше {most} строк. Выберите более крупное деление (неделя, месяц, год).",
    "the period is too long: a table has at most {most} rows. Choose larger parts (week, month, year)",
)
NO_SUCH_PLACE = Text(
    "«{place}» ұйымы жоқ не оның көрсеткіштері сізге көрсетілмейді.",
    "Организации «{place}» нет, или её показатели вам не видны.",
    "there is no organisation '{place}', or its figures are not yours to see",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figures: of the days of a span, divided by a step; of one organisation or service, None: of all that one sees."""

    span: Span
    step: Step
    tenant: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """On which ground so many cases of a service were refused; key None: it is told in the text of the refusals alone."""

    service: str
    key: str | None
    name: Text | None
    n: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """periods: those of the span, in order, also empty ones; services, places: by key, those with anything to show, the
    busiest first; places None: there is one alone. grounds: the most frequent first. stages: of the service that was asked
    for, None: of none."""

    asked: Asked
    total: Tally
    periods: Sequence[tuple[Span, Tally]]
    services: Sequence[tuple[str, Text, Tally]]
    places: Sequence[tuple[str | None, Text | None, Tally]]
    grounds: Sequence[Ground]
    stages: Sequence[Stage] | None


def usual(now: datetime) -> Span:
    """The year up to today."""
    today = now.astimezone(DEFAULT.tz).date()
    return Span(today.replace(month=1, day=1), today)


def organisations(session: Session, actor: Actor) -> dict[str, Text]:
    """Those whose figures a person sees, by id. Raises Forbidden."""
    tenants = answerable(actor)
    if tenants is not None:
        return {tenant: actor.profile.organisations[tenant] for tenant in tenants}
    rows = session.execute(select(Organisation.id, Organisation.names).order_by(Organisation.id))
    return {row.id: Text(**row.names) for row in rows}


def wanted_by(actor: Actor, asked: Asked) -> Wanted:
    """Raises Forbidden, NotFound, Invalid."""
    tenants = answerable(actor)
    if asked.tenant is not None:
        if tenants is not None and asked.tenant not in tenants:
            raise refusals.of(NotFound, NO_SUCH_PLACE, place=asked.tenant)
        tenants = [asked.tenant]
    if asked.span.last < asked.span.first:
        raise refusals.of(Invalid, BACKWARDS, first=asked.span.first, last=asked.span.last)
    return Wanted(asked.span, asked.step, tenants, asked.service)


def statistics(session: Session, actor: Actor, asked: Asked, now: datetime) -> Statistics:
    """Raises Forbidden, NotFound, Invalid."""
    wanted = wanted_by(actor, asked)
    try:
        spans = asked.span.divided(asked.step)
    except ValueError:
        raise refusals.of(Invalid, TOO_MANY, most=MOST) from None
    tallies = _Tallies(session, wanted, now)
    names = organisations(session, actor)
    return Statistics(
        asked=asked,
        total=tallies.total,
        periods=[(span, tallies.periods[asked.step.first(span.first)]) for span in spans],
        services=[(key, title_of(key), tally) for key, tally in _busiest(tallies.services)],
        places=[(tenant, names.get(tenant or ""), tally) for tenant, tally in _busiest(tallies.places)],
        grounds=[Ground(at, key, ground_name(at, key), n) for (at, key), n in _most(tallies.grounds)],
        stages=None if asked.service is None else stages(session, wanted),
    )


def title_of(key: str) -> Text:
    """The title of a service; of a process that no act knows, its key."""
    return service_title(key) or Text(key, key, key)


def _busiest(tallies: Mapping[Any, Tally]) -> list[tuple[Any, Tally]]:
    """Those with anything to show."""
    shown = [(key, one) for key, one in tallies.items() if one.received or one.ended or one.open]
    return sorted(shown, key=lambda pair: (-pair[1].received, -pair[1].ended, str(pair[0])))


def _most(counts: Mapping[Any, int]) -> list[tuple[Any, int]]:
    return sorted(((key, n) for key, n in counts.items() if n), key=lambda pair: (-pair[1], str(pair[0])))


class _Tallies:
    """What the database has added up, put together."""

    def __init__(self, session: Session, wanted: Wanted, now: datetime) -> None:
        self.total = Tally()
        self.periods: dict[date, Tally] = defaultdict(Tally)
        self.services: dict[str, Tally] = defaultdict(Tally)
        self.places: dict[str | None, Tally] = defaultdict(Tally)
        self.grounds: dict[tuple[str, str | None], int] = defaultdict(int)
        for row in session.execute(figures.kinds(wanted)):
            if row.by == figures.BY_GROUND:
                if row.outcome == Outcome.REFUSED and row.n:
                    self.grounds[row.service, row.ground] += row.n
                continue
            for tally in self._of(row):
                _count(tally, row)
        for row in session.execute(figures.spreads(wanted)):
            for tally in self._of(row):
                tally.take(row.unit, row.buckets, row.counts)
        for row in session.execute(figures.standing(wanted.tenants, wanted.service, now)):
            for tally in (self.total, self.services[row.service], self.places[row.tenant]):
                tally.stand(row.n, late=row.late)

    def _of(self, row: Row[Any]) -> list[Tally]:
        """The tallies to which a row belongs; those by period make the total."""
        by = row.by
        if by == figures.BY_PERIOD:
            return [self.total, self.periods[row.period]]
        return [self.services[row.service] if by == figures.BY_SERVICE else self.places[row.tenant]]


def _count(tally: Tally, row: Row[Any]) -> None:
    if row.event == "received":
        tally.receive(row.n)
        return
    outcome = Outcome(row.outcome)
    tally.end(outcome, row.n, in_time=row.in_time)
    if outcome in DONE:
        tally.sums[None] += row.worked
        if row.unit:
            tally.sums[row.unit] += row.counted
