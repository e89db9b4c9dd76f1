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
PUT_BACK = timedelta(days=1)
"""By no more clocks are put on or back."""
YEARS = range(1583, 9001)
"""Before, dates need an agreement between those who exchange them (ISO 8601-1:2019, 4.3.2); after, sums would overflow."""
_CYCLE = re.compile(r"R(?P<times>\d{1,9})?/(?:(?P<start>[^/]+)/)?(?P<duration>P[^/]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """Months and days count by the calendar, so that the hour stays when clocks are put on or back; the rest as exact time."""

    months: int
    exact: timedelta
    days: int = 0

    def after(self, moment: datetime) -> datetime:
        """The moment this long after `moment` (aware), in its zone. ValueError if that is thousands of years away.

        31 January and a month is the last day of February.
        """
        year, month = divmod(moment.year * 12 + moment.month - 1 + self.months, 12)
        _require_year(year)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        whole = moment.replace(year=year, month=month + 1, day=day)
        try:
            if self.days:
                whole += timedelta(days=self.days)
            return (whole.astimezone(UTC) + self.exact).astimezone(moment.tzinfo)
        except OverflowError as error:
            days = self.days + self.exact.days
            raise ValueError(f"{days} days after {whole:%d.%m.%Y} is out of range") from error

    def times(self, number: int) -> "Duration":
        return Duration(self.months * number, self.exact * number, self.days * number)

    @property
    def is_exact(self) -> bool:
        return not self.months and not self.days

    @property
    def longest(self) -> timedelta:
        """More than it takes at any time of the year, but for what clocks are put back."""
        return timedelta(days=31 * self.months + self.days) + self.exact


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repeating interval; times: None repeats without end."""

    times: int | None
    start: datetime | None
    every: Duration

    def following(self, last: datetime, now: datetime, base: datetime) -> datetime:
        """The moment after `last` on the grid of the cycle; one without end does not make up for what passed by `now`.

        base: where the grid begins, of a cycle with a start that. Months and days count from there, so that what falls on
        28 February falls on the 31st again in March, and each at its own hour; all three are aware.
        """
        passed = last if self.times is not None else max(last, now)
        if self.every.is_exact:
            missed = (passed.astimezone(UTC) - last) // self.every.exact
            return self.every.times(missed + 1).after(last)
        number = max((passed.astimezone(UTC) - base - PUT_BACK) // self.every.longest, 0) + 1
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
        if self.every.is_exact:
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
            hours=int(part["hours"]),
            minutes=int(part["minutes"]),
            seconds=float(part["seconds"].replace(",", ".")),
        ),
        int(part["weeks"]) * 7 + int(part["days"]),
    )


def cycle(text: str, zone: tzinfo) -> Cycle:
    """Read `R3/PT10M`, `R/P1D`, `R2/2026-01-01T09:00/P1D`; an interval with an end is not known. Raises ValueError."""
    found = _CYCLE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not an ISO 8601 repeating interval such as R3/PT10M")
    if found["times"] is not None and int(found["times"]) == 0:
        raise ValueError(f"{text!r} repeats not once")
    every = duration(found["duration"])
    if every.longest < SHORTEST:
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
