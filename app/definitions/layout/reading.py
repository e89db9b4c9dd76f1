"""From a BPMN file to what is to be drawn of it."""

from collections import ChainMap
from collections.abc import Iterator

from app.definitions.findings import Finding, Place, finding
from app.definitions.layout import groups
from app.definitions.layout.model import Edge, Lane, Link, Node, Plan, Pool, Reading, Scope, Shape
from app.definitions.layout.splice import text_of
from app.definitions.read import MAX_FLOW_ELEMENTS
from app.definitions.xml import BPMN, Element, attribute, child, children, local, namespace, parse, text
from app.errors import ModelRejected

_SUB_PROCESSES = {"subProcess", "transaction", "adHocSubProcess"}
_SHAPES = {
    **dict.fromkeys(("exclusiveGateway", "parallelGateway", "inclusiveGateway"), Shape.GATEWAY),
    **dict.fromkeys(("eventBasedGateway", "complexGateway"), Shape.GATEWAY),
    **dict.fromkeys(("startEvent", "endEvent", "boundaryEvent"), Shape.EVENT),
    **dict.fromkeys(("intermediateCatchEvent", "intermediateThrowEvent"), Shape.EVENT),
    **dict.fromkeys(("task", "userTask", "serviceTask", "scriptTask", "manualTask", "sendTask"), Shape.TASK),
    **dict.fromkeys(("receiveTask", "businessRuleTask", "callActivity"), Shape.TASK),
    **dict.fromkeys(("dataObjectReference", "dataStoreReference", "dataInput", "dataOutput"), Shape.DATA),
    "textAnnotation": Shape.NOTE,
}
_MARKERS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
_FLOWS = {"sequenceFlow": Link.SEQUENCE, "association": Link.ASSOCIATION, "messageFlow": Link.MESSAGE}

_DRAWN = {*_SHAPES, *_SUB_PROCESSES, *_FLOWS, "participant", "lane", "group"}


def read(source: bytes) -> Reading:
    """Raises ModelRejected with the findings if the file is refused or is not BPMN."""
    document = parse(source)
    if isinstance(document, Finding):
        raise _rejected(document)
    if (namespace(document.root), local(document.root)) != (BPMN, "definitions"):
        raise _rejected(finding("not-bpmn", document.place(document.root)))
    if sum(_is_drawn(element) for element in document.root.iter()) > MAX_FLOW_ELEMENTS:
        raise _rejected(finding("model-too-large", document.place(document.root), limit=MAX_FLOW_ELEMENTS))
    text = text_of(source, document.root)
    if text is None:
        raise _rejected(finding("xml-malformed", Place(), reason="the encoding cannot be written as it was read"))
    named = _name_flows(document.root)
    plans = list(_plans(document.root))
    for plan in plans:
        plan.groups = groups.members(document.root, [pool.scope for pool in plan.pools if pool.scope])
    return Reading(document.root, text, named, plans)


def _is_drawn(element: Element) -> bool:
    return namespace(element) == BPMN and local(element) in _DRAWN


def _rejected(found: Finding) -> ModelRejected:
    return ModelRejected(found.message["en"], details=[found.to_dict()])


def _name_flows(root: Element) -> dict[Element, str]:
    """A flow without id cannot be drawn; it gets the id under which `app.definitions.read` knows it."""
    taken = {element.get("id") for element in root.iter(f"{{{BPMN}}}*")}
    named = {}
    for scope in [*children(root, "process"), *children(root, "collaboration")]:
        for kind in _FLOWS:
            for number, element in enumerate(scope.iter(f"{{{BPMN}}}{kind}"), start=1):
                if attribute(element, "id") is None:
                    name = f"{kind}_{number}"
                    while name in taken:
                        name += "_"
                    taken.add(name)
                    element.set("id", name)
                    named[element] = name
    return named


def _plans(root: Element) -> Iterator[Plan]:
    """A diagram for each collaboration, and one for each process that is in none."""
    processes = {attribute(element, "id"): element for element in children(root, "process")}
    shown: set[str | None] = set()
    for collaboration in children(root, "collaboration"):
        pools, elements = [], [collaboration]
        for element in children(collaboration, "participant"):
            reference = (attribute(element, "processRef") or "").rpartition(":")[2] or None
            process = processes.get(reference) if reference and reference not in shown else None
            if pool_id := attribute(element, "id"):
                shown.add(reference)
                elements += [] if process is None else [process]
                scope = None if process is None else _scope(process)
                pools.append(Pool(pool_id, attribute(element, "name") or "", scope))
        if pools and (element_id := attribute(collaboration, "id")):
            yield _plan(element_id, pools, elements)
    for process_id, element in processes.items():
        if process_id and process_id not in shown:
            yield _plan(process_id, [Pool(None, "", _scope(element))], [element])


def _plan(element_id: str, pools: list[Pool], elements: list[Element]) -> Plan:
    """Each edge goes to the innermost scope that holds both its ends."""
    if local(elements[0]) == "collaboration":
        _add_notes(elements[0], pools)
    plan = Plan(element_id, pools, [])
    paths: dict[str, tuple[Scope, ...]] = {}
    for pool in pools:
        if pool.id:
            paths[pool.id] = ()
        if pool.scope:
            paths |= _paths(pool.scope, ())
    flows: dict[str, tuple[Scope, ...]] = {}
    for edge in sorted(_edges(elements), key=lambda one: one.link is Link.ASSOCIATION):
        known = ChainMap(paths, flows) if edge.link is Link.ASSOCIATION else paths
        if edge.source in known and edge.target in known and edge.id not in paths and edge.id not in flows:
            common = [one for one, two in zip(known[edge.source], known[edge.target], strict=False) if one is two]
            (common[-1].edges if common else plan.edges).append(edge)
            if edge.link is not Link.ASSOCIATION:
                flows[edge.id] = tuple(common)
    return plan


def _add_notes(collaboration: Element, pools: list[Pool]) -> None:
    """Notes that belong to no process stand in the first one that there is."""
    notes = {}
    for element in children(collaboration, "textAnnotation"):
        if node_id := attribute(element, "id"):
            notes[node_id] = Node(node_id, "textAnnotation", Shape.NOTE, text(child(element, "text")) or "")
    if notes:
        if not any(pool.scope for pool in pools):
            pools.append(Pool(None, "", Scope()))
        home = next(pool.scope for pool in pools if pool.scope)
        home.nodes |= notes
        _settle(home)


def _paths(scope: Scope, outer: tuple[Scope, ...]) -> dict[str, tuple[Scope, ...]]:
    """For each node the scopes around it, the outermost first."""
    here = (*outer, scope)
    found = dict.fromkeys(scope.nodes, here)
    for node in scope.nodes.values():
        if node.inner:
            found |= _paths(node.inner, here)
    return found


def _scope(element: Element) -> Scope:
    scope = Scope()
    for inner in element.iterchildren(f"{{{BPMN}}}*"):
        node_id = attribute(inner, "id")
        shape = Shape.SUB_PROCESS if local(inner) in _SUB_PROCESSES else _SHAPES.get(local(inner))
        if node_id is None or shape is None or node_id in scope.nodes:
            continue
        name = text(child(inner, "text")) if shape is Shape.NOTE else attribute(inner, "name")
        node = Node(node_id, local(inner), shape, name or "", attribute(inner, "attachedToRef"))
        node.marked = node.kind == "callActivity" or any(child(inner, marker) is not None for marker in _MARKERS)
        if shape is Shape.SUB_PROCESS:
            node.inner = _scope(inner)
            if not node.inner.nodes:
                node.inner, node.shape = None, Shape.TASK
        scope.nodes[node_id] = node
    for node in scope.nodes.values():
        host = scope.nodes.get(node.host or "")
        if host is None or host.shape not in (Shape.TASK, Shape.SUB_PROCESS):
            node.host = None
    for lane_set in children(element, "laneSet"):
        scope.lanes += _lanes(lane_set)
    _settle(scope)
    return scope


def _lanes(lane_set: Element) -> list[Lane]:
    lanes = []
    for element in children(lane_set, "lane"):
        nodes = [name for reference in children(element, "flowNodeRef") if (name := text(reference))]
        inner = [lane for one in children(element, "childLaneSet") for lane in _lanes(one)]
        if lane_id := attribute(element, "id"):
            lanes.append(Lane(lane_id, attribute(element, "name") or "", nodes, inner))
        else:
            lanes += inner
    return lanes


def _settle(scope: Scope) -> None:
    """Each node in exactly one lane: the innermost that names it, else the lane of its host, else the first."""
    leaves = [leaf for lane in scope.lanes for leaf in lane.leaves()]
    if not leaves:
        return
    homes: dict[str, Lane] = {}
    for lane in scope.lanes:
        _claim(lane, homes)
    for node in scope.nodes.values():
        if node.host in homes:
            homes[node.id] = homes[node.host]
    for leaf in leaves:
        leaf.nodes = [name for name in scope.nodes if homes.get(name, leaves[0]) is leaf]


def _claim(lane: Lane, homes: dict[str, Lane]) -> None:
    leaf = next(lane.leaves())
    homes |= dict.fromkeys(lane.nodes, leaf)
    for inner in lane.inner:
        _claim(inner, homes)


def _edges(elements: list[Element]) -> Iterator[Edge]:
    for element in (inner for outer in elements for inner in outer.iter(f"{{{BPMN}}}*")):
        edge_id = attribute(element, "id")
        if edge_id is None:
            continue
        if link := _FLOWS.get(local(element)):
            source, target = attribute(element, "sourceRef") or "", attribute(element, "targetRef") or ""
            yield Edge(edge_id, link, source, target, attribute(element, "name") or "")
        elif local(element) in ("dataInputAssociation", "dataOutputAssociation"):
            owner = element.getparent()
            node_id = "" if owner is None else attribute(owner, "id") or ""
            into = local(element) == "dataInputAssociation"
            other = text(child(element, "sourceRef" if into else "targetRef")) or ""
            yield Edge(edge_id, Link.ASSOCIATION, other if into else node_id, node_id if into else other)
