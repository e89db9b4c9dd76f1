"""The variables that a process reads and writes."""

import re
from collections.abc import Iterator

from app import expressions
from app.domain.models.model import Process

_NAME = re.compile(r"[^\W\d]\w*")


def names_read(process: Process) -> frozenset[str]:
    """The variables that expressions of a process read, and those that it hands to others or lets decisions see."""
    found: set[str] = set()
    for source in _sources(process):
        if not expressions.is_expression(source):
            found.update(_NAME.findall(source))
            continue
        try:
            found |= expressions.compile(source).names
        except expressions.ExpressionError:
            found.update(_NAME.findall(source))
    return frozenset(found)


def _sources(process: Process) -> Iterator[str]:
    yield from (flow.condition for flow in process.flows.values() if flow.condition)
    yield from filter(None, (process.properties.get("law.total"),))
    for node in process.nodes.values():
        task, loop = node.user_task, node.loop
        handed = (*node.inputs, *node.outputs, *(node.call.inputs if node.call else ()))
        yield from filter(None, (node.expression, node.event.timer, node.event.condition, node.activation))
        yield from (source for one in handed for source in (one.source, one.by_name) if source)
        if node.delegate == "extendTerm":
            yield "extensionDays"
        if loop is not None:
            yield from filter(None, (loop.cardinality, loop.collection, loop.completion_condition))
        if task is not None:
            texts = (task.due_date, task.assignee, task.candidate_groups, task.priority)
            yield from (text for text in texts if text and expressions.is_expression(text))


def written_by(process: Process) -> Iterator[str]:
    """The variables that steps of the process itself write."""
    for node in process.nodes.values():
        handed = (*node.outputs, *(node.call.outputs if node.call else ()))
        yield from filter(None, (node.result_variable, *(one.target for one in handed)))
