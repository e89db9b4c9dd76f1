"""Instances that begin by themselves: with a message, a signal, a condition, or at a moment (BPMN 2.0.2, 10.5.2)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from app import engine, queue
from app.actions.documents import files
from app.actions.models.decisions import evaluate_feel
from app.actions.models.editions import days_of_receipt
from app.actions.models.models import model_of
from app.actions.models.start_events import beginning, deployed_at
from app.actions.running import waits
from app.actions.running.buffered import begins_for
from app.actions.running.moves import Act, Move, new_instance
from app.actions.running.progress import advance
from app.actions.running.variables import kept, packed
from app.domain.acts.editions import Edition
from app.domain.models.model import Event, EventKind, Language, node_of
from app.domain.models.values import Variable
from app.errors import Conflict
from app.store import queries
from app.store.tables import Definition, Instance, Organisation, StartEvent

GRACE = timedelta(minutes=1)
BATCH = 1_000


def starts(
    session: Session, kind: EventKind, name: str | None, tenant: str | None, now: datetime, *, anywhere: bool = False
) -> Sequence[StartEvent]:
    """What begins so now in an organisation, and is not suspended. anywhere: in all of them."""
    return in_force(session, _known(session, kind, name, tenant, anywhere=anywhere), tenant, now)


def _known(
    session: Session, kind: EventKind, name: str | None, tenant: str | None, *, anywhere: bool
) -> Sequence[StartEvent]:
    """What begins so, on whatever day the edition that it belongs to is in force."""
    if tenant is not None and session.get(Organisation, tenant) is None:
        return ()
    query = (
        select(StartEvent)
        .join(Definition, Definition.id == StartEvent.definition_id)
        .where(StartEvent.name.is_not_distinct_from(name), StartEvent.kind == kind, Definition.suspended.is_(False))
        .order_by(StartEvent.id)
    )
    return session.scalars(query if anywhere else query.where(begins_for(tenant))).all()


def in_force(session: Session, found: Sequence[StartEvent], tenant: str | None, now: datetime) -> Sequence[StartEvent]:
    """Those whose edition handles what is received now. tenant: whose case it will be, of a process common to all."""
    dated = {start.tenant_id or tenant for start in found if start.in_force_from or start.in_force_until}
    days = days_of_receipt(session, dated, now) if dated else {}
    return [start for start in found if _span(start).holds_on(days.get(start.tenant_id or tenant, date.min))]


def _span(start: StartEvent) -> Edition:
    return Edition(None, start.in_force_from, start.in_force_until)


def message_starts(session: Session, name: str, tenant: str | None, *, anywhere: bool = False) -> Sequence[StartEvent]:
    """What begins with a message, on whatever day; an organisation's own processes go before those common to all."""
    found = _known(session, EventKind.MESSAGE, name, tenant, anywhere=anywhere)
    own = [] if anywhere else [start for start in found if start.tenant_id == tenant]
    return own or found


def begin(
    session: Session,
    start: StartEvent,
    variables: Mapping[str, Variable],
    business_key: str | None,
    now: datetime,
    *,
    tenant: str | None = None,
    user_id: str | None = None,
    chain: int = 0,
) -> Instance:
    """Begin an instance at a start event that has happened. tenant: whose it is, of a definition that is common to all;
    chain: as of a move.

    Raises Conflict if its definition is suspended, StepFailed.
    """
    variables, contents = files.set_apart(variables)
    instance, act = _new(session, start, variables, business_key, now, tenant, user_id)
    if contents:
        session.flush()
        files.keep(session, instance.id, contents)
    advance(session, Move(instance, engine.Start(node_of(start.key)), act, typed=variables, chain=chain))
    return instance


def begin_in_job(
    session: Session,
    start: StartEvent,
    variables: Mapping[str, Variable],
    business_key: str | None,
    now: datetime,
    *,
    tenant: str | None = None,
    chain: int = 0,
) -> Instance:
    """Make an instance that a job begins: what goes wrong with it is its own, is tried again and leaves an incident."""
    instance, _ = _new(session, start, variables, business_key, now, tenant, None)
    waits.await_start(session, instance, start.key, packed(variables), now, chain + 1)
    return instance


def _new(
    session: Session,
    start: StartEvent,
    variables: Mapping[str, Variable],
    business_key: str | None,
    now: datetime,
    tenant: str | None,
    user_id: str | None,
) -> tuple[Instance, Act]:
    definition = queries.held_definition(session, start.definition_id)
    if definition is None or definition.suspended:
        raise Conflict(f"process definition '{start.definition_id}' is suspended: it begins no instance")
    act = Act(user_id, now, "Create", element=node_of(start.key), data=kept(variables))
    instance = new_instance(
        definition, tenant=definition.tenant_id or tenant, business_key=business_key, variables=variables, act=act
    )
    session.add(instance)
    return instance, act


def is_met(session: Session, event: Event, tenant: str | None, variables: Mapping[str, Any], now: datetime) -> bool:
    """Whether variables meet the condition of a start event; one that cannot be computed of them is not met."""
    host, condition = beginning(session, tenant, now), event.condition or ""
    try:
        if event.language is Language.FEEL:
            return evaluate_feel(condition, variables, now.astimezone(host.zone))[0] is True
        return host.evaluate(condition, variables) is True
    except (ValueError, ArithmeticError):
        return False


def begin_timed(session: Session, start_id: UUID, now: datetime) -> None:
    """Begin an instance at a timer whose moment has come, and have the next one come; a suspended process begins none."""
    definition_id = session.scalar(select(StartEvent.definition_id).where(StartEvent.id == start_id))
    definition = None if definition_id is None else queries.held_definition(session, definition_id)
    if definition is None or definition.suspended:
        return
    start = session.scalars(select(StartEvent).where(StartEvent.id == start_id).with_for_update()).first()
    if start is None or start.due_at is None:
        return
    if start.due_at > now:
        if start.due_at <= now + queue.EARLY:
            ahead = queue.ahead(session, now)
            queue.begin(session, start.id, start.due_at + ahead, now + ahead)
        return
    if in_force(session, [start], definition.tenant_id, now):
        begin_in_job(session, start, {}, None, now)
    _go_on(session, definition, start, now)


def _go_on(session: Session, definition: Definition, start: StartEvent, now: datetime) -> None:
    """The next moment of a cycle, on the grid that began with it, so that a late start adds no drift."""
    assert start.due_at is not None
    if start.left is not None and start.left <= 1:
        start.due_at, start.left = None, 0
        return
    process = model_of(session, definition.id).process
    event = dict(process.beginnings())[start.key]
    host = beginning(session, definition.tenant_id, deployed_at(session, definition))
    start.due_at = host.following(event, start.due_at, now)
    start.left = None if start.left is None else start.left - 1
    if start.due_at is not None:
        queue.begin(session, start.id, start.due_at, now)


def wake_overdue(session: Session, now: datetime) -> None:
    """Have timers looked at that should have begun something a minute ago and that nothing in the queue stands for any more."""
    overdue = (
        select(StartEvent.id)
        .join(Definition, Definition.id == StartEvent.definition_id)
        .where(
            StartEvent.due_at < now - GRACE,
            Definition.suspended.is_(False),
            cast(StartEvent.id, Text).not_in(queue.expected(queue.BEGIN_TIMED, "start_id")),
        )
    )
    for start_id in session.scalars(overdue.limit(BATCH)).all():
        queue.begin(session, start_id, now, now)


def activate(session: Session, definition_ids: Sequence[str], now: datetime) -> None:
    """Definitions begin again by themselves: what came due meanwhile does so now."""
    due = select(StartEvent.id).where(StartEvent.definition_id.in_(definition_ids), StartEvent.due_at <= now)
    for start_id in session.scalars(due).all():
        queue.begin(session, start_id, now, now)
