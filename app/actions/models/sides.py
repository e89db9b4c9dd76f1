"""The two versions that are compared, and what one says other than the other, in words."""

from dataclasses import dataclass

from app.actions.models.editions import edition_of
from app.domain.acts.editions import Edition
from app.domain.models.model import Process
from app.domain.terms.calendar import LANGUAGES, Text
from app.store.tables import Definition


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions. source: its file."""

    definition: Definition
    source: bytes
    process: Process

    @property
    def edition(self) -> Edition:
        return edition_of(self.definition)


@dataclass(frozen=True, slots=True)
class Said:
    """A property in words. legal: whether the act itself says it; before, after: None where it said or says nothing."""

    name: str
    label: Text
    legal: bool
    before: Text | None
    after: Text | None

    @property
    def sentence(self) -> Text:
        """ "limit 3 working days → 5 working days"."""
        sides = {lang: [_shown(self.before, lang), _shown(self.after, lang)] for lang in LANGUAGES}
        return Text(*(f"{self.label.get(lang)} {' → '.join(sides[lang])}" for lang in LANGUAGES))


def _shown(side: Text | None, lang: str) -> str:
    return "–" if side is None else side.get(lang)
