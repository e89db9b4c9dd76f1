"""Which column and which row each shape of a drawing stands in; notes and data follow in `artifacts`."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from app.definitions.layout import ranks, rows
from app.definitions.layout.model import ARTIFACTS, Edge, Lane, Link, Node, Pool, Scope
from app.definitions.layout.ranks import Arc

_UPRIGHT = 2
"""How many steps in a row may stand below or above each other."""
_LONGEST = 3
"""How many columns a step may lead on to make room for a message."""
_MANY = 50_000
"""Messages times nodes, above which the messages count for nothing here."""
_ATTEMPTS = 20
"""After so many, no step is upright."""


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
    beyond = [way for way in outwards(found, messages) if way[0] in known]
    if len(beyond) * len(standing) > _MANY:
        messages, beyond = [], []
    for edge in messages:
        arc = (at.get(edge.source, ""), at.get(edge.target, ""))
        if known.issuperset(arc) and arc[0] != arc[1] and not _reaches(arc[1], arc[0], steps):
            steps.setdefault(arc, 0)
    column = ranks.columns(standing, steps)
    upright = _upright(sorted(onward, key=lambda arc: column[arc[0]]), found.band, hanging)
    longer = _clearing(found.band, standing, steps | dict.fromkeys(upright, 0), beyond)
    steps |= longer
    upright -= longer.keys()
    for attempt in count():
        found.column = ranks.columns(standing, steps | dict.fromkeys(upright, 0))
        sheet = rows.Sheet(standing, found.band, found.column, onward, frozenset(hanging), beyond)
        found.row = {node: float(row) for node, row in rows.rows(sheet).items()}
        blocked = _blocked(upright, found)
        if not blocked:
            break
        upright = upright - blocked if attempt < _ATTEMPTS else set()


def outwards(found: Cells, messages: list[Edge]) -> list[tuple[str, int]]:
    """Each node with a message to another pool, and the side of that: -1 above, 1 below; the nearest pools first."""
    places = {band.pool.id: number for number, band in enumerate(found.bands) if band.pool.id}
    ways = []
    for edge in messages:
        for end, other in ((edge.source, edge.target), (edge.target, edge.source)):
            node, far = found.at.get(end), found.at.get(other)
            place = places.get(other) if far is None else found.band.get(far)
            own = found.band.get(node or "")
            if node and own is not None and place is not None and found.bands[place].pool is not found.bands[own].pool:
                ways.append((abs(place - own), node, 1 if place > own else -1))
    ways.sort(key=lambda way: way[0])
    return list(dict.fromkeys((node, side) for _, node, side in ways))


def _clearing(
    band: dict[str, int], standing: list[str], steps: dict[Arc, int], beyond: list[tuple[str, int]]
) -> dict[Arc, int]:
    """Longer steps to the nodes that have another node in the way of their message, where that helps.

    In the way is what stands in the column in a lane between, and in the own lane what has a message to the same side.
    """
    found: dict[Arc, int] = {}
    ways = set(beyond)
    for node, side in beyond:
        for step in range(_LONGEST + 1):
            trial = found | {arc: step for arc, least in steps.items() if arc[1] == node and step > least}
            column = ranks.columns(standing, steps | trial)
            beside = (one for one in standing if column[one] == column[node] and one != node)
            if not any((band[one] - band[node]) * side > 0 or _rivals(one, node, side, band, ways) for one in beside):
                found = trial
                break
    return found


def _rivals(one: str, node: str, side: int, band: dict[str, int], ways: set[tuple[str, int]]) -> bool:
    return band[one] == band[node] and (one, side) in ways


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


def _blocked(arcs: set[Arc], found: Cells) -> set[Arc]:
    """Those between whose ends something stands, or whose ends are not in one column."""
    places: dict[int, list[tuple[int, float]]] = {}
    for node, column in found.column.items():
        places.setdefault(column, []).append((found.band[node], found.row[node]))
    for standing in places.values():
        standing.sort()
    blocked = set()
    for arc in arcs:
        column = found.column[arc[0]]
        low, high = sorted((found.band[node], found.row[node]) for node in arc)
        standing = places[column]
        if found.column[arc[1]] != column or bisect_left(standing, high) - bisect_left(standing, low) > 1:
            blocked.add(arc)
    return blocked


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
