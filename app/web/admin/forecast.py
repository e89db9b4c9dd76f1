"""What will be late, for heads and administrators: the cases in danger, why, and how well the past month was foretold."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as Answer

from app.actions.figures import forecast_pages, statistics
from app.actions.models.naming import services
from app.actions.terms.calendars import DEFAULT
from app.domain import refusals
from app.domain.figures.forecasts import Level
from app.domain.figures.seen import WORKDAY
from app.domain.in_words.grammar import written
from app.domain.refusals import figure_refusals
from app.errors import NotFound
from app.http.figures_asked import given
from app.http.transaction import unit
from app.store.forecast_lists import WHICH, Wanted
from app.web.admin.calibration_chart import calibration_chart, fifth
from app.web.admin.figures_in_words import grouped, percent
from app.web.pages import language, page, say

blueprint = Blueprint("forecast", __name__, url_prefix="/admin/forecast")
PAGE, FARTHEST = 50, 1_000_000


@blueprint.get("")
def listed() -> Response:
    """The open cases of a level, the most urgent first; those in danger unless the address says more."""
    u, wanted, first = unit(), _wanted(), _first()
    rows = forecast_pages.expected(u.session, u.actor, wanted, first, PAGE + 1)
    counted, asked = forecast_pages.counted(u.session, wanted), request.args.get("asked", 0, int)
    told = forecast_pages.calibration(u.session, forecast_pages.month(wanted, u.now), u.now)
    return page(
        "admin/forecast.html",
        rows=rows[:PAGE],
        shown=min(len(rows), PAGE),
        counted=counted,
        awaited=bool(asked) and (counted.at is None or counted.at.timestamp() < asked),
        places=forecast_pages.places(u.session, wanted),
        told=told,
        chart=calibration_chart(told.bins, say("forecast-told"), say("forecast-came")),
        pages=_pages(first, len(rows), ".listed", _address(wanted)),
        why=why,
        **_around(wanted),
    )


@blueprint.post("")
def all_again() -> Answer:
    """Have all cases foretold anew, soon."""
    u = unit()
    forecast_pages.all_again(u.session, u.actor)
    return redirect(url_for(".listed", **_address(_wanted()), asked=int(u.now.timestamp())))


@blueprint.post("/<uuid:case_id>")
def again(case_id: UUID) -> Answer:
    """Work out anew what is expected of a case."""
    u = unit()
    forecast_pages.again(u.session, u.actor, case_id, u.now)
    return redirect(url_for(".listed", _anchor=f"case-{case_id}", **_address(_wanted())))


@blueprint.get("/told")
def told() -> Response:
    """The forecasts that a number of the calibration counts."""
    u, wanted, first, which, number = unit(), _wanted(), _first(), given("which") or "decided", _bin()
    if which not in WHICH:
        raise refusals.of(NotFound, figure_refusals.NO_SUCH_LIST, which=which)
    of = forecast_pages.month(wanted, u.now)
    rows = forecast_pages.told_cases(u.session, of, number, which, u.now, first, PAGE + 1)
    address = {**_address(wanted), "which": which, "bin": number}
    return page(
        "admin/forecast_told.html",
        rows=rows[:PAGE],
        shown=min(len(rows), PAGE),
        which=which,
        bin=number,
        pages=_pages(first, len(rows), ".told", address),
        **_around(wanted),
    )


def _wanted() -> Wanted:
    word = given("level")
    if word and word not in list(Level):
        raise refusals.of(NotFound, figure_refusals.NO_SUCH_LIST, which=word)
    return forecast_pages.wanted_by(
        unit().actor,
        given("organisation") or None,
        given("service") or None,
        given("step") or None,
        Level(word) if word else None,
    )


def _bin() -> int | None:
    number = request.args.get("bin", type=int)
    return number if number is not None and 0 <= number < forecast_pages.BINS else None


def _first() -> int:
    return min(max(request.args.get("from", 0, int), 0), FARTHEST)


def _pages(first: int, number: int, endpoint: str, address: Mapping[str, Any]) -> dict[str, Any]:
    def place(start: int) -> str:
        return url_for(endpoint, **{**address, "from": start or None})

    return {
        "first": first,
        "previous": place(max(first - PAGE, 0)) if first else None,
        "following": place(first + PAGE) if number > PAGE else None,
    }


def _address(wanted: Wanted) -> dict[str, Any]:
    found = {
        "level": wanted.level.value if wanted.level else None,
        "organisation": given("organisation"),
        "service": wanted.service,
        "step": wanted.element,
    }
    return {name: value for name, value in found.items() if value}


def _around(wanted: Wanted) -> dict[str, Any]:
    u, address = unit(), _address(wanted)
    return {
        "wanted": wanted,
        "levels": list(Level),
        "organisation": given("organisation"),
        "organisations": statistics.organisations(u.session, u.actor),
        "services_known": sorted(services().items(), key=lambda pair: pair[1].get(language())),
        "administrator": u.actor.administrator,
        "here": lambda **more: url_for(".listed", **_without({**address, **more})),
        "told_of": lambda **more: url_for(".told", **_without({**address, "level": None, "step": None, **more})),
        "all_again_at": url_for(".all_again", **address),
        "again_at": lambda case: url_for(".again", case_id=case, **address),
        "grouped": grouped,
        "percent": percent,
        "number": lambda value: written(round(value, 3), language()),
        "fifth": fifth,
        "zone": DEFAULT.tz,
    }


def _without(address: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in address.items() if value is not None}


def took(seconds: float | None) -> str:
    """Working time: in days of eight hours from one day on."""
    if seconds is None:
        return "–"
    if seconds >= WORKDAY:
        return say("forecast-days", n=round(seconds / WORKDAY, 1))
    if seconds >= 3600:
        return say("forecast-hours", n=round(seconds / 3600, 1))
    return say("forecast-minutes", n=round(seconds / 60))


def why(row: forecast_pages.Expected) -> list[str]:
    """The reasons as sentences: what is expected, what the current step usually takes, what will cost most."""
    found, reason, lang = row.forecast, row.forecast.reason, language()
    told = []
    if reason["left"] is not None and row.level is not Level.LATE:
        told.append(say("forecast-why-case", end=took(reason["end"]), left=took(reason["left"])))
    if row.step is not None:
        step, stood = row.step.get(lang), took(reason["stood"])
        if reason["usual"] is None:
            told.append(say("forecast-why-unseen", step=step, stood=stood))
        else:
            told.append(
                say("forecast-why-step", step=step, usual=took(reason["usual"]), stood=stood, seen=reason["seen"])
            )
    if row.costly is not None and found.costly_element != found.element:
        told.append(say("forecast-why-cost", step=row.costly.get(lang), cost=took(reason["cost"])))
    if reason["paused"] is not None:
        told.append(say("forecast-why-paused"))
    return told
