"""Rules on events: timers and boundary events (BPMN 2.0.2, 10.5.4 and 10.5.6)."""

from collections.abc import Iterator
from datetime import UTC

from app.definitions.findings import Finding
from app.definitions.inspection import Inspection, has_expression, is_single_expression
from app.definitions.supported import BOUNDARY_HOSTS, SCOPES, SERVICES
from app.domain import iso8601
from app.domain.models.model import Event, EventKind, Kind, Language, Node, TimerKind, node_of


def event_rules(inspection: Inspection) -> Iterator[Finding]:
    caught: set[tuple[str | None, EventKind, str | None]] = set()
    for node in inspection.nodes():
        for _, event in node.events():
            if event.kind == EventKind.TIMER:
                yield from _timer(inspection, node, event)
            if event.condition and event.language is Language.JUEL and not is_single_expression(event.condition):
                yield inspection.at("condition-not-expression", node.id, text=event.condition)
        catches = node.kind == Kind.BOUNDARY_EVENT or _begins_handler(inspection, node)
        if node.kind == Kind.BOUNDARY_EVENT:
            yield from _boundary(inspection, node)
        if catches and node.event.kind in (EventKind.ERROR, EventKind.ESCALATION):
            yield from _code(inspection, node)
            key = (node.attached_to or f"{node.parent}/", node.event.kind, node.event.code)
            if node.attached_to and key in caught:
                yield inspection.at("boundary-error-duplicate", node.id)
            caught.add(key)
        if node.event.kind == EventKind.CANCEL:
            yield from _cancel(inspection, node)
        if node.event.kind == EventKind.COMPENSATION:
            yield from _compensation(inspection, node)
    yield from _beginnings(inspection)


def _beginnings(inspection: Inspection) -> Iterator[Finding]:
    """What begins the process by itself has no case to read variables of, and is told from the others by its message."""
    names: set[str] = set()
    for key, event in inspection.process.beginnings():
        node = inspection.process.nodes[node_of(key)]
        if node.id in inspection.model.refused:
            continue
        if node.all_of and key == node.id:
            yield inspection.at("start-event-all-of", node.id)
        source = event.timer or event.name
        if has_expression(source or "") and (why := inspection.surroundings.check_beginning(event)) is not None:
            yield inspection.at("start-not-computed", node.id, text=source or "", reason=why)
        if event.kind == EventKind.MESSAGE and event.name is not None:
            if event.name in names:
                yield inspection.at("message-start-duplicate", node.id, message=event.name)
            names.add(event.name)


def _begins_handler(inspection: Inspection, node: Node) -> bool:
    around = inspection.process.nodes.get(node.parent or "")
    return node.kind == Kind.START_EVENT and around is not None and around.event_triggered


def _timer(inspection: Inspection, node: Node, event: Event) -> Iterator[Finding]:
    if event.timer is None:
        yield inspection.at("timer-missing", node.id)
        return
    begins = node.kind == Kind.START_EVENT and node.parent is None
    repeats = begins or (node.kind in (Kind.BOUNDARY_EVENT, Kind.START_EVENT) and not node.interrupting)
    if node.kind == Kind.INTERMEDIATE_CATCH_EVENT:
        repeats = not event.timer.startswith("R/")
    if event.timer_kind == TimerKind.CYCLE and not repeats:
        yield inspection.at("timer-cycle-once", node.id)
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
    elif _never_waits(inspection, host) and node.event.kind in _WAITED_FOR:
        yield inspection.at("boundary-never-fires", node.id)
    if node.event.kind == EventKind.ESCALATION and host is not None and host.kind not in (Kind.CALL_ACTIVITY, *SCOPES):
        yield inspection.at("escalation-never-thrown", node.id)


_WAITED_FOR = (EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.CONDITIONAL)


def _never_waits(inspection: Inspection, host: Node) -> bool:
    at_once = host.kind in (*SERVICES, Kind.SCRIPT_TASK) and host.external is None
    outside = host.delegate in inspection.surroundings.outside
    return at_once and not outside and host.loop is None and host.standard_loop is None


def _code(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """What catches an error or an escalation."""
    if has_expression(node.event.code or ""):
        yield inspection.at("boundary-error-computed", node.id)
    if node.event.kind == EventKind.ERROR and not node.interrupting:
        yield inspection.at("boundary-error-not-interrupting", node.id)


def _cancel(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """A transaction is cancelled inside and left at its border (BPMN 2.0.2, 10.3.5)."""
    nodes = inspection.process.nodes
    transaction = nodes.get((node.attached_to if node.kind == Kind.BOUNDARY_EVENT else node.parent) or "")
    if transaction is None or transaction.kind != Kind.TRANSACTION:
        yield inspection.at("cancel-outside-transaction", node.id)
    elif node.kind == Kind.END_EVENT and not any(
        one.attached_to == transaction.id and one.event.kind == EventKind.CANCEL for one in nodes.values()
    ):
        yield inspection.at("cancel-not-caught", node.id, transaction=transaction.id)


def _compensation(inspection: Inspection, node: Node) -> Iterator[Finding]:
    """The handler of an activity stands beside the flow and is marked as one; what is thrown names an activity."""
    if node.kind == Kind.START_EVENT and not node.interrupting:
        yield inspection.at("compensation-not-interrupting", node.id)
    if node.event.activity is None:
        return
    found = inspection.process.nodes.get(node.event.activity)
    if found is None:
        yield inspection.at("reference-unknown", node.id, reference=node.event.activity)
    elif node.kind == Kind.BOUNDARY_EVENT and not (found.for_compensation and found.parent == node.parent):
        yield inspection.at("compensation-handler-invalid", node.id, handler=found.id)
