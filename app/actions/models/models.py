"""The compiled models, kept in the process: a definition version never changes."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import definitions, engine
from app.domain.models.model import EventKind, Node, Process
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
        timed=_hosts(process, EventKind.TIMER),
        messaged=_hosts(process, EventKind.MESSAGE),
        callers=frozenset(node.id for node in process.nodes.values() if node.call is not None),
    )


def _hosts(process: Process, kind: EventKind) -> frozenset[str]:
    return frozenset(node.attached_to or node.id for node in process.nodes.values() if node.event.kind is kind)
