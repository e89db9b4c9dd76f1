"""Where edges dock: the middle of a side if they can, and which side suits them."""

from itertools import pairwise

from app.definitions.layout.field import Net
from app.definitions.layout.model import Box, Link, Node, Point, Shape
from app.definitions.layout.router import DOWN, LEFT, RIGHT, UP, Port

_NEVER = 500

# right, down, left, up
_LEAVING = {
    Shape.GATEWAY: (0, 5, 300, 5),
    Shape.EVENT: (0, 70, 300, 70),
}
_LEAVING_OTHER = (0, 50, 300, 50)
_ENTERING = {Shape.EVENT: (300, 60, 0, 60)}
_ENTERING_OTHER = (300, 20, 0, 20)
_BACK_LEAVING = (80, 0, 200, 0)
_BACK_ENTERING = (400, 0, 60, 0)
_HANGING = (150, 0, 160, _NEVER)
_MESSAGE = (150, 0, 150, 0)
_ASSOCIATION = (40, 0, 40, 0)
_OFFSETS = (0, 20, 35)
_OFFSET_COST = 30
_SIDE_OFFSET_COST = 60
_FAR_COST = 3
"""A message leans to the place from where its pool was reached last: this many pixels cost as much as one."""


def docks(box: Box, node: Node, net: Net, *, leaving: bool) -> list[Port]:
    costs = _costs(node, net, leaving)
    middle = box.middle
    if node.shape in (Shape.EVENT, Shape.GATEWAY):
        corners = [
            Port(box.right, middle.y, RIGHT, costs[RIGHT]),
            Port(middle.x, box.bottom, DOWN, costs[DOWN]),
            Port(box.left, middle.y, LEFT, costs[LEFT]),
            Port(middle.x, box.top, UP, costs[UP]),
        ]
        return corners if net.link is Link.SEQUENCE else [*corners, *_beside_corners(box, node)]
    ports = []
    for number, offset in enumerate(_OFFSETS):
        for shift in sorted({offset, -offset}):
            if abs(shift) + 8 < box.width // 2:
                cost = number * _OFFSET_COST
                ports.append(Port(middle.x + shift, box.bottom, DOWN, costs[DOWN] + cost))
                ports.append(Port(middle.x + shift, box.top, UP, costs[UP] + cost))
            if abs(shift) + 8 < box.height // 2 and number < 2:
                cost = number * _SIDE_OFFSET_COST
                ports.append(Port(box.right, middle.y + shift, RIGHT, costs[RIGHT] + cost))
                ports.append(Port(box.left, middle.y + shift, LEFT, costs[LEFT] + cost))
    return ports


def _beside_corners(box: Box, node: Node) -> list[Port]:
    """On the slanting sides of a gateway and the round ones of an event, where the corners are taken."""
    shift, inset = (12, 12) if node.shape is Shape.GATEWAY else (9, 2)
    middle = box.middle
    return [
        Port(middle.x + one, y, side, _OFFSET_COST, inset)
        for one in (-shift, shift)
        for y, side in ((box.bottom, DOWN), (box.top, UP))
    ]


def _costs(node: Node, net: Net, leaving: bool) -> tuple[int, int, int, int]:
    if net.link is Link.MESSAGE:
        return _MESSAGE
    if net.link is Link.ASSOCIATION:
        return _ASSOCIATION
    if node.host and leaving:
        return _HANGING
    if net.back:
        return _BACK_LEAVING if leaving else _BACK_ENTERING
    if leaving:
        return _LEAVING.get(node.shape, _LEAVING_OTHER)
    return _ENTERING.get(node.shape, _ENTERING_OTHER)


def band_docks(box: Box, lines: list[int], near: int | None, *, inside: bool) -> list[Port]:
    """The border of a pool, on each of the lines; with a bent for the place `near`. inside: reached from within."""
    below, above = (UP, DOWN) if inside else (DOWN, UP)
    ports = []
    for x in lines:
        if box.left + (40 if inside else 8) <= x <= box.right - 8:
            cost = 0 if near is None else abs(x - near) // _FAR_COST
            ports += [Port(x, box.bottom, below, cost), Port(x, box.top, above, cost)]
    return ports


def edge_docks(path: list[Point]) -> list[Port]:
    """Both sides of an edge, in the middle of its longest straight part."""
    middle, level = middle_of(path)
    return [Port(middle.x, middle.y, side, 0) for side in ((DOWN, UP) if level else (RIGHT, LEFT))]


def middle_of(path: list[Point]) -> tuple[Point, bool]:
    """The middle of the longest straight part, and whether that is level."""
    one, two = max(pairwise(path), key=lambda part: abs(part[0].x - part[1].x) + abs(part[0].y - part[1].y))
    return Point((one.x + two.x) // 2, (one.y + two.y) // 2), one.y == two.y
