"""The clock of a case: when it stood still, what was added to its terms, by whom and on which ground of the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.terms.explanation import Rule

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `start` to `end`, aware moments; end None: it still does. by: the id of a user."""

    start: datetime
    end: datetime | None
    reason: str
    clause: str
    by: str


@dataclass(frozen=True, slots=True)
class Extension:
    """What was added to a term at the moment `at`: an amount of minutes, hours, working days or calendar days.

    by: None if nobody did it, as where a model does so once a timer has fired.
    """

    at: datetime
    rule: Rule
    amount: int | float
    reason: str
    clause: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Clock:
    """All that was done to the clock of a case, in order.

    version: of the calendar by which the term of the whole case is counted, None: that of its beginning.
    """

    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    version: int | None = None

    @property
    def standing(self) -> Pause | None:
        """The pause that has not ended."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    def pause_at(self, moment: datetime) -> Pause | None:
        """The pause during which the moment lies."""
        return next((one for one in self.pauses if one.start <= moment and (one.end is None or moment < one.end)), None)

    def runs(self, due: datetime, now: datetime) -> bool:
        """Whether a term that is due then is not over: while the clock stands still, by the moment at which it stands."""
        return due > (now if self.standing is None else min(now, self.standing.start))

    def added(self, rule: Rule, clause: str) -> int | float:
        """By how much terms were extended already on the ground of a clause, in the unit of the rule."""
        return sum(one.amount for one in self.extensions if one.rule is rule and one.clause == clause)

    def kept(self) -> dict[str, Any]:
        """As JSON; moments in microseconds since 1970 (UTC)."""
        pauses = [[_number(one.start), _number(one.end), one.reason, one.clause, one.by] for one in self.pauses]
        extensions = [
            [_number(one.at), one.rule.value, one.amount, one.reason, one.clause, one.by] for one in self.extensions
        ]
        parts = {"pauses": pauses, "extensions": extensions, "version": self.version}
        return {name: part for name, part in parts.items() if part}

    @staticmethod
    def recalled(kept: Mapping[str, Any] | None) -> "Clock":
        """What `kept` wrote; None is a clock to which nothing was done."""
        given: Mapping[str, Any] = kept or {}
        return Clock(
            tuple(
                Pause(_moment(start), None if end is None else _moment(end), *rest)
                for start, end, *rest in given.get("pauses", ())
            ),
            tuple(Extension(_moment(at), Rule(rule), *rest) for at, rule, *rest in given.get("extensions", ())),
            given.get("version"),
        )


def _number(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - _EPOCH) // _MICROSECOND


def _moment(number: int) -> datetime:
    return _EPOCH + number * _MICROSECOND


@dataclass(frozen=True, slots=True)
class Change:
    """What a pause or an extension did to a term.

    unit: of a pause, in which the term stood still (minutes, elapsedMinutes, calendarDays), stopped: for how long, a number
    for days; of an extension, its own unit and None.
    """

    cause: Pause | Extension
    unit: Rule
    stopped: timedelta | int | None
    result: datetime
