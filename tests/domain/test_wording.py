from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.domain.in_words.wording import amount_in_words
from app.domain.terms.calendar import LANGUAGES, CalendarDay, DayKind, Text, WorkCalendar, WorkHours
from app.domain.terms.deadlines import calendar_days, end_of_day, hours, minutes, receipt, working_days
from app.domain.terms.holidays_kz import seed

KZ = WorkCalendar(days={row.day: row for row in seed(2024, 2027)}, version=3)
ALMATY = ZoneInfo("Asia/Almaty")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0 рабочих дней"),
        (1, "1 рабочий день"),
        (2, "2 рабочих дня"),
        (5, "5 рабочих дней"),
        (11, "11 рабочих дней"),
        (12, "12 рабочих дней"),
        (21, "21 рабочий день"),
        (22, "22 рабочих дня"),
        (111, "111 рабочих дней"),
    ],
)
def test_russian_numbers_agree_with_their_nouns(n: int, words: str) -> None:
    assert amount_in_words("workingDays", n, "ru") == words


def test_parts_of_an_hour_are_written_as_each_language_does() -> None:
    assert amount_in_words("hours", 3.5, "ru") == "3,5 часа рабочего времени"
    assert amount_in_words("hours", 3.5, "kk") == "жұмыс уақытының 3,5 сағаты"
    assert amount_in_words("hours", 3.5, "en") == "3.5 hours of working time"


def test_kazakh_and_english_amounts() -> None:
    assert amount_in_words("workingDays", 4, "kk") == "4 жұмыс күні"
    assert amount_in_words("calendarDays", 30, "kk") == "30 күнтізбелік күн"
    assert amount_in_words("minutes", 1, "en") == "1 minute of working time"
    assert amount_in_words("calendarDays", 2, "en") == "2 calendar days"


def test_working_days_over_nauryz_in_three_languages() -> None:
    explanation = working_days(KZ, 1, at(2026, 3, 20, 10), "5.3").explanation
    assert explanation.text("ru") == (
        "1 рабочий день (основание: 5.3): день начала срока (пт 20.03.2026) не считается; "
        "не считаются: сб 21.03 – пн 23.03 — Наурыз мейрамы, вт 24.03 – ср 25.03 — Наурыз мейрамы (перенос выходного); "
        "срок до чт 26.03.2026 18:30"
    )
    assert explanation.text("kk") == (
        "1 жұмыс күні (негізі: 5.3): мерзім басталған күн (жм 20.03.2026) есептелмейді; "
        "есептелмейді: сб 21.03 – дс 23.03 — Наурыз мейрамы, сс 24.03 – ср 25.03 — "
        "Наурыз мейрамы (ауыстырылған демалыс); мерзімі — бс 26.03.2026 сағат 18:30-ға дейін"
    )
    assert explanation.text("en") == (
        "1 working day (clause 5.3): the day on which the term begins (Fri 20 Mar 2026) is not counted; "
        "not counted: Sat 21 Mar – Mon 23 Mar — Nauryz, Tue 24 Mar – Wed 25 Mar — Nauryz (day off moved); "
        "due Thu 26 Mar 2026 18:30"
    )


def test_a_term_that_begins_after_hours_is_said_to_and_names_the_holidays_that_it_waits_for() -> None:
    explanation = working_days(KZ, 1, at(2026, 3, 20, 18, 45)).explanation
    assert explanation.text("en") == (
        "1 working day: began outside working hours (Fri 20 Mar 2026 18:45), the term begins Thu 26 Mar 2026; "
        "the day on which the term begins (Thu 26 Mar 2026) is not counted; "
        "not counted: Sat 21 Mar – Mon 23 Mar — Nauryz, Tue 24 Mar – Wed 25 Mar — Nauryz (day off moved); "
        "due Fri 27 Mar 2026 18:30"
    )
    assert explanation.text("ru") == (
        "1 рабочий день: начало в нерабочее время (пт 20.03.2026 18:45), срок начинается чт 26.03.2026; "
        "день начала срока (чт 26.03.2026) не считается; "
        "не считаются: сб 21.03 – пн 23.03 — Наурыз мейрамы, вт 24.03 – ср 25.03 — Наурыз мейрамы (перенос выходного); "
        "срок до пт 27.03.2026 18:30"
    )
    assert explanation.text("kk") == (
        "1 жұмыс күні: жұмыс уақытынан тыс басталды (жм 20.03.2026 18:45), мерзімнің басталуы — бс 26.03.2026; "
        "мерзім басталған күн (бс 26.03.2026) есептелмейді; есептелмейді: сб 21.03 – дс 23.03 — Наурыз мейрамы, "
        "сс 24.03 – ср 25.03 — Наурыз мейрамы (ауыстырылған демалыс); мерзімі — жм 27.03.2026 сағат 18:30-ға дейін"
    )


def test_a_term_by_an_hour_that_begins_after_hours_names_the_hour_it_counts_from() -> None:
    assert end_of_day(KZ, "18:30", at(2026, 11, 21, 19, 7)).explanation.text("en") == (
        "by 18:30 on the day on which the term begins: began outside working hours (Sat 21 Nov 2026 19:07), "
        "the term begins Mon 23 Nov 2026 09:00; not counted: Sat 21 Nov – Sun 22 Nov — weekend; due Mon 23 Nov 2026 18:30"
    )


def test_only_of_a_receipt_it_is_said_when_it_counts_as_received() -> None:
    assert receipt(KZ, at(2026, 3, 16, 19, 5)).explanation.text("en") == (
        "time of receipt: made outside working hours (Mon 16 Mar 2026 19:05), counts as received Tue 17 Mar 2026 09:00"
    )


def test_lunch_is_named_only_where_the_term_passes_it() -> None:
    over_lunch = hours(KZ, 4, at(2026, 3, 16, 11)).explanation
    assert "обеденный перерыв 13:00–14:30 не считается" in over_lunch.text("ru")
    assert "Рабочее время 09:00–18:30, обеденный перерыв 13:00–14:30 не считается" in over_lunch.lines("ru")
    assert "обеденный" not in minutes(KZ, 20, at(2026, 3, 16, 11)).explanation.text("ru")
    assert "обеденный" not in minutes(KZ, 20, at(2026, 3, 16, 13, 10)).explanation.text("ru")
    assert "обеденный" not in minutes(KZ, 10, at(2026, 3, 16, 12, 50)).explanation.text("ru")


def test_over_a_night_lunch_is_named_only_where_the_term_passes_it() -> None:
    over_night = minutes(KZ, 15, at(2026, 3, 18, 18, 20)).explanation
    assert over_night.result == at(2026, 3, 19, 9, 5)
    assert not any("lunch" in line for line in [over_night.text("en"), *over_night.lines("en")])
    before, after = at(2026, 3, 18, 12), at(2026, 3, 18, 17)
    assert "lunch break 13:00–14:30" in hours(KZ, 5.5, before).explanation.text("en")
    assert "lunch break 13:00–14:30" in hours(KZ, 6, after).explanation.text("en")
    assert hours(KZ, 20, before).explanation.text("en").count("lunch") == 1


def test_the_lunch_named_is_that_of_the_day() -> None:
    day = date(2026, 12, 30)
    own = CalendarDay(day, DayKind.SHORTENED, Text("", "", ""), WorkHours(time(9), time(16), (time(12), time(12, 30))))
    without = replace(own, hours=WorkHours(time(9), time(16)))
    start = at(2026, 12, 30, 9, 30)
    assert "12:00–12:30" in hours(WorkCalendar(days={day: own}), 4, start).explanation.text("en")
    assert "lunch" not in hours(WorkCalendar(days={day: without}), 4, start).explanation.text("en")


@pytest.mark.parametrize(
    ("clause", "kk", "ru", "en"),
    [
        ("5.3", "(негізі: 5.3)", "(основание: 5.3)", "(clause 5.3)"),
        (
            "2-қосымша, 3-тармақ",
            "(негізі: 2-қосымша, 3-тармақ)",
            "(основание: приложение 2, пункт 3)",
            "(appendix 2, item 3)",
        ),
        (
            "12-тармақ, 4-тармақша",
            "(негізі: 12-тармақ, 4-тармақша)",
            "(основание: пункт 12, подпункт 4)",
            "(item 12, sub-item 4)",
        ),
        ("5/10-рәсім", "(негізі: 5/10-рәсім)", "(основание: 5, процедура 10)", "(clause 5, procedure 10)"),
        ("5/1-шарт", "(негізі: 5/1-шарт)", "(основание: 5, условие 1)", "(clause 5, condition 1)"),
    ],
)
def test_a_clause_is_worded_in_the_language(clause: str, kk: str, ru: str, en: str) -> None:
    explanation = working_days(KZ, 1, at(2026, 3, 16, 10), clause).explanation
    for language, words in (("kk", kk), ("ru", ru), ("en", en)):
        assert words in explanation.text(language)
        assert words in explanation.lines(language)[0]


def test_a_moved_end_names_the_days_that_moved_it() -> None:
    assert calendar_days(KZ, 5, at(2024, 8, 25, 11)).explanation.text("en") == (
        "5 calendar days: "
        "began outside working hours (Sun 25 Aug 2024 11:00), the term begins Mon 26 Aug 2024; "
        "the day on which the term begins (Mon 26 Aug 2024) is not counted; not counted: Sun 25 Aug — weekend; "
        "the last day is a day off (Sat 31 Aug 2024 – Sun 1 Sep 2024 — weekend), "
        "so the term ends on the next working day; due Mon 2 Sep 2024 18:30"
    )


def test_an_hour_that_had_passed_is_said_to_have() -> None:
    text = end_of_day(KZ, "17:00", at(2026, 3, 16, 17, 30)).explanation.text("kk")
    assert text == (
        "мерзім басталған күні сағат 17:00-ге дейін: бұл сағат өтіп кеткендіктен, мерзім келесі жұмыс күніне ауысады; "
        "мерзімі — сс 17.03.2026 сағат 17:00-ге дейін"
    )


@pytest.mark.parametrize(
    ("hour", "dative"),
    [("10:00", "10:00-ға"), ("16:00", "16:00-ға"), ("12:05", "12:05-ке"), ("12:40", "12:40-қа"), ("12:50", "12:50-ге")],
)
def test_a_kazakh_hour_takes_the_ending_of_its_last_numeral(hour: str, dative: str) -> None:
    assert f"сағат {dative} дейін" in end_of_day(KZ, hour, at(2026, 3, 16, 9)).explanation.text("kk")


def test_many_days_off_are_numbered_in_the_line_and_named_in_the_steps() -> None:
    explanation = working_days(KZ, 40, at(2026, 3, 20, 10)).explanation
    assert "не считаются: 26 нерабочих дней;" in explanation.text("ru")
    assert "Не считается: чт 07.05.2026 — День защитника Отечества" in explanation.lines("ru")


def test_dates_carry_the_year_where_a_term_passes_new_year() -> None:
    text = working_days(KZ, 1, at(2025, 12, 31, 10)).explanation.text("ru")
    assert "чт 01.01.2026 – пт 02.01.2026 — Новый год" in text


def test_the_steps_follow_the_count() -> None:
    assert hours(KZ, 3.5, at(2026, 3, 20, 16), "5.4").explanation.lines("ru") == [
        "3,5 часа рабочего времени (основание: 5.4)",
        "Исходный момент: пт 20.03.2026 16:00",
        "Отсчёт с пт 20.03.2026 16:00",
        "Рабочее время 09:00–18:30",
        "Считаются: пт 20.03.2026 — 150 мин, чт 26.03.2026 — 60 мин",
        "Не считаются: сб 21.03.2026 – пн 23.03.2026 — Наурыз мейрамы",
        "Не считаются: вт 24.03.2026 – ср 25.03.2026 — Наурыз мейрамы (перенос выходного)",
        "Срок до чт 26.03.2026 10:00",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_speaks_every_language(lang: str) -> None:
    start = at(2026, 3, 21, 12)
    dues = [
        minutes(KZ, 20, start),
        hours(KZ, 0, start),
        working_days(KZ, 3, start),
        calendar_days(KZ, 9, start),
        end_of_day(KZ, "17:00", start),
        receipt(KZ, start),
    ]
    texts = [due.explanation.text(lang) for due in dues]
    assert len(set(texts)) == len(dues)
    assert not any("{" in line or "|" in line for due in dues for line in [*texts, *due.explanation.lines(lang)])


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language 'de'"):
        receipt(KZ, at(2026, 3, 20, 10)).explanation.text("de")


def test_one_day_takes_the_singular_in_russian_and_more_the_plural() -> None:
    one = working_days(KZ, 1, at(2026, 5, 6, 10)).explanation
    assert "; не считается: чт 07.05 — День защитника Отечества; " in one.text("ru")
    assert "Считается: пт 08.05.2026 (1)" in one.lines("ru")
    many = working_days(KZ, 2, at(2026, 5, 6, 10)).explanation
    assert "; не считаются: чт 07.05 — День защитника Отечества, сб 09.05" in many.text("ru")


def test_a_term_of_no_days_ends_on_the_day_on_which_it_begins() -> None:
    explanation = working_days(KZ, 0, at(2026, 3, 16, 10)).explanation
    assert explanation.text("kk") == (
        "0 жұмыс күні: мерзім басталған күні (дс 16.03.2026) аяқталады; мерзімі — дс 16.03.2026 сағат 18:30-ға дейін"
    )
    assert explanation.text("ru") == (
        "0 рабочих дней: срок оканчивается в день своего начала (пн 16.03.2026); срок до пн 16.03.2026 18:30"
    )
    assert explanation.text("en") == (
        "0 working days: the term ends on the day on which it begins (Mon 16 Mar 2026); due Mon 16 Mar 2026 18:30"
    )


def test_what_begins_at_closing_is_not_said_to_begin_outside_working_hours() -> None:
    explanation = minutes(KZ, 15, at(2026, 3, 20, 18, 30)).explanation
    assert explanation.text("en").startswith(
        "15 minutes of working time: counted from Fri 20 Mar 2026 18:30; not counted: Sat 21 Mar"
    )


def test_a_closing_that_is_not_the_usual_one_is_named() -> None:
    eve = date(2026, 12, 31)
    row = CalendarDay(eve, DayKind.SHORTENED, Text("", "", ""), WorkHours(time(9), time(13)))
    calendar = WorkCalendar(days={**KZ.days, eve: row})
    for explanation in (
        working_days(calendar, 1, at(2026, 12, 30, 10)).explanation,
        end_of_day(calendar, "17:00", at(2026, 12, 31, 10)).explanation,
    ):
        assert explanation.text("kk").endswith(
            "мерзімі — бс 31.12.2026 сағат 13:00-ке дейін; бұл күнгі жұмыс уақыты — сағат 13:00-ке дейін"
        )
        assert explanation.text("ru").endswith("срок до чт 31.12.2026 13:00; рабочее время в этот день — до 13:00")
        assert explanation.text("en").endswith("due Thu 31 Dec 2026 13:00; working hours end at 13:00 that day")
    assert "working hours end" not in minutes(calendar, 60, at(2026, 12, 31, 12)).explanation.text("en")


def test_holidays_that_are_not_known_yet_are_told_in_every_language() -> None:
    explanation = working_days(KZ, 10, at(2027, 12, 27, 10)).explanation
    assert explanation.text("kk").endswith(
        "; 2028 жылғы мерекелер күнтізбеге әлі енгізілмеген, есеп оларсыз жүргізілді"
    )
    assert explanation.text("ru").endswith("; праздники 2028 года ещё не внесены в календарь, расчёт сделан без них")
    assert explanation.text("en").endswith(
        "; the holidays of 2028 are not in the calendar yet, so it is counted without them"
    )
    assert "Праздники 2028 года ещё не внесены в календарь, расчёт сделан без них" in explanation.lines("ru")


def test_several_years_without_holidays_are_told_together() -> None:
    two = calendar_days(WorkCalendar(), 10, at(2029, 12, 27, 10)).explanation
    assert "2029, 2030 жылдардағы мерекелер" in two.text("kk")
    assert "праздники 2029, 2030 годов" in two.text("ru")
    many = calendar_days(WorkCalendar(), 3000, at(2029, 12, 27, 10)).explanation
    assert "the holidays of 2029–2038 are" in many.text("en")


def test_a_small_amount_is_written_without_an_exponent() -> None:
    assert amount_in_words("minutes", 0.00001, "ru") == "0,00001 минуты рабочего времени"
    assert amount_in_words("minutes", 14_400_000, "en") == "14400000 minutes of working time"
