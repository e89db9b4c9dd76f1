"""ISO 8601 durations and repeating intervals, as BPMN timers use them (BPMN 2.0.2, 10.5.5)."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?P<time>T(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9}(?:[.,]\d{1,6})?)S)?)?",
    re.ASCII,
)
SHORTEST = timedelta(seconds=1)
"""Between two moments of a cycle."""
YEARS = range(1583, 9001)
"""Before, dates need an agreement between those who exchange them (ISO 8601-1:2019, 4.3.2); after, sums would overflow."""
_CYCLE = re.compile(r"R(?P<times>\d{1,9})?/(?:(?P<start>[^/]+)/)?(?P<duration>P[^/]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """Months count by the calendar, the rest as exact time."""

    months: int
    exact: timedelta

    def after(self, moment: datetime) -> datetime:
        """The moment this long after `moment` (aware), in its zone. ValueError if that is thousands of years away.

        31 January and a month is the last day of February.
        """
        year, month = divmod(moment.year * 12 + moment.month - 1 + self.months, 12)
        _require_year(year)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        whole_months = moment.replace(year=year, month=month + 1, day=day)
        try:
            return (whole_months.astimezone(UTC) + self.exact).astimezone(moment.tzinfo)
        except OverflowError as error:
            raise ValueError(f"{self.exact.days} days after {whole_months:%d.%m.%Y} is out of range") from error

    def times(self, number: int) -> "Duration":
        return Duration(self.months * number, self.exact * number)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repeating interval; times: None repeats without end."""

    times: int | None
    start: datetime | None
    every: Duration

    def following(self, last: datetime, now: datetime, base: datetime) -> datetime:
        """The moment after `last` on the grid of the cycle; one without end does not make up for what passed by `now`.

        base: where the grid begins, of a cycle with a start that. Months count from there, so that what falls on
        28 February falls on the 31st again in March; all three are aware.
        """
        passed = last if self.times is not None else max(last, now)
        if not self.every.months:
            missed = (passed.astimezone(UTC) - last) // self.every.exact
            return self.every.times(missed + 1).after(last)
        longest = timedelta(days=31 * self.every.months) + self.every.exact
        number = max((passed.astimezone(UTC) - base) // longest, 0) + 1
        while (due := self.every.times(number).after(base)) <= passed:
            number += 1
        return due

    def left_at(self, now: datetime, base: datetime) -> tuple[datetime, int | None] | None:
        """The first moment that has not passed by `now`, and how often it comes in all from then on (None: without end);
        None if all have passed. base: where a cycle without a start begins; both are aware."""
        grid = self.start or base
        first = self.start or self.every.after(base)
        if first >= now:
            return first, self.times
        due = replace(self, times=None).following(first, now - timedelta(microseconds=1), grid)
        if self.times is None:
            return due, None
        left = self.times - self._between(first, due, grid)
        return (due, left) if left > 0 else None

    def _between(self, first: datetime, due: datetime, grid: datetime) -> int:
        """How many moments of the cycle come before `due`, one of them."""
        if not self.every.months:
            return int((due.astimezone(UTC) - first) // self.every.exact)
        number = 1
        while self.every.times(number).after(grid) < due:
            number += 1
        return number if self.start is not None else number - 1


def duration(text: str) -> Duration:
    """Read `P1DT2H`, `P2W` and the like. Raises ValueError."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or text.strip().endswith(("P", "T")):
        raise ValueError(f"{text!r} is not an ISO 8601 duration such as PT15M or P4D")
    part = {name: value or "0" for name, value in found.groupdict().items() if name != "time"}
    return Duration(
        int(part["years"]) * 12 + int(part["months"]),
        timedelta(
            weeks=int(part["weeks"]),
            days=int(part["days"]),
            hours=int(part["hours"]),
            minutes=int(part["minutes"]),
            seconds=float(part["seconds"].replace(",", ".")),
        ),
    )


def cycle(text: str, zone: tzinfo) -> Cycle:
    """Read `R3/PT10M`, `R/P1D`, `R2/2026-01-01T09:00/P1D`; an interval with an end is not known. Raises ValueError."""
    found = _CYCLE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not an ISO 8601 repeating interval such as R3/PT10M")
    if found["times"] is not None and int(found["times"]) == 0:
        raise ValueError(f"{text!r} repeats not once")
    every = duration(found["duration"])
    if every.months == 0 and every.exact < SHORTEST:
        raise ValueError(f"{text!r} repeats more often than once a second")
    return Cycle(
        int(found["times"]) if found["times"] else None,
        moment(found["start"], zone) if found["start"] else None,
        every,
    )


def moment(text: str, zone: tzinfo) -> datetime:
    """Read a date and time; without an offset it is taken in `zone`. Raises ValueError."""
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is not an ISO 8601 date and time such as 2026-03-20T16:50:00+05:00") from None
    _require_year(value.year)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _require_year(year: int) -> None:
    if year not in YEARS:
        raise ValueError(f"the year {year} is not from {YEARS[0]} to {YEARS[-1]}")
