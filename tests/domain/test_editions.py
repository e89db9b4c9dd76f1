"""Which edition of the law is in force on a day."""

from datetime import date

import pytest

from app.domain.acts.editions import Edition, edition, in_turn, overlapping

JULY, OCTOBER, NEW_YEAR = date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)
FIRST, SECOND = Edition("first", None, JULY), Edition("second", JULY)


def test_the_properties_of_a_process_name_its_edition_and_its_days() -> None:
    said = {"law.edition": "№ 254", "law.inForceFrom": "2026-07-01", "law.inForceUntil": "2026-10-01"}
    assert edition(said) == Edition("№ 254", JULY, OCTOBER)
    assert edition({}) == Edition()
    with pytest.raises(ValueError, match=r"^law\.inForceFrom$"):
        edition({"law.inForceFrom": "1 July"})


def test_an_edition_holds_from_its_first_day_up_to_the_day_on_which_it_ends() -> None:
    one = Edition("one", JULY, OCTOBER)
    days = (date(2026, 6, 30), JULY, date(2026, 9, 30), OCTOBER)
    assert [one.holds_on(day) for day in days] == [False, True, True, False]


def test_an_edition_that_names_no_end_gives_way_to_the_next() -> None:
    later, earlier = Edition("later", JULY), Edition("earlier", date(2025, 1, 1))
    assert in_turn([later, earlier]) == [Edition("earlier", date(2025, 1, 1), JULY), later]


def test_a_gap_that_an_edition_names_stays_a_gap() -> None:
    assert in_turn([Edition("b", OCTOBER), Edition("a", None, JULY)]) == [
        Edition("a", None, JULY),
        Edition("b", OCTOBER),
    ]


def test_what_names_no_edition_is_in_force_until_the_first_that_does() -> None:
    assert in_turn([SECOND, Edition()]) == [Edition(None, None, JULY), SECOND]


@pytest.mark.parametrize(
    ("one", "others", "found"),
    [
        (Edition("late", date(2026, 6, 30)), [FIRST], FIRST),
        (Edition("early", None, OCTOBER), [SECOND], SECOND),
        (Edition("same", JULY), [SECOND], SECOND),
        (Edition("within", date(2026, 8, 1), OCTOBER), [Edition("around", JULY, NEW_YEAR)], Edition("around", JULY, NEW_YEAR)),
        (Edition("next", OCTOBER), [FIRST, SECOND], None),
        (Edition("touching", JULY, OCTOBER), [FIRST, Edition("third", OCTOBER)], None),
        (Edition("second", date(2026, 6, 1)), [Edition("second", JULY)], None),
        (SECOND, [Edition()], None),
    ],
)  # fmt: skip
def test_editions_overlap_where_both_say_that_a_day_is_theirs(
    one: Edition, others: list[Edition], found: Edition | None
) -> None:
    assert overlapping(one, others) == found
