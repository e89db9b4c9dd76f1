"""The terms of a case drawn beside each other on one scale of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WIDTH = 1_000
"""Of the scale, in units of the drawing."""
_ANY = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A term from its beginning; due None: it has no date."""

    began: datetime
    due: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Bar:
    """x and width of each part, in units of the drawing. term: from the beginning to the date; over: what the work took past
    it; pauses: within both. mark: where the work ended, now: the present moment, each None outside."""

    term: tuple[float, float] | None
    over: tuple[float, float] | None
    pauses: Sequence[tuple[float, float]]
    mark: float | None
    now: float | None


def bars(spans: Sequence[Span], pauses: Sequence[tuple[datetime, datetime | None]], now: datetime) -> list[Bar]:
    """One for each span. pauses: end None: the clock still stands."""
    first = min(one.began for one in spans)
    last = max([now, *(one.due for one in spans if one.due), *(one.ended for one in spans if one.ended)])
    length = max(last - first, _ANY)

    def at(moment: datetime) -> float:
        return round(min(max((moment - first) / length, 0.0), 1.0) * WIDTH, 1)

    def part(start: datetime, end: datetime) -> tuple[float, float]:
        return at(start), round(max(at(end) - at(start), 1.0), 1)

    found = []
    for one in spans:
        until = one.ended or now
        edge = max(until, one.due) if one.due else until
        stood = [(max(start, one.began), min(end or now, edge)) for start, end in pauses]
        found.append(
            Bar(
                term=None if one.due is None or one.due <= one.began else part(one.began, one.due),
                over=part(max(one.due, one.began), until) if one.due and until > one.due else None,
                pauses=[part(start, end) for start, end in stood if start < end],
                mark=None if one.ended is None else at(one.ended),
                now=at(now),
            )
        )
    return found
