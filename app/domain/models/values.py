"""Typed variables, as the REST dialect names them: how they come in, are kept, and go out.

Kept: a JSON value and, where JSON does not tell the type, a mark: the type's name, or [name, valueInfo], or, of a deadline,
[name, valueInfo, rule]: see `actions.explanations.inputs`. Dates are kept as ISO 8601 UTC text, so that they compare as
text; Json is kept parsed.
"""

import base64
import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from app.domain import refusals
from app.errors import Invalid

WHOLE = {"Short": 2**15, "Integer": 2**31, "Long": 2**63}
TYPES = frozenset({"String", "Boolean", "Double", "Date", "Null", "Bytes", "File", "Json", "Xml", "Object", *WHOLE})
NAME_LIMIT = 255
TEXT_LIMIT = 1_000_000
DEPTH_LIMIT = 60
FIRST_YEAR = 1583
"""Of dates that need no agreement between those who exchange them (ISO 8601-1:2019, 4.3.2)."""
_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s*"
    r"(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.ASCII,
)
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_SURROGATE = re.compile("[\\ud800-\\udfff]")


@dataclass(frozen=True, slots=True)
class Variable:
    """value: plain Python (aware datetime for Date, parsed for Json, text for Xml and Object, base64 text for Bytes)."""

    value: Any
    type: str
    info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def transient(self) -> bool:
        return self.info.get("transient") is True


NOTED = 1_000
"""Bytes of JSON of a value that is noted as it was; of a longer one the digest and the length are."""


def noted(kept: Any) -> Any:
    """A kept value as it is noted where it was set: itself or {"$sha256", "$bytes"} of its JSON (keys in order, UTF-8)."""
    if not isinstance(kept, str | list | dict):
        return kept
    written = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return kept if len(written) <= NOTED else {"$sha256": hashlib.sha256(written).hexdigest(), "$bytes": len(written)}


def infer(value: Any) -> str:
    """The type of a plain value."""
    if value is None:
        return "Null"
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, int):
        return next((name for name in ("Integer", "Long") if -WHOLE[name] <= value < WHOLE[name]), "Double")
    if isinstance(value, float | Decimal):
        return "Double"
    if isinstance(value, datetime):
        return "Date"
    return "Json" if isinstance(value, dict | list) else "String"


def parse(name: str, raw: Any) -> Variable:
    """Read `{value, type, valueInfo}` as clients send it. Raises Invalid naming the variable and the type."""
    if not name or len(name) > NAME_LIMIT:
        raise Invalid(f"a variable's name has from 1 to {NAME_LIMIT} characters, not {len(name)}")
    if not isinstance(raw, dict):
        raise Invalid(f"variable '{name}': expected an object with value and type")
    value, given, info = raw.get("value"), raw.get("type"), raw.get("valueInfo") or {}
    if given is not None and not isinstance(given, str):
        raise Invalid(f"variable '{name}': the type must be a text")
    if not isinstance(info, dict):
        raise Invalid(f"variable '{name}': valueInfo must be an object")
    try:
        _require_storable([name, value, info])
    except ValueError as error:
        raise Invalid(f"variable '{name}' cannot be kept: {error}") from error
    if not given:
        return Variable(value, infer(value), info)
    type_name = given[:1].upper() + given[1:]
    if type_name not in TYPES:
        raise Invalid(f"Unsupported value type '{given}' of variable '{name}'")
    if value is None and type_name not in ("File", "Null"):
        return Variable(None, type_name, info)
    try:
        return Variable(_coerced(value, type_name), type_name, info)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise refusals.of(Invalid, refusals.WRONG_TYPE, name=name, type=type_name, reason=error) from error


def _coerced(value: Any, type_name: str) -> Any:
    if type_name in WHOLE:
        return _whole(value, type_name)
    if type_name == "Double":
        return _double(value)
    if type_name == "Boolean":
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        raise ValueError(f"{value!r:.80} is neither true nor false")
    if type_name == "Date":
        if not isinstance(value, str):
            raise ValueError(f"{value!r:.80} is not a date")
        return read_date(value)
    if type_name == "Json":
        return _parsed(value) if isinstance(value, str) else value
    if type_name == "Null":
        return None
    return _text(value, type_name)


def _parsed(text: str) -> Any:
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError(f"it is nested deeper than {DEPTH_LIMIT} levels") from None
    _require_storable(value)
    return value


def _require_storable(value: Any) -> None:
    """Raises ValueError for what PostgreSQL's jsonb cannot hold, and for what is nested too deep to be worked with."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        if depth > DEPTH_LIMIT:
            raise ValueError(f"it is nested deeper than {DEPTH_LIMIT} levels")
        if isinstance(item, dict):
            waiting.extend((inner, depth + 1) for pair in item.items() for inner in pair)
        elif isinstance(item, list):
            waiting.extend((inner, depth + 1) for inner in item)
        elif isinstance(item, str):
            if "\0" in item:
                raise ValueError("it holds a NUL character")
            if not item.isascii() and _SURROGATE.search(item):
                raise ValueError("it holds half a character")
        elif isinstance(item, int) and not -WHOLE["Long"] <= item < WHOLE["Long"]:
            raise ValueError("it holds a whole number of more than 64 bits")
        elif isinstance(item, float) and not math.isfinite(item):
            raise ValueError("it holds a number that is not finite")


def _whole(value: Any, type_name: str) -> int:
    digits = isinstance(value, str) and _WHOLE_NUMBER.fullmatch(value.strip())
    if isinstance(value, bool) or not (digits or isinstance(value, int)):
        raise ValueError(f"{value!r:.80} is not a whole number")
    number = int(value)
    if not -WHOLE[type_name] <= number < WHOLE[type_name]:
        raise ValueError(f"{number} is out of range")
    return number


def _double(value: Any) -> float:
    digits = isinstance(value, str) and _NUMBER.fullmatch(value.strip())
    if isinstance(value, bool) or not (digits or isinstance(value, int | float)):
        raise ValueError(f"{value!r:.80} is not a number")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r:.80} is too large")
    return number


def _text(value: Any, type_name: str) -> str:
    if type_name == "String" and isinstance(value, bool | int | float):
        return json.dumps(value)
    if not isinstance(value, str):
        raise ValueError(f"{json.dumps(value)[:80]} is not a text")
    if len(value) > TEXT_LIMIT * (20 if type_name in ("File", "Bytes") else 1):
        raise ValueError("it is too long")
    if "\x00" in value:
        raise ValueError("it holds a NUL character")
    if type_name in ("Bytes", "File"):
        base64.b64decode(value, validate=True)
    return value


def read_date(text: str, zone: timezone = UTC) -> datetime:
    """Read the dialect's dates leniently: `2026-12-24T12:16:0.000+0000`, with or without fraction, offset, time."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r:.80} is not a date such as 2026-01-02T03:04:05.000+0000")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if offset and offset != "Z":
        sign = -1 if offset[0] == "-" else 1
        digits = offset[1:].replace(":", "").ljust(4, "0")
        zone = timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    if not FIRST_YEAR <= int(year) < MAXYEAR:
        raise ValueError(f"the year of {text!r} is not from {FIRST_YEAR} to {MAXYEAR - 1}")
    return datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro, tzinfo=zone
    )


def write_date(moment: datetime | None) -> str | None:
    """`2026-01-02T03:04:05.000+0000`, the only form of a date that goes out."""
    if moment is None:
        return None
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}+0000"


def keep(variable: Variable) -> tuple[Any, Any]:
    """The JSON value and the mark (None where JSON tells the type)."""
    value = jsonable(variable.value)
    info = {name: given for name, given in variable.info.items() if name != "transient"}
    if info:
        return value, [variable.type, info]
    return value, None if infer(value) == variable.type else variable.type


def jsonable(value: Any) -> Any:
    """A plain value as JSON holds it."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, dict):
        return {jsonable(str(name)): jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, str) and "\0" in value:
        raise Invalid("a text holds a NUL character, which no variable can keep")
    if value is None or isinstance(value, str | bool):
        return value
    raise Invalid(f"a value of type {type(value).__name__} cannot be kept in a variable")


def _number(value: int | float | Decimal) -> int | float:
    """Whole numbers of more than 64 bits are kept as Double. Raises Invalid for what that does not hold either."""
    whole = isinstance(value, int) or (isinstance(value, Decimal) and value == value.to_integral_value())
    if whole and -WHOLE["Long"] <= value < WHOLE["Long"]:
        return int(value)
    try:
        kept = float(value)
    except OverflowError:
        kept = math.inf
    if not math.isfinite(kept):
        raise Invalid("a number is too large to be kept in a variable")
    return kept


def recall(value: Any, mark: Any) -> Variable:
    """The variable that `keep` wrote."""
    type_name, info, *_ = mark if isinstance(mark, list) else (mark or infer(value), {})
    if type_name == "Date" and isinstance(value, str):
        value = datetime.fromisoformat(value)
    return Variable(value, type_name, info)


def dump(variable: Variable) -> dict[str, Any]:
    """`{type, value, valueInfo}` as clients read it. Json goes out as text; a file's bytes are fetched apart."""
    value = variable.value
    if variable.type == "File":
        info = {name: given for name, given in variable.info.items() if name != "id"}
        return {"type": "File", "value": None, "valueInfo": info}
    if variable.type == "Json" and value is not None:
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    elif isinstance(value, datetime):
        value = write_date(value)
    return {"type": variable.type, "value": value, "valueInfo": dict(variable.info)}


def plain(variables: Mapping[str, Any], marks: Mapping[str, Any] | None) -> dict[str, Any]:
    """Kept variables as the plain values that expressions see."""
    marks = marks or {}
    return {name: recall(value, marks[name]).value if name in marks else value for name, value in variables.items()}
