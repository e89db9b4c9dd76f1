"""Elements at which an instance rests: user tasks, timers, messages, called processes, subprocesses."""

from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, datetime
from typing import Any

from SpiffWorkflow.task import Task

from app.domain import iso8601
from app.domain.models.model import EventKind, Handover, TimerKind
from app.domain.models.values import FIRST_YEAR
from app.engine.elements import Activity, Element, handed_over, text, whole_number
from app.engine.values import Host, OpenedCall, OpenedMessage, OpenedTask, OpenedTimer
from app.engine.workflow import MESSAGES, STARTED, TIMERS

MAX_PRIORITY = 2**31 - 1
"""Of a task: what four bytes hold."""


def arm(token: Task, *catching: Element) -> None:
    """Begin to wait for the timers and messages of these elements and of the boundary events of the token's own."""
    for element in (*token.task_spec.boundaries, *catching):
        event = element.node.event
        if event.kind is EventKind.TIMER:
            due, left = first_due(token, element)
            remember_timer(token, element, due, left)
        elif event.kind is EventKind.MESSAGE:
            name = text(token, event.message)
            if name is None:
                raise token.workflow.failure(token, f"the message of '{element.node.id}' has no name", event.message)
            token.internal_data.setdefault(MESSAGES, []).append(element.node.id)
            token.workflow.opened_messages.append(OpenedMessage(token.id, element.node.id, name))


def moment(given: Any, host: Host) -> datetime:
    """The aware moment of a datetime or of an ISO 8601 text. Raises ValueError, also for years that cannot be kept."""
    found = given if isinstance(given, datetime) else iso8601.moment(str(given), host.zone)
    if not FIRST_YEAR <= found.year < MAXYEAR:
        raise ValueError(f"the year {found.year} is not from {FIRST_YEAR} to {MAXYEAR - 1}")
    return found if found.tzinfo else found.replace(tzinfo=host.zone)


def remember_timer(token: Task, element: Element, due: datetime, left: int | None) -> None:
    """left: how often a cycle fires in all, this time included; None: without end."""
    token.internal_data.setdefault(TIMERS, {})[element.node.id] = [due.timestamp(), left]
    token.workflow.opened_timers.append(OpenedTimer(token.id, element.node.id, due))


def first_due(token: Task, element: Element) -> tuple[datetime, int | None]:
    """When a timer fires first, and how often in all. An expression may give an ISO 8601 text or a moment."""
    instance, event = token.workflow, element.node.event
    value = instance.evaluate(token, event.timer or "")
    host = instance.host
    try:
        if isinstance(value, datetime) or event.timer_kind is TimerKind.DATE:
            return moment(value, host), 1
        if event.timer_kind is TimerKind.DURATION:
            return moment(iso8601.duration(str(value)).after(host.now), host), 1
        cycle = iso8601.cycle(str(value), host.zone)
        return moment(cycle.start or cycle.every.after(host.now), host), cycle.times
    except (ValueError, OverflowError) as error:
        raise instance.failure(token, f"timer '{element.node.id}': {error}", event.timer) from error


def next_due(token: Task, element: Element, last: datetime) -> datetime:
    """The following moment of a cycle, on the grid that began with it, so that a late start adds no drift."""
    instance, event = token.workflow, element.node.event
    host = instance.host
    value = instance.evaluate(token, event.timer or "")
    try:
        cycle = iso8601.cycle(str(value), host.zone)
        base = cycle.start or instance.moment(token.internal_data[STARTED])
        return moment(cycle.following(last, host.now, base), host)
    except (ValueError, OverflowError) as error:
        raise instance.failure(token, f"timer '{element.node.id}': {error}", event.timer) from error


class CatchEvent(Element):
    """An intermediate timer or message event, and a receive task."""

    def _run_hook(self, my_task: Task) -> bool | None:
        arm(my_task, self)
        return None


class ReceiveTask(Activity):
    def perform(self, token: Task) -> bool | None:
        arm(token, self)
        return None


class SubProcess(Activity):
    """An embedded subprocess: a scope of its own that is left when the last token in it has gone."""

    start: Element

    def perform(self, token: Task) -> bool | None:
        arm(token)
        token.workflow.place(self.start, token)
        return None

    def child_left(self, scope: Task) -> None:
        if not scope._children:
            scope.complete()


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
            assignee=(text(token, task.assignee) or "").strip() or None,
            candidate_groups=tuple(self._names(token, task.candidate_groups)),
            candidate_users=tuple(self._names(token, task.candidate_users)),
            due=self._moment(token, task.due_date),
            follow_up=self._moment(token, task.follow_up_date),
            priority=self._priority(token, task.priority),
            local=dict(instance.scopes.inner.get(token.id, {})),
        )
        named = task.assignee or task.candidate_groups or task.candidate_users
        if named and not (opened.assignee or opened.candidate_groups or opened.candidate_users):
            raise instance.failure(token, f"{named} names nobody who could do it", named)
        instance.opened_tasks.append(opened)
        return None

    def _names(self, token: Task, source: str | None) -> Iterator[str]:
        value = None if source is None else token.workflow.evaluate(token, source)
        for part in value if isinstance(value, list) else str(value or "").split(","):
            if name := str(part).strip():
                yield name

    def _moment(self, token: Task, source: str | None) -> datetime | None:
        value = None if source is None else token.workflow.evaluate(token, source)
        host = token.workflow.host
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str) and value.startswith("P"):
                value = iso8601.duration(value).after(host.now)
            return moment(value, host)
        except (ValueError, OverflowError) as error:
            raise token.workflow.failure(token, str(error), source) from error

    def _priority(self, token: Task, source: str | None) -> int:
        value = 50 if source is None else token.workflow.evaluate(token, source)
        priority = whole_number(value)
        if priority is None or abs(priority) > MAX_PRIORITY:
            why = f"the priority is {value!r}, not a whole number from -{MAX_PRIORITY} to {MAX_PRIORITY}"
            raise token.workflow.failure(token, why, source)
        return priority


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
                business_key=text(token, call.business_key),
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
