"""How the clause of an act is cited in Kazakh, Russian and English.

Clauses are kept as the acts write them: by the number of an item ("5.3", "9-15"), by numbered units in Kazakh ("2-қосымша,
3-тармақ", "5/4-рәсім"), and, of the flows that several acts repeat, in English ("process 1").
"""

import re

from app.domain.terms.calendar import Text

_CLAUSE = Text(" (негізі: {clause})", " (основание: {clause})", " (clause {clause})")
_NAMED_CLAUSE = Text(" (негізі: {clause})", " (основание: {clause})", " ({clause})")
_ITEM = Text("{clause}-тармақ", "пункт {clause}", "item {clause}")
_ITEMS = Text("{clause}-тармақтар", "пункты {clause}", "items {clause}")
_UNITS = (
    Text("қосымша", "приложение", "appendix"),
    Text("тарау", "глава", "chapter"),
    Text("тармақ", "пункт", "item"),
    Text("тармақша", "подпункт", "sub-item"),
    Text("рәсім", "процедура", "procedure"),
    Text("процесс", "процесс", "process"),
    Text("шарт", "условие", "condition"),
)
_REMARKS = {
    one.en: one
    for one in (
        Text("соңғы абзац", "последний абзац", "last paragraph"),
        Text("бас тарту", "отказ", "refusal"),
        Text("телнұсқа", "дубликат", "duplicate"),
    )
}
_KAZAKH, _ENGLISH = {unit.kk: unit for unit in _UNITS}, {unit.en: unit for unit in _UNITS}
_IN_KAZAKH = re.compile(rf"(/?)([0-9]+)-({'|'.join(_KAZAKH)})\b")
_IN_ENGLISH = re.compile(rf"\b({'|'.join(_ENGLISH)}) ([0-9]+)\b")
_REMARK = re.compile(rf"\(({'|'.join(_REMARKS)})\)")


def clause_in_words(clause: str, lang: str) -> str:
    """The citation in brackets, after a space: " (основание: приложение 2, пункт 3)". ValueError for another language."""
    words = _translated(clause, lang)
    return (_CLAUSE if words[0].isdigit() else _NAMED_CLAUSE).get(lang).format(clause=words)


def cited(clause: str, lang: str) -> str:
    """The citation by itself: "пункт 5.3", "5/4-рәсім", "process 1". ValueError for a language other than kk, ru, en."""
    words = _translated(clause, lang)
    if not words[0].isdigit() or (lang == "kk" and _IN_KAZAKH.search(words)):
        return words
    several = _IN_KAZAKH.search(clause) is None and re.search("[,-]", clause) is not None
    number, gap, remark = words.partition(" (")
    return (_ITEMS if several else _ITEM).get(lang).format(clause=number) + gap + remark


def _translated(clause: str, lang: str) -> str:
    words = _REMARK.sub(lambda found: f"({_REMARKS[found[1]].get(lang)})", clause)
    if lang == "kk":
        return _IN_ENGLISH.sub(lambda found: f"{found[2]}-{_ENGLISH[found[1]].kk}", words)
    words = _IN_ENGLISH.sub(lambda found: f"{_ENGLISH[found[1]].get(lang)} {found[2]}", words)
    return _IN_KAZAKH.sub(lambda found: _unit(found, lang), words)


def _unit(found: re.Match[str], lang: str) -> str:
    slash, number, unit = found.groups()
    return f"{', ' if slash else ''}{_KAZAKH[unit].get(lang)} {number}"
