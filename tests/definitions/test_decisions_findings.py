"""Each mistake in a decision model gives its finding, and nothing beside it."""

from string import Formatter

import pytest

from app.definitions import ExpressionFault
from app.definitions.decisions import read
from app.definitions.decisions.check import check
from app.definitions.decisions.texts import DECISION_TEXTS
from app.definitions.findings import Finding
from app.domain.models.decision_table import Text

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Model" namespace="urn:m">'


def fault(text: Text) -> ExpressionFault | None:
    """A stand-in for expression languages in which `!!` is the only mistake."""
    return ExpressionFault("mistake", text.source.index("!!")) if "!!" in text.source else None


def findings(content: str) -> list[Finding]:
    return check(read("model.dmn", f"{HEAD}{content}</definitions>".encode()), fault)


def decision(logic: str, element_id: str = "x", requires: str = "") -> str:
    return f'<decision id="{element_id}" name="{element_id}">{requires}{logic}</decision>'


def literal(text: str, attributes: str = "") -> str:
    return f"<literalExpression {attributes}><text>{text}</text></literalExpression>"


def needs(*ids: str) -> str:
    inner = "".join(f'<requiredDecision href="#{one}"/>' for one in ids)
    return f"<informationRequirement>{inner}</informationRequirement>"


def knows(element_id: str) -> str:
    return f'<knowledgeRequirement><requiredKnowledge href="#{element_id}"/></knowledgeRequirement>'


def knowledge(element_id: str, requires: str = "", attributes: str = "") -> str:
    logic = f"<encapsulatedLogic {attributes}>{literal('1')}</encapsulatedLogic>"
    return f'<businessKnowledgeModel id="{element_id}" name="{element_id}">{logic}{requires}</businessKnowledgeModel>'


OUTPUT = '<output name="o"/>'
INPUT = "<input><inputExpression><text>a</text></inputExpression></input>"
ROW = "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"


def table(attributes: str = "", inputs: str = INPUT, outputs: str = OUTPUT, rules: str = ROW) -> str:
    return decision(f'<decisionTable id="t" {attributes}>{inputs}{outputs}{rules}</decisionTable>')


def row(inputs: int, outputs: int) -> str:
    entries = "<inputEntry><text>1</text></inputEntry>" * inputs + "<outputEntry><text>1</text></outputEntry>" * outputs
    return f"<rule>{entries}</rule>"


def typed(type_ref: str, values: str = "") -> str:
    listed = f"<inputValues><text>{values}</text></inputValues>" if values else ""
    expression = f'<inputExpression typeRef="{type_ref}"><text>a</text></inputExpression>'
    return f"<input>{expression}{listed}</input>"


def cells(condition: str, result: str = "1") -> str:
    return (
        f"<rule><inputEntry><text>{condition}</text></inputEntry>"
        f"<outputEntry><text>{result}</text></outputEntry></rule>"
    )


COLLECT = 'hitPolicy="COLLECT"'
GROOVY = cells("1").replace("<inputEntry>", '<inputEntry expressionLanguage="groovy">')
SERVICE = '<decisionService id="s" name="s"><outputDecision href="#x"/></decisionService>'
MOMENTS = cells('date("2025-12-31")') + cells('&gt;= date and time("2026-01-01T00:00:00")')
BASE = decision(literal("1"))
NEEDS = "".join(f'<informationRequirement><requiredInput href="#i{n}"/></informationRequirement>' for n in range(301))
INNER = [
    decision(literal("1"), "x301", NEEDS),
    *[f'<inputData id="i{n}" name="i{n}"/>' for n in range(301)],
]
MANY = "".join(f'<itemComponent name="a {n}"/>' for n in range(301))
ENTRIES = "".join(f'<contextEntry><variable name="e{n}"/>{literal("1")}</contextEntry>' for n in range(400))
TYPES = '<itemDefinition name="tKind"><typeRef>string</typeRef></itemDefinition>'
ALLOWED = '<output name="o" typeRef="string"><outputValues><text>"a","b"</text></outputValues></output>'
MISTAKES = [
    ("no-decision", "d", ""),
    ("decision-id-missing", "d", f'<decision name="a">{literal("1")}</decision>'),
    ("decision-id-duplicate", "x", decision(literal("1")) + '<inputData id="x" name="other"/>'),
    ("decision-id-too-long", "i" * 256, decision(literal("1"), "i" * 256)),
    ("decision-name-missing", "x", f'<decision id="x">{literal("1")}</decision>'),
    ("decision-name-duplicate", "y", decision(literal("1")) + '<inputData id="y" name="x"/>'),
    (
        "decision-name-duplicate",
        "y",
        decision(literal("1")) + '<inputData id="y" name="y"><variable name="x"/></inputData>',
    ),
    ("decision-without-logic", "x", decision("")),
    ("service-without-output", "s", decision(literal("1")) + '<decisionService id="s" name="s"/>'),
    ("requirement-unknown", "x", decision(literal("1"), requires=needs("nobody"))),
    ("requirement-cycle", "a", decision(literal("1"), "a", needs("b")) + decision(literal("1"), "b", needs("a"))),
    ("requirement-cycle", "s", decision(literal("s()"), "x", knows("s")) + SERVICE),
    ("requirement-cycle", "f", decision(literal("1")) + knowledge("f", knows("g")) + knowledge("g", knows("f"))),
    ("import-not-supported", "d", decision(literal("1")) + '<import name="m" namespace="n" importType="t"/>'),
    ("type-unknown", "x", decision('<variable name="x" typeRef="tFee"/>' + literal("1"))),
    (
        "type-cycle",
        None,
        decision(literal("1"))
        + '<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>'
        + '<itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>',
    ),
    ("decision-expression-invalid", "x", decision(literal("1 + !!"))),
    ("decision-expression-invalid", "t", table(inputs=INPUT.replace("<text>a", "<text>!!"))),
    ("cell-expression-invalid", "t", table(rules=ROW.replace("<text>1</text></out", "<text>!!</text></out"))),
    ("cell-expression-invalid", "t", table(rules=ROW.replace("<text>-", "<text>!!"))),
    ("cell-language", "t", table(rules=GROOVY)),
    ("expression-language", "x", decision(literal("1", 'expressionLanguage="groovy"'))),
    ("text-too-long", "x", decision(literal("1" * 10_001))),
    ("function-kind", "f", decision(literal("1")) + knowledge("f", attributes='kind="Java"')),
    ("imported-values", "x", decision("<literalExpression><importedValues/></literalExpression>")),
    (
        "relation-cells",
        "x",
        decision(f'<relation><column name="c"/><row>{literal("1")}{literal("2")}</row></relation>'),
    ),
    ("hit-policy-unknown", "t", table('hitPolicy="BEST"')),
    ("aggregation-unknown", "t", table(f'{COLLECT} aggregation="AVERAGE"')),
    ("aggregation-without-collect", "t", table('hitPolicy="FIRST" aggregation="SUM"')),
    (
        "aggregation-several-outputs",
        "t",
        table(f'{COLLECT} aggregation="SUM"', outputs='<output name="o"/><output name="p"/>', rules=row(1, 2)),
    ),
    ("too-many-names", "x301", BASE + "".join(INNER)),
    ("too-many-names", "d", BASE + f'<itemDefinition name="t">{MANY}</itemDefinition>'),
    ("too-many-names", "x", decision(f"<context>{ENTRIES}</context>")),
    ("cell-type", "t", table(inputs=typed("number"), rules=cells('"5"'))),
    ("cell-type", "t", table(inputs=typed("string"), rules=cells("&lt; 5"))),
    ("cell-type", "t", table(inputs=typed("date"), rules=MOMENTS)),
    ("cell-type", "t", table(inputs=typed("dateTime"), rules=cells('date("2026-01-01")'))),
    ("cell-type", "t", table(inputs=typed("time"), rules=cells("5"))),
    ("cell-type", "t", table(outputs='<output name="o" typeRef="boolean"/>', rules=cells("-", '"yes"'))),
    ("cell-type", "t", TYPES + table(inputs=typed("tKind"), rules=cells("5"))),
    ("cell-never-holds", "t", table(COLLECT, inputs=typed("number"), rules=cells("[5..1]"))),
    ("cell-never-holds", "t", table(COLLECT, inputs=typed("integer"), rules=cells("(1..2)"))),
    ("cell-never-holds", "t", table(COLLECT, inputs=typed("string", '"a","b"'), rules=cells('"A"') + cells('"a","b"'))),
    ("output-cell-not-allowed", "t", table(outputs=ALLOWED, rules=cells("-", '"c"'))),
    ("output-values-missing", "t", table('hitPolicy="PRIORITY"')),
    ("output-values-missing", "t", table('hitPolicy="OUTPUT ORDER"')),
    ("table-without-output", "t", table(outputs="", rules=row(1, 0))),
    ("table-too-long", "t", table(rules=row(1, 1) * 2_001)),
    ("table-too-wide", "t", table(inputs=INPUT * 100, rules=row(100, 1))),
    ("input-expression-missing", "t", table(inputs="<input/>")),
    ("output-name-missing", "t", table(outputs='<output name="o"/><output/>', rules=row(1, 2))),
    ("output-name-duplicate", "t", table(outputs=OUTPUT * 2, rules=row(1, 2))),
    ("rule-inputs", "t", table(rules=row(2, 1))),
    ("rule-inputs", "t", table(rules=row(0, 1))),
    ("rule-outputs", "t", table(rules=row(1, 2))),
]


@pytest.mark.parametrize(("code", "element_id", "content"), MISTAKES)
def test_a_mistake_gives_its_finding(code: str, element_id: str | None, content: str) -> None:
    assert [(found.code, found.element_id) for found in findings(content)] == [(code, element_id)]


def test_a_model_without_mistakes_gives_no_finding() -> None:
    assert findings(table() + decision(literal("x + 1"), "y", needs("x") + knows("f")) + knowledge("f")) == []


def test_a_model_that_is_no_dmn_is_told() -> None:
    assert [found.code for found in check(read("a.dmn", b"<a/>"), fault)] == ["not-dmn"]


def test_a_model_with_too_many_elements_is_told() -> None:
    assert [found.code for found in findings(decision(literal("1")) * 2_001)] == ["decision-model-too-large"]


def test_a_knowledge_model_may_call_itself() -> None:
    assert findings(decision(literal("1")) + knowledge("f", knows("f"))) == []


def test_the_circle_of_requirements_is_named() -> None:
    circle = [("a", "b"), ("b", "c"), ("c", "a")]
    (found,) = findings("".join(decision(literal("1"), one, needs(other)) for one, other in circle))
    assert "a → b → c → a" in found.message["en"]


def test_a_finding_about_a_cell_tells_where_the_cell_begins_its_rule_and_its_column() -> None:
    cell = '\n<rule id="r">\n  <inputEntry id="cell"><text>!!</text></inputEntry><outputEntry/></rule>'
    (found,) = findings(table(rules=ROW + cell))
    assert (found.element_id, found.line, found.column) == ("cell", 3, 3)
    assert "mistake" in found.message["kk"]
    assert 'Rule 2, column "a"' in found.message["en"]


def test_every_text_has_the_same_gaps_in_all_languages() -> None:
    for code, text in DECISION_TEXTS.items():
        for said in (text.message, text.hint):
            gaps = [{name for _, name, _, _ in Formatter().parse(said[one]) if name} for one in ("kk", "ru", "en")]
            assert gaps[0] == gaps[1] == gaps[2], code


def test_every_text_is_tested() -> None:
    tested = {code for code, _, _ in MISTAKES} | {"not-dmn", "decision-model-too-large"}
    of_overlaps = {"rules-overlap", "rules-may-overlap", "table-gap", "overlaps-not-known"}
    assert tested | of_overlaps == set(DECISION_TEXTS)
