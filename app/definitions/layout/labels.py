"""Names outside of shapes and at edges: each where it covers nothing, as near to its usual place as can be."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
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
_MANY = 500
"""Of more names none is moved a second time."""
_SIBLINGS = 50
"""Of more edges at one end none is looked at for parts that they share."""
_ENOUGH = 3_000_000
"""Comparisons, after which the names stand where they usually do."""
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
    wanted: dict[str, Iterable[_Place]] = {}
    for name in names:
        node = nodes[name]
        if node.name and node.shape in LABELLED:
            wanted[name] = _beside(drawing.boxes[name], node)
    pools = [drawing.frames[band.pool.id] for band in cells.bands if band.pool.id and band.scope and band.first]
    paths = _by_end(edges, drawing)
    for edge in sorted(edges, key=lambda one: length(drawing.paths[one.id])):
        if edge.name:
            others = [*paths[edge.source], *paths[edge.target]]
            places = _along(edge, drawing.paths[edge.id], [path for name, path in others if name != edge.id])
            wanted[edge.id] = _outdoors(places, pools) if edge.link is Link.MESSAGE else places
    if len(wanted) <= _MANY:
        wanted = {name: list(places) for name, places in wanted.items()}
    for _ in range(_SWEEPS if len(wanted) <= _MANY else 1):
        if not _settle(wanted, drawing, crowd):
            break


def _by_end(edges: list[Edge], drawing: Drawing) -> dict[str, list[tuple[str, list[Point]]]]:
    found: dict[str, list[tuple[str, list[Point]]]] = {}
    for edge in edges:
        for end in {edge.source, edge.target}:
            found.setdefault(end, []).append((edge.id, drawing.paths[edge.id]))
    return {end: paths if len(paths) <= _SIBLINGS else [] for end, paths in found.items()}


def _outdoors(places: Iterable[_Place], pools: list[Box]) -> Iterator[_Place]:
    """pools: from above to below."""
    tops = [pool.top for pool in pools]
    for one in places:
        at = bisect_left(tops, one.box.bottom) - 1
        yield one._replace(cost=one.cost + _INDOORS * (at >= 0 and one.box.meets(pools[at])))


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


def _settle(wanted: Mapping[str, Iterable[_Place]], drawing: Drawing, crowd: Crowd) -> bool:
    """Put each name where it is best among the others; whether any has moved."""
    moved = False
    for name, places in wanted.items():
        before = drawing.labels.get(name)
        if before:
            crowd.remove_label(before)
        if crowd.effort > _ENOUGH:
            best = min(places, key=lambda one: one.cost).box
        else:
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
