"""Forms whose limits and options depend on data or the time, and expressions that cannot be used."""

from typing import Any

import pytest

from app.forms import FormErrors, FormRejected, compile
from tests.forms.dynamic_forms import REQUIRED, codes, computed, findings, form, load, number, source, text

DECISION = {"type": "radio", "key": "decision", "values": ["grant", "refuse"], **REQUIRED}
REASON = text("reason", '=decision != "refuse"', **REQUIRED)


def test_limits_may_depend_on_data() -> None:
    subject = form(
        number("least"),
        number("a", validate={"min": "=least", "max": "=least * 2"}),
        text("b", validate={"maxLength": "=limit", "minLength": "=least"}),
    )
    assert load(subject, {"least": 2, "a": 4, "b": "abc"}, limit=3) == {"least": 2, "a": 4, "b": "abc"}
    assert codes(subject, {"least": 2, "a": 5, "b": "abcd"}, limit=3) == [("a", "max"), ("b", "maxLength")]
    assert load(subject, {"a": 5, "b": "x"}) == {"a": 5, "b": "x"}


def test_a_limit_that_is_no_number_refuses_only_what_is_given() -> None:
    subject = form(number("a", validate={"min": "=least"}), text("b", validate={"maxLength": "=3 / 2"}))
    assert codes(subject, {"a": 1, "b": "x"}, least="many") == [("a", "limit"), ("b", "limit")]
    assert load(subject, {"a": None}, least="many") == {"a": None}


def test_a_filepicker_takes_several_files_where_its_expression_says_so() -> None:
    subject = form({"type": "filepicker", "key": "a", "multiple": "=many"})
    assert load(subject, {"a": ["x", "y"]}, many=True) == {"a": ["x", "y"]}
    assert codes(subject, {"a": ["x", "y"]}, many=False) == [("a", "type")]


UNITS = [{"label": "A", "value": "a"}, {"label": "B"}, "c", 4, {"value": None}, None]


@pytest.mark.parametrize("options", [{"valuesKey": "units"}, {"valuesExpression": "=units"}])
@pytest.mark.parametrize("kind", ["select", "radio", "taglist", "checklist"])
def test_options_come_from_the_data_of_the_case(options: dict[str, str], kind: str) -> None:
    subject = form({"type": kind, "key": "k", **options})
    several = kind in ("taglist", "checklist")
    for value in ("a", "B", "c", 4):
        sent: object = [value] if several else value
        assert load(subject, {"k": sent}, units=UNITS) == {"k": sent}
    for value in ("A", "d", 5, True):
        assert codes(subject, {"k": [value] if several else value}, units=UNITS) == [("k", "choice")]
    assert codes(subject, {"k": ["a"] if several else "a"}) == [("k", "choice")]


def test_the_client_cannot_bring_its_own_options() -> None:
    subject = form(
        {"type": "select", "key": "k", "valuesKey": "units"}, {"type": "taglist", "key": "units", "valuesKey": "all"}
    )
    assert ("k", "choice") in codes(subject, {"k": "mine", "units": ["mine"]}, all=["mine"])


def test_options_may_depend_on_what_is_entered() -> None:
    subject = form(
        text("city"), {"type": "select", "key": "street", "valuesExpression": '=if city = "A" then ["x"] else ["y"]'}
    )
    assert load(subject, {"city": "A", "street": "x"}) == {"city": "A", "street": "x"}
    assert codes(subject, {"city": "B", "street": "x"}) == [("street", "choice")]


@pytest.mark.parametrize(
    ("subtype", "taken", "past"),
    [
        ("date", ["2026-05-01", "2027-01-01"], ["2026-04-30", "0001-01-01"]),
        ("datetime", ["2026-05-01T00:00", "2026-04-30T20:00Z", "9999-12-31T23:59-12:00"],
         ["2026-04-30T23:59", "2026-04-30T18:59Z", "0001-01-01T00:00+14:00"]),
    ],
)  # fmt: skip
def test_a_day_that_has_passed_at_the_provider_is_refused(subtype: str, taken: list[str], past: list[str]) -> None:
    subject = form({"type": "datetime", "key": "d", "subtype": subtype, "disallowPassedDates": True})
    assert [load(subject, {"d": day}) for day in taken] == [{"d": day} for day in taken]
    assert [codes(subject, {"d": day}) for day in past] == [[("d", "past")]] * len(past)


@pytest.mark.parametrize(
    "place",
    [
        {"conditional": {"hide": "=a >"}},
        {"readonly": "=a >"},
        {"validate": {"minLength": "=a >"}},
    ],
)
def test_an_expression_that_does_not_read_is_told_with_its_place(place: dict[str, Any]) -> None:
    (message,) = findings(text("a"), text("b", **place))
    assert message.startswith("The expression cannot be read: ")
    assert next(iter(place)) in message
    assert "line 1, column" in message


def test_conditions_of_what_holds_no_data_are_read_too() -> None:
    assert "cannot be read" in findings({"type": "text", "conditional": {"hide": "=("}})[0]


def test_a_huge_expression_is_refused() -> None:
    assert findings(text("a", "=" + "1+" * 2_000 + "1")) == ["The expression is too long: conditional.hide."]
    assert "cannot be read" in findings(text("a", "=" + "(" * 1_000 + "1" + ")" * 1_000))[0]


def test_names_that_nothing_gives_are_warned_of() -> None:
    row = {
        "type": "dynamiclist",
        "path": "rows",
        "components": [number("n"), text("why", "=n = 1 or this.n = 2", id="W")],
    }
    subject = form(number("a"), row, computed("s", "=a + fee + sum(for x in rows return x.n)"), text("t", "=kind = 1"))
    warned = subject.strange_names({"kind"}, {})
    assert [(found.component_id, found.severity, found.message["en"].split(": ")[1]) for found in warned] == [
        ("W", "warning", "n."),
        (None, "warning", "fee."),
    ]


def test_data_for_which_the_expressions_take_too_much_are_refused() -> None:
    cells = [number("n"), text("t", "=sum(rows.n) > 10")]
    subject = form({"type": "dynamiclist", "path": "rows", "components": cells})
    assert codes(subject, {"rows": [{"n": 1}] * 1000}) == [("", "cost")]
    assert load(subject, {"rows": [{"n": 9, "t": "x"}] * 50}) == {"rows": [{"n": 9}] * 50}


def test_a_form_that_depends_on_data_is_not_loaded_without_a_case_or_a_language() -> None:
    with pytest.raises(ValueError, match="depends on data"):
        form(DECISION, REASON).load({})
    untold = compile(source(DECISION, REASON))
    assert [field.key for field in untold.fields] == ["decision", "reason"]
    with pytest.raises(ValueError, match="in a language"):
        load(untold, {})


def test_rows_in_rows_are_counted_together() -> None:
    inner = {"type": "dynamiclist", "path": "inner", "components": [number("n", **REQUIRED)]}
    subject = form({"type": "dynamiclist", "path": "outer", "components": [inner]})
    rows = [{"inner": [{"n": 1}] * 100} for _ in range(100)]
    assert load(subject, {"outer": rows}) == {"outer": rows}
    with pytest.raises(FormErrors) as broken:
        load(subject, {"outer": rows * 10})
    (error,) = broken.value.errors
    assert (error.key, error.code) == ("", "size")
    assert error.message["en"].endswith("at most 50000 values.")


def test_of_very_many_findings_the_first_thousand_are_told() -> None:
    with pytest.raises(FormRejected) as refused:
        form(*({"type": "signature", "key": f"k{number}"} for number in range(2_000)))
    assert [found.key for found in refused.value.findings] == [f"k{number}" for number in range(1_000)]


def test_what_only_leads_to_a_circle_is_not_told_of() -> None:
    with pytest.raises(FormRejected) as refused:
        form(computed("a", "=b"), computed("b", "=c"), computed("c", "=b + d"), computed("d", "=1"))
    assert [found.key for found in refused.value.findings] == ["b", "c"]
