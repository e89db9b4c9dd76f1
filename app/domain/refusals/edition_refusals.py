"""Why nothing is started by an edition of the law, in words for those who asked: Kazakh, Russian, English."""

from collections.abc import Sequence
from datetime import date

from app.domain.acts.editions import Edition
from app.domain.in_words.days_in_words import day_in_words
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import Invalid

_NOT_IN_FORCE = Text(
    "«{process}» бойынша {day} күні түскен өтінішке қолданылатын редакция жоқ. Редакциялар: {editions}.",
    "Для «{process}» нет редакции, действующей для заявления, поступившего {day}. Редакции: {editions}.",
    "no edition of '{process}' is in force for an application received on {day}; its editions: {editions}",
)
_OTHER_EDITION = Text(
    "«{process}»: {edition} редакциясы {day} күні түскен өтінішке қолданылмайды. Редакциялар: {editions}.",
    "«{process}»: редакция {edition} не применяется к заявлению, поступившему {day}. Редакции: {editions}.",
    "edition {edition} of '{process}' is not in force for an application received on {day}; its editions: {editions}",
)
_NONE = Text(
    "{day} күні түскен өтінішке қолданылатын редакция жоқ.",
    "Нет редакции, действующей для заявления, поступившего {day}.",
    "No edition is in force for an application received on {day}.",
)
_UNNAMED = Text("атаусыз", "без названия", "without a name")
_SINCE = Text("{day} күнінен бастап", "с {day}", "from {day}")
_BEFORE = Text("{day} күніне дейін", "до {day}", "until before {day}")
_REPLACED = Text("ауыстырылды", "заменена", "replaced")
_ALWAYS = Text("мерзімсіз", "бессрочно", "without bounds")


def not_in_force(process: str, day: date, editions: Sequence[Edition], asked: Edition | None = None) -> Invalid:
    """asked: the edition that was named, None: any would have done."""
    text = _NOT_IN_FORCE if asked is None else _OTHER_EDITION
    words = {
        lang: text.get(lang).format(
            process=process,
            day=day_in_words(day, lang),
            edition="" if asked is None else name_of(asked, lang),
            editions="; ".join(f"{name_of(one, lang)} ({dates_of(one, lang)})" for one in editions),
        )
        for lang in LANGUAGES
    }
    details = {
        "processDefinitionKey": process,
        "dayOfReceipt": day.isoformat(),
        "editions": [
            {"edition": one.name, "inForceFrom": iso(one.begins), "inForceUntil": iso(one.ends)} for one in editions
        ],
    }
    return Invalid(words["en"], details=details, words=words)


def no_edition(day: date) -> Text:
    """Why a service is not started on a day."""
    return Text(*(_NONE.get(lang).format(day=day_in_words(day, lang)) for lang in LANGUAGES))


def name_of(one: Edition, lang: str) -> str:
    return one.name or _UNNAMED.get(lang)


def dates_of(one: Edition, lang: str) -> str:
    """From which day on, and before which day, it is in force."""
    if one.is_replaced:
        return _REPLACED.get(lang)
    parts = [
        text.get(lang).format(day=day_in_words(day, lang))
        for text, day in ((_SINCE, one.begins), (_BEFORE, one.ends))
        if day is not None
    ]
    return ", ".join(parts) or _ALWAYS.get(lang)


def iso(day: date | None) -> str | None:
    """The day as text; none for the end of what is replaced."""
    return None if day is None or day == date.min else day.isoformat()
