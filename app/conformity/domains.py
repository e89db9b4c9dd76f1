"""Which values of a variable can make a difference: those of its forms, and those that expressions compare it with.

A number is compared by order too, so of each number that is named, its neighbours count as well.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from app.conformity.values import UNSET, Given
from app.expressions import ExpressionError
from app.expressions.juel.tokens import CONSTANTS, Token, segments

_COMPARISONS = {"==", "!=", "<", ">", "<=", ">="}
_BEFORE_TRUTH = {"", "(", "&&", "||", "!"}
_AFTER_TRUTH = {"}", ")", "&&", "||", "?"}


@dataclass
class Domains:
    """Collected over all expressions of a net; `values` is asked when that is done."""

    literals: defaultdict[str, dict[object, None]] = field(default_factory=lambda: defaultdict(dict))
    listed: defaultdict[str, dict[object, None]] = field(default_factory=lambda: defaultdict(dict))
    open_forms: set[str] = field(default_factory=set)
    links: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, source: str | None, frame: str) -> None:
        """Take in what an expression compares with what."""
        for token_list in _expressions(source):
            for number, token in enumerate(token_list):
                if token.kind == "name" and token.text not in CONSTANTS:
                    self._compared(token_list, number, frame)

    def _compared(self, tokens: list[Token], at: int, frame: str) -> None:
        name = frame + tokens[at].text
        before = tokens[at - 1] if at else None
        after = tokens[at + 1]
        for neighbour, other in ((after, at + 2), (before, at - 2)):
            if neighbour is not None and neighbour.symbol in _COMPARISONS and 0 <= other < len(tokens):
                self._literal(name, tokens[other], frame)
        if before is not None and before.symbol == "empty":
            self.literals[name].update({None: None})
        if (before.symbol if before else "") in _BEFORE_TRUTH and after.symbol in _AFTER_TRUTH:
            called = at > 1 and before is not None and before.symbol == "(" and tokens[at - 2].kind == "name"
            if not called:
                self.literals[name].update({True: None, False: None})

    def _literal(self, name: str, token: Token, frame: str) -> None:
        if token.kind == "string":
            self.literals[name][token.value] = None
        elif token.kind == "number" and isinstance(token.value, int | Decimal):
            self.literals[name].update(dict.fromkeys((token.value - 1, token.value, token.value + 1)))
        elif token.text in CONSTANTS:
            value = CONSTANTS[token.text]
            self.literals[name].update({value: None} if value is None else {True: None, False: None})
        elif token.kind == "name":
            self.link(name, frame + token.text)

    def link(self, one: str, other: str) -> None:
        """Let the two have the same values: one is compared with the other, or handed over as it."""
        self.links[one].add(other)
        self.links[other].add(one)

    def form(self, frame: str, name: str, values: tuple[object, ...] | None) -> None:
        """Let a form give the variable one of `values`, or anything (None)."""
        if values is None:
            self.open_forms.add(frame + name)
        else:
            self.listed[frame + name].update(dict.fromkeys(values))

    def values(self, name: str) -> tuple[object, ...]:
        """In a fixed order, one at least."""
        family = sorted(self._family(name))
        listed = {value: None for one in family for value in self.listed.get(one, ())}
        if listed and not self.open_forms.intersection(family):
            return tuple(listed)
        found = {value: None for one in family for value in self.literals.get(one, ())} | listed
        certain = any(isinstance(value, bool | int | Decimal) for value in found if value is not UNSET)
        return tuple(found) if certain else (*found, Given(name))

    def _family(self, name: str) -> set[str]:
        seen, waiting = {name}, [name]
        while waiting:
            for other in self.links.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        return seen


def _expressions(source: str | None) -> Iterator[list[Token]]:
    try:
        yield from (part for part in segments(source or "") if isinstance(part, list))
    except ExpressionError:
        return
