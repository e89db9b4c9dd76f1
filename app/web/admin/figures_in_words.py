"""Periods, durations and shares as people read them."""

from datetime import date

from app.domain.figures.durations import DAYS
from app.domain.figures.periods import ONE_DAY, Span, Step
from app.domain.in_words.grammar import written
from app.domain.terms.explanation import Rule
from app.web.pages import language, say

DASH, QUARTERS = "–", ("I", "II", "III", "IV")


def duration(value: float | None, unit: Rule | None = None) -> str:
    """A duration of a unit; None: of working time in seconds."""
    if value is None:
        return DASH
    if unit in DAYS:
        return say("statistics-days", n=round(value, 1))
    minutes = value / 60
    if minutes < 100:
        return say("statistics-mins", n=round(minutes) if minutes >= 1 else round(minutes, 1))
    return say("statistics-hours", n=round(minutes / 60, 1))


def percent(share: float | None) -> str:
    """A part of one in percent."""
    return DASH if share is None else f"{written(round(share * 100, 1), language())} %"


def period_name(span: Span, step: Step) -> str:
    """A period, shortly; one that is cut off, or a week, by its days."""
    first = step.first(span.first)
    if step is Step.DAY:
        return _day(span.first)
    if step is Step.WEEK or span != Span(first, step.following(first) - ONE_DAY):
        return period_of(span)
    if step is Step.MONTH:
        return f"{say('statistics-months').split()[first.month - 1]} {first.year}"
    if step is Step.QUARTER:
        return say("statistics-of-quarter", number=QUARTERS[first.month // 3], year=first.year)
    return str(first.year)


def short_name(span: Span, step: Step) -> str:
    """The beginning of a period, as it fits below a bar."""
    first = step.first(span.first)
    if step in (Step.DAY, Step.WEEK):
        return f"{span.first:%d.%m}"
    if step is Step.MONTH:
        return f"{first:%m.%Y}"
    return f"{QUARTERS[first.month // 3]} {first.year}" if step is Step.QUARTER else str(first.year)


def period_of(span: Span) -> str:
    """The days of a span."""
    return f"{_day(span.first)} – {_day(span.last)}"


def grouped(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", "\u202f")


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
