"""A form as markup, in the manner of the forms that engines of this dialect generate: for programs that show no form-js.

Each field is a `div` of a label and an `input`, `select` or `textarea` whose attributes `cam-variable-name` and
`cam-variable-type` say what is to be submitted; radio buttons are a `select`, lists of checks one of many. The markup is
well-formed XML, everything in it escaped.

Expressions are evaluated as the case stands. What they would say of data that are still to be entered is not known: a field
with such a condition is there, and not marked as required; a text or limit made from them is left out. Left out are also
what programs compute or draw (computed fields, pictures, tables, buttons), fields within lists and objects, which have no
variable of their own, and file fields: documents come in as attachments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from app.forms.model import Case, Language, Scalar
from app.forms.paths import Branch, Leaf
from app.forms.rules import constant, expression
from app.forms.settling import Evaluator, Scope, TooCostly
from app.forms.source import string
from app.forms.values import Rules

NAME = "generatedForm"
NOTHING = "—"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LEFT_OUT = frozenset(("filepicker", "expression"))
_OF_ROWS = frozenset(("this", "parent", "i", "_this_", "_parent_", "_i_"))
_CHOSEN = {"radio": False, "select": False, "checklist": True, "taglist": True}
"""Fields with options; whether many of them may be chosen."""
_DATES = {
    "date": ("date", "%Y-%m-%d"),
    "datetime": ("datetime-local", "%Y-%m-%dT%H:%M"),
    "time": ("time", "%H:%M"),
}
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")
_AS_READ = "%d.%m.%Y %H:%M"
_TEXTS = {"email": "email", "phone": "tel"}


@dataclass(frozen=True)
class _Known:
    """What is known when the form is written. settled: the variables that the form does not ask for."""

    case: Case
    language: Language
    evaluate: Evaluator
    asked: frozenset[str]

    def tells(self, source: str) -> bool:
        """Whether an expression means the same whatever will be entered."""
        names = {name.partition(".")[0] for name in self.language.names(source)}
        return not names & (self.asked | _OF_ROWS)

    def holds(self, rule: object) -> bool | None:
        """Whether a condition holds; None: it depends on what will be entered."""
        if rule is None or rule is False or rule == "":
            return False
        known, source = constant(rule), expression(rule)
        if rule is True or isinstance(known, bool):
            return rule is True or known is True
        if source is None or not self.tells(source):
            return None
        data = dict(self.case.variables)
        try:
            return self.evaluate.holds(source, data, Scope(data))
        except TooCostly:
            return None

    def value(self, source: str) -> object:
        """The value of an expression; None where it is not known, and of one that cannot be read."""
        data = dict(self.case.variables)
        if self.language.fault(source, condition=False) is not None or not self.tells(source):
            return None
        try:
            return self.evaluate(source, data, Scope(data))[0].value
        except TooCostly:
            return None

    def said(self, text: object) -> str | None:
        """A text of the form; None of one that is made from data that are not known."""
        source = expression(text)
        said = text if source is None else self.value(source)
        return said if isinstance(said, str) and said.strip() and "{{" not in said else None


@dataclass(frozen=True)
class _Place:
    """Where components stand. certain: no condition around them depends on what will be entered."""

    element: ElementTree.Element
    certain: bool = True


def write(schema: Mapping[str, Any], root: Branch, case: Case, language: Language) -> str:
    """The form as XML. schema: its JSON in one language; root: the tree of its data."""
    asked = frozenset(name for name, child in root.children.items() if _is_asked(child))
    writer = _Writer(root, _Known(case, language, Evaluator(language, case), asked))
    form = ElementTree.Element("form", {"name": NAME, "role": "form"})
    writer.components(schema, _Place(form))
    return ElementTree.tostring(form, encoding="unicode")


def _is_asked(child: Leaf | Branch) -> bool:
    """Whether the value is given by the person, or computed from what he gives."""
    if isinstance(child, Leaf):
        return child.entry is not None or child.dynamic.compute is not None
    return child.takes_data()


class _Writer:
    def __init__(self, root: Branch, known: _Known) -> None:
        self._root, self._known = root, known

    def components(self, around: Mapping[str, Any], place: _Place) -> None:
        for component in around["components"]:
            conditional = component.get("conditional")
            hidden = self._known.holds(conditional.get("hide") if isinstance(conditional, dict) else conditional)
            if hidden:
                continue
            here = replace(place, certain=place.certain and hidden is not None)
            kind = component["type"]
            if kind == "group" and not component.get("path"):
                self._group(component, here)
            elif kind == "text" and (said := self._known.said(component.get("text"))) is not None:
                _add(place.element, "p", said)
            elif (key := string(component, "key")) is not None and kind not in _LEFT_OUT:
                leaf = self._root.children.get(key)
                if isinstance(leaf, Leaf) and not leaf.field.hidden:
                    self._field(component, leaf, here)

    def _group(self, component: dict[str, Any], place: _Place) -> None:
        element = ElementTree.SubElement(place.element, "fieldset")
        if (label := self._known.said(component.get("label"))) is not None:
            _add(element, "legend", label)
        self.components(component, replace(place, element=element))
        if len(element) == 0:
            place.element.remove(element)

    def _field(self, component: dict[str, Any], leaf: Leaf, place: _Place) -> None:
        key = leaf.field.key
        group = ElementTree.SubElement(place.element, "div", {"class": "form-group"})
        given = next((component[name] for name in ("label", "dateLabel", "timeLabel") if component.get(name)), None)
        label = _add(group, "label", self._known.said(given) or key)
        label.set("for", key)
        rule = component.get("readonly")
        locked = True if leaf.field.disabled or leaf.field.readonly else self._known.holds(rule)
        rules = leaf.entry.rules if leaf.entry is not None else Rules()
        common = {"id": key, "name": key, "class": "form-control", "cam-variable-name": key}
        if rules.required and locked is False and place.certain:
            common["required"] = "required"
        value = self._known.case.variables.get(key)
        value = leaf.field.default if value is None else value
        if locked and isinstance(value, str) and _MOMENT.fullmatch(value):
            value = _date(value, _AS_READ, self._known.case.now)
        control = self._control(component, leaf, rules, value)
        control.attrib = {**common, **control.attrib}
        if locked:
            shown = "disabled" if control.tag == "select" or leaf.field.type == "checkbox" else "readonly"
            control.set(shown, shown)
        group.append(control)
        if (description := self._known.said(component.get("description"))) is not None:
            _add(group, "span", description).set("class", "help-block")

    def _control(self, component: dict[str, Any], leaf: Leaf, rules: Rules, value: object) -> ElementTree.Element:
        kind = leaf.field.type
        if kind in _CHOSEN:
            return self._select(component, leaf, _CHOSEN[kind], value)
        if kind == "textarea":
            element = ElementTree.Element("textarea", _lengths(rules) | {"cam-variable-type": "String"})
            element.text = "\n" + _clean(_text(value))  # browsers drop the first line feed
            return element
        attributes = _input(kind, rules, component)
        if kind == "checkbox":
            attributes |= {"checked": "checked"} if value is True else {}
        elif kind == "datetime":
            attributes["value"] = _date(value, _DATES[_subtype(component)][1], self._known.case.now)
        else:
            attributes["value"] = _clean(_text(value))
        return ElementTree.Element("input", {name: given for name, given in attributes.items() if given})

    def _select(self, component: dict[str, Any], leaf: Leaf, many: bool, value: object) -> ElementTree.Element:
        options = list(self._options(component, leaf))
        chosen = value if isinstance(value, list) else [value]
        kind = "Json" if many else _type_of([option for option, _ in options])
        element = ElementTree.Element("select", {"cam-variable-type": kind})
        if many:
            element.set("multiple", "multiple")
        else:
            _add(element, "option", NOTHING).set("value", "")
        for option, label in options:
            written = _add(element, "option", label)
            written.set("value", _clean(_text(option)))
            if option in chosen:
                written.set("selected", "selected")
        return element

    def _options(self, component: dict[str, Any], leaf: Leaf) -> Iterator[tuple[Scalar, str]]:
        dynamic = leaf.dynamic
        if dynamic.options_key is not None:
            yield from _choices(self._known.case.variables.get(dynamic.options_key))
        elif dynamic.options is not None:
            yield from _choices(self._known.value(dynamic.options))
        else:
            yield from _choices(component.get("values"))


def _input(kind: str, rules: Rules, component: Mapping[str, Any]) -> dict[str, str]:
    """The type of an input, of its variable, and its limits."""
    if kind == "checkbox":
        return {"type": "checkbox", "cam-variable-type": "Boolean"}
    if kind == "datetime":
        return {"type": _DATES[_subtype(component)][0], "cam-variable-type": "String"}
    if kind != "number":
        return {"type": _TEXTS.get(rules.validation_type or "", "text"), "cam-variable-type": "String"} | _lengths(
            rules
        )
    limits = {"min": rules.min, "max": rules.max, "step": rules.increment}
    whole = rules.decimal_digits == 0
    shown = {name: format(limit, "f") for name, limit in limits.items() if limit is not None}
    if "step" not in shown and not whole:
        shown["step"] = "any"
    return {
        "type": "number",
        "cam-variable-type": "String" if rules.as_string else "Long" if whole else "Double",
    } | shown


def _choices(options: object) -> Iterator[tuple[Scalar, str]]:
    """Values and labels of options as form-js takes them: scalars, or objects with a value or at least a label."""
    for option in options if isinstance(options, list) else []:
        given = option if isinstance(option, Mapping) else {"value": option}
        value = given.get("value", given.get("label"))
        if isinstance(value, Scalar) and value != "":
            yield value, str(given.get("label") or value)


def _subtype(component: Mapping[str, Any]) -> str:
    subtype = component.get("subtype")
    return subtype if isinstance(subtype, str) and subtype in _DATES else "date"


def _lengths(rules: Rules) -> dict[str, str]:
    limits = {"minlength": rules.min_length, "maxlength": rules.max_length}
    return {name: str(limit) for name, limit in limits.items() if limit is not None}


def _type_of(values: list[Scalar]) -> str:
    """The type of a variable that holds one of some values."""
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return "Boolean"
    return {frozenset({int}): "Long", frozenset({float}): "Double", frozenset({int, float}): "Double"}.get(
        frozenset(kinds), "String"
    )


def _date(value: object, pattern: str, now: datetime) -> str:
    """A date or a time as inputs hold it, in the time zone of `now`."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return value[:5] if isinstance(value, str) and pattern == _DATES["time"][1] else ""
    if moment is None:
        return ""
    return (moment if moment.tzinfo is None else moment.astimezone(now.tzinfo)).strftime(pattern)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, list | Mapping) else str(value)


def _add(around: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(around, tag)
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)
