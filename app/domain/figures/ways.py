"""The ways that a case can take through its models from where it stands, and how long they take: drawn by lot.

Time is working time in seconds. A way is drawn node by node: which flow an exclusive gateway gives and how long a wait lasts
come from a `Past`. Tokens of a scope move in the order of time; a parallel join waits for all its flows, one that can get no
more tokens lets go those that it has. Approximate where the model needs data: an inclusive gateway gives one flow, a multi
instance activity lasts as long as one of its instances.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Protocol

from app.domain.models.model import EventKind, Kind, Node, Process

LONGEST_WAY = 400
"""Nodes in a scope after which a way is given up as going round: what it took so far counts."""
DEEPEST_CALL = 8
JOINING = (Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY)
CHOOSING = (Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.COMPLEX_GATEWAY, Kind.EVENT_BASED_GATEWAY)
SCOPES = (Kind.SUB_PROCESS, Kind.TRANSACTION, Kind.AD_HOC_SUB_PROCESS)
CAUGHT = (Kind.INTERMEDIATE_CATCH_EVENT, Kind.RECEIVE_TASK)

Step = tuple[str, str]
"""A definition, and an element in it."""


class Past(Protocol):
    """What was seen: see `seen.Seen`. process: the key of the one in which the node stands."""

    def lasts(self, process: str, node: Node, stood: float) -> float:
        """How long in all a wait lasts that has stood so long already, drawn by lot."""

    def chooses(self, process: str, node: str, among: Sequence[str]) -> int:
        """Which of the nodes follows a node, drawn by lot: its place in `among`."""


@dataclass(frozen=True, slots=True)
class Course:
    """A process as ways are drawn through it. following: by node, what its flows lead to; borders: by activity, the events at
    its border; starts: by scope, where it begins."""

    process: Process
    definition_id: str
    following: Mapping[str, Sequence[str]]
    borders: Mapping[str, Sequence[str]]
    starts: Mapping[str | None, str]


def course(process: Process, definition_id: str) -> Course:
    """A process made ready for many ways."""
    borders: dict[str, list[str]] = {}
    starts: dict[str | None, str] = {}
    for node in process.nodes.values():
        if node.attached_to is not None and node.event.kind is not EventKind.COMPENSATION:
            borders.setdefault(node.attached_to, []).append(node.id)
        if node.kind is Kind.START_EVENT and (node.parent not in starts or node.event.kind is EventKind.NONE):
            starts[node.parent] = node.id
    following = {node.id: [process.flows[flow].target for flow in node.outgoing] for node in process.nodes.values()}
    return Course(process, definition_id, following, borders, starts)


@dataclass(slots=True)
class Stand:
    """A token that waits. stood: how long already; inside: of a call or a subprocess, what stands in it, by its process."""

    element: str
    stood: float = 0.0
    task: object = None
    inside: "Scene | None" = None


@dataclass(slots=True)
class Scene:
    """An instance, or a subprocess of one (scope: its element), with the tokens in it."""

    course: Course
    stands: list[Stand] = field(default_factory=list)
    scope: str | None = None


@dataclass(slots=True)
class Way:
    """One way that was drawn. end: after how long it ends; spent: how long each step took that was still to be done, by
    definition and element; first: when each token that waits now goes on, by its task."""

    end: float = 0.0
    spent: dict[Step, float] = field(default_factory=dict)
    first: dict[object, float] = field(default_factory=dict)


Called = Callable[[str], Course | None]
"""The newest version of a process by its key; None: there is none."""


def draw(scene: Scene, past: Past, called: Called) -> Way:
    """One way from where a case stands to its end."""
    way = Way()
    way.end = _Walk(past, called, way).from_here(scene)
    return way


class _Walk:
    def __init__(self, past: Past, called: Called, way: Way) -> None:
        self.past, self.called, self.way = past, called, way

    def from_here(self, scene: Scene) -> float:
        """When the scene ends, now being 0."""
        heap = _Heap()
        groups: dict[str, float] = {}
        for stand in scene.stands:
            over = self._over(scene.course, stand)
            groups[stand.element] = max(groups.get(stand.element, 0.0), over)
        for element, over in groups.items():
            heap.leave(over, element)
        return self._run(scene.course, heap, 0)

    def _over(self, course: Course, stand: Stand) -> float:
        if stand.inside is not None:
            return self.from_here(stand.inside)
        node = course.process.nodes[stand.element]
        left = max(self.past.lasts(course.process.id, node, stand.stood) - stand.stood, 0.0)
        self._spend(course, stand.element, left)
        if stand.task is not None:
            self.way.first[stand.task] = left
        return left

    def _spend(self, course: Course, element: str, time: float) -> None:
        key = (course.definition_id, element)
        self.way.spent[key] = self.way.spent.get(key, 0.0) + time

    def _begun(self, course: Course, scope: str | None, at: float, depth: int) -> float:
        start = course.starts.get(scope)
        if start is None:
            return at
        heap = _Heap()
        heap.leave(at, start)
        return self._run(course, heap, depth)

    def _run(self, course: Course, heap: "_Heap", depth: int) -> float:
        end, nodes = 0.0, course.process.nodes
        for _ in range(LONGEST_WAY):
            found = heap.next()
            if found is None:
                return end
            at, element, leaving = found
            end, node = max(end, at), nodes[element]
            if not leaving:
                heap.leave(self._left(course, node, at, depth), element)
            elif node.kind is Kind.END_EVENT:
                if node.event.kind in (EventKind.TERMINATE, EventKind.ERROR):
                    return at
            else:
                for following in self._following(course, node):
                    heap.enter(at, nodes[following], element)
        return end

    def _left(self, course: Course, node: Node, at: float, depth: int) -> float:
        """When a token leaves a node that it enters."""
        if node.kind is Kind.CALL_ACTIVITY and node.call is not None:
            inner = self.called(node.call.called_element) if depth < DEEPEST_CALL else None
            if inner is not None:
                return self._begun(inner, None, at, depth + 1)
        elif node.kind in SCOPES:
            return self._begun(course, node.id, at, depth + 1)
        elif not waits(node):
            return at
        time = self.past.lasts(course.process.id, node, 0.0)
        self._spend(course, node.id, time)
        return at + time

    def _following(self, course: Course, node: Node) -> Sequence[str]:
        targets, process = course.following[node.id], course.process
        if len(targets) > 1 and node.kind in CHOOSING:
            return [targets[self.past.chooses(process.id, node.id, targets)]]
        borders = course.borders.get(node.id)
        if not borders:
            return targets
        among = [node.id, *borders]
        chosen = among[self.past.chooses(process.id, node.id, among)]
        if chosen == node.id:
            return targets
        on = course.following[chosen]
        return on if process.nodes[chosen].interrupting else [*targets, *on]


def waits(node: Node) -> bool:
    """Whether time passes at a node."""
    return node.kind is Kind.USER_TASK or node.external is not None or node.kind in CAUGHT


class _Heap:
    """The tokens of a scope in the order of time, and those that wait at joins."""

    def __init__(self) -> None:
        self.moving: list[tuple[float, int, str, bool]] = []
        self.waiting: dict[str, dict[str, float]] = {}
        self.number = count()

    def leave(self, at: float, element: str) -> None:
        heappush(self.moving, (at, next(self.number), element, True))

    def enter(self, at: float, node: Node, source: str) -> None:
        if node.kind not in JOINING or len(node.incoming) < 2:
            heappush(self.moving, (at, next(self.number), node.id, False))
            return
        come = self.waiting.setdefault(node.id, {})
        come[source] = at
        if node.kind is Kind.PARALLEL_GATEWAY and len(come) == len(node.incoming):
            self.leave(max(self.waiting.pop(node.id).values()), node.id)

    def next(self) -> tuple[float, str, bool] | None:
        """(when, element, whether it leaves it); a join that gets no more lets go."""
        if not self.moving:
            if not self.waiting:
                return None
            element = next(iter(self.waiting))
            self.leave(max(self.waiting.pop(element).values()), element)
        at, _, element, leaving = heappop(self.moving)
        return at, element, leaving
