"""Gateways. Joins count tokens for each incoming flow, so that they are right in every round of a loop."""

from collections.abc import Iterable

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.domain.model import Flow
from app.engine.elements import Element, truth
from app.engine.workflow import ARRIVED_BY


class ExclusiveGateway(Element):
    """The first true flow in the order of the file, else the default flow (BPMN 2.0.2, 13.4.2)."""

    def chosen(self, token: Task) -> list[tuple[Flow, Element]]:
        for flow, target in self.flows:
            if flow.id != self.node.default_flow and (flow.condition is None or truth(token, flow.condition)):
                return [(flow, target)]
        return default_flow(self, token)


def default_flow(gateway: Element, token: Task) -> list[tuple[Flow, Element]]:
    default = [pair for pair in gateway.flows if pair[0].id == gateway.node.default_flow]
    if not default and gateway.flows:
        why = "no outgoing sequence flow has a true condition and there is no default flow"
        raise token.workflow.failure(token, why)
    return default


JOIN_LIMIT = 1_000
"""Tokens that wait at one join on one flow; more mean a model in which a branch brings them without end."""


class Join(Element):
    """A gateway at which tokens wait for each other. Those that wait know by which flow they came."""

    counts_arrivals = True

    def waiting(self, scope: Task) -> dict[str, list[Task]]:
        """The waiting tokens by incoming flow, oldest first."""
        found: dict[str, list[Task]] = {}
        for token in scope.children:
            if token.task_spec is self and token.has_state(TaskState.FUTURE | TaskState.WAITING):
                found.setdefault(token.internal_data[ARRIVED_BY], []).append(token)
        for tokens in found.values():
            if len(tokens) > JOIN_LIMIT:
                raise scope.workflow.failure(tokens[0], f"more than {JOIN_LIMIT} tokens wait for others")
        return found

    def merge(self, survivor: Task, consumed: Iterable[Task]) -> None:
        """Let one token go on for all the consumed ones."""
        for token in consumed:
            if token is not survivor:
                token.workflow.absorb(token)


class ParallelGateway(Join):
    """Goes on when every incoming flow has brought a token, and takes one from each (BPMN 2.0.2, 13.4.1)."""

    def _update_hook(self, my_task: Task) -> bool:
        if len(self.node.incoming) < 2:
            return True
        arrived = self.waiting(my_task.parent)
        if len(arrived) < len(self.node.incoming):
            my_task._set_state(TaskState.WAITING)
            return False
        self.merge(my_task, [my_task if my_task in tokens else tokens[0] for tokens in arrived.values()])
        return True


class InclusiveGateway(Join):
    """Every true flow out; in, it waits for each token that can still arrive (BPMN 2.0.2, 13.4.3).

    upstream: for each incoming flow, the names of the elements from which a token can come by it without passing here.
    """

    upstream: dict[str, frozenset[str]]

    def chosen(self, token: Task) -> list[tuple[Flow, Element]]:
        if len(self.flows) == 1 and self.flows[0][0].condition is None:
            return self.flows
        taken = [
            (flow, target)
            for flow, target in self.flows
            if flow.id != self.node.default_flow and (flow.condition is None or truth(token, flow.condition))
        ]
        return taken or default_flow(self, token)

    def _update_hook(self, my_task: Task) -> bool:
        if len(self.node.incoming) < 2:
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def release(self, scope: Task) -> bool:
        """Go on if no other token in the scope can still reach an empty incoming flow. Called when all else rests."""
        arrived = self.waiting(scope)
        if not arrived:
            return False
        reaching_full = frozenset().union(*(self.upstream[flow] for flow in arrived))
        empty = [self.upstream[flow] for flow in self.node.incoming if flow not in arrived]
        others = {token.task_spec.node.id for token in scope.children if token.task_spec is not self}
        if any(node in upstream and node not in reaching_full for node in others for upstream in empty):
            return False
        consumed = [tokens[0] for tokens in arrived.values()]
        self.merge(consumed[0], consumed)
        consumed[0]._ready()
        return True
