"""Durations as terms count, percentiles from buckets, periods."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import ceil, floor, log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures.buckets import GROWTH, MINUTE, durations
from app.domain.figures.durations import counted, worked
from app.domain.figures.outcomes import Outcome, ground_of, outcome_of
from app.domain.figures.periods import ONE_DAY, Span, Step
from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.case_clock import Clock, Pause
from app.domain.terms.explanation import Rule

CALENDAR = WorkCalendar()
MONDAY = datetime(2026, 3, 2, 5, tzinfo=UTC)
"""At 10:00 in Almaty; a day works 9:00 to 18:30 but for 13:00 to 14:30."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("unit", "end", "pauses", "used"),
    [
        (Rule.WORKING_DAYS, MONDAY + 8 * HOUR, [], 0),
        (Rule.WORKING_DAYS, MONDAY + 4 * DAY, [], 4),
        (Rule.WORKING_DAYS, MONDAY + 7 * DAY, [], 5),
        (Rule.WORKING_DAYS, MONDAY + 7 * DAY, [(MONDAY + DAY, MONDAY + 3 * DAY)], 3),
        (Rule.WORKING_DAYS, MONDAY + 7 * DAY, [(MONDAY - DAY, MONDAY + 8 * DAY)], 0),
        (Rule.CALENDAR_DAYS, MONDAY + 7 * DAY, [], 7),
        (Rule.CALENDAR_DAYS, MONDAY + 7 * DAY, [(MONDAY + DAY, MONDAY + 3 * DAY)], 5),
        (Rule.MINUTES, MONDAY + DAY, [], 8 * 3600),
        (Rule.MINUTES, MONDAY + DAY, [(MONDAY + HOUR, MONDAY + 2 * HOUR)], 7 * 3600),
        (Rule.ELAPSED_MINUTES, MONDAY + DAY, [(MONDAY + HOUR, MONDAY + 2 * HOUR)], 23 * 3600),
    ],
)
def test_what_is_used_of_a_term_is_counted_in_its_unit_without_pauses(
    unit: Rule, end: datetime, pauses: list[tuple[datetime, datetime]], used: int
) -> None:
    clock = Clock(tuple(Pause(start, over, "why", "5", "head") for start, over in pauses))
    assert counted(CALENDAR, unit, MONDAY, end, clock) == used


def test_an_application_of_the_weekend_is_counted_from_monday() -> None:
    saturday = MONDAY - 2 * DAY
    assert counted(CALENDAR, Rule.WORKING_DAYS, saturday, MONDAY + DAY, Clock()) == 1
    assert worked(CALENDAR, saturday, MONDAY) == 3600


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=60))
def test_percentiles_of_times_are_within_five_percent_and_a_minute(seconds: list[int]) -> None:
    buckets = Counter(floor(log1p(one / MINUTE) / GROWTH) for one in seconds)
    found, ordered = durations(sum(seconds), buckets, days=False), sorted(seconds)
    for percent, told in ((50, found.median), (90, found.p90), (95, found.p95)):
        exact = ordered[ceil(len(ordered) * percent / 100) - 1]
        assert told is not None
        assert abs(told - exact) <= 0.05 * (exact + MINUTE)
    assert found.average == sum(seconds) / len(seconds)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 150), st.sampled_from(Step))
def test_periods_cover_a_span_without_gaps(first: date, days: int, step: Step) -> None:
    span = Span(first, first + ONE_DAY * days)
    found = span.divided(step)
    assert (found[0].first, found[-1].last) == (span.first, span.last)
    assert all(one.last + ONE_DAY == other.first for one, other in zip(found, found[1:], strict=False))
    assert all(step.first(one.first) == step.first(one.last) for one in found)
    if (months := span.whole(Step.MONTH)) is not None:
        assert span.first <= months[0] < months[1] <= span.last + ONE_DAY
        assert months[0].day == months[1].day == 1


@pytest.mark.parametrize(
    ("state", "variables", "outcome", "ground"),
    [
        ("COMPLETED", {"resultKind": "issued"}, Outcome.GRANTED, None),
        ("COMPLETED", {"resultKind": "refusal", "refusalGround": " 9.1  б "}, Outcome.REFUSED, "9.1 б"),
        (
            "COMPLETED",
            {"resultKind": "rejected", "completeness": "incomplete"},
            Outcome.REFUSED,
            "documents-incomplete",
        ),
        ("COMPLETED", {"resultKind": "refusal", "refusalGround": "none"}, Outcome.REFUSED, None),
        ("COMPLETED", {"intake": "denied"}, Outcome.UNREGISTERED, None),
        ("COMPLETED", {"intake": "registered", "resultKind": 7}, Outcome.OTHER, None),
        ("EXTERNALLY_TERMINATED", {"resultKind": "issued"}, Outcome.CANCELLED, None),
        ("INTERNALLY_TERMINATED", {}, Outcome.BROKEN, None),
    ],
)
def test_what_became_of_a_case_is_told_by_its_end(
    state: str, variables: object, outcome: Outcome, ground: object
) -> None:
    assert (outcome_of(state, variables), ground_of(variables)) == (outcome, ground)
