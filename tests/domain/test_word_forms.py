"""The forms of a word that a search takes for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import folded
from app.domain.word_forms import stem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("құжат", "Құжаттарды тексеру"),
        ("құжаттардың", "құжатты қабылдау"),
        ("ҚҰЖАТТАРМЕН", "құжаттарға қол қою"),
        ("құжаттарындағы", "құжат"),
        ("құрылыстың", "«Әлімхан Құрылыс» ЖШС"),
        ("құрылысқа", "құрылысты тоқтату"),
        ("өтініштерін", "өтінішті тіркеу"),
        ("лицензиясының", "лицензия беру"),
        ("Ақтөбеден", "Ақтөбе Жоба"),
        ("тілек", "тілегі бойынша"),
        ("тілегін", "тілекті қарау"),
        ("кітабының", "кітап"),
        ("жобалауға", "жобалау қызметі"),
    ],
)
def test_a_word_is_found_in_another_of_its_forms(typed: str, kept: str) -> None:
    assert stem(folded(typed)) in folded(kept)


@pytest.mark.parametrize("word", ["су", "бас", "а-2026-000047", "180540012343", "«алма»"])
def test_short_words_and_numbers_stay_as_they_are(word: str) -> None:
    assert stem(word) == word


@given(st.text().map(folded).filter(bool))
def test_a_stem_finds_the_word_itself(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(len(word), 4)
