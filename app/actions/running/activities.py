"""What happened and happens at the nodes of processes, with the names and types that the models give them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app import engine
from app.actions.models.models import Model, models_of
from app.domain.models.model import EventKind, Kind, Node, node_of
from app.domain.people.access import Actor
from app.errors import Invalid
from app.store import activity_lists as lists
from app.store.listing import Wanted, total

BODY = "#multiInstanceBody"
OPEN_LIMIT = 5_000
"""Running instances whose states one list may look into."""
ENDED_ONLY = ("finished", "canceled", "finishedBefore", "finishedAfter")
_EVENTS: Mapping[tuple[Kind, EventKind], str] = {
    (Kind.START_EVENT, EventKind.TIMER): "startTimerEvent",
    (Kind.START_EVENT, EventKind.MESSAGE): "messageStartEvent",
    (Kind.START_EVENT, EventKind.SIGNAL): "signalStartEvent",
    (Kind.START_EVENT, EventKind.CONDITIONAL): "conditionalStartEvent",
    (Kind.END_EVENT, EventKind.NONE): "noneEndEvent",
    (Kind.END_EVENT, EventKind.ERROR): "errorEndEvent",
    (Kind.END_EVENT, EventKind.TERMINATE): "terminateEndEvent",
    (Kind.END_EVENT, EventKind.MESSAGE): "messageEndEvent",
    (Kind.INTERMEDIATE_CATCH_EVENT, EventKind.TIMER): "intermediateTimer",
    (Kind.INTERMEDIATE_CATCH_EVENT, EventKind.MESSAGE): "intermediateMessageCatch",
    (Kind.INTERMEDIATE_THROW_EVENT, EventKind.NONE): "intermediateNoneThrowEvent",
    (Kind.INTERMEDIATE_THROW_EVENT, EventKind.MESSAGE): "intermediateMessageThrowEvent",
    (Kind.BOUNDARY_EVENT, EventKind.TIMER): "boundaryTimer",
    (Kind.BOUNDARY_EVENT, EventKind.MESSAGE): "boundaryMessage",
    (Kind.BOUNDARY_EVENT, EventKind.ERROR): "boundaryError",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity instance. parent: the token of the scope around it, None: the process itself. Moments in UTC."""

    instance_id: UUID
    token: int
    parent: int | None
    node: str
    name: str | None
    type: str
    started: datetime
    ended: datetime | None
    cancelled: bool
    definition_id: str
    definition_key: str
    tenant_id: str | None
    root_id: UUID
    task_id: UUID | None
    assignee: str | None
    called_id: UUID | None


def type_of(node: Node, *, body: bool = False) -> str:
    """The dialect's name for the kind of a node. body: of the body around the instances of a multi-instance activity."""
    if body:
        return "multiInstanceBody"
    return _EVENTS.get((node.kind, node.event.kind), node.kind.value)


def list_activities(session: Session, actor: Actor, wanted: Wanted) -> list[Activity]:
    """Activities of the actor's organisations. Raises Invalid if too many running instances would have to be looked into."""
    tenants = _tenants(actor)
    rows = session.execute(lists.activities_page(tenants, _sources(session, tenants, wanted), wanted)).all()
    models = models_of(session, {row.definition_id for row in rows})
    gone = [row for row in rows if node_of(row.node) not in models[row.definition_id].process.nodes]
    earlier = _earlier(session, gone) if gone else {}
    return [_activity(row, earlier.get((row.instance_id, row.token), models[row.definition_id])) for row in rows]


def _earlier(session: Session, rows: Sequence[Any]) -> Mapping[tuple[UUID, int], Model]:
    """The models of activities that were left before their instance was taken to a version without them, by instance and
    token."""
    moved = lists.definitions_before(session, {row.instance_id for row in rows})
    models = models_of(session, {definition for _, definition in moved})
    found = {}
    for row in rows:
        stood = (models[definition] for instance_id, definition in moved if instance_id == row.instance_id)
        found[row.instance_id, row.token] = next(one for one in stood if node_of(row.node) in one.process.nodes)
    return found


def count_activities(session: Session, actor: Actor, wanted: Wanted) -> int:
    """How many there are. Raises as `list_activities`."""
    tenants = _tenants(actor)
    found = lists.activities(tenants, _sources(session, tenants, wanted))
    return total(session, found, lists.ACTIVITIES, wanted)


def _tenants(actor: Actor) -> list[str] | None:
    return None if actor.administrator else sorted(actor.tenants)


def _sources(session: Session, tenants: list[str] | None, wanted: Wanted) -> lists.Sources:
    open_wanted = not any(name in wanted.values for name in ENDED_ONLY)
    tasks_alone = wanted.values.get("activityType") == Kind.USER_TASK or "taskAssignee" in wanted.values
    by_model = lists.BY_MODEL & {*wanted.values, *(key for key, _ in wanted.order)}
    return lists.Sources(
        open_tasks=open_wanted and tasks_alone,
        open_tokens=_open_tokens(session, tenants, wanted) if open_wanted and not tasks_alone else [],
        nodes=_nodes(session, lists.definitions_in_use(session, tenants, wanted)) if by_model else [],
    )


def _open_tokens(session: Session, tenants: list[str] | None, wanted: Wanted) -> list[dict[str, Any]]:
    states = lists.running_states(session, tenants, wanted, OPEN_LIMIT + 1)
    if len(states) > OPEN_LIMIT:
        raise Invalid(
            f"more than {OPEN_LIMIT} running instances: name processInstanceId, processDefinitionId or "
            "processDefinitionKey, or ask for finished activities or for userTask alone"
        )
    models = models_of(session, {definition_id for _, definition_id, _ in states})
    return [
        {
            "instance": str(instance_id),
            "token": token.id,
            "node": token.node + BODY if token.multi_instance_body else token.node,
            "parent": token.parent,
            "started": token.started.isoformat(),
        }
        for instance_id, definition_id, state in states
        for token in engine.tokens(models[definition_id].spec, state)
    ]


def _nodes(session: Session, definition_ids: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"definition": definition_id, "node": name, "name": node.name, "type": type_of(node, body=name.endswith(BODY))}
        for definition_id, model in models_of(session, set(definition_ids)).items()
        for node in model.process.nodes.values()
        for name in ([node.id, node.id + BODY] if node.loop or node.standard_loop else [node.id])
    ]


def _activity(row: Any, model: Model) -> Activity:
    node = model.node(row.node.removesuffix(BODY))
    return Activity(
        instance_id=row.instance_id,
        token=row.token,
        parent=None if row.parent in (None, engine.PROCESS) else row.parent,
        node=row.node,
        name=node.name,
        type=type_of(node, body=row.node.endswith(BODY)),
        started=row.started,
        ended=row.ended,
        cancelled=row.cancelled,
        definition_id=row.definition_id,
        definition_key=row.definition_key,
        tenant_id=row.tenant_id,
        root_id=row.root_id,
        task_id=row.task_id,
        assignee=row.assignee,
        called_id=row.called_id,
    )
