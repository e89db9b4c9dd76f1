"""Notes above, data below what they belong to; those that belong to nothing above the first columns."""

from collections.abc import Mapping

from app.definitions.layout.cells import Cells, outwards
from app.definitions.layout.model import ARTIFACTS, Edge, Link, Scope

Cell = tuple[int, int, float]
"""Band, column and row."""

_MANY_CELLS = 250_000
"""Of more cells that edges pass, artifacts may stand in some."""


def place(found: Cells, scope: Scope, messages: list[Edge]) -> None:
    """Give each note and data object of the scope its cell."""
    artifacts = [node for node in scope.nodes.values() if node.shape in ARTIFACTS]
    if not artifacts:
        return
    taken = {(found.band[node], column, found.row[node]) for node, column in found.column.items()}
    taken |= _passed(found, scope)
    beyond = [(node, side / 2) for node, side in outwards(found, messages) if node in scope.nodes and node in found.row]
    ways = {(found.band[node], found.column[node], found.row[node] + side): node for node, side in beyond}
    known = {(found.band[node], row) for node, row in found.row.items()}
    busy = _busy_sides(found, scope).union(beyond)
    owners = _owners(scope, found)
    full: dict[str | None, int] = {}
    for node in artifacts:
        owner = next((one for one in owners.get(node.id, ()) if one in found.column), None)
        if owner is None:
            band, middle, own = found.band[node.id], -1.0, 0
        else:
            band, middle, own = found.band[owner], found.row[owner], found.column[owner]
        usual = -0.5 if node.kind == "textAnnotation" else 0.5
        best: tuple[float, int, float] | None = None
        aside = full.get(owner, 0)
        while best is None or best[0] >= 2 * aside:
            places = [
                (
                    2 * aside + (shift != usual) + 3 * (not aside and (owner, shift) in busy),
                    column,
                    middle + (2 * shift if _is_free((band, column, middle + 2 * shift), known, taken) else shift),
                )
                for column in {own + aside, max(own - aside, 0)}
                for shift in (usual, -usual)
            ]
            free = (one for one in [best, *places] if one and _may_stand((band, *one[1:]), owner, taken, ways))
            best = min(free, default=None)
            aside += 1
            if best is None:
                full[owner] = aside
        taken.add((band, *best[1:]))
        found.band[node.id], found.column[node.id], found.row[node.id] = band, *best[1:]


def _may_stand(cell: Cell, owner: str | None, taken: set[Cell], ways: Mapping[Cell, str]) -> bool:
    """Whether the cell is empty, and no message of another node leads through it."""
    return cell not in taken and ways.get(cell, owner) == owner


def _is_free(cell: Cell, known: set[tuple[int, float]], taken: set[Cell]) -> bool:
    """Whether there is such a row, with nothing in this column."""
    return (cell[0], cell[2]) in known and cell not in taken


def _passed(found: Cells, scope: Scope) -> set[Cell]:
    """The cells that edges may run through from left to right."""
    passed: set[Cell] = set()
    for edge in scope.edges:
        one, two = found.at.get(edge.source), found.at.get(edge.target)
        if edge.link is Link.SEQUENCE and one in found.row and two in found.row and len(passed) < _MANY_CELLS:
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


def _owners(scope: Scope, found: Cells) -> dict[str, list[str]]:
    """For each artifact what associations join it to, themselves or by an edge."""
    sources = {edge.id: edge.source for edge in scope.edges}
    owners: dict[str, list[str]] = {}
    for edge in scope.edges:
        if edge.link is Link.ASSOCIATION:
            for artifact, end in ((edge.source, edge.target), (edge.target, edge.source)):
                other = found.at.get(sources.get(end, end))
                if other is not None and other != artifact:
                    owners.setdefault(artifact, []).append(other)
    return owners
