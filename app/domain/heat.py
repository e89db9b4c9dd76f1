"""Levels of a heat map: how much more something is than the rest, in a few steps that people can name."""

from bisect import bisect_right
from collections.abc import Collection, Sequence

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
LASTING = (
    *(15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR),
    *(days * DAY for days in (1, 2, 3, 5, 7, 10, 14, 21, 30, 60, 90, 180, 365)),
)
"""Seconds: what a length of time is compared with."""
MANY = (2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 10_000.0)
LEVELS = 5


def bounds(values: Collection[float], ladder: Sequence[float]) -> Sequence[float]:
    """Where one level ends and the next begins, rising: of what on a ladder tells values apart, so many that there are LEVELS,
    evenly; fewer where there are fewer, none where all values are alike."""
    apart = ladder[bisect_right(ladder, min(values, default=0)) : bisect_right(ladder, max(values, default=0))]
    if len(apart) < LEVELS:
        return apart
    step = (len(apart) - 1) / (LEVELS - 2)
    return [apart[round(number * step)] for number in range(LEVELS - 1)]


def level(value: float, between: Sequence[float]) -> int:
    """From 1; at a bound the higher one."""
    return 1 + bisect_right(between, value)
