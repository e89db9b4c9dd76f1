"""What the clock of a case does to a term: where the act lets it stand still, or lets a term be extended.

One rule for every term, that of the whole case and those of its steps: a pause or an extension moves the terms that run
at that time. A term runs from its base moment until it is over; one that was over before is not called back, one that
begins during a pause is moved by what is left of the pause. What the clock's standing adds is counted once it goes again.

By how much a pause moves a term. A term in minutes, hours or working days, and one up to an hour of the day, by the working
time that passed during the pause, to the microsecond: a pause outside working hours moves nothing, and a term of days may
then be over within a day. A term in calendar days by the calendar days between the two dates, none for a pause within one
day. A term in elapsed minutes by the time that passed, day and night. A term that is counted back from an event stays with
its event.

An extension adds a term in its own unit after the end of the one that it extends; a sum of terms it extends once, at its
end. Of a sum, each part is moved by what was done while it ran, and the next begins where that part is over now.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from app.domain.in_words import case_wording, chain_wording, wording
from app.domain.terms import deadlines
from app.domain.terms.calendar import ONE_DAY, WorkCalendar, WorkDay
from app.domain.terms.case_clock import Change, Clock, Extension, Pause
from app.domain.terms.explanation import Explanation, Rule

UNITS = frozenset({Rule.MINUTES, Rule.HOURS, Rule.WORKING_DAYS, Rule.CALENDAR_DAYS})
"""In which a term can be extended."""
_MOVED = UNITS | {Rule.ELAPSED_MINUTES, Rule.END_OF_DAY, None}


@dataclass(frozen=True, slots=True)
class Term:
    """A term as its rule gives it. rule None: a date that no rule has made."""

    rule: Rule | None
    amount: int | float | str | None
    base: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A deadline with all that moved it.

    why: as its rule gives it from its beginning; standing: the pause during which it is looked at. before: of a sum, the
    part at whose end this one begins. ruled: the end of the whole as the rules give it, before all that was done to it.
    """

    why: Explanation
    changes: tuple[Change, ...]
    standing: Pause | None
    before: "Reckoned | None"
    ruled: datetime

    @property
    def result(self) -> datetime:
        return self.changes[-1].result if self.changes else self.why.result

    @property
    def parts(self) -> tuple["Reckoned", ...]:
        """Those of a sum, the first first; else itself alone."""
        parts = [self]
        while (before := parts[-1].before) is not None:
            parts.append(before)
        return tuple(reversed(parts))

    def text(self, lang: str) -> str:
        """One line as a clerk would read it. `lang`: kk, ru or en, another is a ValueError."""
        told = ["; ".join([wording.text(part.why, lang), *case_wording.parts(part, lang)]) for part in self._told()]
        return chain_wording.text(told, self.why.clause, lang)

    def lines(self, lang: str) -> list[str]:
        """The same in steps."""
        told = [[*wording.steps(part.why, lang), *case_wording.lines(part, lang)] for part in self._told()]
        return chain_wording.lines(told, self.why.clause, lang)

    def _told(self) -> tuple["Reckoned", ...]:
        """The parts; the clause of a sum is told of the sum, not of its last part."""
        *first, last = self.parts
        return (*first, replace(last, why=replace(last.why, clause=None))) if first else (last,)

    def to_dict(self) -> dict[str, Any]:
        """As `Explanation.to_dict`; result: after all changes, ruleResult: before them. Pauses are those of all parts."""
        zone = self.why.result.tzinfo
        parts = [part._facts() for part in self.parts]
        return {
            **parts[-1],
            "ruleResult": self.ruled.astimezone(zone).isoformat(),
            "pauses": [pause for part in parts for pause in part["pauses"]],
            "standsSince": None if self.standing is None else self.standing.start.astimezone(zone).isoformat(),
            "parts": parts if self.before else [],
        }

    def _facts(self) -> dict[str, Any]:
        """Those of the part itself."""
        zone = self.why.result.tzinfo
        return {
            **self.why.facts(),
            "ruleResult": self.why.result.isoformat(),
            "pauses": [_pause_out(one, zone) for one in self.changes if isinstance(one.cause, Pause)],
            "extensions": [_extension_out(one, zone) for one in self.changes if isinstance(one.cause, Extension)],
            "result": self.result.astimezone(zone).isoformat(),
        }


def _pause_out(change: Change, zone: tzinfo | None) -> dict[str, Any]:
    pause = change.cause
    assert isinstance(pause, Pause)
    assert pause.end is not None
    seconds = {change.unit: change.stopped.total_seconds()} if isinstance(change.stopped, timedelta) else {}
    return {
        "from": pause.start.astimezone(zone).isoformat(),
        "to": pause.end.astimezone(zone).isoformat(),
        "reason": pause.reason,
        "clause": pause.clause,
        "userId": pause.by,
        "workingSeconds": seconds.get(Rule.MINUTES),
        "elapsedSeconds": seconds.get(Rule.ELAPSED_MINUTES),
        "calendarDays": change.stopped if isinstance(change.stopped, int) else None,
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
    standing = clock.standing
    if standing is not None and (ended is not None or why.rule not in _MOVED):
        standing = None
    before, here = None, replace(why, after=None)
    if why.after is not None:
        before = replace(reckon(why.after, calendar, replace(clock, extensions=()), ended), standing=None)
        if before.result != why.base:
            here = deadlines.count(calendar, why.rule, why.amount, before.result, why.clause).explanation
    began = why.parts[0].base
    found = changes(Term(here.rule, here.amount, here.base, here.result), calendar, clock, ended, began)
    due = found[-1].result if found else here.result
    standing = standing if standing is None or standing.start < due else None
    return Reckoned(_up_to(here, due, calendar), found, standing, before, why.result)


def _up_to(why: Explanation, due: datetime, calendar: WorkCalendar) -> Explanation:
    """With the years without holidays up to the one in which the term is over now."""
    years = range(why.result.year + 1, calendar.local(due).year + 1)
    unknown = tuple(year for year in years if year not in calendar.years_with_holidays)
    if not unknown or why.rule is Rule.ELAPSED_MINUTES:
        return why
    return replace(why, years_without_holidays=(*why.years_without_holidays, *unknown))


def changes(
    term: Term, calendar: WorkCalendar, clock: Clock, ended: datetime | None = None, began: datetime | None = None
) -> tuple[Change, ...]:
    """What the clock of the case did to a term, in order. Raises ValueError as the rules of `deadlines` do.

    began: since when it may be extended, of the last part of a sum: since the sum began; else since its base moment.
    """
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
            change, running = _extended(began or term.base, running, calendar, clock, event)
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
        unit, stopped = Rule.CALENDAR_DAYS, (calendar.local(end).date() - calendar.local(start).date()).days
        amount = term.amount + stopped
        due = deadlines.calendar_days(calendar, amount, term.base).moment if stopped else term.due
        moved = replace(term, amount=amount, due=due)
    elif term.rule is Rule.ELAPSED_MINUTES:
        unit, stopped = Rule.ELAPSED_MINUTES, end.astimezone(UTC) - start.astimezone(UTC)
        moved = replace(term, due=term.due.astimezone(UTC) + stopped)
    else:
        unit, stopped = Rule.MINUTES, working_time(calendar, start, end)
        moved = replace(term, due=later(calendar, term.due, stopped))
    return Change(pause, unit, stopped, moved.due), moved


def _extended(
    base: datetime, term: Term, calendar: WorkCalendar, clock: Clock, extension: Extension
) -> tuple[Change | None, Term]:
    """While the clock stands still a term still runs that was not over when the pause began.

    One that begins at the moment of the extension, such as that of the notice of it, is not what was extended.
    """
    standing = clock.pause_at(extension.at)
    if extension.at <= base or term.due < (extension.at if standing is None else standing.start):
        return None, term
    due = deadlines.count(calendar, extension.rule, extension.amount, term.due).moment
    return Change(extension, extension.rule, None, due), Term(extension.rule, extension.amount, term.due, due)


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
