"""The names that a place in a source may use, and the longest one that stands there."""

from collections.abc import Iterable

from app.expressions.feel.tokens import Scanner, first_word


class Names:
    """Layers of known names, by their first words; an inner layer adds to those around it."""

    def __init__(self, scanner: Scanner, names: Iterable[str]) -> None:
        self._scanner = scanner
        self._layers: list[dict[str, set[str]]] = []
        self.push(names)

    def push(self, names: Iterable[str]) -> None:
        self._layers.append({})
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """To the innermost layer, with its white space made single."""
        plain = " ".join(name.split())
        if plain:
            self._layers[-1].setdefault(first_word(plain), set()).add(plain)

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
        for layer in self._layers:
            for name in layer.get(word, ()):
                end = self._scanner.known(name, offset)
                if end is not None and (best is None or end > best[1]):
                    best = name, end
        return best
