"""What a page shows of forecasts: the cases in danger with the reasons, and how well the past month was foretold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app import queue
from app.actions.cases.case_search import number_of
from app.actions.figures import forecasting
from app.actions.figures.statistics import NO_SUCH_PLACE, title_of
from app.actions.lists.worklist import names_of
from app.actions.models.models import Model, models_of
from app.actions.models.naming import step_name
from app.actions.tasks.opening import applicant_of
from app.actions.tasks.tasks import sees
from app.actions.terms.calendars import DEFAULT, calendars_of
from app.domain import refusals
from app.domain.figures.forecasts import Bin, Calibration, Level
from app.domain.people.access import Actor
from app.domain.people.administrators import answerable
from app.domain.terms.calendar import Text, WorkCalendar
from app.errors import NotFound
from app.store import forecast_lists
from app.store.forecast_lists import Told, Wanted
from app.store.tables import CaseFigure, Forecast, Foretold, Instance, Task

MONTH = timedelta(days=30)
BINS = 5
NO_CASE = Text(
    "Мұндай ашық іс жоқ, не ол сіздің ұйымыңыздікі емес.",
    "Такого открытого дела нет, или оно не вашей организации.",
    "there is no such open case, or it is not of your organisation",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A case as the list shows it. step, costly: what they are called; holder: the name of who has the task; task: None if it is
    not for the actor to see. Moments are in the zone of the provider; durations in `forecast.reason` are seconds of working time.
    """

    forecast: Forecast
    level: Level
    number: str
    applicant: str | None
    service: Text
    step: Text | None
    costly: Text | None
    holder: str | None
    task: UUID | None
    calendar: WorkCalendar
    others: int


@dataclass(frozen=True, slots=True)
class Place:
    """A step at which cases in danger stand."""

    element: str
    name: Text
    n: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many open cases of each level, and of which nothing was told yet; at: when the oldest of the forecasts was made,
    None: there is none."""

    levels: Mapping[Level, int]
    unknown_yet: int
    at: datetime | None


def wanted_by(
    actor: Actor, tenant: str | None, service: str | None, element: str | None, level: Level | None
) -> Wanted:
    """Raises Forbidden, NotFound."""
    tenants = answerable(actor)
    if tenant is not None:
        if tenants is not None and tenant not in tenants:
            raise refusals.of(NotFound, NO_SUCH_PLACE, place=tenant)
        tenants = [tenant]
    return Wanted(tenants, service, element, level)


def counted(session: Session, wanted: Wanted) -> Counted:
    """The numbers above the list."""
    rows = session.execute(forecast_lists.counts(wanted)).all()
    levels = {row.level: row.n for row in rows}
    oldest = min((row.oldest for row in rows if row.oldest is not None), default=None)
    return Counted({one: levels.get(one.value, 0) for one in Level}, levels.get(None, 0), oldest)


def places(session: Session, wanted: Wanted) -> list[Place]:
    """The steps at which cases in danger stand, the busiest first."""
    rows = session.execute(forecast_lists.places(wanted)).all()
    models = models_of(session, {row.definition_id for row in rows})
    return [Place(row.element, _name(models, row.definition_id, row.element), row.n) for row in rows]


def expected(session: Session, actor: Actor, wanted: Wanted, first: int, limit: int) -> list[Expected]:
    """The cases of a level, the most urgent first."""
    rows = session.execute(forecast_lists.cases(wanted, first, limit)).all()
    wanted_models = {one for row in rows for one in (row[0].definition_id, row[0].costly_definition) if one}
    models = models_of(session, wanted_models)
    names = names_of(session, {task.assignee for _, _, task in rows if task is not None and task.assignee})
    calendars = calendars_of(session, {forecast.tenant_id for forecast, _, _ in rows})
    return [_expected(actor, *row, models=models, names=names, calendars=calendars) for row in rows]


def _expected(
    actor: Actor,
    forecast: Forecast,
    case: Instance,
    task: Task | None,
    *,
    models: Mapping[str, Model],
    names: Mapping[str, str],
    calendars: Mapping[str | None, WorkCalendar],
) -> Expected:
    holder = None if task is None or task.assignee is None else names.get(task.assignee, task.assignee)
    return Expected(
        forecast=forecast,
        level=Level(forecast.level),
        number=number_of(case),
        applicant=applicant_of(case.variables),
        service=title_of(forecast.service),
        step=_maybe(models, forecast.definition_id, forecast.element),
        costly=_maybe(models, forecast.costly_definition, forecast.costly_element),
        holder=holder,
        task=task.id if task is not None and sees(actor, task) else None,
        calendar=calendars[forecast.tenant_id],
        others=max(int(forecast.reason["open_tasks"]) - 1, 0),
    )


def _maybe(models: Mapping[str, Model], definition_id: str | None, element: str | None) -> Text | None:
    return None if definition_id is None or element is None else _name(models, definition_id, element)


def _name(models: Mapping[str, Model], definition_id: str, element: str) -> Text:
    node = models[definition_id].process.nodes.get(element)
    return Text(element, element, element) if node is None else step_name(node)


def again(session: Session, actor: Actor, case: UUID, now: datetime) -> None:
    """Work out anew what is expected of a case. Raises Forbidden, NotFound."""
    tenants = answerable(actor)
    figure = session.get(CaseFigure, case)
    if figure is None or figure.ended_at is not None or (tenants is not None and figure.tenant_id not in tenants):
        raise refusals.of(NotFound, NO_CASE)
    forecasting.refresh_one(session, case, now)


def all_again(session: Session, actor: Actor) -> None:
    """Have all cases that a person answers for foretold soon. Raises Forbidden."""
    tenants = answerable(actor)
    for tenant in forecasting.tenants_with_cases(session):
        if tenants is None or tenant in tenants:
            queue.foretell(session, tenant)


def month(wanted: Wanted, now: datetime) -> Told:
    """The forecasts of the past thirty days."""
    today = now.astimezone(DEFAULT.tz).date()
    return Told(wanted.tenants, today - MONTH, today, wanted.service)


def calibration(session: Session, told: Told, now: datetime) -> Calibration:
    """How well it was foretold."""
    bins = [Counter[str]() for _ in range(BINS)]
    sums, cells = [0.0] * BINS, Counter[tuple[bool, bool]]()
    cases, error, n, undecided = 0, 0.0, 0, 0
    for row in session.execute(forecast_lists.calibration(told, now)):
        if row.late is None:
            undecided += row.n if row.bin is None else 0
        elif row.bin is None:
            cases, error, n = cases + row.cases, error + float(row.error), n + row.n
        else:
            number = int(row.bin)
            bins[number].update(n=row.n, late=row.n if row.late else 0)
            sums[number] += float(row.told)
            cells[row.told_late, row.late] += row.n
    return Calibration(
        bins=[
            Bin(place, one["n"], one["late"], total / one["n"] if one["n"] else (place + 0.5) / BINS)
            for place, (one, total) in enumerate(zip(bins, sums, strict=True))
        ],
        n=n,
        cases=cases,
        brier=error / n if n else 0.0,
        hits=cells[True, True],
        alarms=cells[True, False],
        missed=cells[False, True],
        quiet=cells[False, False],
        open=undecided,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """A forecast, and what came. late: None: not decided yet."""

    foretold: Foretold
    number: str
    applicant: str | None
    removed: bool
    service: Text
    due_at: datetime | None
    ended_at: datetime | None
    late: bool | None


def told_cases(
    session: Session, told: Told, number: int | None, which: str | None, now: datetime, first: int, limit: int
) -> Sequence[Past]:
    """The forecasts that a number counts."""
    rows = session.execute(forecast_lists.told_cases(told, number, which, now, first, limit)).all()
    calendars = calendars_of(session, {foretold.tenant_id for foretold, *_ in rows})
    return [_past(*row, calendars=calendars) for row in rows]


def _past(
    foretold: Foretold,
    figure: CaseFigure,
    case: Instance | None,
    late: bool | None,
    *,
    calendars: Mapping[str | None, WorkCalendar],
) -> Past:
    zone = calendars[foretold.tenant_id].tz
    due, ended = (None if one is None else one.astimezone(zone) for one in (figure.due_at, figure.ended_at))
    applicant: Any = None if case is None else applicant_of(case.variables)
    number = "" if case is None else number_of(case)
    return Past(foretold, number, applicant, case is None, title_of(foretold.service), due, ended, late)
