"""What a check has to say of a model or of its act."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.conformity.texts import TEXTS
from app.domain.terms.calendar import LANGUAGES, Text

Word = str | int | Text


class Check(StrEnum):
    COVERAGE = "coverage"
    ROLE = "role"
    TIME = "time"
    SOUNDNESS = "soundness"
    RESULTS = "results"
    CONFLICTS = "conflicts"


class Severity(StrEnum):
    FINDING = "finding"
    """The model does not do what its act says, or cannot be proved to."""
    NOTE = "note"
    """About the act, or about what the check cannot tell; nothing that the model could do better by itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """code: a key of TEXTS; element: the step's id; message: by language; path: the steps on the way to it."""

    check: Check
    severity: Severity
    code: str
    service: str | None
    clause: str | None
    element: str | None
    message: Mapping[str, str]
    path: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "check": self.check.value,
            "severity": self.severity.value,
            "code": self.code,
            "service": self.service,
            "clause": self.clause,
            "element": self.element,
            "message": dict(self.message),
            "path": list(self.path),
        }


def found(
    code: str,
    *,
    service: str | None = None,
    clause: str | None = None,
    element: str | None = None,
    path: tuple[str, ...] = (),
    note: bool = False,
    **words: Word,
) -> Finding:
    """The finding `code`; `words` fill the gaps of its texts, `{clause}` and `{element}` are always there."""
    check, text = TEXTS[code]
    given = {"clause": clause or "", "element": element or ""} | words
    message = {
        language: text.get(language).format_map(
            {name: word.get(language) if isinstance(word, Text) else word for name, word in given.items()}
        )
        for language in LANGUAGES
    }
    severity = Severity.NOTE if note else Severity.FINDING
    return Finding(Check(check), severity, code, service, clause, element, message, path)
