"""Findings of decision models: as those of processes, with texts of their own."""

from collections.abc import Mapping

from app.definitions.decisions.texts import DECISION_TEXTS
from app.definitions.findings import LANGUAGES, Finding, Place, Word

_LONGEST_WORD = 200


def finding(code: str, place: Place, **words: Word) -> Finding:
    """The finding `code` (a key of DECISION_TEXTS) at `place`; `words` fill the gaps of its texts."""
    text = DECISION_TEXTS[code]
    return Finding(
        text.severity,
        code,
        place.element_id,
        place.element_name,
        place.element_type,
        place.line,
        place.column,
        {language: _fill(text.message[language], language, words) for language in LANGUAGES},
        {language: _fill(text.hint[language], language, words) for language in LANGUAGES},
    )


def _fill(template: str, language: str, words: Mapping[str, Word]) -> str:
    return template.format_map({name: _shown(word, language) for name, word in words.items()})


def _shown(word: Word, language: str) -> str:
    text = word[language] if isinstance(word, Mapping) else str(word)
    return text if len(text) <= _LONGEST_WORD else text[:_LONGEST_WORD] + "…"
