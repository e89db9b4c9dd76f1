"""Decision models in Camunda 7's way: process variables instead of inputs, JUEL, names of columns."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest

from app.definitions.decisions import read
from app.domain.models.decision_table import Text
from app.expressions.dmn import DecisionError, Outcome, evaluate, fault

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


def test_what_a_cell_says_of_the_input_by_its_name_is_a_condition_of_a_boolean_too() -> None:
    more = 'camunda:inputVariable="known"'
    logic = table(column("flag", "", more, "boolean"), rule(cell("known = true"), result('"yes"')))
    assert run(decision("x", "X", logic), "x", flag=True).value == "yes"
    assert run(decision("x", "X", logic), "x", flag=False).value is None


@pytest.mark.parametrize("type_ref", ["date", "dateTime"])
def test_moments_that_the_modeler_writes_without_an_offset_are_those_of_the_clock(type_ref: str) -> None:
    """Camunda 7's type `date` is a date and time, and a variable is a moment of the time line."""
    cells = ('< date and time("2026-03-01T12:00:00")', '>= date and time("2026-03-01T12:00:00")')
    rules = "".join(rule(cell(one), result(f'"{name}"')) for one, name in zip(cells, ("before", "after"), strict=True))
    logic = decision("x", "X", table(column("received", type_ref=type_ref), rules))
    moments = [datetime(2026, 3, 1, 6, 59, tzinfo=UTC), datetime(2026, 3, 1, 7, 0, tzinfo=UTC)]
    assert [run(logic, "x", received=moment).value for moment in moments] == ["before", "after"]


def test_a_literal_expression_may_be_juel() -> None:
    logic = f"<literalExpression {JUEL}><text>${{a + 0.5}}</text></literalExpression>"
    assert run(decision("x", "X", logic), "x", a=1).value == Decimal("1.5")


def test_juel_without_a_value_is_an_error_and_never_null_or_a_rule_passed_over() -> None:
    logic = f"<literalExpression {JUEL}><text>${{nobody}}</text></literalExpression>"
    with pytest.raises(DecisionError, match="nobody") as caught:
        run(decision("x", "X", logic), "x")
    assert caught.value.code == "juel"
    logic = table(column("guests", type_ref="integer"), rule(cell("${nobody > 10}", JUEL), result('"many"')))
    with pytest.raises(DecisionError, match="X: rule 1 guests: .*nobody"):
        run(decision("x", "X", logic), "x", guests=12)


def test_a_condition_in_juel_that_is_none_is_an_error() -> None:
    logic = table(column("season"), rule(cell("${'Winter'}", JUEL), result('"Soup"')))
    with pytest.raises(DecisionError, match="neither true nor false"):
        run(decision("x", "X", logic), "x", season="Winter")


def test_juel_sees_all_variables_by_their_names() -> None:
    logic = f"<literalExpression {JUEL}><text>${{execution.getVariable('a') + b}}</text></literalExpression>"
    assert run(decision("x", "X", logic), "x", a=1, b=2.5).value == Decimal("3.5")


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
    told = fault(found.inputs[0].expression)  # type: ignore[union-attr, arg-type]
    assert told is not None
    assert told[1] == 5


def test_the_place_of_a_mistake_in_juel_without_braces_is_that_in_the_source() -> None:
    told = fault(Text("a +", language="juel"))
    assert told is not None
    assert told[1] == 3
