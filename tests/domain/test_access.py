"""Who sees which tasks, and in whose right."""

from app.domain.people.access import Actor, Substitution, rights_to_task
from app.domain.people.audience import Audience

A, B = "aktobe-gask", "industrial-safety-committee"
CLERK = Actor("clerk", False, frozenset({("clerk", A), ("clerk", B)}))
HEADS = Substitution("boss", "Басшы", A, frozenset({"head", "clerk"}))
DEPUTY = Actor("clerk", False, CLERK.memberships, (HEADS,))


def rights(actor: Actor, tenant: str | None = A, assignee: str | None = None, group: str = "head") -> list[str]:
    return rights_to_task(actor, tenant=tenant, assignee=assignee, candidate_groups=[group], candidate_users=[])


def test_a_deputy_sees_what_the_absent_sees_in_that_organisation_alone() -> None:
    assert rights(CLERK) == []
    assert rights(DEPUTY) == ["boss"]
    assert rights(DEPUTY, B) == []
    assert rights(DEPUTY, None) == []
    assert rights(DEPUTY, assignee="boss", group="executor") == ["boss"]
    assert rights(DEPUTY, B, assignee="boss", group="executor") == []


def test_a_deputy_acts_in_his_own_right_first() -> None:
    assert rights(DEPUTY, group="clerk") == ["clerk", "boss"]


def test_a_deputy_does_not_see_what_the_absent_does_not() -> None:
    assert rights(DEPUTY, group="executor") == []


def test_what_changes_for_the_absent_concerns_his_deputy() -> None:
    of_heads, of_boss = Audience(A, frozenset({"head"}), frozenset()), Audience(A, frozenset(), frozenset({"boss"}))
    assert [one.has(DEPUTY) for one in (of_heads, of_boss)] == [True, True]
    assert [one.has(CLERK) for one in (of_heads, of_boss)] == [False, False]
    assert not Audience(B, frozenset({"head"}), frozenset({"boss"})).has(DEPUTY)
