"""Chains of deputies that come back."""

from datetime import date

import pytest

from app.domain.people.absences import Absence, comes_back, of_person


def absence(names: str, first: int = 1, last: int = 10) -> Absence:
    """`ab`: a is absent, b is the deputy; days of March 2026."""
    return Absence(names[0], names[1], date(2026, 3, first), date(2026, 3, last))


@pytest.mark.parametrize(
    ("standing", "circle"),
    [
        ([], False),
        ([absence("ba")], True),
        ([absence("bc"), absence("ca")], True),
        ([absence("bc"), absence("cd"), absence("de")], False),
        ([absence("bc"), absence("cd"), absence("da")], True),
        ([absence("ca")], False),
        ([absence("bc"), absence("cb")], False),
    ],
)
def test_a_chain_of_any_length_that_leads_to_the_absent_comes_back(standing: list[Absence], circle: bool) -> None:
    assert comes_back(absence("ab"), standing) is circle


@pytest.mark.parametrize(("first", "last", "circle"), [(10, 12, True), (11, 12, False), (1, 1, True)])
def test_both_the_first_and_the_last_day_belong_to_an_absence(first: int, last: int, circle: bool) -> None:
    assert comes_back(absence("ab"), [absence("ba", first, last)]) is circle


def test_a_chain_whose_links_meet_on_no_common_day_does_not_come_back() -> None:
    assert not comes_back(absence("ab", 1, 10), [absence("bc", 8, 15), absence("ca", 14, 20)])
    assert not comes_back(absence("ab", 1, 20), [absence("bc", 1, 5), absence("ca", 6, 20)])
    assert comes_back(absence("ab", 1, 20), [absence("bc", 1, 6), absence("ca", 6, 20)])


def test_of_several_absences_of_the_deputy_any_may_close_the_circle() -> None:
    standing = [absence("bc", 1, 3), absence("bd", 5, 7), absence("da", 6, 6)]
    assert comes_back(absence("ab"), standing)


def test_the_absence_in_the_way_is_found_by_its_days() -> None:
    standing = [absence("ab", 1, 5), absence("cb", 6, 9)]
    assert of_person(standing, "a", date(2026, 3, 5), date(2026, 3, 9)) == standing[0]
    assert of_person(standing, "a", date(2026, 3, 6), date(2026, 3, 9)) is None
