"""Columns: the longest path from the starts, with the edges left out that lead back."""

from collections.abc import Iterable, Mapping, Sequence

Arc = tuple[str, str]


def split(nodes: Sequence[str], arcs: Iterable[Arc]) -> tuple[list[Arc], set[Arc]]:
    """The arcs that lead on and those that lead back, as a depth-first walk from the starts meets them."""
    following: dict[str, list[str]] = {node: [] for node in nodes}
    entered = set()
    for source, target in dict.fromkeys(arcs):
        following[source].append(target)
        if source != target:
            entered.add(target)
    onward: list[Arc] = []
    back: set[Arc] = set()
    done: set[str] = set()
    for start in [*(node for node in nodes if node not in entered), *nodes]:
        if start not in done:
            _walk(start, following, done, onward, back)
    return onward, back


def _walk(
    start: str, following: Mapping[str, Sequence[str]], done: set[str], onward: list[Arc], back: set[Arc]
) -> None:
    path = {start}
    stack = [(start, iter(following[start]))]
    while stack:
        node, rest = stack[-1]
        target = next(rest, None)
        if target is None:
            stack.pop()
            path.discard(node)
            done.add(node)
        elif target in path:
            back.add((node, target))
        else:
            onward.append((node, target))
            if target not in done:
                path.add(target)
                stack.append((target, iter(following[target])))


def sort(nodes: Sequence[str], arcs: Iterable[Arc]) -> list[str]:
    """The nodes so that each arc leads on; among free ones as they are given. The arcs have no cycle."""
    following: dict[str, list[str]] = {node: [] for node in nodes}
    waiting = dict.fromkeys(nodes, 0)
    for source, target in arcs:
        following[source].append(target)
        waiting[target] += 1
    ready = [node for node in reversed(nodes) if not waiting[node]]
    order = []
    while ready:
        node = ready.pop()
        order.append(node)
        for target in reversed(following[node]):
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return order


def columns(nodes: Sequence[str], arcs: Mapping[Arc, int]) -> dict[str, int]:
    """The column of each node, from 0. arcs: without a cycle, with the number of columns that each leads on at least.

    A node that nothing leads to stands directly before what it leads to.
    """
    order = sort(nodes, arcs)
    following: dict[str, list[tuple[str, int]]] = {node: [] for node in nodes}
    entered = set()
    for (source, target), step in arcs.items():
        following[source].append((target, step))
        entered.add(target)
    column = dict.fromkeys(order, 0)
    for node in order:
        for target, step in following[node]:
            column[target] = max(column[target], column[node] + step)
    for node in order:
        if node not in entered and following[node]:
            column[node] = min(column[target] - step for target, step in following[node])
    return column
