"""No expression reaches Python, and none fails in another way than it should."""

from decimal import Context, Decimal, DivisionByZero, InvalidOperation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.expressions import EvaluationError, ExpressionError, ParseError, compile


class Host:
    """An object with attributes that a model must not reach."""

    secret = "secret"

    def __call__(self) -> str:
        return self.secret

    def size(self) -> int:
        return 1


VARIABLES: dict[str, object] = {
    "a": 1,
    "b": "text",
    "c": [1, "two", None],
    "d": {"a": {"b": 2}},
    "h": Host(),
    "len": len,
    "execution": Host(),
}


@pytest.mark.parametrize(
    "source",
    [
        "${''.class}",
        "${''.__class__}",
        "${''['__class__']}",
        "${a.__class__}",
        "${c.__class__}",
        "${c['append']}",
        "${h.secret}",
        "${h['secret']}",
        "${h.size()}",
        "${h.toString()}",
        "${h += ''}",
        "${h + 1}",
        "${h == 1}",
        "${execution.secret}",
        "${len(c)}",
        "${getClass()}",
        "${__import__('os')}",
        "${eval('1')}",
        "${h()}",
    ],
)
def test_attributes_and_callables_of_python_are_out_of_reach(source: str) -> None:
    with pytest.raises(EvaluationError):
        compile(source).evaluate(VARIABLES, {})


@pytest.mark.parametrize(
    "source",
    [
        "${''.getClass()}",
        "${''.__class__()}",
        "${x.__init__()}",
        "${b.format(a)}",
        "${c.append(1)}",
        "${d.update(d)}",
        "${c.clear()}",
        "${d.put('a', 1)}",
        "${[x for x in c]}",
        "${lambda: 1}",
        "${a ** b}",
        "${a := 1}",
        "${`a`}",
    ],
)
def test_what_is_not_juel_does_not_parse(source: str) -> None:
    with pytest.raises(ParseError):
        compile(source)


def test_dunder_names_are_plain_data() -> None:
    assert compile("${d.__class__}").evaluate({"d": {"__class__": "economy"}}, {}) == "economy"
    assert compile("${d.__class__}").evaluate({"d": {}}, {}) is None
    assert compile("${__class__}").evaluate({"__class__": 3}, {}) == 3


def test_evaluation_changes_no_variable() -> None:
    data = {"c": [3, 1], "d": {"k": [1]}}
    compile("${c.subList(0, 1).contains(d.k[0]) || empty d.values() || execution.variables.isEmpty()}").evaluate(
        data, {}
    )
    assert data == {"c": [3, 1], "d": {"k": [1]}}


def test_all_variables_as_one_map_are_limited_so_that_no_loop_doubles_them_for_ever() -> None:
    def doubled(names: str, rounds: int) -> dict[str, object]:
        variables: dict[str, object] = dict.fromkeys(names, 1)
        for _ in range(rounds):
            variables = {name: compile("${execution.variables}").evaluate(variables, {}) for name in names}
        return variables

    assert doubled("ab", 10)
    with pytest.raises(EvaluationError, match="more than 100000 values"):
        doubled("ab", 30)
    with pytest.raises(EvaluationError, match="nested deeper than 60 levels"):
        doubled("a", 100)


REFERENCE = Context(prec=34, Emax=1000, Emin=-1000, traps=[DivisionByZero, InvalidOperation])
Pair = tuple[str, Decimal | None]


def leaf(value: Decimal) -> Pair:
    return (format(value, "f"), value)


def combined(parts: tuple[Pair, str, Pair]) -> Pair:
    (left, one), operator, (right, other) = parts
    source = f"({left} {operator} {right})"
    if one is None or other is None or (operator in "/%" and other == 0):
        return source, None
    operation = {
        "+": REFERENCE.add,
        "-": REFERENCE.subtract,
        "*": REFERENCE.multiply,
        "/": REFERENCE.divide,
        "%": REFERENCE.remainder,
    }
    try:
        return source, operation[operator](one, other)
    except InvalidOperation:
        return source, None


numbers = st.decimals(0, 10_000, places=2) | st.integers(0, 10_000).map(Decimal)
arithmetic = st.recursive(
    numbers.map(leaf),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/%"), inner).map(combined),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(arithmetic)
def test_arithmetic_agrees_with_decimal(pair: Pair) -> None:
    source, expected = pair
    expression = compile("${" + source + "}")
    if expected is None:
        with pytest.raises(EvaluationError):
            expression.evaluate({}, {})
    else:
        assert expression.evaluate({}, {}) == expected


@settings(max_examples=200, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_order_of_floats_is_kept(one: float, other: float) -> None:
    expression = compile("${a < b ? -1 : a == b ? 0 : 1}")
    assert expression.evaluate({"a": one, "b": other}, {}) == (one > other) - (one < other)


WORDS = [
    *"+-*/%!?:.,()[]<>=;${}#'\"\\ ",
    *["==", "!=", "<=", ">=", "&&", "||", "+=", "->", "${", "#{"],
    *[" and ", " or ", " not ", " empty ", " div ", " mod ", " eq ", " lt ", " instanceof ", "true", "null"],
    *["a", "b", "c", "d", "h", "x", "1", "0", "2.5", "1e9", "'t'", "f(", ".size()", ".get(", "['a']", "date("],
    *["execution", ".getVariable(", ".variables", "__class__", "\n", "қ", "١", "\ud800", "\x00"],
]


def ends_properly(source: str) -> None:
    position: int | None = 0
    try:
        compile(source).evaluate(VARIABLES, {"f": lambda *values: values[0] if values else None})
    except ExpressionError as error:
        position = error.position
    assert position is not None
    assert 0 <= position <= len(source)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_random_tokens_give_a_value_or_an_expression_error(tokens: str) -> None:
    ends_properly("${" + tokens + "}")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_random_text_gives_a_value_or_an_expression_error(text: str) -> None:
    ends_properly(text)
    ends_properly("${" + text + "}")
    ends_properly("${'" + text + "' == a." + text)
