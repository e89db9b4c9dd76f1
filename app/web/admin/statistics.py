"""The statistics of state services, for heads and administrators: numbers, charts, lists, files, a report to print."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, request, url_for

from app.actions.figures import statistics
from app.actions.figures.statistics import Asked
from app.actions.models.naming import services
from app.actions.terms.calendars import DEFAULT
from app.domain.figures.periods import ONE_DAY, Span, Step
from app.errors import Invalid
from app.http.transaction import unit
from app.web.admin.figures_in_words import duration, percent, period_name
from app.web.pages import language, page, say

blueprint = Blueprint("statistics", __name__, url_prefix="/admin/statistics")
LONGEST = 200


@blueprint.get("")
def shown() -> Response:
    """What was received and came of it, by period, service, organisation and step."""
    u = unit()
    asked = _asked()
    found = statistics.statistics(u.session, u.actor, asked, u.now)
    return page("admin/statistics.html", found=found, **_around(asked))


def _around(asked: Asked) -> dict[str, Any]:
    """What the templates need beside the figures."""
    u = unit()
    return {
        "asked": asked,
        "steps": list(Step),
        "services_known": sorted(services().items(), key=lambda pair: pair[1].get(language())),
        "organisations": statistics.organisations(u.session, u.actor),
        "list_of": lambda **more: url_for(".shown", **address(asked, **more)),
        "here": lambda **more: url_for(".shown", **address(asked, **more)),
        "quick": list(_quick()),
        "duration": duration,
        "percent": percent,
        "period_name": period_name,
        "today": u.now.astimezone(DEFAULT.tz).date(),
    }


def _asked() -> Asked:
    """What the address asks for: the year up to today, by month, unless it says more. Raises Invalid."""
    given = {name: value.replace("\0", "")[:LONGEST] for name, value in request.args.items()}
    usual = statistics.usual(unit().now)
    span = Span(_day(given.get("from"), usual.first), _day(given.get("to"), usual.last))
    step = given.get("by", "")
    return Asked(
        span,
        Step(step) if step in list(Step) else Step.MONTH,
        given.get("organisation") or None,
        given.get("service") or None,
    )


def _day(given: str | None, usual: date) -> date:
    if not given:
        return usual
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Invalid(say("statistics-wrong")) from None


def address(asked: Asked, **more: Any) -> dict[str, Any]:
    """The address of what is asked for; more: what is different, None: without it."""
    given = {
        "from": asked.span.first.isoformat(),
        "to": asked.span.last.isoformat(),
        "by": asked.step.value,
        "organisation": asked.tenant,
        "service": asked.service,
    }
    return {name: value for name, value in {**given, **more}.items() if value}


def _quick() -> Iterator[tuple[str, Span]]:
    today = unit().now.astimezone(DEFAULT.tz).date()
    month, quarter, year = (step.first(today) for step in (Step.MONTH, Step.QUARTER, Step.YEAR))
    yield "month", Span(month, today)
    yield "last-month", Span(Step.MONTH.first(month - ONE_DAY), month - ONE_DAY)
    yield "quarter", Span(quarter, today)
    yield "year", Span(year, today)
    yield "last-year", Span(Step.YEAR.first(year - ONE_DAY), year - ONE_DAY)
