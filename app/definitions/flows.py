"""Reading the sequence flows of a process."""

from collections.abc import Iterator, Mapping

from app.definitions.supported import language
from app.definitions.survey import Reading
from app.definitions.xml import BPMN, Element, attribute, child, text
from app.domain.models.model import Flow, Language, Node


def flows_of(process: Element, nodes: Mapping[str, Node], reading: Reading) -> Iterator[Flow]:
    """The sequence flows that join two known nodes; the others are reported."""
    for number, element in enumerate(process.iter(f"{{{BPMN}}}sequenceFlow"), start=1):
        if _is_inside_refused(element, reading):
            continue
        ends = {name: attribute(element, name) for name in ("sourceRef", "targetRef")}
        source, target = ends.values()
        for name, node in ends.items():
            if node not in nodes:
                reading.report("flow-end-missing", element, attribute=name)
        condition = child(element, "conditionExpression")
        given = None if condition is None else attribute(condition, "language")
        written_in = language(given) if given else Language.JUEL
        if written_in is None:
            reading.report("condition-script", element, language=given or "")
            condition, written_in = None, Language.JUEL
        if source in nodes and target in nodes:
            if _lies_elsewhere(element, nodes[source or ""], nodes[target or ""], process):
                reading.report("flow-crosses-border", element)
            flow_id = attribute(element, "id") or _free_id(number, reading)
            reading.places.setdefault(flow_id, reading.document.place(element))
            label, words = attribute(element, "name"), text(condition)
            yield Flow(flow_id, source or "", target or "", label, words, written_in)


def _lies_elsewhere(flow: Element, source: Node, target: Node, process: Element) -> bool:
    """Whether a flow is written in another scope than the one that holds both of its ends."""
    around = flow.getparent()
    scope = process if around is None else around
    return source.parent == target.parent and attribute(scope, "id") != (source.parent or attribute(process, "id"))


def _is_inside_refused(element: Element, reading: Reading) -> bool:
    return any(attribute(outer, "id") in reading.refused for outer in element.iterancestors())


def _free_id(number: int, reading: Reading) -> str:
    """The same for the same file, so that a stored state still fits when the file is read again."""
    candidate = f"sequenceFlow_{number}"
    while candidate in reading.places:
        candidate = f"{candidate}_"
    return candidate
