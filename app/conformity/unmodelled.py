"""What the state space does not know of what the engine runs: of a model with such a construct nothing is proved."""

from collections.abc import Iterator

from app.conformity.net import Net, Step
from app.domain.models.model import Event, EventKind, Kind, TimerKind

_KINDS = {Kind.COMPLEX_GATEWAY, Kind.EVENT_BASED_GATEWAY, Kind.TRANSACTION, Kind.AD_HOC_SUB_PROCESS}
_EVENTS = {EventKind.LINK, EventKind.ESCALATION, EventKind.COMPENSATION, EventKind.CANCEL}
_SPLITS = {Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY}


def unmodelled(net: Net) -> Iterator[tuple[str, str]]:
    """Each step that the state space does not know, with the BPMN name of what it does not know of it."""
    starts: set[str | None] = set()
    for step in net.steps.values():
        names = list(_names(step))
        if step.kind is Kind.START_EVENT:
            if step.scope in starts:
                names.append("several startEvents")
            starts.add(step.scope)
        yield from ((step.id, name) for name in names)


def _names(step: Step) -> Iterator[str]:
    node = step.node
    if node.kind in _KINDS:
        yield node.kind.value
    if node.event_triggered:
        yield "triggeredByEvent"
    if node.for_compensation:
        yield "isForCompensation"
    if node.standard_loop is not None:
        yield "standardLoopCharacteristics"
    if node.instantiates:
        yield "instantiate"
    if node.also:
        yield "several eventDefinitions"
    if (node.start_quantity, node.completion_quantity) != (1, 1):
        yield "startQuantity, completionQuantity"
    if node.kind not in _SPLITS and any(edge.condition is not None for edge in step.outgoing):
        yield "conditionExpression"
    if _is_unknown(step, node.event):
        yield f"{node.event.kind}EventDefinition"


def _is_unknown(step: Step, event: Event) -> bool:
    starts = step.kind is Kind.START_EVENT and event.kind is not EventKind.NONE
    cycle = step.kind is Kind.INTERMEDIATE_CATCH_EVENT and event.timer_kind is TimerKind.CYCLE
    again = cycle and (event.timer or "").startswith(("R", "$", "#")) and not (event.timer or "").startswith("R/")
    return starts or again or event.kind in _EVENTS
