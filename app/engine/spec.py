"""Compile a process model into SpiffWorkflow task specs, once for each definition version."""

from collections.abc import Callable

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from app.domain.models.model import EventKind, Flow, Kind, Node, Process
from app.engine.continuations import After, Before
from app.engine.decisions import BusinessRuleTask
from app.engine.delegated import DelegatedTask
from app.engine.elements import Activity, Element, ServiceTask
from app.engine.gateways import ComplexGateway, ExclusiveGateway, Gather, InclusiveGateway, ParallelGateway
from app.engine.loops import StandardLoop
from app.engine.multi_instance import MultiInstance
from app.engine.subprocesses import AdHocSubProcess, Root, SubProcess
from app.engine.throwing import SendTask, ThrowEvent
from app.engine.waiting import CallActivity, CatchEvent, EventGateway, ExternalTask, ReceiveTask, UserTask

_ELEMENTS: dict[Kind, Callable[..., Element]] = {
    Kind.START_EVENT: Element,
    Kind.END_EVENT: ThrowEvent,
    Kind.INTERMEDIATE_CATCH_EVENT: CatchEvent,
    Kind.INTERMEDIATE_THROW_EVENT: ThrowEvent,
    Kind.BOUNDARY_EVENT: Element,
    Kind.TASK: Activity,
    Kind.MANUAL_TASK: Activity,
    Kind.USER_TASK: UserTask,
    Kind.SERVICE_TASK: ServiceTask,
    Kind.SEND_TASK: ServiceTask,
    Kind.SCRIPT_TASK: ServiceTask,
    Kind.BUSINESS_RULE_TASK: BusinessRuleTask,
    Kind.RECEIVE_TASK: ReceiveTask,
    Kind.CALL_ACTIVITY: CallActivity,
    Kind.SUB_PROCESS: SubProcess,
    Kind.TRANSACTION: SubProcess,
    Kind.AD_HOC_SUB_PROCESS: AdHocSubProcess,
    Kind.EXCLUSIVE_GATEWAY: ExclusiveGateway,
    Kind.PARALLEL_GATEWAY: ParallelGateway,
    Kind.INCLUSIVE_GATEWAY: InclusiveGateway,
    Kind.COMPLEX_GATEWAY: ComplexGateway,
    Kind.EVENT_BASED_GATEWAY: EventGateway,
}
ROOT = "/"  # never an id in XML


class Spec(WorkflowSpec):
    """A compiled process: task specs by name.

    entry: by node id, the element that has its boundary events and outgoing flows, which is the body around a repeated
    activity; way_in: the first element that a token for it comes to. conditional: whether anything waits for a condition;
    follows: whether a moment follows the variables.
    """

    def __init__(self, process: Process) -> None:
        super().__init__(process.id)
        self.process = process
        self.root = Root(self, Node(process.id, Kind.SUB_PROCESS, process.name), ROOT)
        self.start = self.root
        self.entry: dict[str, Element] = {}
        self.way_in: dict[str, Element] = {}
        self.conditional = any(
            event.kind is EventKind.CONDITIONAL for node in process.nodes.values() for _, event in node.events()
        )
        self.follows = any(node.follows_variables for node in process.nodes.values())
        for node in process.nodes.values():
            self._build(node)
        for node in process.nodes.values():
            self._connect(node)

    def _build(self, node: Node) -> None:
        element = self._element(node)
        if isinstance(element, Activity) and node.loop is not None:
            element = MultiInstance(self, element)
        elif isinstance(element, Activity) and node.standard_loop is not None:
            element = StandardLoop(self, element)
        self.entry[node.id] = element
        if node.async_after:
            element.after = After(self, element)
        if node.async_before:
            element = Before(self, element)
        if node.start_quantity > 1:
            element = Gather(self, element)
        self.way_in[node.id] = element

    def _element(self, node: Node) -> Element:
        if node.external is not None:
            return ExternalTask(self, node)
        if node.kind is Kind.SEND_TASK and node.event.kind is EventKind.MESSAGE:
            return SendTask(self, node)
        return DelegatedTask(self, node) if node.delegate is not None else _ELEMENTS[node.kind](self, node)

    def _connect(self, node: Node) -> None:
        process, element = self.process, self.entry[node.id]
        flows = [process.flows[flow] for flow in node.outgoing]
        element.flows = [(flow, self.way_in[flow.target]) for flow in flows]
        element.chooses = any(flow.condition is not None for flow in flows)
        around = self.root if node.parent is None else self.task_specs[node.parent]
        if node.event.kind is EventKind.LINK and node.kind is Kind.INTERMEDIATE_THROW_EVENT:
            element.flows = [(Flow(node.id, node.id, target), self.way_in[target]) for target in self._linked(node)]
        elif node.kind is Kind.BOUNDARY_EVENT:
            self._attach(element)
        elif node.event_triggered:
            (start,) = self.starts_in(node.id)
            if start.node.event.kind is EventKind.COMPENSATION:
                around.compensation = node.id
            else:
                around.handlers.append(start)
        inner = self.task_specs[node.id]
        if isinstance(inner, SubProcess):
            inner.starts = self.starts_in(node.id)
        elif isinstance(inner, InclusiveGateway):
            inner.upstream = {flow: self._upstream(flow, node.id) for flow in node.incoming}

    def _attach(self, boundary: Element) -> None:
        host, event = boundary.node.attached_to or "", boundary.node.event
        if event.kind is EventKind.COMPENSATION:
            self.task_specs[host].compensation = event.activity
        else:
            self.entry[host].boundaries.append(boundary)

    def _linked(self, thrown: Node) -> list[str]:
        """The catching link events of the same name in the same scope."""
        return [
            node.id
            for node in self.process.children(thrown.parent)
            if node.kind is Kind.INTERMEDIATE_CATCH_EVENT
            and node.event.kind is EventKind.LINK
            and node.event.name == thrown.event.name
        ]

    def starts_in(self, parent: str | None) -> list[Element]:
        """Where a process (None) or a subprocess begins: at its start event, a process only at its plain one; an ad-hoc
        subprocess with every node that no flow leads to."""
        inside = self.process.children(parent)
        events = [node for node in inside if node.kind is Kind.START_EVENT]
        if parent is None:
            events = [node for node in events if node.event.kind is EventKind.NONE]
        elif not events:
            events = [node for node in inside if self._is_free(node)]
        return [self.way_in[node.id] for node in events]

    def _is_free(self, node: Node) -> bool:
        apart = node.event_triggered or node.for_compensation or node.kind is Kind.BOUNDARY_EVENT
        return not (node.incoming or apart)

    def _upstream(self, flow_id: str, join: str) -> frozenset[str]:
        """The nodes from which a token can come along this flow without passing the join itself."""
        process = self.process
        found: set[str] = set()
        waiting = [process.flows[flow_id].source]
        while waiting:
            node_id = waiting.pop()
            if node_id in found or node_id == join:
                continue
            found.add(node_id)
            node = process.nodes[node_id]
            waiting.extend(process.flows[incoming].source for incoming in node.incoming)
            waiting.extend(self._before(node))
        return frozenset(found)

    def _before(self, node: Node) -> list[str]:
        """From where a token may come to a node without a flow: the host of a boundary event, links thrown to this one."""
        if node.attached_to is not None:
            return [node.attached_to]
        if node.event.kind is not EventKind.LINK:
            return []
        thrown = [one for one in self.process.children(node.parent) if one.kind is Kind.INTERMEDIATE_THROW_EVENT]
        return [one.id for one in thrown if one.event.kind is EventKind.LINK and one.event.name == node.event.name]


def compile(process: Process) -> Spec:
    """Compile a validated model."""
    return Spec(process)
