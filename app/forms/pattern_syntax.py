"""The language of a form's regular expressions.

It is the regular part of ECMAScript's without flags (ECMA-262, 22.2): literals, classes, groups,
alternatives, quantifiers, `^`, `$`, `\\b`. Back references and look-around have no linear matcher and are refused.
As in a browser the unit is the UTF-16 code unit, `\\d` and `\\w` are ASCII and `$` is the very end of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

MAX_REPEAT = 1_000
MAX_GROUPS = 50
"""Groups within groups."""

Ranges = tuple[tuple[int, int], ...]

_LAST = 0xFFFF
_DIGIT: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_SPACE: Ranges = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
_LINE_END: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CONTROL = {"n": 0x0A, "r": 0x0D, "t": 0x09, "f": 0x0C, "v": 0x0B, "0": 0x00}

WHITESPACE = "".join(chr(code) for low, high in _SPACE for code in range(low, high + 1))
"""What ECMAScript's `trim` takes off; it differs from `str.strip`."""


class PatternRefused(ValueError):
    """The pattern is wrong, too large, or uses what has no linear matcher."""


def code_units(text: str) -> list[int]:
    """UTF-16 code units of a text, as ECMAScript counts them."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[i] | raw[i + 1] << 8 for i in range(0, len(raw), 2)]


def length(text: str) -> int:
    """The number of its code units: what ECMAScript calls the length of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class One:
    ranges: Ranges


@dataclass(frozen=True)
class Assertion:
    kind: str


@dataclass(frozen=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    options: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    part: Node
    low: int
    high: int | None


Node = One | Assertion | Sequence | Choice | Repeat


def _outside(ranges: Ranges) -> Ranges:
    result, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            result.append((start, low - 1))
        start = max(start, high + 1)
    if start <= _LAST:
        result.append((start, _LAST))
    return tuple(result)


_CLASSES = {
    "d": _DIGIT, "D": _outside(_DIGIT), "w": WORD, "W": _outside(WORD), "s": _SPACE, "S": _outside(_SPACE),
}  # fmt: skip


class Parser:
    """Reads a pattern; every method raises PatternRefused where the source is wrong."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def refuse(self, why: str) -> NoReturn:
        raise PatternRefused(f"{why} at {self.at}")

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        if self.at >= len(self.source):
            self.refuse("unexpected end")
        self.at += 1
        return self.source[self.at - 1]

    def skip(self, text: str) -> bool:
        found = self.source.startswith(text, self.at)
        self.at += len(text) if found else 0
        return found

    def whole(self) -> Node:
        node = self.choice()
        if self.at < len(self.source):
            self.refuse("unmatched )")
        return node

    def choice(self) -> Node:
        options = [self.sequence()]
        while self.skip("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom()))
        return Sequence(tuple(parts))

    def atom(self) -> Node:
        char = self.take()
        match char:
            case "^" | "$":
                return Assertion(char)
            case ".":
                return One(_outside(_LINE_END))
            case "(":
                return self.group()
            case "[":
                return One(self.char_class())
            case "\\":
                if self.peek() in ("b", "B"):
                    return Assertion(self.take())
                return One(self.escape())
            case "*" | "+" | "?" | "{":
                self.refuse("nothing to repeat")
        units = code_units(char)
        if len(units) > 1 and self.peek() and self.peek() in "*+?{":
            self.refuse("a browser would repeat half of this character")
        return Sequence(tuple(One(((unit, unit),)) for unit in units))

    def group(self) -> Node:
        if self.peek() == "?" and not self.skip("?:"):
            self.refuse("only plain groups are supported")
        self.depth += 1
        if self.depth > MAX_GROUPS:
            self.refuse("too many groups within groups")
        inner = self.choice()
        if not self.skip(")"):
            self.refuse("missing )")
        self.depth -= 1
        return inner

    def quantified(self, node: Node) -> Node:
        low: int
        high: int | None
        if self.skip("*"):
            low, high = 0, None
        elif self.skip("+"):
            low, high = 1, None
        elif self.skip("?"):
            low, high = 0, 1
        elif self.skip("{"):
            low, high = self.bounds()
        else:
            return node
        if isinstance(node, Assertion):
            self.refuse("an assertion cannot repeat")
        self.skip("?")  # a lazy quantifier accepts the same texts
        return Repeat(node, low, high)

    def bounds(self) -> tuple[int, int | None]:
        end = self.source.find("}", self.at)
        low, comma, high = self.source[self.at : max(end, self.at)].partition(",")
        if not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            self.refuse("wrong quantifier")
        self.at = end + 1
        upper = int(high) if high else None if comma else int(low)
        if int(low) > MAX_REPEAT or (upper is not None and not int(low) <= upper <= MAX_REPEAT):
            self.refuse("wrong quantifier")
        return int(low), upper

    def escape(self) -> Ranges:
        char = self.take()
        if char in _CLASSES:
            return _CLASSES[char]
        if char in ("x", "u"):
            digits = self.source[self.at : self.at + (2 if char == "x" else 4)]
            if len(digits) != (2 if char == "x" else 4) or any(d not in "0123456789abcdefABCDEF" for d in digits):
                self.refuse("wrong escape")
            self.at += len(digits)
            return ((int(digits, 16), int(digits, 16)),)
        if char == "0" and self.peek().isdigit():
            self.refuse("octal escape")
        if char.isalnum() and char not in _CONTROL:
            self.refuse(f"\\{char} is not supported")
        return self.single(_CONTROL.get(char, ord(char)))

    def single(self, code: int) -> Ranges:
        if code > _LAST:
            self.refuse("a character outside the basic plane cannot be used here")
        return ((code, code),)

    def char_class(self) -> Ranges:
        negated = self.skip("^")
        ranges: list[tuple[int, int]] = []
        while not self.skip("]"):
            low = self.class_atom()
            if self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.class_atom()
                if len(low) > 1 or len(high) > 1 or low[0][0] != low[0][1] or low[0][0] > high[0][1]:
                    self.refuse("wrong range")
                low = ((low[0][0], high[0][1]),)
            ranges.extend(low)
        return _outside(tuple(ranges)) if negated else tuple(ranges)

    def class_atom(self) -> Ranges:
        if self.skip("\\"):
            return ((0x08, 0x08),) if self.skip("b") else ((0x2D, 0x2D),) if self.skip("-") else self.escape()
        return self.single(ord(self.take()))
