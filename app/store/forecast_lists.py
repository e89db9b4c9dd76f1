"""The lists of what is expected of open cases, and of what was foretold and came."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select, true, tuple_
from sqlalchemy.orm import defer

from app.domain.figures.forecasts import LIKELY, Level
from app.store.figures import whose
from app.store.tables import CaseFigure, Forecast, Foretold, Instance, Task


@dataclass(frozen=True, slots=True)
class Wanted:
    """tenants: None: all. service, element: of the current step, None: any; level None: all in danger, likely and possible."""

    tenants: Sequence[str] | None
    service: str | None = None
    element: str | None = None
    level: Level | None = None


def _open(wanted: Wanted) -> ColumnElement[bool]:
    found = and_(whose(CaseFigure.tenant_id, wanted.tenants), CaseFigure.ended_at.is_(None))
    if wanted.service is not None:
        found = and_(found, CaseFigure.service == wanted.service)
    return found


def _narrowed(wanted: Wanted) -> ColumnElement[bool]:
    return true() if wanted.element is None else Forecast.element == wanted.element


def counts(wanted: Wanted) -> Any:
    """(level, n, oldest) of open cases, level null: nothing was told of them yet; oldest: when the oldest of these forecasts was
    made."""
    return (
        select(Forecast.level, func.count().label("n"), func.min(Forecast.at).label("oldest"))
        .select_from(CaseFigure)
        .outerjoin(Forecast, Forecast.id == CaseFigure.id)
        .where(_open(wanted), _narrowed(wanted))
        .group_by(Forecast.level)
    )


def places(wanted: Wanted) -> Any:
    """(element, definition_id, n) of the steps at which cases in danger stand, the busiest first; definition: one of them."""
    return (
        select(Forecast.element, func.max(Forecast.definition_id).label("definition_id"), func.count().label("n"))
        .join(CaseFigure, CaseFigure.id == Forecast.id)
        .where(_open(wanted), Forecast.element.is_not(None), Forecast.level.in_(IN_DANGER))
        .group_by(Forecast.element)
        .order_by(func.count().desc(), Forecast.element)
    )


IN_DANGER = (Level.LIKELY.value, Level.POSSIBLE.value)


def cases(wanted: Wanted, first: int, limit: int) -> Any:
    """(forecast, case, task) of open cases, the most urgent first."""
    levels = IN_DANGER if wanted.level is None else (wanted.level.value,)
    return (
        select(Forecast, Instance, Task)
        .join(CaseFigure, CaseFigure.id == Forecast.id)
        .join(Instance, Instance.id == Forecast.id)
        .outerjoin(Task, and_(Task.id == Forecast.task_id, Task.ended_at.is_(None)))
        .where(_open(wanted), _narrowed(wanted), Forecast.level.in_(levels))
        .order_by(Forecast.urgency.desc(), Forecast.id)
        .offset(first)
        .limit(limit)
        .options(defer(Instance.state))
    )


def late_by(now: datetime) -> ColumnElement[Any]:
    """Whether a term was missed by a moment; null: not decided, or the case ended without a decision."""
    over = CaseFigure.due_at <= func.least(now, CaseFigure.stands_since)
    return case((CaseFigure.ended_at.is_not(None), not_(CaseFigure.in_time)), (over, true()))


@dataclass(frozen=True, slots=True)
class Told:
    """Which forecasts: of days from first to last; of organisations, of a service."""

    tenants: Sequence[str] | None
    first: date
    last: date
    service: str | None = None


def _within(told: Told) -> ColumnElement[bool]:
    found = and_(whose(Foretold.tenant_id, told.tenants), Foretold.day.between(told.first, told.last))
    return found if told.service is None else and_(found, Foretold.service == told.service)


BIN = func.least(func.floor(Foretold.chance * 5), 4)


def calibration(told: Told, now: datetime) -> Any:
    """(bin, late, n, cases, told, error, afterwards) of forecasts; late null: not decided; told: the sum of chances; error:
    of their squared errors; cases: of how many cases; by sets, bin null: all together."""
    late = late_by(now)
    source = (
        select(
            BIN.label("bin"),
            late.label("late"),
            Foretold.case_id,
            Foretold.chance,
            Foretold.afterwards,
            (Foretold.chance >= LIKELY).label("told_late"),
        )
        .join(CaseFigure, CaseFigure.id == Foretold.case_id)
        .where(_within(told))
        .where(or_(CaseFigure.ended_at.is_(None), CaseFigure.in_time.is_not(None)))
        .subquery()
    )
    truth = case((source.c.late, 1.0), else_=0.0)
    return select(
        source.c.bin,
        source.c.late,
        source.c.told_late,
        func.count().label("n"),
        func.count(source.c.case_id.distinct()).label("cases"),
        func.sum(source.c.chance).label("told"),
        func.sum((source.c.chance - truth) * (source.c.chance - truth)).label("error"),
        func.count().filter(source.c.afterwards).label("afterwards"),
    ).group_by(func.grouping_sets(tuple_(source.c.bin, source.c.late, source.c.told_late), tuple_(source.c.late)))


def told_cases(told: Told, number: int | None, which: str | None, now: datetime, first: int, limit: int) -> Any:
    """(foretold, figures, case, late) of decided forecasts, the newest first. number: of the bin; which: of WHICH."""
    late = late_by(now)
    found = (
        select(Foretold, CaseFigure, Instance, late.label("late"))
        .join(CaseFigure, CaseFigure.id == Foretold.case_id)
        .outerjoin(Instance, Instance.id == Foretold.case_id)
        .where(_within(told), or_(CaseFigure.ended_at.is_(None), CaseFigure.in_time.is_not(None)))
        .options(defer(Instance.state))
    )
    if number is not None:
        found = found.where(BIN.op("=")(number))
    if which is not None:
        found = found.where(WHICH[which](late))
    return found.order_by(Foretold.day.desc(), Foretold.chance.desc(), Foretold.case_id).offset(first).limit(limit)


WHICH: Mapping[str, Callable[[Any], ColumnElement[bool]]] = {
    "decided": lambda late: late.is_not(None),
    "late": lambda late: late.is_(True),
    "hits": lambda late: and_(late.is_(True), Foretold.chance >= LIKELY),
    "alarms": lambda late: and_(late.is_(False), Foretold.chance >= LIKELY),
    "missed": lambda late: and_(late.is_(True), Foretold.chance < LIKELY),
    "quiet": lambda late: and_(late.is_(False), Foretold.chance < LIKELY),
    "open": lambda late: late.is_(None),
}
"""What became of a forecast, by the word that the address has for it."""
