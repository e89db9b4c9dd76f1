"""The order of the pools from above to below: each black box next to what it talks to."""

from collections.abc import Mapping
from itertools import combinations

from app.definitions.layout.model import Plan, Pool, Scope

_POOL = 3
"""A message past a pool is as bad as one past so many lanes."""


def ordered(plan: Plan) -> list[Pool]:
    """The pools with a process in the order of the file, the black boxes where their messages are shortest."""
    result = [pool for pool in plan.pools if pool.scope]
    boxes = [pool for pool in plan.pools if not pool.scope]
    talk = {pool.id: sum(pool.id in (edge.source, edge.target) for edge in plan.edges) for pool in boxes}
    lanes = {node: lane for pool in result for node, lane in _lanes(pool).items()}
    near = [box for box in boxes if _talks_to(box, result, lanes, plan)]
    for box in [*near, *(box for box in boxes if box not in near)]:
        places = range(len(result) + 1) if talk[box.id] else [len(result)]
        result = min(
            ([*result[:place], box, *result[place:]] for place in places), key=lambda order: _length(order, lanes, plan)
        )
    return _improved(result, boxes, lanes, plan)


def _improved(
    result: list[Pool], boxes: list[Pool], lanes: Mapping[str, tuple[str, int, int]], plan: Plan
) -> list[Pool]:
    """Each black box moved once more, now that all stand."""
    for box in boxes:
        rest = [pool for pool in result if pool is not box]
        orders = [result, *([*rest[:place], box, *rest[place:]] for place in range(len(rest) + 1))]
        result = min(orders, key=lambda order: _length(order, lanes, plan))
    return result


def _talks_to(box: Pool, pools: list[Pool], lanes: Mapping[str, tuple[str, int, int]], plan: Plan) -> bool:
    known = {*lanes, *(pool.id for pool in pools)}
    return any(
        (edge.source == box.id and edge.target in known) or (edge.target == box.id and edge.source in known)
        for edge in plan.edges
    )


def _lanes(pool: Pool) -> dict[str, tuple[str, int, int]]:
    """For each node its pool, how many lanes are above and how many below; what is inside sub-processes too."""
    found: dict[str, tuple[str, int, int]] = {}
    if pool.scope is None or pool.id is None:
        return found
    leaves = [leaf for lane in pool.scope.lanes for leaf in lane.leaves()]
    for number, leaf in enumerate(leaves):
        found |= dict.fromkeys(leaf.nodes, (pool.id, number, len(leaves) - 1 - number))
    for node in pool.scope.nodes.values():
        place = found.setdefault(node.id, (pool.id, 0, 0))
        if node.inner:
            found |= dict.fromkeys(_all(node.inner), place)
    return found


def _all(scope: Scope) -> list[str]:
    return [name for node in scope.nodes.values() for name in (node.id, *(_all(node.inner) if node.inner else ()))]


def _length(order: list[Pool], lanes: Mapping[str, tuple[str, int, int]], plan: Plan) -> tuple[int, int]:
    """How far the messages go; of two orders with the same messages that of the file is better."""
    place = {pool.id: number for number, pool in enumerate(order)}
    total = 0
    for edge in plan.edges:
        source, target = lanes.get(edge.source, (edge.source, 0, 0)), lanes.get(edge.target, (edge.target, 0, 0))
        if source[0] in place and target[0] in place:
            one, two = sorted((source, target), key=lambda end: place[end[0]])
            total += (place[two[0]] - place[one[0]]) * _POOL + one[2] + two[1]
    given = {id(pool): number for number, pool in enumerate(plan.pools)}
    turned = sum(given[id(one)] > given[id(two)] for one, two in combinations(order, 2))
    return total, turned
