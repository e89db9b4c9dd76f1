"""Rules on events: timers and boundary events (BPMN 2.0.2, 10.5.4 and 10.5.6)."""

from collections.abc import Iterator
from datetime import UTC

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, has_expression
from app.definitions.supported import BOUNDARY_HOSTS
from app.domain import iso8601
from app.domain.models.model import Event, EventKind, Kind, Node, TimerKind


def event_rules(inspection: Inspection) -> Iterator[Finding]:
    caught: set[tuple[str | None, str | None]] = set()
    for node in inspection.nodes():
        if node.event.kind == EventKind.TIMER:
            yield from _timer(inspection, node)
        if node.kind != Kind.BOUNDARY_EVENT:
            continue
        yield from _boundary(inspection, node)
        if node.event.kind == EventKind.ERROR:
            key = (node.attached_to, node.event.error_code)
            if key in caught:
                yield inspection.at("boundary-error-duplicate", node.id)
            caught.add(key)


def _timer(inspection: Inspection, node: Node) -> Iterator[Finding]:
    event = node.event
    if event.timer is None:
        yield inspection.at("timer-missing", node.id)
        return
    repeats = node.kind == Kind.BOUNDARY_EVENT and not node.cancel_activity
    if event.timer_kind == TimerKind.CYCLE and not repeats:
        yield inspection.at("timer-cycle-not-allowed", node.id)
    if not has_expression(event.timer) and not _is_time(event, event.timer):
        yield inspection.at("timer-invalid", node.id, text=event.timer)


def _is_time(event: Event, timer: str) -> bool:
    try:
        match event.timer_kind:
            case TimerKind.DATE:
                iso8601.moment(timer, UTC)
            case TimerKind.DURATION:
                iso8601.duration(timer)
            case TimerKind.CYCLE:
                iso8601.cycle(timer, UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _boundary(inspection: Inspection, node: Node) -> Iterator[Finding]:
    host = inspection.process.nodes.get(node.attached_to or "")
    if host is None or host.parent != node.parent:
        yield inspection.at("boundary-attached-unknown", node.id)
    elif host.kind not in BOUNDARY_HOSTS and host.id not in inspection.model.refused:
        yield inspection.at("boundary-host-not-supported", node.id, step=host.kind)
    elif host.kind == Kind.SERVICE_TASK and node.event.kind != EventKind.ERROR:
        yield inspection.at("boundary-never-fires", node.id)
    if node.event.kind == EventKind.ERROR and has_expression(node.event.error_code or ""):
        yield inspection.at("boundary-error-computed", node.id)
    if node.event.kind == EventKind.ERROR and not node.cancel_activity:
        yield inspection.at("boundary-error-not-interrupting", node.id)
