"""Which clauses an act speaks of, and when two citations mean the same place.

An act is cited as it numbers its own parts ("5.3", "8(11)", "5/4-рәсім"), by items in English ("appendix 2 item 3") or in
Kazakh ("2-қосымша, 3-тармақ"), and over a range ("9-15").
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_KAZAKH_UNIT = re.compile(r"([0-9]+)-(қосымша|тармақша|тарма[қғ])\w*")
_ENGLISH = {"қосымша": "appendix", "тармақ": "item", "тармағ": "item", "тармақша": "sub-item"}
_APPENDIX_ITEM = re.compile(r"(appendix [0-9]+),\s+(item)")
_RANGE = re.compile(r"([0-9]+)-([0-9]+)")
_SEPARATOR = re.compile(r",|\band\b")
_WHOLE_ITEM = re.compile(r"[0-9]+")


def clauses(text: str) -> tuple[str, ...]:
    """The clauses that a citation names, each in the one form in which citations are compared.

    Parts are separated by commas or "and"; a range of items is each of its items; an item of an appendix is one clause.
    """
    plain = _KAZAKH_UNIT.sub(lambda found: f"{_ENGLISH[found[2]]} {found[1]}", text)
    plain = _APPENDIX_ITEM.sub(r"\1 \2", plain)
    return tuple(one for part in _SEPARATOR.split(plain) for one in _expanded(" ".join(part.split())) if one)


def _expanded(clause: str) -> Iterator[str]:
    if found := _RANGE.fullmatch(clause):
        yield from map(str, range(int(found[1]), int(found[2]) + 1))
    else:
        yield clause


def is_within(clause: str, known: Iterable[str]) -> bool:
    """Whether the clause is one of `known`, a part of one of them, or the item that one of them is a part of."""
    return any(_contains(one, clause) or _contains(clause, one) for one in known)


def _contains(whole: str, part: str) -> bool:
    return part == whole or (part.startswith(whole) and not part[len(whole)].isalnum() and _is_item(whole))


def _is_item(clause: str) -> bool:
    return _WHOLE_ITEM.fullmatch(clause) is not None or not clause[-1:].isalpha()


def mentioned(data: Any) -> Iterator[str]:
    """Every clause under a key `clause` or `limit_clause` of an act's data, however deep; conflicts excepted."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key in ("clause", "limit_clause") and isinstance(value, str | int | float):
                yield from clauses(str(value))
            elif key != "conflict":
                yield from mentioned(value)
    elif isinstance(data, list):
        for value in data:
            yield from mentioned(value)
