"""What administrators look at before they mend: one instance, or many, with where they stand and where they could."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import engine
from app.actions.cases.case_search import number_of, service_of
from app.actions.mending.batches import Chosen
from app.actions.mending.stuck import Stuck, stuck_in
from app.actions.models.models import Model, model_of
from app.actions.models.naming import step_name
from app.actions.tasks.opening import applicant_of
from app.domain.models.model import EventKind, Kind, Node
from app.domain.models.values import infer
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.store.batch_lists import places_of
from app.store.tables import Definition, Instance

NOT_BY_HAND = ("File", "Bytes")
"""Types of variables that nobody types in."""


@dataclass(frozen=True, slots=True)
class Token:
    """Where an instance stands. inside: the names of the scopes around it; scope: whether others are in it."""

    id: int
    node: str
    name: Text
    inside: Sequence[Text]
    scope: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An element where a token can be put. inside: the name of the subprocess that it stands in."""

    id: str
    kind: str
    name: Text
    inside: Text | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A variable as it is. value: as text."""

    name: str
    type: str
    value: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """An instance with the root of its case."""

    instance: Instance
    root: Instance
    definition: Definition
    model: Model

    @property
    def number(self) -> str:
        return number_of(self.root)

    @property
    def title(self) -> str:
        return applicant_of(self.root.variables) or self.number or self.definition.name or self.definition.key

    @property
    def service(self) -> Text:
        return service_of(self.root)


def one(session: Session, actor: Actor, instance_id: UUID) -> Looked:
    """Any instance. Raises Forbidden, NotFound."""
    require_administrator(actor)
    instance = session.get(Instance, instance_id)
    if instance is None:
        raise NotFound(f"Process instance with id {instance_id} does not exist")
    root = session.get_one(Instance, instance.root_id)
    definition = session.get_one(Definition, instance.definition_id)
    return Looked(instance, root, definition, model_of(session, definition.id))


def tokens(seen: Looked) -> list[Token]:
    """Where it stands, in the order in which it came there."""
    if seen.instance.state is None:
        return []
    found = engine.tokens(seen.model.spec, seen.instance.state)
    by_id = {token.id: token for token in found}
    around = {token.parent for token in found}

    def inside(token: engine.Token) -> Iterator[Text]:
        while (outer := by_id.get(token.parent)) is not None:
            yield step_name(seen.model.node(outer.node))
            token = outer

    return [
        Token(token.id, token.node, step_name(seen.model.node(token.node)), list(inside(token)), token.id in around)
        for token in found
    ]


def places(model: Model) -> list[Place]:
    """Where a token can be put before or after, in the order of the file."""
    nodes = model.process.nodes
    return [
        Place(node.id, node.kind.value, step_name(node), _around(nodes, node))
        for node in nodes.values()
        if not node.for_compensation and not _is_compensation(node)
    ]


def _is_compensation(node: Node) -> bool:
    return node.kind is Kind.BOUNDARY_EVENT and node.event.kind is EventKind.COMPENSATION


def _around(nodes: Mapping[str, Node], node: Node) -> Text | None:
    outer = nodes.get(node.parent or "")
    return None if outer is None else step_name(outer)


def variables(instance: Instance) -> list[Typed]:
    """Those of the process, by name."""
    marks = instance.types or {}
    found = []
    for name, value in sorted(instance.variables.items()):
        mark = marks.get(name)
        kind = mark[0] if isinstance(mark, list) else mark or infer(value)
        found.append(Typed(name, kind, _text(value), kind not in NOT_BY_HAND))
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else orjson.dumps(value).decode()


def stuck(session: Session, seen: Looked) -> list[tuple[Stuck, Text]]:
    """What is stuck in it, with the name of the element where it is."""
    nodes = seen.model.process.nodes
    found = []
    for each in stuck_in(session, seen.instance.id):
        at = each.incident.element or ""
        found.append((each, step_name(nodes[at]) if at in nodes else Text(at, at, at)))
    return found


def versions(session: Session, definition: Definition) -> list[Definition]:
    """The other versions of its process that its instances can be taken to, the newest first."""
    of_process = (Definition.key == definition.key, Definition.id != definition.id)
    whose = (Definition.tenant_id == definition.tenant_id) | Definition.tenant_id.is_(None)
    found = select(Definition).where(*of_process, whose).order_by(Definition.version.desc(), Definition.id)
    return list(session.scalars(found.limit(100)))


def definitions(session: Session, chosen: Chosen) -> list[tuple[Definition, int]]:
    """Of which versions those are that were chosen, with how many are, the most frequent first."""
    which = chosen.order_by(None).subquery()
    number = func.count()
    counted: Select[str, int] = (
        select(Instance.definition_id, number)
        .join(which, which.c.subject == Instance.id)
        .group_by(Instance.definition_id)
        .order_by(number.desc(), Instance.definition_id)
    )
    rows = session.execute(counted.limit(50)).all()
    known = {
        one.id: one for one in session.scalars(select(Definition).where(Definition.id.in_([row[0] for row in rows])))
    }
    return [(known[row[0]], row[1]) for row in rows]


def standing(session: Session, model: Model, chosen: Chosen, definition_id: str) -> list[tuple[str, Text, int]]:
    """Where those among the chosen stand that are of a version: (node, its name, how many)."""
    nodes = model.process.nodes
    return [
        (node, step_name(nodes[node]), number)
        for node, number in session.execute(places_of(chosen, definition_id))
        if node in nodes and nodes[node].attached_to is None
    ]
