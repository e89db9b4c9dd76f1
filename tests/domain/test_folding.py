"""Texts as the search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.folding import folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ҚҰРЫЛЫС", "құрылыс"),
        ("курылыс", "Құрылыс"),
        ("Әлімхан", "АЛИМХАН"),
        ("еще", "ЕЩЁ"),
        ("и\u0306од", "йод"),
        ("ҺӨҢҒҮІ", "хонгуи"),
        ("STRASSE", "Straße"),
        ("A-2026-000065", "А-2026-000065"),
        ("К-5А45СВЕС", "K-5A45CBEC"),
        ("ХМТОРУН", "xmtopyh"),
    ],
)
def test_the_same_word_is_the_same_however_it_is_typed(typed: str, kept: str) -> None:
    assert folded(typed) == folded(kept)


def test_different_words_stay_different() -> None:
    assert folded("сызба") != folded("қызба")


@given(st.text(), st.text(), st.text())
def test_what_a_text_contains_is_in_its_folded_form(before: str, within: str, after: str) -> None:
    assert folded(within) in folded(before + within + after)
