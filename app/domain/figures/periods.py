"""Days put together to weeks, months, quarters and years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
MOST = 160
"""Periods of one table: three years of weeks."""


class Step(StrEnum):
    """By what a span of days is divided. The values are those of `date_trunc`."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def first(self, day: date) -> date:
        """The first day of the period in which a day lies."""
        if self is Step.DAY:
            return day
        if self is Step.WEEK:
            return day - ONE_DAY * day.weekday()
        month = {Step.MONTH: day.month, Step.QUARTER: day.month - (day.month - 1) % 3, Step.YEAR: 1}[self]
        return day.replace(month=month, day=1)

    def following(self, first: date) -> date:
        """The first day of the next period."""
        if self in (Step.DAY, Step.WEEK):
            return first + ONE_DAY * (1 if self is Step.DAY else 7)
        months = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}[self]
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        return date(year, month + 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def divided(self, step: Step) -> list["Span"]:
        """Its periods, the first and the last cut off where it begins and ends. ValueError where there are too many."""
        found = list(self._divided(step))
        if len(found) > MOST:
            raise ValueError(f"{self.first} to {self.last} has more than {MOST} periods of a {step}")
        return found

    def _divided(self, step: Step) -> Iterator["Span"]:
        begins, number = step.first(self.first), 0
        while begins <= self.last and number <= MOST:
            following = step.following(begins)
            yield Span(max(begins, self.first), min(following - ONE_DAY, self.last))
            begins, number = following, number + 1

    def whole(self, step: Step) -> tuple[date, date] | None:
        """The whole periods in it: the first day of the first, and the first day after the last; None: there is none."""
        first = step.first(self.first)
        begins = first if first == self.first else step.following(first)
        ends = step.first(self.last + ONE_DAY)
        return (begins, ends) if begins < ends else None
