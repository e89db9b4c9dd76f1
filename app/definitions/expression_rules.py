"""The rule that every expression of a process parses."""

from collections.abc import Iterator

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, has_expression
from app.domain.model import Handover, Node, Process


def expression_rules(inspection: Inspection) -> Iterator[Finding]:
    for place, text in texts(inspection.process):
        fault = inspection.surroundings.check_expression(text) if has_expression(text) else None
        if fault is not None:
            position = "?" if fault.position is None else fault.position + 1
            yield inspection.at("expression-invalid", place, text=text, position=position, reason=fault.message)


def texts(process: Process) -> Iterator[tuple[str, str]]:
    """Each text of a process that may hold expressions, with the id of the element that it belongs to."""
    for text in (process.candidate_starter_groups, process.form_ref, process.form_ref_version):
        if text:
            yield process.id, text
    for node in process.nodes.values():
        for text in _node_texts(node):
            if text:
                yield node.id, text
    for flow in process.flows.values():
        if flow.condition:
            yield flow.id, flow.condition


def _node_texts(node: Node) -> Iterator[str | None]:
    yield from (node.expression, node.event.timer, node.event.message)
    yield from (node.event.error_code, node.event.error_message)
    if task := node.user_task:
        yield from (task.assignee, task.candidate_groups, task.candidate_users)
        yield from (task.due_date, task.follow_up_date, task.priority)
        yield from (task.form_ref, task.form_ref_version)
    if call := node.call:
        yield from (call.called_element, call.version, call.business_key)
        yield from _sources(call.inputs + call.outputs)
    if loop := node.loop:
        yield from (loop.cardinality, loop.collection, loop.completion_condition)
    yield from _sources(node.inputs + node.outputs)


def _sources(handovers: tuple[Handover, ...]) -> Iterator[str | None]:
    return (handover.source for handover in handovers)
