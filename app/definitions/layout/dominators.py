"""Which node can only be reached through which: the tree of dominators."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.definitions.layout.ranks import Arc, sort

ROOT = ""
"""Stands before all nodes that nothing leads to."""


@dataclass(slots=True)
class Tree:
    """order: each node after all that lead to it; parent: the dominator of each; children: in the order of the file."""

    order: list[str]
    parent: dict[str, str]
    children: dict[str, list[str]]
    sources: dict[str, list[str]]
    targets: dict[str, list[str]]


def dominators(nodes: Sequence[str], arcs: Sequence[Arc]) -> Tree:
    order = sort(nodes, arcs)
    sources: dict[str, list[str]] = {node: [] for node in order}
    targets: dict[str, list[str]] = {node: [] for node in order}
    for source, target in arcs:
        sources[target].append(source)
        targets[source].append(target)
    parent: dict[str, str] = {}
    depth = {ROOT: 0}
    for node in order:
        common = sources[node][0] if sources[node] else ROOT
        for other in sources[node][1:]:
            while common != other:
                if depth[common] < depth[other]:
                    common, other = other, common
                common = parent[common]
        parent[node] = common
        depth[node] = depth[common] + 1
    children: dict[str, list[str]] = {node: [] for node in [ROOT, *order]}
    for source, target in arcs:
        if parent[target] == source:
            children[source].append(target)
    listed = {child for group in children.values() for child in group}
    for node in order:
        if node not in listed:
            children[parent[node]].append(node)
    return Tree(order, parent, children, sources, targets)


def above(node: str, tree: Tree) -> dict[str, None]:
    """All that dominate the node, the nearest first."""
    found: dict[str, None] = {}
    while (node := tree.parent[node]) != ROOT:
        found[node] = None
    return found
