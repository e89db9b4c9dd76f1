"""What a process refers to outside of itself: forms, called processes and decisions, each by its id and a binding."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.models.model import Process


class Bound(StrEnum):
    """What an element may be bound to."""

    FORM = "form"
    PROCESS = "process"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Reference:
    """element: the id of the node, or of the process for the form of its start. binding: latest | deployment | version |
    versionTag; version: the number or the tag. Texts may hold expressions."""

    element: str
    what: Bound
    key: str
    binding: str
    version: str | None


def references(process: Process) -> Iterator[Reference]:
    """In document order, the form of the start event first."""
    if process.form_ref:
        binding = process.form_ref_binding or "latest"
        yield Reference(process.id, Bound.FORM, process.form_ref, binding, process.form_ref_version)
    for node in process.nodes.values():
        if (task := node.user_task) is not None and task.form_ref:
            binding = task.form_ref_binding or "latest"
            yield Reference(node.id, Bound.FORM, task.form_ref, binding, task.form_ref_version)
        if (call := node.call) is not None and call.called_element:
            yield Reference(node.id, Bound.PROCESS, call.called_element, call.binding, call.version)
        if (asked := node.decision) is not None:
            yield Reference(node.id, Bound.DECISION, asked.decision, asked.binding, asked.version)
