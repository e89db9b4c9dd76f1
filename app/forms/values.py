"""Values of a form as marshmallow fields, one class a kind of component.

An error message is a code of `FieldError`, with a limit or a kind after a colon: `min:18`, `type:number`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from app.domain.people import identity_numbers
from app.forms import formats
from app.forms.model import Scalar
from app.forms.nesting import list_of
from app.forms.pattern_syntax import WHITESPACE, length
from app.forms.patterns import Pattern

MAX_MATCHED = 4_000

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_MAX_DIGITS = 400
_WHOLE_LIMIT = 2**63
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class Rules:
    """What a component demands of its value; None is no demand. Lengths are in UTF-16 code units.

    `not_before`: dates earlier than its day, in its time zone, are past. `unreadable` are limits that no value can be
    held against, as their expressions give no number.
    """

    required: bool = False
    min: Decimal | None = None
    max: Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: Pattern | None = None
    validation_type: str | None = None
    identity: identity_numbers.Kind | None = None
    decimal_digits: int | None = None
    increment: Decimal | None = None
    as_string: bool = False
    choices: tuple[Scalar, ...] | None = None
    multiple: bool = False
    subtype: str = "date"
    one_line: bool = False
    not_before: datetime | None = None
    unreadable: tuple[str, ...] = ()


class Entry(fields.Field[Any]):
    """A value that the person gives."""

    kind: ClassVar[str]
    empty: ClassVar[object] = None
    blanks: ClassVar[tuple[object, ...]] = (None, "")

    def __init__(self, rules: Rules, key: str) -> None:
        super().__init__(
            required=rules.required,
            allow_none=True,
            data_key=key,
            attribute=key,
            error_messages={"required": "required"},
            pre_load=[self._taken],
        )
        self.rules = rules

    def _taken(self, value: object) -> Any:
        if value in self.blanks:
            if self.rules.required:
                raise ValidationError(["required"])
            return list(self.empty) if isinstance(self.empty, tuple) else self.empty
        parsed = self.parse(value)
        broken = [*self.broken(parsed), *(f"limit:{name}" for name in self.rules.unreadable)]
        if broken:
            raise ValidationError(broken)
        return parsed

    def known(self, value: object) -> Any:
        """What expressions see of a value that was sent: None where it is wrong, the empty value for a blank."""
        try:
            parsed = self.parse(value) if value not in self.blanks else self.empty
        except ValidationError:
            return None
        return list(parsed) if isinstance(parsed, tuple) else parsed

    def parse(self, value: object) -> Any:
        """The value in the form that is kept; raises ValidationError `type`, `choice`, `twice` or `maxItems`."""
        raise NotImplementedError

    def broken(self, value: Any) -> list[str]:
        """The rules that a parsed value breaks."""
        return ["required"] if self.rules.required and value == [] else []

    def wrong_type(self) -> ValidationError:
        return ValidationError([f"type:{self.kind}"])


class TextEntry(Entry):
    kind = "text"
    empty = ""

    def parse(self, value: object) -> str:
        if not isinstance(value, str) or _UNSTORABLE.search(value):
            raise self.wrong_type()
        return re.sub(r"[\r\n\t]", " ", value) if self.rules.one_line else value

    def broken(self, value: str) -> list[str]:
        rules, units, broken = self.rules, length(value.strip(WHITESPACE)), []
        if rules.min_length is not None and units < rules.min_length:
            broken.append(f"minLength:{rules.min_length}")
        if rules.max_length is not None and units > rules.max_length:
            broken.append(f"maxLength:{rules.max_length}")
        if rules.identity is not None and (fault := identity_numbers.fault(value, rules.identity)) is not None:
            return [*broken, f"identity:{fault}"]
        if rules.pattern is None and rules.validation_type is None:
            return broken
        if len(value) > MAX_MATCHED:
            return broken or [f"maxLength:{MAX_MATCHED}"]
        if rules.pattern is not None and not rules.pattern.found_in(value):
            broken.append("pattern")
        if rules.validation_type == "email" and not formats.is_email(value):
            broken.append("email")
        if rules.validation_type == "phone" and not formats.is_phone(value):
            broken.append("phone")
        return broken


class NumberEntry(Entry):
    kind = "number"

    def parse(self, value: object) -> str | int | float:
        text = value.strip(WHITESPACE) if isinstance(value, str) else self._written(value)
        if len(text) > _MAX_DIGITS or _NUMBER.fullmatch(text) is None:
            raise self.wrong_type()
        exact = Decimal(text)
        if not math.isfinite(float(exact)):
            raise self.wrong_type()
        if self.rules.as_string:
            return text if isinstance(value, str) else format(exact, "f")
        return int(exact) if exact == exact.to_integral_value() and abs(exact) < _WHOLE_LIMIT else float(exact)

    def _written(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self.wrong_type()
        try:
            return str(value)
        except ValueError as error:
            raise self.wrong_type() from error

    def broken(self, value: str | int | float) -> list[str]:
        rules, exact, broken = self.rules, Decimal(str(value)), []
        if rules.decimal_digits is not None and _decimals(exact) > rules.decimal_digits:
            broken.append(f"decimalDigits:{rules.decimal_digits}")
        if rules.increment is not None and Fraction(exact) % Fraction(rules.increment):
            broken.append(f"increment:{rules.increment:f}")
        if rules.min is not None and exact < rules.min:
            broken.append(f"min:{rules.min:f}")
        if rules.max is not None and exact > rules.max:
            broken.append(f"max:{rules.max:f}")
        return broken


def _decimals(exact: Decimal) -> int:
    sign, digits, exponent = exact.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return 0
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(0, -(exponent + zeros))


def parse_number(text: str) -> Decimal | None:
    """A number of a form's source, None if it is none."""
    try:
        return Decimal(text) if _NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None


class CheckboxEntry(Entry):
    kind = "checkbox"
    empty = False
    blanks = (None,)

    def parse(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.wrong_type()
        return value

    def broken(self, value: bool) -> list[str]:
        return ["required"] if self.rules.required and not value else []


class ChoiceEntry(Entry):
    kind = "choice"

    def parse(self, value: object) -> Scalar:
        if not _is_scalar(value):
            raise self.wrong_type()
        if not _among([value], self.rules.choices):
            raise ValidationError(["choice"])
        return value  # type: ignore[return-value]


class ChoicesEntry(Entry):
    kind = "choices"
    empty = ()
    blanks = (None,)

    def parse(self, value: object) -> list[Scalar]:
        items = list_of(value, self.kind)
        if not all(_is_scalar(item) for item in items):
            raise self.wrong_type()
        if not _among(items, self.rules.choices):
            raise ValidationError(["choice"])
        if len(_distinct(items)) < len(items):
            raise ValidationError(["twice"])
        return items


def _is_scalar(value: object) -> bool:
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is None
    return isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))


def _among(items: list[Any], choices: tuple[Scalar, ...] | None) -> bool:
    """Whether all items are offered."""
    if choices is None:
        return True
    return _distinct(items) <= _distinct(choices)


def _distinct(values: Iterable[Scalar]) -> set[tuple[bool, Scalar]]:
    """The values in a set in which true and 1 are two."""
    return {(isinstance(value, bool), value) for value in values}


_DATETIME_CHECKS: dict[str, Callable[[str], bool]] = {
    "date": formats.is_date,
    "time": formats.is_time,
    "datetime": formats.is_datetime,
}


class DatetimeEntry(Entry):
    kind = "date"

    def parse(self, value: object) -> str:
        if not isinstance(value, str) or not _DATETIME_CHECKS[self.rules.subtype](value):
            raise ValidationError([f"type:{self.rules.subtype}"])
        return value

    def broken(self, value: str) -> list[str]:
        limit = self.rules.not_before
        return ["past"] if limit is not None and formats.is_past(value, limit) else []


class FilesEntry(Entry):
    """Files that were taken in before: a list of document ids, or of {filename, mimetype, size in bytes?, id?, sha256?}."""

    kind = "files"
    blanks = (None,)

    def parse(self, value: object) -> list[object]:
        files = list_of(value, self.kind)
        if not all(_is_file(item) for item in files):
            raise self.wrong_type()
        if len(files) > 1 and not self.rules.multiple:
            raise ValidationError(["type:file"])
        return files


def _is_file(item: object) -> bool:
    if not isinstance(item, Mapping):
        return _is_name(item)
    size = item.get("size")
    return (
        item.keys() <= {"filename", "mimetype", "size", "id", "sha256"}
        and _is_name(item.get("filename"))
        and _is_name(item.get("mimetype"))
        and (size is None or (isinstance(size, int) and not isinstance(size, bool) and size >= 0))
        and all(_is_name(item[name]) for name in ("id", "sha256") if name in item)
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255 and _UNSTORABLE.search(value) is None
