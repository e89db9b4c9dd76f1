from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.iso8601 import cycle, duration, moment

BERLIN = ZoneInfo("Europe/Berlin")
ALMATY = ZoneInfo("Asia/Almaty")


def test_hours_are_exact_time_over_a_change_of_the_clock() -> None:
    noon = datetime(2026, 3, 28, 12, tzinfo=BERLIN)
    assert duration("PT24H").after(noon) == noon.astimezone(UTC) + timedelta(hours=24)
    assert duration("PT24H").after(noon).isoformat() == "2026-03-29T13:00:00+02:00"
    before = datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY)
    assert duration("PT1H").after(before).isoformat() == "2024-02-29T23:30:00+05:00"


@pytest.mark.parametrize("every", ["P1D", "P1W", "P1DT0H"])
@pytest.mark.parametrize("times", ["", "20"])
def test_days_keep_the_hour_of_the_clock(every: str, times: str) -> None:
    base = due = datetime(2026, 3, 27, 9, tzinfo=BERLIN)  # clocks are put on in the night to the 29th
    assert duration(every).after(base).hour == 9
    daily = cycle(f"R{times}/{every}", BERLIN)
    for number in range(1, 5):
        due = daily.following(due.astimezone(UTC), due, base)
        assert (due.hour, due.date()) == (9, base.date() + number * timedelta(days=7 if "W" in every else 1))
    back = datetime(2026, 10, 24, 9, tzinfo=BERLIN)
    late = datetime(2026, 10, 26, 8, 59, tzinfo=BERLIN)
    assert cycle("R/P1D", BERLIN).following(back, late, back) == datetime(2026, 10, 26, 9, tzinfo=BERLIN)
    zone = datetime(2024, 2, 29, 9, tzinfo=ALMATY)  # Almaty was put back an hour for good in the night after it
    assert duration("P1D").after(zone).isoformat() == "2024-03-01T09:00:00+05:00"


def test_an_hour_that_the_clock_shows_twice_or_never_is_one_moment() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    assert duration("PT30M").after(second).isoformat() == "2026-10-25T03:00:00+01:00"
    assert duration("P1D").after(second).isoformat() == "2026-10-26T02:30:00+01:00"
    skipped = duration("P1D").after(datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN))
    assert skipped == datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN)


def test_months_keep_the_hour_of_the_clock_and_end_with_the_month() -> None:
    start = datetime(2026, 1, 31, 12, tzinfo=BERLIN)
    assert duration("P1M").after(start).isoformat() == "2026-02-28T12:00:00+01:00"
    assert duration("P3M").after(start).isoformat() == "2026-04-30T12:00:00+02:00"


def test_a_cycle_without_end_does_not_make_up_for_what_passed() -> None:
    start, now = datetime(2026, 3, 28, 12, tzinfo=BERLIN), datetime(2026, 3, 30, 11, 30, tzinfo=BERLIN)
    assert cycle("R/PT5H", BERLIN).following(start, now, start) == start.astimezone(UTC) + timedelta(hours=50)
    assert cycle("R3/PT1H", BERLIN).following(start, now, start) == datetime(2026, 3, 28, 13, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("P1M", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("P3M", ["2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31"]),
        ("P1Y", ["2027-01-31", "2028-01-31", "2029-01-31", "2030-01-31"]),
        ("P1M1D", ["2026-03-01", "2026-04-02", "2026-05-03", "2026-06-04"]),
    ],
)
@pytest.mark.parametrize("times", ["", "9"])
def test_a_cycle_of_months_comes_back_to_the_last_day(every: str, days: list[str], times: str) -> None:
    base = due = datetime(2026, 1, 31, 9, tzinfo=ALMATY)
    seen = []
    for _ in days:
        due = cycle(f"R{times}/{every}", ALMATY).following(due, due, base)
        seen.append(due.date().isoformat())
    assert (seen, due.hour) == (days, 9)


def test_a_cycle_of_months_without_end_goes_on_after_what_passed_on_its_own_day() -> None:
    base, first = datetime(1996, 1, 31, tzinfo=ALMATY), datetime(1996, 2, 29, tzinfo=ALMATY)
    now = datetime(2026, 6, 30, tzinfo=ALMATY)
    assert cycle("R/P1M", ALMATY).following(first, now, base).date().isoformat() == "2026-07-31"
    assert cycle("R5/P1M", ALMATY).following(first, now, base).date().isoformat() == "1996-03-31"


@pytest.mark.parametrize("text", ["P6900Y99999W999999D", "P9999Y", "P119999M"])
def test_a_moment_out_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="out of range|is not"):
        duration(text).after(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00", "9999-12-31T23:59:59", "tomorrow", "2026-02-30"])
def test_a_text_that_names_no_usable_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        moment(text, ALMATY)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "P1H", "P\u0661D", "-P1D", "P1.5D"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an ISO 8601 duration"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("R/P1D", "2026-03-05T09:00", None),
        ("R5/P1D", "2026-03-05T09:00", 3),
        ("R3/P1D", "2026-03-05T09:00", 1),
        ("R/2026-03-01T12:00/PT6H", "2026-03-04T12:00", None),
        ("R20/2026-03-01T12:00/PT6H", "2026-03-04T12:00", 8),
        ("R3/2026-04-01T12:00/P1D", "2026-04-01T12:00", 3),
        ("R4/2026-01-31T09:00/P1M", "2026-03-31T09:00", 2),
        ("R4/P1M", "2026-04-02T09:00", 4),
    ],
)
def test_a_cycle_goes_on_with_what_has_not_passed(text: str, expected: str, left: int | None) -> None:
    base, now = datetime(2026, 3, 2, 9, tzinfo=ALMATY), datetime(2026, 3, 4, 10, tzinfo=ALMATY)
    found = cycle(text, ALMATY).left_at(now, base)
    assert found is not None
    assert (found[0].isoformat(timespec="minutes")[:16], found[1]) == (expected, left)


@pytest.mark.parametrize("text", ["R2/P1D", "R1/2026-01-01T09:00/P1M"])
def test_of_a_cycle_that_has_passed_nothing_is_left(text: str) -> None:
    base, now = datetime(2026, 3, 2, 9, tzinfo=ALMATY), datetime(2026, 3, 4, 10, tzinfo=ALMATY)
    assert cycle(text, ALMATY).left_at(now, base) is None


@given(
    every=st.sampled_from(["PT1H", "P1D", "P10DT3H", "P1M", "P2M5D", "P1Y"]),
    times=st.integers(1, 40),
    start=st.sampled_from(["", "2026-01-31T09:00/", "2026-03-29T00:00/"]),
    since=st.integers(-30, 900),
)
def test_what_is_left_of_a_cycle_is_what_counting_its_moments_gives(
    every: str, times: int, start: str, since: int
) -> None:
    base = datetime(2026, 1, 30, 9, tzinfo=ALMATY)
    now = base + timedelta(days=since)
    found = cycle(f"R{times}/{start}{every}", ALMATY)
    grid = found.start or base
    offset = 0 if found.start else 1
    moments = [found.every.times(number + offset).after(grid) for number in range(times)]
    left = [one for one in moments if one >= now]
    assert found.left_at(now, base) == ((left[0], len(left)) if left else None)
