"""What changed in a form and in a decision, told by fields, columns and rules."""

import json
from pathlib import Path
from typing import Any

from app.definitions import decisions
from app.definitions.decisions.described import described as described_decisions
from app.domain.models.difference import Change, Property
from app.domain.models.parts import PartDifference, PartKind, parts_difference
from app.forms.described import described as described_form

WINTER = Path(__file__).parents[2] / "bpmn" / "V1400009556" / "winter-readiness.dmn"


def form(*fields: Any) -> bytes:
    return json.dumps({"type": "default", "id": "f", "components": fields}).encode()


def field(key: str, **more: Any) -> dict[str, Any]:
    return {"type": "textfield", "key": key, "id": f"id-{key}", "label": key.upper(), **more}


def told(found: list[PartDifference]) -> list[tuple[str, Change]]:
    return [(one.part.name.en, one.change) for one in found]


def test_fields_of_a_form_are_found_again_by_their_keys_also_in_groups() -> None:
    old = form(field("a"), field("b", validate={"required": True}), field("c"), field("d"))
    group = {"type": "group", "id": "g", "label": "Group", "components": [field("b", validate={"required": False})]}
    new = form(field("d"), field("a") | {"id": "another"}, group, field("e", properties={"label.en": "Extra"}))
    found = parts_difference(described_form(old), described_form(new))
    assert told(found) == [
        ("D", Change.MOVED),
        ("Group", Change.ADDED),
        ("B", Change.CHANGED),
        ("Extra", Change.ADDED),
        ("C", Change.REMOVED),
    ]
    assert found[2].properties == (Property("validate.required", "true", "false"),)


def test_choices_are_told_and_two_fields_of_one_key_kept_apart() -> None:
    choices = [{"label": "Yes", "value": "y"}]
    old, new = field("k", values=choices), field("k", values=[*choices, {"label": "No", "value": "n"}])
    (found,) = parts_difference(
        described_form(form(old, field("k") | {"id": "x"})), described_form(form(new, field("k") | {"id": "x"}))
    )
    assert found.properties == (Property("values", "y = Yes", "y = Yes; n = No"),)


def test_rules_and_columns_of_a_decision_are_compared_cell_by_cell() -> None:
    source = WINTER.read_text()
    rule = source[source.index('      <rule id="small-electric">') : source.index('      <rule id="silent-neither">')]
    changed = source.replace("&gt; 5</text>", "&gt; 10</text>").replace(rule, "").replace('"FIRST"', '"PRIORITY"')
    sides = [described_decisions(decisions.read("d.dmn", one.encode()).model) for one in (source, changed)]
    found = parts_difference(*sides)
    assert [(one.part.kind, one.change) for one in found] == [
        (PartKind.DECISION, Change.CHANGED),
        (PartKind.RULE, Change.CHANGED),
        (PartKind.RULE, Change.REMOVED),
    ]
    assert found[0].properties == (Property("hit_policy", "FIRST", "PRIORITY"),)
    assert found[1].properties == (Property("Электр қуаты, МВт ?", "> 5", "> 10"),)
    assert found[2].properties[0] == Property("Электр қуаты, МВт ?", "]0..5]", None)
    assert (found[1].part.name.ru, found[2].part.name.kk) == ("правило 1", "5-ереже")
