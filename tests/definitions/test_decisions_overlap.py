"""Overlaps and gaps of decision tables over literals and ranges, each with a value that shows it."""

import re
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definitions.decisions import read
from app.definitions.decisions.check import check

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Model" namespace="urn:m">'


def found(
    rules: list[tuple[str, ...]],
    *,
    policy: str = "UNIQUE",
    columns: tuple[str, ...] = ("a", "b", "c"),
    type_ref: str = "number",
    values: str = "",
    default: str = "",
    derived: str = "",
) -> list[tuple[str, str]]:
    """Code and English message of what is found in a table with these conditions."""
    listed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    inputs = "".join(
        f'<input><inputExpression typeRef="{type_ref}"><text>{column}</text></inputExpression>{listed}</input>'
        for column in columns[: len(rules[0])]
    )
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(test)}</text></inputEntry>" for test in rule)
        + "<outputEntry><text>1</text></outputEntry></rule>"
        for rule in rules
    )
    table = f'<decisionTable hitPolicy="{policy}">{inputs}<output name="o">{default}</output>{rows}</decisionTable>'
    other = f'<decision id="{derived}" name="{derived}"><literalExpression/></decision>' if derived else ""
    needs = f'<informationRequirement><requiredDecision href="#{derived}"/></informationRequirement>' if derived else ""
    source = f'{HEAD}<decision id="x" name="X">{needs}{table}</decision>{other}</definitions>'
    return [(one.code, one.message["en"]) for one in check(read("model.dmn", source.encode()), lambda text: None)]


def codes(rules: list[tuple[str, ...]], **options: object) -> list[str]:
    return [code for code, _ in found(rules, **options)]  # type: ignore[arg-type]


def test_ranges_that_share_an_end_overlap_there() -> None:
    ((code, message),) = found([("<= 10",), (">= 10",)])
    assert code == "rules-overlap"
    assert "rules 1 and 2" in message
    assert "a = 10" in message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("< 10", ">= 10"),
        ("[1..5)", "[5..9]"),
        ("]1..5[", "[5..9]"),
        ("1, 2", "3"),
        ("not(1)", "1"),
        ("not(< 5)", "< 5"),
    ],
)
def test_ranges_that_exclude_each_other_do_not_overlap(first: str, second: str) -> None:
    assert "rules-overlap" not in codes([(first,), (second,)])


@pytest.mark.parametrize(
    ("first", "second", "witness"),
    [
        ("(1..5)", "(4..9)", "4.5"),
        ("-", "7", "7"),
        ("1, 2, 3", "[3..9]", "3"),
        ("not(1)", "not(2)", "1.5"),
        ("< -1.5", "-2", "-2"),
    ],
)
def test_an_overlap_is_shown_by_a_value(first: str, second: str, witness: str) -> None:
    messages = [message for code, message in found([(first,), (second,)]) if code == "rules-overlap"]
    assert len(messages) == 1
    assert re.search(r"a = (\S+)\.$", messages[0])
    if witness != "1.5":
        assert f"a = {witness}." in messages[0]


def test_whole_numbers_have_nothing_between_neighbours() -> None:
    assert codes([("(1..2)",), ("-",)], type_ref="integer") == ["cell-never-holds"]
    assert codes([("(1..2)",), ("-",)], type_ref="number") == ["rules-overlap"]


def test_dates_are_compared_as_days() -> None:
    rules = [('[date("2026-01-01")..date("2026-06-30")]',), ('> date("2026-06-29")',)]
    messages = [message for code, message in found(rules, type_ref="date") if code == "rules-overlap"]
    assert ["2026-06-30" in message for message in messages] == [True]


def test_null_meets_any_value_and_null_alone() -> None:
    assert codes([("null",), ("> 5",)]) == []
    messages = [message for code, message in found([("null", "1"), ("-", "1")]) if code == "rules-overlap"]
    assert ["a = null, b = 1" in message for message in messages] == [True]


def test_rules_overlap_only_if_all_their_conditions_do() -> None:
    assert codes([("-", '"x"'), ("-", '"y"')], type_ref="string") == []
    assert codes([("-", '"x"'), ("-", '"x","y"')], type_ref="string") == ["rules-overlap"]


def test_text_that_is_not_listed_may_pass_two_negations() -> None:
    assert codes([('not("x")',), ('not("y")',)], type_ref="string") == ["rules-overlap"]
    assert codes([('not("x")',), ('not("y")',)], type_ref="string", values='"x","y"') == []


def test_only_values_that_the_column_or_its_type_allows_overlap() -> None:
    assert "rules-overlap" not in codes([("> 5",), ("> 8, 1",)], values="[0..7]")
    types = '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>"x","y"</text></allowedValues>'
    columns = '<input><inputExpression typeRef="t"><text>a</text></inputExpression></input><output name="o"/>'
    rows = "".join(
        f"<rule><inputEntry><text>not({one})</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>"
        for one in ('"x"', '"y"')
    )
    table = f'<decision id="d1" name="D"><decisionTable>{columns}{rows}</decisionTable></decision>'
    source = f"{HEAD}{types}</itemDefinition>{table}</definitions>"
    assert check(read("model.dmn", source.encode()), lambda text: None) == []


def test_a_condition_that_is_no_literal_is_taken_as_not_known() -> None:
    assert codes([("> other",), ("> 5",)]) == []
    assert codes([("2026 - 1",), ("-",)]) == []


def test_conditions_in_juel_are_taken_as_not_known() -> None:
    columns = '<input><inputExpression><text>a</text></inputExpression></input><output name="o"/>'
    cell = '<inputEntry expressionLanguage="juel"><text>true</text></inputEntry>'
    rows = f"<rule>{cell}<outputEntry><text>1</text></outputEntry></rule>" * 2
    source = f'{HEAD}<decision id="x" name="X"><decisionTable>{columns}{rows}</decisionTable></decision></definitions>'
    assert check(read("model.dmn", source.encode()), lambda text: None) == []


def test_moments_are_compared_on_their_time_line() -> None:
    rules = [('< date and time("2026-01-01T05:00:00+05:00")',), ('>= date and time("2026-01-01T00:00:00Z")',)]
    assert codes(rules, type_ref="dateTime") == []
    rules[1] = ('>= date and time("2025-12-31T23:59:59Z")',)
    ((code, message),) = found(rules, type_ref="dateTime")
    assert code == "rules-overlap"
    assert "a = 2025-12-31T23:59:59Z" in message


def test_the_last_of_thousands_of_rules_is_compared_too() -> None:
    rules = [(f"[{n}..{n + 1})", "-") for n in range(1_998)]
    assert "rules-overlap" not in codes(rules)
    overlaps = [message for code, message in found([*rules, ("1997.5", "-")]) if code == "rules-overlap"]
    assert len(overlaps) == 1
    assert "rules 1998 and 1999" in overlaps[0]


def test_rules_that_only_their_last_condition_parts_do_not_overlap() -> None:
    assert codes([(f"[{n}..{5_000 - n}]", f'"{n}"') for n in range(1_000)], type_ref="Any") == []


def test_a_table_with_more_to_compare_than_is_worth_the_while_is_told() -> None:
    rules = [(",".join(f"{n + 2_000 * step}" for step in range(150)),) * 2 for n in range(80)]
    assert codes(rules) == ["overlaps-not-known"]


def test_intervals_that_touch_are_one() -> None:
    assert codes([("[0..5], (5..9], [7..20]",), ("< 0",), ("> 20",)]) == []
    assert codes([("not([0..5), (6..9])",), ("[0..5)",), ("(6..9]",)]) == []


def test_columns_that_are_computed_or_the_same_give_a_warning_only() -> None:
    assert codes([("> 5", "-"), ("-", "< 3")], columns=("a", "a")) == ["rules-may-overlap"]
    assert codes([("> 5", "-"), ("-", "< 3")], columns=("a", "a + 1")) == ["rules-may-overlap"]


def test_columns_that_other_decisions_fill_give_a_warning_only() -> None:
    rules = [("> 5", "-"), ("-", '"x"')]
    assert codes(rules, derived="a", type_ref="Any") == ["rules-may-overlap"]
    assert codes([("> 5",), ("> 3",)], derived="a") == ["rules-overlap", "table-gap"]


def test_other_policies_may_have_overlaps() -> None:
    for policy in ("ANY", "FIRST", "RULE ORDER", "COLLECT"):
        assert "rules-overlap" not in codes([("-",), ("1",)], policy=policy)


def test_a_gap_between_ranges_is_shown_by_a_value() -> None:
    ((code, message),) = found([("< 10",), ("> 10",)])
    assert code == "table-gap"
    assert "a = 10." in message


def test_a_gap_is_found_in_a_combination_of_columns() -> None:
    rules = [("true", "< 5"), ("true", ">= 5"), ("false", "< 5")]
    ((code, message),) = found(rules, type_ref="Any")
    assert code == "table-gap"
    assert "a = false" in message
    assert "b = 5" in message


def test_listed_input_values_are_all_that_needs_a_rule() -> None:
    assert codes([("[0..10]",)], values="[0..10]") == []
    assert codes([('"x"',)], values='"x","y"', type_ref="string") == ["table-gap"]
    assert codes([('"x"',), ('"y"',)], values='"x","y"', type_ref="string") == []


def test_a_default_output_covers_every_gap() -> None:
    default = "<defaultOutputEntry><text>0</text></defaultOutputEntry>"
    assert codes([("< 10",)], default=default) == []


def test_lists_of_hits_need_no_rule_for_every_value() -> None:
    assert codes([("< 10",)], policy="COLLECT") == []


def _holds(test: str, value: Decimal) -> bool:
    """The meaning of the tests that are drawn below, written down apart."""
    if test == "-":
        return True
    if test.startswith("<"):
        return value < int(test[1:])
    if test.startswith("["):
        low, high = test[1:-1].split("..")
        return int(low) <= value and (value <= int(high) if test.endswith("]") else value < int(high))
    return value == int(test)


_NUMBERS = st.integers(0, 5)
_TESTS = st.one_of(
    st.just("-"),
    _NUMBERS.map(str),
    _NUMBERS.map("<{}".format),
    st.tuples(_NUMBERS, _NUMBERS, st.sampled_from("])")).map(lambda ends: f"[{ends[0]}..{ends[1]}{ends[2]}"),
)
_HALVES = [Decimal(n) / 2 for n in range(-2, 14)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_TESTS, _TESTS), min_size=1, max_size=4))
def test_overlaps_and_gaps_are_those_that_trying_all_values_finds(rules: list[tuple[str, str]]) -> None:
    hits = [[all(map(_holds, rule, values)) for rule in rules] for values in ((a, b) for a in _HALVES for b in _HALVES)]
    pairs = {
        (one + 1, other + 1)
        for matching in hits
        for other in range(len(rules))
        for one in range(other)
        if matching[one] and matching[other]
    }
    reported = found(list(rules))
    overlapping = [re.search(r"rules (\d) and (\d)", message) for code, message in reported if code == "rules-overlap"]
    assert {(int(one[1]), int(one[2])) for one in overlapping if one} == pairs
    assert any(code == "table-gap" for code, _ in reported) == any(not any(matching) for matching in hits)
