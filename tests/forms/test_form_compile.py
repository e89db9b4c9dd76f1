"""Which forms are refused, and what a compiled form says of its fields."""

import json
from typing import Any

import pytest

from app.forms import FormRejected, compile


def source(*components: dict[str, Any], form_id: str = "f") -> str:
    return json.dumps({"type": "default", "id": form_id, "components": list(components)})


def component(kind: str = "textfield", key: str | None = "a", **rest: Any) -> dict[str, Any]:
    return {"type": kind, **({"key": key} if key is not None else {}), **rest}


def findings(*components: dict[str, Any]) -> list[str]:
    with pytest.raises(FormRejected) as refused:
        compile(source(*components))
    return [finding.message["en"] for finding in refused.value.findings]


def test_every_finding_is_told_at_once_with_its_component_in_three_languages() -> None:
    with pytest.raises(FormRejected) as refused:
        compile(source(component("signature", "s", id="one"), component(key="!", id="two")))
    first, second = refused.value.findings
    assert (first.component_id, first.key) == ("one", "s")
    assert (second.component_id, second.key) == ("two", "!")
    assert first.message.keys() == first.hint.keys() == {"kk", "ru", "en"}
    assert "signature" in first.message["kk"]


def test_an_id_that_cannot_be_kept_and_a_key_of_endless_parts_are_refused() -> None:
    with pytest.raises(FormRejected, match="no id"):
        compile(source(form_id="f\u0007"))
    assert len(findings(component(key="a." * 3_000 + "b"))) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "[" * 200_000, '{"type": "group", "components": []}', '{"type": "default"}', b"\xff", "NaN"],
)
def test_what_is_no_form_is_refused(text: str | bytes) -> None:
    with pytest.raises(FormRejected, match="not a form-js form"):
        compile(text)


@pytest.mark.parametrize(
    "broken", ['{"type": "textfield", "key": "a", "label": "\\ud800"}', '{"type": "\\udfff"}', '{"\\ud800": 1}']
)
def test_a_form_with_half_a_character_is_refused(broken: str) -> None:
    with pytest.raises(FormRejected, match="half a character") as refused:
        compile(f'{{"type": "default", "id": "f", "components": [{broken}]}}')
    assert "D800" in refused.value.findings[0].hint["kk"]


@pytest.mark.parametrize("rule", ['"increment": 1e400', '"validate": {"min": 1e400}', '"validate": {"max": -1e400}'])
def test_a_number_without_end_is_no_rule(rule: str) -> None:
    with pytest.raises(FormRejected, match="wrong value"):
        compile(f'{{"type": "default", "id": "f", "components": [{{"type": "number", "key": "a", {rule}}}]}}')


def test_a_form_over_256_kilobytes_is_refused() -> None:
    with pytest.raises(FormRejected, match="too large"):
        compile(source() + " " * 256 * 1024)


def test_a_form_without_an_id_is_refused() -> None:
    with pytest.raises(FormRejected, match="no id"):
        compile(source(form_id=""))


def test_groups_may_be_nested_eight_levels_deep() -> None:
    nested = component()
    for _ in range(8):
        nested = {"type": "group", "components": [nested]}
    assert [field.key for field in compile(source(nested)).fields] == ["a"]
    assert "nested too deeply" in findings({"type": "group", "components": [nested]})[0]


@pytest.mark.parametrize(
    "pair",
    [
        (component(key="a"), component(key="a")),
        (component(key="a"), component(key="a.b")),
        (component(key="a.b"), component(key="a")),
        ({"type": "group", "path": "a", "components": [component(key="b")]}, component(key="a.b")),
        ({"type": "dynamiclist", "path": "a", "components": [component(key="b")]}, component(key="a.c")),
        ({"type": "dynamiclist", "path": "a", "components": []}, {"type": "dynamiclist", "path": "a"}),
        (component("expression", key="a", expression="=1"), component(key="a")),
    ],
)
def test_two_components_cannot_hold_one_path(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert "taken already" in findings(*pair)[0]


def test_two_groups_may_share_a_path() -> None:
    groups = [{"type": "group", "path": "a", "components": [component(key=key)]} for key in ("b", "c")]
    assert [field.key for field in compile(source(*groups)).fields] == ["a.b", "a.c"]


@pytest.mark.parametrize("key", [None, "", "a b", "a..b", "өріс", "a.0", "a.__proto__", 5])
def test_a_key_that_names_no_place_in_the_data_is_refused(key: Any) -> None:
    assert "wrong one" in findings(component(key=None) | {"key": key})[0]


def test_a_dynamic_list_needs_a_path() -> None:
    assert "wrong one" in findings({"type": "dynamiclist", "components": []})[0]


def test_an_empty_id_is_not_the_id_of_those_without_one() -> None:
    assert compile(source({"type": "text"}, {"type": "text", "id": ""}, {"type": "text"})).fields == ()


def test_component_ids_are_unique() -> None:
    assert "used twice" in findings(component(key="a", id="x"), component(key="b", id="x"))[0]


@pytest.mark.parametrize(
    "fixed",
    [
        component(validate={"required": "=a"}),
        component(validate={"required": "=false"}),
        component("number", increment="=step"),
        component(disabled="=false"),
        component("datetime", disallowPassedDates="=a"),
    ],
)
def test_an_expression_is_refused_where_the_browser_does_not_evaluate_it(fixed: dict[str, Any]) -> None:
    assert "cannot be an expression" in findings(fixed)[0]


@pytest.mark.parametrize(
    "wrong",
    [
        component(validate={"minLength": "many"}),
        component(validate={"validationType": "iban"}),
        component("number", validate={"min": True}),
        component("number", increment=0),
        component("datetime", subtype="month"),
        component(conditional={"hide": True}),
        component(conditional={"hide": "a = 1"}),
        component("expression", "e"),
        component("expression", "e", expression="1"),
        component("expression", "e", expression="=1", computeOn="never"),
        component("select", valuesExpression="units"),
        component("select", valuesKey=5),
        component("datetime", disallowPassedDates="yes"),
        {"type": "dynamiclist", "path": "a", "defaultRepetitions": 1e9, "components": []},
    ],
)
def test_a_rule_with_a_wrong_value_is_refused(wrong: dict[str, Any]) -> None:
    assert "wrong value" in findings(wrong)[0]


def test_a_rule_on_a_type_that_it_does_not_apply_to_is_refused() -> None:
    assert "does not apply" in findings(component("number", validate={"minLength": 1}))[0]


@pytest.mark.parametrize("name", ["ssn", "IIN", "", 12, ["iin"]])
def test_an_unknown_format_of_numbers_is_refused(name: object) -> None:
    (found,) = findings(component(properties={"format": name}))
    assert found.startswith("Unknown format")


def test_a_format_of_numbers_is_for_text_fields() -> None:
    (found,) = findings(component("number", properties={"format": "iin"}))
    assert "properties.format" in found


@pytest.mark.parametrize("pattern", ["(", "a**", "[b-a]", r"\p{L}", r"(a)\1", "(?=a)", "(?<n>a)", "a" * 201])
def test_a_pattern_that_cannot_be_matched_is_refused(pattern: str) -> None:
    assert "pattern cannot be used" in findings(component(validate={"pattern": pattern}))[0]


@pytest.mark.parametrize("values", [None, [], [{"label": "x"}], [{"label": "x", "value": {}}], [""]])
def test_options_without_values_are_refused(values: Any) -> None:
    assert "no options" in findings(component("select", values=values))[0]


@pytest.mark.parametrize(
    "wrong",
    [
        component("number", defaultValue="many"),
        component("checkbox", defaultValue="true"),
        component("radio", values=["a"], defaultValue="b"),
        component("datetime", defaultValue="tomorrow"),
    ],
)
def test_a_default_value_that_does_not_fit_its_field_is_refused(wrong: dict[str, Any]) -> None:
    assert "default value does not fit" in findings(wrong)[0]


def test_labels_are_in_three_languages_and_fall_back_to_kazakh() -> None:
    properties = {"label.ru": "Решение", "label.en": "Decision", "value.yes.ru": "Да", "value.yes.en": "Yes"}
    options = [{"label": "Иә", "value": "yes"}, {"label": "Жоқ", "value": "no"}]
    field = compile(source(component("radio", label="Шешім", values=options, properties=properties))).fields[0]
    assert field.label == {"kk": "Шешім", "ru": "Решение", "en": "Decision"}
    assert field.choices == (
        ("yes", {"kk": "Иә", "ru": "Да", "en": "Yes"}),
        ("no", {"kk": "Жоқ", "ru": "Жоқ", "en": "Жоқ"}),
    )


def test_fields_tell_their_flags() -> None:
    form = compile(
        source(
            component(key="a", id="Field_a", label="A", validate={"required": True}, defaultValue="x"),
            component(key="b", disabled=True),
            component(key="c", readonly="=true"),
            component("expression", key="d", expression="=1", computeOn="change"),
            component(key="e", conditional={"hide": "=true"}),
            {"type": "dynamiclist", "path": "rows", "components": [component("select", key="f", valuesKey="v")]},
        )
    )
    a, b, c, d, e, f = form.fields
    assert (a.component_id, a.required, a.default, a.fillable) == ("Field_a", True, "x", True)
    assert (b.disabled, c.readonly, d.computed, e.hidden) == (True, True, True, True)
    assert (f.key, f.repeated, f.choices, f.fillable) == ("rows.f", True, None, True)
    assert not any(field.fillable for field in (b, c, d, e))
