"""Days, hours and moments in Kazakh, Russian and English, local to the calendar."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from app.domain.in_words.grammar import kazakh_dative
from app.domain.terms.calendar import Text

_WEEKDAYS = Text("дс сс ср бс жм сб жс", "пн вт ср чт пт сб вс", "Mon Tue Wed Thu Fri Sat Sun")
_UNITS = Text("күн сағ мин с", "д ч мин с", "d h min s")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_in_words(days: Sequence[date], lang: str, *, year: bool) -> str:
    """A run of days, by its first and its last."""
    if len(days) == 1:
        return day_in_words(days[0], lang, year=year)
    return f"{day_in_words(days[0], lang, year=year)} – {day_in_words(days[-1], lang, year=year)}"


def day_in_words(day: date, lang: str, *, year: bool = True) -> str:
    """A day with its weekday: "пн 23.03.2026", "Mon 23 Mar 2026"."""
    weekday = _WEEKDAYS.get(lang).split()[day.weekday()]
    if lang == "en":
        return f"{weekday} {day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")
    return f"{weekday} {day:%d.%m}" + (f".{day.year}" if year else "")


def moment_in_words(moment: datetime, lang: str) -> str:
    """A local day and hour, such as "пн 23.03.2026 18:30"."""
    return f"{day_in_words(moment, lang)} {moment:%H:%M}"


def hour_in_words(hour: time) -> str:
    """The hour in digits."""
    return f"{hour:%H:%M}"


def until_in_words(hour: time, lang: str) -> str:
    """The hour; in Kazakh in the dative that "дейін" asks for."""
    return f"сағат {hour:%H:%M}-{kazakh_dative(hour.minute or hour.hour)}" if lang == "kk" else f"{hour:%H:%M}"


def elapsed_in_words(elapsed: timedelta, lang: str) -> str:
    """How long something took by the clock, in its two largest units: "3 д 4 ч", "12 мин 5 с"."""
    minutes, seconds = divmod(round(elapsed.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = zip((days, hours, minutes, seconds), _UNITS.get(lang).split(), strict=True)
    said = [f"{number} {unit}" for number, unit in units if number]
    return " ".join(said[:2]) or f"0 {_UNITS.get(lang).split()[-1]}"
