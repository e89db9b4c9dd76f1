"""A provider's working calendar: which days work, from when to when, and why a day is off."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Item = TypeVar("Item")

LANGUAGES = ("kk", "ru", "en")
ONE_DAY = timedelta(days=1)
LONGEST_CLOSURE = 366
"""Days in a row without work after which a calendar is held to be wrong."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Kazakh, Russian and English."""

    kk: str
    ru: str
    en: str

    def get(self, lang: str) -> str:
        """The words in `lang`: kk, ru or en. ValueError for another language."""
        match lang:
            case "kk":
                return self.kk
            case "ru":
                return self.ru
            case "en":
                return self.en
        raise ValueError(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")


class DayKind(StrEnum):
    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED_OFF = "moved_off"
    """A working weekday made a day off: a holiday fell on a weekend, or the Government exchanged two days."""
    MOVED_WORKING = "moved_working"
    """A Saturday or Sunday made working in exchange."""
    SHORTENED = "shortened"
    """A working day with its own hours."""


WORKING_KINDS = frozenset({DayKind.WORKING, DayKind.MOVED_WORKING, DayKind.SHORTENED})
WEEKEND = Text("демалыс күні", "выходной день", "weekend")
WORKING_DAY = Text("жұмыс күні", "рабочий день", "working day")


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Local times without a zone. `lunch` is its start and end, within the hours. ValueError if out of order."""

    opens: time
    closes: time
    lunch: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        bounds = (self.opens, *(self.lunch or ()), self.closes)
        if any(bound.tzinfo for bound in bounds):
            raise ValueError("working hours are local times without a zone")
        if any(earlier >= later for earlier, later in zip(bounds, bounds[1:], strict=False)):
            raise ValueError(f"working hours are out of order: {', '.join(f'{bound:%H:%M}' for bound in bounds)}")


STANDARD_HOURS = WorkHours(time(9), time(18, 30), (time(13), time(14, 30)))
"""Order no. 186 of 06.04.2020 (V2000020340), appendix 2, item 7."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One row of the editable table: a day that is not what its weekday says. `hours` where the day has its own."""

    day: date
    kind: DayKind
    name: Text
    hours: WorkHours | None = None

    def __post_init__(self) -> None:
        if self.kind is DayKind.SHORTENED and self.hours is None:
            raise ValueError(f"{self.day} is a shortened day without hours")
        if self.hours is not None and self.kind not in WORKING_KINDS:
            raise ValueError(f"{self.day} is a day off with hours")


class DayOff(NamedTuple):
    """A day that did not work, and why."""

    day: date
    kind: DayKind
    name: Text


class WorkDay(NamedTuple):
    """What a calendar knows of a working day. Moments in UTC, `opens` to `closes`, `spans` without lunch."""

    spans: tuple[tuple[datetime, datetime], ...]
    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class WorkCalendar:
    """Working hours, weekend and exceptions of one provider.

    zone: an IANA name. All Kazakhstan has been UTC+5 since 2024-03-01; Asia/Almaty also knows the time before.
    weekend: weekdays, Monday is 0. days: the exceptions by date. version: of the table, for explanations.

    The opening and the closing minute both belong to the working time, so a term that is over at closing ends that
    day. Moments are aware, in any zone; a naive one is a ValueError. Answers are in the calendar's zone.
    Not to be changed once made: what it works out for a day it remembers.
    """

    zone: str = "Asia/Almaty"
    hours: WorkHours = STANDARD_HOURS
    weekend: frozenset[int] = frozenset({5, 6})
    days: Mapping[date, CalendarDay] = field(default_factory=dict)
    version: int = 1
    tz: ZoneInfo = field(init=False, repr=False, compare=False)
    _known: dict[date, WorkDay | DayOff] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone {self.zone!r}") from error
        if not self.weekend <= set(range(7)):
            raise ValueError(f"weekdays are 0 (Monday) to 6: {sorted(self.weekend)}")
        if wrong := next((day for day, row in self.days.items() if row.day != day), None):
            raise ValueError(f"the row under {wrong} is of another day")
        object.__setattr__(self, "tz", zone)
        object.__setattr__(self, "days", dict(self.days))

    @cached_property
    def years_with_holidays(self) -> frozenset[int]:
        """Of any other year the calendar knows the week alone, and a term in it is counted without holidays."""
        return frozenset(day.year for day, row in self.days.items() if row.kind is DayKind.HOLIDAY)

    def kind(self, day: date) -> DayKind:
        if row := self.days.get(day):
            return row.kind
        return DayKind.WEEKEND if day.weekday() in self.weekend else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        return self.kind(day) in WORKING_KINDS

    def reason(self, day: date) -> Text:
        """Why the day is what it is: the name of the holiday or of the move, else "weekend" or "working day"."""
        if row := self.days.get(day):
            return row.name
        return WEEKEND if day.weekday() in self.weekend else WORKING_DAY

    def look(self, day: date) -> WorkDay | DayOff:
        """All that is known of the day, worked out once."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = self._work_out(day)
        return found

    def days_off(self, first: date, last: date) -> tuple[DayOff, ...]:
        """The days off from `first` to `last`, both included."""
        found = (self.look(first + ONE_DAY * number) for number in range((last - first).days + 1))
        return tuple(day for day in found if isinstance(day, DayOff))

    def _work_out(self, day: date) -> WorkDay | DayOff:
        if not self.is_working(day):
            return DayOff(day, self.kind(day), self.reason(day))
        row = self.days.get(day)
        hours = (row and row.hours) or self.hours
        bounds = (hours.opens, *(hours.lunch or ()), hours.closes)
        # A clock put forward can set a bound behind the one that follows it: that stretch is then empty.
        moments = list(accumulate((datetime.combine(day, bound, self.tz).astimezone(UTC) for bound in bounds), max))
        spans = tuple(zip(moments[::2], moments[1::2], strict=True))
        return WorkDay(spans, moments[0], moments[-1])

    def next_work(self, day: date) -> tuple[date, WorkDay]:
        """The first working day after `day`. ValueError if none comes within a year."""
        following = day
        try:
            for _ in range(LONGEST_CLOSURE):
                following += ONE_DAY
                found = self.look(following)
                if isinstance(found, WorkDay):
                    return following, found
        except OverflowError as error:
            raise ValueError("the term leaves the years of the calendar") from error
        raise ValueError(f"the calendar has no working day within a year of {day}")

    def local(self, moment: datetime) -> datetime:
        """`moment` in the calendar's zone. ValueError if it is naive or centuries away."""
        if moment.utcoffset() is None:
            raise ValueError(f"{moment.isoformat()} has no time zone")
        if not 1900 <= moment.year <= 9000:
            raise ValueError(f"the year {moment.year} is out of range")
        return moment.astimezone(self.tz)

    def next_working_moment(self, moment: datetime) -> datetime:
        """`moment` if it is working time, else the end of lunch or the opening that follows."""
        local = self.local(moment)
        found = self.look(local.date())
        instant = local.astimezone(UTC)
        if isinstance(found, WorkDay):
            for start, end in found.spans:
                if instant <= end:
                    return local if instant >= start else start.astimezone(self.tz)
        return self.next_work(local.date())[1].opens.astimezone(self.tz)


def runs(items: Iterable[Item], key: Callable[[Item], tuple[date, object]]) -> list[list[Item]]:
    """Neighbouring items in lists, where the days follow each other and the second part of `key` is the same."""
    grouped: list[list[Item]] = []
    expected = None
    for item in items:
        day, likeness = key(item)
        if (day, likeness) == expected:
            grouped[-1].append(item)
        else:
            grouped.append([item])
        expected = (day + ONE_DAY, likeness)
    return grouped
