"""One small SpiffWorkflow task spec for each BPMN element: what happens when a token arrives, runs and leaves.

SpiffWorkflow drives the life of a task (arrive: `_update_hook`, run: `_run_hook`, leave: `_on_complete_hook`); nothing
is predicted, no data is inherited, and what was left is removed by `Instance`.
"""

# ruff: noqa: ARG002 - hooks that do nothing here get what their overrides need

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from app.domain.models.model import Flow, Handover, Language, Node
from app.engine.values import BpmnError
from app.engine.workflow import DONE


class Element(TaskSpec):
    """A node. Passes its token on; tasks without work, none events and boundary events are just this.

    flows: those that leave it, with what they lead to; boundaries: the events at its border; handlers: the start events of
    the event subprocesses in its scope; compensation: the id of the element that undoes it; after: where its token waits
    for a job before it leaves; chooses: whether there is a condition at one of the flows.
    """

    counts_arrivals = False  # of a join with several incoming flows
    is_multi_instance_body = False
    comes_last = False  # of what begins when all else rests, so that what is beside it is there to catch what it throws

    def __init__(self, spec: Any, node: Node, name: str | None = None) -> None:
        super().__init__(spec, name or node.id)
        self.node = node
        self.flows: list[tuple[Flow, Element]] = []
        self.boundaries: list[Element] = []
        self.handlers: list[Element] = []
        self.compensation: str | None = None
        self.after: Element | None = None
        self.chooses = False

    def test(self) -> None:
        """Deployment has validated the model."""

    def _update_hook(self, my_task: Task) -> bool:
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        (my_task.workflow.late if self.comes_last else my_task.workflow.ready).append(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        if self.compensation is not None or my_task.internal_data.get(DONE):
            self._remember(my_task)
        if self.after is not None:
            my_task.workflow.place(self.after, my_task.parent)
        else:
            self.leave(my_task)

    def _remember(self, token: Task) -> None:
        """Let the scope around know that the activity was completed and can be compensated for; see `compensation`."""
        instance = token.workflow
        variables = dict(instance.scopes.inner.get(token.id, {}))
        done = [self.name, variables, token.internal_data.get(DONE, [])]
        token.parent.internal_data.setdefault(DONE, []).append(done)

    def leave(self, token: Task) -> None:
        """Go on from here."""
        for flow, target in self.chosen(token) * self.node.completion_quantity:
            token.workflow.place(target, token.parent, arrived_by=flow.id)

    def chosen(self, token: Task) -> "list[tuple[Flow, Element]]":
        """The flows on which a completed token leaves: of several all whose condition is true, the default one if no
        condition is (BPMN 2.0.2, 13.3.1). Raises StepFailed where none is left."""
        if not self.chooses:
            return self.flows
        default = [pair for pair in self.flows if pair[0].id == self.node.default_flow]
        true = [pair for pair in self.flows if pair not in default and holds(token, pair[0])]
        if any(flow.condition is not None for flow, _ in true):
            return true
        return true + default or default_flow(self, token)

    def child_left(self, scope: Task) -> None:
        """A token inside this scope has gone."""

    def child_withdrawn(self, scope: Task) -> None:
        """A token inside this scope was taken out, and what is around it goes on."""

    def forget(self, token: Task) -> None:
        """The token has left the tree."""

    def leaves_a_trace(self, token: Task) -> bool:
        """Whether leaving this element is an activity that history shows."""
        return True

    def chose(self, token: Task, element: "Element") -> None:
        """What the token waited for has happened at `element`, mostly itself."""
        token.complete()

    def catching(self) -> "Sequence[Element]":
        """The elements whose events a token waits for here, those at its border and in its scope left out."""
        return ()

    def caught_variables(self, thrown: BpmnError) -> dict[str, Any]:
        event = self.node.event
        named = {event.code_variable: thrown.error_code, event.text_variable: thrown.message}
        return {name: value for name, value in named.items() if name is not None}


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
        self.take_in(my_task)
        return self.perform(my_task)

    def take_in(self, token: Task) -> None:
        """Compute the input parameters."""
        if self.node.inputs:
            scopes = token.workflow.scopes
            scopes.set_local(token, handed_over(token, self.node.inputs, scopes.view(token)))

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
            if isinstance(value, str):
                storable(token, value, self.node.expression)
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


def truth(
    token: Task, condition: str, language: Language = Language.JUEL, view: Mapping[str, Any] | None = None
) -> bool:
    """Compute a condition over `view`, by default the variables as the token sees them.

    Raises StepFailed when it is neither true nor false.
    """
    why: Sequence[str] = ()
    if language is Language.FEEL:
        value, why = token.workflow.feel(token, condition, view)
    else:
        value = token.workflow.evaluate(token, condition, view)
    if not isinstance(value, bool):
        reasons = "".join(f"; {reason}" for reason in why)
        gave = f"the condition {condition} gave {value!r}, not true or false{reasons}"
        raise token.workflow.failure(token, gave, condition)
    return value


def default_flow(element: Element, token: Task) -> list[tuple[Flow, Element]]:
    """The flow on which a token leaves when no condition is true. Raises StepFailed where there is none."""
    default = [pair for pair in element.flows if pair[0].id == element.node.default_flow]
    if not default and element.flows:
        why = "no outgoing sequence flow has a true condition and there is no default flow"
        raise token.workflow.failure(token, why)
    return default


def holds(token: Task, flow: Flow) -> bool:
    """Whether a sequence flow may be taken. Raises StepFailed as `truth`."""
    return flow.condition is None or truth(token, flow.condition, flow.language)


def text(token: Task, source: str | None, longest: int | None = None) -> str | None:
    """The value of an attribute as a text; None if it is absent, null or empty. Raises StepFailed as `storable`."""
    value = None if source is None else token.workflow.evaluate(token, source)
    return None if value is None or value == "" else storable(token, str(value), source, longest)


def storable(token: Task, found: str, source: str | None, longest: int | None = None) -> str:
    """The text that `source` gave. Raises StepFailed if it has a NUL or more than `longest` characters."""
    if "\0" in found:
        raise token.workflow.failure(token, f"{source} gave a text with a NUL character", source)
    if longest is not None and len(found) > longest:
        why = f"'{found[:50]}…' has {len(found)} characters, more than the limit of {longest}"
        raise token.workflow.failure(token, why, source)
    return found


def whole_number(value: Any) -> int | None:
    """The value as an int, if it is a whole number or the text of one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        return int(value) if int(value) == Decimal(value) else None
    except (ValueError, ArithmeticError):
        return None
