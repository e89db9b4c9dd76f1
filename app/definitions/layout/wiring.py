"""All edges of a drawing, led one after the other, the simplest first, and once more where they got into a tangle."""

from collections.abc import Iterator
from itertools import pairwise

from app.definitions.layout.field import OVERLAP, Field, Net
from app.definitions.layout.model import Box, Drawing, Link, Node, Point, Shape
from app.definitions.layout.ports import band_docks, docks, edge_docks, middle_of
from app.definitions.layout.router import Port, route

_AGAIN = 2
_EFFORT = (200_000, 400)
"""At first, and for each edge: beyond this edges get a plain corner. Only graphs need it that no drawing makes readable."""
_DOCKS = 120
"""Places at the border of a pool that a message may choose from."""
_ORDER = (Link.SEQUENCE, Link.MESSAGE, Link.ASSOCIATION)


class Wiring:
    """nodes: the shapes by id; drawing: holds their boxes and those of the pools, and gets the paths."""

    def __init__(self, field: Field, nodes: dict[str, Node], drawing: Drawing) -> None:
        self.field, self.nodes, self.drawing = field, nodes, drawing
        self.nets: list[Net] = []

    @property
    def allowed(self) -> int:
        """The effort that is not too much for so many edges."""
        return _EFFORT[0] + _EFFORT[1] * len(self.nets)

    @property
    def is_tired(self) -> bool:
        """Whether so much has been tried that no edge is led a second time."""
        return self.field.effort > self.allowed // 2

    def lead(self, nets: list[Net]) -> None:
        """Find a path for each net; where there is none, a plain corner stands in for it."""
        ordered = sorted(nets, key=self._rank)
        self.nets += nets
        for net in ordered:
            self._lead(net)
        for _ in range(_AGAIN):
            changed = [self._untangle(net) for net in ordered]
            if not any(changed):
                break

    def overlaps(self) -> Iterator[tuple[bool, int]]:
        """The lines on which edges run over each other; True: a level line, at this y; False: an upright one."""
        for net in self.nets:
            self.field.remove(net)
            for level, line, low, high in _runs(self.drawing.paths[net.id]):
                if self.field.overlap(net, level, line, min(low, high), max(low, high)) >= OVERLAP:
                    yield level, line
            self.field.add(net, self.drawing.paths[net.id])

    def _untangle(self, net: Net) -> bool:
        """Lead the net once more if it crosses another; whether it has a new path."""
        path = self.drawing.paths[net.id]
        if self.is_tired:
            return False
        self.field.remove(net)
        if self._troubled(net):
            self._lead(net)
            return self.drawing.paths[net.id] != path
        self.field.add(net, path)
        return False

    def _troubled(self, net: Net) -> bool:
        return any(self.field.step(net, *run) != 0 for run in _runs(self.drawing.paths[net.id]))

    def _rank(self, net: Net) -> tuple[int, bool, bool, bool, int, str]:
        """Straight ones first, then those that leave gateways, which have few corners; the way back last."""
        one, two = self._box(net.source), self._box(net.target)
        across = abs(one.middle.y - two.middle.y)
        along = max(two.left - one.right, one.left - two.right, 0)
        source = self.nodes.get(net.source)
        forks = source is not None and source.shape is Shape.GATEWAY
        between_pools = source is None and net.target not in self.nodes
        order = _ORDER.index(net.link) * 2 + between_pools
        return order, net.back, across > 0, not forks, across + along, net.id

    def _box(self, name: str) -> Box:
        if path := self.drawing.paths.get(name):
            middle = middle_of(path)[0]
            return Box(*middle, *middle)
        return self.drawing.boxes.get(name) or self.drawing.frames[name]

    def _lead(self, net: Net) -> None:
        found = None
        if self.field.effort < self.allowed:
            found = route(self.field, net, self._docks(net, leaving=True), self._docks(net, leaving=False))
        if found is None:
            one, two = self._box(net.source).middle, self._box(net.target).middle
            path = [one, Point(two.x, one.y), two]
        else:
            path = found[1]
        self.drawing.paths[net.id] = path
        self.field.add(net, path)

    def _docks(self, net: Net, *, leaving: bool) -> list[Port]:
        name = net.source if leaving else net.target
        if node := self.nodes.get(name):
            return docks(self._box(name), node, net, leaving=leaving)
        if path := self.drawing.paths.get(name):
            return edge_docks(path)
        return self._band_docks(net, name, net.target if leaving else net.source, leaving)

    def _band_docks(self, net: Net, pool: str, other: str, leaving: bool) -> list[Port]:
        box, far, near = self._box(pool), self._box(other), self._handed_on(net)
        lines = set(self.field.xs) if near is None else {*self.field.xs, near}
        if node := self.nodes.get(other):
            lines |= {port.x for port in docks(far, node, net, leaving=not leaving)}
        around = far.middle.x if near is None else near
        nearest = sorted(lines, key=lambda x: (abs(x - around), x))[:_DOCKS]
        return band_docks(box, sorted(nearest), near, inside=box.holds(far))

    def _handed_on(self, net: Net) -> int | None:
        """Where the message docks that a pool hands on with this one."""
        path = self.drawing.paths.get(net.relay.id) if net.relay else None
        if net.relay is None or path is None:
            return None
        return path[0 if net.relay.source in (net.source, net.target) else -1].x


def _runs(path: list[Point]) -> Iterator[tuple[bool, int, int, int]]:
    """Level or not, the line, and from where to where on it."""
    for one, two in pairwise(path):
        if one.y == two.y:
            yield True, one.y, one.x, two.x
        else:
            yield False, one.x, one.y, two.y
