"""An explanation of a deadline in words: Kazakh, Russian, English."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from app.domain.acts.clauses import clause_in_words
from app.domain.in_words.days_in_words import (
    day_in_words,
    days_in_words,
    hour_in_words,
    moment_in_words,
    until_in_words,
)
from app.domain.in_words.grammar import agreeing, written
from app.domain.terms.calendar import DayKind, DayOff, Text, runs

if TYPE_CHECKING:
    from app.domain.terms.explanation import Explanation

MOST_RUNS = 6
"""Stretches of days off that one line still names; beyond, it gives their number."""


_AMOUNTS = {
    "minutes": Text(
        "жұмыс уақытының {n} минуты",
        "{n} минута|{n} минуты|{n} минут",
        "{n} minute of working time|{n} minutes of working time",
    ),
    "elapsedMinutes": Text(
        "тәулік бойы есептелетін {n} минут",
        "{n} минута подряд, днём и ночью|{n} минуты подряд, днём и ночью|{n} минут подряд, днём и ночью",
        "{n} minute, day and night|{n} minutes, day and night",
    ),
    "hours": Text(
        "жұмыс уақытының {n} сағаты",
        "{n} час|{n} часа|{n} часов",
        "{n} hour of working time|{n} hours of working time",
    ),
    "workingDays": Text(
        "{n} жұмыс күні",
        "{n} рабочий день|{n} рабочих дня|{n} рабочих дней",
        "{n} working day|{n} working days",
    ),
    "calendarDays": Text(
        "{n} күнтізбелік күн",
        "{n} календарный день|{n} календарных дня|{n} календарных дней",
        "{n} calendar day|{n} calendar days",
    ),
    "calendarDaysBefore": Text(
        "{n} күнтізбелік күн бұрын",
        "за {n} календарный день|за {n} календарных дня|за {n} календарных дней",
        "{n} calendar day before|{n} calendar days before",
    ),
}
_COUNTED_BACK = Text(
    "мерзім {day} күнінен кері есептеледі, бұл күннің өзі есептелмейді",
    "отсчёт назад от {day}, сам этот день не считается",
    "counted back from {day}, that day itself is not counted",
)
_SHIFTED_BACK = Text(
    "мерзімнің соңғы күні жұмыс күні емес ({days}), мерзім алдыңғы жұмыс күні аяқталады",
    "последний день срока нерабочий ({days}), срок оканчивается в предшествующий рабочий день",
    "the last day is a day off ({days}), so the term ends on the working day before",
)
_DAYS_OFF = Text(
    "{n} жұмыс істемейтін күн",
    "{n} нерабочий день|{n} нерабочих дня|{n} нерабочих дней",
    "{n} day off|{n} days off",
)
_OF_WORKING_TIME = Text("", " рабочего времени", "")
_WEEKEND_RUN = Text("демалыс күндері", "выходные дни", "weekend")
_END_OF_DAY = Text(
    "мерзім басталған күні {hour} дейін",
    "в день начала срока до {hour}",
    "by {hour} on the day on which the term begins",
)
_RECEIPT = Text("келіп түсу уақыты", "время поступления", "time of receipt")
_RECEIVED_LATE = Text(
    "жұмыс уақытынан тыс келіп түсті ({base}), {moment} келіп түсті деп саналады",
    "поступило в нерабочее время ({base}), считается поступившим {moment}",
    "made outside working hours ({base}), counts as received {moment}",
)
_IN_TIME = Text("жұмыс уақытында келіп түсті", "поступило в рабочее время", "received in working hours")
_DAY_NOT_COUNTED = Text(
    "мерзім басталған күн ({day}) есептелмейді",
    "день начала срока ({day}) не считается",
    "the day on which the term begins ({day}) is not counted",
)
_ENDS_THAT_DAY = Text(
    "мерзім басталған күні ({day}) аяқталады",
    "срок оканчивается в день своего начала ({day})",
    "the term ends on the day on which it begins ({day})",
)
_STARTS = Text("мерзімнің басталуы — {moment}", "отсчёт с {moment}", "counted from {moment}")
_STARTS_LATE = Text(
    "жұмыс уақытынан тыс басталды ({base}), мерзімнің басталуы — {moment}",
    "начало в нерабочее время ({base}), срок начинается {moment}",
    "began outside working hours ({base}), the term begins {moment}",
)
_DAY_AND_NIGHT = Text(
    "жұмыстан тыс уақыт та есептеледі: түн, үзіліс, демалыс және мереке күндері",
    "нерабочее время тоже считается: ночь, перерыв, выходные и праздничные дни",
    "time outside working hours counts too: nights, breaks, weekends and holidays",
)
_LUNCH = Text(
    "түскі үзіліс {start}–{end} есептелмейді",
    "обеденный перерыв {start}–{end} не считается",
    "the lunch break {start}–{end} is not counted",
)
_HOUR_PASSED = Text(
    "бұл сағат өтіп кеткендіктен, мерзім келесі жұмыс күніне ауысады",
    "этот час уже прошёл, срок переходит на следующий рабочий день",
    "that hour had passed, so it is due on the next working day",
)
_NOT_COUNTED = Text("есептелмейді: {days}", "не считается: {days}|не считаются: {days}", "not counted: {days}")
_COUNTED = Text("есептеледі: {days}", "считается: {days}|считаются: {days}", "counted: {days}")
_SHIFTED = Text(
    "мерзімнің соңғы күні жұмыс күні емес ({days}), мерзім келесі жұмыс күні аяқталады",
    "последний день срока нерабочий ({days}), срок оканчивается в следующий рабочий день",
    "the last day is a day off ({days}), so the term ends on the next working day",
)
_OWN_CLOSING = Text(
    "бұл күнгі жұмыс уақыты — {hour} дейін",
    "рабочее время в этот день — до {hour}",
    "working hours end at {hour} that day",
)
_WITHOUT_HOLIDAYS = Text(
    "{years} жылғы мерекелер күнтізбеге әлі енгізілмеген, есеп оларсыз жүргізілді|"
    "{years} жылдардағы мерекелер күнтізбеге әлі енгізілмеген, есеп оларсыз жүргізілді",
    "праздники {years} года ещё не внесены в календарь, расчёт сделан без них|"
    "праздники {years} годов ещё не внесены в календарь, расчёт сделан без них",
    "the holidays of {years} are not in the calendar yet, so it is counted without them",
)
_DUE = Text("мерзімі — {day} {hour} дейін", "срок до {moment}", "due {moment}")
_BASE = Text("бастапқы сәт: {moment}", "исходный момент: {moment}", "base moment: {moment}")
_HOURS = Text("жұмыс уақыты {start}–{end}", "рабочее время {start}–{end}", "working hours {start}–{end}")
_PORTION = Text("{n} мин", "{n} мин", "{n} min")


def text(explanation: "Explanation", lang: str) -> str:
    """The term itself in one line as a clerk would read it. ValueError for a language other than kk, ru, en."""
    parts = [*_start_parts(explanation, lang), *_break_parts(explanation, lang)]
    if explanation.skipped:
        parts.append(_skipped_part(explanation, lang))
    return f"{_rule_part(explanation, lang)}: {'; '.join([*parts, *_end_parts(explanation, lang)])}"


def steps(explanation: "Explanation", lang: str) -> list[str]:
    """In the order in which the term is counted: rule, base, beginning, days, result."""
    found = [
        _rule_part(explanation, lang),
        _BASE.get(lang).format(moment=moment_in_words(explanation.base, lang)),
        *_start_parts(explanation, lang),
        *_hours_part(explanation, lang),
    ]
    if counted := explanation.counted:
        found.append(_listed(_COUNTED, counted, _counted(explanation, lang), lang))
    for run in _day_off_runs(explanation.skipped):
        found.append(_listed(_NOT_COUNTED, run, _day_off_run(run, lang, year=True), lang))
    found += _end_parts(explanation, lang)
    return [step[0].upper() + step[1:] for step in found]


def amount_in_words(rule: str, amount: float, lang: str) -> str:
    """A term such as "4 рабочих дня". `rule`: one that counts minutes, hours or days."""
    words = _counted_noun(_AMOUNTS[rule], amount, lang)
    return words + _OF_WORKING_TIME.get(lang) if rule in ("minutes", "hours") else words


def _counted_noun(forms: Text, amount: float, lang: str) -> str:
    return agreeing(forms, amount, lang).format(n=written(amount, lang))


def _listed(forms: Text, items: Sequence[object], days: str, lang: str) -> str:
    return agreeing(forms, min(len(items), 2), lang).format(days=days)


def _rule_part(explanation: "Explanation", lang: str) -> str:
    amount = explanation.amount
    if amount is None:
        words = _RECEIPT.get(lang)
    elif isinstance(amount, str):
        words = _END_OF_DAY.get(lang).format(hour=until_in_words(time.fromisoformat(amount), lang))
    else:
        words = amount_in_words(explanation.rule, amount, lang)
    return words + (clause_in_words(explanation.clause, lang) if explanation.clause else "")


def _start_parts(explanation: "Explanation", lang: str) -> list[str]:
    """What became of the base moment: where the count begins or, for receipt, when it counts as received."""
    rule, start = explanation.rule, explanation.counted_from
    base, late = moment_in_words(explanation.base, lang), start != explanation.base
    if rule == "receipt":
        words = _RECEIVED_LATE.get(lang).format(base=base, moment=moment_in_words(start, lang))
        return [words if late else f"{_IN_TIME.get(lang)}, {base}"]
    if rule == "calendarDaysBefore":
        return [
            (_COUNTED_BACK if explanation.counted else _ENDS_THAT_DAY).get(lang).format(day=day_in_words(start, lang))
        ]
    of_days = rule in ("workingDays", "calendarDays")
    moment = day_in_words(start, lang) if of_days else moment_in_words(start, lang)
    parts = [_STARTS_LATE.get(lang).format(base=base, moment=moment)] if late else []
    if of_days:
        parts.append((_DAY_NOT_COUNTED if explanation.counted else _ENDS_THAT_DAY).get(lang).format(day=moment))
    elif rule == "endOfDay" and explanation.result.date() > start.date():
        parts.append(_HOUR_PASSED.get(lang))
    elif rule != "endOfDay" and not late:
        parts.append(_STARTS.get(lang).format(moment=moment))
    return parts


def _break_parts(explanation: "Explanation", lang: str) -> list[str]:
    words = _LUNCH.get(lang)
    return [words.format(start=hour_in_words(start), end=hour_in_words(end)) for start, end in explanation.breaks]


def _hours_part(explanation: "Explanation", lang: str) -> list[str]:
    hours = explanation.hours
    if explanation.rule == "elapsedMinutes":
        return [_DAY_AND_NIGHT.get(lang)]
    if not explanation.portions:
        return []
    words = _HOURS.get(lang).format(start=hour_in_words(hours.opens), end=hour_in_words(hours.closes))
    return [", ".join([words, *_break_parts(explanation, lang)])]


def _counted(explanation: "Explanation", lang: str) -> str:
    if explanation.portions:
        pairs = runs(zip(explanation.counted, explanation.portions, strict=True), lambda item: item)
        return ", ".join(
            f"{days_in_words([day for day, _ in run], lang, year=True)} — "
            + _PORTION.get(lang).format(n=written(run[0][1] / timedelta(minutes=1), lang))
            for run in pairs
        )
    days = runs(explanation.counted, lambda day: (day, None))
    spans = ", ".join(days_in_words(run, lang, year=True) for run in days)
    return spans if explanation.rule == "endOfDay" else f"{spans} ({len(explanation.counted)})"


def _skipped_part(explanation: "Explanation", lang: str) -> str:
    found, days = _day_off_runs(explanation.skipped), explanation.skipped
    if len(found) > MOST_RUNS:
        return agreeing(_NOT_COUNTED, len(days), lang).format(days=_counted_noun(_DAYS_OFF, len(days), lang))
    year = explanation.base.year != explanation.result.year
    return _listed(_NOT_COUNTED, days, ", ".join(_day_off_run(run, lang, year=year) for run in found), lang)


def _shifted_part(explanation: "Explanation", lang: str) -> str:
    days = ", ".join(_day_off_run(run, lang, year=True) for run in _day_off_runs(explanation.shifted))
    words = _SHIFTED_BACK if explanation.rule == "calendarDaysBefore" else _SHIFTED
    return words.get(lang).format(days=days)


def _end_parts(explanation: "Explanation", lang: str) -> list[str]:
    """What moved the end, the end itself, and what may be wrong with it."""
    parts = []
    if explanation.shifted:
        parts.append(_shifted_part(explanation, lang))
    if explanation.rule != "receipt":
        parts += [due_in_words(explanation.result, lang), *_closing_part(explanation, lang)]
    if years := explanation.years_without_holidays:
        in_a_row = years[-1] - years[0] == len(years) - 1 > 1
        named = f"{years[0]}–{years[-1]}" if in_a_row else ", ".join(map(str, years))
        parts.append(agreeing(_WITHOUT_HOLIDAYS, min(len(years), 2), lang).format(years=named))
    return parts


def _closing_part(explanation: "Explanation", lang: str) -> list[str]:
    """Told where a term is over at a closing that is not the usual one, or before the hour that it names."""
    amount = explanation.amount
    expected = time.fromisoformat(amount) if isinstance(amount, str) else explanation.hours.closes
    if explanation.rule in ("minutes", "elapsedMinutes", "hours") or explanation.result.time() == expected:
        return []
    return [_OWN_CLOSING.get(lang).format(hour=until_in_words(explanation.result.time(), lang))]


def due_in_words(due: datetime, lang: str) -> str:
    """By when: "срок до пн 23.03.2026 18:30"; local."""
    return _DUE.get(lang).format(
        day=day_in_words(due, lang), hour=until_in_words(due.time(), lang), moment=moment_in_words(due, lang)
    )


def _day_off_runs(days: Sequence[DayOff]) -> list[list[DayOff]]:
    return runs(days, lambda off: (off.day, (off.kind, off.name)))


def _day_off_run(run: Sequence[DayOff], lang: str, *, year: bool) -> str:
    plural = len(run) > 1 and run[0].kind is DayKind.WEEKEND
    name = _WEEKEND_RUN if plural else run[0].name
    return f"{days_in_words([off.day for off in run], lang, year=year)} — {name.get(lang)}"
