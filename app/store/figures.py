"""The totals of cases and steps: changes folded into them, counted anew, and read with what is not folded yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    ColumnElement,
    Date,
    Select,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from app.domain.figures.periods import ONE_DAY, Span, Step
from app.store.tables import CaseFigure, Figure, FigureChange, Spread

_GRAINS = "(VALUES ('d', 'day'), ('w', 'week'), ('m', 'month')) AS grains (grain, unit)"
_WORKED = "floor(ln(1 + worked / 60.0) / ln(1.1))::smallint"
_COUNTED = """(CASE WHEN unit IN ('workingDays', 'calendarDays') THEN least(counted, 32767)
        ELSE floor(ln(1 + counted / 60.0) / ln(1.1)) END)::smallint"""
_ADD = f"""
, kinds AS (
    INSERT INTO figure (grain, day, event, tenant_id, service, process, element, outcome, ground, in_time, unit, removed,
        n, worked, counted)
    SELECT grain, date_trunc(grains.unit, day::timestamp)::date, event, tenant_id, service, process, element, outcome, ground,
        in_time, news.unit, removed, sum(weight), coalesce(sum(weight * worked), 0), coalesce(sum(weight * counted), 0)
    FROM news, {_GRAINS}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    ON CONFLICT (event, grain, day, tenant_id, service, process, element, outcome, ground, in_time, unit, removed)
    DO UPDATE SET n = figure.n + excluded.n, worked = figure.worked + excluded.worked,
        counted = figure.counted + excluded.counted
), buckets AS (
    SELECT day, event, tenant_id, service, process, element, removed, weight, NULL AS unit, {_WORKED} AS bucket
    FROM news WHERE worked IS NOT NULL
    UNION ALL
    SELECT day, event, tenant_id, service, process, element, removed, weight, unit, {_COUNTED}
    FROM news WHERE counted IS NOT NULL
)
INSERT INTO figure_spread (grain, day, event, tenant_id, service, process, element, unit, bucket, removed, n)
SELECT grain, date_trunc(grains.unit, day::timestamp)::date, event, tenant_id, service, process, element, buckets.unit, bucket,
    removed, sum(weight)
FROM buckets, {_GRAINS}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
ON CONFLICT (event, grain, day, tenant_id, service, process, element, unit, bucket, removed)
DO UPDATE SET n = figure_spread.n + excluded.n
"""  # noqa: S608 - of the words above alone
_FOLD = text(f"""WITH news AS (
    DELETE FROM figure_change WHERE id IN (SELECT id FROM figure_change ORDER BY id LIMIT :most) RETURNING *
) {_ADD}""")  # noqa: S608
_COUNT = text(f"""WITH news AS (
    SELECT received_on AS day, 'received' AS event, tenant_id, service, NULL AS process, NULL AS element, NULL AS outcome,
        NULL AS ground, NULL::boolean AS in_time, NULL::integer AS worked, NULL::integer AS counted, NULL AS unit,
        false AS removed, 1 AS weight
    FROM case_figure
    UNION ALL
    SELECT ended_on, 'ended', tenant_id, service, NULL, NULL, outcome, ground, in_time, worked, counted, unit, false, 1
    FROM case_figure WHERE ended_at IS NOT NULL
    UNION ALL
    SELECT day, 'step', tenant_id, service, process, element, outcome, NULL, in_time, worked, counted, unit, false, 1
    FROM step_figure
) {_ADD}""")  # noqa: S608
MOST = 20_000
"""Changes of one transaction: a second or two, also where many have gathered."""
LOCK = 0x46494755
"""The number of the advisory lock that folding holds."""


def fold(session: Session, most: int | None = MOST) -> bool:
    """Add up so many changes, the oldest first; False where there are no more, and while somebody else does it. Nobody who
    writes waits for it."""
    waiting = "SELECT pg_try_advisory_xact_lock(:lock) AND EXISTS (SELECT FROM figure_change)"
    found = bool(session.scalar(text(waiting), {"lock": LOCK}))
    if found:
        session.execute(_FOLD, {"most": most})
    return found


def hold(session: Session) -> None:
    """Wait until nobody folds, and let nobody fold on this connection's behalf alone until it is closed."""
    session.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})


def recount(session: Session) -> None:
    """Count all totals anew from the rows that are there; those of steps that were removed with their cases stay.

    In a transaction that sees one state of the database (repeatable read), while `hold` keeps others from folding.
    """
    session.execute(text("SET LOCAL statement_timeout = 0"))
    session.execute(_FOLD, {"most": None})
    session.execute(text("DELETE FROM figure WHERE NOT removed"))
    session.execute(text("DELETE FROM figure_spread WHERE NOT removed"))
    session.execute(_COUNT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """tenants: the organisations whose figures are asked for, None: all. service: one alone."""

    span: Span
    step: Step
    tenants: Sequence[str] | None
    service: str | None = None


def kinds(wanted: Wanted) -> Select[Any]:
    """(by, period, service, tenant, ground, event, outcome, in_time, unit, n, worked, counted) of cases.

    by: BY_PERIOD and so on; a row by ground is of a service. n: how many; worked, counted: sums.
    """
    source = _kinds(wanted, CASES)
    own = source.c.event, source.c.outcome, source.c.in_time, source.c.unit
    period = _period(wanted, source)
    columns = (period, source.c.service, source.c.tenant_id, source.c.ground)
    sets = (period,), (source.c.service,), (source.c.tenant_id,), (source.c.ground, source.c.service)
    return (
        select(
            _by(period, source.c.tenant_id, source.c.ground).label("by"),
            *(one.label(name) for one, name in zip(columns, _COLUMNS, strict=True)),
            *own,
        )
        .add_columns(*(_sum(source.c[name]).label(name) for name in ("n", "worked", "counted")))
        .group_by(func.grouping_sets(*(tuple_(*one, *own) for one in sets)))
    )


def spreads(wanted: Wanted) -> Select[Any]:
    """(by, period, service, tenant, unit, buckets, counts) of cases: two lists, of buckets and of how many are in each.

    by: as of `kinds`, but by ground.
    """
    source = _spreads(wanted, CASES)
    own = source.c.unit, source.c.bucket
    columns = (period, service, tenant) = (_period(wanted, source), source.c.service, source.c.tenant_id)
    found = (
        select(_by(period, tenant).label("by"), *(o.label(n) for o, n in zip(columns, _COLUMNS, strict=False)), *own)
        .add_columns(_sum(source.c.n).label("n"))
        .group_by(func.grouping_sets(*(tuple_(one, *own) for one in (period, service, tenant))))
        .subquery()
    )
    return _listed(found, ("by", "period", "service", "tenant", "unit"))


def step_kinds(wanted: Wanted) -> Select[Any]:
    """(process, element, outcome, in_time, unit, n, worked, counted) of the steps of cases."""
    source = _kinds(wanted, STEPS)
    own = [source.c[name] for name in ("process", "element", "outcome", "in_time", "unit")]
    sums = [_sum(source.c[name]).label(name) for name in ("n", "worked", "counted")]
    return select(*own, *sums).group_by(*own)


def step_spreads(wanted: Wanted) -> Select[Any]:
    """(process, element, unit, buckets, counts) of the steps of cases, as `spreads`."""
    source = _spreads(wanted, STEPS)
    own = [source.c[name] for name in ("process", "element", "unit", "bucket")]
    found = select(*own, _sum(source.c.n).label("n")).group_by(*own).subquery()
    return _listed(found, ("process", "element", "unit"))


def _listed(found: Any, names: Sequence[str]) -> Select[Any]:
    """A row of two lists for what would be many rows."""
    own = [found.c[name] for name in names]
    lists = func.array_agg(found.c.bucket).label("buckets"), func.array_agg(found.c.n).label("counts")
    return select(*own, *lists).group_by(*own)


CASES, STEPS = ("received", "ended"), ("step",)
BY_PERIOD, BY_SERVICE, BY_PLACE, BY_GROUND = range(4)
_COLUMNS = ("period", "service", "tenant", "ground")


def _sum(column: Any) -> ColumnElement[int]:
    return cast(func.sum(column), BigInteger)


def _by(period: Any, tenant: Any, ground: Any = None) -> ColumnElement[int]:
    """Which of the sets a row is of."""
    return case(
        (func.grouping(period) == 0, BY_PERIOD),
        (func.grouping(tenant) == 0, BY_PLACE),
        *(() if ground is None else ((func.grouping(ground) == 0, BY_GROUND),)),
        else_=BY_SERVICE,
    )


def _period(wanted: Wanted, source: Any) -> ColumnElement[Any]:
    return cast(func.date_trunc(text(f"'{wanted.step.value}'"), cast(source.c.day, TIMESTAMP)), Date)


def _kinds(wanted: Wanted, events: Sequence[str]) -> Any:
    names = ("day", "tenant_id", "service", "process", "element", "event", "outcome", "ground", "in_time", "unit")
    total = select(*(getattr(Figure, name) for name in names), Figure.n, Figure.worked, Figure.counted)
    weight = FigureChange.weight
    news = select(
        *(getattr(FigureChange, name) for name in names),
        weight.label("n"),
        (weight * func.coalesce(FigureChange.worked, 0)).label("worked"),
        (weight * func.coalesce(FigureChange.counted, 0)).label("counted"),
    )
    return _together(wanted, events, total, Figure, news)


def _spreads(wanted: Wanted, events: Sequence[str]) -> Any:
    names = ("day", "tenant_id", "service", "process", "element")
    total = select(*(getattr(Spread, name) for name in (*names, "unit", "bucket")), Spread.n)
    own, weight = [getattr(FigureChange, name) for name in names], FigureChange.weight.label("n")
    worked = select(*own, null().label("unit"), literal_column(_WORKED).label("bucket"), weight)
    counted = select(*own, FigureChange.unit, literal_column(_COUNTED).label("bucket"), weight)
    news = (worked.where(FigureChange.worked.is_not(None)), counted.where(FigureChange.counted.is_not(None)))
    return _together(wanted, events, total, Spread, *news)


def _together(wanted: Wanted, events: Sequence[str], total: Any, table: Any, *news: Any) -> Any:
    """The totals and what is not folded yet; a select for each range of the index."""
    parts = [
        total.where(table.event.in_(events), table.grain == grain, table.day.between(first, last), *_of(wanted, table))
        for grain, first, last in _ranges(wanted)
    ]
    days = FigureChange.day.between(wanted.span.first, wanted.span.last)
    parts += [one.where(FigureChange.event.in_(events), days, *_of(wanted, FigureChange)) for one in news]
    return union_all(*parts).subquery("together")


def _ranges(wanted: Wanted) -> list[tuple[str, date, date]]:
    """Whole months or weeks, where no shorter periods are asked for; the days before and after them by the day."""
    first, last, week = wanted.span.first, wanted.span.last, wanted.step is Step.WEEK
    whole = None if wanted.step is Step.DAY else wanted.span.whole(Step.WEEK if week else Step.MONTH)
    if whole is None:
        return [("d", first, last)]
    begins, ends = whole
    found = [("w" if week else "m", begins, ends - ONE_DAY), ("d", first, begins - ONE_DAY), ("d", ends, last)]
    return [one for one in found if one[1] <= one[2]]


def _of(wanted: Wanted, table: Any) -> list[ColumnElement[bool]]:
    found = [whose(table.tenant_id, wanted.tenants)]
    return found if wanted.service is None else [*found, table.service == wanted.service]


def whose(column: Any, tenants: Sequence[str] | None) -> ColumnElement[bool]:
    """Rows of these organisations alone; None: all."""
    return true() if tenants is None else column.in_(tenants)


def standing(tenants: Sequence[str] | None, service: str | None, now: datetime) -> Select[str, str | None, bool, int]:
    """(service, tenant, late, n) of the cases that are open; late: None without a term."""
    over = CaseFigure.due_at <= func.least(now, CaseFigure.stands_since)
    found = (
        select(CaseFigure.service, CaseFigure.tenant_id.label("tenant"), over.label("late"), func.count().label("n"))
        .where(CaseFigure.ended_at.is_(None), whose(CaseFigure.tenant_id, tenants))
        .group_by(CaseFigure.service, CaseFigure.tenant_id, over)
    )
    return found if service is None else found.where(CaseFigure.service == service)
