"""Whole decision models: requirements, types, knowledge models, services, boxed expressions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest

from app.definitions.decisions import read
from app.definitions.decisions.check import check
from app.domain.models.decision import DecisionModel
from app.expressions.dmn import DecisionError, evaluate, fault, plain
from tests.expressions.counting import calls

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="Model" namespace="urn:m">'


def model(*content: str) -> DecisionModel:
    return read("model.dmn", f"{HEAD}{''.join(content)}</definitions>".encode()).model


def literal(text: str, type_ref: str = "") -> str:
    given = f' typeRef="{type_ref}"' if type_ref else ""
    return f"<literalExpression{given}><text>{escape(text)}</text></literalExpression>"


def variable(name: str, type_ref: str) -> str:
    return f'<variable name="{name}"' + (f' typeRef="{type_ref}"/>' if type_ref else "/>")


def decision(name: str, logic: str, *requires: str, type_ref: str = "") -> str:
    """`requires`: `input:`, `decision:` or `knowledge:` and an id. The id of an element is its name in these models."""
    needed = ""
    for one in requires:
        kind, _, target = one.partition(":")
        tag = {"input": "requiredInput", "decision": "requiredDecision", "knowledge": "requiredKnowledge"}[kind]
        around = "knowledgeRequirement" if kind == "knowledge" else "informationRequirement"
        needed += f'<{around}><{tag} href="#{target}"/></{around}>'
    return f'<decision id="{name}" name="{name}">{variable(name, type_ref)}{needed}{logic}</decision>'


def data(name: str, type_ref: str = "") -> str:
    return f'<inputData id="{name}" name="{name}">{variable(name, type_ref)}</inputData>'


def knowledge(name: str, parameters: dict[str, str], body: str, *requires: str) -> str:
    formal = "".join(f'<formalParameter name="{one}" typeRef="{type_ref}"/>' for one, type_ref in parameters.items())
    needed = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{one}"/></knowledgeRequirement>' for one in requires
    )
    logic = f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>"
    return f'<businessKnowledgeModel id="{name}" name="{name}">{logic}{needed}</businessKnowledgeModel>'


def value(logic: str, *more: str, **inputs: Any) -> Any:
    """The value of a decision without requirements."""
    return evaluate(model(decision("x", logic), *more), "x", inputs).value


def broken(found: DecisionModel, element_id: str, inputs: dict[str, Any]) -> DecisionError:
    with pytest.raises(DecisionError) as caught:
        evaluate(found, element_id, inputs)
    return caught.value


def test_names_with_spaces_and_kazakh_letters_are_known_to_expressions() -> None:
    found = model(
        decision("Алым мөлшері", literal("Жер  телімі * Базалық ставка"), "input:Жер телімі", "input:Базалық ставка"),
        data("Жер телімі", "number"),
        data("Базалық ставка", "number"),
    )
    assert evaluate(found, "Алым мөлшері", {"Жер телімі": 3, "Базалық ставка": Decimal("1.5")}).value == Decimal("4.5")


def test_a_decision_that_two_others_require_is_evaluated_once() -> None:
    rule = "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>n + 1</text></outputEntry></rule>"
    clauses = "<input><inputExpression><text>n</text></inputExpression></input><output/>"
    found = model(
        decision("base", f"<decisionTable>{clauses}{rule}</decisionTable>", "input:n"),
        decision("left", literal("base * 2"), "decision:base"),
        decision("right", literal("base * 3"), "decision:base"),
        decision("top", literal("left + right"), "decision:left", "decision:right"),
        data("n", "number"),
    )
    outcome = evaluate(found, "top", {"n": 1})
    assert outcome.value == 10
    assert outcome.decisions == {"base": 2, "left": 4, "right": 6, "top": 10}
    assert len(outcome.tables) == 1


def test_decisions_that_require_each_other_are_refused() -> None:
    found = model(decision("a", literal("b"), "decision:b"), decision("b", literal("a"), "decision:a"))
    assert broken(found, "a", {}).code == "requirement-cycle"


def test_a_chain_of_a_thousand_decisions_is_evaluated() -> None:
    chain = [decision("d0", literal("1"))]
    chain += [decision(f"d{n}", literal(f"d{n - 1} + 1"), f"decision:d{n - 1}") for n in range(1, 1_000)]
    assert evaluate(model(*chain), "d999", {}).value == 1_000


def test_a_decision_does_not_see_the_results_that_it_does_not_require() -> None:
    found = model(decision("other", literal("1")), decision("x", literal("other")))
    outcome = evaluate(found, "x", {})
    assert outcome.value is None
    assert any('"other"' in warning for warning in outcome.warnings)


def test_an_input_that_is_not_given_is_null_with_a_warning() -> None:
    outcome = evaluate(model(decision("x", literal("n = null"), "input:n"), data("n", "number")), "x", {})
    assert outcome.value is True
    assert outcome.warnings == ("x: the input n is not given",)


def test_an_unknown_decision_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        evaluate(model(decision("x", literal("1"))), "y", {})


def test_an_expression_without_a_value_is_null_with_a_warning() -> None:
    outcome = evaluate(model(decision("x", literal('1 + "a"'))), "x", {})
    assert outcome.value is None
    assert len(outcome.warnings) == 1
    assert outcome.warnings[0].startswith("x: ")


def test_a_knowledge_model_is_a_function_that_may_use_others_and_itself() -> None:
    found = model(
        decision("x", literal("power(base: 2, times: 10)"), "knowledge:power"),
        knowledge("product", {"a": "number", "b": "number"}, literal("a * b")),
        knowledge(
            "power",
            {"base": "number", "times": "number"},
            literal("if times = 0 then 1 else product(base, power(base, times - 1))"),
            "product",
        ),
    )
    assert evaluate(found, "x", {}).value == 1_024


def test_a_function_without_end_is_stopped() -> None:
    found = model(decision("x", literal("f(1)"), "knowledge:f"), knowledge("f", {"n": "number"}, literal("f(n + 1)")))
    assert broken(found, "x", {}).code == "too-deep"


def test_what_one_expression_costs_is_an_error_and_not_null() -> None:
    source = "some x in 1..100000 satisfies x < 0"
    error = broken(model(decision("x", literal(f"[{', '.join([source] * 20)}]"))), "x", {})
    assert (error.code, error.element_id) == ("too-costly", "x")


def test_all_expressions_of_an_evaluation_together_have_one_limit() -> None:
    chain = [decision(f"d{n}", literal("every x in 1..50000 satisfies x > 0")) for n in range(40)]
    needs = [f"decision:d{n}" for n in range(40)]
    assert evaluate(model(*chain), "d0", {}).value is True
    assert broken(model(*chain, decision("x", literal("1"), *needs)), "x", {}).code == "too-costly"


def test_knowledge_models_that_many_others_require_are_made_once() -> None:
    """Each of two requires both of the next two: there are 2 to the 40 ways down."""
    pairs = [
        knowledge(f"{side}{level}", {"n": "number"}, literal(f"left{level + 1}(n) + 1" if level < 20 else "n"), *needs)
        for level in range(41)
        for side in ("left", "right")
        for needs in [[f"left{level + 1}", f"right{level + 1}"] if level < 40 else []]
    ]
    assert evaluate(model(decision("x", literal("left0(1)"), "knowledge:left0"), *pairs), "x", {}).value == 21


def test_a_large_input_is_taken_as_it_is_by_every_cell() -> None:
    rows = "<rule><inputEntry><text>null</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>" * 1_000
    clauses = "<input><inputExpression><text>n</text></inputExpression></input><output/>"
    found = model(decision("x", f"<decisionTable>{clauses}{rows}</decisionTable>", "input:n"), data("n"))
    assert calls(lambda: evaluate(found, "x", {"n": [0] * 20_000})) < 500_000


def test_calls_that_multiply_are_stopped() -> None:
    body = literal("if n = 0 then 1 else f(n - 1) + f(n - 1)")
    found = model(decision("x", literal("f(25)"), "knowledge:f"), knowledge("f", {"n": "number"}, body))
    assert broken(found, "x", {}).code == "too-costly"


def test_an_argument_of_a_wrong_type_makes_the_call_null_with_a_warning() -> None:
    found = model(decision("x", literal('f("a")'), "knowledge:f"), knowledge("f", {"n": "number"}, literal("1")))
    outcome = evaluate(found, "x", {})
    assert outcome.value is None
    assert any("the argument n" in warning for warning in outcome.warnings)


def test_a_table_that_breaks_its_policy_inside_of_a_function_is_an_error_too() -> None:
    rule = "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
    table = f"<decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/>{rule * 2}</decisionTable>"
    found = model(decision("x", literal("[f(1)]"), "knowledge:f"), knowledge("f", {"n": "number"}, table))
    assert (broken(found, "x", {}).code, broken(found, "x", {}).rules) == ("not-unique", (1, 2))


SERVICE = (
    '<decisionService id="s" name="s"><outputDecision href="#out"/><encapsulatedDecision href="#inner"/>'
    '<inputDecision href="#rate"/><inputData href="#n"/></decisionService>'
)
IN_SERVICE = (
    decision("out", literal("inner + 1"), "decision:inner"),
    decision("inner", literal("n * rate"), "input:n", "decision:rate"),
    decision("rate", literal("100"), type_ref="number"),
    data("n", "number"),
    SERVICE,
)


def test_a_decision_service_takes_its_input_decisions_as_given() -> None:
    assert evaluate(model(*IN_SERVICE), "s", {"n": 2, "rate": 3}).value == 7
    assert evaluate(model(*IN_SERVICE), "out", {"n": 2}).value == 201


def test_a_decision_service_is_called_as_a_function_without_touching_the_rest() -> None:
    caller = decision("x", literal("[s(2, 3), n, rate]"), "knowledge:s", "input:n", "decision:rate")
    assert evaluate(model(caller, *IN_SERVICE), "x", {"n": 5}).value == [7, 5, 100]


def test_a_decision_that_is_made_by_the_service_it_calls_is_stopped() -> None:
    service = '<decisionService id="s" name="s"><outputDecision href="#x"/></decisionService>'
    assert broken(model(decision("x", literal("s()"), "knowledge:s"), service), "x", {}).code == "too-deep"


def test_a_decision_service_with_several_outputs_gives_a_context() -> None:
    service = (
        '<decisionService id="s" name="s"><outputDecision href="#a"/><outputDecision href="#b"/></decisionService>'
    )
    found = model(decision("a", literal("1")), decision("b", literal("2")), service)
    assert evaluate(found, "s", {}).value == {"a": 1, "b": 2}


def entry(name: str, logic: str) -> str:
    return f"<contextEntry>{variable(name, '') if name else ''}{logic}</contextEntry>"


ADD = '<functionDefinition><formalParameter name="a"/><formalParameter name="b c"/>' + literal("a + b c")
BINDINGS = "".join(
    f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in (("b c", "2"), ("a", "1"))
)


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (f"<context>{entry('a', literal('1'))}{entry('b', literal('a + 1'))}</context>", {"a": 1, "b": 2}),
        (f"<context>{entry('a b', literal('1'))}{entry('', literal('a b + 1'))}</context>", 2),
        (f"<context>{entry('f', ADD + '</functionDefinition>')}{entry('', literal('f(1, 2)'))}</context>", 3),
        (f"<invocation>{ADD}</functionDefinition>{BINDINGS}</invocation>", 3),
        (f"<list>{literal('1')}{literal('2 + 1')}</list>", [1, 3]),
        (
            '<relation><column name="n"/><column name="m"/>'
            f"<row>{literal('1')}{literal('2')}</row><row>{literal('3')}{literal('4')}</row></relation>",
            [{"n": 1, "m": 2}, {"n": 3, "m": 4}],
        ),
        (
            f"<conditional><if>{literal('1 > 2')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>",
            2,
        ),
        (
            f"<conditional><if>{literal('null')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>",
            2,
        ),
        (
            f"<conditional><if>{literal('7')}</if><then>{literal('1')}</then><else>{literal('2')}</else></conditional>",
            None,
        ),
        (f"<filter><in>{literal('[1, 2, 3]')}</in><match>{literal('item > 1')}</match></filter>", [2, 3]),
        (f"<filter><in>{literal('[{a: 1}, {a: 2}]')}</in><match>{literal('a > 1')}</match></filter>", [{"a": 2}]),
        (f'<for iteratorVariable="e"><in>{literal("[1..3]")}</in><return>{literal("e * 2")}</return></for>', [2, 4, 6]),
        (
            f'<some iteratorVariable="e"><in>{literal("[1, 2]")}</in><satisfies>{literal("e > 1")}</satisfies></some>',
            True,
        ),
        (
            f'<every iteratorVariable="e"><in>{literal("[1, 2]")}</in><satisfies>{literal("e > 1")}</satisfies></every>',
            False,
        ),
        (f'<some iteratorVariable="e"><in>{literal("[1, 2]")}</in><satisfies>{literal("e")}</satisfies></some>', None),
    ],
)
def test_a_boxed_expression_has_its_value(logic: str, expected: Any) -> None:
    assert value(logic) == expected


def test_an_entry_of_a_wrong_type_is_null_with_a_warning() -> None:
    wrong = f"<contextEntry>{variable('a', 'number')}{literal(chr(34) + 'x' + chr(34))}</contextEntry>"
    outcome = evaluate(model(decision("x", f"<context>{wrong}</context>")), "x", {})
    assert outcome.value == {"a": None}
    assert outcome.warnings == ('x: "x" is not of the type number',)


def test_the_current_moment_is_the_one_that_is_given() -> None:
    now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    assert evaluate(model(decision("x", literal("today()"))), "x", {}, now).value == date(2026, 3, 20)


def test_values_of_feel_alone_become_texts() -> None:
    found = value(literal('[time("10:30:00"), duration("PT36H"), duration("P14M"), {d: date("2026-03-20"), n: 1}]'))
    assert plain(found) == ["10:30:00", "P1DT12H", "P1Y2M", {"d": date(2026, 3, 20), "n": Decimal(1)}]


def test_the_fault_of_an_expression_is_told_with_its_offset() -> None:
    source = f"{HEAD}{decision('x', literal('1 +' + chr(10) + ' )'))}</definitions>"
    logic = read("model.dmn", source.encode()).model.decisions["x"].logic
    found = fault(logic.text)  # type: ignore[union-attr, arg-type]
    assert found is not None
    assert found[1] == 5


def test_a_model_in_all_its_parts_passes_the_check() -> None:
    source = f"{HEAD}{''.join(IN_SERVICE)}</definitions>"
    assert check(read("model.dmn", source.encode()), lambda text: fault(text) and pytest.fail(text.source)) == []
