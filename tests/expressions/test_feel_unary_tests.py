"""Unary tests, the cells of decision tables; DMN 1.4, 10.3.2.8."""

from datetime import date

import pytest

from app.expressions import feel


def holds(source: str, tested: object, **variables: object) -> object:
    return feel.compile_unary_tests(source, list(variables)).evaluate({"?": tested, **variables}).value


@pytest.mark.parametrize(
    ("source", "yes", "no"),
    [
        ("5", [5, 5.0], [4]),
        ("< 5", [4], [5, 6]),
        (">= 5", [5], [4]),
        ("= 5", [5], [4]),
        ("!= 5", [4], [5]),
        ("[1..3]", [1, 3], [0, 4]),
        ("]1..3[", [2], [1, 3]),
        ("1, 2, [5..7]", [1, 2, 6], [3]),
        ("< 1, > 9", [0, 10], [5]),
        ("not(1, 2)", [3], [1, 2]),
        ("not([1..3])", [4], [2]),
        ("not(< 5)", [5], [4]),
        ('"a", "b"', ["a", "b"], ["c"]),
        ('"қалалық"', ["қалалық"], ["ауылдық"]),
        ("true", [True], [False]),
        ("not(true)", [False], [True]),
        ("[1, 2]", [1, 2, [1, 2]], [3, [1]]),
        ("limit", [10], [9]),
        ("< limit", [9], [10]),
        ("[limit..limit + 5]", [12], [9]),
        ("? > limit", [11], [10]),
        ("? > 1 and ? < 4", [2], [5]),
        ("modulo(?, 2) = 0", [4], [3]),
        ("not(? > 3)", [3], [4]),
        ("not(false)", [True], [False]),
        ("list contains([1, 2], ?)", [1], [3]),
        ("limit > 5", [1, 2], []),
        ("limit < 5", [], [1, 2]),
        ("every x in [1, 2] satisfies x < ?", [3], [2]),
    ],
)
def test_which_inputs_a_test_accepts(source: str, yes: list[object], no: list[object]) -> None:
    assert [holds(source, tested, limit=10) for tested in yes] == [True] * len(yes)
    assert [holds(source, tested, limit=10) for tested in no] == [False] * len(no)


@pytest.mark.parametrize("tested", [1, "a", None, True, [1]])
def test_a_dash_accepts_everything(tested: object) -> None:
    assert holds("-", tested) is True


@pytest.mark.parametrize(
    ("source", "tested", "expected"),
    [
        ("null", None, True),
        ("null", 1, False),
        ("not(null)", 1, True),
        ("< 5", None, None),
        ("< 5", "a", None),
        ("5", "a", None),
        ("not(5)", "a", None),
        ("5, < 3", None, None),
        ('"a"', None, False),
        ("? = null", None, True),
    ],
)
def test_null_and_inputs_of_another_kind(source: str, tested: object, expected: object) -> None:
    assert holds(source, tested) is expected


def test_dates() -> None:
    assert holds('[date("2026-01-01")..date("2026-12-31")]', date(2026, 5, 5)) is True
    assert holds('< @"2026-01-01"', date(2026, 5, 5)) is False


@pytest.mark.parametrize("source", ["", "1,", "not(1", "< ", "1 2", "not(1) 2", "-, 1"])
def test_what_is_no_unary_test_is_refused(source: str) -> None:
    with pytest.raises(feel.FeelError):
        feel.compile_unary_tests(source)


def test_a_missing_input_is_null() -> None:
    result = feel.compile_unary_tests("5").evaluate({})
    assert result.value is False
    assert result.warnings == ("there is no input value",)
