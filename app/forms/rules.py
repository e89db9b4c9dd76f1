"""Reads what a form-js component demands of its value."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from app.domain.people.identity_numbers import KINDS, Kind
from app.forms.model import Scalar, Text
from app.forms.pattern_syntax import PatternRefused
from app.forms.patterns import Pattern
from app.forms.source import texts
from app.forms.values import Rules, parse_number

_LENGTHS = ("minLength", "maxLength")
_LIMITS = ("min", "max")
_APPLY: dict[str, tuple[str, ...]] = {
    "textfield": (*_LENGTHS, "pattern", "validationType"),
    "textarea": (*_LENGTHS, "pattern", "validationType"),
    "number": _LIMITS,
}
_CONSTANT = re.compile(r"=\s*(true|false|-?[0-9]+(?:\.[0-9]+)?)\s*")
_SUBTYPES = ("date", "time", "datetime")


class RuleFault(Exception):
    """Rules that cannot be kept; `faults` are pairs of a finding's code and its detail."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


def constant(expression: object) -> bool | Decimal | None:
    """The value of a FEEL expression that is a boolean or a number literal, None for any other."""
    found = _CONSTANT.fullmatch(expression) if isinstance(expression, str) else None
    if found is None:
        return None
    return found[1] == "true" if found[1] in ("true", "false") else Decimal(found[1])


def expression(value: object) -> str | None:
    """The source of a FEEL expression as form-js writes it, None for any other value."""
    return value[1:].strip() if isinstance(value, str) and value.startswith("=") else None


def read_rules(component: dict[str, Any]) -> tuple[Rules, dict[str, str]]:
    """The rules of an input component, without its choices, and the expressions of those that depend on data.

    Raises RuleFault with all faults.
    """
    reader = _Reader(component)
    rules = Rules(
        required=reader.required(),
        min=reader.number("min"),
        max=reader.number("max"),
        min_length=reader.length("minLength"),
        max_length=reader.length("maxLength"),
        pattern=reader.pattern(),
        validation_type=reader.validation_type(),
        identity=reader.identity(),
        decimal_digits=reader.decimal_digits(),
        increment=reader.increment(),
        as_string=component.get("serializeToString") is True,
        multiple=reader.multiple(),
        subtype=reader.subtype(),
        one_line=component["type"] == "textfield",
    )
    if reader.faults:
        raise RuleFault(reader.faults)
    return rules, reader.dynamic


def read_choices(component: dict[str, Any]) -> tuple[tuple[Scalar, Text], ...]:
    """The values and labels that a form offers itself; none if any of them is wrong."""
    options = component.get("values")
    choices: list[tuple[Scalar, Text]] = []
    for option in options if isinstance(options, list) else []:
        value = option.get("value") if isinstance(option, dict) else option
        if not isinstance(value, Scalar) or value == "":
            return ()
        label = option.get("label") if isinstance(option, dict) else None
        choices.append((value, texts(component, label or value, f"value.{value}")))
    return tuple(choices)


class _Reader:
    def __init__(self, component: dict[str, Any]) -> None:
        self.component = component
        self.kind: str = component["type"]
        self.faults: list[tuple[str, str]] = []
        self.dynamic: dict[str, str] = {}
        validate = component.get("validate") or {}
        if not isinstance(validate, dict):
            self.faults.append(("bad_rule", "validate"))
            validate = {}
        self.validate: dict[str, Any] = validate

    def fault(self, name: str, value: object) -> None:
        self.faults.append(("static_only" if expression(value) is not None else "bad_rule", name))

    def depends(self, attribute: str, value: object) -> bool:
        """Whether the value is an expression over data; it is kept as that of the attribute of `Rules`."""
        source = expression(value)
        if source is None or constant(value) is not None:
            return False
        self.dynamic[attribute] = source
        return True

    def rule(self, name: str) -> object:
        value = self.validate.get(name)
        if value is None or value == "":
            return None
        if name not in _APPLY.get(self.kind, ()):
            self.faults.append(("misplaced_rule", f"validate.{name}"))
            return None
        return value

    def required(self) -> bool:
        # form-js does not evaluate this rule: an expression, even of false, would be true in the browser.
        value = self.validate.get("required")
        if value is not None and not isinstance(value, bool):
            self.fault("validate.required", value)
        return value is True

    def number(self, name: str) -> Decimal | None:
        value = self.rule(name)
        if self.depends(name, value):
            return None
        number = as_number(value)
        if value is not None and number is None:
            self.faults.append(("bad_rule", f"validate.{name}"))
        return number

    def length(self, name: str) -> int | None:
        value = self.rule(name)
        if value is None or self.depends("min_length" if name == "minLength" else "max_length", value):
            return None
        number = as_length(value)
        if number is None:
            self.faults.append(("bad_rule", f"validate.{name}"))
        return number

    def pattern(self) -> Pattern | None:
        source = self.rule("pattern")
        if source is None:
            return None
        try:
            return Pattern(str(source))
        except PatternRefused as refused:
            self.faults.append(("bad_pattern", str(refused)))
            return None

    def validation_type(self) -> str | None:
        return self.one_of(self.rule("validationType"), "validate.validationType", ("email", "phone", "custom"))

    def identity(self) -> Kind | None:
        """The kind of identification number that the custom property `format` asks for."""
        properties = self.component.get("properties")
        name = properties.get("format") if isinstance(properties, dict) else None
        if name is None:
            return None
        kind = next((kind for kind in KINDS if kind == name), None)
        if kind is None:
            self.faults.append(("unknown_format", str(name)))
        elif self.kind != "textfield":
            self.faults.append(("misplaced_rule", "properties.format"))
        return kind

    def one_of(self, value: object, name: str, allowed: tuple[str, ...]) -> str | None:
        if value is None or value in allowed:
            return None if value is None else str(value)
        self.fault(name, value)
        return None

    def decimal_digits(self) -> int | None:
        value = self.component.get("decimalDigits") if self.kind == "number" else None
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault("decimalDigits", value)
            return None
        return value if value >= 0 else None

    def increment(self) -> Decimal | None:
        value = self.component.get("increment") if self.kind == "number" else None
        number = as_number(value)
        if value in (None, ""):
            return None
        if number is None or number <= 0 or isinstance(value, str) and value.startswith("="):
            self.fault("increment", value)
            return None
        return number

    def multiple(self) -> bool:
        value = self.component.get("multiple", False)
        if self.kind != "filepicker" or value is None or isinstance(value, bool):
            return value is True
        if self.depends("multiple", value):
            return False
        known = constant(value)
        if not isinstance(known, bool):
            self.faults.append(("bad_rule", "multiple"))
        return known is True

    def subtype(self) -> str:
        value = self.component.get("subtype", "date") if self.kind == "datetime" else "date"
        return self.one_of(value, "subtype", _SUBTYPES) or "date"


def as_length(value: object) -> int | None:
    """A number of characters; None for anything else."""
    number = as_number(value)
    if number is None or number != number.to_integral_value() or not 0 <= number <= 10**9:
        return None
    return int(number)


def as_number(value: object) -> Decimal | None:
    """A number, a text of one, or a constant expression of one; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Decimal(str(value)) if math.isfinite(value) else None
    if isinstance(value, str):
        known = constant(value)
        return known if isinstance(known, Decimal) else parse_number(value)
    return None
