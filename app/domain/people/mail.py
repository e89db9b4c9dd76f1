"""What a person gets by e-mail, beside the notices that the pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.people.notices import Kind
from app.domain.terms.calendar import LANGUAGES

USUAL = frozenset(
    {
        Kind.ASSIGNED,
        Kind.DELEGATED,
        Kind.REOPENED,
        Kind.SOON,
        Kind.OVERDUE,
        Kind.CALENDAR,
        Kind.TEAM_OVERDUE,
        Kind.DEPUTY,
    }
)
"""What comes to who has not chosen: what is to be done, what is late, what the calendar has moved, and for whom one is to act."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The language of letters, and of which kinds they are."""

    language: str = LANGUAGES[0]
    kinds: frozenset[Kind] = USUAL

    def to_dict(self) -> dict[str, Any]:
        return {"language": self.language, "kinds": sorted(self.kinds)}

    @staticmethod
    def of(kept: Mapping[str, Any] | None) -> "Wishes":
        """What `to_dict` wrote; None: the person has not chosen."""
        if kept is None:
            return Wishes()
        known = {kind.value for kind in Kind}
        return Wishes(kept["language"], frozenset(Kind(one) for one in kept["kinds"] if one in known))
