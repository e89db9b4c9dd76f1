"""What is wrong with a model, said so that its designer can mend it, in Kazakh, Russian and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.definitions.texts import ERROR, TEXTS
from app.definitions.texts.text import Text

LANGUAGES = ("kk", "ru", "en")
_LONGEST_WORD = 200

Word = str | int | Mapping[str, str]
"""What fills a gap in a text: the same in all languages, or one text a language (kk, ru, en)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file an element begins. line, column: counted from 1; element_type: like `userTask`."""

    element_id: str | None = None
    element_name: str | None = None
    element_type: str | None = None
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """severity: `error` (the model cannot be deployed) or `warning`; code: a slug that stays the same.

    message (what is wrong) and hint (how to mend it) hold one text each for kk, ru and en.
    """

    severity: str
    code: str
    element_id: str | None
    element_name: str | None
    element_type: str | None
    line: int
    column: int
    message: Mapping[str, str]
    hint: Mapping[str, str]

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    def to_dict(self) -> dict[str, Any]:
        """The finding as the API shows it."""
        return {
            "severity": self.severity,
            "code": self.code,
            "elementId": self.element_id,
            "elementName": self.element_name,
            "elementType": self.element_type,
            "line": self.line,
            "column": self.column,
            "message": dict(self.message),
            "hint": dict(self.hint),
        }


def finding(code: str, place: Place, **words: Word) -> Finding:
    """The finding `code` (a key of TEXTS) at `place`; `words` fill the gaps of its texts."""
    return worded(TEXTS[code], code, place, words)


def worded(text: Text, code: str, place: Place, words: Mapping[str, Word]) -> Finding:
    """A finding with the texts given, their gaps filled."""
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
