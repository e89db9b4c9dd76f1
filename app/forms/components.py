"""Reads one component of a form: when it is there, who may write it, and what it demands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError

from app.forms.expressions import Expressions, Owner
from app.forms.findings import finding_text
from app.forms.model import Field, FormFinding, Language
from app.forms.paths import Branch, Dynamic, Leaf
from app.forms.rules import RuleFault, constant, expression, read_choices, read_rules
from app.forms.source import string, texts
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

INPUTS: dict[str, type[Entry]] = {
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
_COMPUTE_ON = (None, "change", "presubmit")


@dataclass(frozen=True)
class Place:
    """Where a component stands: the branch that its key is relative to, and what holds for all inside.

    `hide`: the conditions of the groups around it, up to the row that it stands in; `rows`: the paths of the lists.
    """

    branch: Branch
    prefix: tuple[str, ...] = ()
    hidden: bool = False
    hide: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    depth: int = 0


class ComponentReader:
    """Reads components, and gathers what is wrong with them."""

    def __init__(self, language: Language | None) -> None:
        self.findings: list[FormFinding] = []
        self.expressions = Expressions(language, self.findings)

    def find(self, code: str, component: Mapping[str, Any], detail: object = "") -> None:
        message, hint = finding_text(code, str(detail))
        self.findings.append(FormFinding(string(component, "id"), string(component, "key"), message, hint))

    def condition(self, component: dict[str, Any], place: Place) -> tuple[bool, tuple[str, ...]]:
        """Whether the component is always hidden, and the conditions on which it, or what is around it, is."""
        conditional = component.get("conditional") or {}
        hide = conditional.get("hide") if isinstance(conditional, dict) else conditional
        if hide is None or hide is False or hide == "":
            return place.hidden, place.hide
        known, source = constant(hide), expression(hide)
        if isinstance(known, bool):
            return place.hidden or known, place.hide
        if source is None:
            self.find("bad_rule", component, "conditional.hide")
        elif self.expressions.read(source, "conditional.hide", _owner(component, place), condition=True):
            return place.hidden, (*place.hide, source)
        return place.hidden, place.hide

    def _flag(self, component: dict[str, Any], name: str, *, constants: tuple[object, ...]) -> bool:
        value = component.get(name, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        if value in constants:
            return bool(constant(value))
        self.find("static_only" if expression(value) is not None else "bad_rule", component, name)
        return False

    def _readonly(self, component: dict[str, Any], place: Place) -> tuple[bool, str | None]:
        """Whether the component is always read-only, and the condition on which it is."""
        value = component.get("readonly")
        source = expression(value)
        if source is None or constant(value) is not None:
            return self._flag(component, "readonly", constants=("=true", "=false")), None
        usable = self.expressions.read(source, "readonly", _owner(component, place), condition=True)
        return False, source if usable else None

    def leaf(self, component: dict[str, Any], kind: str, segments: tuple[str, ...], place: Place) -> Leaf:
        """A component with data at a path relative to its place; kind: one of INPUTS or `expression`."""
        hidden, hide = self.condition(component, place)
        readonly, readonly_if = self._readonly(component, place)
        key = ".".join(place.prefix + segments)
        label = component.get("label") or component.get("dateLabel") or component.get("timeLabel") or key
        field = Field(
            key=key,
            type=kind,
            label=texts(component, label, "label"),
            component_id=string(component, "id"),
            required=False,
            choices=None,
            # form-js takes any text in `disabled` as true; an expression that says false would differ.
            disabled=self._flag(component, "disabled", constants=("=true",)),
            readonly=readonly,
            computed=kind == "expression",
            hidden=hidden,
            repeated=bool(place.rows),
            default=component.get("defaultValue"),
        )
        if kind == "expression":
            source = self._computation(component, field, place)
            return Leaf(field, None, None, Dynamic(hide=hide, compute=source))
        return self._entry(component, field, segments[-1], Dynamic(hide=hide, readonly=readonly_if), place)

    def _computation(self, component: dict[str, Any], field: Field, place: Place) -> str | None:
        """The expression of a computed field; None of one whose value the browser never sends."""
        source, owner = expression(component.get("expression")), _owner(component, place)
        if component.get("computeOn") not in _COMPUTE_ON:
            self.find("bad_rule", component, "computeOn")
        if not source:
            self.find("bad_rule", component, "expression")
            return None
        if not self.expressions.read(source, "expression", owner):
            return None
        self.expressions.compute(source, field.key, owner)
        return None if field.hidden or field.disabled or field.readonly else source

    def _entry(self, component: dict[str, Any], field: Field, segment: str, dynamic: Dynamic, place: Place) -> Leaf:
        kind = INPUTS[field.type]
        choices = None
        if kind in (ChoiceEntry, ChoicesEntry):
            dynamic = self._options(component, dynamic, place)
            if dynamic.options is None and dynamic.options_key is None:
                choices = read_choices(component)
                if not choices:
                    self.find("bad_options", component)
        field = replace(field, choices=choices)
        if not field.fillable:
            return Leaf(field, None)
        try:
            rules, limits = read_rules(component)
        except RuleFault as fault:
            for code, detail in fault.faults:
                self.find(code, component, detail)
            rules, limits = Rules(), {}
        limits = {
            name: source
            for name, source in limits.items()
            if self.expressions.read(source, f"validate.{name}", _owner(component, place))
        }
        offered = None if choices is None else tuple(value for value, _ in choices)
        rules = replace(rules, choices=offered)
        entry = kind(rules, segment)
        if field.default is not None and field.default != "":
            try:
                entry.parse(field.default)
            except ValidationError:
                self.find("bad_default", component)
        own_text = (component.get("validate") or {}).get("patternErrorMessage") if rules.pattern else None
        pattern_text = texts(component, own_text, "patternErrorMessage") if own_text else None
        no_past = kind is DatetimeEntry and self._flag(component, "disallowPassedDates", constants=())
        dynamic = replace(dynamic, limits=limits, no_past=no_past and rules.subtype != "time")
        field = replace(field, required=rules.required and not (dynamic.hide or dynamic.readonly))
        return Leaf(field, entry, pattern_text, dynamic)

    def _options(self, component: dict[str, Any], dynamic: Dynamic, place: Place) -> Dynamic:
        """With where the options come from, in the order that form-js looks for them."""
        key, source = component.get("valuesKey"), component.get("valuesExpression")
        if key:
            if isinstance(key, str):
                self.expressions.note(key, _owner(component, place))
                return replace(dynamic, options_key=key)
            self.find("bad_rule", component, "valuesKey")
        elif source and component.get("values") is None:
            options = expression(source)
            if options is None:
                self.find("bad_rule", component, "valuesExpression")
            elif self.expressions.read(options, "valuesExpression", _owner(component, place)):
                return replace(dynamic, options=options)
            return replace(dynamic, options=options or "")
        return dynamic


def _owner(component: Mapping[str, Any], place: Place) -> Owner:
    return Owner(string(component, "id"), string(component, "key"), place.rows)
