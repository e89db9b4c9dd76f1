"""Turns a form made with Camunda Modeler's form builder (form-js JSON) into a `Form`.

Agrees with form-js 1.x on what a component accepts. A form with anything the server cannot check the way the browser
does, such as a condition on other fields, is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from marshmallow import ValidationError

from app.forms.form import Form
from app.forms.messages import finding_text
from app.forms.model import Field, FormFinding, FormRejected, Scalar, Text
from app.forms.paths import Branch, Leaf, schema_for
from app.forms.rules import RuleFault, constant, read_rules
from app.forms.values import (
    CheckboxEntry,
    ChoiceEntry,
    ChoicesEntry,
    DatetimeEntry,
    Entry,
    FilesEntry,
    NumberEntry,
    Rules,
    TextEntry,
)

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MAX_SEGMENTS = 20
MAX_REPETITIONS = 100
MAX_ID = 255

_INPUTS: dict[str, type[Entry]] = {
    "textfield": TextEntry,
    "textarea": TextEntry,
    "number": NumberEntry,
    "checkbox": CheckboxEntry,
    "checklist": ChoicesEntry,
    "taglist": ChoicesEntry,
    "radio": ChoiceEntry,
    "select": ChoiceEntry,
    "datetime": DatetimeEntry,
    "filepicker": FilesEntry,
}
_WITHOUT_DATA = frozenset(
    ("text", "html", "image", "spacer", "separator", "button", "iframe", "table", "documentPreview")
)
_PATH = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")
_RESERVED = frozenset(("__proto__", "constructor", "prototype"))


@dataclass(frozen=True)
class _Place:
    """Where a component stands: the branch that its key is relative to, and what holds for all inside."""

    branch: Branch
    prefix: tuple[str, ...] = ()
    hidden: bool = False
    repeated: bool = False
    depth: int = 0


def compile(source: bytes | str) -> Form:
    """Compiles a form's source, JSON of at most 256 KB with at most 8 levels of groups.

    Raises FormRejected with every finding.
    """
    document = _parse(source)
    compiler = _Compiler()
    form_id = document.get("id")
    if not isinstance(form_id, str) or not form_id or len(form_id) > MAX_ID or not form_id.isprintable():
        compiler.find("no_id", {})
        form_id = ""
    root = Branch()
    compiler.components(document["components"], _Place(root))
    if compiler.findings:
        raise FormRejected(compiler.findings)
    return Form(form_id, tuple(compiler.fields), root, schema_for(root))


def _parse(source: bytes | str) -> dict[str, Any]:
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > MAX_BYTES:
        _reject("too_large")
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        _reject("not_a_form")
    if (
        not isinstance(document, dict)
        or document.get("type") != "default"
        or not isinstance(document.get("components"), list)
    ):
        _reject("not_a_form")
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        _reject("bad_text")
    return document


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _reject(code: str) -> NoReturn:
    raise FormRejected([FormFinding(None, None, *finding_text(code, ""))])


class _Compiler:
    def __init__(self) -> None:
        self.findings: list[FormFinding] = []
        self.fields: list[Field] = []
        self.ids: set[str] = set()

    def find(self, code: str, component: Mapping[str, Any], detail: object = "") -> None:
        message, hint = finding_text(code, str(detail)[:200])
        self.findings.append(FormFinding(_string(component, "id"), _string(component, "key"), message, hint))

    def components(self, components: object, place: _Place) -> None:
        if place.depth > MAX_DEPTH:
            self.find("too_deep", {})
            return
        for component in components if isinstance(components, list) else []:
            if isinstance(component, dict):
                self.component(component, place)
            else:
                self.find("bad_component", {})

    def component(self, component: dict[str, Any], place: _Place) -> None:
        component_id = _string(component, "id")
        if component_id is not None:
            if component_id in self.ids:
                self.find("duplicate_id", component)
            self.ids.add(component_id)
        kind = component.get("type")
        if kind in ("group", "dynamiclist"):
            self.container(component, place)
        elif isinstance(kind, str) and (kind in _INPUTS or kind == "expression"):
            self.input(component, kind, place)
        elif not isinstance(kind, str) or kind not in _WITHOUT_DATA:
            self.find("unknown_type", component, kind)

    def container(self, component: dict[str, Any], place: _Place) -> None:
        conditional = self.condition(component)
        is_list = component["type"] == "dynamiclist"
        segments = self.segments(component, "path") if component.get("path") or is_list else ()
        if segments is None:
            return
        hidden = place.hidden or conditional is True
        repeats = is_list and component.get("isRepeating", True) is not False
        branch: Branch | None
        if is_list:
            self.check_repetitions(component)
            branch = Branch(
                closed=True,
                is_list=repeats,
                label=_texts(component, component.get("label") or component["path"], "label"),
                component_id=_string(component, "id"),
            )
            free = place.branch.place(segments, branch)
        else:
            branch = place.branch.open(segments)
            free = branch is not None
        if not free or branch is None:
            self.find("duplicate_key", component, component["path"])
            return
        before = len(self.fields)
        inside = _Place(branch, place.prefix + segments, hidden, place.repeated or repeats, place.depth + 1)
        self.components(component.get("components"), inside)
        if conditional is None and any(field.fillable for field in self.fields[before:]):
            self.find("dynamic", component, "conditional.hide")

    def check_repetitions(self, component: dict[str, Any]) -> None:
        number = component.get("defaultRepetitions", 1)
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MAX_REPETITIONS:
            self.find("bad_rule", component, "defaultRepetitions")

    def segments(self, component: dict[str, Any], name: str) -> tuple[str, ...] | None:
        path = component.get(name)
        segments = tuple(path.split(".")) if isinstance(path, str) and _PATH.fullmatch(path) else ()
        odd = any(part.isdecimal() or part in _RESERVED for part in segments)
        if odd or not 0 < len(segments) <= MAX_SEGMENTS:
            self.find("bad_key", component, path)
            return None
        return segments

    def condition(self, component: dict[str, Any]) -> bool | None:
        """Whether the component is always hidden; None where that depends on data."""
        conditional = component.get("conditional") or {}
        hide = conditional.get("hide") if isinstance(conditional, dict) else conditional
        if hide is None or hide is False or hide == "":
            return False
        if hide is True:
            self.find("bad_rule", component, "conditional.hide")
            return True
        known = constant(hide)
        return known if isinstance(known, bool) else None

    def flag(self, component: dict[str, Any], name: str, *, constants: tuple[object, ...]) -> bool:
        value = component.get(name, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        if value in constants:
            return bool(constant(value))
        self.find("dynamic", component, name)
        return False

    def input(self, component: dict[str, Any], kind: str, place: _Place) -> None:
        segments = self.segments(component, "key")
        if segments is None:
            return
        hide = self.condition(component)
        key = ".".join(place.prefix + segments)
        label = component.get("label") or component.get("dateLabel") or component.get("timeLabel") or key
        field = Field(
            key=key,
            type=kind,
            label=_texts(component, label, "label"),
            component_id=_string(component, "id"),
            required=False,
            choices=None,
            # form-js takes any text in `disabled` as true; an expression that says false would differ.
            disabled=self.flag(component, "disabled", constants=("=true",)),
            readonly=self.flag(component, "readonly", constants=("=true", "=false")),
            computed=kind == "expression",
            hidden=place.hidden or hide is True,
            repeated=place.repeated,
            default=component.get("defaultValue"),
        )
        leaf = Leaf(field, None)
        if kind != "expression":
            leaf = self.entry(component, field, segments[-1])
            if hide is None and leaf.field.fillable:
                self.find("dynamic", component, "conditional.hide")
        if not place.branch.place(segments, leaf):
            self.find("duplicate_key", component, key)
        self.fields.append(leaf.field)

    def entry(self, component: dict[str, Any], field: Field, segment: str) -> Leaf:
        kind = _INPUTS[field.type]
        choices = self.choices(component) if kind in (ChoiceEntry, ChoicesEntry) else None
        field = replace(field, choices=choices)
        if not field.fillable:
            return Leaf(field, None)
        try:
            rules = read_rules(component)
        except RuleFault as fault:
            for code, detail in fault.faults:
                self.find(code, component, detail)
            rules = Rules()
        offered = None if choices is None else tuple(value for value, _ in choices)
        rules = replace(rules, choices=offered)
        entry = kind(rules, segment)
        if field.default is not None and field.default != "":
            try:
                entry.parse(field.default)
            except ValidationError:
                self.find("bad_default", component)
        own_text = (component.get("validate") or {}).get("patternErrorMessage") if rules.pattern else None
        pattern_text = _texts(component, own_text, "patternErrorMessage") if own_text else None
        return Leaf(replace(field, required=rules.required), entry, pattern_text)

    def choices(self, component: dict[str, Any]) -> tuple[tuple[Scalar, Text], ...] | None:
        if component.get("valuesExpression") or component.get("valuesKey"):
            return None
        options = component.get("values")
        choices: list[tuple[Scalar, Text]] = []
        for option in options if isinstance(options, list) else []:
            value = option.get("value") if isinstance(option, dict) else option
            if not isinstance(value, Scalar) or value == "":
                self.find("bad_options", component)
                return ()
            label = option.get("label") if isinstance(option, dict) else None
            choices.append((value, _texts(component, label or value, f"value.{value}")))
        if not choices:
            self.find("bad_options", component)
        return tuple(choices)


def _string(component: Mapping[str, Any], name: str) -> str | None:
    value = component.get(name)
    return value if isinstance(value, str) else None


def _texts(component: Mapping[str, Any], kk: object, name: str) -> Text:
    """A text whose translations are the custom properties `<name>.ru` and `<name>.en`."""
    properties = component.get("properties")
    given = properties if isinstance(properties, dict) else {}
    return {"kk": str(kk), "ru": str(given.get(f"{name}.ru") or kk), "en": str(given.get(f"{name}.en") or kk)}
