"""Where the elements of a diagram are drawn (BPMN 2.0.2, 12.2)."""

from app.definitions.findings import Finding
from app.definitions.xml import Element, attribute, parse

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"


def shapes(source: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, width and height of the shapes of a file, by the ids of their elements; what has no numbers is left out."""
    document = parse(source)
    if isinstance(document, Finding):
        return {}
    found = ((attribute(shape, "bpmnElement"), _box(shape)) for shape in document.root.iter(f"{_DI}BPMNShape"))
    return {name: box for name, box in found if name is not None and box is not None}


def _box(shape: Element) -> tuple[float, float, float, float] | None:
    bounds = shape.find(f"{_DC}Bounds")
    if bounds is None:
        return None
    try:
        left, top, width, height = (float(bounds.get(side) or "") for side in ("x", "y", "width", "height"))
    except ValueError:
        return None
    return left, top, width, height
