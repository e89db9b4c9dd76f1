"""Rows: each node keeps the row of what leads to it, branches stand above and below each other, joins in the middle.

The tree of dominators tells the branches apart: what can only be reached through a node belongs to it as one block, and
the blocks of a node are put together as closely as their columns allow. Each lane (band) counts its rows for itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType

from app.definitions.layout.dominators import ROOT, Tree, above, dominators
from app.definitions.layout.ranks import Arc

Cell = tuple[int, int]
"""Band and column."""

_SWEEPS = 4
_MANY = 500
"""Above this number of nodes, or twice as many arcs, the blocks stay in the order of the file."""


@dataclass(slots=True)
class Sheet:
    """What is to be put into rows. arcs: those that lead on; hanging: those of them that leave downwards.

    messages: a node and the side, -1 above or 1 below, of the pool with which it exchanges a message.
    """

    nodes: Sequence[str]
    band: Mapping[str, int]
    column: Mapping[str, int]
    arcs: Sequence[Arc]
    hanging: frozenset[Arc] = frozenset()
    messages: Sequence[tuple[str, int]] = ()


@dataclass(slots=True)
class _Block:
    """The lowest and the highest row in use in each cell."""

    cells: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    weight: int = 0


def rows(sheet: Sheet) -> dict[str, int]:
    """The row of each node in its band, from 0."""
    tree = dominators(sheet.nodes, sheet.arcs)
    wanted: dict[str, float] = {}
    best = _place(sheet, tree, wanted)
    if len(sheet.nodes) > _MANY or len(sheet.arcs) > 2 * _MANY:
        return best
    least = crossings(sheet, best)
    found = best
    for _ in range(_SWEEPS):
        if not least:
            break
        wanted = _pulls(sheet, tree, found)
        outwards = wanted | {node: inf * side for node, side in sheet.messages}
        for wish in (wanted, outwards) if sheet.messages else (wanted,):
            found = _place(sheet, tree, wish)
            if (number := crossings(sheet, found)) < least:
                best, least = found, number
    return best


def _place(sheet: Sheet, tree: Tree, wanted: Mapping[str, float]) -> dict[str, int]:
    blocks: dict[str, _Block] = {}
    shifts: dict[str, dict[int, int]] = {}
    for node in [*reversed(tree.order), ROOT]:
        blocks[node] = _block(node, sheet, tree, wanted, blocks, shifts)
    total: dict[str, dict[int, int]] = {ROOT: {}}
    row = {}
    for node in tree.order:
        outer, own = total[tree.parent[node]], shifts[node]
        total[node] = {band: outer.get(band, 0) + own.get(band, 0) for band in {**outer, **own}} if own else outer
        row[node] = total[node].get(sheet.band[node], 0)
    return _from_zero(sheet, row)


def _from_zero(sheet: Sheet, row: Mapping[str, int]) -> dict[str, int]:
    used: dict[int, set[int]] = {}
    for node, number in row.items():
        used.setdefault(sheet.band[node], set()).add(number)
    rank = {band: {number: index for index, number in enumerate(sorted(numbers))} for band, numbers in used.items()}
    return {node: rank[sheet.band[node]][number] for node, number in row.items()}


def _block(
    node: str,
    sheet: Sheet,
    tree: Tree,
    wanted: Mapping[str, float],
    blocks: dict[str, _Block],
    shifts: dict[str, dict[int, int]],
) -> _Block:
    """The node with all that it dominates; the shifts of its children are noted."""
    only = {node} if node != ROOT else set()
    branches = [child for child in tree.children[node] if set(tree.sources[child]) <= only]
    joins = sorted((child for child in tree.children[node] if child not in branches), key=lambda one: sheet.column[one])
    branches = _ordered(node, branches, sheet, wanted)
    middle = _middle(node, branches, blocks, sheet)
    hung = all((node, child) in sheet.hanging for child in branches)
    straight = None if hung else branches[middle]
    main = None if hung else _heaviest(node, branches, middle, blocks, sheet)
    block = blocks[main] if main else _Block()
    if main:
        shifts[main] = {}
    if node != ROOT:
        _occupy_own(node, sheet, tree, block)
    if straight and straight != main:
        shifts[straight] = _join(block, blocks[straight], up=True, down=True)
    for child in reversed(branches[:middle]):
        if child != main:
            shifts[child] = _join(block, blocks[child], up=True, down=False)
    for child in branches[middle:]:
        if child not in (main, straight):
            least = {sheet.band[node]: 1} if (node, child) in sheet.hanging else {}
            shifts[child] = _join(block, blocks[child], up=False, down=True, least=least)
    for child in branches:
        _keep_way(node, child, sheet, block, shifts[child])
    for child in joins:
        shifts[child] = _join(block, blocks[child], up=True, down=True)
    return block


def _ordered(node: str, branches: list[str], sheet: Sheet, wanted: Mapping[str, float]) -> list[str]:
    """From above to below: by lane, then by where they lead to, boundary events last."""
    here = sheet.band.get(node, 0)

    def key(child: str) -> tuple[int, bool, float]:
        band = sheet.band[child]
        side = 0 if node == ROOT else (band > here) - (band < here)
        return side, (node, child) in sheet.hanging, wanted.get(child, 0)

    return sorted(branches, key=key)


def _middle(node: str, branches: list[str], blocks: Mapping[str, _Block], sheet: Sheet) -> int:
    """Which branch goes straight on: the largest in the same lane, of equal ones that in the middle."""
    if node == ROOT or not branches:
        return 0
    here = sheet.band[node]
    centre = (len(branches) - 1) // 2

    def key(index: int) -> tuple[bool, bool, int, int]:
        child = branches[index]
        return (
            (node, child) in sheet.hanging,
            sheet.band[child] != here,
            -blocks[child].weight,
            abs(index - centre),
        )

    return min(range(len(branches)), key=key)


def _occupy_own(node: str, sheet: Sheet, tree: Tree, block: _Block) -> None:
    band, column = sheet.band[node], sheet.column[node]
    block.weight += 1
    targets = tree.targets[node]
    end = column + 1
    if len(targets) == 1 and sheet.band[targets[0]] == band and len(sheet.nodes) <= _MANY:
        end = max(end, sheet.column[targets[0]])
    for one in range(column, end):
        low, high = block.cells.get((band, one), (0, 0))
        block.cells[(band, one)] = (min(low, 0), max(high, 0))


def _heaviest(node: str, branches: list[str], middle: int, blocks: Mapping[str, _Block], sheet: Sheet) -> str:
    """The branch that keeps its rows while the others make way: the straight one unless another is larger."""

    def key(child: str) -> tuple[bool, int, bool]:
        return (node, child) not in sheet.hanging, blocks[child].weight, child == branches[middle]

    return max(branches, key=key)


def _keep_way(node: str, child: str, sheet: Sheet, block: _Block, shift: Mapping[int, int]) -> None:
    """The column of a node that branches is free up to the row of each branch."""
    if node != ROOT and sheet.band[node] == sheet.band[child] and (node, child) not in sheet.hanging:
        cell = sheet.band[node], sheet.column[node]
        row = shift.get(cell[0], 0)
        low, high = block.cells[cell]
        block.cells[cell] = (min(low, row), max(high, row))


def _join(
    block: _Block, other: _Block, *, up: bool, down: bool, least: Mapping[int, int] = MappingProxyType({})
) -> dict[int, int]:
    """Put `other` into `block`, each band as near as it fits; the shift of each band that had to move.

    least: rows above which it must not come.
    """
    highest: dict[int, int] = {}
    lowest: dict[int, int] = {}
    clash: set[int] = set()
    for (band, column), (low, high) in other.cells.items():
        if taken := block.cells.get((band, column)):
            lowest[band] = min(lowest.get(band, 0), taken[0] - high - 1)
            highest[band] = max(highest.get(band, 0), taken[1] - low + 1)
            if low <= taken[1] and taken[0] <= high:
                clash.add(band)
    shifts = {}
    for band in lowest:
        if up and down:
            nearest = highest[band] if highest[band] <= -lowest[band] else lowest[band]
            shifts[band] = nearest if band in clash else 0
        else:
            shifts[band] = lowest[band] if up else highest[band]
    for band, row in least.items():
        top = min((low for (one, _), (low, _) in other.cells.items() if one == band), default=row)
        shifts[band] = max(shifts.get(band, 0), row - top)
    for (band, column), (low, high) in other.cells.items():
        shift = shifts.get(band, 0)
        taken = block.cells.get((band, column), (low + shift, high + shift))
        block.cells[(band, column)] = (min(taken[0], low + shift), max(taken[1], high + shift))
    block.weight += other.weight
    return {band: shift for band, shift in shifts.items() if shift}


def _heights(sheet: Sheet, row: Mapping[str, int]) -> dict[str, int]:
    """The row of each node counted over all bands."""
    deep: dict[int, int] = {}
    for node, number in row.items():
        deep[sheet.band[node]] = max(deep.get(sheet.band[node], 0), number + 1)
    first, sum_ = {}, 0
    for band in sorted(deep):
        first[band] = sum_
        sum_ += deep[band]
    return {node: first[sheet.band[node]] + number for node, number in row.items()}


def crossings(sheet: Sheet, row: Mapping[str, int]) -> int:
    """How many pairs of arcs and messages cross, were they straight lines; a node in the way of a message counts twice."""
    height = _heights(sheet, row)
    lines = sorted((sheet.column[one], sheet.column[two], height[one], height[two]) for one, two in sheet.arcs)
    found = 0
    for index, (left, right, start, end) in enumerate(lines):
        for other_left, other_right, other_start, other_end in lines[index + 1 :]:
            if other_left >= right:
                break
            to = min(right, other_right)
            slope, other_slope = (
                (end - start) / max(right - left, 1),
                (other_end - other_start) / max(other_right - other_left, 1),
            )
            before = start + slope * (other_left - left) - other_start
            after = start + slope * (to - left) - (other_start + other_slope * (to - other_left))
            found += before * after < 0
    return found + sum(_in_the_way(node, side, sheet, height) for node, side in sheet.messages)


def _in_the_way(node: str, side: int, sheet: Sheet, height: Mapping[str, int]) -> int:
    column, start = sheet.column[node], height[node]
    found = 2 * sum(sheet.column[one] == column and (height[one] - start) * side > 0 for one in sheet.nodes)
    for one, two in sheet.arcs:
        left, right = sheet.column[one], sheet.column[two]
        if left < column < right:
            crossed = height[one] + (height[two] - height[one]) * (column - left) / (right - left)
            found += (crossed - start) * side > 0
    return found


def _pulls(sheet: Sheet, tree: Tree, row: Mapping[str, int]) -> dict[str, float]:
    """For each block the mean height of what it is joined to outside."""
    height = _heights(sheet, row)
    sums: dict[str, list[int]] = {}
    for source, target in sheet.arcs:
        inside = {target, *above(target, tree)}
        for node in [source, *above(source, tree)]:
            if node in inside:
                break
            sums.setdefault(node, []).append(height[target])
    return {node: sum(values) / len(values) for node, values in sums.items()} | {
        node: float(own) for node, own in height.items() if node not in sums
    }
