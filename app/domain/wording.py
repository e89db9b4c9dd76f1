"""An explanation of a deadline in words: Kazakh, Russian, English."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from app.domain.calendar import ONE_MINUTE, DayKind, DayOff, Text, runs

if TYPE_CHECKING:
    from app.domain.explanation import Explanation

MOST_RUNS = 6
"""Stretches of days off that one line still names; beyond, it gives their number."""

_WEEKDAYS = Text("дс сс ср бс жм сб жс", "пн вт ср чт пт сб вс", "Mon Tue Wed Thu Fri Sat Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_AMOUNTS = {
    "minutes": Text(
        "жұмыс уақытының {n} минуты",
        "{n} минута|{n} минуты|{n} минут",
        "{n} minute of working time|{n} minutes of working time",
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
}
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
_CLAUSE = Text(" (негізі: {clause})", " (основание: {clause})", " (clause {clause})")
_NAMED_CLAUSE = Text(" (негізі: {clause})", " (основание: {clause})", " ({clause})")
_UNITS_OF_ACTS = {
    unit.kk: unit
    for unit in (
        Text("қосымша", "приложение", "appendix"),
        Text("тармақ", "пункт", "item"),
        Text("тармақша", "подпункт", "sub-item"),
        Text("рәсім", "процедура", "procedure"),
    )
}
_NUMBERED_UNIT = re.compile(rf"(/?)([0-9]+)-({'|'.join(_UNITS_OF_ACTS)})\b")
"""As an act numbers its parts: "2-қосымша, 3-тармақ", "5/4-рәсім"."""
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
_STARTS = Text("мерзімнің басталуы — {moment}", "отсчёт с {moment}", "counted from {moment}")
_STARTS_LATE = Text(
    "жұмыс уақытынан тыс басталды ({base}), мерзімнің басталуы — {moment}",
    "начало в нерабочее время ({base}), срок начинается {moment}",
    "began outside working hours ({base}), the term begins {moment}",
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
_NOT_COUNTED = Text("есептелмейді: {days}", "не считаются: {days}", "not counted: {days}")
_COUNTED = Text("есептеледі: {days}", "считаются: {days}", "counted: {days}")
_SHIFTED = Text(
    "мерзімнің соңғы күні жұмыс күні емес ({days}), мерзім келесі жұмыс күні аяқталады",
    "последний день срока нерабочий ({days}), срок оканчивается в следующий рабочий день",
    "the last day is a day off ({days}), so the term ends on the next working day",
)
_DUE = Text("мерзімі — {day} {hour} дейін", "срок до {moment}", "due {moment}")
_BASE = Text("бастапқы сәт: {moment}", "исходный момент: {moment}", "base moment: {moment}")
_HOURS = Text("жұмыс уақыты {start}–{end}", "рабочее время {start}–{end}", "working hours {start}–{end}")
_VERSION = Text("күнтізбе нұсқасы: {n}", "версия календаря: {n}", "calendar version: {n}")
_PORTION = Text("{n} мин", "{n} мин", "{n} min")


def text(explanation: "Explanation", lang: str) -> str:
    """One line as a clerk would read it. ValueError for a language other than kk, ru, en."""
    parts = [*_start_parts(explanation, lang), *_break_parts(explanation, lang)]
    if explanation.skipped:
        parts.append(_NOT_COUNTED.get(lang).format(days=_days_off_in_line(explanation, lang)))
    if explanation.shifted:
        parts.append(_shifted_part(explanation, lang))
    if explanation.rule != "receipt":
        parts.append(_due_part(explanation, lang))
    return f"{_rule_part(explanation, lang)}: {'; '.join(parts)}"


def lines(explanation: "Explanation", lang: str) -> list[str]:
    """The steps, in the order in which the term is counted: rule, base, beginning, days, result, calendar."""
    steps = [
        _rule_part(explanation, lang),
        _BASE.get(lang).format(moment=_moment(explanation.base, lang)),
        *_start_parts(explanation, lang),
        *_hours_part(explanation, lang),
    ]
    if explanation.counted:
        steps.append(_COUNTED.get(lang).format(days=_counted(explanation, lang)))
    for run in _day_off_runs(explanation.skipped):
        steps.append(_NOT_COUNTED.get(lang).format(days=_day_off_run(run, lang, year=True)))
    if explanation.shifted:
        steps.append(_shifted_part(explanation, lang))
    if explanation.rule != "receipt":
        steps.append(_due_part(explanation, lang))
    steps.append(_VERSION.get(lang).format(n=explanation.calendar_version))
    return [step[0].upper() + step[1:] for step in steps]


def amount_in_words(rule: str, amount: float, lang: str) -> str:
    """A term such as "4 рабочих дня". `rule`: minutes, hours, workingDays or calendarDays."""
    words = _counted_noun(_AMOUNTS[rule], amount, lang)
    return words + _OF_WORKING_TIME.get(lang) if rule in ("minutes", "hours") else words


def _counted_noun(forms: Text, amount: float, lang: str) -> str:
    choices = forms.get(lang).split("|")
    index = _russian_form(amount) if lang == "ru" else int(amount != 1)
    form = choices[min(index, len(choices) - 1)]
    return form.format(n=_number(amount, lang))


def _number(amount: float, lang: str) -> str:
    written = f"{amount:.12g}"
    return written if lang == "en" else written.replace(".", ",")


def _russian_form(amount: float) -> int:
    if amount != int(amount):
        return 1
    if amount % 10 == 1 and amount % 100 != 11:
        return 0
    return 1 if 2 <= amount % 10 <= 4 and not 12 <= amount % 100 <= 14 else 2


def _rule_part(explanation: "Explanation", lang: str) -> str:
    amount = explanation.amount
    if amount is None:
        words = _RECEIPT.get(lang)
    elif isinstance(amount, str):
        words = _END_OF_DAY.get(lang).format(hour=_until(time.fromisoformat(amount), lang))
    else:
        words = amount_in_words(explanation.rule, amount, lang)
    return words + (_clause_part(explanation.clause, lang) if explanation.clause else "")


def _clause_part(clause: str, lang: str) -> str:
    words = clause if lang == "kk" else _NUMBERED_UNIT.sub(lambda found: _unit_of_act(found, lang), clause)
    return (_CLAUSE if words[0].isdigit() else _NAMED_CLAUSE).get(lang).format(clause=words)


def _unit_of_act(found: re.Match[str], lang: str) -> str:
    slash, number, unit = found.groups()
    return f"{', ' if slash else ''}{_UNITS_OF_ACTS[unit].get(lang)} {number}"


def _start_parts(explanation: "Explanation", lang: str) -> list[str]:
    """What became of the base moment: where the count begins or, for receipt, when it counts as received."""
    rule, start = explanation.rule, explanation.counted_from
    base, late = _moment(explanation.base, lang), start != explanation.base
    if rule == "receipt":
        words = _RECEIVED_LATE.get(lang).format(base=base, moment=_moment(start, lang))
        return [words if late else f"{_IN_TIME.get(lang)}, {base}"]
    of_days = rule in ("workingDays", "calendarDays")
    moment = _day(start, lang) if of_days else _moment(start, lang)
    parts = [_STARTS_LATE.get(lang).format(base=base, moment=moment)] if late else []
    if of_days:
        parts.append(_DAY_NOT_COUNTED.get(lang).format(day=_day(start, lang)))
    elif rule == "endOfDay" and explanation.result.date() > start.date():
        parts.append(_HOUR_PASSED.get(lang))
    elif rule != "endOfDay" and not late:
        parts.append(_STARTS.get(lang).format(moment=moment))
    return parts


def _break_parts(explanation: "Explanation", lang: str) -> list[str]:
    words = _LUNCH.get(lang)
    return [words.format(start=_clock(start), end=_clock(end)) for start, end in explanation.breaks]


def _hours_part(explanation: "Explanation", lang: str) -> list[str]:
    hours = explanation.hours
    if not explanation.portions:
        return []
    words = _HOURS.get(lang).format(start=_clock(hours.opens), end=_clock(hours.closes))
    return [", ".join([words, *_break_parts(explanation, lang)])]


def _counted(explanation: "Explanation", lang: str) -> str:
    if explanation.portions:
        pairs = runs(zip(explanation.counted, explanation.portions, strict=True), lambda item: item)
        return ", ".join(
            f"{_span([day for day, _ in run], lang, year=True)} — "
            + _PORTION.get(lang).format(n=_number(run[0][1] / ONE_MINUTE, lang))
            for run in pairs
        )
    days = runs(explanation.counted, lambda day: (day, None))
    spans = ", ".join(_span(run, lang, year=True) for run in days)
    return spans if explanation.rule == "endOfDay" else f"{spans} ({len(explanation.counted)})"


def _days_off_in_line(explanation: "Explanation", lang: str) -> str:
    found = _day_off_runs(explanation.skipped)
    if len(found) > MOST_RUNS:
        return _counted_noun(_DAYS_OFF, len(explanation.skipped), lang)
    year = explanation.base.year != explanation.result.year
    return ", ".join(_day_off_run(run, lang, year=year) for run in found)


def _shifted_part(explanation: "Explanation", lang: str) -> str:
    days = ", ".join(_day_off_run(run, lang, year=True) for run in _day_off_runs(explanation.shifted))
    return _SHIFTED.get(lang).format(days=days)


def _due_part(explanation: "Explanation", lang: str) -> str:
    result = explanation.result
    return _DUE.get(lang).format(day=_day(result, lang), hour=_until(result.time(), lang), moment=_moment(result, lang))


def _day_off_runs(days: Sequence[DayOff]) -> list[list[DayOff]]:
    return runs(days, lambda off: (off.day, (off.kind, off.name)))


def _day_off_run(run: Sequence[DayOff], lang: str, *, year: bool) -> str:
    plural = len(run) > 1 and run[0].kind is DayKind.WEEKEND
    name = _WEEKEND_RUN if plural else run[0].name
    return f"{_span([off.day for off in run], lang, year=year)} — {name.get(lang)}"


def _span(days: Sequence[date], lang: str, *, year: bool) -> str:
    if len(days) == 1:
        return _day(days[0], lang, year=year)
    return f"{_day(days[0], lang, year=year)} – {_day(days[-1], lang, year=year)}"


def _day(day: date, lang: str, *, year: bool = True) -> str:
    weekday = _WEEKDAYS.get(lang).split()[day.weekday()]
    if lang == "en":
        return f"{weekday} {day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    return f"{weekday} {day:%d.%m}" + (f".{day.year}" if year else "")


def _moment(moment: datetime, lang: str) -> str:
    return f"{_day(moment, lang)} {moment:%H:%M}"


def _clock(hour: time) -> str:
    return f"{hour:%H:%M}"


def _until(hour: time, lang: str) -> str:
    """The hour; in Kazakh in the dative that "дейін" asks for."""
    return f"сағат {hour:%H:%M}-{_kazakh_dative(hour.minute or hour.hour)}" if lang == "kk" else f"{hour:%H:%M}"


def _kazakh_dative(number: int) -> str:
    """The ending of the numeral 0 to 59 as it is spoken: бір-ге, үш-ке, алты-ға, қырық-қа."""
    if number % 10 == 0:
        return {0: "ге", 10: "ға", 20: "ға", 30: "ға", 40: "қа", 50: "ге"}[number]
    return {1: "ге", 2: "ге", 3: "ке", 4: "ке", 5: "ке", 6: "ға", 7: "ге", 8: "ге", 9: "ға"}[number % 10]
