"""What a name may cover, kept in squares so that only what is near is looked at."""

from collections import defaultdict
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
    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[tuple[Box, int]]] = defaultdict(list)

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
        box = box.grown(_AIR)
        for square in _squares(box):
            self._squares[square].remove((box, _LABEL))

    def run(self, one: Point, two: Point) -> None:
        box = Box(min(one.x, two.x), min(one.y, two.y), max(one.x, two.x), max(one.y, two.y))
        self._add(box.grown(2), _RUN)

    def cost(self, box: Box) -> int:
        """What lies under the box: the more and the more important, the dearer."""
        seen = set()
        for square in _squares(box):
            for one, cost in self._squares.get(square, ()):
                if one.meets(box):
                    seen.add((one, cost))
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
        for square in _squares(box):
            self._squares[square].append((box, cost))


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(box.left // _SQUARE, box.right // _SQUARE + 1):
        for y in range(box.top // _SQUARE, box.bottom // _SQUARE + 1):
            yield x, y
