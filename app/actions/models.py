"""The compiled models, kept in the process: a definition version never changes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions, engine
from app.domain.model import EventKind, Node, Process
from app.errors import NotFound
from app.store.tables import Definition, Resource


@dataclass(frozen=True, slots=True)
class Model:
    """A process ready to run. timed, messaged: nodes at which a token may wait for a timer or a message."""

    process: Process
    spec: engine.Spec
    timed: frozenset[str]
    messaged: frozenset[str]
    callers: frozenset[str]

    def node(self, node_id: str) -> Node:
        return self.process.nodes[node_id]


_kept: dict[str, Model] = {}
_LIMIT = 500


def model_of(session: Session, definition_id: str) -> Model:
    """The model of a definition. Raises NotFound."""
    if definition_id not in _kept:
        row = session.execute(
            select(Resource.content, Resource.name, Definition.key)
            .join(Definition, Definition.resource_id == Resource.id)
            .where(Definition.id == definition_id)
        ).one_or_none()
        if row is None:
            raise NotFound(f"No matching process definition with id {definition_id}")
        if len(_kept) >= _LIMIT:
            _kept.pop(next(iter(_kept)))
        _kept[definition_id] = _compiled(row.name, row.content, row.key)
    return _kept[definition_id]


def _compiled(name: str, content: bytes, key: str) -> Model:
    process = next(process for process in definitions.read(name, content).processes if process.id == key)
    return Model(
        process=process,
        spec=engine.compile(process),
        timed=_hosts(process, EventKind.TIMER),
        messaged=_hosts(process, EventKind.MESSAGE),
        callers=frozenset(node.id for node in process.nodes.values() if node.call is not None),
    )


def _hosts(process: Process, kind: EventKind) -> frozenset[str]:
    return frozenset(
        node.attached_to or node.id for node in process.nodes.values() if node.event.kind is kind
    )
