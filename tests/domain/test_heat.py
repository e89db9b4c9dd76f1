"""Levels of a heat map."""

import pytest

from app.domain.heat import DAY, HOUR, LASTING, LEVELS, bounds, level


@pytest.mark.parametrize(
    ("values", "between"),
    [
        ([], []),
        ([2 * DAY] * 3, []),
        ([43 * HOUR, 2 * DAY, 2.5 * DAY], [2 * DAY]),
        ([10.0, 5 * HOUR], [900.0, HOUR, 4 * HOUR]),
        ([10.0, 400 * DAY], [900.0, 2 * DAY, 21 * DAY, 365 * DAY]),
    ],
)
def test_levels_end_where_people_count_and_tell_values_apart(values: list[float], between: list[float]) -> None:
    assert list(bounds(values, LASTING)) == between
    assert {level(one, between) for one in values} <= set(range(1, LEVELS + 1))


def test_a_value_at_a_bound_is_of_the_higher_level() -> None:
    assert [level(one, (HOUR, DAY)) for one in (0.0, HOUR, 2 * HOUR, DAY, 9 * DAY)] == [1, 2, 2, 3, 3]
