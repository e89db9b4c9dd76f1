"""What a form says of its fields, and how its faults are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Text = dict[str, str]
"""One text in the three languages: keys `kk`, `ru`, `en`."""

Scalar = str | int | float | bool


@dataclass(frozen=True)
class Outcome:
    """The plain JSON value of an expression, and why it, or a part of it, could not be told."""

    value: object
    faults: tuple[str, ...] = ()


class Language(Protocol):
    """What the expressions of forms are written in; sources come without their leading `=`."""

    def fault(self, source: str, *, condition: bool) -> Text | None:
        """Why the source cannot be read, as a condition or as a value; None if it can."""

    def names(self, source: str) -> frozenset[str]:
        """The variables that a source reads, with the parts that it takes of them: `owner.age`."""

    def evaluate(self, source: str, variables: Mapping[str, object], now: datetime) -> Outcome:
        """The value for the variables; never raises."""

    def holds(self, source: str, variables: Mapping[str, object], now: datetime) -> bool:
        """Whether a condition holds, as the browser says; never raises."""


@dataclass(frozen=True)
class Case:
    """What a form is filled in for: the variables that are known, as JSON, and now, in the time zone of the provider."""

    variables: Mapping[str, object]
    now: datetime


@dataclass(frozen=True)
class FormFinding:
    """A fault of a form's source, found when it is compiled; one that is a warning does not hinder its use.

    `component_id` and `key` are None where the fault belongs to the whole form.
    """

    component_id: str | None
    key: str | None
    message: Text
    hint: Text
    severity: Literal["error", "warning"] = "error"


class FormRejected(Exception):
    """The form cannot be used; `findings` holds every fault, in the order of the source."""

    def __init__(self, findings: list[FormFinding]) -> None:
        super().__init__("; ".join(finding.message["en"] for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class Field:
    """A component that holds data.

    `key` is the dotted path in the data, without indexes: the field `name` of the dynamic list `people` is
    `people.name` and has `repeated` set. `choices` are pairs of value and label, None where the type has no options
    or the options come from data. `default` is the component's `defaultValue`. `required` is what must be given always:
    not a field that may be hidden or read-only as the data are.
    """

    key: str
    type: str
    label: Text
    component_id: str | None
    required: bool
    choices: tuple[tuple[Scalar, Text], ...] | None
    disabled: bool
    readonly: bool
    computed: bool
    hidden: bool
    repeated: bool
    default: object

    @property
    def fillable(self) -> bool:
        """Whether the value is the person's to give; a value sent for any other field is dropped."""
        return not (self.disabled or self.readonly or self.computed or self.hidden)


@dataclass(frozen=True)
class FieldError:
    """A value that breaks a rule of the form.

    `key` is the dotted path in the data, with row numbers from 0 in dynamic lists: `people.0.name`. `code` is one of
    required, type, choice, twice, min, max, decimalDigits, increment, minLength, maxLength, maxItems, pattern, identity,
    email, phone, past, limit, computed, circular, unknown; of the form as a whole, with an empty key, size and cost.
    """

    key: str
    code: str
    message: Text
    component_id: str | None = None


class FormErrors(Exception):
    """The data does not fit the form; `errors` holds the broken rules, in the order of the form, up to 1,000 of them."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(error.message["en"] for error in errors))
        self.errors = errors
