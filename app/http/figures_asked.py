"""Which figures an address asks for, the same for pages and JSON."""

from datetime import date, datetime
from uuid import UUID

from flask import request

from app.actions.figures import statistics
from app.actions.figures.statistics import Asked
from app.domain import refusals
from app.domain.figures.periods import Span, Step
from app.domain.terms.calendar import Text
from app.errors import Invalid
from app.http.transaction import unit
from app.store.figure_lists import Place

LONGEST = 200
NO_DAY = Text(
    "«{name}» өрісіне күнді ЖЖЖЖ-АА-КК түрінде көрсетіңіз, мысалы 2026-03-20.",
    "Укажите день в поле «{name}» в виде ГГГГ-ММ-ДД, например 2026-03-20.",
    "give the day of '{name}' as YYYY-MM-DD, such as 2026-03-20",
)
NO_STEP = Text(
    "Кезеңді «{given}» деп бөлуге болмайды: day, week, month, quarter не year.",
    "По «{given}» период не делится: day, week, month, quarter или year.",
    "a period is not divided by '{given}': day, week, month, quarter or year",
)


def asked_figures(organisation: str) -> Asked:
    """The year up to today, by month, unless the address says more. organisation: the name of its parameter. Raises Invalid."""
    usual, by = statistics.usual(unit().now), given("by") or Step.MONTH.value
    if by not in list(Step):
        raise refusals.of(Invalid, NO_STEP, given=by)
    span = Span(_day("from", usual.first), _day("to", usual.last))
    return Asked(span, Step(by), given(organisation) or None, given("service") or None)


def given(name: str) -> str:
    """A text of the address, as far as it can be kept."""
    return request.args.get(name, "").replace("\0", "")[:LONGEST]


def _day(name: str, usual: date) -> date:
    if not (text := given(name)):
        return usual
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise refusals.of(Invalid, NO_DAY, name=name) from None
    if not 1900 <= day.year <= 9000:
        raise refusals.of(Invalid, NO_DAY, name=name)
    return day


def written(place: Place | None) -> str | None:
    """Where a page ends, as the address of the next has it."""
    return None if place is None else f"{place.day.isoformat()}.{place.id}"


def place_given() -> Place | None:
    """What `written` wrote; anything else is no place."""
    day, _, case = given("after").partition(".")
    try:
        return Place(date.fromisoformat(day), UUID(case))
    except ValueError:
        return None
