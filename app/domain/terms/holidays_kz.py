"""The holidays of Kazakhstan as rows for the editable table of a calendar.

Dates come from the `holidays` package: the Law on Holidays (13.12.2001, no. 267), the Government's decisions that
exchange a working day for a day off (Labour Code, art. 85, item 3), and the confirmed days of Kurban Ait. Days of
Kurban Ait that are not announced yet are reckoned from the moon and say so in their name: check them each year.

A holiday on a weekend gives the next working day off (Law on Holidays, art. 5). 7 January and the first day of Kurban
Ait are days off, not holidays (Labour Code, art. 84), so nothing moves after them.
"""

import re
from datetime import date
from functools import lru_cache

from holidays.countries import Kazakhstan

from app.domain.terms.calendar import LANGUAGES, CalendarDay, DayKind, Text

_NAMES = {
    name.kk.casefold(): name
    for name in (
        Text("Жаңа жыл", "Новый год", "New Year"),
        Text("Православиелік Рождество", "Православное Рождество", "Orthodox Christmas"),
        Text("Халықаралық әйелдер күні", "Международный женский день", "International Women's Day"),
        Text("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
        Text("Қазақстан халқының бірлігі мерекесі", "Праздник единства народа Казахстана", "Unity Day"),
        Text("Отан қорғаушы күні", "День защитника Отечества", "Defender of the Fatherland Day"),
        Text("Жеңіс күні", "День Победы", "Victory Day"),
        Text("Астана күні", "День столицы", "Capital Day"),
        Text(
            "Қазақстан Республикасының Конституциясы күні",
            "День Конституции Республики Казахстан",
            "Constitution Day",
        ),
        Text("Республика күні", "День Республики", "Republic Day"),
        Text("Қазақстан Республикасы күні", "День Республики Казахстан", "Republic Day"),
        Text(
            "Қазақстан Республикасының Тұңғыш Президенті күні",
            "День Первого Президента Республики Казахстан",
            "First President Day",
        ),
        Text("Тәуелсіздік күні", "День Независимости", "Independence Day"),
        Text("Құрбан айт", "Курбан айт", "Kurban Ait"),
    )
}
_MOVED = Text("ауыстырылған демалыс", "перенос выходного", "day off moved")
_ESTIMATED = Text("болжамды күн", "расчётная дата", "estimated date")
_EXCHANGED = re.compile(r"\((\d\d)\.(\d\d)\.(\d{4})\D")
"""The weekend day in the package's name of an exchanged day off."""


def seed(year_from: int, year_to: int) -> list[CalendarDay]:
    """The exceptions of the years `year_from` to `year_to`, both included, in order of date.

    Rows: holidays, days off moved after a holiday on a weekend or exchanged with a weekend, and those weekend days,
    which then work. ValueError if the years are out of order or before 2002, when the law came into force.
    """
    if not 2002 <= year_from <= year_to <= 2100:
        raise ValueError(f"years must be in order, from 2002 to 2100: {year_from}, {year_to}")
    return list(_seeded(year_from, year_to))


@lru_cache(maxsize=16)
def _seeded(year_from: int, year_to: int) -> tuple[CalendarDay, ...]:
    known = Kazakhstan(years=range(year_from, year_to + 2), language="kk")
    lawful = Kazakhstan(years=range(year_from, year_to + 2), language="kk", observed=False)
    rows: dict[date, CalendarDay] = {}
    for day in sorted(known):
        names = known.get_list(day)
        exchanged = _exchanged(names)
        if exchanged is not None and exchanged in known.weekend_workdays:
            rows[exchanged] = CalendarDay(exchanged, DayKind.MOVED_WORKING, _in_place_of(day, working=True))
        if exchanged is not None:
            rows[day] = CalendarDay(day, DayKind.MOVED_OFF, _in_place_of(exchanged, working=False))
        else:
            kind = DayKind.HOLIDAY if day in lawful else DayKind.MOVED_OFF
            rows[day] = CalendarDay(day, kind, _joined([_named(name) for name in names]))
    return tuple(rows[day] for day in sorted(rows) if year_from <= day.year <= year_to)


def _exchanged(names: list[str]) -> date | None:
    for name in names:
        if found := _EXCHANGED.search(name):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
    return None


def _in_place_of(day: date, *, working: bool) -> Text:
    written = f"{day:%d.%m.%Y}"
    if working:
        return Text(f"{written} орнына жұмыс күні", f"рабочий день вместо {written}", f"works in place of {written}")
    return Text(f"{written} орнына демалыс күні", f"выходной день вместо {written}", f"day off in place of {written}")


def _named(name: str) -> Text:
    """The three names of what the package calls `name`, its labels translated. An unknown name stays Kazakh."""
    for label, added in (
        (Kazakhstan.observed_estimated_label, (_MOVED, _ESTIMATED)),
        (Kazakhstan.observed_label, (_MOVED,)),
        (Kazakhstan.estimated_label, (_ESTIMATED,)),
    ):
        suffix = label.removeprefix("%s")
        if name.endswith(suffix):
            base = _base(name.removesuffix(suffix))
            return Text(*(f"{base.get(lang)} ({', '.join(part.get(lang) for part in added)})" for lang in LANGUAGES))
    return _base(name)


def _base(name: str) -> Text:
    return _NAMES.get(name.casefold()) or Text(name, name, name)


def _joined(names: list[Text]) -> Text:
    return Text(*("; ".join(name.get(lang) for name in names) for lang in LANGUAGES))
