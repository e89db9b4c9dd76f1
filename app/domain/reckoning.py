"""What the clock of a case does to a term: where the act lets it stand still, or lets a term be extended.

One rule for every term, that of the whole case and those of its steps: a pause or an extension moves the terms that run
at that time. A term runs from its base moment until it is over; one that was over before is not called back, one that
begins during a pause is moved by what is left of the pause. What the clock's standing adds is counted once it goes again.

By how much a pause moves a term. A term in minutes, hours or working days, and one up to an hour of the day, by the working
time that passed during the pause, to the microsecond: a pause outside working hours moves nothing, and a term of days may
then be over within a day. A term in calendar days by the calendar days between the two dates, none for a pause within one
day. A term that is counted back from an event stays with its event.

An extension adds a term in its own unit after the end of the one that it extends.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from app.domain import case_wording, deadlines
from app.domain.calendar import ONE_DAY, WorkCalendar, WorkDay
from app.domain.case_clock import Change, Clock, Extension, Pause
from app.domain.explanation import Explanation, Rule

_ADDS = {
    Rule.MINUTES: deadlines.minutes,
    Rule.HOURS: deadlines.hours,
    Rule.WORKING_DAYS: deadlines.working_days,
    Rule.CALENDAR_DAYS: deadlines.calendar_days,
}
UNITS = frozenset(_ADDS)
"""In which a term can be extended."""
_MOVED = UNITS | {Rule.END_OF_DAY, None}


@dataclass(frozen=True, slots=True)
class Term:
    """A term as its rule gives it. rule None: a date that no rule has made."""

    rule: Rule | None
    amount: int | float | str | None
    base: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A deadline with all that moved it. why: as its rule gives it; standing: the pause during which it is looked at."""

    why: Explanation
    changes: tuple[Change, ...]
    standing: Pause | None

    @property
    def result(self) -> datetime:
        return self.changes[-1].result if self.changes else self.why.result

    def text(self, lang: str) -> str:
        """One line as a clerk would read it. `lang`: kk, ru or en, another is a ValueError."""
        return "; ".join([self.why.text(lang), *case_wording.parts(self, lang)])

    def lines(self, lang: str) -> list[str]:
        """The same in steps."""
        steps = case_wording.parts(self, lang)
        return [*self.why.lines(lang), *(step[0].upper() + step[1:] for step in steps)]

    def to_dict(self) -> dict[str, Any]:
        """As `Explanation.to_dict`; result: after all changes, ruleResult: before them."""
        facts = self.why.to_dict()
        zone = self.why.result.tzinfo
        return {
            **facts,
            "ruleResult": facts["result"],
            "pauses": [_pause_out(one, zone) for one in self.changes if isinstance(one.cause, Pause)],
            "extensions": [_extension_out(one, zone) for one in self.changes if isinstance(one.cause, Extension)],
            "standsSince": None if self.standing is None else self.standing.start.astimezone(zone).isoformat(),
            "result": self.result.astimezone(zone).isoformat(),
        }


def _pause_out(change: Change, zone: tzinfo | None) -> dict[str, Any]:
    pause = change.cause
    assert isinstance(pause, Pause)
    assert pause.end is not None
    of_days = isinstance(change.stopped, int)
    return {
        "from": pause.start.astimezone(zone).isoformat(),
        "to": pause.end.astimezone(zone).isoformat(),
        "reason": pause.reason,
        "clause": pause.clause,
        "userId": pause.by,
        "workingSeconds": change.stopped.total_seconds() if isinstance(change.stopped, timedelta) else None,
        "calendarDays": change.stopped if of_days else None,
        "result": change.result.astimezone(zone).isoformat(),
    }


def _extension_out(change: Change, zone: tzinfo | None) -> dict[str, Any]:
    extension = change.cause
    assert isinstance(extension, Extension)
    return {
        "at": extension.at.astimezone(zone).isoformat(),
        "unit": extension.rule.value,
        "amount": extension.amount,
        "reason": extension.reason,
        "clause": extension.clause,
        "userId": extension.by,
        "result": change.result.astimezone(zone).isoformat(),
    }


def reckon(why: Explanation, calendar: WorkCalendar, clock: Clock, ended: datetime | None = None) -> Reckoned:
    """The deadline of an explained term on the clock of its case. ended: when the work that it limits was over.

    Raises ValueError as the rules of `deadlines` do.
    """
    term = Term(why.rule, why.amount, why.base, why.result)
    standing = clock.standing
    if standing is not None and (ended is not None or why.rule not in _MOVED):
        standing = None
    found = changes(term, calendar, clock, ended)
    due = found[-1].result if found else why.result
    return Reckoned(why, found, standing if standing is None or standing.start < due else None)


def changes(term: Term, calendar: WorkCalendar, clock: Clock, ended: datetime | None = None) -> tuple[Change, ...]:
    """What the clock of the case did to a term, in order. Raises ValueError as the rules of `deadlines` do."""
    if term.rule not in _MOVED:
        return ()
    events: list[tuple[datetime, Pause | Extension]] = [(one.at, one) for one in clock.extensions]
    events += [(one.end, one) for one in clock.pauses if one.end is not None]
    running, found = term, []
    for at, event in sorted(events, key=lambda pair: pair[0]):
        if ended is not None and ended < at:
            break
        if isinstance(event, Pause):
            change, running = _paused(term.base, running, calendar, event)
        else:
            change, running = _extended(term.base, running, calendar, clock, event)
        if change is not None:
            found.append(change)
    return tuple(found)


def _paused(base: datetime, term: Term, calendar: WorkCalendar, pause: Pause) -> tuple[Change | None, Term]:
    start, end = max(pause.start, base), pause.end
    assert end is not None
    if not start < end or not start < term.due:
        return None, term
    stopped: timedelta | int
    if term.rule is Rule.CALENDAR_DAYS:
        assert isinstance(term.amount, int)
        stopped = (calendar.local(end).date() - calendar.local(start).date()).days
        amount = term.amount + stopped
        due = deadlines.calendar_days(calendar, amount, term.base).moment if stopped else term.due
        moved = replace(term, amount=amount, due=due)
    else:
        stopped = working_time(calendar, start, end)
        moved = replace(term, due=later(calendar, term.due, stopped))
    return Change(pause, stopped, moved.due), moved


def _extended(
    base: datetime, term: Term, calendar: WorkCalendar, clock: Clock, extension: Extension
) -> tuple[Change | None, Term]:
    """While the clock stands still a term still runs that was not over when the pause began."""
    standing = clock.pause_at(extension.at)
    if extension.at < base or term.due < (extension.at if standing is None else standing.start):
        return None, term
    due = _ADDS[extension.rule](calendar, extension.amount, term.due).moment
    return Change(extension, None, due), Term(extension.rule, extension.amount, term.due, due)


def later(calendar: WorkCalendar, moment: datetime, worked: timedelta) -> datetime:
    """The moment when as much working time more has passed; none leaves the moment as it is."""
    if not worked:
        return moment
    return deadlines.minutes(calendar, worked / timedelta(minutes=1), moment).moment


def working_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments."""
    total, day = timedelta(), calendar.local(start).date()
    last = calendar.local(end).date()
    while day <= last:
        found = calendar.look(day)
        for opens, closes in found.spans if isinstance(found, WorkDay) else ():
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += ONE_DAY
    return total
