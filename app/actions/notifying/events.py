"""Writes a message to the outside with the event that it is about, in the flush that writes the event.

A message goes by the row that tells of it: a notice is a letter, a task or a case that begins or ends is an event for the
systems of its organisation. So no action can forget it, and what is rolled back is not told. Where no mail server is set
and the organisation has no webhook, nothing is written and nothing is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, cast, event, func, literal, select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import get_history

from app import queue
from app.domain.ids import new_id
from app.domain.models.values import jsonable
from app.domain.outgoing import Channel, Event, State
from app.domain.people.mail import Wishes
from app.domain.people.notices import OF_ABSENCES, OF_TEAMS, Kind
from app.store.queries import has_webhook
from app.store.tables import Absence, Calendar, Delivery, Instance, Notice, Task, User
from app.store.tables.base import Moment


@dataclass(frozen=True, slots=True)
class Happened:
    """at: aware. data: ids and what is said of the task or the case, nothing of a person but the ids of the staff."""

    event: Event
    tenant: str | None
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A notice: of `Notice` what a letter says. instead_of: the absent whose it is, where it goes to his deputy."""

    user_id: str
    kind: Kind
    tenant: str | None
    task_id: UUID
    moment: datetime | None
    doer: str | None = None
    instead_of: str | None = None


def tell_outside(maker: sessionmaker[Session], *, mail: bool) -> sessionmaker[Session]:
    """Let sessions write messages with what they write. mail: whether there is a server for letters."""

    def note(session: Session, _context: Any, _instances: Any) -> None:
        happened = [one for row in (*session.new, *session.dirty) for one in _events(session, row)]
        notices = [one for one in session.new if isinstance(one, Notice)] if mail else []
        write_events(session, happened)
        told = [Told(one.user_id, Kind(one.kind), one.tenant_id, one.task_id, one.moment, one.doer) for one in notices]
        write_letters(session, told, max((one.at for one in notices), default=None))

    event.listen(maker, "before_flush", note)
    return maker


def _events(session: Session, row: object) -> Iterator[Happened]:
    if isinstance(row, Task):
        yield from _of_task(session, row)
    elif isinstance(row, Instance) and row.super_id is None:
        if row in session.new:
            yield Happened(Event.CASE_STARTED, row.tenant_id, row.started_at, _case(row))
        if row.ended_at is not None and _new(row, "ended_at"):
            yield Happened(Event.CASE_ENDED, row.tenant_id, row.ended_at, _case(row) | {"state": row.end_state})


def _of_task(session: Session, task: Task) -> Iterator[Happened]:
    def happened(kind: Event, at: datetime) -> Iterable[Happened]:
        return (
            [Happened(kind, task.tenant_id, at, _task(session, task))] if has_webhook(session, task.tenant_id) else ()
        )

    if task.ended_at is not None:
        if task.end_reason == "completed" and _new(task, "end_reason"):
            yield from happened(Event.TASK_COMPLETED, task.ended_at)
    elif task in session.new:
        yield from happened(Event.TASK_CREATED, task.created_at)
    elif task.assignee is not None and _new(task, "assignee"):
        yield from happened(Event.TASK_ASSIGNED, task.updated_at or task.created_at)


def _new(row: Task | Instance, name: str) -> bool:
    return bool(get_history(row, name).added)


def _task(session: Session, task: Task) -> dict[str, Any]:
    instance = session.get(Instance, task.instance_id)
    return {
        "taskId": str(task.id),
        "taskDefinitionKey": task.element,
        "processInstanceId": str(task.instance_id),
        "caseId": str(task.instance_id if instance is None else instance.root_id),
        "businessKey": None if instance is None else instance.business_key,
        "assignee": task.assignee,
        "due": jsonable(task.due_at),
    }


def _case(root: Instance) -> dict[str, Any]:
    return {"caseId": str(root.id), "processDefinitionKey": root.definition_key, "businessKey": root.business_key}


def overdue(session: Session, task_id: UUID, now: datetime) -> Happened | None:
    """That the term of a task is over, if its organisation is told of it."""
    task = session.get(Task, task_id)
    if task is None or not has_webhook(session, task.tenant_id):
        return None
    return Happened(Event.TASK_OVERDUE, task.tenant_id, now, _task(session, task))


def write_events(session: Session, happened: Iterable[Happened]) -> None:
    """Write the messages of events to those organisations that are told, each with its job."""
    rows = []
    for one in happened:
        if has_webhook(session, one.tenant):
            about = {"event": one.event.value, "at": jsonable(one.at), "tenantId": one.tenant, "data": dict(one.data)}
            rows.append(_delivery(Channel.WEBHOOK, one.event.value, one.tenant, None, about, one.at))
    _write(session, rows)


def write_letters(session: Session, told: Sequence[Told], now: datetime | None) -> None:
    """Write the letters to those of the people told, and of their deputies, who have an address and want them, each with
    its job."""
    if not told or now is None:
        return
    told = [*told, *_to_deputies(session, told, now)]
    people = select(User.id, User.mail).where(User.id.in_({one.user_id for one in told}), User.email.is_not(None))
    wishes = {row.id: Wishes.of(row.mail) for row in session.execute(people)}
    rows = []
    for one in told:
        if one.user_id in wishes and one.kind in wishes[one.user_id].kinds:
            about = {"id": str(one.task_id), "moment": jsonable(one.moment), "insteadOf": one.instead_of}
            rows.append(_delivery(Channel.MAIL, one.kind.value, one.tenant, one.user_id, about, now))
    _write(session, rows)


def _to_deputies(session: Session, told: Sequence[Told], now: datetime) -> list[Told]:
    """The same for who acts today for those who are absent: he works their tasks, but leads no team for them."""
    of_tasks = [one for one in told if one.kind not in OF_TEAMS | OF_ABSENCES]
    today = cast(func.timezone(Calendar.zone, literal(now, Moment)), Date)
    found = (
        select(Absence.user_id, Absence.tenant_id, Absence.deputy_id)
        .join(Calendar, Calendar.tenant_id == Absence.tenant_id)
        .where(
            Absence.user_id.in_({one.user_id for one in of_tasks}),
            Absence.ended_at.is_(None),
            Absence.first_day <= today,
            Absence.last_day >= today,
        )
    )
    deputies = {(row.user_id, row.tenant_id): row.deputy_id for row in session.execute(found)} if of_tasks else {}
    acting = [(one, deputies.get((one.user_id, one.tenant))) for one in of_tasks]
    return [
        replace(one, user_id=deputy, instead_of=one.user_id) for one, deputy in acting if deputy not in (None, one.doer)
    ]


def _delivery(
    channel: Channel, what: str, tenant: str | None, receiver: str | None, about: dict[str, Any], now: datetime
) -> Delivery:
    return Delivery(
        id=new_id(),
        created_at=now,
        due_at=now,
        tries=0,
        channel=channel.value,
        state=State.WAITING.value,
        event=what,
        tenant_id=tenant,
        receiver=receiver,
        about=about,
    )


def _write(session: Session, rows: Sequence[Delivery]) -> None:
    session.add_all(rows)
    queue.send_out(session, [row.id for row in rows])
