"""A term that begins where another is over: the whole is the sum of its parts, and is told part by part."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.terms import deadlines
from app.domain.terms.calendar import LANGUAGES, WorkCalendar
from app.domain.terms.case_clock import Clock, Extension, Pause
from app.domain.terms.due import LONGEST_CHAIN, Due
from app.domain.terms.explanation import Rule
from app.domain.terms.holidays_kz import seed
from app.domain.terms.reckoning import Reckoned, reckon

CALENDAR = WorkCalendar(days={row.day: row for row in seed(2025, 2028)}, version=7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.tz)


def whole(start: str = "2026-03-16 10:00") -> Due:
    """15 minutes to 10:15, a working day to Tuesday 17.03, 22 calendar days to Wednesday 08.04."""
    registered = deadlines.minutes(CALENDAR, 15, at(start))
    return deadlines.calendar_days(CALENDAR, 22, deadlines.working_days(CALENDAR, 1, registered), "5.1–5.3")


def reckoned(*events: Pause | Extension, ended: str | None = None) -> Reckoned:
    clock = Clock(
        tuple(one for one in events if isinstance(one, Pause)),
        tuple(one for one in events if isinstance(one, Extension)),
    )
    return reckon(whole().explanation, CALENDAR, clock, None if ended is None else at(ended))


def pause(start: str, end: str | None) -> Pause:
    return Pause(at(start), None if end is None else at(end), "тыңдау", "10", "head.aktobe-gask")


def ends(found: Reckoned) -> list[str]:
    return [f"{part.result.astimezone(CALENDAR.tz):%m-%d %H:%M}" for part in found.parts]


def test_each_part_begins_where_the_one_before_ends() -> None:
    parts = whole().explanation.parts
    assert [(part.rule, part.amount) for part in parts] == [
        (Rule.MINUTES, 15),
        (Rule.WORKING_DAYS, 1),
        (Rule.CALENDAR_DAYS, 22),
    ]
    assert [part.base for part in parts[1:]] == [part.result for part in parts[:-1]]
    assert parts[0].base == at("2026-03-16 10:00")
    assert whole() == at("2026-04-08 18:30")


def test_a_moment_made_from_a_deadline_begins_a_term_of_its_own() -> None:
    first = deadlines.minutes(CALENDAR, 15, at("2026-03-16 10:00"))
    assert len(deadlines.working_days(CALENDAR, 1, first.moment).explanation.parts) == 1


def test_a_chain_without_end_forgets_its_beginning() -> None:
    due = deadlines.elapsed_minutes(CALENDAR, 1, at("2026-03-16 10:00"))
    for _ in range(3_000):
        due = deadlines.elapsed_minutes(CALENDAR, 1, due)
    assert due == at("2026-03-16 10:00") + timedelta(minutes=3_001)
    assert 1 <= len(due.explanation.parts) <= LONGEST_CHAIN


def test_it_is_told_part_by_part_with_the_clauses_of_the_sum_at_its_head() -> None:
    due = deadlines.working_days(CALENDAR, 1, deadlines.minutes(CALENDAR, 15, at("2026-03-16 10:00")), "5.1–5.2")
    assert due.explanation.text("kk") == (
        "мерзім 2 бөліктен тұрады, әрқайсысы алдыңғысы аяқталған сәттен басталады (негізі: 5.1–5.2): "
        "1) жұмыс уақытының 15 минуты: мерзімнің басталуы — дс 16.03.2026 10:00; "
        "мерзімі — дс 16.03.2026 сағат 10:15-ке дейін; "
        "2) 1 жұмыс күні: мерзім басталған күн (дс 16.03.2026) есептелмейді; мерзімі — сс 17.03.2026 сағат 18:30-ға дейін"
    )
    assert due.explanation.text("ru") == (
        "срок складывается из частей (2), каждая начинается с окончанием предыдущей (основание: 5.1–5.2): "
        "1) 15 минут рабочего времени: отсчёт с пн 16.03.2026 10:00; срок до пн 16.03.2026 10:15; "
        "2) 1 рабочий день: день начала срока (пн 16.03.2026) не считается; срок до вт 17.03.2026 18:30"
    )
    assert due.explanation.text("en") == (
        "the term is a sum of 2 parts, each begins where the one before ends (clause 5.1–5.2): "
        "1) 15 minutes of working time: counted from Mon 16 Mar 2026 10:00; due Mon 16 Mar 2026 10:15; "
        "2) 1 working day: the day on which the term begins (Mon 16 Mar 2026) is not counted; due Tue 17 Mar 2026 18:30"
    )
    assert due.explanation.lines("ru") == [
        "Срок складывается из частей (2), каждая начинается с окончанием предыдущей (основание: 5.1–5.2)",
        "1) 15 минут рабочего времени",
        "Исходный момент: пн 16.03.2026 10:00",
        "Отсчёт с пн 16.03.2026 10:00",
        "Рабочее время 09:00–18:30",
        "Считается: пн 16.03.2026 — 15 мин",
        "Срок до пн 16.03.2026 10:15",
        "2) 1 рабочий день",
        "Исходный момент: пн 16.03.2026 10:15",
        "День начала срока (пн 16.03.2026) не считается",
        "Считается: вт 17.03.2026 (1)",
        "Срок до вт 17.03.2026 18:30",
    ]


def test_its_facts_are_those_of_the_last_part_with_all_parts_beside_them() -> None:
    facts = whole().explanation.to_dict()
    assert (facts["rule"], facts["amount"], facts["clause"]) == ("calendarDays", 22, "5.1–5.3")
    assert [part["result"] for part in facts["parts"]] == [
        "2026-03-16T10:15:00+05:00",
        "2026-03-17T18:30:00+05:00",
        "2026-04-08T18:30:00+05:00",
    ]
    assert [part["base"] for part in facts["parts"]][1:] == [part["result"] for part in facts["parts"]][:-1]
    assert all("parts" not in part for part in facts["parts"])


def test_without_pauses_the_clock_tells_what_the_rules_tell() -> None:
    why = whole().explanation
    for language in LANGUAGES:
        assert reckoned().text(language) == why.text(language)
        assert reckoned().lines(language) == why.lines(language)


def test_a_pause_moves_the_part_that_ran_and_all_that_follows() -> None:
    # From Monday 10:05 to Wednesday 10:05 two working days of 8 hours pass.
    found = reckoned(pause("2026-03-16 10:05", "2026-03-18 10:05"))
    assert ends(found) == ["03-18 10:15", "03-19 18:30", "04-10 18:30"]
    assert [len(part.changes) for part in found.parts] == [1, 0, 0]
    facts = found.to_dict()
    assert (facts["ruleResult"], facts["result"]) == ("2026-04-08T18:30:00+05:00", "2026-04-10T18:30:00+05:00")
    assert [pause["workingSeconds"] for pause in facts["pauses"]] == [16 * 3600]
    assert [part["result"] for part in facts["parts"]][-1] == facts["result"]


def test_a_pause_after_the_first_parts_moves_the_last_alone() -> None:
    found = reckoned(pause("2026-03-18 10:00", "2026-03-20 10:00"))
    assert ends(found) == ["03-16 10:15", "03-17 18:30", "04-10 18:30"]
    assert [change.stopped for change in found.changes] == [2]


def test_an_extension_made_while_the_first_part_ran_is_added_once_at_the_end() -> None:
    made = Extension(at("2026-03-16 10:10"), Rule.WORKING_DAYS, 2, "зерделеу", "16", "head.aktobe-gask")
    found = reckoned(made)
    assert ends(found) == ["03-16 10:15", "03-17 18:30", "04-10 18:30"]
    assert [len(part.changes) for part in found.parts] == [0, 0, 1]


def test_that_the_clock_stands_still_is_told_once() -> None:
    found = reckoned(pause("2026-03-16 10:05", None))
    assert found.text("ru").count("сейчас течение срока приостановлено") == 1
    assert found.to_dict()["standsSince"] == "2026-03-16T10:05:00+05:00"
    assert ends(found)[-1] == "04-08 18:30"


def test_a_pause_that_the_case_did_not_outlive_moves_no_part() -> None:
    found = reckoned(pause("2026-03-16 10:05", "2026-03-18 10:05"), ended="2026-03-17 12:00")
    assert ends(found)[-1] == "04-08 18:30"


MOMENTS = st.integers(0, timedelta(days=20) // timedelta(seconds=1)).map(
    lambda seconds: datetime(2026, 3, 10, tzinfo=UTC) + timedelta(seconds=seconds)
)
PARTS: Any = st.lists(
    st.sampled_from(
        [
            (Rule.MINUTES, 90),
            (Rule.ELAPSED_MINUTES, 2_000),
            (Rule.HOURS, 5),
            (Rule.WORKING_DAYS, 1),
            (Rule.CALENDAR_DAYS, 2),
            (Rule.END_OF_DAY, "17:00"),
        ]
    ),
    min_size=1,
    max_size=4,
)


@given(PARTS, MOMENTS, MOMENTS, MOMENTS)
@settings(max_examples=150)
def test_a_paused_sum_is_each_part_paused_from_where_the_one_before_is_over(
    rules: Any, base: datetime, one: datetime, other: datetime
) -> None:
    start, end = sorted((one, other))
    clock = Clock((Pause(start, end, "x", "1", "u"),))
    due, by_hand = base, base
    for rule, amount in rules:
        due = deadlines.count(CALENDAR, rule, amount, due)
        part = deadlines.count(CALENDAR, rule, amount, by_hand)
        by_hand = reckon(part.explanation, CALENDAR, clock).result.astimezone(UTC)
    assert isinstance(due, Due)
    assert reckon(due.explanation, CALENDAR, clock).result == by_hand


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_told_in_every_language(language: str) -> None:
    text = reckoned(pause("2026-03-16 10:05", "2026-03-18 10:05")).text(language)
    assert [f"{number}) " in text for number in (1, 2, 3, 4)] == [True, True, True, False]
