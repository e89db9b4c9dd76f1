"""What begins a process by itself: the events of its newest version, of each edition of the law, that wait for something
(BPMN 2.0.2, 10.5.2).

Moments are counted from the deployment of the version; those that had passed when it became the newest begin nothing,
but one that its predecessor has missed is made up for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import expressions, queue
from app.actions.models.editions import editions_in_turn
from app.actions.models.models import model_of, models_of
from app.actions.running.evaluation import Evaluation
from app.domain import iso8601, refusals
from app.domain.ids import new_id
from app.domain.models.model import Event, EventKind, TimerKind
from app.errors import Invalid
from app.store import queries
from app.store.tables import Definition, Deployment, Instance, StartEvent

NAMED = (EventKind.MESSAGE, EventKind.SIGNAL)


@dataclass
class Beginning(Evaluation):
    """Expressions of a start event, as they are when its version is deployed, which is `now`: there is no case yet, so
    no variables, but there is an organisation with its calendar."""

    @cached_property
    def execution(self) -> dict[str, Any]:
        return {}

    def text(self, source: str) -> str:
        """Raises ValueError, also where it comes to nothing."""
        value = self.evaluate(source, {})
        if value is None or value == "":
            raise ValueError("it comes to nothing")
        return str(value)

    def moments(self, event: Event, since: datetime) -> tuple[datetime, int | None] | None:
        """When a timer comes first, `since` or later, and how often in all from then on; None: it comes no more.

        Raises ValueError, OverflowError.
        """
        value, deployed = self.evaluate(event.timer or "", {}), self.now.astimezone(self.zone)
        if event.timer_kind is TimerKind.CYCLE and not isinstance(value, datetime):
            return iso8601.cycle(str(value), self.zone).left_at(since, deployed)
        if isinstance(value, datetime):
            due = value if value.tzinfo else value.replace(tzinfo=self.zone)
        elif event.timer_kind is TimerKind.DATE:
            due = iso8601.moment(str(value), self.zone)
        else:
            due = iso8601.duration(str(value)).after(deployed)
        return (due, 1) if due >= since else None

    def following(self, event: Event, last: datetime, now: datetime) -> datetime | None:
        """The moment after `last`, of a cycle on the grid that began with its deployment. Raises ValueError."""
        if event.timer_kind is not TimerKind.CYCLE:
            own = self.moments(event, last)
            return None if own is None else own[0]
        cycle = iso8601.cycle(self.text(event.timer or ""), self.zone)
        return cycle.following(last.astimezone(self.zone), now, cycle.start or self.now.astimezone(self.zone))


def beginning(session: Session, tenant: str | None, deployed: datetime) -> Beginning:
    return Beginning(session, Instance(tenant_id=tenant), deployed)


def fault(host: Beginning, event: Event) -> str | None:
    """Why the time or the name of an event that begins a process cannot be computed."""
    try:
        if event.kind is EventKind.TIMER:
            host.moments(event, host.now)
        elif event.name is not None:
            host.text(event.name)
    except (ValueError, ArithmeticError) as error:
        return str(error)
    return None


def renew(session: Session, key: str, tenant: str | None, now: datetime) -> None:
    """Let the newest version of each edition of a process, and no other, begin by itself while the edition is in force."""
    newest = editions_in_turn(queries.newest_of_editions(session, key, tenant))
    of_process = select(Definition.id).where(Definition.key == key, Definition.tenant_id.is_not_distinct_from(tenant))
    rows = session.execute(
        select(StartEvent, Definition.edition)
        .join(Definition, Definition.id == StartEvent.definition_id)
        .where(StartEvent.definition_id.in_(of_process))
        .with_for_update(of=StartEvent)
    ).all()
    current = {definition.id for _, definition in newest}
    old = [(start, edition) for start, edition in rows if start.definition_id not in current]
    missed = {(edition, one.key): one.due_at for one, edition in old if one.due_at is not None and one.due_at <= now}
    session.execute(delete(StartEvent).where(StartEvent.id.in_([one.id for one, _ in old])))
    models = models_of(session, current)
    for edition, definition in newest:
        kept = [start for start, _ in rows if start.definition_id == definition.id]
        of_edition = {event: due for (name, event), due in missed.items() if name == definition.edition}
        known = {one.key for one in kept}
        events = [pair for pair in models[definition.id].process.beginnings() if pair[0] not in known]
        for start in [*kept, *_begun_anew(session, definition, events, of_edition, now)]:
            start.in_force_from, start.in_force_until = edition.begins, edition.ends
    session.flush()


def _begun_anew(
    session: Session,
    definition: Definition,
    events: Iterable[tuple[str, Event]],
    missed: Mapping[str, datetime],
    now: datetime,
) -> Iterator[StartEvent]:
    """What newly begins a version, its timers in the queue."""
    for one in _started_by(session, definition, events, missed, now):
        session.add(one)
        if one.due_at is not None:
            queue.begin(session, one.id, one.due_at, now)
        yield one


def _started_by(
    session: Session,
    definition: Definition,
    events: Iterable[tuple[str, Event]],
    missed: Mapping[str, datetime],
    now: datetime,
) -> Iterable[StartEvent]:
    host = beginning(session, definition.tenant_id, deployed_at(session, definition))
    for key, event in events:
        start = StartEvent(
            definition_id=definition.id,
            key=key,
            id=new_id(),
            created_at=now,
            kind=event.kind,
            name=host.text(event.name or "") if event.kind in NAMED else None,
            tenant_id=definition.tenant_id,
        )
        if event.kind is EventKind.TIMER:
            start.due_at, start.left = host.moments(event, now) or (None, 0)
            if key in missed:
                start.due_at, start.left = missed[key], None if start.left is None else start.left + 1
        yield start


def follow_calendar(session: Session, tenant: str, now: datetime) -> None:
    """Let the timers that are still to come follow a changed calendar; one that it moves into the past begins at once."""
    query = select(StartEvent).where(StartEvent.tenant_id == tenant, StartEvent.due_at > now).order_by(StartEvent.id)
    for start in session.scalars(query.with_for_update()).all():
        event = dict(model_of(session, start.definition_id).process.beginnings())[start.key]
        if event.timer_kind is TimerKind.CYCLE or not expressions.is_expression(event.timer or ""):
            continue
        deployed = deployed_at(session, session.get_one(Definition, start.definition_id))
        own = beginning(session, tenant, deployed).moments(event, deployed)
        if own is not None and own[0] != start.due_at:
            start.due_at = own[0]
            queue.begin(session, start.id, own[0], now)


def deployed_at(session: Session, definition: Definition) -> datetime:
    return session.get_one(Deployment, definition.deployment_id).deployed_at


def require_sole(session: Session, definition: Definition) -> None:
    """Raises Invalid where a message would begin two processes of an organisation: nobody could tell which is meant."""
    own = select(StartEvent.name).where(StartEvent.definition_id == definition.id, StartEvent.kind == EventKind.MESSAGE)
    taken = session.execute(
        select(StartEvent.name, Definition.key)
        .join(Definition, Definition.id == StartEvent.definition_id)
        .where(
            StartEvent.kind == EventKind.MESSAGE,
            StartEvent.name.in_(own),
            StartEvent.tenant_id.is_not_distinct_from(definition.tenant_id),
            Definition.key != definition.key,
        )
        .limit(1)
    ).first()
    if taken is not None:
        details = {"message": taken.name, "processDefinitionKey": taken.key}
        raise refusals.of(
            Invalid, refusals.MESSAGE_TAKEN, details, process=definition.key, message=taken.name, other=taken.key
        )
