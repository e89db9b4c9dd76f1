"""The one function that moves an instance: spec + state + command -> Outcome."""

from collections.abc import Mapping
from datetime import UTC, datetime
from time import thread_time
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine import state as saved
from app.engine.elements import Element
from app.engine.gateways import InclusiveGateway
from app.engine.scopes import PROCESS
from app.engine.spec import Spec
from app.engine.values import (
    BpmnError,
    Cancel,
    Command,
    Complete,
    Deliver,
    FireTimer,
    Host,
    Outcome,
    Raise,
    Return,
    SetLocal,
    Start,
    StepFailed,
    Token,
)
from app.engine.waiting import CallActivity, UserTask, next_due, remember_timer
from app.engine.workflow import MESSAGES, STARTED, TIMERS, Instance
from app.errors import Conflict

STEP_LIMIT = 100_000
STEP_SECONDS = 8
"""Of the processor's time, which costly expressions can use up long before the steps are."""


def step(spec: Spec, state: bytes | None, variables: Mapping[str, Any], command: Command, host: Host) -> Outcome:
    """Apply a command and run until everything waits again.

    variables: those of the process, with what the command's caller has already written into them. Raises Conflict when
    the token no longer waits for this command, StepFailed when the model cannot go on; in both cases nothing happened.
    """
    instance = saved.fresh(spec, variables, host) if state is None else saved.restore(spec, state, variables, host)
    before = set(instance.tasks)
    _apply(instance, command)
    _run(instance)
    alive = instance.tasks
    return Outcome(
        state=saved.save(instance),
        variables=instance.scopes.process,
        changed=instance.scopes.changed,
        tasks=[task for task in instance.opened_tasks if task.token in alive],
        timers=[timer for timer in instance.opened_timers if timer.token in alive],
        messages=[message for message in instance.opened_messages if message.token in alive],
        calls=[call for call in instance.opened_calls if call.token in alive],
        closed=[(token, node) for token, node in instance.closed if token in before],
        still_open=[token for token in before if token in alive and isinstance(alive[token].task_spec, UserTask)],
        activities=instance.activities,
        ended=instance.completed,
        error=instance.error,
    )


def _apply(instance: Instance, command: Command) -> None:
    match command:
        case Start():
            if instance.spec.process.initiator is not None:
                instance.scopes.set(instance.task_tree, {instance.spec.process.initiator: instance.host.starter})
            instance.place(instance.spec.start_in(None), instance.task_tree)
        case Complete():
            token = _waiting(instance, command.token, UserTask)
            instance.scopes.set_local(token, command.local_variables)
            instance.scopes.set(token, command.variables)
            token.complete()
        case FireTimer():
            _fire(instance, command)
        case Deliver():
            token = _waiting(instance, command.token)
            if command.node not in token.internal_data.get(MESSAGES, ()):
                raise Conflict(f"activity '{command.node}' no longer waits for a message")
            instance.scopes.set(token, command.variables)
            _trigger(instance, token, command.node)
        case Return():
            token = _waiting(instance, command.token, CallActivity)
            token.task_spec.take_back(token, command.variables)
            token.complete()
        case Raise():
            instance.throw(_waiting(instance, command.token), BpmnError(command.error_code, command.message))
        case SetLocal():
            token = _waiting(instance, command.token)
            instance.scopes.set_local(token, command.variables)
            instance.scopes.remove_local(token, command.removed)
        case Cancel():
            instance.end()


def _waiting(instance: Instance, token_id: int, kind: type[Element] = Element) -> Task:
    token = instance.tasks.get(token_id)
    waits = token is not None and token_id != PROCESS and token.has_state(TaskState.STARTED)
    if not waits or not isinstance(token.task_spec, kind):
        raise Conflict(f"the process instance no longer waits at token {token_id}")
    return token


def _fire(instance: Instance, command: FireTimer) -> None:
    token = _waiting(instance, command.token)
    timers = token.internal_data.get(TIMERS, {})
    if command.node not in timers:
        raise Conflict(f"timer '{command.node}' is no longer set")
    due, left = timers.pop(command.node)
    element = instance.spec.entry[command.node]
    if left is None or left > 1:
        moment = next_due(token, element, instance.moment(due))
        remember_timer(token, element, moment, None if left is None else left - 1)
    _trigger(instance, token, command.node)


def _trigger(instance: Instance, token: Task, node_id: str) -> None:
    """An event that the token waits for has happened: its own, or that of a boundary event."""
    element = instance.spec.entry[node_id]
    if element.node.attached_to is None:
        token.complete()
    elif element.node.cancel_activity:
        instance.interrupt(token, element)
    else:
        instance.place(element, token.parent)


def _run(instance: Instance) -> None:
    """Run what is ready; when nothing is, let inclusive joins go on; until everything waits."""
    end = thread_time() + STEP_SECONDS
    for _ in range(STEP_LIMIT):
        if instance.completed:
            return
        if thread_time() > end:
            raise _endless(instance, f"{STEP_SECONDS} seconds", STEP_SECONDS)
        if instance.ready:
            token = instance.ready.popleft()
            if token.id in instance.tasks:
                token.run()
        elif not _release_inclusive(instance):
            _refuse_deadlock(instance)
            return
    raise _endless(instance, f"{STEP_LIMIT} steps", STEP_LIMIT)


def _endless(instance: Instance, spent: str, limit: int) -> StepFailed:
    return StepFailed(
        f"process '{instance.spec.process.id}' took {spent} without waiting: it probably loops without end",
        details={"activityId": None, "limit": limit},
    )


def _release_inclusive(instance: Instance) -> bool:
    return any(
        isinstance(join, InclusiveGateway) and join.release(instance.tasks[scope]) for scope, join in instance.arrivals
    )


def _refuse_deadlock(instance: Instance) -> None:
    """Raises StepFailed when tokens wait at joins and nothing is left that could ever bring another one."""
    if not instance.arrivals:
        return
    for token in instance.tasks.values():
        rests = token.has_state(TaskState.STARTED) and not token._children
        if rests or token.internal_data.get(TIMERS) or token.internal_data.get(MESSAGES):
            return
    stuck = next(token for token in instance.tasks.values() if token.has_state(TaskState.WAITING))
    raise instance.failure(stuck, "it waits for tokens that cannot come any more")


def tokens(spec: Spec, state: bytes) -> list[Token]:
    """Where an instance stands: its tokens, parents before children. Times are in UTC."""
    return [
        Token(
            id=token_id,
            node=spec.task_specs[name].node.id,
            parent=parent,
            started=datetime.fromtimestamp(data[STARTED], tz=UTC),
            multi_instance_body=spec.task_specs[name].is_multi_instance_body,
        )
        for token_id, parent, name, _waiting_at_join, data in saved.load(state)["t"]
    ]


def local_variables(state: bytes, token: int) -> dict[str, Any]:
    """The variables in the scope of a token itself."""
    return saved.scope_of(state, token)


def visible_variables(state: bytes, token: int, process: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as the token sees them: process, enclosing scopes, its own."""
    return {**process, **saved.enclosing(state, token)}
