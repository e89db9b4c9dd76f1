"""A running instance: SpiffWorkflow's task tree, kept as small as what is still alive.

A live SpiffWorkflow task is a token. The children of a scope (process, subprocess, multi-instance body) are the tokens
inside it; whatever has completed is taken out of the tree at once, so that the tree never grows with the past.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from app.domain import refusals
from app.domain.models.model import EventKind, Kind
from app.engine.scopes import Scopes
from app.engine.values import (
    Activity,
    BpmnError,
    Host,
    OpenedCall,
    OpenedExternalTask,
    OpenedJob,
    OpenedSubscription,
    OpenedTask,
    OpenedTimer,
    StepFailed,
    Thrown,
)

if TYPE_CHECKING:
    from app.engine.elements import Element
    from app.engine.spec import Spec

# keys of a token's small data
ARRIVED_BY, STARTED, TIMERS, SUBSCRIPTIONS, CONDITIONS = "f", "s", "t", "m", "w"
COUNTERS, DONE, PLAN, HAPPENED, PASSED, ABSORBED = "c", "d", "p", "h", "x", "absorbed"

TOKEN_LIMIT = 25_000
"""Tokens alive in one instance; a model that comes here makes them without end."""

Arrivals = dict[str, dict[int, Task]]
"""The tokens that wait at a join by the flow on which they came; on each flow by id, oldest first."""


class Children(dict[int, None]):
    """Ids of tokens in the order of their coming, with the names of a list: among many, each leaves at the same cost."""

    def append(self, token: int) -> None:
        self[token] = None

    remove = dict.__delitem__


class TokenTask(Task):
    """A token: SpiffWorkflow's task without its log, for which each change of state costs more than the step itself."""

    def __init__(self, instance: "Instance", spec: "Element", scope: Task | None, state: int, token_id: int) -> None:
        super().__init__(instance, spec, scope, state=state, id=token_id)
        self._children = Children()

    def _set_state(self, value: int) -> None:
        self._state = value


class Instance(Workflow):
    """One instance during one step. Collects what happens for the Outcome."""

    def __init__(self, spec: "Spec", scopes: Scopes, host: Host, next_token: int) -> None:
        super().__init__(spec, deserializing=True)
        self.scopes = scopes
        self.host = host
        self.begun = host.now.timestamp()  # STARTED of every token that this step makes
        self.next_token = next_token
        self.ready: deque[Task] = deque()
        self.late: deque[Task] = deque()
        self.watching: dict[int, Task] = {}  # tokens that wait for conditions
        self.looked: int | None = None  # at conditions last, by the number of writes
        self.arrivals: dict[tuple[int, Element], Arrivals] = {}  # by the token of the scope and the join
        self.error: BpmnError | None = None
        self.failed_at: str | None = None
        self.opened_tasks: list[OpenedTask] = []
        self.opened_timers: list[OpenedTimer] = []
        self.opened_subscriptions: list[OpenedSubscription] = []
        self.opened_jobs: list[OpenedJob] = []
        self.opened_external_tasks: list[OpenedExternalTask] = []
        self.thrown: list[Thrown] = []
        self.disarmed: list[tuple[int, str]] = []
        self.opened_calls: list[OpenedCall] = []
        self.closed: list[tuple[int, str]] = []
        self.activities: list[Activity] = []

    def place(self, spec: "Element", scope: Task, arrived_by: str | None = None) -> Task:
        """Put a new token on an element inside `scope`."""
        token = self._new_token(spec, scope)
        if arrived_by is not None and spec.counts_arrivals:
            token.internal_data[ARRIVED_BY] = arrived_by
        spec._update(token)
        return token

    def place_happened(self, spec: "Element", scope: Task) -> None:
        """Put a token on an event that has happened already, so that it goes on from there."""
        token = self._new_token(spec, scope)
        token.internal_data[HAPPENED] = True
        spec._update(token)

    def _new_token(self, spec: "Element", scope: Task) -> Task:
        token = TokenTask(self, spec, scope, TaskState.FUTURE, self.next_token)
        if len(self.tasks) > TOKEN_LIMIT:
            why = f"process '{self.spec.process.id}' has more than {TOKEN_LIMIT} tokens: it probably makes them without end"
            raise self.failure(token, why, limit=TOKEN_LIMIT)
        self.next_token += 1
        token.internal_data[STARTED] = self.begun
        return token

    @contextmanager
    def then(self, token: Task) -> Iterator[None]:
        """Let it be the moment at which the token came."""
        now = self.host
        self.host = now.at(self.moment(token.internal_data[STARTED]))
        try:
            yield
        finally:
            self.host = now

    def evaluate(self, token: Task, expression: str, view: Mapping[str, Any] | None = None) -> Any:
        """Compute an expression over `view`: if none is given, the variables as `token` sees them. Raises StepFailed."""
        try:
            return self.host.evaluate(expression, self.scopes.view(token) if view is None else view)
        except (ValueError, ArithmeticError) as error:
            raise self.failure(token, f"{expression}: {error}", expression) from error

    def feel(self, token: Task, expression: str, view: Mapping[str, Any] | None = None) -> tuple[Any, Sequence[str]]:
        """The value of a FEEL expression, and why parts of it are null; `view` as for `evaluate`. Raises StepFailed."""
        try:
            return self.host.feel(expression, self.scopes.view(token) if view is None else view)
        except ValueError as error:
            raise self.failure(token, f"{expression}: {error}", expression) from error

    def failure(self, token: Task, why: str, expression: str | None = None, **details: Any) -> StepFailed:
        node = token.task_spec.node
        found = {"activityId": node.id, "activityName": node.name, "expression": expression, **details}
        return refusals.of(
            StepFailed, refusals.STEP_FAILED, found, tag=node.kind, id=node.id, name=node.name or node.id, why=why
        )

    def withdraw(self, token: Task) -> None:
        """Cancel a token with everything inside it, without going on from it."""
        token.cancel()
        if token.id in self.tasks:
            self._remove_task(token.id)

    def absorb(self, token: Task) -> None:
        """Take out a token that another one goes on for, as a join does."""
        token.internal_data[ABSORBED] = True
        self._remove_task(token.id)

    def interrupt(self, token: Task, boundary: "Element") -> None:
        """Leave an activity through an interrupting boundary event."""
        scope = token.parent
        self.place(boundary, scope)
        self.withdraw(token)

    def throw(self, token: Task, error: BpmnError) -> None:
        """Hand a business error to the nearest activity or scope around that catches it; uncaught, it ends the instance."""
        found = self._catcher(token, EventKind.ERROR, error.error_code)
        if found is None:
            self.error, self.failed_at = error, token.task_spec.node.id
            self.end()
        else:
            self._catch(*found, error)

    def escalate(self, token: Task, escalation: BpmnError) -> None:
        """Hand an escalation to the nearest that catches it, which does not have to interrupt; uncaught, it is told to
        whoever called the process, and all goes on."""
        found = self._catcher(token, EventKind.ESCALATION, escalation.error_code)
        if found is None:
            self.thrown.append(Thrown(EventKind.ESCALATION, escalation.error_code, {}))
        else:
            self._catch(*found, escalation)

    def _catcher(self, token: Task, kind: EventKind, code: str | None) -> "tuple[Task, Element] | None":
        """The nearest that catches it: the activity with its boundary event, or the scope with the start event of its event
        subprocess. What is thrown in an event subprocess is not caught beside it."""
        at = token
        while True:
            if (boundary := _catching(at.task_spec.boundaries, kind, code)) is not None:
                return at, boundary
            scope = at.parent
            if scope is None:
                return None
            if not at.task_spec.node.event_triggered:
                handler = _catching(scope.task_spec.handlers, kind, code)
                if handler is not None:
                    return scope, handler
            at = scope

    def _catch(self, token: Task, element: "Element", caught: BpmnError) -> None:
        around = token if element.node.kind is Kind.START_EVENT else token.parent
        self.scopes.set(around, element.caught_variables(caught))
        self.happen(token, element)

    def happen(self, token: Task, element: "Element", variables: Mapping[str, Any] = {}) -> None:
        """An event that the token waits for has happened: at its border, in an event subprocess of its scope, or its own."""
        node = element.node
        if node.kind is Kind.BOUNDARY_EVENT:
            if node.interrupting:
                self.interrupt(token, element)
            else:
                self.place(element, token.parent)
        elif node.kind is Kind.START_EVENT:
            self._handle(token, element, variables)
        else:
            token.task_spec.chose(token, element)

    def _handle(self, scope: Task, start: "Element", variables: Mapping[str, Any]) -> None:
        """Begin an event subprocess with variables of its own; an interrupting one ends all else in its scope."""
        if start.node.interrupting:
            for other in scope.children:
                self.withdraw(other)
            self.disarm(scope, scope.task_spec.handlers)
        self.scopes.set_local(self.place(self.spec.entry[start.node.parent], scope), variables)

    def disarm(self, token: Task, elements: "Iterable[Element]") -> None:
        """Let the token, which stays, wait no longer for the events of these elements."""
        for element in elements:
            for key, _ in element.node.events():
                self.forget(token, key)

    def forget(self, token: Task, key: str) -> None:
        """Let the token wait no longer for one event."""
        data = token.internal_data
        for kind in (TIMERS, CONDITIONS, SUBSCRIPTIONS):
            data.get(kind, {}).pop(key, None)
        self.disarmed.append((token.id, key))

    def end(self) -> None:
        """End the instance with all that is in it."""
        for token in self.task_tree.children:
            self.withdraw(token)
        self.completed = True

    def _task_completed_notify(self, task: Task) -> None:
        """SpiffWorkflow's hook for a completed task: fold it away and tell the scope around it."""
        scope = task.parent
        if task.id in self.tasks:
            self._remove_task(task.id)
            if scope.id in self.tasks:
                scope.task_spec.child_left(scope)

    def _task_removed_notify(self, task: Task) -> None:
        node = task.task_spec.node
        task.task_spec.forget(task)
        self.watching.pop(task.id, None)
        self.scopes.close(task.id)
        self.closed.append((task.id, node.id))
        if ABSORBED not in task.internal_data and task.task_spec.leaves_a_trace(task):
            self.activities.append(
                Activity(
                    token=task.id,
                    node=task.task_spec.name,
                    parent=task._parent,
                    started=self.moment(task.internal_data[STARTED]),
                    ended=self.host.now,
                    cancelled=not task.has_state(TaskState.COMPLETED),
                )
            )

    def moment(self, timestamp: float) -> datetime:
        now = self.host.now
        return now if timestamp == self.begun else datetime.fromtimestamp(timestamp, tz=now.tzinfo)


def _catching(candidates: "Iterable[Element]", kind: EventKind, code: str | None) -> "Element | None":
    """The event that catches what is thrown with this code; one that names the code goes before one that catches all."""
    found = [element for element in candidates if element.node.event.kind is kind]
    exact = [element for element in found if element.node.event.code == code]
    return next(iter(exact), None) or next((one for one in found if one.node.event.code is None), None)
