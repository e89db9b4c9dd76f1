"""The rule that every expression of a process parses, in JUEL or in FEEL."""

from collections.abc import Iterator

from app.definitions.findings import Finding
from app.definitions.inspection import ExpressionFault, Inspection, has_expression
from app.domain.models.model import Handover, Language, Node, Process


def expression_rules(inspection: Inspection) -> Iterator[Finding]:
    for place, text in texts(inspection.process):
        fault = inspection.surroundings.check_expression(text) if has_expression(text) else None
        if fault is not None:
            yield _invalid(inspection, place, text, fault)
    for place, text in feel_texts(inspection.process):
        fault = inspection.surroundings.check_feel(text)
        if fault is not None:
            yield _invalid(inspection, place, text, fault)


def _invalid(inspection: Inspection, place: str, text: str, fault: ExpressionFault) -> Finding:
    position = "?" if fault.position is None else fault.position + 1
    return inspection.at("expression-invalid", place, text=text, position=position, reason=fault.message)


def feel_texts(process: Process) -> Iterator[tuple[str, str]]:
    """Each expression in FEEL, with the id of the element that it belongs to."""
    for node in process.nodes.values():
        if node.expression and node.language is Language.FEEL:
            yield node.id, node.expression
    for flow in process.flows.values():
        if flow.condition and flow.language is Language.FEEL:
            yield flow.id, flow.condition


def texts(process: Process) -> Iterator[tuple[str, str]]:
    """Each text of a process that may hold expressions in JUEL, with the id of the element that it belongs to."""
    for text in (process.candidate_starter_groups, process.form_ref, process.form_ref_version):
        if text:
            yield process.id, text
    for node in process.nodes.values():
        for text in _node_texts(node):
            if text:
                yield node.id, text
    for flow in process.flows.values():
        if flow.condition and flow.language is Language.JUEL:
            yield flow.id, flow.condition


def _node_texts(node: Node) -> Iterator[str | None]:
    yield node.expression if node.language is Language.JUEL else None
    yield from (node.activation, node.job_priority, node.retries)
    for _, event in node.events():
        yield from (event.timer, event.name, event.business_key, event.code, event.text)
        yield event.condition if event.language is Language.JUEL else None
        yield from _sources(event.payload)
    if task := node.user_task:
        yield from (task.assignee, task.candidate_groups, task.candidate_users)
        yield from (task.due_date, task.follow_up_date, task.priority)
        yield from (task.form_ref, task.form_ref_version)
    if call := node.call:
        yield from (call.called_element, call.version, call.business_key)
        yield from _sources(call.inputs + call.outputs)
    if decision := node.decision:
        yield from (decision.decision, decision.version)
    if external := node.external:
        yield from (external.topic, external.priority)
    if loop := node.loop:
        yield from (loop.cardinality, loop.collection, loop.completion_condition)
    if again := node.standard_loop:
        yield from (again.maximum, again.condition if again.language is Language.JUEL else None)
    if ad_hoc := node.ad_hoc:
        yield ad_hoc.completion if ad_hoc.language is Language.JUEL else None
    yield from _sources(node.inputs + node.outputs)


def _sources(handovers: tuple[Handover, ...]) -> Iterator[str | None]:
    return (handover.source for handover in handovers)
