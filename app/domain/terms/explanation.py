"""Why a deadline falls where it falls: the values behind it, as they are kept and shown."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from app.domain.in_words import chain_wording, wording
from app.domain.terms.calendar import LANGUAGES, DayOff, WorkHours, runs


class Rule(StrEnum):
    """The values are the names that expressions use."""

    MINUTES = "minutes"
    ELAPSED_MINUTES = "elapsedMinutes"
    HOURS = "hours"
    WORKING_DAYS = "workingDays"
    CALENDAR_DAYS = "calendarDays"
    CALENDAR_DAYS_BEFORE = "calendarDaysBefore"
    END_OF_DAY = "endOfDay"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One deadline explained. Moments are in the calendar's zone.

    amount: minutes (of working time, or elapsed day and night), hours or days; "17:00" for endOfDay; None for receipt.
    clause: of the act that gives the term, None if the caller named none.
    base: the moment given. counted_from: where the count begins, later than `base` if that is outside working hours; a
    term of days does not count its day.
    counted: the days that the term used up; portions: the time used on each, for minutes and hours only.
    breaks: start and end of the pauses of a day that the counted time passed, each once, for minutes and hours only.
    skipped: days off between base and result that the term did not count. shifted: for calendarDays, the days off at
    the end of the term that moved the result to the next working day (the first of them was the last day counted); for
    calendarDaysBefore, those that moved it to the working day before (the last of them was the last day counted).
    years_without_holidays: those from base to result for which the calendar has none, so that none were counted.
    after: the term whose end is the base, if a rule gave that; the clause of the last one is that of the sum.
    hours: the calendar's usual hours. zone: its IANA name. calendar_version: of the table that was used.
    """

    rule: Rule
    amount: int | float | str | None
    clause: str | None
    base: datetime
    counted_from: datetime
    counted: tuple[date, ...]
    portions: tuple[timedelta, ...]
    breaks: tuple[tuple[time, time], ...]
    skipped: tuple[DayOff, ...]
    shifted: tuple[DayOff, ...]
    years_without_holidays: tuple[int, ...]
    result: datetime
    hours: WorkHours
    zone: str
    calendar_version: int
    after: "Explanation | None" = None

    @property
    def parts(self) -> tuple["Explanation", ...]:
        """The terms that this one is the sum of, the first first; itself alone if it begins at a moment just given."""
        parts = [self]
        while (before := parts[-1].after) is not None:
            parts.append(before)
        return tuple(reversed(parts))

    def text(self, lang: str) -> str:
        """One line as a clerk would read it. `lang`: kk, ru or en, another is a ValueError."""
        return chain_wording.text([wording.text(part, lang) for part in self._told()], self.clause, lang)

    def lines(self, lang: str) -> list[str]:
        """The same in steps, each with its days and reasons."""
        steps = [wording.steps(part, lang) for part in self._told()]
        return chain_wording.lines(steps, self.clause, lang)

    def _told(self) -> tuple["Explanation", ...]:
        """The parts; the clause of a sum is told of the sum, not of its last part."""
        *first, last = self.parts
        return (*first, replace(last, clause=None)) if first else (last,)

    def to_dict(self) -> dict[str, Any]:
        """JSON-able. Dates and moments in ISO 8601; a run of like days is one entry.

        parts: of a sum, the facts of every term, the first first; else empty. All other facts are those of the last term.
        """
        return {**self.facts(), "parts": [part.facts() for part in self.parts] if self.after else []}

    def facts(self) -> dict[str, Any]:
        """Those of the term itself."""
        return {
            "rule": self.rule.value,
            "amount": self.amount,
            "clause": self.clause,
            "base": self.base.isoformat(),
            "countedFrom": self.counted_from.isoformat(),
            "counted": _counted_runs(self.counted, self.portions),
            "breaks": [[start.isoformat(), end.isoformat()] for start, end in self.breaks],
            "skipped": _day_off_runs(self.skipped),
            "shifted": _day_off_runs(self.shifted),
            "yearsWithoutHolidays": list(self.years_without_holidays),
            "result": self.result.isoformat(),
            "hours": {
                "opens": self.hours.opens.isoformat(),
                "closes": self.hours.closes.isoformat(),
                "lunch": [bound.isoformat() for bound in self.hours.lunch or ()],
            },
            "zone": self.zone,
            "calendarVersion": self.calendar_version,
        }


def _counted_runs(days: tuple[date, ...], portions: tuple[timedelta, ...]) -> list[dict[str, Any]]:
    if not portions:
        return [_run(run) for run in runs(days, lambda day: (day, None))]
    return [
        _run([day for day, _ in run]) | {"seconds": run[0][1].total_seconds()}
        for run in runs(zip(days, portions, strict=True), lambda item: item)
    ]


def _day_off_runs(days: tuple[DayOff, ...]) -> list[dict[str, Any]]:
    return [
        _run([off.day for off in run])
        | {"kind": run[0].kind.value, "name": {lang: run[0].name.get(lang) for lang in LANGUAGES}}
        for run in runs(days, lambda off: (off.day, off[1:]))
    ]


def _run(days: list[date]) -> dict[str, Any]:
    return {"from": days[0].isoformat(), "to": days[-1].isoformat(), "days": len(days)}
