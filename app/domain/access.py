"""Who may see and do what. Plain rules over an actor and the facts of a task."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. memberships: (group id, tenant id); an administrator may do everything, in every organisation."""

    user_id: str
    administrator: bool
    memberships: frozenset[tuple[str, str]]

    @property
    def groups(self) -> frozenset[str]:
        return frozenset(group for group, _ in self.memberships)

    @property
    def tenants(self) -> frozenset[str]:
        return frozenset(tenant for _, tenant in self.memberships)

    def groups_in(self, tenant: str | None) -> frozenset[str]:
        return frozenset(group for group, where in self.memberships if where == tenant)

    def belongs_to(self, tenant: str | None) -> bool:
        """Whether the actor may see what belongs to this organisation at all; None is common to all."""
        return self.administrator or tenant is None or tenant in self.tenants


def may_see_task(
    actor: Actor,
    *,
    tenant: str | None,
    assignee: str | None,
    candidate_groups: Collection[str],
    candidate_users: Collection[str],
    owner: str | None = None,
) -> bool:
    """A task is seen by its assignee, owner and candidates, and by the members of its candidate group in its organisation."""
    if actor.administrator:
        return True
    if not actor.belongs_to(tenant):
        return False
    if actor.user_id in (assignee, owner) or actor.user_id in candidate_users:
        return True
    groups = actor.groups if tenant is None else actor.groups_in(tenant)
    return not groups.isdisjoint(candidate_groups)
