"""Decision tables: hit policies, aggregations, defaults, and what breaks a table."""

from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pytest

from app.definitions.decisions import read
from app.expressions.dmn import DecisionError, Outcome, evaluate

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Model" namespace="urn:m">'
DISCOUNTS = [("< 18", '"child"'), (">= 60", '"elder"'), ("[18..60)", '"adult"')]
OVERLAPPING = [("> 0", '"low"'), ("> 10", '"high"'), ("> 100", '"medium"')]
ORDER = '"high", "medium", "low"'


def clause(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text)}</text></{tag}>" if text else ""


def table(
    rules: list[tuple[str, ...]],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    values: str = "",
    default: str = "",
    input_values: str = "",
    input_type: str = "number",
    output_type: str = "",
) -> str:
    """Rules of one condition on `age` and one or more results."""
    names = ["result", "second", "third"][: len(rules[0]) - 1]
    outputs = "".join(
        f'<output name="{name}" {f"""typeRef="{output_type}" """ if output_type else ""}>'
        + (clause("outputValues", values) if name == "result" else "")
        + clause("defaultOutputEntry", default)
        + "</output>"
        for name in names
    )
    rows = "".join(
        f'<rule id="rule{number}">'
        + clause("inputEntry", condition)
        + "".join(clause("outputEntry", result) for result in results)
        + "</rule>"
        for number, (condition, *results) in enumerate(rules, start=1)
    )
    applied = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        f'<decisionTable id="table" hitPolicy="{policy}"{applied}>'
        f'<input label="Age"><inputExpression typeRef="{input_type}"><text>age</text></inputExpression>'
        f"{clause('inputValues', input_values)}</input>{outputs}{rows}</decisionTable>"
    )


def outcome(logic: str, age: Any) -> Outcome:
    source = f'{HEAD}<decision id="x" name="Price">{logic}</decision></definitions>'
    return evaluate(read("model.dmn", source.encode()).model, "x", {"age": age})


def value(rules: list[tuple[str, ...]], age: Any, **options: str) -> Any:
    return outcome(table(rules, **options), age).value


def broken(rules: list[tuple[str, ...]], age: Any, **options: str) -> DecisionError:
    with pytest.raises(DecisionError) as caught:
        value(rules, age, **options)
    return caught.value


def test_the_rule_that_matches_gives_the_result() -> None:
    assert [value(DISCOUNTS, age) for age in (17, 18, 59.5, 60)] == ["child", "adult", "adult", "elder"]


def test_two_rules_of_a_unique_table_are_an_error_that_names_rules_and_inputs() -> None:
    error = broken(OVERLAPPING, 50)
    assert (error.code, error.element_id, error.rules, error.inputs) == ("not-unique", "table", (1, 2), {"Age": "50"})
    assert "Price" in error.message
    assert "1, 2" in error.message
    assert "Age = 50" in error.message


def test_two_rules_of_a_unique_table_are_an_error_even_with_equal_results_or_a_default() -> None:
    assert broken([("> 0", "1"), ("> 1", "1")], 5).code == "not-unique"
    assert broken([("> 0", "1"), ("> 1", "2")], 5, default="3").code == "not-unique"


def test_any_takes_rules_that_agree_and_refuses_those_that_do_not() -> None:
    assert value([("> 0", '"a"'), ("> 1", '"a"')], 5, policy="ANY") == "a"
    error = broken([("> 0", '"a"'), ("> 1", '"b"'), ("> 2", '"a"')], 5, policy="ANY")
    assert (error.code, error.rules) == ("any-differs", (1, 2))


def test_any_tells_a_number_from_a_boolean() -> None:
    assert broken([("> 0", "1"), ("> 1", "true")], 5, policy="ANY").code == "any-differs"


def test_first_takes_the_first_rule_that_matches() -> None:
    assert value(OVERLAPPING, 500, policy="FIRST") == "low"


def test_priority_takes_the_result_that_is_first_among_the_output_values() -> None:
    assert value(OVERLAPPING, 500, policy="PRIORITY", values=ORDER) == "high"
    assert value(OVERLAPPING, 5, policy="PRIORITY", values=ORDER) == "low"


def test_output_order_and_rule_order_give_all_results() -> None:
    assert value(OVERLAPPING, 500, policy="OUTPUT ORDER", values=ORDER) == ["high", "medium", "low"]
    assert value(OVERLAPPING, 500, policy="RULE ORDER") == ["low", "high", "medium"]


def test_priority_of_several_outputs_goes_by_those_that_have_values() -> None:
    rules = [("> 0", '"low"', "1"), ("> 1", '"high"', "2")]
    assert value(rules, 5, policy="PRIORITY", values=ORDER) == {"result": "high", "second": Decimal(2)}


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("", [1, 5, 3]), ("SUM", 9), ("MIN", 1), ("MAX", 5), ("COUNT", 3)]
)
def test_collect_gives_the_list_or_what_it_amounts_to(aggregation: str, expected: Any) -> None:
    rules = [("> 0", "1"), ("> 1", "5"), ("> 2", "3"), ("> 100", "7")]
    assert value(rules, 10, policy="COLLECT", aggregation=aggregation) == expected


def test_what_cannot_be_added_up_is_an_error() -> None:
    error = broken([("> 0", "1"), ("> 1", '"x"')], 5, policy="COLLECT", aggregation="SUM")
    assert (error.code, error.rules) == ("not-aggregated", (1, 2))


def test_several_outputs_make_a_context() -> None:
    assert value([("> 0", '"a"', "age * 2")], 4) == {"result": "a", "second": Decimal(8)}


def test_where_no_rule_matches_the_default_output_is_the_result() -> None:
    assert value(DISCOUNTS, None, default='"unknown"') == "unknown"
    assert value([("> 0", "1", "2")], -1, default="0") == {"result": Decimal(0), "second": Decimal(0)}


def test_where_no_rule_matches_and_there_is_no_default_the_result_is_null_with_a_warning() -> None:
    found = outcome(table([("> 0", "1")]), -1)
    assert found.value is None
    assert found.warnings == ("Price: no rule matches (Age = -1)",)


def test_no_hits_count_zero() -> None:
    assert value([("> 0", "1")], -1, policy="COLLECT", aggregation="COUNT") == 0


def test_an_input_of_a_wrong_type_is_an_error_that_names_it() -> None:
    error = broken(DISCOUNTS, "old")
    assert (error.code, error.element_id) == ("input-type", "table")
    assert 'the input Age is "old"' in error.message


def test_an_input_that_is_not_allowed_is_an_error() -> None:
    assert value(DISCOUNTS, 30, input_values="[0..150]") == "adult"
    assert broken(DISCOUNTS, 200, input_values="[0..150]").code == "input-not-allowed"


def test_an_output_that_is_not_allowed_or_of_a_wrong_type_is_an_error_that_names_the_rule() -> None:
    error = broken([("> 0", '"x"')], 5, values=ORDER)
    assert (error.code, error.rules) == ("output-not-allowed", (1,))
    error = broken([("> 0", "1"), ("< 0", '"x"')], -5, output_type="number")
    assert (error.code, error.rules) == ("output-type", (2,))


def test_a_whole_number_is_asked_for_by_the_type_integer() -> None:
    assert value(DISCOUNTS, 17, input_type="integer") == "child"
    assert broken(DISCOUNTS, 17.5, input_type="integer").code == "input-type"


def test_a_moment_is_taken_as_its_day_in_kazakhstan_and_a_text_as_the_date_it_writes() -> None:
    rules = [('< date("2026-03-01")', '"before"'), ('>= date("2026-03-01")', '"after"')]
    assert value(rules, "2026-02-28", input_type="date") == "before"
    assert value(rules, "2026-03-01", input_type="date") == "after"
    assert broken(rules, "1 March", input_type="date").code == "input-type"


def test_a_warning_about_a_cell_tells_its_rule_and_its_column() -> None:
    found = outcome(table([("> 0", "1 / 0"), ('< "a"', "2")]), 5)
    assert found.warnings == (
        'Price: rule 2 Age: \'< "a"\': cannot order 5 and "a" (line 1, column 1)',
        "Price: the output result of rule 1: '1 / 0': division by zero (line 1, column 3)",
    )


def test_the_outcome_tells_which_rules_made_the_result() -> None:
    (run,) = outcome(table(OVERLAPPING, policy="OUTPUT ORDER", values=ORDER), 50).tables
    assert (run.element_id, run.table_id, run.inputs) == ("x", "table", (("Age", Decimal(50)),))
    assert [(hit.rule_id, hit.number, hit.outputs) for hit in run.hits] == [
        ("rule2", 2, {"result": "high"}),
        ("rule1", 1, {"result": "low"}),
    ]


def test_a_cell_may_name_the_input_and_call_functions() -> None:
    assert value([("even(?)", '"even"'), ("odd(?)", '"odd"')], 4) == "even"
    assert value([("? > age - 1", '"yes"')], 4) == "yes"


def test_a_table_of_a_thousand_rules_is_evaluated() -> None:
    rules: list[tuple[str, ...]] = [(f"[{n}..{n + 1})", str(n)) for n in range(1_000)]
    assert value(rules, 999.5) == 999
