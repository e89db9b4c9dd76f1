"""Operators, precedence and coercions of JUEL."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.expressions import EvaluationError, compile


def value(source: str, **variables: object) -> object:
    return compile(source).evaluate(variables, {})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${1 + 2}", 3),
        ("${5 - 7}", -2),
        ("${3 * 4}", 12),
        ("${7 / 2}", Decimal("3.5")),
        ("${7 div 2}", Decimal("3.5")),
        ("${7 % 3}", 1),
        ("${-7 mod 3}", -1),
        ("${7.5 % 2}", Decimal("1.5")),
        ("${-5}", -5),
        ("${- -5}", 5),
        ("${-'5'}", -5),
        ("${1 == 1.0}", True),
        ("${1 eq 2}", False),
        ("${1 != 2}", True),
        ("${1 ne 1}", False),
        ("${1 < 2}", True),
        ("${2 lt 1}", False),
        ("${2 > 1}", True),
        ("${1 gt 1}", False),
        ("${1 <= 1}", True),
        ("${2 le 1}", False),
        ("${1 >= 1}", True),
        ("${1 ge 2}", False),
        ("${true && false}", False),
        ("${true and true}", True),
        ("${false || true}", True),
        ("${false or false}", False),
        ("${!true}", False),
        ("${not false}", True),
        ("${'a' += 1 += null += true}", "a1true"),
        ("${true ? 'y' : 'n'}", "y"),
        ("#{1 + 1}", 2),
    ],
)
def test_operator(source: str, expected: object) -> None:
    found = value(source)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${1 + 2 * 3}", 7),
        ("${(1 + 2) * 3}", 9),
        ("${10 - 3 - 2}", 5),
        ("${100 / 10 / 5}", 2),
        ("${2 * 7 % 4}", 2),
        ("${-2 * 3}", -6),
        ("${1 + 2 == 3}", True),
        ("${1 < 2 == true}", True),
        ("${false && false || true}", True),
        ("${true || true && false}", True),
        ("${!false && false}", False),
        ("${not empty 'a' and true}", True),
        ("${empty '' ? 1 : 2}", 1),
        ("${1 + 1 += 2 * 2}", "24"),
        ("${'a' += 'b' == 'ab'}", True),
        ("${'b' < 'a' += 'c'}", False),
        ("${true ? 1 : 2 + 10}", 1),
        ("${false ? 1 : true ? 2 : 3}", 2),
        ("${false ? 1 : false ? 2 : 3}", 3),
        ("${true ? false ? 1 : 2 : 3}", 2),
    ],
)
def test_precedence_and_associativity(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(("n", "expected"), [(1, "low"), (5, "middle"), (9, "high")])
def test_chained_ternary_chooses_by_the_first_true_condition(n: int, expected: str) -> None:
    assert value("${n < 3 ? 'low' : n < 7 ? 'middle' : 'high'}", n=n) == expected


def test_logical_operators_and_ternary_leave_out_what_does_not_decide() -> None:
    assert value("${false && missing}") is False
    assert value("${true || missing}") is True
    assert value("${true ? 1 : missing}") == 1


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("42", 42),
        ("4.20", Decimal("4.20")),
        (".5", Decimal("0.5")),
        ("1e3", Decimal(1000)),
        ("2.5E-2", Decimal("0.025")),
        ("'it\\'s'", "it's"),
        ('"say \\"hi\\" \\\\"', 'say "hi" \\'),
        ("'қазақ } ${'", "қазақ } ${"),
        ("true", True),
        ("false", False),
        ("null", None),
    ],
)
def test_literal(literal: str, expected: object) -> None:
    found = value("${" + literal + "}")
    assert found == expected
    assert type(found) is type(expected)


def test_decimal_arithmetic_is_exact_for_literals_and_floats() -> None:
    assert value("${0.1 + 0.2 == 0.3}") is True
    assert value("${a + b == 0.3}", a=0.1, b=0.2) is True
    assert value("${1 / 3}") == Decimal("0." + "3" * 34)


def test_whole_results_of_ints_are_int_and_others_decimal() -> None:
    assert type(value("${6 / 3}")) is int
    assert type(value("${1.0 * 2}")) is Decimal
    assert type(value("${a + 1}", a=1.0)) is Decimal


def test_values_that_are_only_read_are_returned_unchanged() -> None:
    items = [1.5, {"a": 1}]
    assert value("${items}", items=items) is items
    assert type(value("${items[0]}", items=items)) is float


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${null + 1}", 1),
        ("${null * null}", 0),
        ("${'' + 2}", 2),
        ("${'2' + '3'}", 5),
        ("${'1.5' * 2}", Decimal("3.0")),
        ("${null == null}", True),
        ("${null == 0}", False),
        ("${null != ''}", True),
        ("${null < 1}", False),
        ("${null >= 1}", False),
        ("${null <= null}", True),
        ("${null < null}", False),
        ("${'10' == 10}", True),
        ("${'10' > 9}", True),
        ("${'10' > '9'}", False),
        ("${'true' == true}", True),
        ("${'FALSE' == true}", False),
        ("${!null}", True),
        ("${!'true'}", False),
        ("${null || 'true'}", True),
        ("${'' ? 1 : 2}", 2),
        ("${'Z' < 'a'}", True),
        ("${'я' < 'қ'}", True),
        ("${'' += 1.50}", "1.50"),
        ("${'' += 1e3}", "1000"),
    ],
)
def test_coercion(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "${true + 1}",
        "${'abc' * 2}",
        "${'abc' == 1}",
        "${'abc' > 1}",
        "${'1_0' + 1}",
        "${'nan' + 1}",
        "${'١' + 1}",
        "${true == 1}",
        "${1 && true}",
        "${'yes' ? 1 : 2}",
        "${true < false}",
        "${items + 1}",
        "${items < items}",
        "${items += ''}",
        "${-items}",
        "${nan + 1}",
        "${infinite < 1}",
    ],
)
def test_value_of_a_wrong_kind_is_an_error_at_the_operator(source: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value(source, items=[1], nan=float("nan"), infinite=Decimal("Infinity"))
    assert caught.value.position is not None
    assert caught.value.source == source


def test_adding_strings_suggests_how_to_join_them() -> None:
    with pytest.raises(EvaluationError, match=r"'a' is not a number.*use \+= or concat\(\)") as caught:
        value("${'a' + 'b'}")
    assert caught.value.position == 6


@pytest.mark.parametrize("source", ["${1 / 0}", "${1 % 0}", "${1.5 / 0.0}", "${1 mod null}", "${0 / 0}"])
def test_division_by_zero_is_an_error(source: str) -> None:
    with pytest.raises(EvaluationError, match="division by zero"):
        value(source)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, True),
        ("", True),
        ([], True),
        ((), True),
        ({}, True),
        (" ", False),
        ([None], False),
        ({"a": None}, False),
        (0, False),
        (False, False),
        (Decimal(0), False),
        (datetime(2026, 1, 1, tzinfo=UTC), False),
    ],
)
def test_empty(content: object, expected: bool) -> None:
    assert value("${empty x}", x=content) is expected
    assert value("${not empty x}", x=content) is not expected


def test_lists_and_maps_are_equal_by_content() -> None:
    assert value("${a == b}", a=[1, {"x": 0.5}], b=[1.0, {"x": Decimal("0.5")}]) is True
    assert value("${a == b}", a=[1], b=[True]) is False
    assert value("${a == b}", a={"x": 1}, b={"x": 1, "y": 2}) is False
    assert value("${a == 'x'}", a=["x"]) is False


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${at == '2026-01-31T05:00:00Z'}", True),
        ("${at == dateTime('2026-01-31T10:00:00+05:00')}", True),
        ("${at == '2026-01-31T10:00:00.000+0500'}", True),
        ("${at == '2026-01-31T10:00:00'}", True),
        ("${at > date('2026-01-31')}", True),
        ("${at < '2026-02-01'}", True),
        ("${day == date('2026-01-31')}", True),
        ("${at == null}", False),
        ("${at != items}", True),
    ],
)
def test_moments_compare_with_moments_and_iso_texts(source: str, expected: bool) -> None:
    moment = datetime(2026, 1, 31, 5, tzinfo=UTC)
    assert value(source, at=moment, day=date(2026, 1, 31), items=[]) is expected


@pytest.mark.parametrize("source", ["${naive < '2026-01-01'}", "${at < 'soon'}", "${at < '2026-13-01'}", "${at < 1}"])
def test_moment_does_not_compare_with_what_is_no_moment(source: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(EvaluationError):
        value(source, naive=at.replace(tzinfo=None), at=at)


def test_property_and_index_read_maps_and_lists() -> None:
    case = {"applicant": {"name": "Ayan"}, "files": [{"n": 1}, {"n": 2}], "two words": 3, "empty": 4, "1": 5}
    assert value("${c.applicant.name}", c=case) == "Ayan"
    assert value("${c['applicant'][\"name\"]}", c=case) == "Ayan"
    assert value("${c.files[1].n}", c=case) == 2
    assert value("${c.files[4 / 2 - 1].n}", c=case) == 2
    assert value("${c['two words']}", c=case) == 3
    assert value("${c.empty}", c=case) == 4
    assert value("${c.missing}", c=case) is None
    assert value("${c.files[9]}", c=case) is None
    assert value("${c.files[-1]}", c=case) is None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("${c.a.b}", "cannot read property b of null"),
        ("${null['b']}", "cannot read property b of null"),
        ("${c.text.length}", "cannot read property length of 'abc'"),
        ("${c.text[0]}", "cannot read property 0 of 'abc'"),
        ("${c.list.size}", "cannot read property size of a list"),
        ("${c.list[0.5]}", "0.5 is not a whole number"),
        ("${c[c]}", "a map cannot be a key"),
        ("${5.5['x']}", "cannot read property x of 5.5"),
    ],
)
def test_reading_from_what_has_no_entries_is_an_error(source: str, message: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value(source, c={"text": "abc", "list": [1]})
    assert caught.value.message == message


def test_unknown_variable_is_named_with_its_place() -> None:
    with pytest.raises(EvaluationError) as caught:
        value("${1 + amount}")
    assert caught.value.message == "Unknown property used in expression: amount"
    assert caught.value.position == 6
    assert str(caught.value) == "Unknown property used in expression: amount (at offset 6)"
