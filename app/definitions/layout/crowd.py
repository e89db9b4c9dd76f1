"""What a name may cover, kept in squares so that only what is near is looked at."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from app.definitions.layout.model import Box, Point

_SQUARE = 128
_SHAPE = 4000
_LABEL = 3000
_RUN = 500
_FRAME = 150
_HEADER = 30
_AIR = 3
"""Kept free around a name."""


class Crowd:
    """effort: how many things have been compared with a name."""

    def __init__(self) -> None:
        self.effort = 0
        self._squares: dict[tuple[int, int], Counter[tuple[Box, int]]] = defaultdict(Counter)

    def shape(self, box: Box, *, hollow: bool) -> None:
        """hollow: only its border counts, names may stand inside."""
        if hollow:
            self._border(box, 2, _SHAPE)
        else:
            self._add(box.grown(_AIR), _SHAPE)

    def frame(self, box: Box) -> None:
        """A pool or lane: its border, and the strip with its name."""
        self._border(box, 4, _FRAME)
        self._add(Box(box.left, box.top, box.left + _HEADER, box.bottom), _SHAPE)

    def label(self, box: Box) -> None:
        self._add(box.grown(_AIR), _LABEL)

    def remove_label(self, box: Box) -> None:
        thing = (box.grown(_AIR), _LABEL)
        for square in _squares(thing[0]):
            self._squares[square][thing] -= 1
            if not self._squares[square][thing]:
                del self._squares[square][thing]

    def run(self, one: Point, two: Point) -> None:
        box = Box(min(one.x, two.x), min(one.y, two.y), max(one.x, two.x), max(one.y, two.y))
        self._add(box.grown(2), _RUN)

    def cost(self, box: Box) -> int:
        """What lies under the box: the more and the more important, the dearer."""
        seen: set[tuple[Box, int]] = set()
        for square in _squares(box):
            things = self._squares.get(square) or ()
            self.effort += len(things)
            seen |= {thing for thing in things if thing[0].meets(box)}
        return sum(cost for _, cost in seen)

    def _border(self, box: Box, wide: int, cost: int) -> None:
        left, top, right, bottom = box
        for side in (
            Box(left, top, right, top),
            Box(left, bottom, right, bottom),
            Box(left, top, left, bottom),
            Box(right, top, right, bottom),
        ):
            self._add(side.grown(wide), cost)

    def _add(self, box: Box, cost: int) -> None:
        thing = (box, cost)
        for square in _squares(box):
            self._squares[square][thing] += 1


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(box.left // _SQUARE, box.right // _SQUARE + 1):
        for y in range(box.top // _SQUARE, box.bottom // _SQUARE + 1):
            yield x, y
