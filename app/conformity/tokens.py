"""The state of a case that is examined: a tree of tokens and what is known of the variables. All values are immutable."""

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import NamedTuple

Path = tuple[int, ...]
"""Where a token stands in the tree: its place among the tokens of each scope, outermost first."""

ENTER, BEGIN, LEAVE, SPLIT, LEFT = "enter", "begin", "leave", "split", "left"
"""Phases of a token that moves by itself."""
WAIT, JOIN, SCOPE, MULTI = "wait", "join", "scope", "multi"
"""Phases of a token that waits: for people or events, for other tokens, for what is inside it."""
MOVING = frozenset({ENTER, BEGIN, LEAVE, SPLIT, LEFT})


class Token(NamedTuple):
    """flow: by which it came, kept while it enters or waits at a join; left: of a sequential multi-instance, what is left.

    due, began: when it will be done and when it began, ISO 8601 in UTC, "" if time does not count.
    fired: its boundary events that have happened.
    passed: merges that another token of its scope has passed by a flow, while this one was there: see `moves.merge`.
    """

    step: str
    phase: str
    flow: str = ""
    left: int = 0
    due: str = ""
    began: str = ""
    fired: tuple[str, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    inner: "tuple[Token, ...]" = ()


Tokens = tuple[Token, ...]
_name = itemgetter(0)


class State(NamedTuple):
    """variables: sorted by name; one that is absent may have any value. ends: what the case has come to so far.

    now: the event that has just happened, or the moment, where time counts.
    """

    tokens: Tokens
    variables: tuple[tuple[str, object], ...] = ()
    now: object = ""
    ends: frozenset[str] = frozenset()

    def with_variables(self, variables: dict[str, object]) -> "State":
        return self._replace(variables=tuple(sorted(variables.items(), key=_name)))

    def with_tokens(self, tokens: Tokens) -> "State":
        return self._replace(tokens=tokens)


UNEXPLORED = "unexplored"
"""The code of a problem: not all was looked at, as there is too much."""


class Problem(NamedTuple):
    """What is wrong with how tokens move: a code of `texts`, where, and what about."""

    code: str
    step: str
    about: str = ""


def at(tokens: Tokens, path: Path) -> Token:
    token = tokens[path[0]]
    for place in path[1:]:
        token = token.inner[place]
    return token


def scope(tokens: Tokens, path: Path) -> Tokens:
    """All tokens of the scope in which the token at `path` stands."""
    return tokens if len(path) == 1 else at(tokens, path[:-1]).inner


def with_scope(tokens: Tokens, path: Path, inside: Tokens) -> Tokens:
    """The tree, with `inside` in place of the scope in which the token at `path` stands."""
    if len(path) == 1:
        return tuple(sorted(inside))
    return put(tokens, path[:-1], lambda token: (token._replace(inner=tuple(sorted(inside))),))


def put(tokens: Tokens, path: Path, change: Callable[[Token], Tokens]) -> Tokens:
    """The tree with what `change` makes of the token at `path` in its place."""
    place = path[0]
    if len(path) == 1:
        new = change(tokens[place])
    else:
        token = tokens[place]
        new = (token._replace(inner=put(token.inner, path[1:], change)),)
    return tuple(sorted(tokens[:place] + new + tokens[place + 1 :]))


def walk(tokens: Tokens, above: Path = ()) -> Iterator[tuple[Path, Token]]:
    """Every token with its place, each before those inside it."""
    for place, token in enumerate(tokens):
        path = (*above, place)
        yield path, token
        if token.inner:
            yield from walk(token.inner, path)


def moving(tokens: Tokens) -> Path | None:
    """The first token that moves by itself: also one whose inside has come to its end."""
    for path, token in walk(tokens):
        if token.phase in MOVING or (token.phase in (SCOPE, MULTI) and not token.inner):
            return path
    return None
