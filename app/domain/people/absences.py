"""Absences with a deputy: which of them stand in each other's way. Plain rules; days are those of the organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is absent from the first to the last day, both included, and the deputy acts for him."""

    absent: str
    deputy: str
    first: date
    last: date

    def meets(self, first: date, last: date) -> bool:
        """Whether it has a day in common with these."""
        return self.first <= last and first <= self.last


def of_person(standing: Collection[Absence], person: str, first: date, last: date) -> Absence | None:
    """An absence of a person that has a day in common with these."""
    return next((one for one in standing if one.absent == person and one.meets(first, last)), None)


def comes_back(new: Absence, standing: Collection[Absence]) -> bool:
    """Whether on some day the deputy's deputy, or his, and so on, would be the one who is absent."""
    ways = [(new.deputy, new.first, new.last)]
    seen = set()
    while ways:
        person, first, last = ways.pop()
        if person == new.absent:
            return True
        for one in standing:
            if one.absent == person and one.meets(first, last):
                way = (one.deputy, max(first, one.first), min(last, one.last))
                if way not in seen:
                    seen.add(way)
                    ways.append(way)
    return False
