"""A term in minutes that run day and night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.terms.calendar import LANGUAGES, WorkCalendar
from app.domain.terms.case_clock import Clock, Pause
from app.domain.terms.deadlines import elapsed_minutes
from app.domain.terms.explanation import Rule
from app.domain.terms.holidays_kz import seed
from app.domain.terms.reckoning import reckon

KZ = WorkCalendar(days={row.day: row for row in seed(2025, 2027)}, version=7)
ALMATY = ZoneInfo("Asia/Almaty")


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("n", "start", "due"),
    [
        (20, at(3, 18, 10), at(3, 18, 10, 20)),
        (20, at(3, 18, 12, 50), at(3, 18, 13, 10)),
        (40, at(3, 18, 18, 20), at(3, 18, 19)),
        (20, at(3, 21, 3), at(3, 21, 3, 20)),
        (40, at(3, 20, 23, 30), at(3, 21, 0, 10)),
        (1.5, at(3, 22, 3), at(3, 22, 3, 1, 30)),
        (0, at(3, 22, 3), at(3, 22, 3)),
        (10_000 * 24 * 60, at(3, 22), at(3, 22) + timedelta(days=10_000)),
    ],
)
def test_nights_lunch_and_days_off_count_too(n: float, start: datetime, due: datetime) -> None:
    assert elapsed_minutes(KZ, n, start) == due


def test_a_day_that_the_clock_made_longer_has_its_real_minutes() -> None:
    before = datetime(2024, 2, 29, 23, 30, tzinfo=ALMATY)  # half an hour later it was 23:00 again
    assert elapsed_minutes(KZ, 90, before).astimezone(UTC) == before.astimezone(UTC) + timedelta(minutes=90)
    assert sum(elapsed_minutes(KZ, 90, before).explanation.portions, timedelta()) == timedelta(minutes=90)


@pytest.mark.parametrize("n", [-1, "20", None, True, float("nan"), 10_000 * 24 * 60 + 1])
def test_a_term_that_cannot_be_counted_is_an_error(n: object) -> None:
    with pytest.raises(ValueError, match="elapsedMinutes takes a number"):
        elapsed_minutes(KZ, n, at(12, 1))  # type: ignore[arg-type]


def test_its_explanation_says_that_it_runs_day_and_night() -> None:
    why = elapsed_minutes(KZ, 20, at(3, 21, 3), "5.2").explanation
    assert why.rule is Rule.ELAPSED_MINUTES
    assert why.skipped == ()
    assert why.text("kk") == (
        "тәулік бойы есептелетін 20 минут (негізі: 5.2): мерзімнің басталуы — сб 21.03.2026 03:00; "
        "мерзімі — сб 21.03.2026 сағат 03:20-ға дейін"
    )
    assert why.text("ru") == (
        "20 минут подряд, днём и ночью (основание: 5.2): отсчёт с сб 21.03.2026 03:00; срок до сб 21.03.2026 03:20"
    )
    assert why.text("en") == (
        "20 minutes, day and night (clause 5.2): counted from Sat 21 Mar 2026 03:00; due Sat 21 Mar 2026 03:20"
    )


def test_its_steps_name_each_day_with_its_minutes() -> None:
    assert elapsed_minutes(KZ, 40, at(3, 20, 23, 30)).explanation.lines("ru") == [
        "40 минут подряд, днём и ночью",
        "Исходный момент: пт 20.03.2026 23:30",
        "Отсчёт с пт 20.03.2026 23:30",
        "Нерабочее время тоже считается: ночь, перерыв, выходные и праздничные дни",
        "Считаются: пт 20.03.2026 — 30 мин, сб 21.03.2026 — 10 мин",
        "Срок до сб 21.03.2026 00:10",
    ]


def test_years_without_holidays_are_not_told_since_holidays_change_nothing() -> None:
    assert elapsed_minutes(KZ, 20, datetime(2031, 1, 1, 3, tzinfo=ALMATY)).explanation.years_without_holidays == ()


def test_a_pause_moves_it_by_the_time_that_passed_and_says_so() -> None:
    due = elapsed_minutes(KZ, 40, at(3, 20, 23, 30))
    pause = Pause(at(3, 20, 23, 40), at(3, 21, 3, 10), "тыңдау", "10", "head")
    found = reckon(due.explanation, KZ, Clock((pause,)))
    assert found.result == at(3, 21, 3, 40)
    facts = found.to_dict()["pauses"][0]
    assert (facts["elapsedSeconds"], facts["workingSeconds"], facts["calendarDays"]) == (12_600, None, None)
    assert "не считается: 210 минут подряд, днём и ночью" in found.text("ru")
    assert all("210" in found.text(language) for language in LANGUAGES)


@given(
    st.integers(0, 20_000),
    st.integers(0, 10 * 365 * 24 * 3600).map(
        lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    st.timedeltas(timedelta(), timedelta(days=30)),
    st.timedeltas(timedelta(), timedelta(days=30)),
)
def test_a_pause_moves_it_by_as_long_as_it_stood_still(
    n: int, base: datetime, later: timedelta, stopped: timedelta
) -> None:
    due = elapsed_minutes(KZ, n, base)
    start = base + later
    moved = reckon(due.explanation, KZ, Clock((Pause(start, start + stopped, "x", "1", "u"),))).result
    assert moved - due == (stopped if start < due else timedelta())
