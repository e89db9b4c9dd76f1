"""A term that is counted back from an event: so many calendar days before it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.terms.calendar import WorkCalendar
from app.domain.terms.deadlines import calendar_days_before
from app.domain.terms.explanation import Rule
from app.domain.terms.holidays_kz import seed

KZ = WorkCalendar(days={row.day: row for row in seed(2025, 2027)}, version=7)
ALMATY = ZoneInfo("Asia/Almaty")


def at(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("n", "day", "due"),
    [
        (20, at(12, 1), at(11, 11, 18, 30)),
        (20, at(12, 1, 23, 59), at(11, 11, 18, 30)),
        (1, at(11, 17), at(11, 16, 18, 30)),
        (1, at(11, 16), at(11, 13, 18, 30)),
        (2, at(11, 16), at(11, 13, 18, 30)),
        (3, at(3, 26), at(3, 20, 18, 30)),
        (10, at(1, 12), at(12, 31, 18, 30, year=2025)),
        (0, at(11, 16, 8), at(11, 16, 18, 30)),
        (0, at(11, 15, 8), at(11, 13, 18, 30)),
    ],
)
def test_it_ends_at_the_closing_of_the_last_working_day_so_many_days_before(
    n: int, day: datetime, due: datetime
) -> None:
    assert calendar_days_before(KZ, n, day) == due


def test_the_day_is_that_of_the_calendar_whatever_the_zone_of_the_moment() -> None:
    assert calendar_days_before(KZ, 1, datetime(2026, 11, 16, 20, tzinfo=UTC)) == at(11, 16, 18, 30)


@pytest.mark.parametrize("n", [-1, 1.5, "20", None, True, 10_001])
def test_a_term_that_cannot_be_counted_is_an_error(n: object) -> None:
    with pytest.raises(ValueError, match="calendarDays"):
        calendar_days_before(KZ, n, at(12, 1))  # type: ignore[arg-type]


def test_a_calendar_without_a_working_day_in_a_year_is_an_error() -> None:
    closed = WorkCalendar(weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="no working day in the year before"):
        calendar_days_before(closed, 20, at(12, 1))


def test_its_explanation_says_from_which_day_it_is_counted_back_and_why_it_moved() -> None:
    why = calendar_days_before(KZ, 1, at(11, 16)).explanation
    assert (why.rule, why.amount) == (Rule.CALENDAR_DAYS_BEFORE, 1)
    assert [off.day.isoformat() for off in why.shifted] == ["2026-11-14", "2026-11-15"]
    assert why.text("en") == (
        "1 calendar day before: counted back from Mon 16 Nov 2026, that day itself is not counted; "
        "the last day is a day off (Sat 14 Nov 2026 – Sun 15 Nov 2026 — weekend), "
        "so the term ends on the working day before; due Fri 13 Nov 2026 18:30"
    )
    assert why.text("ru") == (
        "за 1 календарный день: отсчёт назад от пн 16.11.2026, сам этот день не считается; "
        "последний день срока нерабочий (сб 14.11.2026 – вс 15.11.2026 — выходные дни), "
        "срок оканчивается в предшествующий рабочий день; срок до пт 13.11.2026 18:30"
    )
    assert why.text("kk") == (
        "1 күнтізбелік күн бұрын: мерзім дс 16.11.2026 күнінен кері есептеледі, "
        "бұл күннің өзі есептелмейді; мерзімнің соңғы күні жұмыс күні емес "
        "(сб 14.11.2026 – жс 15.11.2026 — демалыс күндері), мерзім алдыңғы жұмыс күні аяқталады; "
        "мерзімі — жм 13.11.2026 сағат 18:30-ға дейін"
    )


def test_its_steps_name_the_days_that_it_used_up() -> None:
    assert calendar_days_before(KZ, 3, at(11, 16)).explanation.lines("en") == [
        "3 calendar days before",
        "Base moment: Mon 16 Nov 2026 00:00",
        "Counted back from Mon 16 Nov 2026, that day itself is not counted",
        "Counted: Fri 13 Nov 2026 – Sun 15 Nov 2026 (3)",
        "Due Fri 13 Nov 2026 18:30",
    ]


def test_it_tells_of_a_year_before_without_holidays() -> None:
    assert calendar_days_before(KZ, 20, at(1, 10, year=2025)).explanation.years_without_holidays == (2024,)
