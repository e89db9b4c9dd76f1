"""Where the instances of a process stand and for how long, and how long its steps have taken: element by element."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.actions.inspecting.choices import NEVER_STOOD_AT, Choices
from app.actions.models.models import model_of
from app.actions.models.naming import step_name
from app.domain.models.model import Node
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.store import standing_lists as lists

SAMPLE = 2_000
"""Of the instances that have ended in a period, the last so many tell how long its steps take."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Seconds."""

    median: float
    mean: float
    longest: float


@dataclass(frozen=True, slots=True)
class Place:
    """An element, "" for none. instances: how many stand there, or were there; late, troubled: of those that stand there, or in
    what they have called from there. drawn: whether the version that is shown has it."""

    element: str
    name: Text
    instances: int
    measures: Measures | None
    late: int = 0
    troubled: int = 0
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Process:
    """The running instances of a process: all, those that are late, those with incidents."""

    key: str
    instances: int
    late: int
    troubled: int


@dataclass(frozen=True, slots=True)
class Lasted:
    """How long the instances took that were looked at, and how long their steps."""

    instances: int
    measures: Measures | None
    places: Sequence[Place]


def processes(session: Session, actor: Actor, now: datetime) -> list[Process]:
    """All that run, those with the most instances first. Raises Forbidden. now: aware."""
    require_administrator(actor)
    rows = session.execute(lists.by_process(now))
    found = [Process(row.definition_key, row.instances, row.late, row.troubled) for row in rows]
    return sorted(found, key=lambda one: (-one.instances, one.key))


def process(session: Session, actor: Actor, of: Choices, organisation: str, now: datetime) -> Process:
    """The running instances of the versions that are chosen. Raises Forbidden."""
    require_administrator(actor)
    row = session.execute(lists.by_process(now, *lists.of_versions(of.chosen, organisation or None))).one_or_none()
    return Process(of.service, *((0, 0, 0) if row is None else (row.instances, row.late, row.troubled)))


def places(session: Session, actor: Actor, of: Choices, organisation: str, now: datetime) -> list[Place]:
    """Where the running instances of the versions that are chosen stand, in the order of the model. Raises Forbidden."""
    require_administrator(actor)
    nodes = _nodes(session, of)
    callers = {key: element for element, key in of.calls.items()}
    rows = session.execute(lists.places(of.chosen, organisation or None, callers, now))
    found = [_place(row.element or "", nodes, row, row.late, row.troubled) for row in rows]
    inner = (replace(one, instances=0, measures=None) if _at_border(one.element, nodes) else one for one in found)
    return _in_order((one for one in inner if one.instances or one.troubled), nodes)


def lasted(session: Session, actor: Actor, of: Choices, organisation: str, start: datetime) -> Lasted:
    """How long the instances took that have ended since a moment, the last SAMPLE of them. Raises Forbidden."""
    require_administrator(actor)
    nodes = _nodes(session, of)
    whole, by_node = lists.durations(of.chosen, organisation or None, start, SAMPLE)
    total = session.execute(whole).one()
    found = (_place(row.node, nodes, row) for row in session.execute(by_node))
    stood = (one for one in found if one.element not in nodes or nodes[one.element].kind not in NEVER_STOOD_AT)
    return Lasted(total.instances, _measures(total), _in_order(stood, nodes))


def _nodes(session: Session, of: Choices) -> Mapping[str, Node]:
    return {} if of.shown is None else model_of(session, of.shown.id).process.nodes


def _at_border(element: str, nodes: Mapping[str, Node]) -> bool:
    return element in nodes and nodes[element].attached_to is not None


def _place(element: str, nodes: Mapping[str, Node], row: Any, late: int = 0, troubled: int = 0) -> Place:
    node = nodes.get(element)
    name = Text(*[element] * 3) if node is None else step_name(node)
    return Place(element, name, row.instances, _measures(row), late, troubled, drawn=node is not None)


def _measures(row: Any) -> Measures | None:
    return None if row.median is None else Measures(float(row.median), float(row.mean), float(row.longest))


def _in_order(places: Iterable[Place], nodes: Mapping[str, Node]) -> list[Place]:
    order = {element: number for number, element in enumerate(nodes)}
    return sorted(places, key=lambda one: (order.get(one.element, len(order)), one.element))
