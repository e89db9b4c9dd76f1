"""Gateways. Joins count tokens for each incoming flow, so that they are right in every round of a loop."""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.domain.models.model import Flow, Node
from app.engine.elements import Element, default_flow, holds, truth
from app.engine.workflow import ARRIVED_BY, PASSED, Arrivals


class ExclusiveGateway(Element):
    """The first true flow in the order of the file, else the default flow (BPMN 2.0.2, 13.4.2)."""

    def chosen(self, token: Task) -> list[tuple[Flow, Element]]:
        for flow, target in self.flows:
            if flow.id != self.node.default_flow and holds(token, flow):
                return [(flow, target)]
        return default_flow(self, token)


JOIN_LIMIT = 1_000
"""Tokens that wait at one join on one flow; more mean a model in which a branch brings them without end."""


class Join(Element):
    """A gateway at which tokens wait for each other. Those that wait know by which flow they came."""

    def __init__(self, spec: Any, node: Node, name: str | None = None) -> None:
        super().__init__(spec, node, name)
        self.counts_arrivals = len(node.incoming) > 1

    def waiting(self, scope: Task) -> Arrivals:
        return scope.workflow.arrivals.get((scope.id, self), {})

    def wait(self, token: Task) -> None:
        """Raises StepFailed when too many tokens have come by the same flow."""
        token._set_state(TaskState.WAITING)
        arrived = token.workflow.arrivals.setdefault((token._parent, self), {})
        tokens = arrived.setdefault(token.internal_data[ARRIVED_BY], {})
        tokens[token.id] = token
        if len(tokens) > JOIN_LIMIT:
            raise token.workflow.failure(token, f"more than {JOIN_LIMIT} tokens wait for others")

    def forget(self, token: Task) -> None:
        """Let the token no longer count as waiting here, if it does."""
        flow, key = token.internal_data.get(ARRIVED_BY), (token._parent, self)
        arrived = token.workflow.arrivals.get(key, {})
        if token.id in arrived.get(flow, ()):
            del arrived[flow][token.id]
            if not arrived[flow]:
                del arrived[flow]
            if not arrived:
                del token.workflow.arrivals[key]

    def go_on(self, arrived: Arrivals) -> None:
        """Take the oldest token of each flow: the first of them goes on for all."""
        survivor, *others = [next(iter(tokens.values())) for tokens in arrived.values()]
        for token in others:
            token.workflow.absorb(token)
        self.forget(survivor)
        survivor._ready()


class ParallelGateway(Join):
    """Goes on when every incoming flow has brought a token, and takes one from each; every flow out is taken, whatever its
    condition (BPMN 2.0.2, 13.4.1)."""

    def chosen(self, token: Task) -> list[tuple[Flow, Element]]:  # noqa: ARG002 - others look at it
        return self.flows

    def _update_hook(self, my_task: Task) -> bool:
        if not self.counts_arrivals:
            return True
        self.wait(my_task)
        arrived = self.waiting(my_task.parent)
        if len(arrived) == len(self.node.incoming):
            self.go_on(arrived)
        return False


class Split(Join):
    """Leaves on every true flow, else on the default one."""

    def chosen(self, token: Task) -> list[tuple[Flow, Element]]:
        if len(self.flows) == 1 and self.flows[0][0].condition is None:
            return self.flows
        taken = [
            (flow, target) for flow, target in self.flows if flow.id != self.node.default_flow and holds(token, flow)
        ]
        return taken or default_flow(self, token)


class InclusiveGateway(Split):
    """Every true flow out; in, it waits for each token that can still arrive (BPMN 2.0.2, 13.4.3).

    upstream: for each incoming flow, the names of the elements from which a token can come by it without passing here.
    """

    upstream: dict[str, frozenset[str]]

    def _update_hook(self, my_task: Task) -> bool:
        if not self.counts_arrivals:
            return True
        self.wait(my_task)
        return False

    def release(self, scope: Task) -> bool:
        """Go on if no other token in the scope can still reach an empty incoming flow. Called when all else rests."""
        arrived = self.waiting(scope)
        reaching_full = frozenset().union(*(self.upstream[flow] for flow in arrived))
        reaching_empty = frozenset().union(*(self.upstream[flow] for flow in self.node.incoming if flow not in arrived))
        others = {token.task_spec.node.id for token in scope.children if token.task_spec is not self}
        if others & (reaching_empty - reaching_full):
            return False
        self.go_on(arrived)
        return True


class ComplexGateway(Split):
    """Goes on as soon as its condition is true of `activationCount`, how many flows have brought a token; those that come
    by the other flows afterwards end here, until every flow has brought one (BPMN 2.0.2, 13.4.5).
    """

    def _update_hook(self, my_task: Task) -> bool:
        if not self.counts_arrivals:
            return True
        instance, scope = my_task.workflow, my_task.parent
        passed = scope.internal_data.setdefault(PASSED, {}).setdefault(self.node.id, [])
        flow = my_task.internal_data[ARRIVED_BY]
        if passed and flow not in passed:
            passed.append(flow)
            instance.absorb(my_task)
            scope.task_spec.child_left(scope)
        else:
            passed.clear()
            self.wait(my_task)
            arrived = self.waiting(scope)
            if self._is_active(my_task, len(arrived)):
                passed.extend(arrived)
                self.go_on(arrived)
        if len(passed) == len(self.node.incoming):
            passed.clear()
        return False

    def _is_active(self, token: Task, count: int) -> bool:
        view = token.workflow.scopes.view(token).new_child({"activationCount": count})
        return truth(token, self.node.activation or "", view=view)


class Gather(Join):
    """Before an activity that takes several tokens at once: they wait here for each other (startQuantity)."""

    def __init__(self, spec: Any, inner: Element) -> None:
        super().__init__(spec, inner.node, f"{inner.node.id}#startQuantity")
        self.inner = inner
        self.counts_arrivals = True

    def _update_hook(self, my_task: Task) -> bool:
        self.wait(my_task)
        waiting = [token for tokens in self.waiting(my_task.parent).values() for token in tokens.values()]
        if len(waiting) == self.node.start_quantity:
            for other in waiting[:-1]:
                my_task.workflow.absorb(other)
            self.forget(my_task)
            my_task._ready()
        return False

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.place(self.inner, my_task.parent)

    def leaves_a_trace(self, token: Task) -> bool:  # noqa: ARG002 - of those that look at it
        return False
