"""All states that a net can come to, with the shortest way to each."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.conformity import tokens as tree
from app.conformity.moves import Moves
from app.conformity.resting import happenings, settle
from app.conformity.tokens import JOIN, SCOPE, UNEXPLORED, WAIT, Problem, State, Token, Tokens

MOST_STATES = 20_000
MOST_MULTIPLIED = 1_000
"""States that are still looked at once it is known that tokens multiply."""
MULTIPLYING = {"unsynchronised", "unbounded"}
MOST_ALIKE = 3
"""Tokens that wait at one place of a scope; from here on it is looked whether they pile up without end."""


@dataclass(frozen=True)
class Space:
    """before: by state, the one it was first come to from and the steps on the way; None for the first.

    following: by state, those that can come next, with the events that bring them. problems: with the way to each.
    complete: whether there are no more states than these.
    """

    before: Mapping[State, tuple[State | None, tuple[str, ...]]]
    following: Mapping[State, Mapping[State, set[str]]]
    problems: Mapping[Problem, tuple[str, ...]]
    complete: bool
    visited: frozenset[str]

    def finals(self) -> list[State]:
        """States in which the case is over."""
        return [state for state in self.before if not state.tokens]

    def halts(self) -> Iterator[tuple[State, Token]]:
        """Tokens at joins to which no other can come any more, as all that is left of their scope waits at joins."""
        for state in self.before:
            for inside in _scopes(state.tokens):
                if all(token.phase == JOIN for token in inside):
                    yield from ((state, token) for token in inside)

    def endless(self) -> list[State]:
        """States from which the case comes neither to an end nor to a halt, nearest to the beginning first."""
        if not self.complete:
            return []
        backward: dict[State, list[State]] = {}
        for state, later in self.following.items():
            for one in later:
                backward.setdefault(one, []).append(state)
        waiting = [state for state, later in self.following.items() if not later]
        ending = set(waiting)
        while waiting:
            for earlier in backward.get(waiting.pop(), ()):
                if earlier not in ending:
                    ending.add(earlier)
                    waiting.append(earlier)
        return [state for state in self.before if state not in ending]

    def without(self, step: str) -> list[State]:
        """The states in which the case can be over without the work of `step` having been done."""
        waiting = [state for state, (earlier, _) in self.before.items() if earlier is None]
        seen = set(waiting)
        while waiting:
            for later, events in self.following.get(waiting.pop(), {}).items():
                if later not in seen and events != {step}:
                    seen.add(later)
                    waiting.append(later)
        return [state for state in seen if not state.tokens]

    def witness(self, state: State | None) -> tuple[str, ...]:
        """The steps on the way to a state."""
        return _way(self.before, state)


Before = Mapping[State, tuple[State | None, tuple[str, ...]]]


def _way(before: Before, state: State | None) -> tuple[str, ...]:
    parts: list[tuple[str, ...]] = []
    while state is not None:
        state, trace = before[state]
        parts.append(trace)
    return tuple(step for part in reversed(parts) for step in part)


def _scopes(tokens: Tokens) -> Iterator[Tokens]:
    """The tokens of each scope that has some."""
    if tokens:
        yield tokens
    for token in tokens:
        yield from _scopes(token.inner)


def explore(moves: Moves) -> Space:
    before: dict[State, tuple[State | None, tuple[str, ...]]] = {}
    following: dict[State, dict[State, set[str]]] = {}
    problems: dict[Problem, tuple[str, ...]] = {}
    pending: deque[State] = deque()

    def reach(source: State | None, state: State) -> list[State]:
        found = []
        for rest in settle(moves, state):
            found.append(rest.state)
            if rest.state not in before:
                before[rest.state] = (source, rest.trace)
                pending.append(rest.state)
        for problem, trace in moves.problems.items():
            if problem not in problems:
                problems[problem] = (*_way(before, source), *trace)
        return found

    reach(None, moves.begin())
    complete = True
    while pending and moves.going():
        state = pending.popleft()
        multiplied = any(problem.code in MULTIPLYING for problem in problems)
        if len(before) > (MOST_MULTIPLIED if multiplied else MOST_STATES):
            complete = False
            break
        piled = _piled(state.tokens)
        if piled is not None and _grows(state, before):
            problems.setdefault(Problem("unbounded", piled), _way(before, state))
            complete = False
            continue
        events = list(happenings(moves, state))
        moves.visited.update(event.step for event in events)
        following[state] = {}
        for event in events:
            for later in reach(state, event.state):
                following[state].setdefault(later, set()).add(event.step)
    complete = complete and not pending and not any(problem.code == UNEXPLORED for problem in problems)
    return Space(before, following, problems, complete, frozenset(moves.visited))


def _piled(tokens: Tokens) -> str | None:
    """A place at which more tokens wait than a scope has reason for."""
    counts: dict[tuple[str, str, str], int] = {}
    for token in tokens:
        if token.phase in (WAIT, JOIN):
            key = (token.step, token.phase, token.flow)
            counts[key] = counts.get(key, 0) + 1
            if counts[key] >= MOST_ALIKE:
                return token.step
        elif token.phase == SCOPE and (inside := _piled(token.inner)):
            return inside
    return None


def _grows(state: State, before: Before) -> bool:
    """Whether the case has been in a state with the same tokens but fewer: then it can have ever more."""
    own = _counted(state.tokens)
    earlier, _ = before[state]
    while earlier is not None:
        other = _counted(earlier.tokens)
        if other != own and all(own.get(place, 0) >= number for place, number in other.items()):
            return True
        earlier, _ = before[earlier]
    return False


def _counted(tokens: Tokens) -> dict[tuple[object, ...], int]:
    counts: dict[tuple[object, ...], int] = {}
    for path, token in tree.walk(tokens):
        key = (len(path), token.step, token.phase, token.flow)
        counts[key] = counts.get(key, 0) + 1
    return counts
