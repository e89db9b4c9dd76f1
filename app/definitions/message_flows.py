"""Message flows between pools: they are drawing alone, but what they draw must be possible (BPMN 2.0.2, 9.4)."""

from collections.abc import Mapping

from app.definitions.findings import finding
from app.definitions.survey import Reading
from app.definitions.xml import BPMN, Element, attribute, local

_NEVER_SEND = {"startEvent", "intermediateCatchEvent", "boundaryEvent"}
_NEVER_RECEIVE = {"endEvent", "intermediateThrowEvent"}


def check_message_flows(root: Element, reading: Reading) -> None:
    """Report those that stay inside one pool, and those that an event sends which catches, or gets which throws."""
    drawn = list(root.iter(f"{{{BPMN}}}messageFlow"))
    elements = {attribute(element, "id"): element for element in root.iter(f"{{{BPMN}}}*")} if drawn else {}
    for flow in drawn:
        source, target = (_end(elements, attribute(flow, name)) for name in ("sourceRef", "targetRef"))
        pool = None if source is None else _pool(source)
        if source is None or target is None:
            continue
        if pool is not None and pool == _pool(target):
            reading.findings.append(finding("message-flow-inside", reading.document.place(flow)))
        elif local(source) in _NEVER_SEND:
            reading.findings.append(finding("message-flow-backward", reading.document.place(source)))
        elif local(target) in _NEVER_RECEIVE:
            reading.findings.append(finding("message-flow-backward", reading.document.place(target)))


def _end(elements: Mapping[str | None, Element], reference: str | None) -> Element | None:
    """References are qualified names: a prefix may stand before the id."""
    return elements.get(reference, elements.get((reference or "").rpartition(":")[2]))


def _pool(end: Element) -> str | None:
    """The id of the process that a pool or a step belongs to; None for a pool without one."""
    if local(end) == "participant":
        return attribute(end, "processRef")
    process = next(end.iterancestors(f"{{{BPMN}}}process"), None)
    return None if process is None else attribute(process, "id")
