"""Who may see a case: who may see a task of it, open or ended, and who started it.

A case keeps marks of all of them, so that a search compares what a person holds with what each case keeps. An applicant
sees only what he started or is assigned in, however many others apply with the same role.
"""

from collections.abc import Collection, Iterable

from app.domain.people.access import Actor
from app.domain.people.designers import DESIGNER

OWN_CASES_ONLY = frozenset({"applicant"})
"""Roles that open no case by themselves."""
NOT_STAFF = OWN_CASES_ONLY | {DESIGNER}
"""Roles that work no cases of others: not at the counter and not behind it."""
_GROUP, _PERSON = "group:", "person:"


def works_there(actor: Actor, tenant: str | None) -> bool:
    """Whether a person is of the staff of an organisation, or acts for somebody who is; not who only applies or designs there."""
    return actor.administrator or not actor.working_groups_in(tenant) <= NOT_STAFF


def marks(tenant: str | None, groups: Iterable[str] = (), people: Iterable[str | None] = ()) -> set[str]:
    """What a case of an organisation keeps of these groups and people.

    A group is marked with the organisation: how many cases it sees there is then known to the one who plans a search.
    """
    opened = {f"{_GROUP}{tenant or ''}:{group}" for group in groups if group not in OWN_CASES_ONLY}
    return opened | {_PERSON + person for person in people if person}


def held(actor: Actor, tenant: str | None) -> set[str]:
    """The marks by which a person sees cases of an organisation, those of the absent for whom he acts among them."""
    found: set[str] = set()
    for person, groups in actor.rights_in(tenant):
        found |= marks(tenant, groups, [person])
    return found


def may_see_case(actor: Actor, *, tenant: str | None, viewers: Collection[str]) -> bool:
    """viewers: the marks that the case keeps. Nobody sees cases of an organisation that he does not belong to."""
    if actor.administrator:
        return True
    return actor.belongs_to(tenant) and not held(actor, tenant).isdisjoint(viewers)
