"""The diagram of a model as SVG, drawn as its diagram interchange says (BPMN 2.0.2, 12).

reading     the shapes and edges of a file      shapes, glyphs, edges      how they are drawn      writing    texts
"""

from app.definitions.drawing.edges import drawn as edge
from app.definitions.drawing.reading import FRAMES, Box, Plane, Shape, read
from app.definitions.drawing.shapes import drawn as shape
from app.definitions.findings import Finding
from app.definitions.xml import parse

__all__ = ["picture"]

_MARGIN = 10
_STYLE = (
    "svg{font-family:Arial,sans-serif;font-size:12px}"
    "rect,circle,path,polygon{stroke:#22242a;stroke-width:1.5;fill:#fff}"
    ".thick{stroke-width:4}.line,.glyph{fill:none}.full{fill:#22242a}.dashed{stroke-dasharray:6 4}"
    ".dotted{stroke-dasharray:1 4;stroke-linecap:round}.label{font-size:11px}text{fill:#22242a;stroke:none}"
)


def picture(source: bytes, process: str) -> str | None:
    """The diagram that shows a process, with the names of the file. None: the file has none, or is no BPMN."""
    document = parse(source)
    plane = None if isinstance(document, Finding) else read(document.root, process)
    if plane is None:
        return None
    box = _around(plane)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{box.width:g}" height="{box.height:g}" '
        f'viewBox="{box.x:g} {box.y:g} {box.width:g} {box.height:g}"><style>{_STYLE}</style>'
        f"{''.join(_content(plane))}</svg>"
    )


def _content(plane: Plane) -> list[str]:
    """What is large is below what stands in it."""
    frames = sorted((one for one in plane.shapes if _is_frame(one)), key=lambda one: -one.box.width * one.box.height)
    rest = [one for one in plane.shapes if not _is_frame(one)]
    return [*map(shape, frames), *map(edge, plane.edges), *map(shape, rest)]


def _is_frame(one: Shape) -> bool:
    return one.kind in FRAMES or one.expanded


def _around(plane: Plane) -> Box:
    labels = [one.label for one in plane.shapes] + [one.label for one in plane.edges]
    boxes = [one.box for one in plane.shapes] + [label for label in labels if label]
    xs = [x for box in boxes for x in (box.x, box.right)] + [x for one in plane.edges for x, _ in one.points]
    ys = [y for box in boxes for y in (box.y, box.bottom)] + [y for one in plane.edges for _, y in one.points]
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    return Box(left, top, max(xs) - left + _MARGIN, max(ys) - top + _MARGIN)
