"""From cells to coordinates: the widths of columns and rows, the room between them, and the frames around."""

from dataclasses import dataclass, field

from app.definitions.layout import wording
from app.definitions.layout.axis import Axis, Slot, Zone
from app.definitions.layout.cells import Band, Cells
from app.definitions.layout.model import LABELLED, Box, Drawing, Edge, Lane, Link, Node, Pool, Shape
from app.definitions.layout.sizes import EVENT

HEADER = 30
"""The strip with the name of a pool or lane."""
LABEL_GAP = 4
_COLUMN_GAP = 50
_ROW_GAP = 40
_LANE_PADDING = 25
_EDGE = 40
_POOL_GAP = 60
_BLACK_BOX = 60
_BESIDE_LABEL = 26
_AROUND_LABEL = 32
_TITLE = 26
"""The strip with the name of a sub-process."""
_EVENT_STEP = 42
_WIDEST_EVENT_STEP = 84
_NARROWEST_POOL = 400
_NARROWEST = 96
"""Of a column with a shape that has its name outside."""


@dataclass(slots=True)
class Board:
    """rows: the slot of each row, by band and row; lanes: first and last part of each band on the y axis."""

    cells: Cells
    nodes: dict[str, Node]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    columns: list[Slot] = field(default_factory=list)
    rows: dict[tuple[int, float], Slot] = field(default_factory=dict)
    spans: list[tuple[Slot | Zone, Slot | Zone]] = field(default_factory=list)
    depth: int = 0

    def width(self) -> int:
        return self.x.parts[-1].end

    def height(self) -> int:
        return self.y.parts[-1].end

    def settle(self) -> None:
        self.x.settle(HEADER * self.depth)
        self.y.settle(0)

    def place(self, drawing: Drawing) -> None:
        """The boxes of the nodes, and the frames of pools and lanes."""
        for name, column in self.cells.column.items():
            node = self.nodes[name]
            x = self.columns[column].middle - node.width // 2
            y = self.rows[(self.cells.band[name], self.cells.row[name])].middle - node.height // 2
            drawing.boxes[name] = Box(x, y, x + node.width, y + node.height)
        for host, events in self.cells.hanging.items():
            _hang(drawing, drawing.boxes[host], events)
        for pool in {id(band.pool): band.pool for band in self.cells.bands}.values():
            self._frame(pool, drawing)

    def _frame(self, pool: Pool, drawing: Drawing) -> None:
        numbers = [number for number, band in enumerate(self.cells.bands) if band.pool is pool]
        if pool.id:
            drawing.frames[pool.id] = Box(0, self._span(numbers)[0], self.width(), self._span(numbers)[1])
        lanes = {id(band.lane): number for number, band in enumerate(self.cells.bands) if band.lane}
        for lane in pool.scope.lanes if pool.scope else ():
            self._lane(lane, HEADER if pool.id else 0, lanes, drawing)

    def _lane(self, lane: Lane, left: int, numbers: dict[int, int], drawing: Drawing) -> None:
        top, bottom = self._span([numbers[id(leaf)] for leaf in lane.leaves()])
        drawing.frames[lane.id] = Box(left, top, self.width(), bottom)
        for inner in lane.inner:
            self._lane(inner, left + HEADER, numbers, drawing)

    def _span(self, numbers: list[int]) -> tuple[int, int]:
        return self.spans[numbers[0]][0].start, self.spans[numbers[-1]][1].end


def _hang(drawing: Drawing, host: Box, events: list[Node]) -> None:
    """The first at the right, so that the edges to the rows below do not cross."""
    step = _event_step(events)
    reach = (len(events) - 1) * step
    middle = host.right - 30 if len(events) == 1 else min(host.right - 30, host.middle.x + (reach + 1) // 2)
    for event in events:
        left = middle - EVENT // 2
        drawing.boxes[event.id] = Box(left, host.bottom - EVENT // 2, left + EVENT, host.bottom + EVENT // 2)
        middle -= step


def _event_step(events: list[Node]) -> int:
    """From one boundary event to the next: most names find room between the edges that leave below."""
    named = [wording.label_size(event.name)[0] + 14 for event in events[1:] if event.name]
    return max(_EVENT_STEP, min(max(named, default=0), _WIDEST_EVENT_STEP))


def board(cells: Cells, nodes: dict[str, Node], edges: list[Edge], *, framed: bool) -> Board:
    """framed: the drawing is the content of a sub-process, whose name stands above and whose marker below."""
    made = Board(cells, nodes)
    made.depth = max((_depth(band.pool) for band in cells.bands), default=0)
    for host, events in cells.hanging.items():
        nodes[host].width = max(nodes[host].width, (len(events) - 1) * _event_step(events) + EVENT)
    _columns(made, edges, framed)
    _rows(made, edges, framed)
    return made


def _depth(pool: Pool) -> int:
    lanes = pool.scope.lanes if pool.scope else []
    return (pool.id is not None) + max((lane.depth() for lane in lanes), default=0)


def _columns(made: Board, edges: list[Edge], framed: bool) -> None:
    number = max(made.cells.column.values(), default=0) + 1
    made.columns = [Slot() for _ in range(number)]
    for name, column in made.cells.column.items():
        node, slot = made.nodes[name], made.columns[column]
        width = max(node.width, _NARROWEST if node.name and node.shape in LABELLED else 0)
        slot.before = max(slot.before, width // 2)
        slot.after = max(slot.after, width - width // 2)
    edge = 30 if framed else _EDGE
    zones = [Zone(edge, (12, 15)), *(Zone(_COLUMN_GAP) for _ in made.columns[1:]), Zone(edge, (15, 12))]
    made.x.parts = [zones[0]]
    for slot, zone in zip(made.columns, zones[1:], strict=True):
        made.x.parts += [slot, zone]
    missing = _NARROWEST_POOL - sum(part.length for part in made.x.parts)
    if made.depth and missing > 0:
        zones[-1].least += missing
    for one in edges:
        if one.name and one.link is Link.SEQUENCE:
            _room_for_name(one, made, zones)


def _room_for_name(edge: Edge, made: Board, zones: list[Zone]) -> None:
    """The gap after the source is wide enough for the name of the edge."""
    cells = made.cells
    source, target = made.nodes[edge.source], made.nodes[edge.target]
    if edge.source not in cells.column or edge.target not in cells.column:
        return
    column = cells.column[edge.source]
    if cells.column[edge.target] <= column:
        return
    needed = wording.label_size(edge.name)[0] + _BESIDE_LABEL
    needed -= made.columns[column].after - source.width // 2
    if cells.column[edge.target] == column + 1:
        needed -= made.columns[column + 1].before - target.width // 2
    if (cells.band[edge.source], cells.row[edge.source]) != (cells.band[edge.target], cells.row[edge.target]):
        needed -= source.width // 2
    zones[column + 1].least = max(zones[column + 1].least, needed)


def _rows(made: Board, edges: list[Edge], framed: bool) -> None:
    for name, row in made.cells.row.items():
        node = made.nodes[name]
        slot = made.rows.setdefault((made.cells.band[name], row), Slot())
        above, below = _reach(node, made.cells.hanging.get(name, []))
        slot.before, slot.after = max(slot.before, above), max(slot.after, below)
    names = [wording.label_size(edge.name)[1] for edge in edges if edge.link is Link.MESSAGE]
    gap = max(_POOL_GAP, max(names, default=0) + _AROUND_LABEL)
    for number, band in enumerate(made.cells.bands):
        parts = _band(made, number, band, framed)
        made.spans.append((parts[0], parts[-1]))
        if made.y.parts and band.first:
            made.y.parts.append(Zone(gap, (18, 18)))
        made.y.parts += parts
        if band.pool.id and band.scope and band.last:
            first = next(index for index, one in enumerate(made.cells.bands) if one.pool is band.pool)
            made.settle()
            _stretch(parts, _height_for(band.pool.name) - (parts[-1].end - made.spans[first][0].start))


def _stretch(parts: list[Slot | Zone], missing: int) -> None:
    """Add to the room above and below the rows of a band."""
    top, bottom = parts[0], parts[-1]
    if missing > 0 and isinstance(top, Zone) and isinstance(bottom, Zone):
        top.least += missing // 2
        bottom.least += missing - missing // 2


def _reach(node: Node, hanging: list[Node]) -> tuple[int, int]:
    above, below = node.height // 2, node.height - node.height // 2
    if node.name and node.shape in LABELLED:
        label = LABEL_GAP + wording.label_size(node.name)[1]
        return above + (label if node.shape is Shape.GATEWAY else 0), below + label
    if hanging:
        names = max(wording.label_size(event.name)[1] if event.name else 0 for event in hanging)
        below += EVENT // 2 + names
    return above, below


def _band(made: Board, number: int, band: Band, framed: bool) -> list[Slot | Zone]:
    if band.scope is None:
        return [Slot(_BLACK_BOX // 2, _BLACK_BOX // 2)]
    rows = [made.rows[(number, row)] for row in made.cells.rows_of(number)] or [Slot(40, 40)]
    if band.pool.id is None and band.lane is None:
        top, bottom = Zone(_EDGE, (_TITLE if framed else 12, 15)), Zone(_EDGE, (15, 16))
    else:
        top, bottom = Zone(_LANE_PADDING, (10, 15)), Zone(_LANE_PADDING, (15, 10))
    parts: list[Slot | Zone] = [top, rows[0]]
    for row in rows[1:]:
        parts += [Zone(_ROW_GAP), row]
    parts.append(bottom)
    if band.lane:
        _stretch(parts, _height_for(band.lane.name) - sum(part.length for part in parts))
    return parts


def _height_for(name: str) -> int:
    """So high that the name, turned upright, stands in two lines."""
    height = wording.width(name, wording.SHAPE_FONT) // 2 + 10
    name = " ".join(name.split())
    while len(wording.wrap(name, height, wording.SHAPE_FONT)) > 2:
        height += 10
    return height + 10
