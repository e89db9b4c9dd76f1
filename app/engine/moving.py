"""Tokens moved by hand: taken out, and put where somebody wants them (the REST dialect's modification).

All instructions are carried out on the instance as it rests, one after the other; only then does it run on.
"""

from collections.abc import Sequence
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.domain import refusals
from app.domain.models.model import EventKind, Kind, Node
from app.domain.refusals import moving_refusals as why
from app.domain.terms.calendar import Text
from app.engine.elements import Element
from app.engine.instructions import Instruction, Place, Where, Withdraw
from app.engine.multi_instance import MultiInstance
from app.engine.scopes import PROCESS
from app.engine.subprocesses import SubProcess
from app.engine.workflow import Instance
from app.errors import AppError, Conflict, Invalid

BODY = "#multiInstanceBody"


def modify(instance: Instance, instructions: Sequence[Instruction]) -> None:
    """Raises Invalid for what the model does not allow, Conflict for what the instance does not at the moment."""
    before = set(instance.tasks)
    for instruction in instructions:
        if isinstance(instruction, Withdraw):
            _withdraw(instance, instruction, before)
        else:
            _place(instance, instruction)
    if not instance.task_tree._children:
        raise refusals.of(Conflict, why.NOTHING_LEFT)


def _withdraw(instance: Instance, told: Withdraw, before: set[int]) -> None:
    if told.token == PROCESS:
        raise refusals.of(Conflict, why.NOTHING_LEFT)
    found = [token for token in _meant(instance, told) if token.id in before or not told.from_before]
    if not found:
        named = told.at or str(told.token)
        node = instance.spec.process.nodes.get(named.removesuffix(BODY))
        raise refusals.of(
            Conflict, why.NOT_ACTIVE, {"activityId": told.at}, id=named, name=node.name or named if node else named
        )
    for token in found:
        if token.id in instance.tasks:
            _take_out(instance, token)


def _meant(instance: Instance, told: Withdraw) -> list[Task]:
    if told.at is None:
        return [token for token in instance.tasks.values() if token.id == told.token]
    node, body = _named(instance, told.at)
    there = [token for token in instance.tasks.values() if token.task_spec.node is node]
    return [token for token in there if token.task_spec.is_multi_instance_body is body]


def _take_out(instance: Instance, token: Task) -> None:
    scope = token.parent
    instance.withdraw(token)
    scope.task_spec.child_withdrawn(scope)
    if not scope._children and scope.id != PROCESS:
        _take_out(instance, scope)


def _place(instance: Instance, told: Place) -> None:
    if told.where is Where.FLOW:
        _along(instance, told, told.at)
        return
    node, body = _named(instance, told.at)
    if node.for_compensation or (node.kind is Kind.BOUNDARY_EVENT and node.event.kind is EventKind.COMPENSATION):
        raise _refused(Invalid, why.FOR_COMPENSATION, node)
    if told.where is Where.AFTER:
        if len(node.outgoing) != 1:
            raise _refused(Invalid, why.SEVERAL_WAYS_ON if node.outgoing else why.NO_WAY_ON, node)
        _along(instance, told, node.outgoing[0])
    elif node.event_triggered or _begins_handler(instance, node):
        _handle(instance, told, node)
    else:
        scope = _scope(instance, node, told.inside if body else _around(instance, node, told.inside))
        instance.scopes.set(scope, told.variables)
        _before(instance, told, node, scope, body=body)


def _along(instance: Instance, told: Place, flow_id: str) -> None:
    process = instance.spec.process
    flow = process.flows.get(flow_id)
    if flow is None:
        raise refusals.of(Invalid, why.UNKNOWN_FLOW, None, id=flow_id, process=process.id)
    scope = _scope(instance, process.nodes[flow.target], told.inside)
    instance.scopes.set(scope, told.variables)
    placed = instance.place(instance.spec.way_in[flow.target], scope, arrived_by=flow.id)
    _keep_local(instance, placed, told)


def _before(instance: Instance, told: Place, node: Node, scope: Task, *, body: bool) -> None:
    entry = instance.spec.entry[node.id]
    if node.kind is Kind.BOUNDARY_EVENT:
        _at_border(instance, node, scope)
    elif isinstance(entry, MultiInstance) and not body:
        _keep_local(instance, _one_more(entry, scope, told.inside), told)
    else:
        arrived_by = _emptiest(instance, node, scope)
        placed = instance.place(instance.spec.way_in[node.id], scope, arrived_by=arrived_by)
        _keep_local(instance, placed, told)


def _emptiest(instance: Instance, node: Node, scope: Task) -> str:
    """The flow by which a token comes to a join that nobody named: where the fewest wait."""
    arrived = instance.arrivals.get((scope.id, instance.spec.entry[node.id]), {})
    return min(node.incoming, key=lambda flow: len(arrived.get(flow, ())), default=node.id)


def _at_border(instance: Instance, node: Node, scope: Task) -> None:
    """A boundary event that interrupts ends its activity, if that runs."""
    boundary, host = instance.spec.entry[node.id], instance.spec.entry[node.attached_to]
    hosts = [token for token in scope.children if token.task_spec is host]
    if not node.interrupting or not hosts:
        instance.place(boundary, scope)
    elif len(hosts) > 1:
        raise _refused(Conflict, why.SEVERAL_SCOPES, host.node)
    else:
        instance.interrupt(hosts[0], boundary)


def _one_more(entry: MultiInstance, scope: Task, inside: int | None) -> Task:
    """inside: the body, where several run in the scope."""
    bodies = [token for token in scope.children if _runs(token, entry)]
    bodies = [token for token in bodies if token.id == inside] or bodies
    if not bodies:
        raise _refused(Conflict, why.REPEATED_NOT_RUNNING, entry.node)
    if len(bodies) > 1:
        raise _refused(Conflict, why.SEVERAL_SCOPES, entry.node)
    if entry.loop.sequential:
        raise _refused(Conflict, why.NOT_PARALLEL, entry.node)
    return entry.add_instance(bodies[0])


def _begins_handler(instance: Instance, node: Node) -> bool:
    around = instance.spec.process.nodes.get(node.parent)
    return node.kind is Kind.START_EVENT and around is not None and around.event_triggered


def _handle(instance: Instance, told: Place, node: Node) -> None:
    """An event subprocess, or its start event: it begins as if the event had happened."""
    handler = node if node.event_triggered else instance.spec.process.nodes[node.parent]
    (start,) = instance.spec.starts_in(handler.id)
    if start.node.event.kind is EventKind.COMPENSATION:
        raise _refused(Invalid, why.FOR_COMPENSATION, handler)
    scope = _scope(instance, handler, told.inside)
    instance.scopes.set(scope, told.variables)
    instance.happen(scope, start, told.local_variables)


def _scope(instance: Instance, node: Node, inside: int | None) -> Task:
    """The token of the scope that a node stands in, begun with those around it where it does not run."""
    if node.parent is None:
        if inside not in (None, PROCESS):
            raise _refused(Conflict, why.NOT_AROUND, node)
        return instance.task_tree
    element = instance.spec.task_specs[node.parent]
    if inside is None:
        running = [token for token in instance.tasks.values() if _runs(token, element)]
        if len(running) > 1:
            raise _refused(Conflict, why.SEVERAL_SCOPES, element.node)
        if running:
            return running[0]
    elif inside in instance.tasks and _runs(instance.tasks[inside], element):
        return instance.tasks[inside]
    return _opened(instance, element, inside)


def _around(instance: Instance, node: Node, inside: int | None) -> int | None:
    """The scope that is meant: that of the body where the body of a repeated activity itself is named."""
    entry = instance.spec.entry[node.id]
    named = instance.tasks.get(inside) if isinstance(entry, MultiInstance) else None
    return named._parent if named is not None and _runs(named, entry) else inside


def _runs(token: Task, element: Element) -> bool:
    return token.task_spec is element and token.has_state(TaskState.STARTED)


def _opened(instance: Instance, element: SubProcess, inside: int | None) -> Task:
    node = element.node
    if node.event_triggered:
        raise _refused(Conflict, why.HANDLER_NOT_RUNNING, node)
    if instance.spec.entry[node.id] is not element:
        raise _refused(Conflict, why.REPEATED_NOT_RUNNING, node)
    token = instance._new_token(element, _scope(instance, node, inside))
    element.open(token)
    return token


def _keep_local(instance: Instance, token: Task, told: Place) -> None:
    if token.id in instance.tasks:
        instance.scopes.set_local(token, told.local_variables)


def _named(instance: Instance, activity: str) -> tuple[Node, bool]:
    """A node, and whether the body around its instances is meant."""
    process, node_id = instance.spec.process, activity.removesuffix(BODY)
    node = process.nodes.get(node_id)
    if node is None or (node_id != activity and activity not in instance.spec.task_specs):
        raise refusals.of(Invalid, why.UNKNOWN_ACTIVITY, None, id=activity, process=process.id)
    return node, node_id != activity


def _refused(kind: type[AppError], text: Text, node: Node, **given: Any) -> AppError:
    found = {"activityId": node.id, "activityName": node.name}
    return refusals.of(kind, text, found, id=node.id, name=node.name or node.id, **given)
