"""Which column and which row each shape of a drawing stands in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.definitions.layout import ranks, rows
from app.definitions.layout.model import ARTIFACTS, Edge, Lane, Link, Node, Pool, Scope
from app.definitions.layout.ranks import Arc

_UPRIGHT = 2
"""How many steps in a row may stand below or above each other."""


@dataclass(slots=True)
class Band:
    """A lane, or a process without lanes, as rows of nodes; a pool without a process has neither scope nor rows."""

    pool: Pool
    lane: Lane | None
    scope: Scope | None
    first: bool
    last: bool


@dataclass(slots=True)
class Cells:
    """column, row: of each node that stands by itself; rows are counted within the band and may lie between two.

    hanging: the boundary events of each activity; at: for every node the one that stands for it in the grid.
    """

    bands: list[Band]
    band: dict[str, int] = field(default_factory=dict)
    column: dict[str, int] = field(default_factory=dict)
    row: dict[str, float] = field(default_factory=dict)
    hanging: dict[str, list[Node]] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)

    def rows_of(self, band: int) -> list[float]:
        return sorted({row for node, row in self.row.items() if self.band[node] == band})


def nodes(scope: Scope) -> Iterator[Node]:
    """Of the scope and of all sub-processes in it."""
    for node in scope.nodes.values():
        yield node
        if node.inner:
            yield from nodes(node.inner)


def cells(pools: list[Pool], messages: list[Edge]) -> Cells:
    found = Cells(list(_bands(pools)))
    for number, band in enumerate(found.bands):
        if band.scope:
            found.band |= dict.fromkeys(band.lane.nodes if band.lane else band.scope.nodes, number)
    scopes = [pool.scope for pool in pools if pool.scope]
    at = found.at
    for scope in scopes:
        for node in scope.nodes.values():
            at[node.id] = node.host or node.id
            if node.host:
                found.hanging.setdefault(node.host, []).append(node)
            if node.inner:
                at |= dict.fromkeys((inner.id for inner in nodes(node.inner)), node.id)
    _flow_nodes(found, scopes, messages)
    for scope in scopes:
        _artifacts(found, scope)
    return found


def _bands(pools: list[Pool]) -> Iterator[Band]:
    for pool in pools:
        leaves = [leaf for lane in pool.scope.lanes for leaf in lane.leaves()] if pool.scope else []
        if not leaves:
            yield Band(pool, None, pool.scope, first=True, last=True)
        for leaf in leaves:
            yield Band(pool, leaf, pool.scope, first=leaf is leaves[0], last=leaf is leaves[-1])


def _flow_nodes(found: Cells, scopes: list[Scope], messages: list[Edge]) -> None:
    at = found.at
    standing = [
        node.id for scope in scopes for node in scope.nodes.values() if not node.host and node.shape not in ARTIFACTS
    ]
    known = set(standing)
    arcs: list[Arc] = []
    hanging = set()
    for edge in (edge for scope in scopes for edge in scope.edges):
        if edge.link is Link.SEQUENCE and (arc := (at[edge.source], at[edge.target])) and known.issuperset(arc):
            arcs.append(arc)
            if at[edge.source] != edge.source:
                hanging.add(arc)
    onward, _ = ranks.split(standing, arcs)
    onward.sort(key={arc: number for number, arc in reversed(list(enumerate(arcs)))}.__getitem__)
    steps = dict.fromkeys(onward, 1)
    for edge in messages:
        arc = (at.get(edge.source, ""), at.get(edge.target, ""))
        if known.issuperset(arc) and arc[0] != arc[1] and not _reaches(arc[1], arc[0], steps):
            steps.setdefault(arc, 0)
    column = ranks.columns(standing, steps)
    upright = _upright(sorted(onward, key=lambda arc: column[arc[0]]), found.band, hanging)
    while True:
        found.column = ranks.columns(standing, steps | dict.fromkeys(upright, 0))
        sheet = rows.Sheet(standing, found.band, found.column, onward, frozenset(hanging))
        found.row = {node: float(row) for node, row in rows.rows(sheet).items()}
        blocked = {arc for arc in upright if _is_blocked(arc, found)}
        if not blocked:
            break
        upright -= blocked


def _upright(arcs: list[Arc], band: dict[str, int], hanging: set[Arc]) -> set[Arc]:
    """The arcs between neighbouring lanes that may run straight up or down in one column, a few in a row at most."""
    leaving, entering = Counter(arc[0] for arc in arcs), Counter(arc[1] for arc in arcs)
    found: dict[str, Arc] = {}
    length: dict[str, int] = {}
    for arc in arcs:
        source, target = arc
        way = band[target] - band[source]
        if abs(way) != 1 or leaving[source] > 1 or entering[target] > 1 or arc in hanging:
            continue
        before = found.get(source)
        if before and (band[source] - band[before[0]] != way or length[source] >= _UPRIGHT):
            continue
        found[target], length[target] = arc, length.get(source, 0) + 1
    return set(found.values())


def _is_blocked(arc: Arc, found: Cells) -> bool:
    """Whether something stands between the two, or they are not in one column."""
    source, target = arc
    low, high = sorted((found.band[node], found.row[node]) for node in arc)
    column = found.column[source]
    return column != found.column[target] or any(
        found.column[node] == column and low < (found.band[node], row) < high for node, row in found.row.items()
    )


def _reaches(start: str, end: str, steps: dict[Arc, int]) -> bool:
    following: dict[str, list[str]] = {}
    for source, target in steps:
        following.setdefault(source, []).append(target)
    seen, queue = {start}, [start]
    while queue:
        for target in following.get(queue.pop(), ()):
            if target not in seen:
                seen.add(target)
                queue.append(target)
    return end in seen


def _artifacts(found: Cells, scope: Scope) -> None:
    """Notes above, data below what they belong to; those that belong to nothing above the first columns."""
    taken = {(found.band[node], column, found.row[node]) for node, column in found.column.items()}
    taken |= _passed(found, scope)
    known = {(found.band[node], row) for node, row in found.row.items()}
    busy = _busy_sides(found, scope)
    for node in scope.nodes.values():
        if node.shape not in ARTIFACTS:
            continue
        owner = _owner(node, scope, found)
        if owner is None:
            band, middle, own = found.band[node.id], -1.0, 0
        else:
            band, middle, own = found.band[owner], found.row[owner], found.column[owner]
        usual = -0.5 if node.kind == "textAnnotation" else 0.5
        places = [
            (
                2 * aside + (shift != usual) + 3 * (not aside and (owner, shift) in busy),
                column,
                middle + (2 * shift if _is_free((band, column, middle + 2 * shift), known, taken) else shift),
            )
            for aside in range(len(scope.nodes) + 1)
            for column in {own + aside, max(own - aside, 0)}
            for shift in (usual, -usual)
        ]
        _, column, row = min(place for place in places if (band, place[1], place[2]) not in taken)
        taken.add((band, column, row))
        found.band[node.id], found.column[node.id], found.row[node.id] = band, column, row


def _is_free(place: tuple[int, int, float], known: set[tuple[int, float]], taken: set[tuple[int, int, float]]) -> bool:
    """Whether there is such a row, with nothing in this column."""
    return (place[0], place[2]) in known and place not in taken


def _passed(found: Cells, scope: Scope) -> set[tuple[int, int, float]]:
    """The cells that edges may run through from left to right."""
    passed: set[tuple[int, int, float]] = set()
    for edge in scope.edges:
        one, two = found.at.get(edge.source), found.at.get(edge.target)
        if edge.link is Link.SEQUENCE and one in found.row and two in found.row:
            first, last = sorted((found.column[one], found.column[two]))
            for node in (one, two):
                passed |= {(found.band[node], column, found.row[node]) for column in range(first, last + 1)}
    return passed


def _busy_sides(found: Cells, scope: Scope) -> set[tuple[str | None, float]]:
    """Each node with the sides, above (-0.5) and below (0.5), on which an edge leads to another row."""
    busy: set[tuple[str | None, float]] = set()
    for edge in scope.edges:
        one, two = found.at.get(edge.source), found.at.get(edge.target)
        if edge.link is Link.SEQUENCE and one in found.row and two in found.row:
            heights = [(found.band[node], found.row[node]) for node in (one, two)]
            if heights[0] != heights[1]:
                down = heights[0] < heights[1]
                busy |= {(one, 0.5 if down else -0.5), (two, -0.5 if down else 0.5)}
    return busy


def _owner(node: Node, scope: Scope, found: Cells) -> str | None:
    sources = {edge.id: edge.source for edge in scope.edges}
    for edge in scope.edges:
        if edge.link is Link.ASSOCIATION and node.id in (edge.source, edge.target):
            end = edge.target if edge.source == node.id else edge.source
            other = found.at.get(sources.get(end, end))
            if other in found.column and other != node.id:
                return other
    return None
