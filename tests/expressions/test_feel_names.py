"""Names with spaces, operators and letters of any script, comments, and what a syntax error says."""

from decimal import Decimal as D

import pytest

from app.expressions import feel


@pytest.mark.parametrize(
    ("source", "variables", "expected"),
    [
        ("Өтініш саны + 1", {"Өтініш саны": 2}, D(3)),
        ("Өтініш  \n саны + 1", {"Өтініш саны": 2}, D(3)),
        ("Мерзімі.күні", {"Мерзімі": {"күні": 5}}, D(5)),
        ("өтініш.мерзімі аяқталды", {"өтініш": {"мерзімі аяқталды": True}}, True),
        ("a-b", {"a-b": 1, "a": 10, "b": 3}, D(1)),
        ("a - b", {"a-b": 1, "a": 10, "b": 3}, D(7)),
        ("a+b*2", {"a+b": 1, "a": 10, "b": 3}, D(2)),
        ("a", {"a": 1, "a b": 2}, D(1)),
        ("a b", {"a": 1, "a b": 2}, D(2)),
        ("a b c", {"a": 1, "a b": 2, "a b c": 3}, D(3)),
        ("for sale and sold", {"for sale": True, "sold": False}, False),
        ("days in weekend[1]", {"days in weekend": ["sunday"]}, "sunday"),
        ("date and time", {"date": True, "date and time": 1}, D(1)),
        ("limits", {"limit": 1, "limits": 2}, D(2)),
        ("it's", {"it's": 1}, D(1)),
        ("v1.2", {"v1.2": 1}, D(1)),
        ("🐎 + 1", {"🐎": 1}, D(2)),
        ("_x1", {"_x1": 1}, D(1)),
    ],
)
def test_the_longest_known_name_is_taken(source: str, variables: dict[str, object], expected: object) -> None:
    assert feel.compile(source, variables).evaluate(variables).value == expected


@pytest.mark.parametrize(
    "source",
    ["Monthly Salary * 12", "applicant.Monthly Salary * 12", "[applicant][Monthly Salary > 5].Monthly Salary[1] * 12"],
)
def test_words_that_follow_each_other_are_a_name_that_need_not_be_known(source: str) -> None:
    variables = {"Monthly Salary": 10, "applicant": {"Monthly Salary": 10}}
    assert feel.compile(source).evaluate(variables).value == D(120)


def test_a_name_inside_a_loop_or_function_hides_the_variable() -> None:
    expression = feel.compile("[for n in [1] return n, (function(n) n)(2), {n: 3, m: n}.m, n]", ["n"])
    assert expression.evaluate({"n": 4}).value == [[D(1)], D(2), D(3), D(4)]


def test_a_variable_hides_the_built_in_function_of_its_name_but_not_its_call() -> None:
    expression = feel.compile('[date, date("2026-01-02").day]', ["date"])
    assert expression.evaluate({"date": "x"}).value == ["x", D(2)]


def test_an_unknown_variable_is_null_with_a_warning() -> None:
    result = feel.compile("\n  белгісіз").evaluate({})
    assert result.value is None
    assert result.warnings == ('there is no variable "белгісіз" (line 2, column 3)',)


@pytest.mark.parametrize(
    "source", ["1 + // two\n 2", "1 /* one */ + /* * / */ 2", "// first\n1 + 2 // last", "/**/1+2/**/"]
)
def test_comments_are_skipped(source: str) -> None:
    assert feel.compile(source).evaluate({}).value == D(3)


@pytest.mark.parametrize(
    ("source", "position", "message"),
    [
        ("", (1, 1), "expected an expression but found the end"),
        ("1 +", (1, 4), "expected an expression but found the end"),
        ("1 2", (1, 3), "expected an operator or the end but found '2'"),
        ("(1 + 2", (1, 7), "expected ')' but found the end"),
        ("[1, 2", (1, 6), "expected ']' but found the end"),
        ("if a then b", (1, 12), "expected 'else' but found the end"),
        ("1 +\n  * 2", (2, 3), "expected an expression but found '*'"),
        ('"abc', (1, 1), 'expected a closing " for this string'),
        ("a # b", (1, 3), "unexpected character '#'"),
        ("for x y return x", (1, 9), "expected 'in' but found 'return'"),
        ("{a 1}", (1, 2), "expected the name of an entry but found 'a'"),
        ("f(a: 1, 2)", (1, 9), "named and positional arguments cannot be mixed"),
        ('function(a) external {java: {class: "x"}}', (1, 1), "external functions are not supported"),
        ("1 instance of", (1, 14), "expected a type but found the end"),
        (r'"\ud800"', (1, 1), "a string has half of a surrogate pair"),
        ("1e99999", (1, 1), "an exponent may be at most 6144"),
    ],
)
def test_a_syntax_error_names_its_place(source: str, position: tuple[int, int], message: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile(source)
    assert caught.value.message == message
    assert caught.value.position == position
    assert str(caught.value) == f"{message} (line {position[0]}, column {position[1]})"
