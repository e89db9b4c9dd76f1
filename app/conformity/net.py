"""One process with all that it calls, as one graph of steps that tokens move through.

A step's id is the element's id; of an element of a called process it is the call's id, a slash, and the element's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.models.model import Kind, Node, Process

JOINS = (Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY)
DEEPEST_CALL = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """A sequence flow. is_default: taken when no other is."""

    id: str
    target: str
    condition: str | None
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One element. frame: what stands before the names of its variables. scope: the step around it, None: the process.

    first: where the inside of a subprocess or of a known called process begins, None: there is nothing inside.
    """

    id: str
    node: Node
    frame: str
    scope: str | None
    outgoing: tuple[Edge, ...] = ()
    incoming: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
    first: str | None = None
    called: Process | None = None

    @property
    def kind(self) -> Kind:
        return self.node.kind

    @property
    def is_join(self) -> bool:
        return self.kind in JOINS and len(self.incoming) > 1

    @property
    def is_merge(self) -> bool:
        """Whether tokens of several flows pass it each for itself, and something happens behind it."""
        return len(self.incoming) > 1 and not self.is_join and bool(self.outgoing)

    @property
    def inner_frame(self) -> str:
        """Before the variables inside: a called process that gets and gives back all has those of its caller."""
        call = self.node.call
        if self.called is None or call is None or shares_all(self.node):
            return self.frame
        return f"{self.id}/"


def shares_all(node: Node) -> bool:
    call = node.call
    return call is not None and all(any(one.all_variables for one in way) for way in (call.inputs, call.outputs))


@dataclass(frozen=True)
class Net:
    """first: the start event, None if the process has none."""

    process: Process
    steps: Mapping[str, Step]
    first: str | None
    unknown_calls: tuple[str, ...] = ()
    _upstream: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def following(self) -> Mapping[str, frozenset[str]]:
        """All steps that a token at a step can come to inside its scope, by step; the step itself only over a loop."""
        nearest = {
            step.id: {edge.target for edge in step.outgoing} | set(step.boundaries) for step in self.steps.values()
        }
        return {step: frozenset(_closure(nearest[step], nearest)) for step in self.steps}

    def upstream(self, join: str, flow: str) -> frozenset[str]:
        """The steps from which a token can come to `join` by `flow` without passing it."""
        known = self._upstream.get((join, flow))
        if known is None:
            backward: dict[str, set[str]] = {step: set() for step in self.steps}
            source = ""
            for step in self.steps.values():
                for edge in step.outgoing:
                    source = step.id if edge.id == flow else source
                    backward[edge.target].add(step.id)
                for boundary in step.boundaries:
                    backward[boundary].add(step.id)
            backward[join] = set()
            known = frozenset(_closure({source}, backward)) - {join}
            self._upstream[join, flow] = known
        return known

    def host(self, boundary: str) -> str | None:
        """The activity to which a boundary event is attached; None for any other step."""
        node = self.steps[boundary].node
        return None if node.attached_to is None else boundary.removesuffix(node.id) + node.attached_to

    def call_around(self, step: Step) -> Step | None:
        """The call of the process itself inside which the step is; None for a step of the process itself."""
        call, slash, _ = step.id.partition("/")
        return self.steps[call] if slash else None

    def users(self) -> Iterator[Step]:
        return (step for step in self.steps.values() if step.kind == Kind.USER_TASK)


def _closure(begin: Iterable[str], edges: Mapping[str, set[str]]) -> set[str]:
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        for following in edges.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def build(process: Process, others: Mapping[str, Process]) -> Net:
    """The net of a process. others: what can be called, by process id; a call of anything else has nothing inside."""
    steps: dict[str, Step] = {}
    unknown: list[str] = []
    _add(process, "", "", None, others, steps, unknown, (process.id,))
    return Net(process, steps, _start(process, None), tuple(unknown))


def _start(process: Process, parent: str | None) -> str | None:
    if parent is None and process.plain_start is not None:
        return process.plain_start.id
    return next((node.id for node in process.children(parent) if node.kind == Kind.START_EVENT), None)


def _add(
    process: Process,
    prefix: str,
    frame: str,
    scope: str | None,
    others: Mapping[str, Process],
    steps: dict[str, Step],
    unknown: list[str],
    calls: tuple[str, ...],
) -> None:
    hosts: dict[str, list[str]] = {}
    for node in process.nodes.values():
        if node.attached_to is not None:
            hosts.setdefault(node.attached_to, []).append(prefix + node.id)
    for node in process.nodes.values():
        step_id = prefix + node.id
        called = others.get(node.call.called_element) if node.call else None
        if node.call and (called is None or called.id in calls or len(calls) > DEEPEST_CALL):
            called = None
            unknown.append(step_id)
        first = _start(process, node.id) if node.kind == Kind.SUB_PROCESS else None
        if called is not None and (inside := _start(called, None)) is not None:
            first = f"{node.id}/{inside}"
        step = Step(
            id=step_id,
            node=node,
            frame=frame,
            scope=scope if node.parent is None else prefix + node.parent,
            outgoing=tuple(_edges(process, node, prefix)),
            incoming=tuple(prefix + flow for flow in node.incoming),
            boundaries=tuple(hosts.get(node.id, ())),
            first=None if first is None else prefix + first,
            called=called if first is not None else None,
        )
        steps[step_id] = step
        if step.called is not None:
            _add(
                step.called, f"{step_id}/", step.inner_frame, step_id, others, steps, unknown, (*calls, step.called.id)
            )


def _edges(process: Process, node: Node, prefix: str) -> Iterator[Edge]:
    for flow_id in node.outgoing:
        flow = process.flows[flow_id]
        yield Edge(prefix + flow.id, prefix + flow.target, flow.condition, flow.id == node.default_flow)
