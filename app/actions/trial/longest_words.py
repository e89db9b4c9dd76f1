"""The longest way in a sentence, in Kazakh, Russian and English."""

from app.actions.trial.longest import Longest, Way
from app.domain.in_words.days_in_words import moment_in_words
from app.domain.in_words.grammar import agreeing, written
from app.domain.terms.calendar import Text

DAYS = Text("{n} жұмыс күні", "{n} рабочий день|{n} рабочих дня|{n} рабочих дней", "{n} working day|{n} working days")
LONGEST = Text(
    "Ең ұзағы: {days}, {start} – {end}, «{name}» дейін: {steps}",
    "Самый долгий: {days}, {start} – {end}, до «{name}»: {steps}",
    "Longest: {days}, {start} – {end}, to “{name}” through {steps}",
)
NO_STEPS = Text("қадамсыз", "без шагов", "no step")
UNKNOWN = Text(
    "Ең ұзақ жол есептелмейді, модельде мыналар бар: {what}",
    "Самый долгий путь не вычисляется, в модели есть: {what}",
    "The longest way is not worked out for: {what}",
)
INCOMPLETE = Text(
    "Жолдар тым көп: олардың бәрі қаралған жоқ.",
    "Путей слишком много: просмотрены не все.",
    "There are too many ways: not all of them were followed.",
)
NO_WAY = Text(
    "Бастан аяғына дейін жететін жол табылмады.", "Пути до конца не найдено.", "No way that comes to an end was found."
)


def way_in_words(way: Way, lang: str) -> str:
    """How many working days, from when to when, through which steps."""
    names = " → ".join(dict.fromkeys(stop.name.get(lang) for stop in way.stops)) or NO_STEPS.get(lang)
    return LONGEST.get(lang).format(
        days=agreeing(DAYS, way.days, lang).format(n=written(way.days, lang)),
        start=moment_in_words(way.start, lang),
        end=moment_in_words(way.end, lang),
        name=way.name.get(lang),
        steps=names,
    )


def in_words(found: Longest, lang: str) -> str:
    """The longest of all ways, or why it is not known."""
    if found.unknown:
        return UNKNOWN.get(lang).format(what="; ".join(found.unknown))
    said = way_in_words(found.ways[0], lang) if found.ways else NO_WAY.get(lang)
    return said if found.complete else f"{said} {INCOMPLETE.get(lang)}"
