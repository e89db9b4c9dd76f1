"""Rules on how the nodes of a flow are joined (BPMN 2.0.2, 8.4.13 sequence flow, 10.6 gateways)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, is_single_expression
from app.definitions.supported import ACTIVITIES, GATEWAYS, SCOPES
from app.domain.models.model import EventKind, Kind, Language, Node

_THROWN = (EventKind.MESSAGE, EventKind.SIGNAL)


def flow_rules(inspection: Inspection) -> Iterator[Finding]:
    scopes: dict[str | None, list[Node]] = defaultdict(list)
    for node in inspection.process.nodes.values():
        scopes[node.parent].append(node)
    inner = [node.id for node in inspection.nodes() if node.kind in SCOPES]
    for parent in (None, *inner):
        inside = [node for node in scopes[parent] if not _stands_apart(node)]
        if parent is None or inspection.process.nodes[parent].kind != Kind.AD_HOC_SUB_PROCESS:
            yield from _starts_and_ends(inspection, parent, inside)
        else:
            yield from _ad_hoc(inspection, parent, inside)
        yield from _paths(inspection, inside)
    for node in inspection.nodes():
        yield from _joints(inspection, node)
        if node.event.kind == EventKind.LINK:
            yield from _link(inspection, node)
        if node.kind in GATEWAYS:
            yield from _gateway(inspection, node)
        elif node.kind in ACTIVITIES:
            yield from _choice(inspection, node)
    yield from _flows(inspection)


def _stands_apart(node: Node) -> bool:
    """Whether it is begun by an event, not by a flow."""
    return node.event_triggered or node.for_compensation


def _starts_and_ends(inspection: Inspection, parent: str | None, nodes: list[Node]) -> Iterator[Finding]:
    place = inspection.process.id if parent is None else parent
    starts = [node for node in nodes if node.kind == Kind.START_EVENT]
    if not starts and not (parent is None and any(node.instantiates for node in nodes)):
        yield inspection.at("start-event-missing", place)
    alike = [node for node in starts if node.id not in inspection.model.refused]
    if parent is None:
        alike = [node for node in alike if node.event.kind == EventKind.NONE]
    for start in alike[1:]:
        yield inspection.at("several-start-events", start.id)
    if not any(node.kind == Kind.END_EVENT for node in nodes):
        yield inspection.at("end-event-missing", place)


def _ad_hoc(inspection: Inspection, parent: str, nodes: list[Node]) -> Iterator[Finding]:
    """Activities in any order, at least one, and neither start nor end events (BPMN 2.0.2, 10.3.5)."""
    if not any(node.kind in ACTIVITIES and not node.incoming for node in nodes):
        yield inspection.at("ad-hoc-empty", parent)
    for node in nodes:
        if node.kind in (Kind.START_EVENT, Kind.END_EVENT):
            yield inspection.at("ad-hoc-event", node.id)
    ad_hoc = inspection.process.nodes[parent].ad_hoc
    until = None if ad_hoc is None or ad_hoc.language is not Language.JUEL else ad_hoc.completion
    if until is not None and not is_single_expression(until):
        yield inspection.at("condition-not-expression", parent, text=until)


def _paths(inspection: Inspection, nodes: list[Node]) -> Iterator[Finding]:
    """Every node has a way from a start event and to an end event, wherever the scope has such events at all."""
    flows = inspection.process.flows
    forward: dict[str, list[str]] = {node.id: [flows[flow].target for flow in node.outgoing] for node in nodes}
    for node in nodes:
        if node.attached_to in forward:
            forward[node.attached_to].append(node.id)
        if node.event.kind == EventKind.LINK and node.kind == Kind.INTERMEDIATE_THROW_EVENT:
            forward[node.id] += [one.id for one in _links(nodes, Kind.INTERMEDIATE_CATCH_EVENT, node.event.name)]
    backward: dict[str, list[str]] = defaultdict(list)
    for source, targets in forward.items():
        for target in targets:
            backward[target].append(source)
    starts = [node.id for node in nodes if node.kind == Kind.START_EVENT or node.instantiates]
    ends = [node.id for node in nodes if node.kind == Kind.END_EVENT]
    reached, ending = _closure(starts, forward), _closure(ends, backward)
    for node in nodes:
        if node.id in inspection.model.refused or node.event.kind == EventKind.COMPENSATION:
            continue
        if starts and node.id not in reached:
            if node.kind != Kind.BOUNDARY_EVENT:
                yield inspection.at("unreachable", node.id)
        elif ends and node.id not in ending:
            yield inspection.at("end-not-reachable", node.id)


def _closure(begin: Iterable[str], edges: Mapping[str, list[str]]) -> set[str]:
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        for following in edges.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def _joints(inspection: Inspection, node: Node) -> Iterator[Finding]:
    if node.kind == Kind.START_EVENT and node.incoming:
        yield inspection.at("start-event-incoming", node.id)
    if node.kind == Kind.BOUNDARY_EVENT and node.incoming:
        yield inspection.at("boundary-incoming", node.id)
    if node.kind == Kind.END_EVENT and node.outgoing:
        yield inspection.at("end-event-outgoing", node.id)
    if _stands_apart(node) and (node.incoming or node.outgoing):
        yield inspection.at("handler-in-flow", node.id)
    if node.instantiates and (node.incoming or node.parent or node.loop or node.standard_loop):
        yield inspection.at("instantiates-in-flow", node.id)
    if node.kind in GATEWAYS and not node.outgoing:
        yield inspection.at("gateway-without-outgoing", node.id)


def _links(nodes: Iterable[Node], kind: Kind, name: str | None) -> list[Node]:
    return [
        node for node in nodes if node.kind == kind and node.event.kind == EventKind.LINK and node.event.name == name
    ]


def _link(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """A link goes from one or more events to exactly one of the same name in the same scope (BPMN 2.0.2, 10.5.5)."""
    beside = inspection.process.children(node.parent)
    throws = node.kind == Kind.INTERMEDIATE_THROW_EVENT
    others = _links(beside, Kind.INTERMEDIATE_CATCH_EVENT if throws else Kind.INTERMEDIATE_THROW_EVENT, node.event.name)
    if not others or (throws and len(others) > 1):
        yield inspection.at("link-unpaired", node.id, link=node.event.name or "")
    if node.outgoing if throws else node.incoming:
        yield inspection.at("link-in-flow", node.id)


def _event_gateway(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """Only events that are waited for stand behind it, each behind it alone (BPMN 2.0.2, 10.6.6)."""
    nodes, flows = inspection.process.nodes, inspection.process.flows
    for target in (nodes[flows[flow].target] for flow in node.outgoing):
        waits = target.kind == Kind.RECEIVE_TASK or (
            target.kind == Kind.INTERMEDIATE_CATCH_EVENT and target.event.kind != EventKind.LINK
        )
        bordered = any(one.attached_to == target.id for one in nodes.values())
        if not waits or len(target.incoming) > 1 or bordered:
            yield inspection.at("event-gateway-target", target.id)
        elif node.instantiates and any(event.kind not in _THROWN for _, event in target.events()):
            yield inspection.at("instantiating-gateway-target", target.id)


def _gateway(inspection: Inspection, node: Node) -> Iterator[Finding]:
    flows = [inspection.process.flows[flow] for flow in node.outgoing]
    if node.kind in (Kind.PARALLEL_GATEWAY, Kind.EVENT_BASED_GATEWAY):
        for flow in flows:
            if flow.condition is not None:
                waits = node.kind == Kind.EVENT_BASED_GATEWAY
                yield inspection.at("condition-at-event-gateway" if waits else "condition-at-parallel-gateway", flow.id)
        if node.kind == Kind.EVENT_BASED_GATEWAY:
            yield from _event_gateway(inspection, node)
        return
    if node.kind == Kind.COMPLEX_GATEWAY:
        if len(node.incoming) > 1 and not is_single_expression(node.activation or ""):
            yield inspection.at("activation-condition-missing", node.id)
        if len(node.incoming) > 1 and not any(flow.condition for flow in flows) and len(flows) == 1:
            return
    yield from _choice(inspection, node)
    for flow in flows:
        if len(flows) > 1 and flow.id != node.default_flow and flow.condition is None:
            yield inspection.at("flow-without-condition", flow.id)


def _choice(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """Conditions and default flow out of a gateway or an activity (BPMN 2.0.2, 8.4.13)."""
    flows = [inspection.process.flows[flow] for flow in node.outgoing]
    if node.default_flow and node.default_flow not in node.outgoing:
        yield inspection.at("default-flow-unknown", node.id, flow=node.default_flow)
    if len(flows) == 1 and flows[0].condition is not None:
        yield inspection.at("condition-on-single-flow", flows[0].id)
    if len(flows) < 2:
        return
    for flow in flows:
        if flow.id == node.default_flow and flow.condition is not None:
            yield inspection.at("default-flow-condition", flow.id)
    if node.default_flow is None and all(flow.condition is not None for flow in flows):
        yield inspection.at("gateway-without-default", node.id)


def _flows(inspection: Inspection) -> Iterator[Finding]:
    nodes = inspection.process.nodes
    for flow in inspection.process.flows.values():
        if nodes[flow.source].parent != nodes[flow.target].parent:
            yield inspection.at("flow-crosses-border", flow.id)
        if flow.condition is None:
            continue
        if flow.language is Language.JUEL and not is_single_expression(flow.condition):
            yield inspection.at("condition-not-expression", flow.id, text=flow.condition)
        kind = nodes[flow.source].kind
        if kind not in GATEWAYS | ACTIVITIES and flow.source not in inspection.model.refused:
            yield inspection.at("condition-not-at-gateway", flow.id)
