"""The cheapest way of an edge over the lines of a field: short, with few bends and crossings (A*)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from app.definitions.layout.field import OVERLAP, Field, Net
from app.definitions.layout.model import Box, Point

BEND = 70
_STUB = 8
"""An edge leaves a shape straight for at least this far."""
_AROUND = 260
_FAR = 1 << 30
_MANY = 150
_LONGEST_SEARCH = 60_000
"""Of effort (see Field), after which a way is given up."""

RIGHT, DOWN, LEFT, UP = range(4)
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


class Port(NamedTuple):
    """Where an edge can dock. side: the direction that leads away from the shape; cost: of docking just there.

    inset: how far behind this point, which is on the box around the shape, its border is.
    """

    x: int
    y: int
    side: int
    cost: int
    inset: int = 0

    @property
    def end(self) -> Point:
        step = _STEPS[self.side]
        return Point(self.x - step[0] * self.inset, self.y - step[1] * self.inset)


class _Mesh:
    """The lines around two shapes, and those of their ports.

    A state is a crossing of lines and the way on which an edge comes to it, as one number: see `state`.
    """

    def __init__(self, field: Field, net: Net, window: Box, ports: list[Port]) -> None:
        self.field, self.net = field, net
        xs = {port.x for port in ports if port.side in (UP, DOWN)}
        ys = {port.y for port in ports if port.side in (LEFT, RIGHT)}
        xs = {x for x in xs if window.left <= x <= window.right}.union(
            _between(field.x_lines, window.left, window.right)
        )
        ys = {y for y in ys if window.top <= y <= window.bottom}.union(
            _between(field.y_lines, window.top, window.bottom)
        )
        self.xs = _thinned(xs, field.xs, [port.x for port in ports])
        self.ys = _thinned(ys, field.ys, [port.y for port in ports])
        self.x_bend = [BEND + field.xs.get(x, 0) for x in self.xs]
        self.y_bend = [BEND + field.ys.get(y, 0) for y in self.ys]
        self.ahead = (4 * len(self.ys), 4, -4 * len(self.ys), -4)
        self._steps: dict[int, int | None] = {}

    def state(self, column: int, row: int, way: int) -> int:
        return (column * len(self.ys) + row) * 4 + way

    def place(self, state: int) -> tuple[int, int]:
        return divmod(state // 4, len(self.ys))

    def step(self, state: int) -> int | None:
        """The cost of the step from this crossing of lines to the next one; None if there is no way."""
        if state not in self._steps:
            self._steps[state] = self._step(state)
        return self._steps[state]

    def _step(self, state: int) -> int | None:
        column, row = self.place(state)
        step = _STEPS[state % 4]
        if not (0 <= column + step[0] < len(self.xs) and 0 <= row + step[1] < len(self.ys)):
            return None
        if step[1] == 0:
            return self._cost(True, self.ys[row], self.xs[column], self.xs[column + step[0]])
        return self._cost(False, self.xs[column], self.ys[row], self.ys[row + step[1]])

    def _cost(self, level: bool, line: int, start: int, end: int) -> int | None:
        cost = self.field.step(self.net, level, line, start, end)
        return None if cost is None else cost + abs(end - start)

    def bend(self, turned: int) -> int:
        """The cost of turning into the line that leads this way."""
        column, row = self.place(turned)
        return self.x_bend[column] if turned % 2 else self.y_bend[row]

    def entry(self, port: Port, *, leaving: bool) -> tuple[int, int] | None:
        """The state next to a port, with the cost of the way between."""
        level = port.side in (RIGHT, LEFT)
        along, across = (self.xs, self.ys) if level else (self.ys, self.xs)
        line, start = (port.y, port.x) if level else (port.x, port.y)
        place, index = bisect_left(across, line), _next(along, start, port.side in (RIGHT, DOWN))
        if index is None or place == len(across) or across[place] != line:
            return None
        ends = (start, along[index]) if leaving else (along[index], start)
        cost = self._cost(level, line, *ends)
        if cost is None:
            return None
        column, row = (index, place) if level else (place, index)
        return self.state(column, row, port.side if leaving else (port.side + 2) % 4), cost + port.cost


def _between(lines: list[int], low: int, high: int) -> list[int]:
    return lines[bisect_left(lines, low) : bisect_right(lines, high)]


def _thinned(lines: set[int], cost: Mapping[int, int], ends: list[int]) -> list[int]:
    """In order; of very many only the best of those far from the ends of the edge."""
    if len(lines) <= _MANY:
        return sorted(lines)
    near = sorted(ends)
    return sorted(line for line in lines if not cost.get(line) or _distance(line, near) <= _AROUND)


def _distance(line: int, places: list[int]) -> int:
    index = bisect_left(places, line)
    return min(abs(line - place) for place in places[max(index - 1, 0) : index + 1])


def _next(lines: list[int], place: int, ahead: bool) -> int | None:
    index = bisect_left(lines, place + _STUB) if ahead else bisect_right(lines, place - _STUB) - 1
    return index if 0 <= index < len(lines) else None


def route(field: Field, net: Net, sources: list[Port], targets: list[Port]) -> tuple[int, list[Point]] | None:
    """Cost and points of the best way; None if there is no way at all."""
    ports = [*sources, *targets]
    around = _bounds(ports).grown(_AROUND)
    near = Box(
        max(around.left, net.room.left),
        max(around.top, net.room.top),
        min(around.right, net.room.right),
        min(around.bottom, net.room.bottom),
    )
    found = _search(_Mesh(field, net, near, ports), sources, targets)
    if (found is None or found[0] - length(found[1]) >= OVERLAP) and near != net.room:
        found = _search(_Mesh(field, net, net.room, ports), sources, targets) or found
    return found


def _bounds(ports: list[Port]) -> Box:
    xs, ys = [port.x for port in ports], [port.y for port in ports]
    return Box(min(xs), min(ys), max(xs), max(ys))


class _Search:
    """The states reached so far, each with its cost and where it was reached from."""

    def __init__(self, mesh: _Mesh, goal: Box) -> None:
        self.mesh, self.goal = mesh, goal
        self.cost: dict[int, int] = {}
        self.before: dict[int, int | Port] = {}
        self.queue: list[tuple[int, int, int]] = []

    def reach(self, state: int, cost: int, origin: int | Port) -> None:
        if state not in self.cost or cost < self.cost[state]:
            self.cost[state] = cost
            self.before[state] = origin
            heappush(self.queue, (cost + self._left(state), cost, state))

    def _left(self, state: int) -> int:
        """What the rest costs at least: its length, and a bend or two if the edge does not head for its end."""
        column, row = self.mesh.place(state)
        x, y, goal = self.mesh.xs[column], self.mesh.ys[row], self.goal
        right, left = max(goal.left - x, 0), max(x - goal.right, 0)
        down, up = max(goal.top - y, 0), max(y - goal.bottom, 0)
        to_go = (right, down, left, up)
        way = state % 4
        bends = 2 if to_go[way - 2] else 1 if to_go[way - 1] or to_go[way - 3] else 0
        return right + left + down + up + bends * BEND


def _search(mesh: _Mesh, sources: list[Port], targets: list[Port]) -> tuple[int, list[Point]] | None:
    goals: dict[int, tuple[int, Port]] = {}
    for port in targets:
        if (entry := mesh.entry(port, leaving=False)) and entry[1] < goals.get(entry[0], (_FAR, port))[0]:
            goals[entry[0]] = (entry[1], port)
    search = _Search(mesh, _bounds(targets))
    for port in sources:
        if goals and (entry := mesh.entry(port, leaving=True)):
            search.reach(entry[0], entry[1], port)
    least: tuple[int, int, Port] | None = None
    end = mesh.field.effort + _LONGEST_SEARCH
    while search.queue and (least is None or search.queue[0][0] < least[0]) and mesh.field.effort < end:
        _, cost, state = heappop(search.queue)
        if cost > search.cost[state]:
            continue
        at, way = state - state % 4, state % 4
        for turned in (state, at + (way + 1) % 4, at + (way + 3) % 4):
            so_far = cost if turned == state else cost + mesh.bend(turned)
            if (goal := goals.get(turned)) and (least is None or so_far + goal[0] < least[0]):
                least = (so_far + goal[0], state, goal[1])
            if (step := mesh.step(turned)) is not None:
                search.reach(turned + mesh.ahead[turned % 4], so_far + step, state)
    if least is None:
        return None
    return least[0], _points(search, least[1], least[2])


def _points(search: _Search, last: int, end: Port) -> list[Point]:
    points = [end.end]
    at: int | Port = last
    while not isinstance(at, Port):
        column, row = search.mesh.place(at)
        points.append(Point(search.mesh.xs[column], search.mesh.ys[row]))
        at = search.before[at]
    points.append(at.end)
    return straightened(points[::-1])


def straightened(points: list[Point]) -> list[Point]:
    """Without the points between which the direction does not change."""
    kept = points[:1]
    for point, following in zip(points[1:], points[2:], strict=False):
        if not (kept[-1].x == point.x == following.x or kept[-1].y == point.y == following.y):
            kept.append(point)
    return [*kept, points[-1]]


def length(path: list[Point]) -> int:
    return sum(abs(one.x - two.x) + abs(one.y - two.y) for one, two in pairwise(path))
