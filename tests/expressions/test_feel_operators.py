"""Literals, arithmetic, comparison and three-valued logic of FEEL; DMN 1.4, 10.3.2."""

import datetime
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.expressions import feel
from app.expressions.feel.values import CONTEXT, YearsMonths


def value(source: str, **variables: object) -> object:
    return feel.compile(source, list(variables)).evaluate(variables).value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", D(1)),
        ("-1.50", D("-1.50")),
        (".5", D("0.5")),
        ("1.2e3", D(1200)),
        ("1E-2", D("0.01")),
        ('"a"', "a"),
        (r'"a\"b\\c\n\t"', 'a"b\\c\n\t'),
        (r'"Қ"', "Қ"),
        (r'"😀 \U01F40E"', "😀 🐎"),
        (r'"\d+"', r"\d+"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("[]", []),
        ('[1, "a", [true]]', [D(1), "a", [True]]),
        ("{}", {}),
        ('@"2026-03-01"', datetime.date(2026, 3, 1)),
        ('@"P1Y2M"', YearsMonths(14)),
        ('@"PT36H"', datetime.timedelta(hours=36)),
        ('@"tomorrow"', None),
    ],
)
def test_literal(source: str, expected: object) -> None:
    found = value(source)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", D(7)),
        ("(1 + 2) * 3", D(9)),
        ("7 - 2 - 1", D(4)),
        ("8 / 4 / 2", D(1)),
        ("1 / 3", D("0.3333333333333333333333333333333333")),
        ("2 ** 3 ** 2", D(64)),
        ("-5 ** 2", D(25)),
        ("--5", D(5)),
        ("0.1 + 0.2 = 0.3", True),
        ("0.1 + 0.2", D("0.3")),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ("1 / 0", None),
        ("1 + null", None),
        ("true + 1", None),
        ("[1] + 1", None),
        ('-"1"', None),
        ("9e6144 * 10", None),
        ("0 ** -1", None),
        ('@"P1Y" / 1e-6144', None),
        ("stddev([3e3072, -3e3072])", None),
    ],
)
def test_arithmetic(source: str, expected: object) -> None:
    assert value(source) == expected


@settings(deadline=None)
@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6),
)
def test_arithmetic_is_that_of_decimals_of_34_digits(left: D, right: D) -> None:
    assert value("a + b", a=left, b=right) == CONTEXT.add(left, right)
    assert value("a - b", a=left, b=right) == CONTEXT.subtract(left, right)
    assert value("a * b", a=left, b=right) == CONTEXT.multiply(left, right)
    assert value("a / b", a=left, b=right) == (CONTEXT.divide(left, right) if right else None)
    assert value("a < b", a=left, b=right) is (left < right)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 < 2", True),
        ("2 <= 2", True),
        ("1 > 2", False),
        ("2 >= 3", False),
        ("1 = 1.0", True),
        ("1 != 2", True),
        ('"a" < "b"', True),
        ('"Б" > "А"', True),
        ("1 = true", None),
        ('1 = "1"', None),
        ("null = null", True),
        ("1 = null", False),
        ("null != 1", True),
        ("null < 1", None),
        ("true < false", None),
        ("[1, 2] = [1, 2]", True),
        ("[1, 2] = [2, 1]", False),
        ('[1] = ["1"]', False),
        ("{a: 1, b: [2]} = {b: [2], a: 1}", True),
        ("{a: 1} = {a: 2}", False),
        ("[1..3] = [1..3]", True),
        ("(1..3] = ]1..3]", True),
        ("[1..3] = [1..3)", False),
        ("(< 10) = (< 10)", True),
        ("(< 10) = (null..10)", False),
        ("(!= 10) = (!= 10)", True),
        ("2 between 1 and 3", True),
        ("4 between 1 and 3", False),
        ("2 between 1 and 3 and false", False),
        ("2 between null and 3", None),
        ("2 between 1 and null", None),
        ("4 between null and 3", False),
        ("0 between 1 and null", False),
        ("null between 1 and 3", None),
        ("2 between 3 and 1", False),
    ],
)
def test_comparison(source: str, expected: object) -> None:
    assert value(source) is expected


@pytest.mark.parametrize(
    ("left", "right", "conjunction", "disjunction"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "null", None, True),
        ("false", "false", False, False),
        ("false", "null", False, None),
        ("null", "null", None, None),
        ("1", "true", None, True),
        ("1", "false", False, None),
    ],
)
def test_logic_has_three_values(left: str, right: str, conjunction: object, disjunction: object) -> None:
    for one, other in ((left, right), (right, left)):
        assert value(f"{one} and {other}") is conjunction
        assert value(f"{one} or {other}") is disjunction


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2 in [1..3]", True),
        ("1 in (1..3]", False),
        ("1 in ]1..3]", False),
        ("3 in [1..3)", False),
        ("3 in [1..3[", False),
        ("3 in [1..3[ or true", True),
        ("3 in [1..[4, 5][1]]", True),
        ("3 in [1..3[ and (for x in [1] return x) = [1]", False),
        ("2 in [1, 2]", True),
        ("5 in [[1..3], [4..6]]", True),
        ("2 in < 3", True),
        ("2 in (> 5, <= 2)", True),
        ("2 in (1, 3)", False),
        ("2 in = 2", True),
        ("2 in != 2", False),
        ("2 in (!= 3)", True),
        ("2 in 2", True),
        ('"b" in ["a".."c"]', True),
        ('@"2026-02-10" in [@"2026-02-01"..@"2026-03-01")', True),
        ("null in [1..3]", None),
        ("5 in [1..null]", None),
        ("0 in [1..null]", False),
        ("4 in (null..3]", False),
        ("3 in (null..3]", None),
        ('1 in ["a".."c"]', None),
        ("2 in [3..1]", False),
        ("{a: 1} in ({a: 2}, {a: 1})", True),
    ],
)
def test_membership(source: str, expected: object) -> None:
    assert value(source) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('if 1 < 2 then "yes" else "no"', "yes"),
        ('if null then "yes" else "no"', "no"),
        ('if 1 then "yes" else "no"', "no"),
        ("if false then 1 else if false then 2 else 3", D(3)),
        ("if true then if false then 1 else 2 else 3", D(2)),
        ("(if true then 1 else 2) + 1", D(2)),
    ],
)
def test_conditional(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 instance of number", True),
        ("1 instance of string", False),
        ("null instance of Any", False),
        ("[1] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{a: null} instance of context<a: number>", True),
        ("{b: 1} instance of context<a: number>", False),
        ("[1..2] instance of range<number>", True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1D" instance of years and months duration', False),
        ('@"2026-01-01T00:00:00" instance of date and time', True),
        ('@"2026-01-01T00:00:00" instance of date', False),
        ("(function(a) a) instance of function<Any> -> Any", True),
        ("1 instance of tUnknown", None),
    ],
)
def test_type(source: str, expected: object) -> None:
    assert value(source) is expected


def test_types_of_a_model_are_tested_with_what_the_caller_gives() -> None:
    expression = feel.compile("[{age: 20}, {age: 10}] instance of list<tAdult>")
    types = {"tAdult": lambda found: found["age"] >= 18}
    assert expression.evaluate({}, types=types).value is False


def test_python_numbers_and_sequences_become_values_of_feel() -> None:
    found = value("a", a={"whole": 1, "broken": 0.1, "pair": (1, 2)})
    assert found == {"whole": D(1), "broken": D("0.1"), "pair": [D(1), D(2)]}
    assert isinstance(found, dict)
    assert isinstance(found["broken"], D)


def test_a_null_says_why() -> None:
    result = feel.compile('income / 0 + length("x")').evaluate({"income": 5})
    assert result.value is None
    assert result.warnings[0] == "division by zero (line 1, column 8)"
    assert result.warnings[1] == 'there is no function "length" (line 1, column 20)'
