"""How far off a deadline is, in the unit of its rule: what a list says in place of a date."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from app.domain.in_words.days_in_words import day_in_words, until_in_words
from app.domain.in_words.grammar import agreeing, written
from app.domain.terms.calendar import ONE_DAY, Text, WorkCalendar, WorkDay
from app.domain.terms.explanation import Rule

FAR = 60
"""Days beyond which calendar days are counted whatever the rule: nobody needs it closer, and nothing is looped over."""
LITTLE = 5
"""What is left is little when it is less than one part in so many of the term."""
_MINUTE = timedelta(minutes=1)
_DAYS = {
    Rule.WORKING_DAYS: Text(
        "{n} жұмыс күні",
        "{n} рабочий день|{n} рабочих дня|{n} рабочих дней",
        "{n} working day|{n} working days",
    ),
    Rule.CALENDAR_DAYS: Text("{n} күн", "{n} день|{n} дня|{n} дней", "{n} day|{n} days"),
}
_HOURS = Text("{n} сағ", "{n} ч", "{n} h")
_MINUTES = Text("{n} мин", "{n} мин", "{n} min")
_TODAY = Text("бүгін {hour} дейін", "сегодня до {hour}", "today by {hour}")
_BY = Text("{day}, {hour} дейін", "до {day}, {hour}", "by {day}, {hour}")
_OVER = Text("мерзімі өтті", "срок истёк", "overdue")
_LATE = Text("{time} кешікті", "просрочено на {time}", "{time} late")
_LEFT = Text("{time} қалды", "осталось {time}", "{time} left")


class Urgency(StrEnum):
    LATE = "late"
    SOON = "soon"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """amount: days by the rule `unit`, or working time where the rule counts that. due: in the calendar's zone.

    today: whether it is due on the day of the question.
    """

    urgency: Urgency
    unit: Rule
    amount: int | timedelta
    due: datetime
    today: bool

    def text(self, lang: str) -> str:
        """Such as "осталось 3 рабочих дня". ValueError for a language other than kk, ru, en."""
        if self.urgency is Urgency.LATE:
            if not self.amount:
                return _OVER.get(lang)
            return _LATE.get(lang).format(time=self._amount(lang))
        if not self.amount:
            hour = until_in_words(self.due.time(), lang)
            return (
                (_TODAY if self.today else _BY)
                .get(lang)
                .format(hour=hour, day=day_in_words(self.due, lang, year=False))
            )
        return _LEFT.get(lang).format(time=self._amount(lang))

    def _amount(self, lang: str) -> str:
        if isinstance(self.amount, int):
            return agreeing(_DAYS[self.unit], self.amount, lang).format(n=written(self.amount, lang))
        minutes = -(-self.amount // _MINUTE)
        parts = [(_HOURS, minutes // 60), (_MINUTES, minutes % 60)]
        return " ".join(words.get(lang).format(n=number) for words, number in parts if number)


def time_left(calendar: WorkCalendar, rule: Rule | None, due: datetime, begun: datetime, now: datetime) -> TimeLeft:
    """What is left of a term that began to run at `begun`, or how long it has been over. All moments aware.

    rule None: a date that no rule has made; it is counted in working days. A term in days that is over on the same day is
    late by the working time.
    """
    due, now = due.astimezone(calendar.tz), now.astimezone(calendar.tz)
    late = due < now
    earlier, later = (due, now) if late else (now, due)
    unit = _unit(rule, earlier, later, late=late)
    amount: int | timedelta
    if unit is Rule.MINUTES:
        amount = working_time(calendar, earlier, later)
    elif unit is Rule.CALENDAR_DAYS:
        amount = (later.date() - earlier.date()).days
    else:
        amount = working_days(calendar, earlier.date(), later.date())
    if late:
        return TimeLeft(Urgency.LATE, unit, amount, due, today=due.date() == now.date())
    today = due.date() == now.date()
    little = today or not amount or (due - now) * LITTLE < due - begun
    return TimeLeft(Urgency.SOON if little else Urgency.FINE, unit, amount, due, today)


def _unit(rule: Rule | None, earlier: datetime, later: datetime, *, late: bool) -> Rule:
    if (later - earlier).days > FAR:
        return Rule.CALENDAR_DAYS
    if rule in (Rule.MINUTES, Rule.HOURS) or (late and earlier.date() == later.date()):
        return Rule.MINUTES
    return Rule.CALENDAR_DAYS if rule in (Rule.CALENDAR_DAYS, Rule.CALENDAR_DAYS_BEFORE) else Rule.WORKING_DAYS


def working_days(calendar: WorkCalendar, first: date, last: date) -> int:
    """The working days after `first` until `last`, it included."""
    days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
    return sum(isinstance(calendar.look(day), WorkDay) for day in days)


def working_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """The working time between two moments."""
    total, day = timedelta(), start.astimezone(calendar.tz).date()
    while day <= end.astimezone(calendar.tz).date():
        found = calendar.look(day)
        for opens, closes in found.spans if isinstance(found, WorkDay) else ():
            total += max(min(closes, end.astimezone(UTC)) - max(opens, start.astimezone(UTC)), timedelta())
        day += ONE_DAY
    return total
