"""The shapes and edges of a diagram, as its interchange gives them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from app.definitions.layout.interchange import DI
from app.definitions.xml import Element, attribute, child, children, flag, local, text

_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_POINTS = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
_FURTHEST = 1_000_000
FRAMES = frozenset({"participant", "lane", "group"})
_SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_EVENTS = "EventDefinition"


@dataclass(frozen=True, slots=True)
class Box:
    """In pixels, from the left and from above."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Shape:
    """kind: the name of the element; event: of its definition, `multiple` for several, empty for none.

    expanded: a subprocess or a pool with its content; loop: parallel, sequential, standard or empty; broken: its line is,
    because it does not interrupt, or begins by an event.
    """

    kind: str
    name: str
    box: Box
    label: Box | None = None
    event: str = ""
    expanded: bool = False
    loop: str = ""
    broken: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """kind: the name of the element; beginning: default, condition or empty."""

    kind: str
    name: str
    points: tuple[tuple[float, float], ...]
    label: Box | None = None
    beginning: str = ""


@dataclass(frozen=True, slots=True)
class Plane:
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


def read(root: Element, process: str) -> Plane | None:
    """The plane that shows a process, else the first with a shape; None: there is none."""
    elements = {name: element for element in root.iter() if (name := attribute(element, "id"))}
    planes = [(plane, _read(plane, elements)) for plane in root.iter(f"{{{DI}}}BPMNPlane")]
    drawn = [(plane, found) for plane, found in planes if found.shapes]
    of_process = (found for plane, found in drawn if process in _shown(plane, elements))
    return next(of_process, drawn[0][1] if drawn else None)


def _shown(plane: Element, elements: Mapping[str, Element]) -> set[str | None]:
    """The processes that a plane is of."""
    name = attribute(plane, "bpmnElement")
    of = elements.get(name or "")
    pools = [] if of is None else children(of, "participant")
    return {name, *(attribute(pool, "processRef") for pool in pools)}


def _read(plane: Element, elements: Mapping[str, Element]) -> Plane:
    shapes, edges = [], []
    for drawn in plane:
        element = elements.get(attribute(drawn, "bpmnElement") or "")
        if element is None:
            continue
        if local(drawn) == "BPMNShape" and (box := _box(drawn)) is not None:
            shapes.append(_shape(drawn, element, box))
        elif local(drawn) == "BPMNEdge" and len(points := _points(drawn)) > 1:
            edges.append(_edge(drawn, element, points, elements))
    return Plane(tuple(shapes), tuple(edges))


def _shape(drawn: Element, element: Element, box: Box) -> Shape:
    kind = local(element)
    return Shape(
        kind=kind,
        name=_name(element),
        box=box,
        label=_label(drawn),
        event=_event(element),
        expanded=_is_expanded(drawn, element),
        loop=_loop(element),
        broken=_is_broken(element),
        upright=kind in FRAMES and not flag(drawn, "isHorizontal", True),
    )


def _is_expanded(drawn: Element, element: Element) -> bool:
    if local(element) == "participant":
        return attribute(element, "processRef") is not None
    return local(element) in _SUBPROCESSES and flag(drawn, "isExpanded", False)


def _name(element: Element) -> str:
    if local(element) == "textAnnotation":
        return text(child(element, "text")) or ""
    return attribute(element, "name") or ""


def _event(element: Element) -> str:
    found = [local(one).removesuffix(_EVENTS) for one in element if local(one).endswith(_EVENTS)]
    return "multiple" if len(found) > 1 else found[0] if found else ""


def _loop(element: Element) -> str:
    many = child(element, "multiInstanceLoopCharacteristics")
    if many is not None:
        return "sequential" if flag(many, "isSequential", False) else "parallel"
    return "" if child(element, "standardLoopCharacteristics") is None else "standard"


def _is_broken(element: Element) -> bool:
    match local(element):
        case "boundaryEvent":
            return not flag(element, "cancelActivity", True)
        case "startEvent":
            return not flag(element, "isInterrupting", True)
        case _:
            return flag(element, "triggeredByEvent", False)


def _edge(
    drawn: Element, element: Element, points: tuple[tuple[float, float], ...], elements: Mapping[str, Element]
) -> Edge:
    source = elements.get(attribute(element, "sourceRef") or "")
    beginning = ""
    if source is not None and attribute(source, "default") == attribute(element, "id"):
        beginning = "default"
    elif source is not None and child(element, "conditionExpression") is not None and "Gateway" not in local(source):
        beginning = "condition"
    return Edge(local(element), _name(element), points, _label(drawn), beginning)


def _label(drawn: Element) -> Box | None:
    label = next((one for one in drawn if local(one) == "BPMNLabel"), None)
    return None if label is None else _box(label)


def _box(drawn: Element) -> Box | None:
    bounds = drawn.find(f"{_DC}Bounds")
    if bounds is None:
        return None
    given = [_number(bounds, name) for name in ("x", "y", "width", "height")]
    found = [number for number in given if number is not None]
    return Box(*found) if len(found) == len(given) and min(found[2:]) >= 0 else None


def _points(drawn: Element) -> tuple[tuple[float, float], ...]:
    found = ((_number(one, "x"), _number(one, "y")) for one in drawn.iter(_POINTS))
    return tuple((x, y) for x, y in found if x is not None and y is not None)


def _number(element: Element, name: str) -> float | None:
    """None for what is none, or is off any drawing."""
    try:
        number = float(element.get(name) or "")
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) <= _FURTHEST else None
