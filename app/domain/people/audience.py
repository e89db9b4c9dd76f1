"""Whom a change concerns, and whether somebody is among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.people.access import Actor
from app.domain.people.team import leads_work


@dataclass(frozen=True, slots=True)
class Audience:
    """The members of groups of an organisation (None: of any), and single people."""

    tenant: str | None
    groups: frozenset[str]
    people: frozenset[str]

    def has(self, actor: Actor) -> bool:
        """Whether it concerns a person, or one for whom he acts; an administrator sees everything."""
        if actor.administrator or not self.people.isdisjoint(actor.people_in(self.tenant)):
            return True
        return not self.groups.isdisjoint(actor.working_groups_in(self.tenant))

    def led_by(self, actor: Actor) -> bool:
        """Whether it is of the work that a person leads."""
        return leads_work(actor, self.tenant)

    def to_dict(self) -> dict[str, Any]:
        return {"tenant": self.tenant, "groups": sorted(self.groups), "people": sorted(self.people)}

    @staticmethod
    def of(given: Mapping[str, Any]) -> "Audience":
        """What `to_dict` wrote."""
        return Audience(given["tenant"], frozenset(given["groups"]), frozenset(given["people"]))


def joined(audiences: Iterable[Audience]) -> list[Audience]:
    """One audience an organisation."""
    found: dict[str | None, Audience] = {}
    for one in audiences:
        known = found.get(one.tenant, Audience(one.tenant, frozenset(), frozenset()))
        found[one.tenant] = Audience(one.tenant, known.groups | one.groups, known.people | one.people)
    return list(found.values())
