"""The drawing as BPMN diagram interchange (BPMN 2.0, clause 12)."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from app.definitions.layout.model import Box, Drawing, Edge, Lane, Plan, Point, Scope
from app.definitions.xml import Element

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_PREFIXES = {
    "bpmndi": DI,
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}


def old(root: Element) -> list[Element]:
    """The diagrams that the file has."""
    return root.findall(f"{{{DI}}}BPMNDiagram")


def diagrams(root: Element, drawings: list[tuple[Plan, Drawing]]) -> str:
    """The text of the diagrams, each tag in a line of its own.

    root: of the file that they are for, whose prefixes they use and whose ids they leave alone.
    """
    known = {uri: prefix for prefix, uri in root.nsmap.items() if prefix}
    prefixes, missing = {}, ""
    for name, uri in _PREFIXES.items():
        prefixes[name] = known.get(uri) or _free(name, {*root.nsmap})
        missing += "" if uri in known else f' xmlns:{prefixes[name]}="{uri}"'
    gone = {inner for diagram in old(root) for inner in diagram.iter()}
    text = _Text(prefixes, {element.get("id") for element in root.iter() if element not in gone})
    return "\n".join(line for plan, drawing in drawings for line in text.diagram(plan, drawing, missing))


def _free(name: str, taken: set[str | None]) -> str:
    while name in taken:
        name += "_"
    return name


class _Text:
    """prefixes: of the three namespaces; taken: ids in use."""

    def __init__(self, prefixes: dict[str, str], taken: set[str | None]) -> None:
        self.prefixes, self.taken = prefixes, taken

    def diagram(self, plan: Plan, drawing: Drawing, namespaces: str) -> Iterator[str]:
        yield f"  <{self._name('bpmndi:BPMNDiagram')}{namespaces}{self._id(plan.element + '_diagram')}>"
        yield f"    <{self._name('bpmndi:BPMNPlane')}{self._shown(plan.element, '_plane')}>"
        for pool in plan.pools:
            if pool.id:
                yield from self._frame(pool.id, drawing)
            for lane in pool.scope.lanes if pool.scope else ():
                yield from self._lane(lane, drawing)
            if pool.scope:
                yield from self._scope(pool.scope, drawing)
        yield from self._edges(plan.edges, drawing)
        for group in plan.groups:
            yield from self._shape(group, "", drawing.frames[group], None)
        yield f"    </{self._name('bpmndi:BPMNPlane')}>"
        yield f"  </{self._name('bpmndi:BPMNDiagram')}>"

    def _name(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{self.prefixes[prefix]}:{local}"

    def _id(self, name: str) -> str:
        """The attribute with an id that is not in use."""
        free = _free(name, self.taken)
        self.taken.add(free)
        return f" id={quoteattr(free)}"

    def _shown(self, shown: str, ending: str = "_di") -> str:
        return f"{self._id(shown + ending)} bpmnElement={quoteattr(shown)}"

    def _frame(self, name: str, drawing: Drawing) -> Iterator[str]:
        yield from self._shape(name, ' isHorizontal="true"', drawing.frames[name], None)

    def _lane(self, lane: Lane, drawing: Drawing) -> Iterator[str]:
        yield from self._frame(lane.id, drawing)
        for inner in lane.inner:
            yield from self._lane(inner, drawing)

    def _scope(self, scope: Scope, drawing: Drawing) -> Iterator[str]:
        for node in scope.nodes.values():
            marks = ' isMarkerVisible="true"' if node.kind == "exclusiveGateway" else ""
            marks += ' isExpanded="true"' if node.inner else ""
            yield from self._shape(node.id, marks, drawing.boxes[node.id], drawing.labels.get(node.id))
            if node.inner:
                yield from self._scope(node.inner, drawing)
        yield from self._edges(scope.edges, drawing)

    def _shape(self, name: str, marks: str, box: Box, label: Box | None) -> Iterator[str]:
        yield f"      <{self._name('bpmndi:BPMNShape')}{self._shown(name)}{marks}>"
        yield f"        {self._bounds(box)}"
        yield from self._label(label)
        yield f"      </{self._name('bpmndi:BPMNShape')}>"

    def _edges(self, edges: list[Edge], drawing: Drawing) -> Iterator[str]:
        for edge in edges:
            yield f"      <{self._name('bpmndi:BPMNEdge')}{self._shown(edge.id)}>"
            for point in drawing.paths[edge.id]:
                yield f"        {self._waypoint(point)}"
            yield from self._label(drawing.labels.get(edge.id))
            yield f"      </{self._name('bpmndi:BPMNEdge')}>"

    def _label(self, box: Box | None) -> Iterator[str]:
        if box:
            yield f"        <{self._name('bpmndi:BPMNLabel')}>"
            yield f"          {self._bounds(box)}"
            yield f"        </{self._name('bpmndi:BPMNLabel')}>"

    def _bounds(self, box: Box) -> str:
        name = self._name("dc:Bounds")
        return f'<{name} x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}"/>'

    def _waypoint(self, point: Point) -> str:
        return f'<{self._name("di:waypoint")} x="{point.x}" y="{point.y}"/>'
