"""Tests of single characters for regular expressions, with or without regard to case."""

import unicodedata
from collections.abc import Callable, Sequence

Test = Callable[[str], bool]

_BLOCKS = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "CyrillicSupplement": (0x0500, 0x052F),
    "Arabic": (0x0600, 0x06FF),
}
_CATEGORIES = {
    "L": "ultmo",
    "M": "nce",
    "N": "dlo",
    "P": "cdseifo",
    "S": "mcko",
    "Z": "slp",
    "C": "cfon",
}


def variants(mark: str) -> set[str]:
    """The character in its cases."""
    lower, upper = mark.lower(), mark.upper()
    return {mark, lower, upper, lower.upper(), upper.lower()}


def one_of(marks: str, fold: bool) -> Test:
    accepted = frozenset(marks)
    if not fold:
        return accepted.__contains__
    folded = frozenset(variant for mark in marks for variant in variants(mark))
    return lambda mark: not folded.isdisjoint(variants(mark))


def span(low: str, high: str, fold: bool) -> Test:
    if not fold:
        return lambda mark: low <= mark <= high
    return lambda mark: any(low <= variant <= high for variant in variants(mark))


def negated(test: Test) -> Test:
    return lambda mark: not test(mark)


def either(tests: Sequence[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    return lambda mark: any(test(mark) for test in tests)


def category(name: str) -> Test | None:
    """Of `\\p{name}`: a general category of Unicode such as L or Lu, or a block such as IsCyrillic."""
    if name.startswith("Is"):
        block = _BLOCKS.get(name[2:])
        return span(chr(block[0]), chr(block[1]), False) if block else None
    kinds = _CATEGORIES.get(name[:1])
    if kinds is None or len(name) > 2 or (len(name) == 2 and name[1] not in kinds):
        return None
    return lambda mark: unicodedata.category(mark).startswith(name)


def _name_start(mark: str) -> bool:
    return mark.isalpha() or mark in "_:"


def _name_part(mark: str) -> bool:
    return mark.isalnum() or mark in "_:.-\u00b7" or unicodedata.category(mark) in ("Mn", "Mc")


ESCAPES: dict[str, Test] = {
    "s": one_of(" \t\n\r", False),
    "d": lambda mark: unicodedata.category(mark) == "Nd",
    "w": lambda mark: unicodedata.category(mark)[0] not in "PZC",
    "i": _name_start,
    "c": _name_part,
}
"""The classes that a lower-case letter after a backslash stands for; the upper-case one is their opposite."""
