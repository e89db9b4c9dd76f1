"""Whether what waits at an activity of one version of a process can wait at one of another."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.models.model import EventKind, Kind, Node
from app.domain.refusals import misfits
from app.domain.terms.calendar import LANGUAGES, Text
from app.engine.continuations import Continuation
from app.engine.delegated import DelegatedTask
from app.engine.gateways import Join
from app.engine.spec import Spec
from app.engine.subprocesses import SubProcess
from app.engine.waiting import CallActivity, CatchEvent, EventGateway, ExternalTask, ReceiveTask, UserTask

_RESTING = (
    UserTask, ReceiveTask, ExternalTask, CallActivity, SubProcess, CatchEvent, EventGateway, DelegatedTask, Continuation,
)  # fmt: skip
_TRIGGERED = (EventKind.TIMER, EventKind.MESSAGE, EventKind.SIGNAL, EventKind.CONDITIONAL)


def filled(text: Text, **given: object) -> Text:
    return Text(*(text.get(language).format(**given) for language in LANGUAGES))


def misfit(old: Spec, source: str, new: Spec, target: str) -> Text | None:
    """Why a node cannot take the place of another, whatever stands around them; None if it can."""
    was, now = old.process.nodes.get(source), new.process.nodes.get(target)
    if was is None:
        return filled(misfits.NO_SOURCE, source=source)
    if now is None:
        return filled(misfits.NO_TARGET, target=target)
    if type(old.task_specs[source]) is not type(new.task_specs[target]) or was.kind is not now.kind:
        return filled(misfits.OTHER_KIND, kind=was.kind, other=now.kind)
    if _events(was) != _events(now):
        return filled(misfits.OTHER_EVENT, kind=was.event.kind, other=now.event.kind)
    if _repetition(was) != _repetition(now):
        return misfits.OTHER_REPETITION
    if isinstance(old.task_specs[source], Join) and len(now.incoming) < len(was.incoming):
        return misfits.FEWER_FLOWS
    if (was.event_triggered, was.for_compensation) != (now.event_triggered, now.for_compensation):
        return misfits.OTHER_HANDLER
    return None


def _events(node: Node) -> list[EventKind]:
    return [event.kind for _, event in node.events()]


def _repetition(node: Node) -> tuple[object, ...]:
    return node.standard_loop is not None, None if node.loop is None else node.loop.sequential, node.start_quantity > 1


def misplaced(old: Spec, source: str, new: Spec, target: str, mapping: Mapping[str, str]) -> Text | None:
    """Why a node cannot take the place of another among the mapped ones around it; None if it can. Both exist."""
    was, now = old.process.nodes[source], new.process.nodes[target]
    if _is_shared(old, was, target, mapping):
        return filled(misfits.SHARED, target=target)
    if was.kind is Kind.BOUNDARY_EVENT and mapping.get(was.attached_to or "") != now.attached_to:
        return filled(misfits.NOT_ITS_BORDER, target=target, host=now.attached_to)
    ancestor = next((one for one in _around(old, was) if one in mapping), None)
    if ancestor is None or mapping[ancestor] in _around(new, now):
        return None
    return filled(misfits.NOT_INSIDE, target=target, scope=mapping[ancestor])


def _is_shared(old: Spec, was: Node, target: str, mapping: Mapping[str, str]) -> bool:
    """Whether another node is mapped to the same target, of a kind that cannot be two in one: joins, which count what has come
    to each, and events that one token waits for."""
    nodes = old.process.nodes
    others = [nodes[one] for one, to in mapping.items() if to == target and one != was.id and one in nodes]
    if isinstance(old.task_specs[was.id], Join) and old.task_specs[was.id].counts_arrivals:
        return bool(others)
    hosts = set(_waiting_at(old, was))
    return any(hosts.intersection(_waiting_at(old, other)) for other in others)


def _waiting_at(spec: Spec, node: Node) -> Iterator[str | None]:
    """Where the tokens are that wait for the event of a node beside others."""
    if node.kind is Kind.BOUNDARY_EVENT:
        yield node.attached_to
    elif node.kind is Kind.START_EVENT and node.parent is not None:
        yield spec.process.nodes[node.parent].parent
    else:
        before = (spec.process.nodes[spec.process.flows[flow].source] for flow in node.incoming)
        yield from (one.id for one in before if one.kind is Kind.EVENT_BASED_GATEWAY)


def _around(spec: Spec, node: Node) -> Sequence[str]:
    """The scopes around a node, the nearest first."""
    found: list[str] = []
    while node.parent is not None:
        found.append(node.parent)
        node = spec.process.nodes[node.parent]
    return found


def can_rest(spec: Spec, node_id: str) -> bool:
    """Whether a token may be found at a node, or waits for its event at another."""
    node = spec.process.nodes[node_id]
    elements = (spec.task_specs[node_id], spec.entry[node_id], spec.way_in[node_id])
    return (
        any(isinstance(one, _RESTING) or one.is_multi_instance_body or one.counts_arrivals for one in elements)
        or node.async_after
        or node.event.kind in _TRIGGERED
        and node.kind in (Kind.BOUNDARY_EVENT, Kind.START_EVENT)
        and (node.attached_to is not None or node.parent is not None)
        or node.event.kind in (EventKind.COMPENSATION, EventKind.CANCEL)
        and node.kind in (Kind.INTERMEDIATE_THROW_EVENT, Kind.END_EVENT)
    )


def has_trigger(spec: Spec, node_id: str) -> bool:
    """Whether something is waited for at a node that `updated` can renew: a moment, a message, a signal, a condition."""
    node = spec.process.nodes[node_id]
    caught = node.kind in (Kind.BOUNDARY_EVENT, Kind.START_EVENT, Kind.INTERMEDIATE_CATCH_EVENT, Kind.RECEIVE_TASK)
    return caught and node.event.kind in _TRIGGERED
