"""How clauses of the acts are cited in each language, whatever language the act numbers them in."""

import pytest

from app.domain.acts.clauses import cited, clause_in_words


@pytest.mark.parametrize(
    ("clause", "kk", "ru", "en"),
    [
        ("5.3", "5.3-тармақ", "пункт 5.3", "item 5.3"),
        ("5.1, 5.2", "5.1, 5.2-тармақтар", "пункты 5.1, 5.2", "items 5.1, 5.2"),
        ("9-15", "9-15-тармақтар", "пункты 9-15", "items 9-15"),
        ("5/4-рәсім", "5/4-рәсім", "пункт 5, процедура 4", "item 5, procedure 4"),
        ("5/1-шарт", "5/1-шарт", "пункт 5, условие 1", "item 5, condition 1"),
        ("2-қосымша, 2-тармақ", "2-қосымша, 2-тармақ", "приложение 2, пункт 2", "appendix 2, item 2"),
        ("3-тарау", "3-тарау", "глава 3", "chapter 3"),
        ("process 1, process 3", "1-процесс, 3-процесс", "процесс 1, процесс 3", "process 1, process 3"),
        ("condition 2", "2-шарт", "условие 2", "condition 2"),
        ("5 (duplicate)", "5-тармақ (телнұсқа)", "пункт 5 (дубликат)", "item 5 (duplicate)"),
    ],
)
def test_a_clause_is_cited_in_each_language(clause: str, kk: str, ru: str, en: str) -> None:
    assert {lang: cited(clause, lang) for lang in ("kk", "ru", "en")} == {"kk": kk, "ru": ru, "en": en}


def test_in_brackets_it_is_the_ground_of_what_stands_before() -> None:
    assert clause_in_words("process 5", "ru") == " (основание: процесс 5)"
    assert clause_in_words("process 5", "kk") == " (негізі: 5-процесс)"
    assert clause_in_words("5.3", "en") == " (clause 5.3)"
