"""How the clause of an act is cited in Kazakh, Russian and English. Clauses are kept as the Kazakh acts write them."""

import re

from app.domain.calendar import Text

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


def clause_in_words(clause: str, lang: str) -> str:
    """The citation in brackets, after a space: " (основание: приложение 2, пункт 3)". ValueError for another language."""
    words = clause if lang == "kk" else _NUMBERED_UNIT.sub(lambda found: _unit_of_act(found, lang), clause)
    return (_CLAUSE if words[0].isdigit() else _NAMED_CLAUSE).get(lang).format(clause=words)


def _unit_of_act(found: re.Match[str], lang: str) -> str:
    slash, number, unit = found.groups()
    return f"{', ' if slash else ''}{_UNITS_OF_ACTS[unit].get(lang)} {number}"
