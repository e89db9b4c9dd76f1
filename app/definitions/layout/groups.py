"""Groups: BPMN keeps what is in one only in the diagram, so a new diagram draws it around what was in it before."""

from collections.abc import Iterator, Sequence

from app.definitions.layout.model import Box, Drawing, Scope
from app.definitions.xml import BPMN, Element, attribute

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_AIR = 15

Bounds = tuple[float, float, float, float]
"""left, top, right, bottom"""


def members(root: Element, scopes: Sequence[Scope]) -> dict[str, list[str]]:
    """For each group that the diagram of the file shows, the nodes of these scopes inside; empty ones are left out."""
    bounds = dict(_bounds(root))
    nodes = [name for scope in scopes for name in _nodes(scope) if name in bounds]
    found = {}
    for element in root.iter(f"{{{BPMN}}}group"):
        name = attribute(element, "id")
        if name in bounds and (inside := [node for node in nodes if _holds(bounds[name], bounds[node])]):
            found[name] = inside
    return found


def draw(groups: dict[str, list[str]], drawing: Drawing) -> None:
    """Put the frames of the groups into the drawing."""
    for name, inside in groups.items():
        boxes = [drawing.boxes[node] for node in inside] + [
            drawing.labels[node] for node in inside if node in drawing.labels
        ]
        hull = Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
        drawing.frames[name] = hull.grown(_AIR)


def _bounds(root: Element) -> Iterator[tuple[str, Bounds]]:
    for shape in root.iter(f"{_DI}BPMNShape"):
        name, box = attribute(shape, "bpmnElement"), shape.find(f"{_DC}Bounds")
        if name is not None and box is not None:
            try:
                left, top, width, height = (float(box.get(key) or "") for key in ("x", "y", "width", "height"))
            except ValueError:
                continue
            yield name, (left, top, left + width, top + height)


def _nodes(scope: Scope) -> Iterator[str]:
    for node in scope.nodes.values():
        yield node.id
        if node.inner:
            yield from _nodes(node.inner)


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
