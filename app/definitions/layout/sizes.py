"""How large each shape is drawn: the standard sizes, larger where a name would not fit."""

from collections.abc import Iterator
from math import ceil

from app.definitions.layout import wording
from app.definitions.layout.model import Node, Plan, Scope, Shape

EVENT = 36
GATEWAY = 50
_TASKS = ((100, 80), (120, 80), (140, 90), (160, 100))
_ICON = 27
"""The width and height of the corner in which the icon of a task stands."""
_MARKER = 18
"""The height of the strip below in which the marker of a loop stands."""
_TASK_PADDING = 14
_NOTE_WIDTHS = (100, 140, 180, 240)
_NOTE_LINES = 5
_NOTE_PADDING = 12


def measure(plan: Plan) -> None:
    """Set the size of every node but the expanded sub-processes, whose content decides.

    All tasks of a diagram have one size: the smallest of the usual ones that holds each name.
    """
    nodes = [node for pool in plan.pools if pool.scope for node in _nodes(pool.scope)]
    task = _task([node for node in nodes if node.shape is Shape.TASK])
    for node in nodes:
        match node.shape:
            case Shape.TASK:
                node.width, node.height = task
            case Shape.EVENT:
                node.width = node.height = EVENT
            case Shape.GATEWAY:
                node.width = node.height = GATEWAY
            case Shape.DATA:
                node.width, node.height = (50, 50) if node.kind == "dataStoreReference" else (36, 50)
            case Shape.NOTE:
                node.width, node.height = _note(node.name)
            case Shape.SUB_PROCESS:
                pass


def _nodes(scope: Scope) -> Iterator[Node]:
    for node in scope.nodes.values():
        yield node
        if node.inner:
            yield from _nodes(node.inner)


def _task(tasks: list[Node]) -> tuple[int, int]:
    for size in _TASKS[:-1]:
        if all(_fits(task, *size) for task in tasks):
            return size
    return _TASKS[-1]


def _fits(task: Node, width: int, height: int) -> bool:
    """Whether the name stands in the middle of the task without broken words, off the icon and the marker."""
    room = width - _TASK_PADDING
    lines = wording.wrap(task.name, room, wording.SHAPE_FONT)
    above = (height - wording.size(task.name, room, wording.SHAPE_FONT)[1]) // 2
    if wording.longest_word(task.name, wording.SHAPE_FONT) > room or above < (_MARKER if task.marked else 6):
        return False
    has_icon = task.kind not in ("task", "callActivity", "subProcess")
    first = wording.width(lines[0], wording.SHAPE_FONT) if lines else 0
    return not has_icon or above >= _ICON - 4 or first <= width - 2 * _ICON


def _note(text: str) -> tuple[int, int]:
    for width in _NOTE_WIDTHS:
        _, height = wording.size(text, width - _NOTE_PADDING, wording.SHAPE_FONT)
        if height <= ceil(_NOTE_LINES * wording.SHAPE_FONT * 1.2):
            break
    return width, max(height + _NOTE_PADDING, 30)
