"""Names outside of shapes and at edges: each where it covers nothing, as near to its usual place as can be."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from app.definitions.layout import wording
from app.definitions.layout.cells import Cells
from app.definitions.layout.crowd import Crowd
from app.definitions.layout.model import LABELLED, Box, Drawing, Edge, Link, Node, Point, Shape
from app.definitions.layout.router import length

GAP = 4
_FROM_END = 12
"""Between the end of an edge and its name."""
_SWEEPS = 3
_SHARED = 60
"""It stands at a part that another edge runs along, too."""
_INDOORS = 300
"""The name of a message stands in a pool instead of between two."""


class _Place(NamedTuple):
    box: Box
    cost: int


def usual(box: Box, node: Node) -> Box:
    """Where the name of a node stands if nothing is there: below it."""
    width, height = wording.label_size(node.name)
    left = box.middle.x - width // 2
    return Box(left, box.bottom + GAP, left + width, box.bottom + GAP + height)


def place(drawing: Drawing, nodes: dict[str, Node], names: list[str], edges: list[Edge], cells: Cells) -> None:
    """Find a place for the names of these nodes, then of these edges, among all that the drawing holds already."""
    crowd = _crowd(drawing, nodes, cells)
    wanted: dict[str, list[_Place]] = {}
    for name in names:
        node = nodes[name]
        if node.name and node.shape in LABELLED:
            wanted[name] = list(_beside(drawing.boxes[name], node))
    pools = [drawing.frames[band.pool.id] for band in cells.bands if band.pool.id and band.first]
    for edge in sorted(edges, key=lambda one: length(drawing.paths[one.id])):
        if edge.name:
            places = _along(edge, drawing.paths[edge.id], _others(edge, edges, drawing))
            if edge.link is Link.MESSAGE:
                places = (_Place(one.box, one.cost + _INDOORS * any(map(one.box.meets, pools))) for one in places)
            wanted[edge.id] = list(places)
    for _ in range(_SWEEPS):
        if not _settle(wanted, drawing, crowd):
            break


def _crowd(drawing: Drawing, nodes: dict[str, Node], cells: Cells) -> Crowd:
    crowd = Crowd()
    for name, box in drawing.boxes.items():
        crowd.shape(box, hollow=nodes[name].inner is not None)
    closed = {band.pool.id for band in cells.bands if band.scope is None}
    for name, box in drawing.frames.items():
        if name in closed:
            crowd.shape(box, hollow=False)
        else:
            crowd.frame(box)
    for box in drawing.labels.values():
        crowd.label(box)
    for path in drawing.paths.values():
        for one, two in pairwise(path):
            crowd.run(one, two)
    return crowd


def _settle(wanted: dict[str, list[_Place]], drawing: Drawing, crowd: Crowd) -> bool:
    """Put each name where it is best among the others; whether any has moved."""
    moved = False
    for name, places in wanted.items():
        before = drawing.labels.get(name)
        if before:
            crowd.remove_label(before)
        best = min(places, key=lambda one: one.cost + crowd.cost(one.box)).box
        drawing.labels[name] = best
        crowd.label(best)
        moved |= best != before
    return moved


def _beside(box: Box, node: Node) -> Iterator[_Place]:
    """Around a node; the names of boundary events beside the edge that leaves below."""
    width, height = wording.label_size(node.name)
    middle, aside = box.middle, 6
    inset = 10 if node.shape is Shape.GATEWAY else 0
    centre, right, left = middle.x - width // 2, middle.x + aside, middle.x - aside - width
    below, above = box.bottom + GAP, box.top - GAP - height
    places = [
        (centre, below),
        (centre, above),
        (left, above + inset),
        (right, above + inset),
        (left, below - inset),
        (right, below - inset),
        (box.right + 6, middle.y - height // 2),
        (box.left - 6 - width, middle.y - height // 2),
    ]
    if node.host:
        places = [(right, below - 2), (left, below - 2), *places]
    for number, (x, y) in enumerate(places):
        for shift in (0, 8, 16, 24):
            moved = y + (shift if y > middle.y else -shift)
            yield _Place(Box(x, moved, x + width, moved + height), number * 8 + shift * 3)


def _along(edge: Edge, path: list[Point], others: list[list[Point]]) -> Iterator[_Place]:
    """Beside each straight part, first where the edge begins; better on level parts."""
    width, height = wording.label_size(edge.name)
    before = 0
    for number, (one, two) in enumerate(pairwise(path)):
        whole = abs(one.x - two.x) + abs(one.y - two.y)
        level = one.y == two.y
        size = width if level else height
        tight = max(0, size + _FROM_END - whole)
        forward = 1 if (two.x > one.x or two.y > one.y) else -1
        for offset in _offsets(size, whole):
            x, y = (one.x + forward * offset, one.y) if level else (one.x, one.y + forward * offset)
            cost = number * 10 + tight * 3 + (before + offset) // 6
            cost += _SHARED * any(_is_on(x, y, level, other) for other in others)
            cost += 0 if level or edge.link is Link.MESSAGE else 60
            for shift, dear in ((0, 0), (6, 12)):
                if level:
                    left = x - width // 2
                    yield _Place(Box(left, y - GAP - height - shift, left + width, y - GAP - shift), cost + dear)
                    yield _Place(Box(left, y + GAP + shift, left + width, y + GAP + height + shift), cost + dear + 8)
                else:
                    top = y - height // 2
                    yield _Place(Box(x + 6 + shift, top, x + 6 + shift + width, top + height), cost + dear)
                    yield _Place(Box(x - 6 - shift - width, top, x - 6 - shift, top + height), cost + dear + 8)
        before += whole


def _offsets(size: int, length: int) -> list[int]:
    """Where the middle of the name may come, from the start of the straight part."""
    spare = (length - size) // 2 - _FROM_END
    if spare <= 0:
        return [length // 2 + aside for aside in (0, -6, 6, -12, 12)]
    first, last = size // 2 + _FROM_END, length - size // 2 - _FROM_END
    step = max(4, (last - first) // 16)
    return [*range(first, last + 1, step)]


def _is_on(x: int, y: int, level: bool, path: list[Point]) -> bool:
    for one, two in pairwise(path):
        if level and one.y == two.y == y and min(one.x, two.x) <= x <= max(one.x, two.x):
            return True
        if not level and one.x == two.x == x and min(one.y, two.y) <= y <= max(one.y, two.y):
            return True
    return False


def _others(edge: Edge, edges: list[Edge], drawing: Drawing) -> list[list[Point]]:
    return [
        drawing.paths[other.id]
        for other in edges
        if other is not edge and (other.source == edge.source or other.target == edge.target)
    ]
