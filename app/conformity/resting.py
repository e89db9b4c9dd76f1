"""From rest to rest: all that happens by itself after an event, and the events that can come next."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.conformity import tokens as tree
from app.conformity.deciding import Known
from app.conformity.ends import EXTENDED_AT
from app.conformity.joins import release
from app.conformity.moves import Moves
from app.conformity.tokens import ENTER, LEAVE, MULTI, SCOPE, UNEXPLORED, WAIT, Path, Problem, State, Token
from app.conformity.variables import EXTENDED
from app.domain.models.model import EventKind

MOST_MOVES = 20_000
"""Between two rests; more mean a model in which tokens are made without end."""
MOST_TOKENS = 60


@dataclass(frozen=True, slots=True)
class Rest:
    """A state in which nothing moves by itself any more. trace: the steps passed since the last one, in order."""

    state: State
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that can come in a state of rest. step: what ends, or the event that interrupts.

    due: when it comes, as tokens keep it; "" if it may come at any time.
    """

    step: str
    state: State
    due: str


def settle(moves: Moves, state: State) -> list[Rest]:
    """Every rest that the state can come to by itself. A way that goes round without end comes to none."""
    found: dict[State, tuple[str, ...]] = {}
    pending: list[tuple[State, tuple[str, ...]]] = [(state, ())]
    seen = {state}
    moved = 0
    while pending and moved < MOST_MOVES and moves.going():
        moved += 1
        current, trace = pending.pop()
        path = tree.moving(current.tokens)
        if path is None:
            released = release(moves.net, current)
            if released is None:
                found.setdefault(_rested(moves, current), trace)
                continue
            following = [released]
        else:
            token = tree.at(current.tokens, path)
            if _comes(moves, token):
                moves.visited.add(token.step)
                trace = (*trace, token.step)
            following = moves.move(current, path, trace)
        for one in following:
            if len(one.tokens) > MOST_TOKENS:
                moves.problems.setdefault(Problem("unbounded", one.tokens[0].step), trace)
            elif one not in seen:
                seen.add(one)
                pending.append((one, trace))
    if pending:
        moves.problems.setdefault(Problem(UNEXPLORED, _first_step(state), str(MOST_MOVES)), ())
    elif not found and state.tokens:
        moves.problems.setdefault(Problem("round", _first_step(state)), ())
    return [Rest(rest, trace) for rest, trace in found.items()]


def _comes(moves: Moves, token: Token) -> bool:
    at_boundary = moves.net.steps[token.step].node.attached_to is not None
    return token.phase == ENTER or (token.phase == LEAVE and at_boundary)


def _first_step(state: State) -> str:
    path = tree.moving(state.tokens)
    return tree.at(state.tokens, path or (0,)).step


def _rested(moves: Moves, state: State) -> State:
    """Without what nobody will ask for any more."""
    known = moves.deciding.living(dict(state.variables), {token.step for _, token in tree.walk(state.tokens)})
    now = "" if isinstance(state.now, str) else state.now
    return state._replace(now=now).with_variables(known)


def happenings(moves: Moves, state: State) -> Iterator[Happening]:
    """What can come next in a state of rest; the same event at equal tokens comes once."""
    seen: set[tuple[Path, Token]] = set()
    for path, token in tree.walk(state.tokens):
        if token.phase not in (WAIT, SCOPE, MULTI) or (path[:-1], token) in seen:
            continue
        seen.add((path[:-1], token))
        if token.phase == WAIT:
            yield from _completions(moves, state, path, token)
        body = tree.at(state.tokens, path[:-1]) if len(path) > 1 else None
        if body is None or body.phase != MULTI or body.step != token.step:
            yield from _interruptions(moves, state, path, token)


def _completions(moves: Moves, state: State, path: Path, token: Token) -> Iterator[Happening]:
    step = moves.net.steps[token.step]
    now = moves.deciding.timing.event(state.now, step.id, token.due)
    known = moves.handed_in(dict(state.variables), step)
    done = state._replace(now=now).with_variables(known)
    yield Happening(
        step.id, _replaced(done, path, (token._replace(phase=LEAVE, due="", began="", fired=()),)), token.due
    )


def _replaced(state: State, path: Path, new: tuple[Token, ...]) -> State:
    return state.with_tokens(tree.put(state.tokens, path, lambda _: new))


def _interruptions(moves: Moves, state: State, path: Path, token: Token) -> Iterator[Happening]:
    """Boundary events: one that does not interrupt comes once; an error only where nothing is known of the inside."""
    step = moves.net.steps[token.step]
    for boundary in step.boundaries:
        node = moves.net.steps[boundary].node
        if boundary in token.fired or (node.event.kind == EventKind.ERROR and (step.first or step.called)):
            continue
        if node.event.kind == EventKind.ERROR and step.node.call is None:
            continue
        aside = Token(boundary, LEAVE, passed=token.passed)
        new: tuple[Token, ...] = (aside,)
        if not node.interrupting:
            new = (token._replace(fired=tuple(sorted((*token.fired, boundary)))), aside)
        for known, due in _dues(moves, state, boundary, token.began):
            now = moves.deciding.timing.event(state.now, boundary, due)
            extended = {f"{EXTENDED_AT}{token.step}"} if node.event.name == EXTENDED else set()
            come = state._replace(now=now, ends=state.ends | extended).with_variables(known)
            yield Happening(boundary, _replaced(come, path, new), due)


def _dues(moves: Moves, state: State, boundary: str, began: str) -> Iterator[tuple[Known, str]]:
    """When a boundary event comes, as tokens keep it, in each case that makes a difference."""
    step, known = moves.net.steps[boundary], dict(state.variables)
    if step.node.event.timer is None:
        yield known, ""
        return
    for case, value in moves.deciding.evaluate(known, step.node.event.timer, step.frame, state.now, boundary):
        yield case, moves.deciding.timing.timer(step, value, began)
