"""What is drawn in a diagram: where its elements are (BPMN 2.0.2, 12.2), and what stands beside the flow."""

from app.definitions.findings import Finding
from app.definitions.read import properties
from app.definitions.xml import BPMN, Element, attribute, child, local, parse, text
from app.domain.models.difference import Beside

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_BESIDE = (
    "participant",
    "lane",
    "messageFlow",
    "textAnnotation",
    "association",
    "dataObjectReference",
    "dataStoreReference",
    "group",
)
_SAID = ("name", "processRef", "sourceRef", "targetRef", "dataObjectRef", "dataStoreRef", "categoryValueRef")


def beside(source: bytes) -> tuple[Beside, ...]:
    """Pools, lanes, message flows, notes and data of a file that have an id, kind by kind in document order."""
    document = parse(source)
    if isinstance(document, Finding):
        return ()
    found = (one for kind in _BESIDE for one in document.root.iter(f"{{{BPMN}}}{kind}"))
    return tuple(Beside(name, local(one), _said(one)) for one in found if (name := attribute(one, "id")) is not None)


def _said(element: Element) -> dict[str, str]:
    given = {name: attribute(element, name) for name in _SAID}
    given |= {"text": text(child(element, "text")), "documentation": text(child(element, "documentation"))}
    return {name: value for name, value in given.items() if value} | properties(element)


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
