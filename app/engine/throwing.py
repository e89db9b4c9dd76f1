"""Events that throw, and ends (BPMN 2.0.2, 10.5.3 and 13.5)."""

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.domain.models.model import LONGEST_NAME, Event, EventKind, Node
from app.engine import compensation
from app.engine.arming import broadcast
from app.engine.elements import Activity, Element, handed_over, text
from app.engine.values import BpmnError, Thrown
from app.engine.workflow import DONE


class ThrowEvent(Element):
    """An intermediate or end event. Several definitions are thrown one after the other."""

    def __init__(self, spec: Any, node: Node, name: str | None = None) -> None:
        super().__init__(spec, node, name)
        self.comes_last = any(event.kind is EventKind.SIGNAL for _, event in node.events())

    def _run_hook(self, my_task: Task) -> bool | None:
        for _, event in self.node.events():
            if event.kind is EventKind.COMPENSATION:
                return compensation.begin(my_task, _compensated(my_task, event), event.activity) or None
            if event.kind is EventKind.ERROR:
                self._fail(my_task, event)
                return None
            self._throw(my_task, event)
            if my_task.id not in my_task.workflow.tasks:
                return None
        if self.node.event.kind is EventKind.CANCEL:
            return self._cancel(my_task)
        return True

    def _throw(self, token: Task, event: Event) -> None:
        instance = token.workflow
        match event.kind:
            case EventKind.MESSAGE | EventKind.SIGNAL:
                thrown = _thrown(token, event)
                instance.thrown.append(thrown)
                if event.kind is EventKind.SIGNAL and thrown.name is not None:
                    broadcast(instance, thrown.name, thrown.variables)
            case EventKind.ESCALATION:
                instance.escalate(token, BpmnError(text(token, event.code), None))
            case EventKind.TERMINATE:
                for other in token.parent.children:
                    if other is not token:
                        instance.withdraw(other)

    def _fail(self, token: Task, event: Event) -> None:
        """The event is left before the error finds its way, and so stays in history as completed."""
        error = BpmnError(text(token, event.code), text(token, event.text))
        token.complete()
        token.workflow.throw(token, error)

    def _cancel(self, token: Task) -> bool | None:
        """End all else in the transaction, undo what it has done, and leave it."""
        instance, transaction = token.workflow, token.parent
        for other in transaction.children:
            if other is not token:
                instance.withdraw(other)
        if compensation.begin(token, transaction, None):
            self._leave(token)
        return None

    def _leave(self, token: Task) -> None:
        """Through the cancel boundary event; the end event itself stays in history as completed."""
        transaction = token.parent
        token._set_state(TaskState.COMPLETED)
        (boundary,) = [one for one in transaction.task_spec.boundaries if one.node.event.kind is EventKind.CANCEL]
        token.workflow.interrupt(transaction, boundary)

    def child_left(self, scope: Task) -> None:
        """A handler of a compensation has ended; what it did is not to be undone in its turn."""
        scope.internal_data.pop(DONE, None)
        if scope._children or not compensation.go_on(scope):
            return
        if self.node.event.kind is EventKind.CANCEL:
            self._leave(scope)
        else:
            scope.complete()

    def _on_complete(self, my_task: Task) -> None:
        """An error end event stays in the tree until the error has found its way."""
        if self.node.event.kind is not EventKind.ERROR:
            super()._on_complete(my_task)


class SendTask(Activity):
    """Throws its message as an event would."""

    def perform(self, token: Task) -> bool:
        token.workflow.thrown.append(_thrown(token, self.node.event))
        return True


def _thrown(token: Task, event: Event) -> Thrown:
    """A message or a signal with its name and variables. Raises StepFailed where the name comes to nothing."""
    name = text(token, event.name, LONGEST_NAME)
    if name is None:
        raise token.workflow.failure(token, f"the {event.kind} has no name", event.name)
    variables = handed_over(token, event.payload, token.workflow.scopes.view(token))
    return Thrown(event.kind, name, variables, text(token, event.business_key, LONGEST_NAME))


def _compensated(token: Task, event: Event) -> Task:
    """The scope whose activities are undone: what is thrown in an event subprocess may be meant for the scope around it."""
    scope = token.parent
    while scope.task_spec.node.event_triggered and not compensation.knows(scope, event.activity):
        scope = scope.parent
    return scope
