"""Deadlines as the law counts them. Each rule gives a `Due`: the moment, and the explanation of it.

What all rules share. What begins after hours or on a day off counts from the next working day (order no. 186 of
06.04.2020, V2000020340, appendix 2, item 7, says so of applications; where an act is silent the same is done). So a
term that is counted from the moment of an application ends when one counted from its `receipt` does. The day on which
it begins is not counted in a term of days. A term of days is over at the closing hour of its last day; if that is a
day off, of the next working day.

Moments are aware, in any zone; results are in the calendar's zone. A term that cannot be counted is a ValueError:
negative, not a number, longer than 10,000 days, a naive moment, a calendar without a working day within a year.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from app.domain.terms import terms
from app.domain.terms.calendar import LONGEST_CLOSURE, ONE_DAY, WorkCalendar, WorkDay
from app.domain.terms.due import Due, explained
from app.domain.terms.explanation import Rule
from app.domain.terms.terms import LONGEST_TERM_DAYS, Number


def minutes(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """`n` minutes of working time after `start`, fractions allowed.

    Lunch, nights and days off do not count; a start outside working time counts from the next working moment. A term
    that is used up exactly at lunch or closing ends there. 0 gives the next working moment.
    """
    return _working_time(calendar, Rule.MINUTES, n, start, clause)


def hours(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """`n` hours of working time after `start`; otherwise as `minutes`."""
    return _working_time(calendar, Rule.HOURS, n, start, clause)


def elapsed_minutes(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """`n` minutes after `start` as a clock shows them, fractions allowed: nights, lunch and days off count too.

    For what no one does, such as a check by machine, and so has no working hours.
    """
    amount = terms.amount(Rule.ELAPSED_MINUTES, n)
    base = calendar.local(start)
    began = base.astimezone(UTC)
    result = began + _length(Rule.ELAPSED_MINUTES, amount)
    day, reached, counted, portions = base.date(), began, [], []
    while reached < result:
        day += ONE_DAY
        midnight = datetime.combine(day, time(), calendar.tz).astimezone(UTC)
        counted.append(day - ONE_DAY)
        portions.append(min(midnight, result) - reached)
        reached += portions[-1]
    return explained(
        calendar,
        Rule.ELAPSED_MINUTES,
        amount,
        clause,
        start,
        counted_from=base,
        counted=tuple(counted),
        portions=tuple(portions),
        skipped=(),
        result=result,
    )


def working_days(calendar: WorkCalendar, n: Number, start: datetime, clause: str | None = None) -> Due:
    """The closing of the `n`th working day after the day on which the term begins; 0 gives the closing of that day."""
    amount = terms.whole_days(Rule.WORKING_DAYS, n)
    base, received = _receive(calendar, start)
    day, found = calendar.next_work(received.date() - ONE_DAY)
    counted = []
    for _ in range(amount):
        day, found = calendar.next_work(day)
        counted.append(day)
    return explained(
        calendar,
        Rule.WORKING_DAYS,
        amount,
        clause,
        start,
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
    return explained(
        calendar,
        Rule.CALENDAR_DAYS,
        amount,
        clause,
        start,
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
    return explained(
        calendar,
        Rule.CALENDAR_DAYS_BEFORE,
        amount,
        clause,
        day,
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
    return explained(
        calendar,
        Rule.END_OF_DAY,
        f"{limit:%H:%M}",
        clause,
        start,
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
    return explained(
        calendar,
        Rule.RECEIPT,
        None,
        clause,
        moment,
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
    left = _length(rule, amount)
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
    return explained(
        calendar,
        rule,
        amount,
        clause,
        start,
        counted_from=first,
        counted=tuple(counted),
        portions=tuple(portions),
        breaks=tuple(dict.fromkeys(breaks)),
        skipped=calendar.days_off(base.date(), reached.astimezone(calendar.tz).date()),
        result=reached,
    )


def _length(rule: Rule, amount: int | float) -> timedelta:
    return timedelta(microseconds=round(Fraction(amount) * (terms.UNIT[rule] // timedelta.resolution)))


def _passed(calendar: WorkCalendar, found: WorkDay, began: datetime, reached: datetime) -> list[tuple[time, time]]:
    """The pauses of a day between the two moments, local."""
    return [
        (start.astimezone(calendar.tz).time(), end.astimezone(calendar.tz).time())
        for (_, start), (end, _) in pairwise(found.spans)
        if began <= start and end < reached
    ]


_RULES: Mapping[Rule, Callable[..., Due]] = {
    Rule.MINUTES: minutes,
    Rule.ELAPSED_MINUTES: elapsed_minutes,
    Rule.HOURS: hours,
    Rule.WORKING_DAYS: working_days,
    Rule.CALENDAR_DAYS: calendar_days,
    Rule.CALENDAR_DAYS_BEFORE: calendar_days_before,
    Rule.END_OF_DAY: end_of_day,
}


def count(calendar: WorkCalendar, rule: Rule, amount: Any, start: datetime, clause: str | None = None) -> Due:
    """A term by its rule; a receipt has no amount."""
    if rule is Rule.RECEIPT:
        return receipt(calendar, start, clause)
    return _RULES[rule](calendar, amount, start, clause)
