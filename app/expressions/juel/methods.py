"""The methods that values have in JUEL, named as in Java; nothing else can be called on a value."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from app.expressions.juel.values import (
    Fault,
    allowance,
    bounded,
    describe,
    kind,
    moment,
    number,
    order,
    same,
    text,
    whole,
)
from app.expressions.limits import MAX_ITEMS, MAX_TEXT

Method = Callable[..., object]


def call(receiver: object, name: str, arguments: list[object]) -> object:
    """Faults for null, for a value whose kind has no such method, and for arguments of a wrong kind."""
    if receiver is None:
        raise Fault(f"cannot call method {name} of null")
    table = METHODS.get(kind(receiver), {})
    method = table.get((name, len(arguments)))
    if method is None:
        raise Fault(f"{describe(receiver)} has no method {name} with {len(arguments)} arguments")
    return method(receiver, *arguments)


def key(value: object) -> object:
    """The value as a key of a map: a string, number, boolean or null."""
    if kind(value) in ("list", "map", "opaque"):
        raise Fault(f"{describe(value)} cannot be a key")
    return number(value) if kind(value) == "number" else value


def position(value: object) -> int:
    """The value as an index: a whole number."""
    if kind(value) == "number":
        found = number(value)
        if found == (integer := int(found)):
            return integer
    raise Fault(f"{describe(value)} is not a whole number")


def _string(value: object) -> str:
    if isinstance(value, str):
        return value
    raise Fault(f"expected a string, not {describe(value)}")


def _list(value: object) -> list[object] | tuple[object, ...]:
    if isinstance(value, list | tuple):
        return value
    raise Fault(f"expected a list, not {describe(value)}")


def _limited(items: list[object]) -> list[object]:
    if len(items) > MAX_ITEMS:
        raise Fault(f"a list exceeds {MAX_ITEMS} items")
    return items


def _range(size: int, start: object, end: object) -> slice:
    first, last = position(start), position(end)
    if not 0 <= first <= last <= size:
        raise Fault(f"the range {first} to {last} is outside of 0 to {size}")
    return slice(first, last)


def _replace(value: str, old: object, new: object) -> str:
    old, new = _string(old), _string(new)
    if len(value) + value.count(old) * (len(new) - len(old)) > MAX_TEXT:
        raise Fault(f"a string exceeds {MAX_TEXT} characters")
    return value.replace(old, new)


def _split(value: str, separator: object) -> list[object]:
    """Without the empty strings at the end, as in Java."""
    separator = _string(separator)
    if not separator:
        raise Fault("the separator is empty")
    if value.count(separator) >= MAX_ITEMS:
        raise Fault(f"a list exceeds {MAX_ITEMS} items")
    parts: list[object] = [*value.split(separator)]
    while len(parts) > 1 and parts[-1] == "":
        parts.pop()
    return parts


def _compare(value: object, other: object) -> int:
    found = order(value, other)
    if found is None:
        raise Fault("cannot compare with null")
    return found


def _item(items: list[object], index: object) -> object:
    at = position(index)
    if not 0 <= at < len(items):
        raise Fault(f"the index {at} is outside of a list of {len(items)}")
    return items[at]


def _index_of(items: list[object], wanted: object) -> int:
    left_over = allowance()
    return next((at for at, item in enumerate(items) if same(item, wanted, left_over)), -1)


def _contains(items: Iterable[object], wanted: object) -> bool:
    left_over = allowance()
    return any(same(item, wanted, left_over) for item in items)


def _contains_all(items: list[object], wanted: object) -> bool:
    left_over = allowance()
    return all(any(same(item, one, left_over) for item in items) for one in _list(wanted))


def _integer(value: object) -> int:
    return whole(int(number(value)))


def _is_before(value: object, other: object) -> bool:
    return moment(value) < moment(other)


def _is_after(value: object, other: object) -> bool:
    return moment(value) > moment(other)


_STRING: dict[tuple[str, int], Method] = {
    ("length", 0): len,
    ("isEmpty", 0): lambda s: not s,
    ("contains", 1): lambda s, part: _string(part) in s,
    ("startsWith", 1): lambda s, part: s.startswith(_string(part)),
    ("endsWith", 1): lambda s, part: s.endswith(_string(part)),
    ("equalsIgnoreCase", 1): lambda s, other: isinstance(other, str) and s.casefold() == other.casefold(),
    ("indexOf", 1): lambda s, part: s.find(_string(part)),
    ("lastIndexOf", 1): lambda s, part: s.rfind(_string(part)),
    ("substring", 1): lambda s, start: s[_range(len(s), start, len(s))],
    ("substring", 2): lambda s, start, end: s[_range(len(s), start, end)],
    ("toUpperCase", 0): lambda s: bounded(s.upper()),
    ("toLowerCase", 0): lambda s: bounded(s.lower()),
    ("trim", 0): lambda s: s.strip(),
    ("replace", 2): _replace,
    ("charAt", 1): lambda s, index: s[_range(len(s), index, position(index) + 1)],
    ("concat", 1): lambda s, other: bounded(s + _string(other)),
    ("split", 1): _split,
    ("compareTo", 1): lambda s, other: _compare(s, _string(other)),
}
_NUMBER: dict[tuple[str, int], Method] = {
    ("intValue", 0): _integer,
    ("longValue", 0): _integer,
    ("doubleValue", 0): lambda n: Decimal(number(n)),
    ("compareTo", 1): _compare,
}
_LIST: dict[tuple[str, int], Method] = {
    ("size", 0): len,
    ("isEmpty", 0): lambda items: not items,
    ("contains", 1): _contains,
    ("containsAll", 1): _contains_all,
    ("get", 1): _item,
    ("indexOf", 1): _index_of,
    ("subList", 2): lambda items, start, end: _limited(list(items[_range(len(items), start, end)])),
}
_MAP: dict[tuple[str, int], Method] = {
    ("size", 0): len,
    ("isEmpty", 0): lambda entries: not entries,
    ("containsKey", 1): lambda entries, name: key(name) in entries,
    ("containsValue", 1): lambda entries, wanted: _contains(entries.values(), wanted),
    ("get", 1): lambda entries, name: entries.get(key(name)),
    ("getOrDefault", 2): lambda entries, name, default: entries.get(key(name), default),
    ("keySet", 0): lambda entries: _limited(list(entries)),
    ("values", 0): lambda entries: _limited(list(entries.values())),
}
_MOMENT: dict[tuple[str, int], Method] = {
    ("isBefore", 1): _is_before,
    ("isAfter", 1): _is_after,
    ("compareTo", 1): _compare,
}
_SCALAR: dict[tuple[str, int], Method] = {("toString", 0): text, ("equals", 1): same}
_COLLECTION: dict[tuple[str, int], Method] = {("equals", 1): same}

METHODS: dict[str, dict[tuple[str, int], Method]] = {
    "string": _STRING | _SCALAR,
    "number": _NUMBER | _SCALAR,
    "boolean": _SCALAR,
    "date-time": _MOMENT | _SCALAR,
    "list": _LIST | _COLLECTION,
    "map": _MAP | _COLLECTION,
}
"""By kind of value, then by name and number of arguments."""

ARITIES: dict[str, list[int]] = {
    name: sorted({arity for table in METHODS.values() for other, arity in table if other == name})
    for table in METHODS.values()
    for name, _ in table
}
"""The numbers of arguments that a method name takes on some kind of value."""
