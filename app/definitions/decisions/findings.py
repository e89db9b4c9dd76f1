"""Findings of decision models: as those of processes, with texts of their own."""

from app.definitions.decisions.texts import DECISION_TEXTS
from app.definitions.findings import Finding, Place, Word, worded


def finding(code: str, place: Place, **words: Word) -> Finding:
    """The finding `code` (a key of DECISION_TEXTS) at `place`; `words` fill the gaps of its texts."""
    return worded(DECISION_TEXTS[code], code, place, words)
