"""What stands and runs in the plane already, and what a further step of an edge costs there."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.definitions.layout.model import Box, Edge, Link, Point

CLEARANCE = 9
"""An edge keeps this far from shapes that it does not belong to."""
_NEAR = 6
"""Edges that run side by side closer than this look like one."""
_CROSSING = {Link.SEQUENCE: 90, Link.MESSAGE: 40, Link.ASSOCIATION: 40}
OVERLAP = 3000
_LABEL = 140
_STRIP = 256
_PASS = 300
"""For each half of the pool."""


class Wall(NamedTuple):
    """cost: of going through it, None if that cannot be."""

    box: Box
    owner: str
    cost: int | None = None


class Run(NamedTuple):
    """A straight part of an edge, from `low` to `high` on its line."""

    low: int
    high: int
    net: "Net"


@dataclass(frozen=True, slots=True)
class Net:
    """An edge to be led from shape to shape.

    solid: ids of its ends: it may come near, not inside; open: what is around its ends: it may
    go inside; room: it stays in there; back: it leads to an earlier column.
    """

    id: str
    link: Link
    source: str
    target: str
    solid: frozenset[str]
    open: frozenset[str]
    room: Box
    back: bool = False
    relay: Edge | None = None

    def merges_with(self, other: "Net") -> bool:
        return (
            self.link is Link.SEQUENCE
            and other.link is Link.SEQUENCE
            and (self.source == other.source or self.target == other.target)
        )


class _Line(NamedTuple):
    """The walls that a line meets: starts in order, the furthest end so far, the walls."""

    starts: list[int]
    ends: list[int]
    walls: list[tuple[int, int, Wall]]


@dataclass(slots=True)
class _Runs:
    """keys: the lines in order; on: the runs of each; of: the lines of each edge."""

    keys: list[int] = field(default_factory=list)
    on: dict[int, list[Run]] = field(default_factory=dict)
    of: dict[str, set[int]] = field(default_factory=dict)

    def add(self, key: int, run: Run) -> None:
        if key not in self.on:
            insort(self.keys, key)
            self.on[key] = []
        self.on[key].append(run)
        self.of.setdefault(run.net.id, set()).add(key)

    def remove(self, net: Net) -> None:
        for key in self.of.pop(net.id, ()):
            self.on[key] = [run for run in self.on[key] if run.net.id != net.id]


@dataclass(slots=True)
class Field:
    """xs, ys: the lines on which edges may run, each with what it costs to turn into it.

    effort: how many steps have been looked at, and how many runs with each.
    """

    xs: Mapping[int, int]
    ys: Mapping[int, int]
    walls: list[Wall]
    x_lines: list[int] = field(init=False)
    y_lines: list[int] = field(init=False)
    level: _Runs = field(default_factory=_Runs)
    upright: _Runs = field(default_factory=_Runs)
    effort: int = 0
    _lines: dict[tuple[bool, int], _Line] = field(default_factory=dict)
    _strips: dict[tuple[bool, int], list[tuple[Box, Wall]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.x_lines, self.y_lines = sorted(self.xs), sorted(self.ys)

    def add(self, net: Net, path: list[Point]) -> None:
        for one, two in zip(path, path[1:], strict=False):
            if one.y == two.y:
                self.level.add(one.y, Run(min(one.x, two.x), max(one.x, two.x), net))
            else:
                self.upright.add(one.x, Run(min(one.y, two.y), max(one.y, two.y), net))

    def remove(self, net: Net) -> None:
        self.level.remove(net)
        self.upright.remove(net)

    def avoid(self, walls: list[Wall]) -> None:
        self.walls += walls
        self._lines.clear()
        self._strips.clear()

    def step(self, net: Net, level: bool, line: int, start: int, end: int) -> int | None:
        """What it costs, beside its length, to go on this line from `start` to `end`; None if a shape is in the way."""
        self.effort += 1
        low, high = min(start, end), max(start, end)
        cost = self._through(net, level, line, low, high)
        if cost is None:
            return None
        return cost + self._across(net, level, line, low, high, end) + self.overlap(net, level, line, low, high)

    def _through(self, net: Net, level: bool, line: int, low: int, high: int) -> int | None:
        met = self._lines.get((level, line)) or self._line(level, line)
        cost = 0
        index = bisect_left(met.starts, high) - 1
        while index >= 0 and met.ends[index] > low:
            _, end, wall = met.walls[index]
            if end > low:
                if wall.cost is not None:
                    cost += 0 if wall.owner in net.solid else wall.cost
                elif wall.owner not in net.open and (
                    wall.owner not in net.solid or _inside(wall.box, level, line, low, high)
                ):
                    return None
            index -= 1
        return cost

    def _line(self, level: bool, line: int) -> _Line:
        met = []
        for box, wall in self._near(level, line):
            if level and box.top < line < box.bottom:
                met.append((box.left, box.right, wall))
            elif not level and box.left < line < box.right:
                met.append((box.top, box.bottom, wall))
        met.sort(key=lambda one: one[:2])
        ends: list[int] = []
        for _, end, _ in met:
            ends.append(max(end, ends[-1]) if ends else end)
        found = self._lines[(level, line)] = _Line([start for start, _, _ in met], ends, met)
        return found

    def _near(self, level: bool, line: int) -> list[tuple[Box, Wall]]:
        """The walls, with the room around them, in the strip of the plane in which the line lies."""
        if not self._strips:
            self._strips = defaultdict(list)
            for wall in self.walls:
                box = wall.box.grown(CLEARANCE if wall.cost is None else 0)
                for strip in range(box.top // _STRIP, box.bottom // _STRIP + 1):
                    self._strips[(True, strip)].append((box, wall))
                for strip in range(box.left // _STRIP, box.right // _STRIP + 1):
                    self._strips[(False, strip)].append((box, wall))
        return self._strips.get((level, line // _STRIP), [])

    def _across(self, net: Net, level: bool, line: int, low: int, high: int, end: int) -> int:
        runs = self.upright if level else self.level
        number = 0
        for key in runs.keys[bisect_left(runs.keys, low) : bisect_right(runs.keys, high)]:
            if low < key < high or key == end:
                self.effort += len(runs.on[key])
                number += sum(run.low < line < run.high and not net.merges_with(run.net) for run in runs.on[key])
        return number * _CROSSING[net.link]

    def overlap(self, net: Net, level: bool, line: int, low: int, high: int) -> int:
        runs = self.level if level else self.upright
        cost = 0
        for key in runs.keys[bisect_right(runs.keys, line - _NEAR) : bisect_left(runs.keys, line + _NEAR)]:
            self.effort += len(runs.on[key])
            for run in runs.on[key]:
                if run.low < high and low < run.high:
                    if key != line or not net.merges_with(run.net):
                        cost += OVERLAP
                    elif net.back and net.target != run.net.target:
                        cost += high - low
        return cost


def _inside(box: Box, level: bool, line: int, low: int, high: int) -> bool:
    """Whether a part of the line from `low` to `high` lies in the box or along its border."""
    if level:
        return box.top <= line <= box.bottom and box.left < high and low < box.right
    return box.left <= line <= box.right and box.top < high and low < box.bottom


def soft(box: Box, owner: str) -> Wall:
    """Where a name is going to stand."""
    return Wall(box, owner, _LABEL)


def band(box: Box, owner: str) -> Wall:
    """A pool that a message may cross if there is no other way."""
    return Wall(box.grown(CLEARANCE), owner, _PASS)
