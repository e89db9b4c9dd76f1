"""Which steps of an act the parts of a sum of terms are."""

import pytest

from app.domain.terms.term_steps import Limit, Span, steps_of_parts

MINUTES, HOURS, DAY, DAYS = ("minutes", 15), ("hours", 2), ("working_days", 1), ("working_days", 5)
STEPS = [MINUTES, None, HOURS, DAYS, DAY, DAY, DAYS, MINUTES]


@pytest.mark.parametrize(
    ("parts", "places"),
    [
        ([HOURS, DAYS, DAY], [(2, 2), (3, 3), (4, 4)]),
        ([MINUTES, HOURS], [(0, 0), (2, 2)]),
        ([MINUTES, HOURS, DAYS, DAYS], [(0, 0), (2, 2), (3, 3), (6, 6)]),
        ([MINUTES, HOURS, DAY], [(0, 0), (2, 2), (4, 5)]),
        ([HOURS, DAYS, HOURS], [(2, 2), (3, 3), None]),
        ([("hours", 9)], [None]),
        ([], []),
    ],
)
def test_a_part_is_named_by_the_step_that_alone_it_can_be(parts: list[Limit], places: list[Span | None]) -> None:
    assert steps_of_parts(parts, STEPS) == places
