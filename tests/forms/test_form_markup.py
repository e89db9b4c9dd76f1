"""Forms as markup: what each field becomes, what depends on the case, what cannot come out of it."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app.actions.forms.form_language import FEEL
from app.forms import Case, compile, localized
from tests.forms.dynamic_forms import NOW, REQUIRED, number, source, text

RED = [{"value": "r", "label": "Қызыл", "hidden": 1}, {"value": "g", "label": "Жасыл"}]


def written(*components: dict[str, Any], lang: str = "kk", **known: Any) -> ElementTree.Element:
    """The root of the markup. known: the variables of the case."""
    given = source(*components).encode()
    return ElementTree.fromstring(compile(given, FEEL).markup(localized(given, lang), Case(known, NOW)))


def fields(form: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {one.attrib["cam-variable-name"]: one for one in form.iter() if "cam-variable-name" in one.attrib}


def kinds(*components: dict[str, Any], **known: Any) -> dict[str, tuple[str, ...]]:
    """Tag, variable type and type of each field."""
    found = fields(written(*components, **known))
    return {
        name: (one.tag, one.attrib["cam-variable-type"], one.get("type") or one.get("multiple") or "")
        for name, one in found.items()
    }


def test_each_kind_of_field_is_a_control_with_the_type_of_its_variable() -> None:
    def made(kind: str, key: str, **rest: Any) -> dict[str, Any]:
        return {"type": kind, "key": key, **rest}

    assert kinds(
        text("name"),
        text("mail", validate={"validationType": "email"}),
        made("textarea", "story"),
        number("share"),
        number("floors", decimalDigits=0),
        number("code", serializeToString=True),
        made("checkbox", "agreed"),
        made("radio", "colour", values=RED),
        made("select", "year", values=[{"value": 1, "label": "1"}, {"value": 2, "label": "2"}]),
        made("checklist", "colours", values=RED),
        made("datetime", "day", subtype="date", dateLabel="Күні"),
        made("datetime", "moment", subtype="datetime", dateLabel="Күні"),
        made("datetime", "hour", subtype="time", timeLabel="Сағаты"),
    ) == {
        "name": ("input", "String", "text"),
        "mail": ("input", "String", "email"),
        "story": ("textarea", "String", ""),
        "share": ("input", "Double", "number"),
        "floors": ("input", "Long", "number"),
        "code": ("input", "String", "number"),
        "agreed": ("input", "Boolean", "checkbox"),
        "colour": ("select", "String", ""),
        "year": ("select", "Long", ""),
        "colours": ("select", "Json", "multiple"),
        "day": ("input", "String", "date"),
        "moment": ("input", "String", "datetime-local"),
        "hour": ("input", "String", "time"),
    }


def test_what_is_known_stands_in_the_controls_in_the_time_of_the_provider() -> None:
    found = fields(
        written(
            text("name", defaultValue="Абай"),
            {"type": "checkbox", "key": "agreed"},
            {"type": "select", "key": "colour", "values": RED},
            {"type": "select", "key": "member", "valuesKey": "members.head"},
            {"type": "datetime", "key": "day", "subtype": "date", "dateLabel": "Күні"},
            text("seen", disabled=True),
            **{
                "agreed": True,
                "colour": "g",
                "members.head": [{"value": "u1", "label": "Айгүл"}],
                "day": "2026-04-30T20:00:00.000Z",
                "seen": "2026-04-30T20:00:00.000Z",
            },
        )
    )
    chosen = [one.attrib["value"] for one in found["colour"] if "selected" in one.attrib]
    members = [(one.attrib["value"], one.text) for one in found["member"]]
    assert (found["name"].get("value"), found["agreed"].get("checked"), chosen) == ("Абай", "checked", ["g"])
    assert members == [("", "—"), ("u1", "Айгүл")]
    assert (found["day"].get("value"), found["seen"].get("value")) == ("2026-05-01", "01.05.2026 01:00")
    assert (found["seen"].get("readonly"), found["name"].get("readonly")) == ("readonly", None)


def test_a_condition_on_the_case_is_evaluated_and_one_on_what_is_asked_leaves_the_field_unrequired() -> None:
    form = (
        text("decision", **REQUIRED),
        text("ground", '=decision != "refuse"', **REQUIRED),
        text("old", "=kind = 1", **REQUIRED),
        text("new", "=kind = 2", **REQUIRED),
        text("fixed", readonly="=kind = 1", **REQUIRED),
        {"type": "group", "label": "Жабық", "conditional": {"hide": "=kind = 1"}, "components": [text("inside")]},
        {"type": "expression", "key": "sum", "expression": "=kind + 1"},
        {"type": "filepicker", "key": "files"},
        {"type": "dynamiclist", "path": "rows", "components": [text("cell")]},
        text("owner.name"),
    )
    found = fields(written(*form, kind=1))
    assert {name: one.get("required") for name, one in found.items()} == {
        "decision": "required",
        "ground": None,
        "new": "required",
        "fixed": None,
    }
    assert found["fixed"].get("readonly") == "readonly"


def test_nothing_that_a_form_or_a_case_holds_becomes_markup() -> None:
    evil = "\"'><script>alert(1)</script>&\u0001\ufffe"
    shown = written(
        {"type": "text", "text": evil},
        {"type": "text", "text": "={{secret}}"},
        text("name", label=evil, description=evil),
        {"type": "textarea", "key": "story", "label": evil},
        {"type": "select", "key": "colour", "values": [{"value": evil, "label": evil}]},
        name=evil,
        story=evil,
    )
    assert {one.tag for one in shown.iter()} == {
        "form", "p", "div", "label", "input", "textarea", "select", "option", "span",
    }  # fmt: skip
    kept = evil[:-2]
    assert [one.text for one in shown.iter("label")][:2] == [kept, kept]
    assert fields(shown)["name"].get("value") == kept


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_form_of_the_services_can_be_written_in_every_language(lang: str) -> None:
    for path in sorted(Path("forms").rglob("*.form")):
        raw = path.read_bytes()
        form = compile(raw, FEEL)
        found = fields(ElementTree.fromstring(form.markup(localized(raw, lang), Case({}, NOW))))
        required = {field.key for field in form.fields if field.required and field.type != "filepicker"}
        assert required <= found.keys(), path
