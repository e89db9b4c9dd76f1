"""Batches and their items, as lists. Filters of batches carry the names of the REST dialect."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, null, select, true, union
from sqlalchemy.orm import Session

from app.store import listing
from app.store.instance_lists import stands_at
from app.store.job_lists import node_of
from app.store.listing import Column, Filter, Kind, Listing
from app.store.tables import Batch, BatchItem, EventSubscription, ExternalTask, Instance, Job, Task

WAITING, DONE, REFUSED, CHANGED, STOPPED = "waiting", "done", "refused", "changed", "stopped"
NOT_DONE = (REFUSED, CHANGED)
_FILTERS = {
    "batchId": listing.identified(Batch.id),
    "type": listing.equal(Batch.kind),
    "tenantIdIn": Filter(Kind.TEXTS, lambda _: false()),
    "withoutTenantId": Filter(Kind.FLAG, lambda _: true()),
}
_ORDER: dict[str, Column] = {"batchId": Batch.id, "startTime": Batch.created_at, "tenantId": null()}
OPEN = Listing(
    filters={
        **_FILTERS,
        "suspended": Filter(Kind.SCALAR, lambda wanted: Batch.suspended.is_(wanted == "true")),
        "createdBy": listing.equal(Batch.user_id),
        "startedBefore": listing.before(Batch.created_at),
        "startedAfter": listing.after(Batch.created_at),
        "withFailures": listing.when(Batch.refused > 0),
        "withoutFailures": listing.when(Batch.refused == 0),
    },
    order=_ORDER,
    last=(Batch.id,),
)
"""Those that there is still something to see to in."""
ALL = Listing(
    filters={
        **_FILTERS,
        "completed": Filter(Kind.SCALAR, lambda wanted: Batch.ended_at.is_not(None) == (wanted == "true")),
    },
    order={**_ORDER, "endTime": Batch.ended_at},
    last=(Batch.id,),
)


def batches(administrator: bool) -> Select[Batch]:
    """Of all organisations, for administrators; nobody else has any."""
    return select(Batch) if administrator else select(Batch).where(false())


WHICH: Mapping[str, Sequence[ColumnElement[bool]]] = {
    "open": (Batch.ended_at.is_(None),),
    "refused": (Batch.ended_at.is_(None), Batch.refused > 0),
}
"""Those that somebody has to see to yet; those of them of which something was refused."""


def newest(which: str, first: int, limit: int) -> Select[Batch]:
    """A page of the batches, the newest first. which: a key of WHICH, anything else for all."""
    query = select(Batch).where(*WHICH.get(which, ()))
    return query.order_by(Batch.created_at.desc(), Batch.id.desc()).offset(first).limit(limit)


def next_item(batch_id: UUID) -> Select[BatchItem]:
    """The next that nobody else is at."""
    return (
        select(BatchItem)
        .where(BatchItem.batch_id == batch_id, BatchItem.state == WAITING)
        .order_by(BatchItem.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def items(batch_id: UUID, states: Sequence[str], first: int, limit: int) -> Select[BatchItem]:
    """A page of the items in some states, in their order."""
    return (
        select(BatchItem)
        .where(BatchItem.batch_id == batch_id, BatchItem.state.in_(states))
        .order_by(BatchItem.number)
        .offset(first)
        .limit(limit)
    )


def counts(session: Session, batch_id: UUID) -> dict[str, int]:
    """How many items are in each state, but those in which none is."""
    found = select(BatchItem.state, func.count()).where(BatchItem.batch_id == batch_id).group_by(BatchItem.state)
    return {row[0]: row[1] for row in session.execute(found)}


def places_of(chosen: Select[UUID, UUID | None], definition_id: str) -> Select[str, int]:
    """(node, how many instances): where those among the chosen that are of a definition wait for people, moments, workers,
    messages and signals."""
    which = chosen.order_by(None).subquery()
    mine = (
        select(Instance.id)
        .join(which, which.c.subject == Instance.id)
        .where(Instance.definition_id == definition_id, Instance.ended_at.is_(None))
        .cte("mine")
    )
    of_mine = select(mine.c.id)
    waits = union(
        select(Task.instance_id, Task.element).where(Task.instance_id.in_(of_mine), Task.ended_at.is_(None)),
        select(ExternalTask.instance_id, ExternalTask.element).where(ExternalTask.instance_id.in_(of_mine)),
        *(
            select(table.instance_id, node_of(table.key)).where(table.instance_id.in_(of_mine))
            for table in (Job, EventSubscription)
        ),
    ).subquery()
    instance_id, node = waits.c
    return select(node, func.count(instance_id.distinct())).group_by(node).order_by(node)


def at_all(chosen: Select[UUID, UUID | None], nodes: Sequence[str]) -> Select[UUID, UUID | None]:
    """Those among the chosen instances that wait at each of these nodes."""
    which = chosen.order_by(None).subquery()
    found = select(which.c.subject, which.c.instance_id).join(Instance, Instance.id == which.c.subject)
    return found.where(*(stands_at([node]) for node in nodes)).order_by(which.c.subject)
