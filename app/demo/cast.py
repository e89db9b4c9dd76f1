"""Who plays in an organisation of the demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.people.people import actor_of
from app.domain.people.access import Actor
from app.errors import AppError
from app.store.tables import Membership, User


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of an organisation; what is read of them is kept with the session."""

    session: Session
    tenant: str
    rng: Random

    def holders(self, groups: Sequence[str]) -> list[str]:
        """Who has one of the roles, sorted."""
        kept: dict[str, list[tuple[str, str]]] = self.session.info.setdefault("memberships of the office", {})
        if self.tenant not in kept:
            rows = select(Membership.group_id, Membership.user_id).where(Membership.tenant_id == self.tenant)
            kept[self.tenant] = [(row.group_id, row.user_id) for row in self.session.execute(rows)]
        return sorted({person for group, person in kept[self.tenant] if group in groups})

    def one_of(self, groups: Sequence[str], kept_out: frozenset[str] = frozenset()) -> Actor:
        """Who has one of the roles: mostly the first of them. Raises AppError when nobody has."""
        found = [person for person in self.holders(groups) if person not in kept_out]
        if not found:
            raise AppError(f"nobody in {self.tenant} may do the work of {', '.join(groups)}")
        return self.actor(found[0] if self.rng.random() < 0.4 else self.rng.choice(found))

    def actor(self, user_id: str) -> Actor:
        kept: dict[str, Actor] = self.session.info.setdefault("actors of the office", {})
        if user_id not in kept:
            kept[user_id] = actor_of(self.session, user_id)
        return kept[user_id]

    def name(self, user_id: str) -> str:
        """Last name, first name."""
        user = self.session.get_one(User, user_id)
        return " ".join(filter(None, (user.last_name, user.first_name)))
