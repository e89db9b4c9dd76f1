"""The office of the demonstration: cases of many services in every state, played through the actions at moments past.

Nothing is written beside the actions: histories, terms and their explanations are those of a service that has run for weeks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import exists, or_, select, text
from sqlalchemy.orm import Session, sessionmaker

from app import queue
from app.actions.terms.calendars import calendar_of
from app.demo.desks import settle
from app.demo.plans import BEHIND, USUALLY_BEHIND, Plan, plans
from app.demo.player import Play
from app.domain.terms.calendar import WorkCalendar, WorkDay
from app.errors import AppError
from app.store.tables import Definition, Instance

KEY = "DEMO-"
"""How the business keys of these cases begin: by it they are told from the cases of people."""
LOCK = 7_305_061_977
"""Of two starts at the same time, one fills at a time."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was done. cases: how many were played; organisations: of how many; failed: why others could not be, by key."""

    cases: int
    organisations: int
    failed: Mapping[str, str]


def fill(maker: sessionmaker[Session], now: datetime, files: Path | None = None, wanted: Iterable[Plan] = ()) -> Filled:
    """Play the cases that are missing, each in a transaction of its own; nothing where people have cases of their own.

    files: the folder for documents, None: the database. wanted: all of `plans` unless some are named. Doing it again
    adds nothing; what was cut off goes on. A case that cannot be played, its model having been changed, say, is left out.
    """
    with maker.begin() as session:
        if _is_in_use(session):
            return Filled(0, 0, {})
        begun = _begun(session)
        deployed = dict(session.execute(_startable()).all())
        planned = [(_begin(session, plan, tenant, now), tenant, plan) for plan in wanted or plans()
                   if _key(plan) not in begun and (tenant := _tenant(plan, deployed)) is not None]  # fmt: skip
    played: Counter[str] = Counter()
    failed: dict[str, str] = {}
    with maker() as session:
        for begin, tenant, plan in sorted(planned, key=lambda one: (one[0], one[2].number)):
            try:
                with session.begin():
                    played[tenant] += _play(
                        session, Play(session, plan, _key(plan), tenant, now, _rng(plan, now), begin, files)
                    )
            except AppError as error:
                failed[_key(plan)] = f"{plan.service}: {error}"
        with session.begin():
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            settle(session, now)
            for tenant in +played:
                queue.foretell(session, tenant)
    return Filled(played.total(), len(+played), failed)


def _is_in_use(session: Session) -> bool:
    own = or_(Instance.business_key.is_(None), Instance.business_key.not_like(f"{KEY}%"))
    return bool(session.scalar(select(exists().where(Instance.super_id.is_(None), own))))


def _begun(session: Session) -> set[str | None]:
    return set(session.scalars(select(Instance.business_key).where(Instance.super_id.is_(None))))


def _startable() -> Any:
    return select(Definition.key, Definition.tenant_id).order_by(Definition.version)


def _tenant(plan: Plan, deployed: Mapping[str, str | None]) -> str | None:
    return plan.tenant or deployed.get(plan.service) if plan.service in deployed else None


def _key(plan: Plan) -> str:
    return f"{KEY}{plan.number + 1:04}"


def _rng(plan: Plan, now: datetime) -> Random:
    """By the number of the case and the day: the same on the same day."""
    return Random(f"{plan.number}-{now.date()}")  # noqa: S311 - nothing is secret here


def _begin(session: Session, plan: Plan, tenant: str, now: datetime) -> datetime:
    rng = _rng(plan, now)
    rested = rng.choice(plan.fate.rested) * rng.uniform(0.8, 1.2)
    behind = BEHIND.get(plan.fate.stop, USUALLY_BEHIND)
    return back(calendar_of(session, tenant), rested + rng.uniform(0.9, 1.4) * behind, now) + timedelta(
        seconds=rng.randrange(60)
    )


def back(calendar: WorkCalendar, minutes: float, now: datetime) -> datetime:
    """The moment of work from which so many minutes of work have passed by now."""
    left, day = timedelta(minutes=minutes), now.astimezone(calendar.tz).date()
    while True:
        look = calendar.look(day)
        for start, end in reversed(look.spans if isinstance(look, WorkDay) else ()):
            passed = min(end, now) - start
            if passed >= left:
                return start + passed - left
            left -= max(passed, timedelta(0))
        day -= timedelta(days=1)


def _play(session: Session, play: Play) -> bool:
    """Whether the case was played: another start may have done it meanwhile."""
    session.execute(text("SET LOCAL synchronous_commit = off"))
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if session.scalar(select(exists().where(Instance.business_key == play.key))):
        return False
    play.through()
    return True
