"""No expression reaches Python, fails in another way than it should, or costs more than the limits allow."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.expressions import feel
from app.expressions.feel.functions import BUILTINS
from app.expressions.feel.limits import MAX_NAME, MAX_SOURCE
from tests.expressions.counting import calls


class Host:
    """An object with attributes that a model must not reach."""

    secret = "secret"

    def __call__(self) -> str:
        return self.secret


@pytest.mark.parametrize(
    "source",
    [
        '"".__class__',
        "[1].append[1]",
        "{}.keys",
        "{}.__class__",
        "(1).real",
        '@"2026-01-01".min',
        '@"P1D".total_seconds',
        "abs.call",
        "abs.signatures",
        "host",
        "host.secret",
        "host()",
        '__import__("os")',
        'eval("1")',
        "length()",
        "length([1])",
    ],
)
def test_attributes_and_callables_of_python_are_out_of_reach(source: str) -> None:
    assert feel.compile(source).evaluate({"host": Host(), "length": len}).value is None


def test_the_values_of_the_caller_are_not_changed() -> None:
    variables = {"items": [3, 1, 2], "context": {"a": [1]}}
    source = '[sort(items), append(items, 4), context put(context, "b", 1), remove(context.a, 1)]'
    feel.compile(source).evaluate(variables)
    assert variables == {"items": [3, 1, 2], "context": {"a": [1]}}


_PIECES = st.sampled_from(
    [
        *"()[]{}<>=+-*/.,:?@\"'\\ \n",
        *("..", "**", "<=", "!=", "->", "1", "2.5", "a", "b c", "ә", "null", "true", '"x"', "@", "//", "/*"),
        *("if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "function", "instance of", "list"),
        *("between", "and", "or", "not", "item", "partial", "external", "date", "sort", '@"P1D"', "[1..3]", "(a)"),
    ]
)
_SOURCES = st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES).map("".join))
_ZONES = st.sampled_from([None, UTC, ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Paris")])
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(max_size=8),
    st.dates(),
    st.times(timezones=_ZONES),
    st.datetimes(timezones=_ZONES),
    st.timedeltas(),
    st.builds(feel.YearsMonths, st.integers(-(10**6), 10**6)),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "b c"]), inner)),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(_SOURCES, _VALUES, _VALUES)
def test_a_source_is_refused_or_evaluated_but_never_fails_otherwise(source: str, one: object, other: object) -> None:
    variables = {"a": one, "b c": other, "?": one}
    for compile_source in (feel.compile, feel.compile_unary_tests):
        try:
            compiled = compile_source(source, list(variables))
        except feel.FeelError as error:
            line, column = error.position
            assert 1 <= line <= source.count("\n") + 1
            assert column >= 1
        else:
            compiled.evaluate(variables)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(BUILTINS)), st.lists(_VALUES, max_size=4))
def test_no_built_in_function_fails_whatever_it_is_given(name: str, arguments: list[object]) -> None:
    variables = {f"v{number}": argument for number, argument in enumerate(arguments)}
    feel.compile(f"{name}({', '.join(variables)})").evaluate(variables, now=datetime(2026, 11, 21, tzinfo=UTC))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["+", "-", "*", "/", "**", "=", "<", "in", "and", "or"]), _VALUES, _VALUES)
def test_no_operator_fails_whatever_it_is_given(symbol: str, one: object, other: object) -> None:
    found = feel.compile(f"a {symbol} b").evaluate({"a": one, "b": other}).value
    assert (
        found is None
        or isinstance(found, bool | D | str | date | timedelta | feel.YearsMonths)
        or hasattr(found, "hour")
    )


@pytest.mark.parametrize(
    "source",
    [
        "(" * 500 + "1" + ")" * 500,
        "[" * 5000,
        "-" * 5000 + "1",
        "not(" * 500 + "true" + ")" * 500,
        "[1..5[" * 500,
        "a" + ".b" * 1000,
        "{a:" * 500,
        "1+" * 4000 + "1",
        "f(a " * 1000,
        "f(" + "a b " * 2000 + ":",
        "{" + "a " * 4000,
        "x " * (MAX_NAME + 1),
        '"' + "\\" * 4000,
        "function(a) " * 500 + "1",
        "if a then " * 500 + "1",
        "1 in (" * 500,
        "a instance of " + "list<" * 500,
        " " * MAX_SOURCE + "1",
    ],
)
def test_sources_that_are_too_large_are_refused_after_few_operations(source: str) -> None:
    def refused() -> None:
        with pytest.raises(feel.FeelError):
            feel.compile(source)
        with pytest.raises(feel.FeelError):
            feel.compile_unary_tests(source)

    assert calls(refused) < 300_000


_DOUBLING = "for i in 1..40 return if i = 1 then [1, 1] else [partial[-1], partial[-1]]"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("some x in 1..1e30 satisfies x < 0", "takes more than"),
        ("for i in 1..1e30 return i", "a list exceeds"),
        ("count(for i in 1..9999 return partial)", "takes more than"),
        ("for i in 1..100 return partial", "the result holds more than"),
        (f"{_DOUBLING}", "the result holds more than"),
        (f"string({_DOUBLING})", "a string exceeds"),
        (f"({_DOUBLING}) = ({_DOUBLING})", "takes more than"),
        (f"count(flatten({_DOUBLING}))", "a list exceeds"),
        ("for i in 1..9999 return long + string(i)", "takes more than"),
        ("for i in 1..9999 return long", "the result holds more than"),
        ("long + long", "a string exceeds"),
        ('string join([long, long], "")', "a string exceeds"),
        ("{f: function(n) f(n + 1), r: f(1)}.r", "more than 50 levels deep"),
        ("{f: function(n) f(n - 1) + f(n - 1) + 1, r: (function() f(1))()}.r", "more than 50 levels deep"),
        ("{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(30)}.r", "takes more than"),
        ("(for i in 1..200 return if i = 1 then [1] else [partial[-1]])[-1]", "the result is nested deeper"),
        ("distinct values(for i in 1..5000 return i)", "takes more than"),
        (f"({_DOUBLING.replace('40', '25')})[-1] instance of {'list<' * 25}number{'>' * 25}", "takes more than"),
        ("some x in 1..100000 satisfies long != long", "takes more than"),
        ("1.0000001 ** 1e6000", "exceeds the supported range"),
        ('for i in 1..9999 return matches(text, "(a+)+b")', "takes more than"),
        ('for i in 1..9999 return matches("a", ".{900}" + string(i))', "takes more than"),
        ('for i in 1..9999 return count(long) + count(split(text, "b"))', "takes more than"),
    ],
)
def test_evaluations_that_cost_too_much_are_null(source: str, reason: str) -> None:
    """Each of them is stopped by what it has spent; without that, the test would not end."""
    result = feel.compile(source).evaluate({"long": "x" * 99_000, "text": "a" * 9_000})
    assert result.value is None
    assert reason in " ".join(result.warnings)


@pytest.mark.parametrize(
    ("source", "exhausted"),
    [("some x in 1..1e30 satisfies x < 0", True), ("1 / 0", False), ("1.0000001 ** 1e6000", False), ("1", False)],
)
def test_an_evaluation_that_was_stopped_is_told_from_one_without_a_value(source: str, exhausted: bool) -> None:
    assert (feel.compile(source).evaluate({}).exhausted is not None) is exhausted


def test_functions_may_call_each_other_so_far_whoever_asks() -> None:
    """The stack of the caller does not count."""
    source = "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(49)}.r"

    def below(levels: int) -> object:
        return below(levels - 1) if levels else feel.compile(source).evaluate({}).value

    assert below(0) == below(200) == D(49)


def test_variables_that_are_too_large_or_hold_themselves_are_null() -> None:
    circular: list[object] = []
    circular.append(circular)
    for variable in (circular, [0] * 100_001, 10**7000, float("nan")):
        result = feel.compile("v").evaluate({"v": variable})
        assert result.value is None
        assert result.warnings


def test_what_is_not_read_is_not_converted() -> None:
    assert feel.compile("1").evaluate({"v": [0] * 200_000}).value == D(1)


def test_the_warnings_of_an_evaluation_are_few_and_differ() -> None:
    result = feel.compile("for i in 1..5000 return i + null").evaluate({})
    assert len(result.warnings) == len(set(result.warnings)) == 50


def test_a_limit_is_told_after_many_warnings_too() -> None:
    source = "[for i in 1..100 return i + null, some x in 1..1e30 satisfies x < 0]"
    result = feel.compile(source).evaluate({})
    assert len(result.warnings) == 51
    assert result.warnings[-1] == "the evaluation takes more than 500000 steps"
