"""The order of the pools from above to below, so that few messages have to pass a pool that is not theirs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from app.definitions.layout import ranks
from app.definitions.layout.model import ARTIFACTS, Link, Node, Plan, Pool, Scope

_BY = 4
"""A message outside around the pools between; these numbers count in lanes crossed."""
_PAST = 1
"""A message of an element at the side of a pool that need not reach so far."""
_BESIDE = 6
"""The same, where the pool exchanges messages with the element, too; twice, with another of its column."""
_THROUGH = 24
"""A message across a pool."""
_MANY = 100_000
"""Pairs of black boxes times messages, above which the order of the file stays."""


@dataclass(frozen=True, slots=True)
class _End:
    """Where a message begins or ends: the pool, the lanes of the pool above and below, the element and its column."""

    pool: str
    above: int = 0
    below: int = 0
    column: int | None = None
    element: str | None = None


class _Talk:
    """The messages between pools; those inside one pool do not count."""

    def __init__(self, plan: Plan) -> None:
        ends = {pool.id: _End(pool.id) for pool in plan.pools if pool.id}
        for pool in plan.pools:
            ends |= _elements(pool)
        known = (edge for edge in plan.edges if edge.source in ends and edge.target in ends)
        pairs = [(ends[edge.source], ends[edge.target]) for edge in known]
        self.messages = [pair for pair in pairs if pair[0].pool != pair[1].pool]
        self.black = {pool.id for pool in plan.pools if not pool.scope}
        self.given = {id(pool): number for number, pool in enumerate(plan.pools)}
        self.columns: dict[str, dict[int, set[str | None]]] = {}
        for pair in self.messages:
            for end, other in (pair, pair[::-1]):
                if other.column is not None:
                    self.columns.setdefault(end.pool, {}).setdefault(other.column, set()).add(other.element)

    def cost(self, order: list[Pool]) -> tuple[int, int]:
        """What the messages of this order cost; of two equal orders that of the file is better."""
        place = {pool.id: number for number, pool in enumerate(order)}
        pairs = [
            (one, two) if place[one.pool] < place[two.pool] else (two, one)
            for one, two in self.messages
            if one.pool in place and two.pool in place
        ]
        wide = {
            end.pool
            for one, two in pairs
            if _is_by(one, two) and place[two.pool] - place[one.pool] > 1
            for end in (one, two)
        }
        total = 0
        for one, two in pairs:
            total += one.below + two.above
            between = order[place[one.pool] + 1 : place[two.pool]]
            if _is_by(one, two):
                total += _BY * bool(between)
            else:
                end = two if one.column is None else one
                total += sum(self._past(pool.id, end, wide) for pool in between)
        turned = sum(self.given[id(one)] > self.given[id(two)] for one, two in combinations(order, 2))
        return total, turned

    def _past(self, pool: str | None, end: _End, wide: set[str]) -> int:
        own = self.columns.get(pool or "", {})
        if pool not in self.black or pool in wide or not own or end.column is None:
            return _THROUGH
        if end.column in (min(own), max(own)):
            return _BESIDE if own[end.column] == {end.element} else 2 * _BESIDE
        return _THROUGH if min(own) < end.column < max(own) else _PAST


def _is_by(one: _End, two: _End) -> bool:
    """Whether neither end is an element, so that the message can go by outside."""
    return one.column is None and two.column is None


def ordered(plan: Plan) -> list[Pool]:
    """The pools with a process in the order of the file, the black boxes where their messages go best."""
    talk = _Talk(plan)
    result = [pool for pool in plan.pools if pool.scope]
    boxes = [pool for pool in plan.pools if not pool.scope]
    silent = [box for box in boxes if not any(box.id in (one.pool, two.pool) for one, two in talk.messages)]
    talking = [box for box in boxes if box not in silent]
    if len(boxes) ** 2 * len(talk.messages) > _MANY:
        return [*plan.pools]
    for box in talking:
        result = min(_orders(box, result), key=talk.cost)
    for box in talking:
        result = min(_orders(box, [pool for pool in result if pool is not box]), key=talk.cost)
    return [*result, *silent]


def _orders(box: Pool, others: list[Pool]) -> Iterator[list[Pool]]:
    return ([*others[:place], box, *others[place:]] for place in range(len(others) + 1))


def _elements(pool: Pool) -> dict[str, _End]:
    """The end of the messages of each element; what is inside of sub-processes ends where those stand."""
    found: dict[str, _End] = {}
    if pool.scope is None or pool.id is None:
        return found
    leaves = [leaf for lane in pool.scope.lanes for leaf in lane.leaves()]
    lane = {node: number for number, leaf in enumerate(leaves) for node in leaf.nodes}
    column = _columns(pool.scope)
    for node in pool.scope.nodes.values():
        number = lane.get(node.id, 0)
        at = node.host or node.id
        end = _End(pool.id, number, max(len(leaves) - 1 - number, 0), column.get(at, 0), at)
        found |= dict.fromkeys((node.id, *_inside(node)), end)
    return found


def _columns(scope: Scope) -> Mapping[str, int]:
    standing = [node.id for node in scope.nodes.values() if not node.host and node.shape not in ARTIFACTS]
    known = set(standing)
    at = {node.id: node.host or node.id for node in scope.nodes.values()}
    arcs = [
        (at[edge.source], at[edge.target])
        for edge in scope.edges
        if edge.link is Link.SEQUENCE and edge.source in at and edge.target in at
    ]
    onward, _ = ranks.split(standing, [arc for arc in arcs if known.issuperset(arc)])
    return ranks.columns(standing, dict.fromkeys(onward, 1))


def _inside(node: Node) -> Iterator[str]:
    for inner in node.inner.nodes.values() if node.inner else ():
        yield inner.id
        yield from _inside(inner)
