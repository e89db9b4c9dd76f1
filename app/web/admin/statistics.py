"""The statistics of state services, for heads and administrators: numbers, charts, lists, files, a report to print."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import dropwhile
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from app.actions.figures import lists, statistics
from app.actions.figures.grounds import ground_name
from app.actions.figures.statistics import Asked, Statistics
from app.actions.models.naming import services
from app.actions.terms.calendars import DEFAULT
from app.domain.figures.periods import ONE_DAY, Span, Step
from app.http.figures_asked import asked_figures, given, place_given, written
from app.http.transaction import unit
from app.store.figure_lists import RECEIVED
from app.web.admin import charts
from app.web.admin.figure_files import as_csv, as_xlsx
from app.web.admin.figures_in_words import duration, grouped, percent, period_name, period_of, short_name
from app.web.pages import language, page, say

blueprint = Blueprint("statistics", __name__, url_prefix="/admin/statistics")
PAGE, GROUNDS = 50, 20


@blueprint.get("")
def shown() -> Response:
    """What was received and came of it, by period, service, organisation and step."""
    u, asked = unit(), asked_figures("organisation")
    found = statistics.statistics(u.session, u.actor, asked, u.now)
    return page("admin/statistics.html", found=found, **_charts(found), **_around(asked))


@blueprint.get("/report")
def report() -> Response:
    """The same to be printed."""
    u, asked = unit(), asked_figures("organisation")
    found = statistics.statistics(u.session, u.actor, asked, u.now)
    return page(
        "admin/statistics_report.html", found=found, now=u.now, zone=DEFAULT.tz, **_charts(found), **_around(asked)
    )


@blueprint.get("/statistics.csv")
def csv() -> Response:
    """The figures for spreadsheets, as text."""
    return _file(as_csv, "csv", "text/csv; charset=utf-8")


@blueprint.get("/statistics.xlsx")
def xlsx() -> Response:
    """The figures for spreadsheets."""
    return _file(as_xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _file(made: Callable[[Statistics], bytes], ending: str, kind: str) -> Response:
    u, asked = unit(), asked_figures("organisation")
    answer = Response(made(statistics.statistics(u.session, u.actor, asked, u.now)), mimetype=None, content_type=kind)
    name = f"statistics-{asked.span.first.isoformat()}-{asked.span.last.isoformat()}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _charts(found: Statistics) -> dict[str, Any]:
    shown = list(dropwhile(lambda one: one[1].empty, found.periods))
    names = [(period_name(span, found.asked.step), short_name(span, found.asked.step)) for span, _ in shown]
    words = [say(f"statistics-{key}") for key in ("received", "in-time", "late")]
    return {
        "by_period": charts.by_period(names, [tally for _, tally in shown], words),
        "of_durations": charts.of_durations(found.total, duration),
    }


@blueprint.get("/cases")
def cases() -> Response:
    """The cases that a number counts."""
    u, asked, which = unit(), asked_figures("organisation"), given("which") or RECEIVED
    ground = given("ground") if "ground" in request.args else None
    found, following = lists.cases(u.session, u.actor, asked, which, ground, u.now, place_given(), PAGE)
    more = {"which": which, "ground": ground}
    return page(
        "admin/statistics_cases.html",
        rows=found,
        which=which,
        ground=None if ground is None else ground_name(asked.service or "", ground or None),
        of_ground=ground is not None,
        following=following and url_for(".cases", **address(asked, **more), after=written(following)),
        **_around(asked),
    )


@blueprint.get("/steps")
def steps() -> Response:
    """The completed steps that a number counts."""
    u, asked, which = unit(), asked_figures("organisation"), given("which") or "completed"
    process, element = given("process"), given("element")
    name, found, edge = lists.steps(u.session, u.actor, asked, which, process, element, _moment(), PAGE)
    more = {"which": which, "process": process, "element": element}
    return page(
        "admin/statistics_steps.html",
        rows=found,
        which=which,
        name=name,
        following=edge and url_for(".steps", **address(asked, **more), after=f"{edge[0].isoformat()}_{edge[1]}"),
        **_around(asked),
    )


def _moment() -> tuple[datetime, UUID] | None:
    at, _, task = given("after").partition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, UUID(task)) if moment.tzinfo else None
    except ValueError:
        return None


def _around(asked: Asked) -> dict[str, Any]:
    """What the templates need beside the figures."""
    u = unit()
    return {
        "asked": asked,
        "steps": list(Step),
        "services_known": sorted(services().items(), key=lambda pair: pair[1].get(language())),
        "organisations": statistics.organisations(u.session, u.actor),
        "list_of": lambda **more: url_for(".cases", **address(asked, **more)),
        "steps_of": lambda **more: url_for(".steps", **address(asked, **more)),
        "here": lambda **more: url_for(".shown", **address(asked, **more)),
        "address": lambda: address(asked),
        "quick": list(_quick()),
        "duration": duration,
        "percent": percent,
        "counted": grouped,
        "period_name": period_name,
        "period_of": period_of,
        "title_of": statistics.title_of,
        "case_of": _case_of,
        "grounds_shown": GROUNDS,
        "first_page": _first_page(),
    }


def address(asked: Asked, **more: Any) -> dict[str, Any]:
    """The address of what is asked for; more: what is different, None: without it."""
    given = {
        "from": asked.span.first.isoformat(),
        "to": asked.span.last.isoformat(),
        "by": asked.step.value,
        "organisation": asked.tenant,
        "service": asked.service,
    }
    return {
        name: value for name, value in {**given, **more}.items() if value or (name == "ground" and value is not None)
    }


def _case_of(case: UUID) -> str:
    if unit().actor.administrator:
        return url_for("web.instance.shown", instance_id=case)
    return url_for("web.cases.shown", case_id=case)


def _first_page() -> str:
    asked = urlencode([(name, value) for name, value in request.args.items() if name != "after"])
    return f"{request.path}?{asked}" if asked else request.path


def _quick() -> Iterator[tuple[str, Span]]:
    today = unit().now.astimezone(DEFAULT.tz).date()
    month, quarter, year = (step.first(today) for step in (Step.MONTH, Step.QUARTER, Step.YEAR))
    yield "month", Span(month, today)
    yield "last-month", Span(Step.MONTH.first(month - ONE_DAY), month - ONE_DAY)
    yield "quarter", Span(quarter, today)
    yield "year", Span(year, today)
    yield "last-year", Span(Step.YEAR.first(year - ONE_DAY), year - ONE_DAY)
