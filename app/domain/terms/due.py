"""The deadline that a rule of `deadlines` has made, with its explanation."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, SupportsIndex

from app.domain.terms.calendar import DayOff, WorkCalendar
from app.domain.terms.explanation import Explanation, Rule

LONGEST_CHAIN = 50
"""Terms of which each begins where the one before ends."""


class Due(datetime):
    """A deadline: a datetime in the calendar's zone that can explain itself.

    Compares and formats as a datetime. Whatever is made from it (arithmetic, another zone, a copy, a pickle) is a plain
    datetime without the explanation, since that would no longer be true of it. A term that begins with a deadline keeps
    the explanation of that one before its own.
    """

    explanation: Explanation

    def __new__(cls, explanation: Explanation) -> "Due":
        at = explanation.result
        due = super().__new__(
            cls, at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, at.tzinfo, fold=at.fold
        )
        due.explanation = explanation
        return due

    @property
    def moment(self) -> datetime:
        """The same moment as a plain datetime, for what accepts no subclass."""
        return self.explanation.result

    # Any stands for the plain datetime (or, of a difference, timedelta) that typeshed would have be a Due.
    def __add__(self, value: timedelta, /) -> Any:
        return self.moment + value

    __radd__ = __add__

    def __sub__(self, value: Any, /) -> Any:
        return self.moment - value

    def astimezone(self, tz: tzinfo | None = None) -> Any:
        return self.moment.astimezone(tz)

    def replace(self, *args: Any, **kwargs: Any) -> Any:
        return self.moment.replace(*args, **kwargs)

    def __reduce_ex__(self, protocol: SupportsIndex, /) -> str | tuple[Any, ...]:
        return self.moment.__reduce_ex__(protocol)


def explained(
    calendar: WorkCalendar,
    rule: Rule,
    amount: int | float | str | None,
    clause: str | None,
    start: datetime,
    *,
    counted_from: datetime,
    result: datetime,
    skipped: tuple[DayOff, ...],
    counted: tuple[date, ...] = (),
    portions: tuple[timedelta, ...] = (),
    breaks: tuple[tuple[time, time], ...] = (),
    shifted: tuple[DayOff, ...] = (),
) -> Due:
    """A deadline of these facts, each as `Explanation` has it. start: the base moment, in any zone."""
    base, due = calendar.local(start), result.astimezone(calendar.tz)
    years = range(min(base.year, due.year), max(base.year, due.year) + 1) if rule is not Rule.ELAPSED_MINUTES else ()
    return Due(
        Explanation(
            rule=rule,
            amount=amount,
            clause=clause,
            base=base,
            counted_from=counted_from,
            counted=counted,
            portions=portions,
            breaks=breaks,
            skipped=skipped,
            shifted=shifted,
            years_without_holidays=tuple(year for year in years if year not in calendar.years_with_holidays),
            result=due,
            hours=calendar.hours,
            zone=calendar.zone,
            calendar_version=calendar.version,
            after=_after(start),
        )
    )


def _after(start: datetime) -> Explanation | None:
    """Beyond LONGEST_CHAIN a term begins at a moment like any other."""
    if isinstance(start, Due) and len(start.explanation.parts) < LONGEST_CHAIN:
        return start.explanation
    return None
