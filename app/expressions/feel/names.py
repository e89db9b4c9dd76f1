"""The names that a place in a source may use, and the longest one that stands there."""

from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from app.expressions.feel.tokens import Scanner, first_word

Layer = Mapping[str, Set[str]]
"""Names by their first words."""


@lru_cache(maxsize=256)
def layer(names: frozenset[str]) -> Layer:
    """The names, kept: the cells of a table share theirs."""
    found: dict[str, set[str]] = {}
    for name in names:
        _add(name, found)
    return found


def _add(name: str, to: dict[str, set[str]]) -> None:
    """With its white space made single."""
    plain = " ".join(name.split())
    if plain:
        to.setdefault(first_word(plain), set()).add(plain)


class Names:
    """Layers of known names; an inner layer adds to those around it."""

    def __init__(self, scanner: Scanner, *known: Layer) -> None:
        self._scanner = scanner
        self._known = known
        self._layers: list[dict[str, set[str]]] = [{}]

    def push(self, names: Iterable[str]) -> None:
        self._layers.append({})
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """To the innermost layer."""
        _add(name, self._layers[-1])

    def pop(self) -> None:
        self._layers.pop()

    @property
    def depth(self) -> int:
        return len(self._layers)

    def cut(self, depth: int) -> None:
        """Forget the layers within the first `depth` ones."""
        del self._layers[depth:]

    def longest(self, offset: int) -> tuple[str, int] | None:
        """The known name at the offset that takes most of the source, and where it ends."""
        word = first_word(self._scanner.source, offset)
        best: tuple[str, int] | None = None
        for inner in (*self._known, *self._layers):
            for name in inner.get(word, ()):
                end = self._scanner.known(name, offset)
                if end is not None and (best is None or end > best[1]):
                    best = name, end
        return best
