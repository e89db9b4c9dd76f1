"""Decision models in Camunda 7's way: process variables instead of inputs, JUEL, names of columns."""

from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from app.definitions.decisions import read
from app.expressions.dmn import Outcome, evaluate, fault

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" '
    'id="dish" name="Dish" namespace="http://camunda.org/schema/1.0/dmn">'
)
JUEL = 'expressionLanguage="juel"'


def column(text: str, language: str = "", more: str = "", type_ref: str = "string") -> str:
    inner = f'<inputExpression typeRef="{type_ref}" {language}><text>{escape(text)}</text></inputExpression>'
    return f"<input {more}>{inner}</input>"


def rule(*cells: str) -> str:
    return f"<rule>{''.join(cells)}</rule>"


def cell(text: str, language: str = "") -> str:
    return f"<inputEntry {language}><text>{escape(text)}</text></inputEntry>"


def result(text: str, language: str = "") -> str:
    return f"<outputEntry {language}><text>{escape(text)}</text></outputEntry>"


def decision(element_id: str, name: str, logic: str, requires: str = "") -> str:
    needed = (
        f'<informationRequirement><requiredDecision href="#{requires}"/></informationRequirement>' if requires else ""
    )
    return f'<decision id="{element_id}" name="{name}">{needed}{logic}</decision>'


def run(content: str, element_id: str, **variables: Any) -> Outcome:
    return evaluate(read("dish.dmn", f"{HEAD}{content}</definitions>".encode()).model, element_id, variables)


def table(
    inputs: str, rules: str, outputs: str = '<output name="out" typeRef="string"/>', policy: str = "UNIQUE"
) -> str:
    return f'<decisionTable id="t" hitPolicy="{policy}">{inputs}{outputs}{rules}</decisionTable>'


def test_process_variables_are_seen_without_input_data() -> None:
    logic = table(column("season"), rule(cell('"Winter"'), result('"Roastbeef"')))
    assert run(decision("x", "X", logic), "x", season="Winter", other=object()).value == "Roastbeef"


def test_an_input_expression_may_be_juel_with_or_without_braces() -> None:
    for source in ("${guests * 2}", "guests * 2"):
        logic = table(column(source, JUEL, type_ref="integer"), rule(cell("> 10"), result('"many"')))
        assert run(decision("x", "X", logic), "x", guests=6).value == "many"


def test_a_cell_in_juel_sees_the_value_as_cell_input_or_by_its_own_name() -> None:
    logic = table(column("guests", type_ref="integer"), rule(cell("${cellInput > 10}", JUEL), result('"many"')))
    assert run(decision("x", "X", logic), "x", guests=12).value == "many"
    assert run(decision("x", "X", logic), "x", guests=2).value is None
    named = 'camunda:inputVariable="number"'
    logic = table(
        column("guests", "", named, "long"), rule(cell("${number > 10}", JUEL), result("${guests}", JUEL)), "<output/>"
    )
    assert run(decision("x", "X", logic), "x", guests=12).value == 12


def test_a_cell_in_feel_sees_the_value_by_its_own_name() -> None:
    more = 'camunda:inputVariable="count"'
    logic = table(column("guests", "", more, "integer"), rule(cell("count > 10"), result('"many"')))
    assert run(decision("x", "X", logic), "x", guests=12).value == "many"


def test_a_literal_expression_may_be_juel() -> None:
    logic = f"<literalExpression {JUEL}><text>${{a + 0.5}}</text></literalExpression>"
    assert run(decision("x", "X", logic), "x", a=1).value == Decimal("1.5")


def test_juel_without_a_value_is_null_with_a_warning() -> None:
    logic = f"<literalExpression {JUEL}><text>${{nobody}}</text></literalExpression>"
    outcome = run(decision("x", "X", logic), "x")
    assert outcome.value is None
    assert "nobody" in outcome.warnings[0]


def test_the_results_of_a_required_table_are_known_by_the_names_of_its_outputs() -> None:
    outputs = '<output name="dish" typeRef="string"/><output name="price" typeRef="double"/>'
    rules = rule(cell('"Winter"'), result('"Soup"'), result("3.5"))
    first = decision("menu", "Menu", table(column("season"), rules, outputs))
    second = decision(
        "bill", "Bill", "<literalExpression><text>dish + string(price)</text></literalExpression>", "menu"
    )
    assert run(first + second, "bill", season="Winter").value == "Soup3.5"


def test_several_results_of_a_required_table_are_lists() -> None:
    rules = rule(cell("-"), result('"Soup"')) + rule(cell("-"), result('"Bread"'))
    first = decision("menu", "Menu", table(column("season"), rules, policy="RULE ORDER"))
    second = decision("bill", "Bill", "<literalExpression><text>count(out)</text></literalExpression>", "menu")
    assert run(first + second, "bill", season="Winter").value == 2


def test_a_mistake_in_juel_is_told() -> None:
    logic = table(column("${a +}", JUEL), rule(cell("-"), result("1")))
    found = read("dish.dmn", f"{HEAD}{decision('x', 'X', logic)}</definitions>".encode()).model.decisions["x"].logic
    assert fault(found.inputs[0].expression) is not None  # type: ignore[union-attr, arg-type]
