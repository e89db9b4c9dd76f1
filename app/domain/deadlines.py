"""Deadlines as the law counts them. Each rule gives a `Due`: the moment, and the explanation of it.

What all rules share. What begins after hours or on a day off counts from the next working day (order no. 186 of
06.04.2020, V2000020340, appendix 2, item 7, says so of applications; where an act is silent the same is done). So a
term that is counted from the moment of an application ends when one counted from its `receipt` does. The day on which
it begins is not counted in a term of days. A term of days is over at the closing hour of its last day; if that is a
day off, of the next working day.

Moments are aware, in any zone; results are in the calendar's zone. A term that cannot be counted is a ValueError:
negative, not a number, longer than 10,000 days, a naive moment, a calendar without a working day within a year.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from itertools import pairwise
from typing import Any, SupportsIndex

from app.domain import terms
from app.domain.calendar import LONGEST_CLOSURE, ONE_DAY, DayOff, WorkCalendar, WorkDay
from app.domain.explanation import Explanation, Rule
from app.domain.terms import LONGEST_TERM_DAYS, Number


class Due(datetime):
    """A deadline: a datetime in the calendar's zone that can explain itself.

    Compares and formats as a datetime. Whatever is made from it (arithmetic, another zone, a copy, a pickle) is a plain
    datetime without the explanation, since that would no longer be true of it.
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


def minutes(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """`n` minutes of working time after `start`, fractions allowed.

    Lunch, nights and days off do not count; a start outside working time counts from the next working moment. A term
    that is used up exactly at lunch or closing ends there. 0 gives the next working moment.
    """
    return _working_time(calendar, Rule.MINUTES, n, start, clause)


def hours(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """`n` hours of working time after `start`; otherwise as `minutes`."""
    return _working_time(calendar, Rule.HOURS, n, start, clause)


def working_days(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """The closing of the `n`th working day after the day on which the term begins; 0 gives the closing of that day."""
    amount = terms.whole_days(Rule.WORKING_DAYS, n)
    base, received = _receive(calendar, start)
    day, found = calendar.next_work(received.date() - ONE_DAY)
    counted = []
    for _ in range(amount):
        day, found = calendar.next_work(day)
        counted.append(day)
    return _due(
        calendar,
        Rule.WORKING_DAYS,
        amount,
        clause,
        base=base,
        counted_from=received,
        counted=tuple(counted),
        skipped=calendar.days_off(base.date(), day),
        result=found.closes,
    )


def calendar_days(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """The closing of the `n`th day after the day on which the term begins; if that is a day off, of the next working day.

    What begins after hours or on a day off belongs to the next working day here too: the rule is one of the beginning,
    whatever the term that runs from it.
    """
    amount = terms.whole_days(Rule.CALENDAR_DAYS, n)
    base, received = _receive(calendar, start)
    received_on = received.date()
    last = received_on + ONE_DAY * amount
    day, found = calendar.next_work(last - ONE_DAY)
    return _due(
        calendar,
        Rule.CALENDAR_DAYS,
        amount,
        clause,
        base=base,
        counted_from=received,
        counted=tuple(received_on + ONE_DAY * number for number in range(1, amount + 1)),
        skipped=calendar.days_off(base.date(), received_on),
        shifted=calendar.days_off(last, day),
        result=found.closes,
    )


def calendar_days_before(calendar: WorkCalendar, n: Number, day: datetime, clause: str | None = None) -> Due:
    """The closing of the last working day that is `n` or more days before the day of `day`, which is not counted.

    What has to be done so long before an event would be late after a day off: the term moves back, not on.
    """
    amount = terms.whole_days(Rule.CALENDAR_DAYS, n)
    base = calendar.local(day)
    last = base.date() - ONE_DAY * amount
    at, found = _last_work(calendar, last)
    return _due(
        calendar,
        Rule.CALENDAR_DAYS_BEFORE,
        amount,
        clause,
        base=base,
        counted_from=base,
        counted=tuple(last + ONE_DAY * number for number in range(amount)),
        skipped=(),
        shifted=calendar.days_off(at + ONE_DAY, last),
        result=found.closes,
    )


def _last_work(calendar: WorkCalendar, day: date) -> tuple[date, WorkDay]:
    """The last working day up to `day`."""
    for number in range(LONGEST_CLOSURE):
        found = calendar.look(day - ONE_DAY * number)
        if isinstance(found, WorkDay):
            return day - ONE_DAY * number, found
    raise ValueError(f"the calendar has no working day in the year before {day}")


def end_of_day(calendar: WorkCalendar, hour: str | time, start: datetime, clause: str | None = None) -> Due:
    """By `hour` ("17:00" or a local time) of the day on which the term begins.

    What comes in during hours but after `hour` is due at that hour of the next working day: no one can be bound to an
    hour that had passed when the duty arose, and a late application is one of the next working day elsewhere too.
    A day that closes before `hour` ends the term at its closing. ValueError for an hour at or before the usual opening.
    """
    limit = terms.hour_of_day(calendar.hours, hour)
    base, received = _receive(calendar, start)
    day = received.date() - ONE_DAY
    while True:
        day, found = calendar.next_work(day)
        result = min(datetime.combine(day, limit, calendar.tz).astimezone(UTC), found.closes)
        if result > found.opens and result >= received:
            break
    return _due(
        calendar,
        Rule.END_OF_DAY,
        f"{limit:%H:%M}",
        clause,
        base=base,
        counted_from=received,
        counted=(day,),
        skipped=calendar.days_off(base.date(), day),
        result=result,
    )


def receipt(calendar: WorkCalendar, moment: datetime, clause: str | None = None) -> Due:
    """When an application made at `moment` counts as received.

    `moment` itself from opening to closing of a working day, lunch included; that day's opening if it is earlier;
    else the opening of the next working day.
    """
    base, received = _receive(calendar, moment)
    return _due(
        calendar,
        Rule.RECEIPT,
        None,
        clause,
        base=base,
        counted_from=received,
        skipped=calendar.days_off(base.date(), received.date()),
        result=received,
    )


def _receive(calendar: WorkCalendar, moment: datetime) -> tuple[datetime, datetime]:
    """`moment` and the moment that counts as its receipt, both local."""
    local = calendar.local(moment)
    found = calendar.look(local.date())
    instant = local.astimezone(UTC)
    if isinstance(found, WorkDay) and instant <= found.closes:
        return local, local if instant >= found.opens else found.opens.astimezone(calendar.tz)
    return local, calendar.next_work(local.date())[1].opens.astimezone(calendar.tz)


def _working_time(calendar: WorkCalendar, rule: Rule, n: Number, start: datetime, clause: str | None) -> Due:
    amount = terms.amount(rule, n)
    left = timedelta(microseconds=round(Fraction(amount) * (terms.UNIT[rule] // timedelta.resolution)))
    base = calendar.local(start)
    first = calendar.next_working_moment(base)
    reached = first.astimezone(UTC)
    day, found = calendar.next_work(base.date() - ONE_DAY)
    counted, portions, breaks = [], [], []
    while left:
        began, left_before = reached, left
        for opens, closes in found.spans:
            taken = min(closes - max(opens, reached), left)
            if taken > timedelta():
                reached = max(opens, reached) + taken
                left -= taken
        if left < left_before:
            counted.append(day)
            portions.append(left_before - left)
            breaks += _passed(calendar, found, began, reached)
        if left:
            if len(counted) > LONGEST_TERM_DAYS:
                raise ValueError(f"the term takes more than {LONGEST_TERM_DAYS} working days")
            day, found = calendar.next_work(day)
    return _due(
        calendar,
        rule,
        amount,
        clause,
        base=base,
        counted_from=first,
        counted=tuple(counted),
        portions=tuple(portions),
        breaks=tuple(dict.fromkeys(breaks)),
        skipped=calendar.days_off(base.date(), reached.astimezone(calendar.tz).date()),
        result=reached,
    )


def _passed(calendar: WorkCalendar, found: WorkDay, began: datetime, reached: datetime) -> list[tuple[time, time]]:
    """The pauses of a day between the two moments, local."""
    return [
        (start.astimezone(calendar.tz).time(), end.astimezone(calendar.tz).time())
        for (_, start), (end, _) in pairwise(found.spans)
        if began <= start and end < reached
    ]


def _due(
    calendar: WorkCalendar,
    rule: Rule,
    amount: int | float | str | None,
    clause: str | None,
    *,
    base: datetime,
    counted_from: datetime,
    result: datetime,
    skipped: tuple[DayOff, ...],
    counted: tuple[date, ...] = (),
    portions: tuple[timedelta, ...] = (),
    breaks: tuple[tuple[time, time], ...] = (),
    shifted: tuple[DayOff, ...] = (),
) -> Due:
    due = result.astimezone(calendar.tz)
    years = range(min(base.year, due.year), max(base.year, due.year) + 1)
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
        )
    )
