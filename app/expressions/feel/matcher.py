"""Applies a compiled pattern to a string, leftmost and greedy, in a bounded number of steps.

Without back references a branch that failed at a place is not tried there again, so that the steps grow with the
length of the string times that of the pattern. An evaluation pays for them, however often it matches.
"""

from collections.abc import Iterator

from app.expressions.feel.characters import variants
from app.expressions.feel.limits import COMPILED_STEPS, MATCHING_STEPS, MAX_MATCHED, MAX_MATCHING
from app.expressions.feel.regex import BACK, CHAR, END, JUMP, SAVE, SPLIT, START, Pattern
from app.expressions.feel.values import Fault, Run

Groups = tuple[int, ...]
"""Start and end of the match, then of each group; -1 for one that took no part."""


class Matcher:
    """Finds the matches of one pattern in one string."""

    def __init__(self, pattern: Pattern, text: str, run: Run) -> None:
        run.spend(len(pattern.program) // COMPILED_STEPS)
        if len(text) > MAX_MATCHED:
            raise Fault(f"a string of more than {MAX_MATCHED} characters cannot be matched")
        self._pattern = pattern
        self._text = text
        self._run = run
        self._steps = 0
        self._copied = 1 + pattern.groups // 8

    def search(self, start: int = 0) -> Groups | None:
        """The first match at or after the position."""
        failed: set[object] = set()
        before = self._steps
        try:
            found = (self._match(position, failed) for position in range(start, len(self._text) + 1))
            return next((groups for groups in found if groups is not None), None)
        finally:
            self._run.spend((self._steps - before) // MATCHING_STEPS)

    def all(self) -> Iterator[Groups]:
        """The matches from left to right. Faults if the pattern matches an empty string there."""
        position = 0
        while (found := self.search(position)) is not None:
            if found[0] == found[1]:
                raise Fault("a pattern that matches an empty string cannot be used here")
            yield found
            position = found[1]

    def _match(self, start: int, failed: set[object]) -> Groups | None:
        program, text, exact = self._pattern.program, self._text, self._pattern.back_references
        end, size = len(program), len(text)
        waiting: list[tuple[int, int, Groups]] = [(0, start, (start, -1) + (-1, -1) * self._pattern.groups)]
        while waiting:
            at, position, groups = waiting.pop()
            while at < end:
                self._steps += 1
                if self._steps > MAX_MATCHING:
                    raise Fault(f"matching takes more than {MAX_MATCHING} steps")
                operation, one, other, test = program[at]
                if operation == CHAR:
                    if position >= size or not test(text[position]):  # type: ignore[misc]
                        break
                    position += 1
                elif operation == SPLIT:
                    state: object = (at, position, groups) if exact else at * (size + 1) + position
                    if state in failed:
                        break
                    failed.add(state)
                    waiting.append((at + other, position, groups))
                    at += one
                    continue
                elif operation == JUMP:
                    at += one
                    continue
                elif operation == SAVE:
                    self._steps += self._copied
                    groups = (*groups[:one], position, *groups[one + 1 :])
                elif operation == BACK:
                    length = self._repeated(groups[2 * one], groups[2 * one + 1], position)
                    if length is None:
                        break
                    position += length
                elif not self._anchored(operation, bool(one), position):
                    break
                at += 1
            else:
                return (start, position, *groups[2:])
        return None

    def _anchored(self, operation: int, lines: bool, position: int) -> bool:
        text = self._text
        if operation == START:
            return position == 0 or (lines and text[position - 1] == "\n" and position < len(text))
        assert operation == END
        return position == len(text) or (lines and text[position] == "\n")

    def _repeated(self, start: int, end: int, position: int) -> int | None:
        """How long the group is that is found here again; one that took no part is empty."""
        wanted = self._text[start:end] if end >= 0 else ""
        found = self._text[position : position + len(wanted)]
        if found == wanted:
            return len(wanted)
        if not self._pattern.ignore_case or len(found) != len(wanted):
            return None
        alike = all(not variants(one).isdisjoint(variants(other)) for one, other in zip(found, wanted, strict=True))
        return len(wanted) if alike else None
