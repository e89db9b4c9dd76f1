"""Who may see a case, by the marks that it keeps."""

import pytest

from app.domain.people.access import Actor, Substitution
from app.domain.people.case_access import marks, may_see_case

HERE, THERE = "aktobe-gask", "industrial-safety-committee"


def person(user_id: str, *memberships: tuple[str, str], substitutions: tuple[Substitution, ...] = ()) -> Actor:
    return Actor(user_id, False, frozenset(memberships), substitutions)


CASE = sorted(marks(HERE, ["clerk", "applicant"], ["aliya", None]))


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (person("one", ("clerk", HERE)), True),
        (person("one", ("head", HERE)), False),
        (person("one", ("applicant", HERE)), False),
        (person("one", ("clerk", THERE)), False),
        (person("one", ("clerk", THERE), ("head", HERE)), False),
        (person("aliya", ("applicant", HERE)), True),
        (person("aliya", ("applicant", THERE)), False),
        (person("clerk", ("head", HERE)), False),
        (Actor("admin", True, frozenset()), True),
    ],
)
def test_a_case_is_seen_by_groups_and_people_of_its_organisation(actor: Actor, sees: bool) -> None:
    assert may_see_case(actor, tenant=HERE, viewers=CASE) is sees


def test_a_deputy_sees_what_the_absent_sees_there() -> None:
    absent = Substitution("aliya", "Әлия", HERE, frozenset({"head"}))
    deputy = person("deputy", ("executor", HERE), ("executor", THERE), substitutions=(absent,))
    assert may_see_case(deputy, tenant=HERE, viewers=marks(HERE, ["head"]))
    assert may_see_case(deputy, tenant=HERE, viewers=marks(HERE, people=["aliya"]))
    assert not may_see_case(deputy, tenant=THERE, viewers=marks(THERE, ["head"]))


def test_a_case_without_marks_is_seen_by_administrators_alone() -> None:
    assert not may_see_case(person("one", ("clerk", HERE)), tenant=HERE, viewers=())
    assert not may_see_case(person("one", ("clerk", HERE)), tenant=None, viewers=())
    assert may_see_case(Actor("admin", True, frozenset()), tenant=HERE, viewers=())
