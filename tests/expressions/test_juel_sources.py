"""Templates, what an expression uses, parse errors and limits."""

import pickle
from decimal import Decimal

import pytest

from app.expressions import EvaluationError, ExpressionError, ParseError, compile, is_expression


def value(source: str, **variables: object) -> object:
    return compile(source).evaluate(variables, {})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("plain $ text # {}", "plain $ text # {}"),
        ("Case ${number} of ${year}", "Case 12 of 2026"),
        ("${number}${year}", "122026"),
        ("#{number}/${year}", "12/2026"),
        (" ${number}", " 12"),
        ("[${nothing}] ${flag} ${amount}", "[] true 1.50"),
        ("\\${number}", "${number}"),
        ("\\#{a} ${number}", "#{a} 12"),
        ("a\\b ${number}", "a\\b 12"),
        ("${'}'}!", "}!"),
        ("${number} }", "12 }"),
    ],
)
def test_template(source: str, expected: str) -> None:
    found = value(source, number=12, year="2026", nothing=None, flag=True, amount=Decimal("1.50"))
    assert found == expected


def test_whole_expression_keeps_the_type_of_its_value() -> None:
    assert value("${number}", number=12) == 12
    assert value("${ number\n}", number=[1]) == [1]


def test_list_in_a_template_is_an_error_at_its_expression() -> None:
    with pytest.raises(EvaluationError, match="a list has no text form") as caught:
        value("Files: ${files}", files=[1])
    assert caught.value.position == 9


def test_is_expression() -> None:
    assert is_expression("a ${b}")
    assert is_expression("#{b}")
    assert not is_expression("$b {c} #")


def test_names_and_functions_that_a_source_uses() -> None:
    expression = compile("${a.b[c] > f(d, 'x') ? a.size() : true} and #{date(e)} ${f()}")
    assert expression.names == {"a", "c", "d", "e"}
    assert expression.functions == {("f", 2), ("f", 0), ("date", 1)}
    assert expression.source.startswith("${a.b")


def test_compiled_expression_is_cached() -> None:
    assert compile("${cached == 1}") is compile("${cached == 1}")


@pytest.mark.parametrize(
    ("source", "position", "message"),
    [
        ("${", 2, "expected '}' but the source ends"),
        ("${a", 3, "expected '}' but the source ends"),
        ("x ${}", 4, "expected an expression but found '}'"),
        ("${a b}", 4, "expected an operator or '}' but found 'b'"),
        ("${1 +}", 5, "expected an expression but found '}'"),
        ("${* 2}", 2, "expected an expression but found '*'"),
        ("${(1}", 4, "expected ')' but found '}'"),
        ("${a[1}", 5, "expected ']' but found '}'"),
        ("${a.}", 4, "expected the name of a property but found '}'"),
        ("${a.5}", 3, "expected an operator or '}' but found '.5'"),
        ("${f(1 2)}", 6, "expected ',' or ')' but found '2'"),
        ("${f(1,)}", 6, "expected an expression but found ')'"),
        ("${a ? 1}", 7, "expected ':' but found '}'"),
        ("${a : 1}", 4, "expected an operator or '}' but found ':'"),
        ("${'abc}", 2, "expected a closing ' for this string"),
        ("${'a\\n'}", 4, "unknown escape \\n in a string, expected \\\\, \\' or \\\""),
        ("${a & b}", 4, "unexpected character '&'"),
        ("${a} ${1 @ 2}", 9, "unexpected character '@'"),
        ("${1e5x}", 5, "expected an operator or '}' but found 'x'"),
        ("${a = 1}", 4, "assignment is not supported; compare with =="),
        ("${a; b}", 3, "a sequence of expressions with ; is not supported"),
        ("${x -> x}", 4, "lambda expressions are not supported"),
        ("${a instanceof b}", 4, "instanceof is not supported"),
        ("${new Thing()}", 2, "creating objects with new is not supported"),
        ("${T(java.lang.Runtime)}", 2, "type references T(...) are not supported"),
        ("${(a)(1)}", 5, "only functions and methods can be called"),
        ("${a['f'](1)}", 8, "only functions and methods can be called"),
        ("${date()}", 2, "function date takes 1 argument(s), not 0"),
        ("${true()}", 6, "only functions and methods can be called"),
    ],
)
def test_parse_error_tells_where_and_what_was_expected(source: str, position: int, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        compile(source)
    assert (caught.value.message, caught.value.position) == (message, position)
    assert caught.value.source == source


def test_errors_survive_a_process_boundary() -> None:
    with pytest.raises(ExpressionError) as caught:
        compile("${")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy), copy.source) == (ParseError, str(caught.value), "${")


def nested(opening: str, core: str, closing: str, times: int) -> str:
    return "${" + opening * times + core + closing * times + "}"


@pytest.mark.parametrize(
    ("opening", "core", "closing"),
    [
        ("(", "1", ")"),
        ("-", "1", ""),
        ("!", "true", ""),
        ("empty ", "1", ""),
        ("", "m", ".a"),
        ("", "m", "['a']"),
        ("", "'a'", ".trim()"),
        ("l[", "0", "]"),
        ("f(", "1", ")"),
        ("true ? 1 : ", "2", ""),
        ("true ? ", "1", " : 2"),
        ("-(", "1", ")"),
    ],
)
def test_nesting_is_limited(opening: str, core: str, closing: str) -> None:
    endless: dict[str, object] = {}
    endless["a"] = endless
    expression = compile(nested(opening, core, closing, 24))
    expression.evaluate({"m": endless, "l": [0]}, {"f": lambda x: x})
    for times in (60, 200):
        with pytest.raises(ParseError, match="nested deeper than 50 levels"):
            compile(nested(opening, core, closing, times))


def test_number_of_parts_is_limited() -> None:
    assert value("${" + "+".join(["1"] * 250) + "}") == 250
    assert value("${" + " && ".join(["true"] * 200) + "}") is True
    with pytest.raises(ParseError, match="more than 500 parts"):
        compile("${" + "+".join(["1"] * 251) + "}")
    with pytest.raises(ParseError, match="more than 500 parts"):
        compile("${1}" * 501)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("${1}" + " " * 4000, "at most 4000 characters"),
        ("${'" + "a" * 1001 + "'}", "string literal may have at most 1000 characters"),
        ("${" + "1" * 35 + "}", "at most 34 digits"),
        ("${1e999999999}", "exponent may be at most"),
        ("${1e-967}", "exponent may be at most"),
    ],
)
def test_sizes_of_a_source_are_limited(source: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        compile(source)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("${whole * whole}", "exceeds 34 digits"),
        ("${huge + 1}", "exceeds 34 digits"),
        ("${'' += huge}", "exceeds 34 digits"),
        ("${1e900 * 1e900}", "exceeds the supported range"),
        ("${wide + 1}", "exceeds the supported range"),
        ("${wide.intValue()}", "exceeds the supported range"),
        ("${wide.toString()}", "exceeds the supported range"),
        ("${(1e900).intValue()}", "exceeds 34 digits"),
        ("${text += text}", "string exceeds 100000 characters"),
        ("${text}${text}", "string exceeds 100000 characters"),
        ("${text.concat(text)}", "string exceeds 100000 characters"),
        ("${text.replace('a', text)}", "string exceeds 100000 characters"),
        ("${text.replace('', 'bb')}", "string exceeds 100000 characters"),
        ("${text.split('a')}", "list exceeds 10000 items"),
        ("${items.containsAll(items)}", "more than 20000 comparisons"),
        ("${items.indexOf(-1) + items.indexOf(-1)}", "more than 20000 comparisons"),
        ("${items.contains('a')}", "more than 20000 comparisons"),
        ("${map.containsValue(-1)}", "more than 20000 comparisons"),
        ("${rows.contains(items)}", "more than 20000 comparisons"),
        ("${items == items}", "more than 20000 comparisons"),
        ("${items.subList(0, 20000)}", "list exceeds 10000 items"),
    ],
)
def test_sizes_of_results_are_limited(source: str, message: str) -> None:
    variables = {
        "whole": 10**20,
        "huge": 10**5000,
        "wide": Decimal("1e999999"),
        "text": "a" * 60_000,
        "items": list(range(20_001)),
        "map": {str(number): number for number in range(20_001)},
        "rows": [list(range(20_001))] * 3,
    }
    with pytest.raises(EvaluationError, match=message):
        value(source, **variables)


def test_data_nested_beyond_the_stack_is_an_error() -> None:
    deep: list[object] = []
    for _ in range(5_000):
        deep = [deep]
    other: list[object] = []
    for _ in range(5_000):
        other = [other]
    with pytest.raises(EvaluationError, match="nested too deeply"):
        value("${a == b}", a=deep, b=other)
