"""The term of a whole case as its page explains it: step by step, each with what the act allows and until when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.actions.models.services import described
from app.domain.acts.clauses import cited
from app.domain.terms.calendar import LANGUAGES, Text, WorkCalendar
from app.domain.terms.case_clock import Clock
from app.domain.terms.explanation import Rule
from app.domain.terms.reckoning import Reckoned
from app.domain.terms.term_steps import steps_of_parts
from app.domain.terms.time_left import TimeLeft, time_left

_UNITS = {
    Rule.MINUTES: "minutes",
    Rule.HOURS: "hours",
    Rule.WORKING_DAYS: "working_days",
    Rule.CALENDAR_DAYS: "calendar_days",
    Rule.END_OF_DAY: "same_day",
}


@dataclass(frozen=True, slots=True)
class WholePart:
    """A part of the term. step, clause: of the act, None where several could be meant. why: how it was counted, in lines."""

    step: Text | None
    clause: str | None
    allowed: str
    until: datetime
    why: Sequence[str]


def parts_of_whole(
    whole: Reckoned | None, service: str, taken: Collection[str], calendar: WorkCalendar, lang: str
) -> list[WholePart]:
    """The first first. service: its key; taken: the clauses of the steps that the case has come to. lang: of what is said."""
    parts, known = () if whole is None else whole.parts, described(service)
    steps: list[Mapping[str, Any]] = [] if known is None else known["steps"]
    sought = [(_UNITS.get(one.why.rule, ""), one.why.amount) for one in parts]
    limits = [_limit(step) for step in steps]
    found = []
    for part, limit, place in zip(parts, sought, steps_of_parts(sought, limits), strict=True):
        meant = [] if place is None else [at for at in range(place[0], place[1] + 1) if limits[at] == limit]
        meant = [at for at in meant if steps[at]["clause"] in taken] or meant
        clauses, names = {steps[at]["clause"] for at in meant}, [steps[at]["titles"] for at in meant]
        allowed, *why = replace(part, before=None, why=replace(part.why, clause=None)).lines(lang)
        found.append(
            WholePart(
                step=_named(names[0]) if len(names) == 1 else None,
                clause=cited(clauses.pop(), lang) if len(clauses) == 1 else None,
                allowed=allowed,
                until=part.result.astimezone(calendar.tz),
                why=why,
            )
        )
    return found


def _limit(step: Mapping[str, Any]) -> tuple[str, object] | None:
    return next(iter(step["limit"].items()), None) if step["limit"] else None


def _named(names: Mapping[str, Any]) -> Text:
    return Text(*(names[lang] or names["kk"] for lang in LANGUAGES))


def left_of_whole(whole: Reckoned | None, clock: Clock, calendar: WorkCalendar, now: datetime) -> TimeLeft | None:
    """What is left of the term of a case that runs, in the unit of its longest part."""
    if whole is None:
        return None
    at = now if clock.standing is None else min(now, clock.standing.start)
    longest = max(whole.parts, key=lambda part: part.result - part.why.base)
    return time_left(calendar, longest.why.rule, whole.result, whole.parts[0].why.base, at)
