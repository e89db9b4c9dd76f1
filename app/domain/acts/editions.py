"""The editions of an act: which wording of the law a model follows, and on which days it is in force.

A process says it in extension properties: `law.edition` (its name, by which people cite it), `law.inForceFrom` (the first
day) and `law.inForceUntil` (the first day on which it is in force no more). A model that names none of them is in force
until the first edition of its process begins.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

EDITION, IN_FORCE_FROM, IN_FORCE_UNTIL = "law.edition", "law.inForceFrom", "law.inForceUntil"


@dataclass(frozen=True, slots=True)
class Edition:
    """name: None of a model that names no edition. In force on the days from `begins`, up to but not on `ends`, in the zone
    of who handles applications. begins: None: always was; ends: None: until the next edition of the process begins."""

    name: str | None = None
    begins: date | None = None
    ends: date | None = None

    @property
    def is_replaced(self) -> bool:
        """Whether it is in force on no day, for one that always was takes its place: what names no edition, by one that does."""
        return self.ends == date.min

    def holds_on(self, day: date) -> bool:
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


def edition(properties: Mapping[str, str]) -> Edition:
    """The edition that a process follows. Raises ValueError with the property that holds no day."""
    begins, ends = (_day(properties, name) for name in (IN_FORCE_FROM, IN_FORCE_UNTIL))
    return Edition(properties.get(EDITION) or None, begins, ends)


def _day(properties: Mapping[str, str], name: str) -> date | None:
    text = properties.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(name) from error


def in_turn(editions: Iterable[Edition]) -> list[Edition]:
    """The editions of a process by their first days, each with the day on which it ends, its own or that on which the
    next begins; what names no edition comes first, up to the first that does."""
    found = sorted(editions, key=_order)
    return [*(_up_to(one, following) for one, following in pairwise(found)), *found[-1:]]


def _order(one: Edition) -> tuple[bool, date]:
    return one.name is not None, one.begins or date.min


def _up_to(one: Edition, following: Edition) -> Edition:
    until = following.begins or date.min
    return replace(one, ends=until if one.ends is None else min(one.ends, until))


def overlapping(one: Edition, others: Iterable[Edition]) -> Edition | None:
    """The first of the others that is in force on a day on which `one` says that it is. Of two that name no end the later
    follows the earlier; both beginning on one day, they overlap."""
    own = [other for other in others if other.name not in (None, one.name)]
    return next((other for other in sorted(own, key=_order) if _overlap(*sorted((one, other), key=_order))), None)


def _overlap(earlier: Edition, later: Edition) -> bool:
    begins = later.begins or date.min
    return begins == (earlier.begins or date.min) or (earlier.ends is not None and begins < earlier.ends)
