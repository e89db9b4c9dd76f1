"""Regular expressions of forms, matched in time linear in the text.

A pattern becomes an automaton whose states are followed side by side (Thompson, 1968), so no text that a person sends
can make a match take long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from app.forms.pattern_syntax import (
    WORD,
    Assertion,
    Choice,
    Node,
    One,
    Parser,
    PatternRefused,
    Ranges,
    Repeat,
    Sequence,
    code_units,
)

MAX_SOURCE = 200
MAX_STATES = 1_000
MAX_STEPS_KEPT = 500


@dataclass
class _State:
    """A step of the automaton: takes a unit of `ranges`, or holds an assertion, or only forks."""

    ranges: Ranges | None = None
    assertion: str | None = None
    targets: list[int] = field(default_factory=list)


class _Builder:
    def __init__(self) -> None:
        self.states = [_State()]  # state 0 accepts
        self.budget = MAX_STATES

    def add(self, state: _State) -> int:
        self.states.append(state)
        return len(self.states) - 1

    def build(self, node: Node, then: int) -> int:
        self.budget -= 1
        if self.budget < 0:
            raise PatternRefused("too many repetitions")
        match node:
            case One(ranges):
                return self.add(_State(ranges=ranges, targets=[then]))
            case Assertion(kind):
                return self.add(_State(assertion=kind, targets=[then]))
            case Sequence(parts):
                for part in reversed(parts):
                    then = self.build(part, then)
                return then
            case Choice(options):
                return self.add(_State(targets=[self.build(option, then) for option in options]))
            case Repeat():
                return self.repeat(node, then)

    def repeat(self, node: Repeat, then: int) -> int:
        tail = then
        if node.high is None:
            tail = self.add(_State(targets=[then]))
            self.states[tail].targets.append(self.build(node.part, tail))
        else:
            for _ in range(node.high - node.low):
                tail = self.add(_State(targets=[then, self.build(node.part, tail)]))
        for _ in range(node.low):
            tail = self.build(node.part, tail)
        return tail


def _within(unit: int, ranges: Ranges) -> bool:
    return any(low <= unit <= high for low, high in ranges)


_HOLDS: dict[str, Callable[[int | None, int | None], bool]] = {
    "^": lambda before, _: before is None,
    "$": lambda _, after: after is None,
    "b": lambda before, after: _is_word(before) != _is_word(after),
    "B": lambda before, after: _is_word(before) == _is_word(after),
}


def _is_word(unit: int | None) -> bool:
    return unit is not None and _within(unit, WORD)


class Pattern:
    """A compiled pattern.

    Raises `PatternRefused` for a source of over 200 characters, over 1,000 states, or outside of the language.
    """

    def __init__(self, source: str) -> None:
        if len(source) > MAX_SOURCE:
            raise PatternRefused("too long")
        builder = _Builder()
        self.source = source
        self._start = builder.build(Parser(source).whole(), 0)
        self._states = builder.states

    def found_in(self, text: str) -> bool:
        """Whether the pattern matches anywhere in the text, as `RegExp.prototype.test` says."""
        steps: dict[tuple[frozenset[int], int | None, int | None], frozenset[int] | None] = {}
        waiting: frozenset[int] = frozenset()
        for before, after in pairwise([None, *code_units(text), None]):
            key = (waiting, before, after)
            if key not in steps:
                if len(steps) == MAX_STEPS_KEPT:
                    steps.clear()
                steps[key] = self._step(*key)
            following = steps[key]
            if following is None:
                return True
            waiting = following
        return False

    def _step(self, waiting: frozenset[int], before: int | None, after: int | None) -> frozenset[int] | None:
        """The states behind the unit `after`; None where the pattern is found before it."""
        reached = self._reach([*waiting, self._start], before, after)
        if 0 in reached:
            return None
        states = (self._states[number] for number in reached)
        return frozenset(
            state.targets[0]
            for state in states
            if state.ranges is not None and after is not None and _within(after, state.ranges)
        )

    def _reach(self, entered: list[int], before: int | None, after: int | None) -> set[int]:
        seen: set[int] = set()
        while entered:
            number = entered.pop()
            if number in seen:
                continue
            seen.add(number)
            state = self._states[number]
            if state.ranges is None and (state.assertion is None or _HOLDS[state.assertion](before, after)):
                entered.extend(state.targets)
        return seen
