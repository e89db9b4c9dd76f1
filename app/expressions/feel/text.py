"""The string functions of FEEL and conversion to and from strings (DMN 1.4, 10.3.4.1 and 10.3.4.3)."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from app.expressions.feel.limits import MAX_PATTERN, MAX_TEXT
from app.expressions.feel.matcher import Groups, Matcher
from app.expressions.feel.regex import Pattern, compile_pattern
from app.expressions.feel.signatures import costly, pure, text, whole
from app.expressions.feel.temporal import format_temporal
from app.expressions.feel.values import (
    CONTEXT,
    Fault,
    Function,
    Range,
    Run,
    Signature,
    YearsMonths,
    bounded,
    decimal,
    describe,
    limited,
)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_DOLLAR = re.compile(r"\\(.?)|\$([0-9]*)", re.DOTALL)


def show(value: Any, run: Run, inner: bool = False) -> str:
    """The text of a value; in lists and contexts strings are quoted, as in FEEL."""
    run.spend(1)
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if inner else value
        case Decimal():
            shown = _plain(value)
            run.spend_on(shown)
            return shown
        case date() | time() | timedelta() | YearsMonths():
            shown = format_temporal(value)
            return f'@"{shown}"' if inner else shown
        case Range():
            opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
            return f"{opening}{show(value.start, run, True)}..{show(value.end, run, True)}{closing}"
        case list():
            return "[" + _listed([show(item, run, True) for item in value]) + "]"
        case dict():
            return "{" + _listed([f"{_key(key)}: {show(item, run, True)}" for key, item in value.items()]) + "}"
        case Function():
            return "function(" + ", ".join(value.signatures[0].parameters) + ")"
    raise Fault(f"{describe(value)} has no text")


def _listed(parts: list[str]) -> str:
    if sum(map(len, parts)) > MAX_TEXT:
        raise Fault(f"a string exceeds {MAX_TEXT} characters")
    return ", ".join(parts)


def _key(key: str) -> str:
    return key if key.replace(" ", "").isalnum() else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(value: Decimal) -> str:
    """Without exponent and without zeros at the end of the decimals."""
    shown = format(value, "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown


def _string(run: Run, value: Any) -> str | None:
    return None if value is None else bounded(show(value, run))


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    found = text(value)
    if len(found) > 100 or not _NUMBER.fullmatch(found):
        raise Fault(f"{describe(found)} is not a number")
    return decimal(CONTEXT.create_decimal, found)


def _separated(value: Any, grouping: Any, point: Any) -> Decimal:
    found = text(value)
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        raise Fault("separators of a number are a space, a comma or a point")
    if grouping is not None and grouping == point:
        raise Fault("the separators of a number must differ")
    if grouping is not None:
        found = found.replace(grouping, "")
    if point == ",":
        found = found.replace(".", "?").replace(",", ".")
    return _number(found)


def _substring(value: Any, start: Any, length: Any = None) -> str:
    """From a position that counts from 1, or from -1 at the end."""
    found, first = text(value), whole(start)
    if first == 0 or abs(first) > len(found):
        raise Fault(f"there is no position {first} in {describe(found)}")
    at = first - 1 if first > 0 else len(found) + first
    if length is None:
        return found[at:]
    if whole(length) < 1:
        raise Fault("the length of a substring is at least 1")
    return found[at : at + whole(length)]


def _before(value: Any, match: Any) -> str:
    before, found, _ = _cut(text(value), text(match))
    return before if found else ""


def _after(value: Any, match: Any) -> str:
    return _cut(text(value), text(match))[2]


def _cut(value: str, match: str) -> tuple[str, bool, str]:
    at = value.find(match)
    return (value[:at], True, value[at + len(match) :]) if at >= 0 else (value, False, "")


def _join(values: Any, delimiter: Any = None) -> str:
    """Nulls are left out."""
    if values is None:
        raise Fault("expected a list, not null")
    parts = [item for item in (values if isinstance(values, list) else [values]) if item is not None]
    between = "" if delimiter is None else text(delimiter)
    for part in parts:
        if not isinstance(part, str):
            raise Fault(f"expected a list of strings, not with {describe(part)}")
    if sum(map(len, parts)) + len(between) * len(parts) > MAX_TEXT:
        raise Fault(f"a string exceeds {MAX_TEXT} characters")
    return between.join(parts)


def _pattern(pattern: Any, flags: Any = None) -> Pattern:
    return compile_pattern(text(pattern), "" if flags is None else text(flags))


def _matches(run: Run, value: Any, pattern: Any, flags: Any = None) -> bool:
    return Matcher(_pattern(pattern, flags), text(value), run).search() is not None


def _replace(run: Run, value: Any, pattern: Any, replacement: Any, flags: Any = None) -> str:
    """In the replacement `$1` is the first group and `$0` the match; with the flag q it is literal."""
    found, wanted, new = text(value), _pattern(pattern, flags), text(replacement)
    pieces = [new] if flags is not None and "q" in flags else _pieces(new, wanted.groups)
    parts, position, size = [], 0, len(found)
    for groups in Matcher(wanted, found, run).all():
        made = "".join([piece if isinstance(piece, str) else _group(found, groups, piece) for piece in pieces])
        parts += [found[position : groups[0]], made]
        position = groups[1]
        size += len(made)
        if size > MAX_TEXT:
            raise Fault(f"a string exceeds {MAX_TEXT} characters")
    return "".join([*parts, found[position:]])


def _pieces(replacement: str, count: int) -> list[str | int]:
    """Texts and numbers of groups; of the digits after `$` as many belong to the number as there are groups for."""
    if len(replacement) > MAX_PATTERN:
        raise Fault(f"a replacement may have at most {MAX_PATTERN} characters")
    pieces: list[str | int] = []
    position = 0
    for match in _DOLLAR.finditer(replacement):
        pieces.append(replacement[position : match.start()])
        position = match.end()
        if match[2] is None:
            if match[1] not in ("\\", "$"):
                raise Fault("a backslash in a replacement stands before $ or another backslash")
            pieces.append(match[1])
            continue
        if not match[2]:
            raise Fault("$ in a replacement stands before a number")
        digits = 1
        while digits < len(match[2]) and int(match[2][: digits + 1]) <= count:
            digits += 1
        number = int(match[2][:digits])
        pieces += [number if number <= count else "", match[2][digits:]]
    return [*pieces, replacement[position:]]


def _group(found: str, groups: Groups, number: int) -> str:
    start, end = groups[2 * number : 2 * number + 2]
    return found[start:end] if end >= 0 else ""


def _split(run: Run, value: Any, delimiter: Any) -> list[str]:
    found = text(value)
    parts, position = [], 0
    for groups in Matcher(_pattern(delimiter), found, run).all():
        parts.append(found[position : groups[0]])
        position = groups[1]
    return list(limited([*parts, found[position:]]))


FUNCTIONS: dict[str, tuple[Signature, ...]] = {
    "number": (pure("from", _number), pure("from, grouping separator, decimal separator", _separated)),
    "string": (costly("from", _string),),
    "substring": (pure("string, start position, length?", _substring),),
    "string length": (pure("string", lambda value: Decimal(len(text(value)))),),
    "upper case": (pure("string", lambda value: bounded(text(value).upper())),),
    "lower case": (pure("string", lambda value: bounded(text(value).lower())),),
    "substring before": (pure("string, match", _before),),
    "substring after": (pure("string, match", _after),),
    "contains": (pure("string, match", lambda value, match: text(match) in text(value)),),
    "starts with": (pure("string, match", lambda value, match: text(value).startswith(text(match))),),
    "ends with": (pure("string, match", lambda value, match: text(value).endswith(text(match))),),
    "string join": (pure("list, delimiter?", _join),),
    "matches": (costly("input, pattern, flags?", _matches),),
    "replace": (costly("input, pattern, replacement, flags?", _replace),),
    "split": (costly("string, delimiter", _split),),
}
