"""advance(): the only code that moves an instance and writes the result. All in the caller's transaction."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import engine
from app.actions.cases.finding import admit_to_task
from app.actions.figures import keeping
from app.actions.models.editions import version_for
from app.actions.models.models import Model, model_of
from app.actions.people.notices import tell_of_opened
from app.actions.running import incidents
from app.actions.running.host import CaseHost
from app.actions.running.moves import Act, Move, new_instance, record, stands, trace
from app.actions.running.throwing import throw
from app.actions.running.variables import refresh_searchable, write_changed
from app.actions.running.waits import await_events, withdraw
from app.actions.tasks.opening import GONE_AT_THE_END, opened_task, recount
from app.actions.terms.case_terms import settle
from app.domain import refusals
from app.domain.models import values
from app.domain.models.model import EventKind, Node
from app.domain.models.values import Variable
from app.errors import Conflict, Invalid
from app.store import queries
from app.store.concerning import concern
from app.store.tables import Definition, Instance, Task

CALL_DEPTH = 50
TREE_DEPTH = 250
"""Processes that call each other in one step, and that wait for each other in all."""
MOVES_LIMIT = 3_000
"""Processes that one command may start, move and end: also a loop that calls for ever comes to its end."""


def advance(session: Session, move: Move) -> None:
    """Carry out a command on an instance whose tree is locked, and everything that follows in called and calling processes.

    Raises StepFailed, also for processes that call each other without end, and Conflict; then nothing must be committed.
    """
    moves, moved = deque([move]), 0
    while moves:
        moved += 1
        at = moves.popleft()
        try:
            found = _moved(session, at, MOVES_LIMIT - moved - len(moves))
        except engine.StepFailed as error:
            error.stood = tuple((one.instance.id, engine.token_of(one.command)) for one in (at, move))
            raise
        for following in found:
            if isinstance(following.command, engine.Cancel):
                moves.appendleft(following)
            else:
                moves.append(following)


def _moved(session: Session, move: Move, room: int) -> Iterable[Move]:
    """What follows from a move. One for an instance that an earlier move has ended, or interrupted there, is dropped."""
    if move.instance.ended_at is not None:
        return ()
    try:
        return _step(session, move, room)
    except Conflict:
        if isinstance(move.command, engine.Return | engine.Raise | engine.Escalate):
            return ()
        raise


def _step(session: Session, move: Move, room: int) -> Iterable[Move]:
    """room: how many moves may still follow."""
    instance, act = move.instance, move.act
    concern(instance)
    model = model_of(session, instance.definition_id)
    host = CaseHost(session, instance, act.at, act.user_id)
    outcome = engine.step(
        model.spec, instance.state, values.plain(instance.variables, instance.types), move.command, host
    )
    if outcome.calls:
        _limit_calls(session, move, model, outcome.calls, room)
    stood, known = instance.state, instance.variables
    write_changed(instance, outcome.variables, outcome.changed, move.typed)
    instance.state = outcome.state
    if instance in session.new:
        session.flush()  # its row comes before those that refer to it
    if isinstance(move.command, engine.Start) and instance.super_id is None:
        keeping.begin(session, instance)
    elif outcome.changed and not outcome.ended:
        keeping.follow(session, instance, outcome.changed)
    end_state = instance.end_state or "INTERNALLY_TERMINATED"
    following = [_cancelled(child, act, end_state) for child in _close(session, instance, model, outcome, move)]
    _open(session, model, outcome, move)
    if instance.troubled:
        incidents.settle(session, instance, _settled(move, outcome), act.at)
    _record(session, move, model, (stood, known), outcome)
    following.extend(_escalated(session, move, outcome))
    throw(session, instance, outcome.thrown, act.at, move.chain + 1)
    following.extend(_called(session, move, model, call) for call in outcome.calls)
    if outcome.ended:
        following.extend(_finish(session, move, outcome))
    return following


def _close(
    session: Session, instance: Instance, model: Model, outcome: engine.Outcome, move: Move
) -> Iterable[Instance]:
    """End the rows of what no longer waits; the row of a completed task is its completer's.

    Gives the called instances that have to end with it.
    """
    completed = move.command.token if isinstance(move.command, engine.Complete) else None
    nodes = {node for _, node in outcome.closed}
    tokens = [token for token, _ in outcome.closed]
    tasks = [token for token, node in outcome.closed if token != completed and model.node(node).user_task is not None]
    if tasks:
        session.execute(
            update(Task)
            .where(Task.instance_id == instance.id, Task.token.in_(tasks), Task.ended_at.is_(None))
            .values(ended_at=move.act.at, end_reason="deleted", **GONE_AT_THE_END)
            .execution_options(synchronize_session=False)
        )
    withdraw(session, instance, model, outcome, move.act.at)
    return _called_from(session, instance, tokens) if nodes & model.callers else ()


def _settled(move: Move, outcome: engine.Outcome) -> list[int]:
    """The tokens that a step has brought on, those that wait for the process as a whole with its end."""
    whole = outcome.ended or isinstance(move.command, engine.LookAgain)
    return [*(token for token, _ in outcome.closed), *([engine.PROCESS] if whole else [])]


def _open(session: Session, model: Model, outcome: engine.Outcome, move: Move) -> None:
    """Write the rows of what now waits, and let the tasks that stay find the changed variables."""
    instance, act, opened = move.instance, move.act, []
    for task in outcome.tasks:
        row = opened_task(instance, model.node(task.node), task, act.at)
        if row.due_at is not None and (row.due_rule is None or instance.clock is not None):
            settle(session, row, instance)
        session.add(row)
        admit_to_task(session, instance, row)
        opened.append(row)
    tell_of_opened(session, model, opened, act.user_id, move.completes)
    await_events(session, instance, outcome, act.at, move.chain + 1)
    if outcome.recounted:
        recount(session, instance, outcome.recounted, act.at)
    if outcome.still_open and outcome.changed:
        refresh_searchable(session, instance, outcome.still_open)


def _record(
    session: Session, move: Move, model: Model, before: tuple[bytes | None, Mapping[str, Any]], outcome: engine.Outcome
) -> None:
    """Write down what was done, the activities that were left because of it, and what those have written; of what was done by
    hand, where the instance stood before and after it. before: state and variables."""
    act, activities = move.act, [trace(activity) for activity in outcome.activities] or None
    written = _written(move, outcome, before[1])
    if move.completes is not None:
        move.completes.activities, move.completes.written = activities, written
        return
    if isinstance(move.command, engine.Modify | engine.Cancel):
        after = None if outcome.ended else outcome.state
        at = [stands(model.spec, state) for state in (before[0], after)]
        act = replace(act, data={**(act.data or {}), "activities": at})
    session.add(record(move.instance.id, act, activities, written))


def _written(move: Move, outcome: engine.Outcome, before: Mapping[str, Any]) -> dict[str, Any] | None:
    """[old, new] of the variables that a step has changed, without those that are as they were given. before: the step."""
    after, given = move.instance.variables, move.typed
    changed = [name for name in sorted(outcome.changed) if before.get(name) != after.get(name)]
    beside = [name for name in changed if name not in given or values.keep(given[name])[0] != after.get(name)]
    return {name: [values.noted(before.get(name)), values.noted(after.get(name))] for name in beside} or None


def _limit_calls(session: Session, move: Move, model: Model, calls: Sequence[engine.OpenedCall], room: int) -> None:
    """Raises StepFailed where a model calls without end."""
    if len(calls) > room:
        raise _endless(model, calls[0], f"one step moves more than {MOVES_LIMIT} processes", MOVES_LIMIT)
    if move.depth == CALL_DEPTH:
        raise _endless(model, calls[0], f"more than {CALL_DEPTH} processes call each other in one step", CALL_DEPTH)
    if move.instance.super_id is not None and queries.count_callers(session, move.instance.id) >= TREE_DEPTH:
        raise _endless(model, calls[0], f"more than {TREE_DEPTH} processes wait for each other", TREE_DEPTH)


def _called(session: Session, move: Move, model: Model, call: engine.OpenedCall) -> Move:
    """Begin a called process as an instance of its own, in the tree of its caller."""
    caller, act = move.instance, move.act
    definition = _definition_called(session, caller, model.node(call.node), call)
    child = new_instance(
        definition,
        tenant=caller.tenant_id,
        business_key=call.business_key,
        variables={name: Variable(value, values.infer(value)) for name, value in call.variables.items()},
        act=act,
    )
    child.root_id, child.super_id, child.super_token = caller.root_id, caller.id, call.token
    child.clock, child.words, child.viewers = caller.clock, None, []
    session.add(child)
    created = Act(act.user_id, act.at, "Create", on_behalf_of=act.on_behalf_of)
    return Move(child, engine.Start(), created, depth=move.depth + 1, chain=move.chain)


def _endless(model: Model, call: engine.OpenedCall, why: str, limit: int) -> engine.StepFailed:
    node = model.node(call.node)
    found = {"activityId": node.id, "activityName": node.name, "limit": limit}
    words = {"tag": node.kind, "id": node.id, "name": node.name or node.id, "why": why}
    return refusals.of(engine.StepFailed, refusals.STEP_FAILED, found, **words)


def _definition_called(session: Session, caller: Instance, node: Node, call: engine.OpenedCall) -> Definition:
    """What a call activity means, not deleted meanwhile: the newest is of the edition of the law that handles the whole case.

    Raises StepFailed.
    """
    key, tenant, details = call.called_element, caller.tenant_id, {"activityId": node.id, "activityName": node.name}
    bound = queries.bound_definition(session, key, tenant, call.binding, call.version, caller.definition_id)
    if bound is not None and bound.edition is not None and call.binding == "latest":
        received = session.get_one(Instance, caller.root_id).started_at
        try:
            found = version_for(session, bound, tenant, received)
            bound = bound if found is bound else queries.held_definition(session, found.id)
        except Invalid as error:
            raise engine.StepFailed(
                error.message, details={**details, "calledElement": key}, words=error.words
            ) from error
    if bound is None:
        raise engine.StepFailed(
            f"callActivity '{node.id}' cannot be executed: there is no process '{key}' "
            f"({call.binding}{' ' + call.version if call.version else ''})",
            details={**details, "calledElement": key},
        )
    return bound


def _finish(session: Session, move: Move, outcome: engine.Outcome) -> list[Move]:
    """Mark the end, and hand the result to the process that called."""
    instance, act = move.instance, move.act
    instance.state = None
    instance.ended_at = act.at
    if outcome.error is not None:
        instance.delete_reason = _uncaught(outcome.error, outcome.failed_at)
    instance.end_state = instance.end_state or ("INTERNALLY_TERMINATED" if outcome.error else "COMPLETED")
    if instance.super_id is None:
        session.flush()
        keeping.end(session, instance)
    if instance.super_id is None or instance.super_token is None or isinstance(move.command, engine.Cancel):
        return []
    caller = session.get_one(Instance, instance.super_id)
    command: engine.Command
    if outcome.error is not None:
        command = engine.Raise(instance.super_token, outcome.error.error_code, outcome.error.message)
    else:
        command = engine.Return(instance.super_token, values.plain(instance.variables, instance.types))
    returned = Act(act.user_id, act.at, "Return", on_behalf_of=act.on_behalf_of)
    return [Move(caller, command, returned, depth=max(move.depth - 1, 0), chain=move.chain)]


def _uncaught(error: engine.BpmnError, failed_at: str | None) -> str:
    """Why an instance has ended whose error nothing has caught (BPMN 2.0.2, 10.5.1: the trigger is unresolved)."""
    said = "" if error.message is None else f": {error.message}"
    return f"error '{error.error_code}' of '{failed_at}' was not caught{said}"


def _escalated(session: Session, move: Move, outcome: engine.Outcome) -> Iterator[Move]:
    """What was thrown and not caught goes to whoever called, in the order of throwing."""
    instance, act = move.instance, move.act
    if instance.super_id is None or instance.super_token is None:
        return
    for thrown in outcome.thrown:
        if thrown.kind is EventKind.ESCALATION:
            told = Act(act.user_id, act.at, "Escalate", on_behalf_of=act.on_behalf_of)
            caller = session.get_one(Instance, instance.super_id)
            command = engine.Escalate(instance.super_token, thrown.name)
            yield Move(caller, command, told, depth=max(move.depth - 1, 0), chain=move.chain)


def _called_from(session: Session, instance: Instance, tokens: list[int]) -> Iterable[Instance]:
    return session.scalars(
        select(Instance).where(
            Instance.super_id == instance.id, Instance.super_token.in_(tokens), Instance.ended_at.is_(None)
        )
    ).all()


def cancel_tree(session: Session, instance: Instance, act: Act) -> None:
    """End an instance from outside, with everything that it has called."""
    advance(session, _cancelled(instance, act, "EXTERNALLY_TERMINATED"))


def _cancelled(instance: Instance, act: Act, end_state: str) -> Move:
    instance.end_state = end_state
    return Move(instance, engine.Cancel(), replace(act, task_id=None, element=None, operation="Delete"))
