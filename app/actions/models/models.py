"""The compiled models, kept in the process: a definition version never changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions, engine
from app.domain.models.model import EventKind, Kind, Node, Process
from app.errors import NotFound
from app.store.tables import Definition, Resource


@dataclass(frozen=True, slots=True)
class Model:
    """A process ready to run.

    worked, subscribed, external: nodes at which a token may have a job, wait for a message or signal, or be an external
    task; callers: call activities.
    """

    process: Process
    spec: engine.Spec
    worked: frozenset[str]
    subscribed: frozenset[str]
    external: frozenset[str]
    callers: frozenset[str]

    @property
    def reacts(self) -> bool:
        """Whether variables that are changed from outside may bring something about."""
        return self.spec.conditional or self.spec.follows

    def node(self, node_id: str) -> Node:
        return self.process.nodes[node_id]


_kept: dict[str, Model] = {}
_LIMIT = 500


def model_of(session: Session, definition_id: str) -> Model:
    """The model of a definition. Raises NotFound."""
    return models_of(session, [definition_id])[definition_id]


def models_of(session: Session, definition_ids: Iterable[str]) -> dict[str, Model]:
    """The models of definitions by id, in one statement at most. Raises NotFound."""
    wanted = set(definition_ids)
    found = {definition_id: _kept[definition_id] for definition_id in wanted & _kept.keys()}
    if missing := wanted - found.keys():
        rows = session.execute(
            select(Definition.id, Resource.content, Resource.name, Definition.key)
            .join(Definition, Definition.resource_id == Resource.id)
            .where(Definition.id.in_(missing))
        )
        for row in rows:
            found[row.id] = _compiled(row.name, row.content, row.key)
            if len(_kept) >= _LIMIT:
                _kept.pop(next(iter(_kept)), None)
            _kept[row.id] = found[row.id]
    if unknown := wanted - found.keys():
        raise NotFound(f"No matching process definition with id {min(unknown)}")
    return found


def _compiled(name: str, content: bytes, key: str) -> Model:
    process = next(process for process in definitions.read(name, content).processes if process.id == key)
    return Model(
        process=process,
        spec=engine.compile(process),
        worked=_waiting_for(process, EventKind.TIMER, EventKind.SIGNAL) | _asynchronous(process),
        subscribed=_waiting_for(process, EventKind.MESSAGE, EventKind.SIGNAL),
        external=frozenset(node.id for node in process.nodes.values() if node.external is not None),
        callers=frozenset(node.id for node in process.nodes.values() if node.call is not None),
    )


def _waiting_for(process: Process, *kinds: EventKind) -> frozenset[str]:
    found = (node for node in process.nodes.values() if any(event.kind in kinds for _, event in node.events()))
    return frozenset(host for node in found for host in _hosts(process, node))


def _hosts(process: Process, node: Node) -> Iterator[str]:
    """The nodes whose tokens wait for the event of a node; for the whole process it is the process."""
    if node.kind is Kind.BOUNDARY_EVENT and node.attached_to is not None:
        yield node.attached_to
    elif node.kind is Kind.START_EVENT:
        around = None if node.parent is None else process.nodes[node.parent].parent
        yield around or process.id
    elif node.kind in (Kind.INTERMEDIATE_CATCH_EVENT, Kind.RECEIVE_TASK):
        yield node.id
        before = (process.nodes[process.flows[flow].source] for flow in node.incoming)
        yield from (gateway.id for gateway in before if gateway.kind is Kind.EVENT_BASED_GATEWAY)


def _asynchronous(process: Process) -> frozenset[str]:
    nodes = process.nodes.values()
    return frozenset(node.id for node in nodes if node.async_before or node.async_after or node.delegate is not None)
