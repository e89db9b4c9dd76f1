"""Decision files become plain values, in all editions of DMN and in Camunda 7's way."""

import pytest

from app.definitions.decisions import DecisionFile, read
from app.domain.models.decision import Context, Iteration, Literal
from app.domain.models.decision_table import Aggregation, HitPolicy, Table

NAMESPACES = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}

TABLE = """
<decision id="fee" name="Алым мөлшері" camunda:versionTag="2026-1">
  <variable name="Алым мөлшері" typeRef="number"/>
  <informationRequirement><requiredInput href="#kind"/></informationRequirement>
  <decisionTable id="fee_table" hitPolicy="COLLECT" aggregation="SUM">
    <input id="in" label="Қызмет түрі" camunda:inputVariable="kind">
      <inputExpression typeRef="string"><text> Қызмет түрі </text></inputExpression>
      <inputValues><text>"lease", "sale"</text></inputValues>
    </input>
    <output id="out" name="sum" typeRef="number"/>
    <rule id="r1">
      <inputEntry><text>"lease"</text></inputEntry><outputEntry><text>100</text></outputEntry>
    </rule>
    <rule id="r2"><inputEntry><text>-</text></inputEntry><outputEntry><text/></outputEntry></rule>
  </decisionTable>
</decision>
<inputData id="kind" name="Қызмет  түрі"><variable name="Қызмет түрі" typeRef="string"/></inputData>
"""


def model(content: str, namespace: str = NAMESPACES["1.3"], attributes: str = "") -> DecisionFile:
    head = f'<definitions xmlns="{namespace}" xmlns:camunda="http://camunda.org/schema/1.0/dmn" {attributes}'
    return read("model.dmn", f'{head} id="d" name="Model" namespace="urn:model">{content}</definitions>'.encode())


def decision(logic: str, more: str = "") -> str:
    return f'<decision id="x" name="X">{logic}</decision>{more}'


def literal(text: str, attributes: str = "") -> str:
    return f"<literalExpression {attributes}><text>{text}</text></literalExpression>"


@pytest.mark.parametrize("edition", NAMESPACES)
def test_a_decision_table_is_read_in_every_edition(edition: str) -> None:
    found = model(TABLE, NAMESPACES[edition])
    assert found.findings == ()
    fee = found.model.decisions["fee"]
    assert (fee.name, fee.variable.type_ref, fee.inputs, fee.version_tag) == (
        "Алым мөлшері",
        "number",
        ("kind",),
        "2026-1",
    )
    assert isinstance(fee.logic, Table)
    assert (fee.logic.hit_policy, fee.logic.aggregation) == (HitPolicy.COLLECT, Aggregation.SUM)


def test_an_input_column_keeps_its_expression_type_values_and_variable() -> None:
    table = model(TABLE).model.decisions["fee"].logic
    assert isinstance(table, Table)
    (clause,) = table.inputs
    assert clause.expression is not None
    assert clause.values is not None
    assert (clause.expression.source, clause.type_ref) == ("Қызмет түрі", "string")
    assert (clause.values.source, clause.values.is_test) == ('"lease", "sale"', True)
    assert clause.variable == "kind"


def test_a_dash_is_any_value_and_an_empty_output_is_null() -> None:
    table = model(TABLE).model.decisions["fee"].logic
    assert isinstance(table, Table)
    assert table.rules[1].inputs == (None,)
    assert table.rules[1].outputs == (None,)


def test_a_cell_sees_the_required_input_and_the_variable_of_its_column() -> None:
    table = model(TABLE).model.decisions["fee"].logic
    assert isinstance(table, Table)
    (test,) = table.rules[0].inputs
    assert test is not None
    assert test.names == {"Қызмет түрі", "kind"}


def test_the_cells_of_a_column_share_their_names() -> None:
    cell = "<rule><inputEntry><text>1</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
    column = "<input><inputExpression><text>a</text></inputExpression></input><output/>"
    table = model(decision(f"<decisionTable>{column}{cell * 2}</decisionTable>")).model.decisions["x"].logic
    assert isinstance(table, Table)
    first, second = (rule.inputs[0] for rule in table.rules)
    assert first is not None
    assert second is not None
    assert first.names is second.names


def test_names_of_members_with_spaces_are_in_reach_everywhere() -> None:
    applicant = '<itemDefinition name="tApplicant"><itemComponent name="tax id"><typeRef>string</typeRef>'
    found = model(decision(literal("1"), applicant + "</itemComponent></itemDefinition>")).model
    logic = found.decisions["x"].logic
    assert isinstance(logic, Literal)
    assert logic.text is not None
    assert "tax id" in logic.text.names


def test_entries_of_a_context_see_those_before_them() -> None:
    entries = "".join(
        f'<contextEntry><variable name="{name}"/>{literal(text)}</contextEntry>'
        for name, text in (("a", "1"), ("b", "a"))
    )
    logic = model(decision(f"<context>{entries}</context>")).model.decisions["x"].logic
    assert isinstance(logic, Context)
    first, second = (entry.value for entry in logic.entries)
    assert isinstance(first, Literal)
    assert isinstance(second, Literal)
    assert first.text is not None
    assert second.text is not None
    assert (first.text.names, second.text.names) == (frozenset(), {"a"})


def test_the_body_of_an_iteration_sees_its_variable() -> None:
    loop = f'<for iteratorVariable="each one"><in>{literal("[1]")}</in><return>{literal("each one")}</return></for>'
    logic = model(decision(loop)).model.decisions["x"].logic
    assert isinstance(logic, Iteration)
    assert isinstance(logic.body, Literal)
    assert logic.body.text is not None
    assert "each one" in logic.body.text.names


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ('expressionLanguage="https://www.omg.org/spec/DMN/20230324/FEEL/"', "feel"),
        ('expressionLanguage="FEEL"', "feel"),
        ('expressionLanguage="juel"', "juel"),
        ('expressionLanguage="groovy"', "groovy"),
        ("", "feel"),
    ],
)
def test_the_language_of_an_expression_is_recognised(given: str, language: str) -> None:
    logic = model(decision(literal("a", given))).model.decisions["x"].logic
    assert isinstance(logic, Literal)
    assert logic.text is not None
    assert logic.text.language == language


def test_the_language_of_the_file_holds_where_an_expression_names_none() -> None:
    logic = model(decision(literal("a")), attributes='expressionLanguage="juel"').model.decisions["x"].logic
    assert isinstance(logic, Literal)
    assert logic.text is not None
    assert logic.text.language == "juel"


def test_the_prefix_of_feel_types_in_dmn_1_1_is_dropped() -> None:
    content = decision('<variable name="X" typeRef="feel:number"/>' + literal("1"))
    found = model(content, NAMESPACES["1.1"]).model
    assert found.decisions["x"].variable.type_ref == "number"


def test_an_element_without_an_id_is_known_by_its_name() -> None:
    found = model(f'<decision name="Fee">{literal("1")}</decision>')
    assert list(found.model.decisions) == ["Fee"]
    assert [one.code for one in found.findings] == ["decision-id-missing"]


@pytest.mark.parametrize("source", [b"", b"<a/>", b"<!DOCTYPE a><a/>", b"\xff\xfe\x00"])
def test_a_file_that_is_no_decision_model_gives_findings_and_no_decisions(source: bytes) -> None:
    found = read("model.dmn", source)
    assert not found.model.decisions
    assert any(one.is_error for one in found.findings)
