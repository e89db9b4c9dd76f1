"""How the edges of a diagram are drawn (BPMN 2.0.2, 7.5 and 10.3)."""

from math import hypot

from app.definitions.drawing import writing
from app.definitions.drawing.reading import Edge

Point = tuple[float, float]
_DASHED = {"messageFlow": "dashed", "association": "dotted"}
_DOTTED = "dotted"


def drawn(edge: Edge) -> str:
    """The line, what is at its ends, and its name."""
    kind = "line" if edge.kind == "sequenceFlow" else f"line {_DASHED.get(edge.kind, _DOTTED)}"
    way = " L".join(f"{x:g} {y:g}" for x, y in edge.points)
    return f'<path class="{kind}" d="M{way}"/>{_end(edge)}{_beginning(edge)}' + (
        writing.beside(edge.name, edge.label) if edge.label else ""
    )


def _end(edge: Edge) -> str:
    if edge.kind not in ("sequenceFlow", "messageFlow"):
        return ""
    tip, before = edge.points[-1], edge.points[-2]
    corners = [tip, _aside(tip, before, 10, 5), _aside(tip, before, 10, -5)]
    return _polygon(corners, full=edge.kind == "sequenceFlow")


def _beginning(edge: Edge) -> str:
    start, after = edge.points[0], edge.points[1]
    if edge.kind == "messageFlow":
        return f'<circle cx="{start[0]:g}" cy="{start[1]:g}" r="4"/>'
    if edge.beginning == "default":
        (x1, y1), (x2, y2) = _aside(start, after, 6, 5), _aside(start, after, 12, -5)
        return f'<path class="line" d="M{x1:.4g} {y1:.4g} L{x2:.4g} {y2:.4g}"/>'
    if edge.beginning == "condition":
        corners = [start, _aside(start, after, 9, 5), _aside(start, after, 18, 0), _aside(start, after, 9, -5)]
        return _polygon(corners, full=False)
    return ""


def _aside(start: Point, towards: Point, along: float, across: float) -> Point:
    """A point on the way from one to another, and off it."""
    x, y = towards[0] - start[0], towards[1] - start[1]
    length = hypot(x, y) or 1
    x, y = x / length, y / length
    return start[0] + x * along - y * across, start[1] + y * along + x * across


def _polygon(corners: list[Point], *, full: bool) -> str:
    points = " ".join(f"{x:.6g},{y:.6g}" for x, y in corners)
    kind = "full" if full else "empty"
    return f'<polygon class="{kind}" points="{points}"/>'
