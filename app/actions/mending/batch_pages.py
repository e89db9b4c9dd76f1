"""A batch as administrators see it: how far it is, and what became of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.actions.cases.case_search import number_of, service_of
from app.actions.lists.worklist import names_of
from app.actions.mending.acts import shown_value
from app.actions.mending.batches import batch_for
from app.actions.models.models import Model, model_of, models_of
from app.actions.models.naming import step_name
from app.actions.tasks.opening import applicant_of
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import Text
from app.engine import Where
from app.store import batch_lists
from app.store.tables import Batch, BatchItem, Definition, Instance

_Root = aliased(Instance)
PLACED = {Where.BEFORE.value: "before", Where.AFTER.value: "after", Where.FLOW.value: "after"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch. who: its maker's name; state: waiting, running, suspended, troubled (something was refused, nothing waits),
    stopped or done."""

    batch: Batch
    who: str

    @property
    def waiting(self) -> int:
        return self.batch.total - self.batch.done - self.batch.refused

    @property
    def state(self) -> str:
        one = self.batch
        if one.ended_at is not None:
            return "done" if one.done == one.total else "stopped"
        if not self.waiting:
            return "troubled"
        if one.suspended:
            return "suspended"
        return "waiting" if one.begun_at is None else "running"


@dataclass(frozen=True, slots=True)
class Row:
    """An item. title: the applicant, else the number of its case; before, after: facts in words of the page."""

    item: BatchItem
    title: str
    number: str
    service: Text | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """acts: what was done with the batch itself, (moment as ISO 8601, name, what). counts: of items by state. told: see
    `told`."""

    seen: Seen
    acts: Sequence[tuple[str, str, str]]
    counts: Mapping[str, int]
    rows: Sequence[Row]
    told: Sequence[tuple[str, Any]]


def listed(session: Session, actor: Actor, first: int, limit: int) -> list[Seen]:
    """All batches, the newest first. Raises Forbidden."""
    require_administrator(actor)
    found = session.scalars(
        select(Batch).order_by(Batch.created_at.desc(), Batch.id.desc()).offset(first).limit(limit)
    ).all()
    names = names_of(session, {one.user_id for one in found})
    return [Seen(one, names.get(one.user_id, one.user_id)) for one in found]


def shown(session: Session, actor: Actor, batch_id: UUID, states: Sequence[str], first: int, limit: int) -> Page:
    """One batch with a page of its items. Raises Forbidden, NotFound."""
    require_administrator(actor)
    batch = batch_for(session, actor, batch_id)
    people = {batch.user_id, *(who for _, who, _ in batch.acts)}
    names = names_of(session, people)
    found = session.scalars(batch_lists.items(batch_id, states, first, limit)).all()
    return Page(
        Seen(batch, names.get(batch.user_id, batch.user_id)),
        [(at, names.get(who, who), what) for at, who, what in batch.acts],
        batch_lists.counts(session, batch_id),
        _rows(session, found),
        told(session, batch),
    )


def told(session: Session, batch: Batch) -> list[tuple[str, Any]]:
    """What exactly was asked for: (what, value): "set" (name, value), "removed" name, "gone", "before" and "after" the name of
    an element, "versions" their numbers, "message" its name, "retries" how many."""
    asked, found = batch.asked, list[tuple[str, Any]]()
    found += [("set", (name, shown_value(kept[0]))) for name, kept in asked.get("variables", {}).items()]
    found += [("removed", name) for name in asked.get("deletions", ())]
    if instructions := asked.get("instructions"):
        known = asked["definition"] is not None and session.get(Definition, asked["definition"]) is not None
        nodes = model_of(session, asked["definition"]).process.nodes if known else {}
        for one in instructions:
            at = str(one["at"] or one.get("token"))
            name = step_name(nodes[at]) if at in nodes else Text(at, at, at)
            found.append((PLACED.get(one["type"], "gone"), name))
    if "target" in asked:
        sides = [session.get(Definition, asked[side]) for side in ("source", "target")]
        found.append(("versions", [one.version for one in sides if one is not None]))
    found += [(name, asked[name]) for name in ("message", "retries") if name in asked]
    return found


def _rows(session: Session, found: Sequence[BatchItem]) -> list[Row]:
    ids = {one.instance_id for one in found if one.instance_id is not None}
    roots = select(Instance.id, _Root).join(_Root, _Root.id == Instance.root_id).where(Instance.id.in_(ids))
    cases = {row[0]: row[1] for row in session.execute(roots)} if ids else {}
    facts = [side for one in found if one.change for side in one.change.values()]
    models = models_of(session, {side["definition"] for side in facts if "definition" in side})
    return [_row(one, cases.get(one.instance_id or one.subject), models) for one in found]


def _row(item: BatchItem, case: Instance | None, models: Mapping[str, Model]) -> Row:
    number = "" if case is None else number_of(case)
    applicant = None if case is None else applicant_of(case.variables)
    change = item.change or {}
    return Row(
        item,
        applicant or number or str(item.subject),
        number,
        None if case is None else service_of(case),
        in_words(change.get("before", {}), models),
        in_words(change.get("after", {}), models),
    )


def in_words(side: Mapping[str, Any], models: Mapping[str, Model]) -> dict[str, Any]:
    """Facts before or after an act, the places of tokens by name: [(name, how many)]."""
    told = {name: value for name, value in side.items() if name not in ("at", "definition")}
    if "at" in side:
        nodes = models[side["definition"]].process.nodes if side["definition"] in models else {}
        told["at"] = [
            (step_name(nodes[node]) if node in nodes else Text(node, node, node), number)
            for node, number in side["at"].items()
        ]
    return told
