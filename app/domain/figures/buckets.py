"""Durations in buckets, so that percentiles of any period are known from sums: days each for itself, times within 5 %."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, expm1, log

GROWTH = log(1.1)
"""Of times, in seconds: bucket n begins at MINUTE * (1.1 ** n - 1); `store.figures` has the same in SQL."""
MINUTE = 60
PERCENTS = (50, 90, 95)


@dataclass(frozen=True, slots=True)
class Durations:
    """How long n of a kind took: the average, exact, and percentiles by the nearest rank. In seconds, or days."""

    n: int = 0
    average: float | None = None
    median: float | None = None
    p90: float | None = None
    p95: float | None = None


def of_seconds(bucket: int) -> float:
    """The middle of a bucket of times."""
    return MINUTE * expm1((bucket + 0.5) * GROWTH)


def durations(total: int, counts: Mapping[int, int], *, days: bool) -> Durations:
    """total: the sum of all; counts: how many lie in each bucket."""
    n = sum(counts.values())
    if n <= 0:
        return Durations()
    found = [percentile(counts, n, percent) for percent in PERCENTS]
    return Durations(n, total / n, *(float(one) if days else of_seconds(one) for one in found))


def percentile(counts: Mapping[int, int], n: int, percent: int) -> int:
    """The bucket in which so many percent of n are reached."""
    rank, reached, last = ceil(n * percent / 100), 0, 0
    for bucket in sorted(counts):
        reached, last = reached + counts[bucket], bucket
        if reached >= rank:
            break
    return last
