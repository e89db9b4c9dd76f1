"""Elements at which an instance rests: events that are waited for, user tasks, external tasks, called processes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task

from app.domain import iso8601
from app.domain.models.model import LONGEST_NAME, EventKind, Flow, Handover, TimerKind
from app.engine.arming import arm, moment
from app.engine.elements import Activity, Element, handed_over, storable, text, whole_number
from app.engine.values import OpenedCall, OpenedExternalTask, OpenedTask
from app.engine.workflow import HAPPENED, TIMERS

USUAL_PRIORITY = 50
MAX_PRIORITY = 2**31 - 1
"""Of a task: what four bytes hold."""


class CatchEvent(Element):
    """An intermediate event that is waited for; where a link leads to there is nothing to wait for."""

    def _run_hook(self, my_task: Task) -> bool | None:
        if HAPPENED in my_task.internal_data or self.node.event.kind is EventKind.LINK:
            return True
        arm(my_task)
        return None

    def catching(self) -> Sequence[Element]:
        return (self,)

    def chose(self, token: Task, element: Element) -> None:
        """A cycle lets a token go on at each of its moments."""
        again = self.node.event.timer_kind is TimerKind.CYCLE and not self.node.also
        if again and self.node.id in token.internal_data.get(TIMERS, {}):
            self.leave(token)
        else:
            super().chose(token, element)


class ReceiveTask(Activity):
    def perform(self, token: Task) -> bool | None:
        if HAPPENED in token.internal_data:
            return True
        arm(token)
        return None

    def catching(self) -> Sequence[Element]:
        return (self,)


class EventGateway(Element):
    """Waits for the first of the events behind it (BPMN 2.0.2, 13.4.4)."""

    def _run_hook(self, my_task: Task) -> bool | None:
        arm(my_task)
        return None

    def catching(self) -> Sequence[Element]:
        return [target for _, target in self.flows]

    def chose(self, token: Task, element: Element) -> None:
        token.workflow.place_happened(element, token.parent)
        token.complete()

    def chosen(self, token: Task) -> list[tuple[Flow, Element]]:  # noqa: ARG002 - others look at it
        """The event that has happened goes on by itself."""
        return []


class UserTask(Activity):
    """A task for a person, with Camunda's attributes evaluated at the moment at which it opens."""

    def perform(self, token: Task) -> bool | None:
        instance, task = token.workflow, self.node.user_task
        assert task is not None
        arm(token)
        opened = OpenedTask(
            token=token.id,
            parent=token._parent,
            node=self.node.id,
            name=text(token, self.node.name),
            assignee=(text(token, task.assignee, LONGEST_NAME) or "").strip() or None,
            candidate_groups=tuple(self._names(token, task.candidate_groups)),
            candidate_users=tuple(self._names(token, task.candidate_users)),
            due=self.due(token),
            follow_up=self._moment(token, task.follow_up_date),
            priority=priority_of(token, task.priority, USUAL_PRIORITY),
            local=dict(instance.scopes.inner.get(token.id, {})),
        )
        named = task.assignee or task.candidate_groups or task.candidate_users
        if named and not (opened.assignee or opened.candidate_groups or opened.candidate_users):
            raise instance.failure(token, f"{named} names nobody who could do it", named)
        instance.opened_tasks.append(opened)
        return None

    def due(self, token: Task) -> datetime | None:
        assert self.node.user_task is not None
        return self._moment(token, self.node.user_task.due_date)

    def _names(self, token: Task, source: str | None) -> Iterator[str]:
        value = None if source is None else token.workflow.evaluate(token, source)
        for part in value if isinstance(value, list) else str(value or "").split(","):
            if name := str(part).strip():
                yield storable(token, name, source, LONGEST_NAME)

    def _moment(self, token: Task, source: str | None) -> datetime | None:
        value = None if source is None else token.workflow.evaluate(token, source)
        host = token.workflow.host
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str) and value.startswith("P"):
                value = iso8601.duration(value).after(host.now.astimezone(host.zone))
            return moment(value, host)
        except (ValueError, OverflowError) as error:
            raise token.workflow.failure(token, str(error), source) from error


def priority_of(token: Task, source: str | None, usual: int) -> int:
    """The value of a priority. Raises StepFailed for what is none."""
    value = usual if source is None else token.workflow.evaluate(token, source)
    priority = whole_number(value)
    if priority is None or abs(priority) > MAX_PRIORITY:
        why = f"the priority is {value!r}, not a whole number from -{MAX_PRIORITY} to {MAX_PRIORITY}"
        raise token.workflow.failure(token, why, source)
    return priority


class ExternalTask(Activity):
    """A service task that a worker outside fetches by its topic."""

    def perform(self, token: Task) -> bool | None:
        instance, external = token.workflow, self.node.external
        assert external is not None
        topic = text(token, external.topic, LONGEST_NAME)
        if topic is None:
            raise instance.failure(token, "the topic is empty", external.topic)
        arm(token)
        priority = priority_of(token, external.priority, 0)
        instance.opened_external_tasks.append(OpenedExternalTask(token.id, self.node.id, topic, priority))
        return None


class CallActivity(Activity):
    """Another process as a step of this one; the caller starts it and hands its variables back with Return."""

    def perform(self, token: Task) -> bool | None:
        instance, call = token.workflow, self.node.call
        assert call is not None
        arm(token)
        called = text(token, call.called_element)
        if called is None:
            raise instance.failure(token, "the called element has no name", call.called_element)
        instance.opened_calls.append(
            OpenedCall(
                token=token.id,
                node=self.node.id,
                called_element=called,
                binding=call.binding,
                version=text(token, call.version),
                business_key=text(token, call.business_key, LONGEST_NAME),
                variables=self._handed_in(token, call.inputs),
            )
        )
        return None

    def _handed_in(self, token: Task, mappings: tuple[Handover, ...]) -> dict[str, Any]:
        """A local mapping sees the variables of the call activity alone."""
        scopes = token.workflow.scopes
        own, visible = scopes.inner.get(token.id, {}), scopes.view(token)
        given: dict[str, Any] = {}
        for mapping in mappings:
            given.update(handed_over(token, [mapping], own if mapping.local else visible))
        return given

    def take_back(self, token: Task, variables: Mapping[str, Any]) -> None:
        """What a local mapping brings back stays with the call activity, for its output parameters."""
        assert self.node.call is not None
        scopes, outputs = token.workflow.scopes, self.node.call.outputs
        scopes.set_local(token, handed_over(token, [mapping for mapping in outputs if mapping.local], variables))
        scopes.set(token, handed_over(token, [mapping for mapping in outputs if not mapping.local], variables))
