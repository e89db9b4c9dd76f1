"""What a form takes from a person, and what it says of the rest."""

import json
from typing import Any

import pytest

from app.forms import Form, FormErrors, compile


def form(*components: dict[str, Any]) -> Form:
    return compile(json.dumps({"type": "default", "id": "f", "components": list(components)}))


def one(kind: str, **rest: Any) -> Form:
    return form({"type": kind, "key": "a", "label": "Өріс", **rest})


def codes(subject: Form, data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(FormErrors) as broken:
        subject.load(data)
    return [(error.key, error.code) for error in broken.value.errors]


def code(subject: Form, value: object) -> list[str]:
    return [code for _, code in codes(subject, {"a": value})]


def value(subject: Form, given: object) -> object:
    return subject.load({"a": given})["a"]


REQUIRED = {"validate": {"required": True}}
OPTIONS = {"values": [{"label": "One", "value": "one"}, {"label": "Two", "value": "two"}]}


@pytest.mark.parametrize(
    ("subject", "empty"),
    [
        (one("textfield", **REQUIRED), ""),
        (one("textarea", **REQUIRED), None),
        (one("number", **REQUIRED), ""),
        (one("number", **REQUIRED), None),
        (one("checkbox", **REQUIRED), False),
        (one("checklist", **REQUIRED, **OPTIONS), []),
        (one("taglist", **REQUIRED, **OPTIONS), None),
        (one("radio", **REQUIRED, **OPTIONS), None),
        (one("select", **REQUIRED, **OPTIONS), ""),
        (one("datetime", **REQUIRED), None),
        (one("filepicker", **REQUIRED), []),
    ],
)
def test_an_empty_or_absent_required_value_is_an_error(subject: Form, empty: object) -> None:
    assert code(subject, empty) == ["required"]
    assert codes(subject, {}) == [("a", "required")]


def test_zero_and_a_blank_are_values_of_a_required_field() -> None:
    assert value(one("number", **REQUIRED), 0) == 0
    assert value(one("textfield", **REQUIRED), " ") == " "


def test_what_was_not_sent_is_not_in_the_result_and_what_was_sent_empty_is() -> None:
    subject = form({"type": "textfield", "key": "a"}, {"type": "number", "key": "b"}, {"type": "checkbox", "key": "c"})
    assert subject.load({}) == {}
    assert subject.load({"a": None, "b": "", "c": None}) == {"a": "", "b": None, "c": False}


@pytest.mark.parametrize(
    ("given", "kept"),
    [("12", 12), (" 12.50 ", 12.5), (7, 7), (7.0, 7), ("1e3", 1000), (-0.5, -0.5), ("9007199254740993", 2**53 + 1)],
)
def test_a_number_is_kept_as_a_number(given: object, kept: float) -> None:
    result = value(one("number"), given)
    assert (result, type(result)) == (kept, type(kept))


@pytest.mark.parametrize("given", ["abc", "1,5", "0x10", "NaN", "Infinity", True, [], {}, float("nan"), "1e999", "١"])
def test_what_is_no_number_is_an_error_of_type(given: object) -> None:
    assert code(one("number"), given) == ["type"]


def test_a_number_of_thousands_of_digits_is_an_error_of_type() -> None:
    assert code(one("number"), 10**5000) == ["type"]
    assert code(one("number"), "9" * 5000) == ["type"]


def test_a_number_serialized_to_string_keeps_its_digits() -> None:
    subject = one("number", serializeToString=True, validate={"max": 1})
    assert value(subject, "0.10000000000000000001") == "0.10000000000000000001"
    assert value(subject, 1) == "1"
    assert code(subject, "1.00000000000000000001") == ["max"]


def test_limits_of_a_number_include_their_ends() -> None:
    subject = one("number", validate={"min": "=18", "max": "65.5"})
    assert (value(subject, 18), value(subject, "65.5")) == (18, 65.5)
    assert (code(subject, 17), code(subject, 65.6)) == (["min"], ["max"])
    assert value(subject, None) is None


def test_decimal_digits_are_limited() -> None:
    assert (value(one("number", decimalDigits=2), 0.25), value(one("number", decimalDigits=0), "3.0")) == (0.25, 3)
    assert code(one("number", decimalDigits=2), 0.125) == ["decimalDigits"]
    assert code(one("number", decimalDigits=0), 1e-7) == ["decimalDigits"]


def test_increments_are_exact() -> None:
    assert value(one("number", increment="0.1"), 0.3) == 0.3
    assert code(one("number", increment=5), 7) == ["increment"]


def test_every_broken_rule_of_a_value_is_told() -> None:
    assert code(one("number", increment=5, decimalDigits=0, validate={"min": 3}), 1.5) == [
        "decimalDigits",
        "increment",
        "min",
    ]


def test_lengths_count_what_is_left_after_trimming_in_code_units() -> None:
    subject = one("textfield", validate={"minLength": 2, "maxLength": 3})
    assert value(subject, "  қаз  ") == "  қаз  "
    assert value(subject, "😀") == "😀"
    assert (code(subject, "қ  "), code(subject, "қаза"), code(subject, "   ")) == (
        ["minLength"],
        ["maxLength"],
        ["minLength"],
    )
    assert value(subject, "") == ""


@pytest.mark.parametrize("given", [5, True, [], {}, "nul\x00", "\ud800"])
def test_what_is_no_storable_text_is_an_error_of_type(given: object) -> None:
    assert code(one("textarea"), given) == ["type"]


def test_a_text_field_is_one_line_and_a_text_area_is_not() -> None:
    assert value(one("textfield"), "a\nb") == "a b"
    assert value(one("textarea"), "a\nb") == "a\nb"


def test_a_pattern_is_searched_for_and_its_own_text_is_told() -> None:
    subject = one(
        "textfield",
        validate={"pattern": r"^\d{12}$", "patternErrorMessage": "ЖСН — 12 цифр"},
        properties={"patternErrorMessage.ru": "ИИН — 12 цифр"},
    )
    assert value(subject, "880101300123") == "880101300123"
    assert value(one("textfield", validate={"pattern": "b"}), "abc") == "abc"
    with pytest.raises(FormErrors) as broken:
        subject.load({"a": "88010130012"})
    assert broken.value.errors[0].message == {"kk": "ЖСН — 12 цифр", "ru": "ИИН — 12 цифр", "en": "ЖСН — 12 цифр"}


def test_a_value_is_chosen_once() -> None:
    subject = form({"type": "checklist", "key": "a", "label": "Өріс", "values": ["one", "two", 1, True]})
    assert value(subject, ["two", "one", True, 1]) == ["two", "one", True, 1]
    assert code(subject, ["one", "two", "one"]) == ["twice"]
    assert code(subject, [1, 1]) == ["twice"]


def number_field(kind: str, **validate: object) -> Form:
    return one("textfield", validate={"pattern": r"^\d{12}$", **validate}, properties={"format": kind})


def told(subject: Form, given: object) -> dict[str, str]:
    with pytest.raises(FormErrors) as broken:
        subject.load({"a": given})
    (error,) = broken.value.errors
    assert error.code == "identity"
    return error.message


@pytest.mark.parametrize(
    ("kind", "given"),
    [("iin", "830115300573"), ("bin", "940140000385"), ("iin-or-bin", "830115300573"), ("iin-or-bin", "940140000385")],
)
def test_an_identification_number_of_the_format_is_taken(kind: str, given: str) -> None:
    assert value(number_field(kind), given) == given


@pytest.mark.parametrize(
    ("kind", "given", "russian"),
    [
        ("bin", "94014000038", "«Өріс» состоит ровно из 12 цифр."),
        ("bin", "9401 40000385", "«Өріс» состоит только из цифр: без пробелов, букв и дефисов."),
        (
            "iin-or-bin",
            "940190000385",
            "«Өріс» не является ни ИИН, ни БИН: пятая цифра ИИН — от 0 до 3, БИН — от 4 до 6.",
        ),
        ("iin", "831315300573", "«Өріс» не является ИИН: первые шесть цифр должны быть существующей датой ГГММДД."),
        ("iin", "940140000385", "«Өріс» не является ИИН: седьмая цифра должна быть от 1 до 6."),
        ("bin", "941340000385", "«Өріс» не является БИН: первые четыре цифры должны быть годом и месяцем ГГММ."),
        ("bin", "830115300573", "«Өріс» не является БИН: пятая цифра должна быть 4, 5 или 6."),
        ("bin", "940140000384", "«Өріс»: контрольная цифра не сходится. Проверьте, нет ли в номере опечатки."),
    ],
)
def test_of_a_wrong_identification_number_it_is_told_what_is_wrong(kind: str, given: str, russian: str) -> None:
    message = told(number_field(kind), given)
    assert message["ru"] == russian
    assert len(set(message.values())) == 3


def test_the_other_rules_of_a_field_hold_beside_its_format() -> None:
    assert value(number_field("bin"), "") == ""
    assert code(number_field("bin", required=True), "") == ["required"]
    assert code(number_field("bin", pattern="^18"), "940140000385") == ["pattern"]
    assert code(number_field("bin"), 940140000385) == ["type"]


def test_a_text_over_4000_characters_is_not_matched() -> None:
    subject = one("textarea", validate={"pattern": "(a+)+$"})
    assert code(subject, "a" * 4001) == ["maxLength"]
    assert code(subject, "a" * 3999 + "b") == ["pattern"]


def test_a_checkbox_is_true_or_false_only() -> None:
    assert value(one("checkbox"), True) is True
    assert [code(one("checkbox"), given) for given in ("true", "", 1)] == [["type"]] * 3


@pytest.mark.parametrize("kind", ["radio", "select"])
def test_one_of_the_offered_values_is_taken(kind: str) -> None:
    subject = one(kind, **OPTIONS)
    assert value(subject, "two") == "two"
    assert (code(subject, "three"), code(subject, ["one"])) == (["choice"], ["type"])


@pytest.mark.parametrize("kind", ["checklist", "taglist"])
def test_some_of_the_offered_values_are_taken(kind: str) -> None:
    subject = one(kind, **OPTIONS)
    assert value(subject, ["two", "one"]) == ["two", "one"]
    assert (code(subject, ["one", "three"]), code(subject, "one"), code(subject, [{}])) == (
        ["choice"],
        ["type"],
        ["type"],
    )


def test_true_is_not_the_choice_one() -> None:
    assert code(one("select", values=[{"label": "1", "value": 1}]), True) == ["choice"]


@pytest.mark.parametrize(
    ("subtype", "good", "bad"),
    [
        ("date", ["2024-02-29"], ["2023-02-29", "20240229", "2024-02-29T10:00", "29.02.2024", 5]),
        ("time", ["09:30", "09:30Z", "09:30+05:00", "23:59:59"], ["24:00", "9:30", "09:30+5", "noon"]),
        ("datetime", ["2026-05-01T09:30+05:00", "2026-05-01T09:30"], ["2026-05-01", "2026-13-01T09:30", "T09:30"]),
    ],
)
def test_dates_and_times_are_iso_8601_texts(subtype: str, good: list[str], bad: list[object]) -> None:
    subject = one("datetime", subtype=subtype)
    assert [value(subject, text) for text in good] == good
    assert [code(subject, text) for text in bad] == [["type"]] * len(bad)


def test_files_are_document_ids_or_descriptions() -> None:
    file = {"filename": "сызба.pdf", "mimetype": "application/pdf", "size": 10}
    subject = one("filepicker", multiple=True)
    assert value(subject, [file, "doc-1"]) == [file, "doc-1"]
    wrong: list[object] = ["files::x", [{"filename": "x"}], [file | {"size": -1}], [file | {"path": "/etc"}], [""], [5]]
    assert [code(subject, given) for given in wrong] == [["type"]] * len(wrong)
    assert code(one("filepicker"), ["doc-1", "doc-2"]) == ["type"]


def test_what_is_not_the_persons_to_give_is_dropped() -> None:
    subject = form(
        {"type": "textfield", "key": "a"},
        {"type": "number", "key": "b", "disabled": True, **REQUIRED},
        {"type": "number", "key": "c", "readonly": True, **REQUIRED},
        {"type": "expression", "key": "d", "expression": "=1", "conditional": {"hide": "=true"}},
        {"type": "textfield", "key": "e", "conditional": {"hide": "=true"}, **REQUIRED},
        {
            "type": "group",
            "path": "g",
            "conditional": {"hide": "=true"},
            "components": [{"type": "textfield", "key": "x", **REQUIRED}],
        },
        {"type": "dynamiclist", "path": "l", "components": [{"type": "number", "key": "x", "readonly": True}]},
    )
    sent = {"a": "x", "b": "?", "c": None, "d": {"x": 1}, "e": "y", "g": {"x": "z"}, "l": [{"x": 1}]}
    assert subject.load(sent) == {"a": "x"}


def test_components_without_data_ask_for_none() -> None:
    kinds = ("text", "html", "image", "spacer", "separator", "button", "iframe", "table", "documentPreview")
    subject = form(*({"type": kind} for kind in kinds))
    assert (subject.fields, subject.load({})) == ((), {})


def test_keys_that_the_form_does_not_have_are_errors() -> None:
    subject = form({"type": "textfield", "key": "g.a"})
    assert codes(subject, {"x": 1, "g": {"a": "", "y": 2}}) == [("g.y", "unknown"), ("x", "unknown")]


def test_groups_and_dotted_keys_nest_the_data() -> None:
    subject = form(
        {"type": "group", "path": "owner", "components": [{"type": "textfield", "key": "name.first", **REQUIRED}]},
        {"type": "group", "components": [{"type": "number", "key": "owner.age"}]},
    )
    data = {"owner": {"name": {"first": "Абай"}, "age": 40}}
    assert subject.load(data) == data
    assert codes(subject, {}) == [("owner.name.first", "required")]
    assert codes(subject, {"owner": None}) == [("owner.name.first", "required")]
    assert codes(subject, {"owner": "Абай"}) == [("owner", "type")]


def test_rows_of_a_dynamic_list_are_checked_one_by_one() -> None:
    cells = [{"type": "textfield", "key": "name", "label": "Аты", **REQUIRED}, {"type": "number", "key": "share"}]
    subject = form({"type": "dynamiclist", "path": "people", "label": "Адамдар", "components": cells})
    rows = [{"name": "A", "share": "1"}, {"name": "B"}]
    assert subject.load({"people": rows}) == {"people": [{"name": "A", "share": 1}, {"name": "B"}]}
    assert codes(subject, {"people": [{"share": "x"}, "row", {"name": "C", "z": 1}]}) == [
        ("people.0.name", "required"),
        ("people.0.share", "type"),
        ("people.1", "type"),
        ("people.2.z", "unknown"),
    ]
    assert subject.load({"people": None}) == {"people": []}
    assert codes(subject, {"people": {}}) == [("people", "type")]


def test_a_list_of_over_a_thousand_items_is_said_to_be_too_long() -> None:
    rows = form({"type": "dynamiclist", "path": "a", "components": [{"type": "textfield", "key": "b"}]})
    numbers = [str(number) for number in range(1001)]
    for subject, items in (
        (rows, [{}] * 1001),
        (one("taglist", values=numbers), numbers),
        (one("filepicker", multiple=True), ["doc-1"] * 1001),
    ):
        assert len(subject.load({"a": items[:1000]})["a"]) == 1000  # type: ignore[arg-type]
        assert code(subject, items) == ["maxItems"]


def test_a_thousand_errors_are_told_the_first_of_the_form() -> None:
    subject = form({"type": "textfield", "key": "z", **REQUIRED})
    many = codes(subject, {f"k{number}": 1 for number in range(5000)})
    assert len(many) == 1000
    assert many[:3] == [("z", "required"), ("k0", "unknown"), ("k1", "unknown")]


def test_half_a_character_in_a_key_is_not_told_on() -> None:
    assert codes(one("textfield"), {"\ud800": 1}) == [("?", "unknown")]


def test_a_limit_is_written_as_each_language_does() -> None:
    with pytest.raises(FormErrors) as broken:
        one("number", validate={"min": 0.5}).load({"a": 0})
    assert broken.value.errors[0].message == {
        "kk": "«Өріс» 0,5 мәнінен кем болмауы тиіс.",
        "ru": "«Өріс» должно быть не меньше 0,5.",
        "en": "“Өріс” must be at least 0.5.",
    }


NONSENSE = [
    None, "", 0, -1, 1.5, True, "x", "١", "NaN", "\0", "\ud800", [], [[]], [{}], [None], {}, {"a": {"b": 1}},
    float("nan"), float("inf"), [float("nan")], 10**400, -(10**5000), "x" * 100_000, b"x", object(),
]  # fmt: skip


def told_on(subject: Form, given: object) -> dict[str, set[str]]:
    """The languages in which an error is told, by field; none where the data is taken."""
    try:
        subject.load({"a": given})
    except FormErrors as broken:
        return {error.key: set(error.message) for error in broken.errors}
    return {}


KINDS = ["textfield", "textarea", "number", "checkbox", "checklist", "taglist", "radio", "select", "datetime"]


@pytest.mark.parametrize("kind", [*KINDS, "filepicker"])
def test_nothing_that_is_sent_ends_in_anything_but_data_or_an_error_of_its_field(kind: str) -> None:
    subject = one(kind, values=["x"])
    for given in NONSENSE:
        assert told_on(subject, given) in ({}, {"a": {"kk", "ru", "en"}})


def test_a_dynamic_list_that_does_not_repeat_is_a_group() -> None:
    subject = form(
        {"type": "dynamiclist", "path": "p", "isRepeating": False, "components": [{"type": "textfield", "key": "a"}]}
    )
    assert subject.load({"p": {"a": "x"}}) == {"p": {"a": "x"}}


def test_errors_of_all_fields_come_at_once_in_the_order_of_the_form_with_labels() -> None:
    subject = form(
        {"type": "number", "key": "z", "id": "Z", "label": "Жасы", "validate": {"min": 18},
         "properties": {"label.ru": "Возраст", "label.en": "Age"}},
        {"type": "textfield", "key": "a", "label": "Аты", **REQUIRED},
    )  # fmt: skip
    with pytest.raises(FormErrors) as broken:
        subject.load({"extra": 1, "z": 17})
    first, second, third = broken.value.errors
    assert (first.key, first.code, first.component_id) == ("z", "min", "Z")
    assert first.message == {
        "kk": "«Жасы» 18 мәнінен кем болмауы тиіс.",
        "ru": "«Возраст» должно быть не меньше 18.",
        "en": "“Age” must be at least 18.",
    }
    assert (second.key, second.code, third.key, third.code) == ("a", "required", "extra", "unknown")


def test_keys_may_have_the_names_of_a_schemas_own_attributes() -> None:
    names = ["Meta", "fields", "load", "_schema", "validate", "context"]
    subject = form(*({"type": "textfield", "key": name, **REQUIRED} for name in names))
    data = dict.fromkeys(names, "x")
    assert subject.load(data) == data
    assert codes(subject, {}) == [(name, "required") for name in names]


@pytest.mark.parametrize("text", ["a@b", "a.b+c@mail.gov.kz"])
def test_an_email_address_is_taken(text: str) -> None:
    assert value(one("textfield", validate={"validationType": "email"}), text) == text


@pytest.mark.parametrize("text", ["a", "a@", "@b", "a b@c.kz", "a@b.kz ", "a@-b.kz", "қ@b.kz", "a@b..kz"])
def test_what_is_no_email_address_is_an_error(text: str) -> None:
    assert code(one("textfield", validate={"validationType": "email"}), text) == ["email"]


@pytest.mark.parametrize("text", ["+77011234567", "0077172123456", "+4930664040900"])
def test_an_international_phone_number_is_taken(text: str) -> None:
    assert value(one("textfield", validate={"validationType": "phone"}), text) == text


@pytest.mark.parametrize("text", ["87011234567", "+7 701 123 45 67", "+7701", "+77011234567x", "phone"])
def test_what_is_no_international_phone_number_is_an_error(text: str) -> None:
    assert code(one("textfield", validate={"validationType": "phone"}), text) == ["phone"]
