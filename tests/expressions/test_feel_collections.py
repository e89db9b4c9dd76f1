"""Lists, contexts, paths, filters, loops and functions of FEEL; DMN 1.4, 10.3.2."""

from datetime import date
from decimal import Decimal as D

import pytest

from app.expressions import feel


def value(source: str, **variables: object) -> object:
    return feel.compile(source, list(variables)).evaluate(variables).value


def numbers(*items: int) -> list[D]:
    return [D(item) for item in items]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[4, 5, 6][1]", D(4)),
        ("[4, 5, 6][-1]", D(6)),
        ("[4, 5, 6][0]", None),
        ("[4, 5, 6][4]", None),
        ("[4, 5, 6][1 + 1]", D(5)),
        ("[4, 5, 6][1.5]", None),
        ("[4, 5, 6][1e-30]", None),
        ("[][1]", None),
        ("[4, 5, 6][item > 4]", numbers(5, 6)),
        ("[4, 5, 6][true]", numbers(4, 5, 6)),
        ("[4, 5, 6][null]", []),
        ("7[1]", D(7)),
        ("7[item > 8]", []),
        ("null[item > 8]", []),
        ("[{x: 1, y: 2}, {x: 2, y: 3}][x = 1]", [{"x": D(1), "y": D(2)}]),
        ("[{x: 1}, {y: 2}][y > 1]", [{"y": D(2)}]),
        ("[{x: 1}, {x: null}][x < 2]", [{"x": D(1)}]),
        ("[{item: 1}, {item: 3}][item >= 2]", [{"item": D(3)}]),
        ("[{x: 1}, {x: 2}][item.x = limit]", [{"x": D(2)}]),
        ("[{x: 1}, {x: 2}].x", numbers(1, 2)),
        ("[{x: {y: 1}}, {x: {y: [2, 3]}}].x.y", [D(1), numbers(2, 3)]),
        ("[{x: 1}, {y: 2}].x", [D(1), None]),
        ("[{x: 1}, {x: 2}][x > 1].x[1]", D(2)),
        ("{a: {b: {c: 1}}}.a.b.c", D(1)),
        ("{a: 1}.b", None),
        ("null.a", None),
        ("{a: 1, b: a + 1, c: {d: a + b}}.c.d", D(3)),
        ('{"a+b": 1}', {"a+b": D(1)}),
        ("{a+b: 1, c d: 2}", {"a+b": D(1), "c d": D(2)}),
        ("{a: 1, a: 2}", None),
        ("[1..3].end", D(3)),
        ("(1..3].start included", False),
        ("(< 3).start", None),
    ],
)
def test_list_context_and_path(source: str, expected: object) -> None:
    assert value(source, limit=2) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for x in [1, 2] return x * 2", numbers(2, 4)),
        ("for x in [1, 2], y in [10, 20] return x + y", numbers(11, 21, 12, 22)),
        ("for x in [[1, 2], [3]], y in x return y", numbers(1, 2, 3)),
        ("for i in 2..4 return i", numbers(2, 3, 4)),
        ("for i in 3..1 return i", numbers(3, 2, 1)),
        ("for i in [1..3) return i", numbers(1, 2)),
        ("for i in 1..5 return if i = 1 then 1 else i * partial[-1]", numbers(1, 2, 6, 24, 120)),
        ("for i in 1..3 return count(partial)", numbers(0, 1, 2)),
        ("for i in [] return i", []),
        ("for i in 5 return i", numbers(5)),
        ("for i in null return i", None),
        ('for i in "a".."c" return i', None),
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [] satisfies x > 1", False),
        ("some x in [null, 2] satisfies x > 1", True),
        ("some x in [null, 1] satisfies x > 1", None),
        ("every x in [1, 2] satisfies x > 0", True),
        ("every x in [] satisfies x > 0", True),
        ("every x in [null, 0] satisfies x > 0", False),
        ("every x in [null, 1] satisfies x > 0", None),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("every x in 1..3 satisfies x < 4", True),
    ],
)
def test_iteration(source: str, expected: object) -> None:
    assert value(source) == expected


def test_iteration_over_dates() -> None:
    found = value('for day in @"2026-02-27"..@"2026-03-01" return day')
    assert found == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]


def test_each_partial_result_is_a_list_of_its_own() -> None:
    assert value("for i in 1..3 return partial") == [[], [[]], [[], [[]]]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(function(a, b) a - b)(3, 1)", D(2)),
        ("(function(a, b) a - b)(b: 3, a: 1)", D(-2)),
        ("(function(a) function(b) a + b)(1)(2)", D(3)),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", D(120)),
        ("(function(a: number) a)(1)", D(1)),
        ("(function(a: number) a)([1])", D(1)),
        ('(function(a: number) a)("x")', None),
        ("(function(a) a)()", None),
        ("(function(a) a)(1, 2)", None),
        ("(function(a) a)(b: 1)", None),
        ("{call: function(f, x) f(x), r: call(abs, -1)}.r", D(1)),
        ('substring(string: "abc", start position: 2)', "bc"),
        ("1(2)", None),
        ("unknown(2)", None),
        ("abs()", None),
    ],
)
def test_function(source: str, expected: object) -> None:
    assert value(source) == expected


def test_functions_of_the_caller_are_called_with_values_of_feel() -> None:
    seen = []

    def tariff(kind: object, amount: object) -> object:
        seen.append((kind, amount))
        return D(5)

    given = feel.Function.of("tariff", ["kind", "amount"], tariff)
    assert value('tariff("a", 1) + tariff(amount: 2, kind: "b")', tariff=given) == D(10)
    assert seen == [("a", D(1)), ("b", D(2))]


def test_a_function_that_an_expression_made_can_be_given_to_another_one() -> None:
    increment = value("function(a) a + step", step=2)
    assert value("increment(1)", increment=increment) == D(3)
