"""The one function that moves an instance: spec + state + command -> Outcome."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import thread_time
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.domain import refusals
from app.domain.models.model import node_of
from app.engine import state as saved
from app.engine.arming import arm, happened, next_due, recount, remember_timer, waits, waits_for
from app.engine.commands import (
    Cancel,
    Command,
    Complete,
    Deliver,
    Escalate,
    FireTimer,
    LookAgain,
    Modify,
    Raise,
    Return,
    RunJob,
    SetLocal,
    Start,
)
from app.engine.continuations import Continuation
from app.engine.delegated import DelegatedTask
from app.engine.elements import Element, truth
from app.engine.gateways import InclusiveGateway
from app.engine.moving import modify
from app.engine.scopes import PROCESS
from app.engine.spec import Spec
from app.engine.values import (
    BpmnError,
    Host,
    Outcome,
    StepFailed,
    Token,
)
from app.engine.waiting import CallActivity, ExternalTask, UserTask
from app.engine.workflow import CONDITIONS, STARTED, SUBSCRIPTIONS, TIMERS, Instance
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
    return outcome_of(instance, before, list(_recounted(instance, before, command)))


def outcome_of(instance: Instance, before: set[int], recounted: list[tuple[int, datetime | None]]) -> Outcome:
    """What has come of a step. before: the tokens that there were."""
    alive = instance.tasks
    return Outcome(
        state=saved.save(instance),
        variables=instance.scopes.process,
        changed=instance.scopes.changed,
        tasks=[task for task in instance.opened_tasks if task.token in alive],
        timers=[timer for timer in instance.opened_timers if waits_for(alive, timer)],
        subscriptions=[one for one in instance.opened_subscriptions if waits_for(alive, one)],
        jobs=[job for job in instance.opened_jobs if job.token in alive],
        external_tasks=[task for task in instance.opened_external_tasks if task.token in alive],
        calls=[call for call in instance.opened_calls if call.token in alive],
        thrown=instance.thrown,
        disarmed=[(token, key) for token, key in instance.disarmed if token in before],
        closed=[(token, node) for token, node in instance.closed if token in before],
        still_open=[token for token in before if token in alive and isinstance(alive[token].task_spec, UserTask)],
        recounted=recounted,
        activities=instance.activities,
        ended=instance.completed,
        error=instance.error,
        failed_at=instance.failed_at,
    )


def _recounted(instance: Instance, before: set[int], command: Command) -> Iterator[tuple[int, datetime | None]]:
    """Set anew what follows the variables, where these have changed; gives the due dates of tasks among it."""
    if not instance.spec.follows or not (instance.scopes.changed or isinstance(command, LookAgain)):
        return
    for token in list(instance.tasks.values()):
        recount(token)
        element = token.task_spec
        if token.id in before and isinstance(element, UserTask) and element.node.follows_variables:
            with instance.then(token):
                yield token.id, element.due(token)


def _apply(instance: Instance, command: Command) -> None:
    match command:
        case Start():
            _start(instance, command)
        case Complete():
            token = _waiting(instance, command.token, UserTask, ExternalTask, DelegatedTask)
            instance.scopes.set_local(token, command.local_variables)
            instance.scopes.set(token, command.variables)
            token.complete()
        case FireTimer():
            _fire(instance, command)
        case Deliver():
            token = _waiting(instance, command.token)
            if command.key not in token.internal_data.get(SUBSCRIPTIONS, ()):
                raise Conflict(f"activity '{node_of(command.key)}' no longer waits for this")
            instance.scopes.set_local(token, command.local_variables)
            instance.scopes.set(token, command.variables)
            happened(token, command.key, command.begun_variables)
        case Return():
            token = _waiting(instance, command.token, CallActivity)
            token.task_spec.take_back(token, command.variables)
            token.complete()
        case Raise():
            token = _waiting(instance, command.token)
            instance.scopes.set(token, command.variables)
            instance.throw(token, BpmnError(command.error_code, command.message))
        case Escalate():
            instance.escalate(_waiting(instance, command.token, CallActivity), BpmnError(command.code))
        case RunJob():
            _waiting(instance, command.token, Continuation).complete()
        case LookAgain():
            pass
        case SetLocal():
            token = _waiting(instance, command.token)
            instance.scopes.set_local(token, command.variables)
            instance.scopes.remove_local(token, command.removed)
            instance.scopes.set(token, command.others)
        case Modify():
            modify(instance, command.instructions)
        case Cancel():
            instance.end()


def _start(instance: Instance, command: Start) -> None:
    spec, root = instance.spec, instance.task_tree
    initiator = spec.process.initiator
    if initiator is not None and not (command.places and initiator in instance.scopes.process):
        instance.scopes.set(root, {initiator: instance.host.starter})
    arm(root)
    if command.places:
        modify(instance, command.places)
        return
    if command.node is not None:
        instance.place_happened(spec.way_in[command.node], root)
        return
    starts = spec.starts_in(None)
    if not starts:
        raise refusals.of(StepFailed, refusals.NO_PLAIN_START, {"activityId": None}, process=spec.process.id)
    for start in starts:
        instance.place(start, root)


def _waiting(instance: Instance, token_id: int, *kinds: type[Element]) -> Task:
    """The token, which may be the process itself, waiting for its handlers. Raises Conflict when it does not wait."""
    token = instance.tasks.get(token_id)
    if token is None or not token.has_state(TaskState.STARTED) or not isinstance(token.task_spec, kinds or Element):
        raise Conflict(f"the process instance no longer waits at token {token_id}")
    return token


def _fire(instance: Instance, command: FireTimer) -> None:
    token, key = _waiting(instance, command.token), command.key
    timers = token.internal_data.get(TIMERS, {})
    if key not in timers:
        raise Conflict(f"timer '{node_of(key)}' is no longer set")
    due, left = timers.pop(key)
    if left is None or left > 1:
        event = dict(instance.spec.process.nodes[node_of(key)].events())[key]
        moment = next_due(token, key, event, instance.moment(due))
        remember_timer(token, key, moment, None if left is None else left - 1)
    happened(token, key)


def _run(instance: Instance) -> None:
    """Run what is ready, events whose condition is true before all else; when nothing is, let inclusive joins go on; until
    everything waits."""
    end, at = thread_time() + STEP_SECONDS, instance.task_tree
    for _ in range(STEP_LIMIT):
        if instance.completed:
            return
        if thread_time() > end:
            raise _endless(instance, at, f"{STEP_SECONDS} seconds", STEP_SECONDS)
        if _meet_conditions(instance):
            continue
        if instance.ready or instance.late:
            at = (instance.ready or instance.late).popleft()
            if at.id in instance.tasks:
                at.run()
        elif not _release_inclusive(instance):
            _refuse_deadlock(instance)
            return
    raise _endless(instance, at, f"{STEP_LIMIT} steps", STEP_LIMIT)


def _endless(instance: Instance, at: Task, spent: str, limit: int) -> StepFailed:
    """at: where it was when it was stopped."""
    why = f"process '{instance.spec.process.id}' took {spent} without waiting: it probably loops without end"
    return instance.failure(at, why, limit=limit)


def _release_inclusive(instance: Instance) -> bool:
    return any(
        isinstance(join, InclusiveGateway) and join.release(instance.tasks[scope]) for scope, join in instance.arrivals
    )


def _meet_conditions(instance: Instance) -> bool:
    """Let happen what waits for a condition that has become true; it must be false before it can do so again."""
    met = False
    if not instance.watching or instance.looked == instance.scopes.writes:
        return met
    instance.looked = instance.scopes.writes
    for token in list(instance.watching.values()):
        for key in list(token.internal_data.get(CONDITIONS, ())):
            met = _meet(instance, token, key) or met
    return met


def _meet(instance: Instance, token: Task, key: str) -> bool:
    conditions = token.internal_data[CONDITIONS]
    if token.id not in instance.tasks or key not in conditions:
        return False
    event = dict(instance.spec.process.nodes[node_of(key)].events())[key]
    was, now = conditions[key], truth(token, event.condition or "", event.language)
    conditions[key] = now
    if now and not was:
        happened(token, key)
    return now and not was


def _refuse_deadlock(instance: Instance) -> None:
    """Raises StepFailed when tokens wait at joins and nothing is left that could ever bring another one."""
    if not instance.arrivals:
        return
    for token in instance.tasks.values():
        rests = token.has_state(TaskState.STARTED) and not token._children and token.id != PROCESS
        if rests or waits(token):
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


def scopes(state: bytes) -> dict[int, dict[str, Any]]:
    """The variables of each inner scope that has some, by the token that it is of."""
    inner = ((int(token), saved.scope_of(state, int(token))) for token in saved.load(state)["v"])
    return {token: variables for token, variables in inner if variables}


def conditions(state: bytes) -> list[tuple[int, str, bool]]:
    """The conditions that are waited for: the token, the key of the event, whether it held when it was last looked at."""
    content = saved.load(state)
    holders = [(PROCESS, content["r"]), *((token, data) for token, _, _, _, data in content["t"])]
    return [(token, key, held) for token, data in holders for key, held in data.get(CONDITIONS, {}).items()]


def stands_in_process(state: bytes, token: int) -> bool:
    """Whether a token is the process itself, or stands right in it."""
    return token == PROCESS or any(one[0] == token and one[1] == PROCESS for one in saved.load(state)["t"])


def visible_variables(state: bytes, token: int, process: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as the token sees them: process, enclosing scopes, its own."""
    return {**process, **saved.enclosing(state, token)}
