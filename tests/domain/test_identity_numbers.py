"""IIN and BIN: what is one, and what is said of a text that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people.identity_numbers import Fault, Kind, fault

ISSUED = ["181240006529", "971240001315", "940140000385", "210440021733", "990140004654", "950341000052"]
"""BINs of companies, as they publish them."""
PERSON = "830115300573"
SECOND_WEIGHTS = "061211600012"
"""Its first weighting leaves 10, the second its check digit."""


@pytest.mark.parametrize("number", ISSUED)
@pytest.mark.parametrize("kind", ["bin", "iin-or-bin"])
def test_issued_numbers_of_companies_are_bins(number: str, kind: Kind) -> None:
    assert fault(number, kind) is None


@pytest.mark.parametrize("number", [PERSON, SECOND_WEIGHTS])
@pytest.mark.parametrize("kind", ["iin", "iin-or-bin"])
def test_numbers_of_persons_are_iins(number: str, kind: Kind) -> None:
    assert fault(number, kind) is None


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        ("", "iin", Fault.DIGITS),
        ("83011530057", "iin", Fault.LENGTH),
        ("8301153005733", "iin-or-bin", Fault.LENGTH),
        (" 830115300573", "iin", Fault.DIGITS),
        ("830115300573\n", "iin", Fault.DIGITS),
        ("83011530057З", "iin", Fault.DIGITS),
        ("٨٣٠١١٥٣٠٠٥٧٣", "iin", Fault.DIGITS),
        ("83011530057²", "iin", Fault.DIGITS),
        ("831315300573", "iin", Fault.IIN_DATE),
        ("830132300573", "iin", Fault.IIN_DATE),
        ("010229500573", "iin", Fault.IIN_DATE),
        ("000229300573", "iin", Fault.IIN_DATE),
        ("830115000573", "iin", Fault.IIN_CENTURY),
        ("830115700573", "iin-or-bin", Fault.IIN_CENTURY),
        (ISSUED[0], "iin", Fault.IIN_CENTURY),
        (PERSON, "bin", Fault.BIN_ENTITY),
        ("181340006529", "bin", Fault.BIN_MONTH),
        ("180040006529", "iin-or-bin", Fault.BIN_MONTH),
        ("181270006529", "iin-or-bin", Fault.NEITHER),
        ("181240006528", "bin", Fault.CHECK),
        ("830115300574", "iin-or-bin", Fault.CHECK),
    ],
)
def test_what_is_wrong_is_told(number: str, kind: Kind, expected: Fault) -> None:
    assert fault(number, kind) is expected


def test_the_last_day_of_february_is_that_of_the_century() -> None:
    assert fault("000229500571", "iin") is Fault.CHECK
    assert fault("000229300571", "iin") is Fault.IIN_DATE


@pytest.mark.parametrize("last", "0123456789")
def test_digits_that_both_weightings_leave_10_of_are_given_out_with_no_check_digit(last: str) -> None:
    assert fault("18054000031" + last, "bin") is Fault.CHECK


@given(st.integers(0, 10**6 - 1), st.integers(0, 9))
def test_of_the_ten_last_digits_at_most_one_is_right(serial: int, other: int) -> None:
    right = [last for last in "0123456789" if fault(f"18054{serial:06}{last}", "bin") is None]
    assert len(right) <= 1
    assert str(other) in right or fault(f"18054{serial:06}{other}", "bin") is Fault.CHECK


@pytest.mark.parametrize("number", ["180240006529", "181240006592", "181420006529", "118240006529"])
def test_slips_are_noticed(number: str) -> None:
    assert fault(number, "iin-or-bin") is not None


@given(st.text(max_size=14), st.sampled_from(["iin", "bin", "iin-or-bin"]))
def test_any_text_is_judged(text: str, kind: Kind) -> None:
    assert fault(text, kind) is not None or len(text) == 12
