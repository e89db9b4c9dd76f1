"""The drawing as BPMN diagram interchange (BPMN 2.0, clause 12)."""

from lxml import etree

from app.definitions.layout.model import Box, Drawing, Edge, Lane, Plan, Scope
from app.definitions.xml import Element

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_PREFIXES = {"bpmndi": DI, "dc": _DC, "di": _DD}


def clear(root: Element) -> None:
    """Take out the diagrams that the file has."""
    for old in root.findall(f"{{{DI}}}BPMNDiagram"):
        root.remove(old)


def write(root: Element, plan: Plan, drawing: Drawing) -> None:
    """Add a diagram at the end of the file."""
    last = root[-1] if len(root) else None
    diagram = _Diagram(root, plan, drawing).write()
    etree.indent(diagram, level=1)
    if last is not None:
        last.tail = "\n  "
    diagram.tail = "\n"


class _Diagram:
    def __init__(self, root: Element, plan: Plan, drawing: Drawing) -> None:
        self.plan, self.drawing = plan, drawing
        self.taken = {element.get("id") for element in root.iter(etree.Element)}
        self.diagram = etree.SubElement(
            root, f"{{{DI}}}BPMNDiagram", {"id": self._free(f"{plan.element}_diagram")}, nsmap=_PREFIXES
        )
        self.plane = self._add(self.diagram, "BPMNPlane", plan.element, "_plane")

    def write(self) -> Element:
        for pool in self.plan.pools:
            if pool.id:
                self._frame(pool.id)
            for lane in pool.scope.lanes if pool.scope else ():
                self._lane(lane)
            if pool.scope:
                self._scope(pool.scope)
        self._edges(self.plan.edges)
        return self.diagram

    def _free(self, name: str) -> str:
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def _add(self, parent: Element, kind: str, shown: str, ending: str = "_di") -> Element:
        ids = {"id": self._free(shown + ending), "bpmnElement": shown}
        return etree.SubElement(parent, f"{{{DI}}}{kind}", ids)

    def _frame(self, name: str) -> None:
        shape = self._add(self.plane, "BPMNShape", name)
        shape.set("isHorizontal", "true")
        _bounds(shape, self.drawing.frames[name])

    def _lane(self, lane: Lane) -> None:
        self._frame(lane.id)
        for inner in lane.inner:
            self._lane(inner)

    def _scope(self, scope: Scope) -> None:
        for node in scope.nodes.values():
            shape = self._add(self.plane, "BPMNShape", node.id)
            if node.kind == "exclusiveGateway":
                shape.set("isMarkerVisible", "true")
            if node.inner:
                shape.set("isExpanded", "true")
            _bounds(shape, self.drawing.boxes[node.id])
            self._label(shape, node.id)
            if node.inner:
                self._scope(node.inner)
        self._edges(scope.edges)

    def _edges(self, edges: list[Edge]) -> None:
        for edge in edges:
            element = self._add(self.plane, "BPMNEdge", edge.id)
            for point in self.drawing.paths[edge.id]:
                etree.SubElement(element, f"{{{_DD}}}waypoint", {"x": str(point.x), "y": str(point.y)})
            self._label(element, edge.id)

    def _label(self, parent: Element, name: str) -> None:
        if box := self.drawing.labels.get(name):
            _bounds(etree.SubElement(parent, f"{{{DI}}}BPMNLabel"), box)


def _bounds(parent: Element, box: Box) -> None:
    sizes = {"x": box.left, "y": box.top, "width": box.width, "height": box.height}
    etree.SubElement(parent, f"{{{_DC}}}Bounds", {name: str(size) for name, size in sizes.items()})
