import copy
import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from app.domain.terms.calendar import CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.domain.terms.deadlines import calendar_days, end_of_day, hours, minutes, receipt, working_days
from app.domain.terms.due import Due
from app.domain.terms.explanation import Rule
from app.domain.terms.holidays_kz import seed

ROWS = {row.day: row for row in seed(2019, 2027)}
KZ = WorkCalendar(days=ROWS, version=7)
ALMATY = ZoneInfo("Asia/Almaty")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("n", "start", "due"),
    [
        (20, at(2026, 3, 20, 10), at(2026, 3, 20, 10, 20)),
        (20, at(2026, 3, 20, 12, 50), at(2026, 3, 20, 14, 40)),
        (20, at(2026, 3, 20, 12, 40), at(2026, 3, 20, 13)),
        (20, at(2026, 3, 20, 13, 10), at(2026, 3, 20, 14, 50)),
        (30, at(2026, 3, 20, 18), at(2026, 3, 20, 18, 30)),
        (31, at(2026, 3, 20, 18), at(2026, 3, 26, 9, 1)),
        (15, at(2026, 3, 20, 18, 30), at(2026, 3, 26, 9, 15)),
        (15, at(2026, 3, 21, 12), at(2026, 3, 26, 9, 15)),
        (15, at(2026, 3, 20, 7), at(2026, 3, 20, 9, 15)),
        (480, at(2026, 3, 20, 9), at(2026, 3, 20, 18, 30)),
        (0, at(2026, 3, 20, 10), at(2026, 3, 20, 10)),
        (0, at(2026, 3, 20, 13, 10), at(2026, 3, 20, 14, 30)),
        (0, at(2026, 3, 20, 18, 30), at(2026, 3, 20, 18, 30)),
        (0, at(2026, 3, 20, 19), at(2026, 3, 26, 9)),
        (0.5, at(2026, 3, 20, 10), at(2026, 3, 20, 10, 0, 30)),
        (Decimal("1.5"), at(2026, 3, 20, 10), at(2026, 3, 20, 10, 1, 30)),
    ],
)
def test_minutes_count_working_time_only(n: float, start: datetime, due: datetime) -> None:
    assert minutes(KZ, n, start) == due


@pytest.mark.parametrize(
    ("n", "start", "due"),
    [
        (4, at(2026, 3, 20, 11), at(2026, 3, 20, 16, 30)),
        (3.5, at(2026, 3, 20, 16), at(2026, 3, 26, 10)),
        (Fraction(1, 3), at(2026, 3, 20, 10), at(2026, 3, 20, 10, 20)),
        (16, at(2024, 5, 3, 9), at(2024, 5, 4, 18, 30)),
    ],
)
def test_hours_count_working_time_only(n: float, start: datetime, due: datetime) -> None:
    assert hours(KZ, n, start) == due


@pytest.mark.parametrize(
    ("n", "start", "due"),
    [
        pytest.param(1, at(2026, 3, 16, 10), at(2026, 3, 17, 18, 30), id="the day of receipt is not counted"),
        pytest.param(1, at(2026, 3, 16, 8), at(2026, 3, 17, 18, 30), id="before opening is that day"),
        pytest.param(1, at(2026, 3, 16, 13, 30), at(2026, 3, 17, 18, 30), id="lunch is that day"),
        pytest.param(1, at(2026, 3, 16, 18, 30), at(2026, 3, 17, 18, 30), id="closing is that day"),
        pytest.param(1, at(2026, 3, 16, 18, 31), at(2026, 3, 18, 18, 30), id="after hours is the next day"),
        pytest.param(1, at(2026, 3, 20, 10), at(2026, 3, 26, 18, 30), id="over Nauryz and its moved days"),
        pytest.param(1, at(2026, 3, 22, 10), at(2026, 3, 27, 18, 30), id="made on Nauryz"),
        pytest.param(3, at(2025, 12, 31, 10), at(2026, 1, 8, 18, 30), id="over New Year and Christmas"),
        pytest.param(2, at(2021, 12, 31, 10), at(2022, 1, 6, 18, 30), id="New Year on a weekend moves two days"),
        pytest.param(1, at(2025, 6, 5, 10), at(2025, 6, 9, 18, 30), id="over Kurban Ait"),
        pytest.param(1, at(2025, 8, 29, 10), at(2025, 9, 2, 18, 30), id="over 30 August on a Saturday"),
        pytest.param(1, at(2024, 8, 29, 10), at(2024, 9, 2, 18, 30), id="over 30 August on a Friday"),
        pytest.param(2, at(2024, 5, 3, 10), at(2024, 5, 6, 18, 30), id="a working Saturday counts"),
        pytest.param(1, at(2024, 5, 4, 10), at(2024, 5, 6, 18, 30), id="received on a working Saturday"),
        pytest.param(1, at(2024, 5, 6, 10), at(2024, 5, 10, 18, 30), id="over an exchanged weekday"),
        pytest.param(1, at(2025, 1, 4, 10), at(2025, 1, 6, 18, 30), id="a working Sunday receives, Monday counts"),
        pytest.param(22, at(2026, 2, 20, 10), at(2026, 3, 30, 18, 30), id="22 days over 8 March and Nauryz"),
        pytest.param(0, at(2026, 3, 16, 10), at(2026, 3, 16, 18, 30), id="no days: the day of receipt"),
        pytest.param(1.0, at(2026, 3, 16, 10), at(2026, 3, 17, 18, 30), id="a whole float"),
    ],
)
def test_working_days(n: float, start: datetime, due: datetime) -> None:
    assert working_days(KZ, n, start) == due


@pytest.mark.parametrize(
    ("n", "start", "due"),
    [
        pytest.param(3, at(2026, 3, 16, 10), at(2026, 3, 19, 18, 30), id="ends on a working day"),
        pytest.param(5, at(2026, 3, 16, 10), at(2026, 3, 26, 18, 30), id="ends on Nauryz"),
        pytest.param(10, at(2026, 3, 16, 10), at(2026, 3, 26, 18, 30), id="passes over Nauryz"),
        pytest.param(1, at(2026, 3, 16, 19), at(2026, 3, 18, 18, 30), id="after hours is the next day"),
        pytest.param(1, at(2026, 3, 28, 12), at(2026, 3, 31, 18, 30), id="made on a Saturday"),
        pytest.param(10, at(2025, 8, 20, 11), at(2025, 9, 2, 18, 30), id="ends on 30 August"),
        pytest.param(2, at(2024, 5, 2, 10), at(2024, 5, 4, 18, 30), id="ends on a working Saturday"),
        pytest.param(0, at(2026, 3, 16, 10), at(2026, 3, 16, 18, 30), id="no days: the day of receipt"),
    ],
)
def test_calendar_days(n: int, start: datetime, due: datetime) -> None:
    assert calendar_days(KZ, n, start) == due


@pytest.mark.parametrize(
    ("hour", "start", "due"),
    [
        pytest.param("17:00", at(2026, 3, 20, 10), at(2026, 3, 20, 17), id="same day"),
        pytest.param("17:00", at(2026, 3, 20, 17), at(2026, 3, 20, 17), id="at the hour"),
        pytest.param("17:00", at(2026, 3, 20, 17, 30), at(2026, 3, 26, 17), id="in hours, past the hour"),
        pytest.param("17:00", at(2026, 3, 20, 19), at(2026, 3, 26, 17), id="after hours"),
        pytest.param("17:00", at(2026, 3, 20, 6), at(2026, 3, 20, 17), id="before opening"),
        pytest.param("18:30", at(2026, 3, 20, 18, 30), at(2026, 3, 20, 18, 30), id="closing"),
        pytest.param("23:00", at(2026, 3, 20, 10), at(2026, 3, 20, 18, 30), id="not later than closing"),
        pytest.param(time(17), at(2026, 3, 21, 10), at(2026, 3, 26, 17), id="a time, made on a day off"),
    ],
)
def test_end_of_day(hour: str | time, start: datetime, due: datetime) -> None:
    assert end_of_day(KZ, hour, start) == due


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        (at(2026, 3, 20, 10), at(2026, 3, 20, 10)),
        (at(2026, 3, 20, 13, 30), at(2026, 3, 20, 13, 30)),
        (at(2026, 3, 20, 8), at(2026, 3, 20, 9)),
        (at(2026, 3, 20, 18, 30), at(2026, 3, 20, 18, 30)),
        (at(2026, 3, 20, 18, 30, 1), at(2026, 3, 26, 9)),
        (at(2026, 3, 24, 12), at(2026, 3, 26, 9)),
    ],
)
def test_receipt(moment: datetime, received: datetime) -> None:
    assert receipt(KZ, moment) == received


def test_days_end_at_the_closing_of_their_own_last_day() -> None:
    eve = date(2026, 12, 31)
    row = CalendarDay(eve, DayKind.SHORTENED, Text("", "", ""), WorkHours(time(9), time(13)))
    calendar = WorkCalendar(days=ROWS | {eve: row})
    assert working_days(calendar, 1, at(2026, 12, 30, 10)) == at(2026, 12, 31, 13)
    assert end_of_day(calendar, "17:00", at(2026, 12, 31, 10)) == at(2026, 12, 31, 13)
    assert working_days(calendar, 0, at(2026, 12, 31, 14)) == at(2027, 1, 5, 18, 30)


def test_a_moment_counts_in_the_zone_of_the_calendar_whatever_zone_it_is_given_in() -> None:
    in_utc = datetime(2026, 3, 16, 13, 31, tzinfo=UTC)
    assert working_days(KZ, 1, in_utc) == at(2026, 3, 18, 18, 30)
    assert working_days(KZ, 1, in_utc).utcoffset() == timedelta(hours=5)


def test_minutes_run_on_over_the_change_of_the_offset_of_almaty() -> None:
    assert hours(KZ, 2, at(2024, 2, 29, 17, 30)) == datetime(2024, 3, 1, 5, tzinfo=UTC)


def test_the_explanation_of_working_days_names_what_was_counted_and_what_was_not() -> None:
    explanation = working_days(KZ, 2, at(2026, 3, 19, 19, 5), "5.3").explanation
    assert explanation.rule is Rule.WORKING_DAYS
    assert (explanation.amount, explanation.clause, explanation.calendar_version) == (2, "5.3", 7)
    assert explanation.base == at(2026, 3, 19, 19, 5)
    assert explanation.counted_from == at(2026, 3, 20, 9)
    assert explanation.counted == (date(2026, 3, 26), date(2026, 3, 27))
    assert [off.day for off in explanation.skipped] == [date(2026, 3, day) for day in range(21, 26)]
    assert {off.name.ru for off in explanation.skipped} == {"Наурыз мейрамы", "Наурыз мейрамы (перенос выходного)"}
    assert explanation.shifted == ()
    assert explanation.result == at(2026, 3, 27, 18, 30)


def test_the_explanation_of_calendar_days_names_the_days_off_that_moved_the_end() -> None:
    explanation = calendar_days(KZ, 10, at(2025, 8, 20, 11)).explanation
    assert len(explanation.counted) == 10
    assert explanation.counted[-1] == date(2025, 8, 30)
    assert explanation.skipped == ()
    assert [off.kind for off in explanation.shifted] == [DayKind.HOLIDAY, DayKind.WEEKEND, DayKind.MOVED_OFF]


def test_the_explanation_of_hours_says_how_much_each_day_gave() -> None:
    explanation = hours(KZ, 3.5, at(2026, 3, 20, 16)).explanation
    assert explanation.counted == (date(2026, 3, 20), date(2026, 3, 26))
    assert explanation.portions == (timedelta(minutes=150), timedelta(minutes=60))


def test_minutes_that_start_at_closing_use_up_nothing_of_that_day() -> None:
    explanation = minutes(KZ, 15, at(2026, 3, 20, 18, 30)).explanation
    assert explanation.counted_from == at(2026, 3, 20, 18, 30)
    assert explanation.counted == (date(2026, 3, 26),)


def test_a_pause_is_passed_by_what_begins_before_it_and_ends_after_it() -> None:
    lunch = (time(13), time(14, 30))
    assert minutes(KZ, 15, at(2026, 3, 20, 13)).explanation.breaks == (lunch,)
    assert minutes(KZ, 15, at(2026, 3, 20, 13, 1)).explanation.breaks == ()
    assert minutes(KZ, 60, at(2026, 3, 20, 12)).explanation.breaks == ()
    assert minutes(KZ, 16 * 60, at(2026, 3, 19, 13)).explanation.breaks == (lunch,)


def test_years_for_which_the_calendar_has_no_holidays_are_told() -> None:
    assert working_days(KZ, 5, at(2027, 12, 20, 10)).explanation.years_without_holidays == ()
    assert working_days(KZ, 25, at(2027, 12, 20, 10)).explanation.years_without_holidays == (2028,)
    assert minutes(WorkCalendar(), 5, at(2026, 3, 20, 10)).explanation.years_without_holidays == (2026,)


def test_an_explanation_is_written_down_as_json() -> None:
    written = hours(KZ, 3.5, at(2026, 3, 20, 16), "5.4").explanation.to_dict()
    assert json.loads(json.dumps(written)) == {
        "rule": "hours",
        "amount": 3.5,
        "clause": "5.4",
        "base": "2026-03-20T16:00:00+05:00",
        "countedFrom": "2026-03-20T16:00:00+05:00",
        "counted": [
            {"from": "2026-03-20", "to": "2026-03-20", "days": 1, "seconds": 9000},
            {"from": "2026-03-26", "to": "2026-03-26", "days": 1, "seconds": 3600},
        ],
        "breaks": [],
        "skipped": [
            {
                "from": "2026-03-21", "to": "2026-03-23", "days": 3, "kind": "holiday",
                "name": {"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"},
            },
            {
                "from": "2026-03-24", "to": "2026-03-25", "days": 2, "kind": "moved_off",
                "name": {
                    "kk": "Наурыз мейрамы (ауыстырылған демалыс)",
                    "ru": "Наурыз мейрамы (перенос выходного)",
                    "en": "Nauryz (day off moved)",
                },
            },
        ],
        "shifted": [],
        "yearsWithoutHolidays": [],
        "result": "2026-03-26T10:00:00+05:00",
        "hours": {"opens": "09:00:00", "closes": "18:30:00", "lunch": ["13:00:00", "14:30:00"]},
        "zone": "Asia/Almaty",
        "calendarVersion": 7,
        "parts": [],
    }  # fmt: skip


def test_runs_keep_the_explanation_of_a_long_term_short() -> None:
    entry = calendar_days(KZ, 3000, at(2019, 1, 15, 10)).explanation.to_dict()
    assert entry["counted"] == [{"from": "2019-01-16", "to": "2027-04-03", "days": 3000}]
    assert entry["result"] == "2027-04-05T18:30:00+05:00"


def test_what_is_made_from_a_due_is_a_plain_datetime() -> None:
    due = working_days(KZ, 1, at(2026, 3, 16, 10))
    plain = at(2026, 3, 17, 18, 30)
    made = [
        due + timedelta(0),
        timedelta(0) + due,
        due - timedelta(0),
        due.astimezone(UTC),
        due.replace(second=0),
        due.moment,
        pickle.loads(pickle.dumps(due)),
        copy.copy(due),
        copy.deepcopy(due),
    ]
    assert [type(moment) for moment in made] == [datetime] * len(made)
    assert made == [plain] * len(made)


def test_a_due_is_compared_and_subtracted_as_a_datetime() -> None:
    due = working_days(KZ, 1, at(2026, 3, 16, 10))
    assert isinstance(due, datetime)
    assert at(2026, 3, 17, 18) < due < datetime(2026, 3, 17, 13, 31, tzinfo=UTC)
    assert hash(due) == hash(due.moment)
    assert due - at(2026, 3, 17, 18) == timedelta(minutes=30)
    assert at(2026, 3, 17, 18) - due == -timedelta(minutes=30)
    assert due - working_days(KZ, 1, at(2026, 3, 16, 10)) == timedelta(0)
    assert due.isoformat() == "2026-03-17T18:30:00+05:00"


RULES: list[Callable[..., Due]] = [minutes, hours, working_days, calendar_days]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "n",
    [-1, float("nan"), float("inf"), Decimal("NaN"), Decimal("1e999999999"), 10**400, 15_000_000, True, "4", None],
)
def test_a_term_that_is_no_countable_number_is_refused(rule: Callable[..., Due], n: object) -> None:
    with pytest.raises(ValueError, match="takes a number from 0 to"):
        rule(KZ, n, at(2026, 3, 16, 10))


@pytest.mark.parametrize("rule", [working_days, calendar_days])
@pytest.mark.parametrize(("n", "message"), [(2.5, "whole days"), (10_001, "from 0 to 10000")])
def test_days_are_whole_and_not_more_than_ten_thousand(rule: Callable[..., Due], n: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rule(KZ, n, at(2026, 3, 16, 10))


def test_working_time_of_more_than_ten_thousand_days_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 10000 working days"):
        hours(KZ, 100_000, at(2026, 3, 16, 10))


@pytest.mark.parametrize("rule", RULES)
def test_a_naive_start_is_refused(rule: Callable[..., Due]) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        rule(KZ, 1, at(2026, 3, 16, 10).replace(tzinfo=None))


@pytest.mark.parametrize("rule", RULES)
def test_a_calendar_without_working_days_is_refused(rule: Callable[..., Due]) -> None:
    with pytest.raises(ValueError, match="no working day within a year"):
        rule(WorkCalendar(weekend=frozenset(range(7))), 1, at(2026, 3, 16, 10))


def test_a_calendar_that_runs_out_of_working_days_is_refused() -> None:
    only = {date(2026, 3, 16): CalendarDay(date(2026, 3, 16), DayKind.MOVED_WORKING, Text("", "", ""))}
    calendar = WorkCalendar(weekend=frozenset(range(7)), days=only)
    assert working_days(calendar, 0, at(2026, 3, 16, 10)) == at(2026, 3, 16, 18, 30)
    with pytest.raises(ValueError, match="no working day within a year"):
        end_of_day(calendar, "17:00", at(2026, 3, 16, 18))


@pytest.mark.parametrize("hour", ["", "25:00", "late", "09:00", "08:00", "17:00+05:00", "17:00:30", 17, None, True])
def test_an_hour_that_cannot_bind_is_refused(hour: object) -> None:
    with pytest.raises(ValueError, match="hour|opening"):
        end_of_day(KZ, hour, at(2026, 3, 16, 10))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", [minutes, working_days, calendar_days])
def test_a_calendar_whose_working_days_end_is_refused_not_searched_for_ever(rule: Callable[..., Due]) -> None:
    last = date(2026, 1, 5)
    row = CalendarDay(last, DayKind.MOVED_WORKING, Text("", "", ""))
    calendar = WorkCalendar(weekend=frozenset(range(7)), days={last: row})
    assert end_of_day(calendar, "17:00", at(2026, 1, 5, 10)) == at(2026, 1, 5, 17)
    with pytest.raises(ValueError, match="no working day within a year"):
        rule(calendar, 481, at(2026, 1, 5, 9))
    with pytest.raises(ValueError, match="no working day within a year"):
        end_of_day(calendar, "17:00", at(2026, 1, 5, 17, 1))


def test_a_start_near_the_end_of_time_is_refused() -> None:
    with pytest.raises(ValueError, match="out of range"):
        working_days(KZ, 1, datetime(9999, 12, 31, 23, tzinfo=UTC))
