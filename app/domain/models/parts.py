"""What changed from one version of a form or a decision to another: its fields, columns and rules, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.domain.models.difference import Change, Property
from app.domain.terms.calendar import Text


class PartKind(StrEnum):
    FORM = "form"
    FIELD = "field"
    DECISION = "decision"
    INPUT = "input"
    OUTPUT = "output"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Part:
    """says: what it says, as text by name; of a rule what stands in its cells, by the titles of the columns."""

    kind: PartKind
    name: Text
    says: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One part that is not as it was, with its name in the version that has it, the newer where both do. moved: whether it
    stands at another place among the rest; properties: of a changed part, and all of a rule that came or went."""

    part: Part
    change: Change
    moved: bool = False
    properties: tuple[Property, ...] = ()


def parts_difference(before: Mapping[str, Part], after: Mapping[str, Part]) -> list[PartDifference]:
    """The parts that differ, by what they are found again by, in the order of the newer version, what it has no more at the
    end."""
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    found = [_compared(before.get(key), part, key in moved) for key, part in after.items()]
    gone = [_of_one(part, Change.REMOVED) for key, part in before.items() if key not in after]
    return [one for one in (*found, *gone) if one is not None]


def _compared(old: Part | None, new: Part, moved: bool) -> PartDifference | None:
    if old is None:
        return _of_one(new, Change.ADDED)
    changed = _properties(old.says, new.says)
    if changed:
        return PartDifference(new, Change.CHANGED, moved, changed)
    return PartDifference(new, Change.MOVED, moved=True) if moved else None


def _of_one(part: Part, change: Change) -> PartDifference:
    """A part that is in one version alone."""
    if part.kind is not PartKind.RULE:
        return PartDifference(part, change)
    sides = ({}, part.says) if change is Change.ADDED else (part.says, {})
    return PartDifference(part, change, properties=_properties(*sides))


def _properties(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Property, ...]:
    return tuple(
        Property(name, before.get(name), after.get(name))
        for name in dict.fromkeys((*after, *before))
        if before.get(name) != after.get(name)
    )


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The keys that are not among the most that kept their order."""
    if before == after:
        return set()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return set(after).difference(key for block in blocks for key in after[block.b : block.b + block.size])
