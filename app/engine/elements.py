"""One small SpiffWorkflow task spec for each BPMN element: what happens when a token arrives, runs and leaves.

SpiffWorkflow drives the life of a task (arrive: `_update_hook`, run: `_run_hook`, leave: `_on_complete_hook`); nothing
is predicted, no data is inherited, and what was left is removed by `Instance`.
"""

# ruff: noqa: ARG002 - hooks that do nothing here get what their overrides need

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from app.domain.models.model import EventKind, Flow, Handover, Language, Node
from app.engine.values import BpmnError


class Element(TaskSpec):
    """A node. Passes its token on; tasks without work, none events and boundary events are just this."""

    counts_arrivals = False  # of a join with several incoming flows
    is_multi_instance_body = False

    def __init__(self, spec: Any, node: Node, name: str | None = None) -> None:
        super().__init__(spec, name or node.id)
        self.node = node
        self.flows: list[tuple[Flow, Element]] = []
        self.boundaries: list[Element] = []

    def test(self) -> None:
        """Deployment has validated the model."""

    def _update_hook(self, my_task: Task) -> bool:
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.workflow.ready.append(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        for flow, target in self.chosen(my_task):
            my_task.workflow.place(target, my_task.parent, arrived_by=flow.id)

    def chosen(self, token: Task) -> "list[tuple[Flow, Element]]":
        """The flows on which a completed token leaves."""
        return self.flows

    def child_left(self, scope: Task) -> None:
        """A token inside this scope has gone."""

    def forget(self, token: Task) -> None:
        """The token has left the tree."""

    def leaves_a_trace(self, token: Task) -> bool:
        """Whether leaving this element is an activity that history shows."""
        return True

    def error_boundary(self, error_code: str | None) -> "Element | None":
        """The boundary event that catches this error; one that names the code goes before one that catches all."""
        catching = [b for b in self.boundaries if b.node.event.kind is EventKind.ERROR]
        exact = [b for b in catching if b.node.event.error_code == error_code]
        return next(iter(exact), None) or next((b for b in catching if b.node.event.error_code is None), None)

    def error_variables(self, error: BpmnError) -> dict[str, Any]:
        event = self.node.event
        named = {event.error_code_variable: error.error_code, event.error_message_variable: error.message}
        return {name: value for name, value in named.items() if name is not None}


class Root(Element):
    """The process itself as the outermost scope."""

    def leaves_a_trace(self, token: Task) -> bool:
        return False

    def child_left(self, scope: Task) -> None:
        if not scope._children:
            scope.workflow.completed = True


class EndEvent(Element):
    """Terminate and error end events act on the scope around them (BPMN 2.0.2, 10.5.3)."""

    def _run_hook(self, my_task: Task) -> bool | None:
        event = self.node.event
        if event.kind is EventKind.TERMINATE:
            for other in my_task.parent.children:
                if other is not my_task:
                    my_task.workflow.withdraw(other)
        elif event.kind is EventKind.ERROR:
            error = BpmnError(text(my_task, event.error_code), text(my_task, event.error_message))
            my_task.complete()
            my_task.workflow.throw(my_task, error)
            return None
        return True

    def _on_complete(self, my_task: Task) -> None:
        """An error end event stays in the tree until the error has found its way."""
        if self.node.event.kind is not EventKind.ERROR:
            super()._on_complete(my_task)


def handed_over(token: Task, mappings: Iterable[Handover], view: Any) -> dict[str, Any]:
    """The variables that mappings hand over, computed over `view`."""
    result: dict[str, Any] = {}
    for mapping in mappings:
        if mapping.all_variables:
            result.update(view)
        elif mapping.by_name is not None and mapping.target is not None:
            result[mapping.target] = view.get(mapping.by_name)
        elif mapping.target is not None:
            result[mapping.target] = token.workflow.evaluate(token, mapping.source or "", view)
    return result


class Activity(Element):
    """An activity: variables handed in and out, boundary events armed while it waits."""

    def _run_hook(self, my_task: Task) -> bool | None:
        instance = my_task.workflow
        if self.node.inputs:
            instance.scopes.set_local(my_task, handed_over(my_task, self.node.inputs, instance.scopes.view(my_task)))
        return self.perform(my_task)

    def perform(self, token: Task) -> bool | None:
        """Do the work: True when it is done, None when it waits."""
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        instance = my_task.workflow
        if self.node.outputs:
            values = handed_over(my_task, self.node.outputs, instance.scopes.view(my_task))
            scope = my_task.parent
            instance.scopes.set(scope.parent if scope.task_spec.is_multi_instance_body else scope, values)
        super()._on_complete_hook(my_task)


class ServiceTask(Activity):
    """Runs a named delegate, or computes an expression into the result variable."""

    def perform(self, token: Task) -> bool | None:
        instance = token.workflow
        if self.node.delegate is None:
            value = self._value(token, self.node.expression or "")
            if self.node.result_variable is not None:
                instance.scopes.set(token, {self.node.result_variable: value})
            return True
        try:
            variables = instance.host.call(self.node.delegate, self.node.id, instance.scopes.view(token))
        except BpmnError as error:
            instance.throw(token, error)
            return None
        except ValueError as error:
            raise instance.failure(token, f"{self.node.delegate}: {error}", self.node.delegate) from error
        instance.scopes.set(token, variables)
        return True

    def _value(self, token: Task, expression: str) -> Any:
        if self.node.language is Language.FEEL:
            value, _ = token.workflow.feel(token, expression)
            return value
        return token.workflow.evaluate(token, expression)


def truth(token: Task, condition: str, language: Language = Language.JUEL) -> bool:
    """Compute a condition. Raises StepFailed when it is neither true nor false."""
    why: Sequence[str] = ()
    if language is Language.FEEL:
        value, why = token.workflow.feel(token, condition)
    else:
        value = token.workflow.evaluate(token, condition)
    if not isinstance(value, bool):
        reasons = "".join(f"; {reason}" for reason in why)
        gave = f"the condition {condition} gave {value!r}, not true or false{reasons}"
        raise token.workflow.failure(token, gave, condition)
    return value


def text(token: Task, source: str | None) -> str | None:
    """The value of an attribute as a text; None if it is absent, null or empty."""
    value = None if source is None else token.workflow.evaluate(token, source)
    return None if value is None or value == "" else str(value)


def whole_number(value: Any) -> int | None:
    """The value as an int, if it is a whole number or the text of one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        return int(value) if int(value) == Decimal(value) else None
    except (ValueError, ArithmeticError):
        return None
