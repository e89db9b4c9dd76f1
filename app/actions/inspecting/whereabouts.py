"""Where an instance stands and the way it came: on its diagram, and step by step."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import engine
from app.actions.cases import diagrams
from app.actions.inspecting.subjects import Subject
from app.actions.lists.worklist import names_of
from app.actions.models.naming import step_name, title_of
from app.domain.models.model import Node, node_of
from app.domain.terms.calendar import Text
from app.store import inspection_lists
from app.store.tables import Definition, Incident, Instance


@dataclass(frozen=True, slots=True)
class Standing:
    """A token. within: what the scope around it is called, None: the process itself."""

    token: int
    node: str
    name: Text
    since: datetime
    within: Text | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A node that was left. who: by name, None: the system; took: from its beginning; called: the instance it had called."""

    number: int
    node: str
    name: Text
    ended: datetime
    took: timedelta
    cancelled: bool
    who: str | None
    instead_of: str | None
    task: UUID | None
    called: UUID | None


@dataclass(frozen=True, slots=True)
class Kin:
    """An instance that calls or is called. running: whether it is not at its end."""

    id: UUID
    name: Text
    version: int
    running: bool
    started: datetime
    ended: datetime | None
    troubled: bool


def standing(seen: Subject) -> list[Standing]:
    """Its tokens; none of one that has ended."""
    if seen.instance.state is None:
        return []
    tokens = engine.tokens(seen.model.spec, seen.instance.state)
    nodes = {one.id: one.node for one in tokens}
    return [
        Standing(
            token=one.id,
            node=one.node,
            name=seen.element(one.node),
            since=one.started.astimezone(seen.zone),
            within=seen.element(nodes[one.parent]) if one.parent in nodes else None,
        )
        for one in tokens
    ]


def way(session: Session, seen: Subject, first: int, limit: int) -> list[Passed]:
    """What it has left behind, the last first."""
    rows = inspection_lists.way(session, seen.instance.id, first, limit)
    people = names_of(session, {one for row in rows for one in (row.user_id, row.on_behalf_of) if one})
    return [
        Passed(
            number=row.number,
            node=row.node,
            name=seen.element(row.node),
            ended=row.ended.astimezone(seen.zone),
            took=timedelta(milliseconds=row.took),
            cancelled=row.cancelled,
            who=None if row.user_id is None else people.get(row.user_id, row.user_id),
            instead_of=None if row.on_behalf_of is None else people.get(row.on_behalf_of, row.on_behalf_of),
            task=row.task_id,
            called=row.called_id,
        )
        for row in rows
    ]


def drawn(session: Session, seen: Subject, lang: str) -> dict[str, Any]:
    """The diagram as JSON: xml, walked, here, marked {"troubled": nodes}, badges {node: [[kind, text]]}.

    Badges: how many tokens wait there, where on the way it was left first and how often, how many open incidents it has.
    """
    at = Counter(one.node for one in standing(seen))
    left = inspection_lists.passed(session, seen.instance.id)
    troubles = _troubles(session, seen.instance) if seen.instance.troubled else Counter()
    badges: dict[str, list[list[str]]] = {}
    for node, tokens in at.items():
        badges.setdefault(node, []).append(["tokens", str(tokens)])
    for place, row in enumerate(left, start=1):
        badges.setdefault(node_of(row.node), []).append(
            ["walked", str(place) if row.times == 1 else f"{place} ×{row.times}"]
        )
    for node, number in troubles.items():
        badges.setdefault(node, []).append(["troubles", str(number)])
    known = seen.model.process.nodes
    return {
        "xml": diagrams.drawn(session, seen.definition.id, seen.model, lang),
        "walked": diagrams.walked(seen.model, {node_of(row.node) for row in left}, at),
        "here": sorted(at),
        "done": [],
        "open": [],
        "marked": {"troubled": sorted(troubles)},
        "badges": {node: found for node, found in badges.items() if node in known},
    }


def _troubles(session: Session, instance: Instance) -> Counter[str]:
    """How many open incidents there are by node."""
    found = select(Incident.element, func.count()).where(
        Incident.instance_id == instance.id, Incident.ended_at.is_(None), Incident.element.is_not(None)
    )
    return Counter({node_of(row[0] or ""): row[1] for row in session.execute(found.group_by(Incident.element))})


def callers(session: Session, seen: Subject) -> list[Kin]:
    """Those that wait for it, the root of the case first."""
    line = select(Instance.super_id).where(Instance.id == seen.instance.id).cte("callers", recursive=True)
    line = line.union_all(select(Instance.super_id).join(line, Instance.id == line.c.super_id))
    found = (
        select(Instance, Definition)
        .join(line, line.c.super_id == Instance.id)
        .join(Definition, Definition.id == Instance.definition_id)
        .order_by(Instance.started_at, Instance.id)
    )
    if seen.instance.super_id is None:
        return []
    return [_kin(seen, *row) for row in session.execute(found)]


def called(session: Session, seen: Subject, first: int, limit: int) -> Sequence[Kin]:
    """What it has called, the last first."""
    rows = session.execute(inspection_lists.called(seen.instance.id).offset(first).limit(limit))
    steps = {node.call.called_element: node for node in seen.model.process.nodes.values() if node.call is not None}
    return [_kin(seen, row[0], row[1], steps.get(row[1].key)) for row in rows]


def _kin(seen: Subject, instance: Instance, definition: Definition, step: Node | None = None) -> Kin:
    """step: that calls it, by whose name it goes."""
    return Kin(
        id=instance.id,
        name=title_of(definition) if step is None else step_name(step),
        version=definition.version,
        running=instance.ended_at is None,
        started=instance.started_at.astimezone(seen.zone),
        ended=None if instance.ended_at is None else instance.ended_at.astimezone(seen.zone),
        troubled=instance.troubled,
    )
