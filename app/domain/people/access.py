"""Who may see and do what. Plain rules over an actor and the facts of a task."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.terms.calendar import Text


@dataclass(frozen=True, slots=True)
class Substitution:
    """For whom a deputy acts while he is absent: in one organisation, with the roles that he holds there.

    name: of the absent, to be read.
    """

    absent: str
    name: str
    tenant: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is absent until a day, which is included, and a deputy, by name, acts for him."""

    last: date
    deputy: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What is shown of a person, and how: his name, the names of his organisations by id, his absence at the moment, and
    the language that he has chosen, if any."""

    name: str = ""
    organisations: Mapping[str, Text] = field(default_factory=dict)
    away: Away | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. memberships: (group id, tenant id); an administrator may do everything, in every organisation.

    substitutions: in force at the moment. They give the tasks of the absent and nothing else: not his rights as a head
    or an administrator, and not the tasks of those for whom he acts himself. profile: gives no rights.
    """

    user_id: str
    administrator: bool
    memberships: frozenset[tuple[str, str]]
    substitutions: tuple[Substitution, ...] = ()
    profile: Profile = field(default=Profile(), compare=False)

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

    def rights_in(self, tenant: str | None) -> Iterator[tuple[str, frozenset[str]]]:
        """In whose right the actor works tasks of an organisation, his own first: (person, groups)."""
        yield self.user_id, self.groups if tenant is None else self.groups_in(tenant)
        for one in self.substitutions:
            if one.tenant == tenant:
                yield one.absent, one.groups

    def people_in(self, tenant: str | None) -> frozenset[str]:
        """The actor, and those for whom he acts in an organisation."""
        return frozenset(person for person, _ in self.rights_in(tenant))

    def working_groups_in(self, tenant: str | None) -> frozenset[str]:
        """The groups whose tasks the actor may take there, as himself or as a deputy."""
        return frozenset(group for _, groups in self.rights_in(tenant) for group in groups)


def rights_to_task(
    actor: Actor,
    *,
    tenant: str | None,
    assignee: str | None,
    candidate_groups: Collection[str],
    candidate_users: Collection[str],
    owner: str | None = None,
) -> list[str]:
    """In whose right the actor sees a task: his own first, then of those for whom he acts; empty: he does not see it.

    A task is seen by its assignee, owner and candidates, and by the members of its candidate group in its organisation.
    """
    if actor.administrator:
        return [actor.user_id]
    if not actor.belongs_to(tenant):
        return []
    return [
        person
        for person, groups in actor.rights_in(tenant)
        if person in (assignee, owner) or person in candidate_users or not groups.isdisjoint(candidate_groups)
    ]
