"""A whole diagram, from the inside out: the content of each sub-process, then what it stands in."""

from app.definitions.layout import artifacts, groups, labels
from app.definitions.layout.board import Board, board
from app.definitions.layout.cells import Cells, cells, nodes
from app.definitions.layout.field import Field, Net, Wall, band, soft
from app.definitions.layout.model import Box, Drawing, Edge, Link, Node, Plan, Pool, Scope, Shape
from app.definitions.layout.outline import outline, relays
from app.definitions.layout.pools import ordered
from app.definitions.layout.sizes import measure
from app.definitions.layout.wiring import Wiring

_PASSES = 3
_ORIGIN = (160, 80)


def arrange(plan: Plan) -> Drawing:
    measure(plan)
    drawing = Drawing()
    whole, size = _draw(ordered(plan), plan.edges, framed=False)
    drawing.add(whole, _ORIGIN[0] - size.left, _ORIGIN[1] - size.top)
    groups.draw(plan.groups, drawing)
    return drawing


def _draw(pools: list[Pool], messages: list[Edge], *, framed: bool) -> tuple[Drawing, Box]:
    """The drawing and how far it reaches. framed: it is the content of a sub-process."""
    scopes = [pool.scope for pool in pools if pool.scope]
    insides = {node.id: _inside(node, node.inner) for scope in scopes for node in scope.nodes.values() if node.inner}
    everything = {node.id: node for scope in scopes for node in nodes(scope)}
    edges = [edge for scope in scopes for edge in scope.edges] + messages
    grid = cells(pools, messages)
    for scope in scopes:
        artifacts.place(grid, scope, messages)
    made = board(grid, everything, edges, framed=framed)
    for _ in range(_PASSES):
        made.settle()
        drawing = Drawing()
        made.place(drawing)
        for name, inside in insides.items():
            drawing.add(inside, drawing.boxes[name].left, drawing.boxes[name].top)
        outside = outline(drawing, pools, messages)
        overlaps = _wire(made, drawing, edges, everything, pools, outside)
        widened = [(made.y if level else made.x).widen(line) for level, line in sorted(overlaps)]
        if not any(widened):
            break
    return drawing, _whole(made, drawing)


def _wire(
    made: Board,
    drawing: Drawing,
    edges: list[Edge],
    everything: dict[str, Node],
    pools: list[Pool],
    outside: list[Edge],
) -> set[tuple[bool, int]]:
    """Lead the edges and place the names; the lines (level or not, and where) that are too crowded.

    Messages and associations come last, so that they can go around the names of what is drawn already.
    outside: edges that have their path.
    """
    wiring = Wiring(_field(made, drawing, everything, pools), everything, drawing)
    nets = _nets(edges, made, drawing, pools)
    first = [edge for edge in edges if edge.link is Link.SEQUENCE]
    later = [edge for edge in edges if edge.link is not Link.SEQUENCE]
    waiting = {end for edge in later for end in (edge.source, edge.target)}
    own = made.cells.at
    whole, led = _whole(made, drawing), {edge.id for edge in outside}
    for edge in [*_inner_edges(pools), *outside]:
        ends = frozenset((edge.source, edge.target))
        wiring.field.add(Net(edge.id, edge.link, edge.source, edge.target, ends, ends, whole), drawing.paths[edge.id])
    wiring.lead([nets[edge.id] for edge in first])
    known = set(drawing.labels)
    labels.place(drawing, everything, [name for name in own if name not in waiting | known], first, made.cells)
    wiring.field.avoid([soft(box, name) for name, box in drawing.labels.items() if name not in known])
    for link in (Link.MESSAGE, Link.ASSOCIATION):
        wiring.lead([nets[edge.id] for edge in later if edge.link is link and edge.id not in led])
    labels.place(drawing, everything, [name for name in own if name in waiting - known], later, made.cells)
    return set() if wiring.is_tired else set(wiring.overlaps())


def _whole(made: Board, drawing: Drawing) -> Box:
    """With the pools that reach further than the others."""
    frames = drawing.frames.values()
    left = min((frame.left for frame in frames), default=0)
    return Box(min(left, 0), 0, max([made.width(), *(frame.right for frame in frames)]), made.height())


def _inner_edges(pools: list[Pool]) -> list[Edge]:
    """Those that are drawn already, inside sub-processes."""
    scopes = [pool.scope for pool in pools if pool.scope]
    return [edge for scope in scopes for node in nodes(scope) if node.inner for edge in node.inner.edges]


def _inside(node: Node, scope: Scope) -> Drawing:
    drawing, size = _draw([Pool(None, "", scope)], [], framed=True)
    node.width, node.height = size.width, size.height
    return drawing


def _around(scope: Scope, outer: frozenset[str]) -> dict[str, frozenset[str]]:
    """For each node the sub-processes around it."""
    found = dict.fromkeys(scope.nodes, outer)
    for node in scope.nodes.values():
        if node.inner:
            found |= _around(node.inner, outer | {node.id})
    return found


def _field(made: Board, drawing: Drawing, everything: dict[str, Node], pools: list[Pool]) -> Field:
    walls = [Wall(box, name) for name, box in drawing.boxes.items()]
    walls += [soft(box, name) for name, box in drawing.labels.items()]
    walls += [
        soft(labels.usual(drawing.boxes[name], everything[name]), name)
        for name in made.cells.column
        if everything[name].name and everything[name].shape in (Shape.EVENT, Shape.DATA)
    ]
    walls += [band(drawing.frames[pool.id], pool.id) for pool in pools if pool.id and not pool.scope]
    return Field(made.x.lines(), made.y.lines(), walls)


def _nets(edges: list[Edge], made: Board, drawing: Drawing, pools: list[Pool]) -> dict[str, Net]:
    whole = _whole(made, drawing)
    follows = relays([edge for edge in edges if edge.link is Link.MESSAGE], pools)
    rooms: dict[str, Box] = {}
    around: dict[str, frozenset[str]] = {}
    for scope, frame in ((pool.scope, drawing.frames.get(pool.id or "", whole)) for pool in pools if pool.scope):
        around |= _around(scope, frozenset())
        rooms |= dict.fromkeys((node.id for node in nodes(scope)), frame)
    nets = {}
    for edge in edges:
        ends = {edge.source, edge.target}
        within = edge.link is not Link.MESSAGE and rooms.get(edge.source) == rooms.get(edge.target)
        room = rooms.get(edge.source, whole) if within else whole
        outer = frozenset(name for end in ends for name in around.get(end, ()))
        back = _leads_back(edge, made.cells)
        solid, relay = frozenset(ends), follows.get(edge.id)
        nets[edge.id] = Net(edge.id, edge.link, edge.source, edge.target, solid, outer, room, back, relay)
    return nets


def _leads_back(edge: Edge, grid: Cells) -> bool:
    one, two = (grid.column.get(grid.at.get(end, "")) for end in (edge.source, edge.target))
    return one is not None and two is not None and two <= one
