"""What is to be drawn, and where. Lengths are pixels of the diagram; x goes right, y goes down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.definitions.layout.splice import Text
from app.definitions.xml import Element


class Shape(StrEnum):
    """How a node is drawn."""

    TASK = "task"
    SUB_PROCESS = "subProcess"
    EVENT = "event"
    GATEWAY = "gateway"
    DATA = "data"
    NOTE = "note"


ARTIFACTS = (Shape.DATA, Shape.NOTE)
LABELLED = (Shape.EVENT, Shape.GATEWAY, Shape.DATA)
"""Drawn with their name outside."""


class Link(StrEnum):
    """What joins two shapes."""

    SEQUENCE = "sequence"
    MESSAGE = "message"
    ASSOCIATION = "association"


class Point(NamedTuple):
    x: int
    y: int


class Box(NamedTuple):
    """A rectangle, by its edges."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        return Point((self.left + self.right) // 2, (self.top + self.bottom) // 2)

    def grown(self, by: int) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, x: int, y: int) -> "Box":
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two have more than their borders in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(slots=True)
class Node:
    """host: id of the activity at whose border the event stands; inner: the content of an expanded sub-process.

    marked: a task with a marker at its lower border.
    """

    id: str
    kind: str
    shape: Shape
    name: str
    host: str | None = None
    inner: "Scope | None" = None
    marked: bool = False
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Edge:
    id: str
    link: Link
    source: str
    target: str
    name: str = ""
    default: bool = False


@dataclass(slots=True)
class Lane:
    """nodes: ids of what stands in it; a lane with lanes in it holds none itself."""

    id: str
    name: str
    nodes: list[str]
    inner: list["Lane"] = field(default_factory=list)

    def leaves(self) -> Iterator["Lane"]:
        if not self.inner:
            yield self
        for lane in self.inner:
            yield from lane.leaves()

    def depth(self) -> int:
        return 1 + max((lane.depth() for lane in self.inner), default=0)


@dataclass(slots=True)
class Scope:
    """The content of a process or of a sub-process. Edges that leave it belong to a scope further out."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)


@dataclass(slots=True)
class Pool:
    """id: None if the process is drawn without a pool; scope: None for a black box."""

    id: str | None
    name: str
    scope: Scope | None


@dataclass(slots=True)
class Plan:
    """One diagram. element: the id of the collaboration or process that it shows; edges: those between its scopes.

    groups: ids of the nodes in each.
    """

    element: str
    pools: list[Pool]
    edges: list[Edge]
    groups: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Drawing:
    """Where everything is. labels: also those of edges, by the id of what they name; frames: pools, lanes, groups."""

    boxes: dict[str, Box] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)
    paths: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)

    def add(self, inner: "Drawing", x: int, y: int) -> None:
        """Put another drawing in, with its origin at this point."""
        self.boxes |= {key: box.moved(x, y) for key, box in inner.boxes.items()}
        self.frames |= {key: box.moved(x, y) for key, box in inner.frames.items()}
        self.labels |= {key: box.moved(x, y) for key, box in inner.labels.items()}
        for key, path in inner.paths.items():
            self.paths[key] = [Point(point.x + x, point.y + y) for point in path]


@dataclass(slots=True)
class Reading:
    """A file read for drawing. named: the flows without id, with those that they get."""

    root: Element
    text: Text
    named: Mapping[Element, str]
    plans: list[Plan]
