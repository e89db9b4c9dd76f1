"""Compile a process model into SpiffWorkflow task specs, once for each definition version."""

from collections.abc import Callable

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from app.domain.models.model import Kind, Node, Process
from app.engine.decisions import BusinessRuleTask
from app.engine.elements import Activity, Element, EndEvent, Root, ServiceTask
from app.engine.gateways import ExclusiveGateway, InclusiveGateway, ParallelGateway
from app.engine.multi_instance import MultiInstance
from app.engine.waiting import CallActivity, CatchEvent, ReceiveTask, SubProcess, UserTask

_ELEMENTS: dict[Kind, Callable[..., Element]] = {
    Kind.START_EVENT: Element,
    Kind.END_EVENT: EndEvent,
    Kind.INTERMEDIATE_CATCH_EVENT: CatchEvent,
    Kind.INTERMEDIATE_THROW_EVENT: Element,
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
    Kind.EXCLUSIVE_GATEWAY: ExclusiveGateway,
    Kind.PARALLEL_GATEWAY: ParallelGateway,
    Kind.INCLUSIVE_GATEWAY: InclusiveGateway,
}
ROOT = "/"  # never an id in XML


class Spec(WorkflowSpec):
    """A compiled process: task specs by name. `entry` gives the spec at which a token arrives for a node id."""

    def __init__(self, process: Process) -> None:
        super().__init__(process.id)
        self.process = process
        self.root = Root(self, Node(process.id, Kind.SUB_PROCESS, process.name), ROOT)
        self.start = self.root
        self.entry: dict[str, Element] = {}
        for node in process.nodes.values():
            element = _ELEMENTS[node.kind](self, node)
            if node.loop is not None and isinstance(element, Activity):
                self.entry[node.id] = MultiInstance(self, element)
            else:
                self.entry[node.id] = element
        self._connect()

    def _connect(self) -> None:
        process = self.process
        for node in process.nodes.values():
            outgoing = [process.flows[flow] for flow in node.outgoing]
            self.entry[node.id].flows = [(flow, self.entry[flow.target]) for flow in outgoing]
            if node.attached_to is not None:
                self.entry[node.attached_to].boundaries.append(self.entry[node.id])
            if isinstance(element := self.task_specs[node.id], SubProcess):
                element.start = self.start_in(node.id)
            elif isinstance(element, InclusiveGateway):
                element.upstream = {flow: self._upstream(flow, node.id) for flow in node.incoming}

    def start_in(self, parent: str | None) -> Element:
        """The none start event of the process (None) or of a subprocess."""
        return next(self.entry[n.id] for n in self.process.children(parent) if n.kind is Kind.START_EVENT)

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
            if node.attached_to is not None:
                waiting.append(node.attached_to)
        return frozenset(found)


def compile(process: Process) -> Spec:
    """Compile a validated model."""
    return Spec(process)
