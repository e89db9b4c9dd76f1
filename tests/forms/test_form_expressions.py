"""Forms with conditions and computed values."""

from typing import Any

import pytest

from app.forms import FormErrors
from tests.forms.dynamic_forms import REQUIRED, codes, computed, findings, form, load, number, text

DECISION = {"type": "radio", "key": "decision", "values": ["grant", "refuse"], **REQUIRED}
REASON = text("reason", '=decision != "refuse"', **REQUIRED)


def test_a_hidden_field_is_not_required_and_its_value_is_not_taken() -> None:
    subject = form(DECISION, REASON)
    assert load(subject, {"decision": "grant"}) == {"decision": "grant"}
    assert load(subject, {"decision": "grant", "reason": "forged"}) == {"decision": "grant"}
    assert codes(subject, {"decision": "refuse"}) == [("reason", "required")]
    assert codes(subject, {"decision": "refuse", "reason": ""}) == [("reason", "required")]
    assert load(subject, {"decision": "refuse", "reason": "No plan"}) == {"decision": "refuse", "reason": "No plan"}


def test_a_condition_that_is_null_hides_as_it_does_in_the_browser() -> None:
    subject = form(number("age"), text("guardian", "=age >= 18", **REQUIRED), text("phone", "=nowhere", **REQUIRED))
    assert load(subject, {"age": None, "guardian": "A", "phone": "1"}) == {"age": None}


def test_a_value_of_a_hidden_field_is_not_even_looked_at() -> None:
    assert load(form(DECISION, REASON), {"decision": "grant", "reason": {"x": [1]}}) == {"decision": "grant"}


def test_a_condition_sees_what_would_be_kept_and_nothing_that_is_hidden() -> None:
    subject = form(number("age"), text("guardian", "=age >= 18", **REQUIRED), text("phone", "=guardian = null"))
    assert load(subject, {"age": "20", "guardian": "A", "phone": "1"}) == {"age": 20}
    assert load(subject, {"age": "7", "guardian": "A", "phone": "1"}) == {"age": 7, "guardian": "A", "phone": "1"}


def test_conditions_see_the_variables_of_the_case() -> None:
    subject = form(text("permit", '=kind != "export"', **REQUIRED))
    assert load(subject, {}, kind="import") == {}
    assert codes(subject, {}, kind="export") == [("permit", "required")]
    assert load(subject, {"permit": "x"}) == {}


def test_what_is_shown_and_not_entered_is_read_from_the_case_and_not_from_the_client() -> None:
    shown = number("debt", readonly=True)
    subject = form(shown, text("waiver", "=debt = 0", **REQUIRED))
    assert codes(subject, {"debt": 0}, debt=500) == [("waiver", "required")]
    assert load(subject, {"debt": 500, "waiver": "x"}, debt=0) == {}


def test_what_was_not_sent_has_the_value_of_the_case_or_that_of_an_empty_field() -> None:
    subject = form({"type": "checkbox", "key": "agreed"}, text("why", "=agreed = false", **REQUIRED))
    assert load(subject, {}) == {}
    assert codes(subject, {}, agreed=True) == [("why", "required")]


def test_the_condition_of_a_group_holds_for_all_inside() -> None:
    inside = [text("name", **REQUIRED), {"type": "group", "path": "home", "components": [text("street", **REQUIRED)]}]
    group = {"type": "group", "path": "agent", "conditional": {"hide": "=not(byAgent)"}, "components": inside}
    subject = form({"type": "checkbox", "key": "byAgent"}, group)
    assert load(subject, {"byAgent": False, "agent": {"name": "x", "home": {"street": "y"}}}) == {"byAgent": False}
    assert codes(subject, {"byAgent": True}) == [("agent.name", "required"), ("agent.home.street", "required")]


def test_rows_have_conditions_of_their_own() -> None:
    cells = [
        {"type": "checkbox", "key": "foreign"},
        text("visa", "=not(this.foreign)", **REQUIRED),
        text("note", "=i[1] = 1 or parent.short"),
    ]
    subject = form({"type": "checkbox", "key": "short"}, {"type": "dynamiclist", "path": "people", "components": cells})
    rows = [{"foreign": False, "visa": "?", "note": "?"}, {"foreign": True, "visa": "v", "note": "n"}]
    assert load(subject, {"people": rows}) == {
        "people": [{"foreign": False}, {"foreign": True, "visa": "v", "note": "n"}]
    }
    assert codes(subject, {"short": True, "people": [{}, {"foreign": True, "note": 5}]}) == [
        ("people.1.visa", "required")
    ]


def test_a_hidden_list_is_dropped_with_its_rows() -> None:
    rows = {"type": "dynamiclist", "path": "people", "components": [text("name", **REQUIRED)]}
    subject = form({"type": "checkbox", "key": "alone"}, rows | {"conditional": {"hide": "=alone"}})
    assert load(subject, {"alone": True, "people": [{}, "row"]}) == {"alone": True}
    assert codes(subject, {"alone": False, "people": [{}]}) == [("people.0.name", "required")]


def test_two_fields_that_hide_each_other_are_taken_one_at_a_time() -> None:
    subject = form(text("iin", '=bin != null and bin != ""'), text("bin", '=iin != null and iin != ""'))
    assert load(subject, {"iin": "1"}) == {"iin": "1"}
    assert load(subject, {"bin": "2", "iin": ""}) == {"bin": "2"}
    assert codes(subject, {"iin": "1", "bin": "2"}) == [("iin", "circular"), ("bin", "circular")]


def test_a_read_only_field_is_dropped_while_its_condition_holds() -> None:
    subject = form(text("number", readonly="=registered", **REQUIRED))
    assert load(subject, {"number": "forged"}, registered=True, number="7") == {}
    assert load(subject, {"number": "8"}, registered=False) == {"number": "8"}
    assert codes(subject, {}, registered=False) == [("number", "required")]


def test_a_field_that_may_be_hidden_or_read_only_is_not_said_to_be_required() -> None:
    subject = form(DECISION, REASON, text("number", readonly="=registered", **REQUIRED))
    assert [(field.key, field.required, field.fillable) for field in subject.fields] == [
        ("decision", True, True),
        ("reason", False, True),
        ("number", False, True),
    ]


def test_a_computed_value_is_the_servers_own() -> None:
    subject = form(number("a"), number("b"), computed("sum", "=a + b"), computed("twice", "=sum * 2"))
    assert load(subject, {"a": "1.5", "b": 2, "sum": 99, "twice": {"x": 1}}) == {
        "a": 1.5,
        "b": 2,
        "sum": 3.5,
        "twice": 7,
    }
    assert subject.computed == {"sum", "twice"}


def test_a_computed_value_may_need_one_that_stands_after_it() -> None:
    assert load(form(computed("c", "=b + 1"), computed("b", "=a + 1"), number("a")), {"a": 1}) == {
        "c": 3,
        "b": 2,
        "a": 1,
    }


def test_computed_values_stand_where_their_groups_and_rows_do() -> None:
    rows = {"type": "dynamiclist", "path": "rows", "components": [number("n"), computed("square", "=this.n * this.n")]}
    total = {"type": "group", "path": "sums", "components": [computed("total", "=sum(rows.square)")]}
    subject = form(total, rows)
    loaded = load(subject, {"rows": [{"n": 2}, {"n": 3, "square": 0}], "sums": {"total": 1}})
    assert loaded == {"rows": [{"n": 2, "square": 4}, {"n": 3, "square": 9}], "sums": {"total": 13}}
    assert load(subject, {}, rows=[{"n": 1, "square": 1}]) == {"sums": {"total": 1}}


def test_a_hidden_computed_value_is_none_of_the_data() -> None:
    subject = form(number("a"), computed("b", "=a + 1", conditional={"hide": "=a = 0"}), number("c", **REQUIRED))
    assert load(subject, {"a": 0, "b": 5, "c": 1}) == {"a": 0, "c": 1}


@pytest.mark.parametrize("expression", ["=a * 2", "=sqrt(a)", "=g.a + 1", "=number(t)", "=max(l)", "=nowhere + 1"])
def test_a_value_computed_from_empty_fields_is_null(expression: str) -> None:
    subject = form(number("a"), number("g.a"), text("t"), computed("b", expression))
    assert load(subject, {"a": None}, l=[])["b"] is None


@pytest.mark.parametrize(
    "expression", ['="x" * a', '=duration("P1D")', "=function(x) x", '="\\u0000"', "=a / 0", "=sqrt(0 - a)"]
)
def test_a_value_that_cannot_be_computed_is_told(expression: str) -> None:
    with pytest.raises(FormErrors) as broken:
        load(form(number("a"), computed("b", expression, label="B")), {"a": 1})
    (error,) = broken.value.errors
    assert (error.key, error.code) == ("b", "computed")
    assert error.message["en"].startswith("“B” cannot be computed: ")


def test_dates_are_computed_as_texts_in_the_time_zone_of_the_provider() -> None:
    subject = form(computed("day", "=today()"), computed("week", '=date("2026-05-01") + duration("P7D")'))
    assert load(subject, {}) == {"day": "2026-05-01", "week": "2026-05-08"}


@pytest.mark.parametrize(
    "components",
    [
        [computed("a", "=a + 1")],
        [computed("a", "=b"), computed("b", "=c.d"), computed("c.d", "=a")],
        [{"type": "dynamiclist", "path": "l", "components": [number("n"), computed("x", "=this.n + this.x")]}],
        [{"type": "dynamiclist", "path": "l", "components": [number("n"), computed("x", "=total")]},
         computed("total", "=sum(l.x)")],
    ],
)  # fmt: skip
def test_a_circular_computation_is_refused(components: list[dict[str, Any]]) -> None:
    assert "depends on itself" in findings(*components)[0]


def test_a_computation_that_turns_on_a_condition_forever_ends_as_an_error() -> None:
    y = computed("y", "=n", conditional={"hide": "=x = null"})
    subject = form(number("n"), computed("x", "=if y = null then 1 else null"), y)
    assert {code for _, code in codes(subject, {"n": 1})} == {"circular"}
