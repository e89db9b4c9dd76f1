"""Texts in a drawing, their lines broken as the layout breaks them."""

from xml.sax.saxutils import escape

from app.definitions.drawing.reading import Box
from app.definitions.layout.wording import LABEL_FONT, LABEL_WIDTH, SHAPE_FONT, wrap

_LINE = 1.2
_PADDING = 7


def inside(text: str, box: Box, *, at_top: bool = False) -> str:
    """In the middle of a shape, or at its upper edge."""
    lines = wrap(text, max(int(box.width) - 2 * _PADDING, 20), SHAPE_FONT) if text else []
    height = len(lines) * SHAPE_FONT * _LINE
    top = box.y + _PADDING if at_top else box.middle[1] - height / 2
    return _lines(lines, box.middle[0], top, SHAPE_FONT)


def beside(text: str, box: Box) -> str:
    """The name of an event, a gateway, a data object or an edge, where the diagram has it."""
    lines = wrap(text, max(LABEL_WIDTH, int(box.width)), LABEL_FONT) if text else []
    return _lines(lines, box.middle[0], box.y, LABEL_FONT, "label")


def note(text: str, box: Box) -> str:
    """An annotation: at its left edge."""
    lines = wrap(text, max(int(box.width) - 2 * _PADDING, 20), SHAPE_FONT) if text else []
    return _lines(lines, box.x + _PADDING, box.y + _PADDING - 2, SHAPE_FONT, anchor="start")


def upright(text: str, x: float, middle: float, room: float) -> str:
    """From below to above, in the band of a pool or lane. room: its length."""
    lines = wrap(text, max(int(room) - 2 * _PADDING, 20), SHAPE_FONT) if text else []
    turned = _lines(lines, x, middle - len(lines) * SHAPE_FONT * _LINE / 2, SHAPE_FONT)
    return f'<g transform="rotate(-90 {x:g} {middle:g})">{turned}</g>' if lines else ""


def _lines(lines: list[str], x: float, top: float, font: int, kind: str = "", *, anchor: str = "middle") -> str:
    if not lines:
        return ""
    marked = f' class="{kind}"' if kind else ""
    spans = "".join(
        f'<tspan x="{x:g}" y="{top + font + number * font * _LINE:.4g}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text text-anchor="{anchor}"{marked}>{spans}</text>'
