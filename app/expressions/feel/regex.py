"""Regular expressions of XPath and XQuery Functions 3.1, section 5.6.1, as FEEL's string functions use them.

They are compiled to programs of `matcher`, which counts its steps; Python's `re` takes no part, so no pattern of a
model can make it backtrack without end. Blocks, `\\p{Is...}`, are only those of Latin, Greek, Cyrillic and Arabic.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, NoReturn

from app.expressions.feel.characters import ESCAPES, Test, category, either, negated, one_of, span
from app.expressions.feel.limits import MAX_DEPTH, MAX_PATTERN, MAX_PROGRAM
from app.expressions.feel.values import Fault, describe

CHAR, SPLIT, JUMP, SAVE, START, END, BACK = range(7)
Instruction = tuple[int, int, int, Test | None]
"""Kind, two numbers (relative targets, a slot, a group, or whether lines count), and the test of a character."""
Program = list[Instruction]

_LITERAL_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"} | {mark: mark for mark in "\\|.-^?*+{}()[]$"}


class Pattern(NamedTuple):
    program: tuple[Instruction, ...]
    groups: int
    back_references: bool
    ignore_case: bool


@lru_cache(maxsize=512)
def compile_pattern(source: str, flags: str) -> Pattern:
    """Flags are any of s, m, i, x and q. Faults for what is not a pattern, or one that is too large."""
    if not set(flags) <= set("smixq"):
        raise Fault(f"{describe(flags)} are not flags among s, m, i, x and q")
    if len(source) > MAX_PATTERN:
        raise Fault(f"a pattern may have at most {MAX_PATTERN} characters")
    compiler = _Compiler(source, flags)
    program = compiler.literal() if "q" in flags else compiler.pattern()
    return Pattern(tuple(program), compiler.groups, compiler.back_references, "i" in flags)


def _without_space(source: str) -> str:
    """What the flag x leaves: no white space outside of character classes."""
    kept, depth, escaped = "", 0, False
    for mark in source:
        if depth == 0 and mark in " \t\n\r":
            continue
        kept += mark
        if not escaped:
            depth += (mark == "[") - (mark == "]" and depth > 0)
        escaped = mark == "\\" and not escaped
    return kept


class _Compiler:
    def __init__(self, source: str, flags: str) -> None:
        self._source = _without_space(source) if "x" in flags and "q" not in flags else source
        self._shown = describe(source)
        self._at = 0
        self._all = "s" in flags
        self._lines = "m" in flags
        self._fold = "i" in flags
        self._open: set[int] = set()
        self._depth = 0
        self.groups = 0
        self.back_references = False

    def literal(self) -> Program:
        return [(CHAR, 0, 0, one_of(mark, self._fold)) for mark in self._source]

    def pattern(self) -> Program:
        program = self._alternatives()
        if self._at < len(self._source):
            self._fail("an opening parenthesis is missing")
        return program

    def _fail(self, reason: str) -> NoReturn:
        raise Fault(f"{self._shown} is not a pattern: {reason}")

    def _peek(self) -> str:
        return self._source[self._at : self._at + 1]

    def _next(self) -> str:
        mark = self._peek()
        if not mark:
            self._fail("it ends too early")
        self._at += 1
        return mark

    def _accept(self, text: str) -> bool:
        found = self._source.startswith(text, self._at)
        self._at += len(text) * found
        return found

    def _sized(self, program: Program) -> Program:
        if len(program) > MAX_PROGRAM:
            self._fail("it is too large")
        return program

    def _alternatives(self) -> Program:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail(f"it is nested deeper than {MAX_DEPTH} levels")
        found = [self._sequence()]
        while self._accept("|"):
            found.append(self._sequence())
        program = found.pop()
        for other in reversed(found):
            program = [(SPLIT, 1, len(other) + 2, None), *other, (JUMP, len(program) + 1, 0, None), *program]
        self._depth -= 1
        return self._sized(program)

    def _sequence(self) -> Program:
        program: Program = []
        while self._peek() not in ("", "|", ")"):
            program += self._quantified(self._atom())
            self._sized(program)
        return program

    def _atom(self) -> Program:
        mark = self._next()
        match mark:
            case "(":
                return self._group()
            case "^":
                return [(START, self._lines, 0, None)]
            case "$":
                return [(END, self._lines, 0, None)]
            case ".":
                return [(CHAR, 0, 0, (lambda _mark: True) if self._all else negated(one_of("\n\r", False)))]
            case "[":
                return [(CHAR, 0, 0, self._class())]
            case "\\" if self._peek().isdigit():
                return self._back_reference()
            case "\\":
                return [(CHAR, 0, 0, self._escape()[0])]
            case "?" | "*" | "+" | "{" | "}" | "]":
                self._fail(f"there is nothing before {mark}")
        return [(CHAR, 0, 0, one_of(mark, self._fold))]

    def _group(self) -> Program:
        number = 0
        if not self._accept("?:"):
            self.groups += 1
            number = self.groups
            self._open.add(number)
        program = self._alternatives()
        if not self._accept(")"):
            self._fail("a closing parenthesis is missing")
        self._open.discard(number)
        if not number:
            return program
        return [(SAVE, 2 * number, 0, None), *program, (SAVE, 2 * number + 1, 0, None)]

    def _back_reference(self) -> Program:
        """As many digits as there are groups for."""
        number = int(self._next())
        while self._peek().isdigit() and number * 10 + int(self._peek()) <= self.groups:
            number = number * 10 + int(self._next())
        if not 1 <= number <= self.groups or number in self._open:
            self._fail(f"there is no group {number} before it is referred to")
        self.back_references = True
        return [(BACK, number, 0, None)]

    def _quantified(self, atom: Program) -> Program:
        mark = self._peek()
        if mark not in ("?", "*", "+", "{") or not mark:
            return atom
        self._at += 1
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(mark) or self._counts()
        greedy = not self._accept("?")
        if len(atom) * max(least, most or 0, 1) > MAX_PROGRAM:
            self._fail("it repeats too much")
        program = atom * least
        size = len(atom)
        if most is None:
            program += [_split(1, size + 2, greedy), *atom, (JUMP, -size - 1, 0, None)]
        else:
            for left in range(most - least, 0, -1):
                program += [_split(1, left * (size + 1), greedy), *atom]
        return self._sized(program)

    def _counts(self) -> tuple[int, int | None]:
        text = ""
        while (mark := self._next()) != "}":
            text += mark
        low, comma, high = text.partition(",")
        if not low.isdecimal() or (high and not high.isdecimal()) or len(text) > 9:
            self._fail(f"{{{text}}} is not a quantity")
        least = int(low)
        most = least if not comma else int(high) if high else None
        if most is not None and most < least:
            self._fail(f"{{{text}}} is not a quantity")
        return least, most

    def _escape(self) -> tuple[Test, str]:
        """The test, and the character that it stands for if it is one."""
        mark = self._next()
        if mark in _LITERAL_ESCAPES:
            return one_of(_LITERAL_ESCAPES[mark], self._fold), _LITERAL_ESCAPES[mark]
        if mark in "pP":
            if not self._accept("{"):
                self._fail(f"\\{mark} needs a name in braces")
            name = ""
            while (letter := self._next()) != "}":
                name += letter
            test = category(name)
            if test is None:
                self._fail(f"there is no category or block {describe(name)}")
            return (negated(test) if mark == "P" else test), ""
        if mark.lower() not in ESCAPES:
            self._fail(f"there is no escape \\{mark}")
        test = ESCAPES[mark.lower()]
        return (negated(test) if mark.isupper() else test), ""

    def _class(self) -> Test:
        """Between brackets: characters, ranges and escapes, perhaps all but these, perhaps without another class."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail(f"it is nested deeper than {MAX_DEPTH} levels")
        inverted = self._accept("^")
        tests: list[Test] = []
        without: Test | None = None
        while not self._accept("]"):
            if tests and self._accept("-["):
                without = self._class()
                if not self._accept("]"):
                    self._fail("a subtracted class must be the last in its class")
                break
            tests.append(self._member())
        if not tests:
            self._fail("a character class is empty")
        self._depth -= 1
        found = negated(either(tests)) if inverted else either(tests)
        if without is None:
            return found
        return _both(found, negated(without))

    def _member(self) -> Test:
        low = self._next()
        if low == "[":
            self._fail("an opening bracket in a class needs a backslash")
        test = one_of(low, self._fold)
        if low == "\\":
            test, low = self._escape()
        if not low or self._peek() != "-" or self._source[self._at + 1 : self._at + 2] in ("]", "["):
            return test
        self._at += 1
        high = self._next()
        if high == "\\":
            _, high = self._escape()
        if not high or low > high:
            self._fail("a range in a class runs backwards")
        return span(low, high, self._fold)


def _split(first: int, second: int, greedy: bool) -> Instruction:
    return (SPLIT, first, second, None) if greedy else (SPLIT, second, first, None)


def _both(one: Callable[[str], bool], other: Callable[[str], bool]) -> Test:
    return lambda mark: one(mark) and other(mark)
