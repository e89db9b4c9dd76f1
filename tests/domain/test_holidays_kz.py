from datetime import date

import pytest

from app.domain.terms.calendar import CalendarDay, DayKind, Text
from app.domain.terms.holidays_kz import seed


def rows(year_from: int, year_to: int) -> dict[date, CalendarDay]:
    return {row.day: row for row in seed(year_from, year_to)}


def test_nauryz_of_2026_takes_five_days_with_its_two_moved_ones() -> None:
    year = rows(2026, 2026)
    kinds = [year[date(2026, 3, day)].kind for day in range(21, 26)]
    assert kinds == [DayKind.HOLIDAY] * 3 + [DayKind.MOVED_OFF] * 2
    assert year[date(2026, 3, 21)].name == Text("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz")
    assert year[date(2026, 3, 24)].name.ru == "Наурыз мейрамы (перенос выходного)"


def test_the_day_of_victory_on_a_saturday_frees_monday() -> None:
    year = rows(2026, 2026)
    assert year[date(2026, 5, 9)].kind is DayKind.HOLIDAY
    assert year[date(2026, 5, 11)].kind is DayKind.MOVED_OFF


def test_an_exchange_of_days_is_known_from_both_sides() -> None:
    year = rows(2024, 2024)
    assert year[date(2024, 5, 8)].kind is DayKind.MOVED_OFF
    assert year[date(2024, 5, 8)].name.ru == "выходной день вместо 04.05.2024"
    assert year[date(2024, 5, 4)].kind is DayKind.MOVED_WORKING
    assert year[date(2024, 5, 4)].name.kk == "08.05.2024 орнына жұмыс күні"


def test_a_saturday_exchanged_for_a_day_of_the_next_year_is_in_its_own_year() -> None:
    assert rows(2013, 2013)[date(2013, 12, 28)].kind is DayKind.MOVED_WORKING
    assert date(2014, 1, 3) not in rows(2013, 2013)
    assert rows(2014, 2014)[date(2014, 1, 3)].kind is DayKind.MOVED_OFF


def test_nothing_moves_after_christmas_and_kurban_ait() -> None:
    christmas_on_sunday = rows(2024, 2024)
    assert christmas_on_sunday[date(2024, 1, 7)].kind is DayKind.HOLIDAY
    assert date(2024, 1, 8) not in christmas_on_sunday
    assert christmas_on_sunday[date(2024, 6, 16)].name.ru == "Курбан айт"
    assert date(2024, 6, 17) not in christmas_on_sunday


def test_a_day_of_kurban_ait_that_is_not_announced_says_so() -> None:
    assert rows(2025, 2025)[date(2025, 6, 6)].name == Text("Құрбан айт", "Курбан айт", "Kurban Ait")
    later = [row.name.ru for row in seed(2035, 2035) if row.name.ru.startswith("Курбан айт")]
    assert later == ["Курбан айт (расчётная дата)"]


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert rows(2032, 2032)[date(2032, 3, 22)].name.en == "Nauryz; Kurban Ait (estimated date)"


def test_the_day_of_the_constitution_leaves_august_after_2025() -> None:
    assert rows(2025, 2025)[date(2025, 8, 30)].name.ru == "День Конституции Республики Казахстан"
    assert date(2026, 8, 30) not in rows(2026, 2026)
    assert rows(2027, 2027)[date(2027, 3, 15)].name.en == "Constitution Day"


def test_every_name_from_2010_on_is_translated() -> None:
    untranslated = {row.name.kk for row in seed(2010, 2040) if row.name.ru == row.name.kk}
    assert untranslated == {"Наурыз мейрамы"}


def test_names_do_not_depend_on_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert rows(2026, 2026)[date(2026, 1, 1)].name == Text("Жаңа жыл", "Новый год", "New Year")


def test_rows_are_in_order_and_within_the_years() -> None:
    days = [row.day for row in seed(2024, 2026)]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {2024, 2025, 2026}


@pytest.mark.parametrize(("year_from", "year_to"), [(2026, 2025), (1990, 2026), (2026, 3000)])
def test_years_that_cannot_be_seeded_are_refused(year_from: int, year_to: int) -> None:
    with pytest.raises(ValueError, match="years"):
        seed(year_from, year_to)
