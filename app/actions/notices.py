"""Notices: what a person is told of, read and unread. What others did to a task is told by `store.notices`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from app.actions.calendars import calendars_of
from app.actions.models import Model, models_of
from app.actions.naming import service_title, step_name
from app.actions.opening import APPLICANT_NAMES, NUMBER
from app.domain.access import Actor, rights_to_task
from app.domain.calendar import Text
from app.domain.case_access import may_see_case
from app.domain.loops import may_reopen
from app.domain.notices import Kind
from app.errors import NotFound
from app.store import changes, reminders
from app.store.tables import Instance, Notice, Reminded, Task, User

KEPT = timedelta(days=90)
COUNTED = 99
"""Further than this the unread ones are not counted."""
LATEST = timedelta(minutes=10)
"""For so long a term is looked for again: what is committed late, by a request that began before it came, is told too."""
LAST_ID = 2**63 - 1
FIRST = timedelta(days=1)
"""How far the very first look goes back."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is read. open: its task still is. task, case: what the person may open, None what he may not.

    title: the applicant, else the number, else the step; None for what he may no longer see. at, moment: local to the
    provider. doer: a name, None: the time or the process.
    """

    id: int
    kind: Kind
    at: datetime
    moment: datetime | None
    unread: bool
    open: bool
    doer: str | None
    title: str | Text | None
    number: str
    step: Text | None
    service: Text | None
    task: UUID | None
    case: UUID | None


def tell_of_opened(session: Session, model: Model, task: Task, doer: str | None, completed: Task | None) -> None:
    """Tell whom a step that opens is assigned to at once, and who completed it before, if it was.

    doer: who moved the case; completed: the task by which he did. Only a step that can have been done before is looked
    for; one for several people at once is not told to those who did it, for each of them has the list.
    """
    told = {task.assignee: Kind.ASSIGNED}
    done = None if completed is None else completed.element
    if model.node(task.element).loop is None and may_reopen(model.process, done, task.element):
        told[_completer(session, task)] = Kind.REOPENED
    for person, kind in told.items():
        if person is not None and person != doer:
            notice = Notice(
                at=task.created_at,
                task_id=task.id,
                tenant_id=task.tenant_id,
                user_id=person,
                kind=kind.value,
                doer=doer,
            )
            session.add(notice)


def _completer(session: Session, task: Task) -> str | None:
    """Whose task it was when the step was completed last in this process."""
    return session.scalar(
        select(Task.assignee)
        .where(Task.instance_id == task.instance_id, Task.element == task.element, Task.end_reason == "completed")
        .order_by(Task.ended_at.desc())
        .limit(1)
    )


def remind(session: Session, now: datetime) -> None:
    """Tell of the terms that became short or were over, and of the holds that ended, since this was done last."""
    session.execute(insert(Reminded).values(id=1, until=now - FIRST).on_conflict_do_nothing())
    mark = session.scalars(select(Reminded).with_for_update()).one()
    if told := reminders.remind(session, min(mark.until, now) - LATEST, now):
        changes.note_people(session, told)
    mark.until = now


def forget(session: Session, now: datetime) -> None:
    """Delete what is older than notices are kept."""
    session.execute(delete(Notice).where(Notice.at < now - KEPT))


def unread(session: Session, actor: Actor) -> int:
    """How many notices of open tasks a person has not read, at most one more than COUNTED."""
    found = (
        select(Notice.id)
        .join(Task, Task.id == Notice.task_id)
        .where(Notice.user_id == actor.user_id, Notice.read_at.is_(None), Task.ended_at.is_(None))
        .limit(COUNTED + 1)
    )
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def read_all(session: Session, actor: Actor, now: datetime) -> None:
    """All notices of a person are read."""
    session.execute(_read(actor, now))


def read(session: Session, actor: Actor, notice_id: int, now: datetime) -> Shown:
    """A notice of the person, read now with all others of its task. Raises NotFound."""
    found = _found(session, actor, notice_id + 1, 1)
    if not found or found[0].Notice.id != notice_id:
        raise NotFound(f"there is no notice {notice_id}")
    session.execute(_read(actor, now).where(Notice.task_id == found[0].Notice.task_id))
    return _shown_all(session, actor, found)[0]


def _read(actor: Actor, now: datetime) -> Any:
    unread = update(Notice).where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
    return unread.values(read_at=now).execution_options(synchronize_session=False)


def listed(session: Session, actor: Actor, before: int | None, limit: int) -> list[Shown]:
    """The notices of a person, the newest first. before: the id of the last one of the page before."""
    return _shown_all(session, actor, _found(session, actor, before, limit))


def _found(session: Session, actor: Actor, before: int | None, limit: int) -> Sequence[Row[Any]]:
    """Each with its task, the case and the name of the doer, in one statement."""
    instance, root = aliased(Instance), aliased(Instance)
    found = (
        select(
            Notice,
            Task,
            root.id.label("case"),
            root.tenant_id,
            root.definition_key,
            root.viewers,
            root.variables[NUMBER].as_string().label("number"),
            root.business_key,
            func.coalesce(*(root.variables[name].as_string() for name in APPLICANT_NAMES)).label("applicant"),
            func.concat_ws(" ", User.first_name, User.last_name).label("doer"),
        )
        .outerjoin(Task, Task.id == Notice.task_id)
        .outerjoin(instance, instance.id == Task.instance_id)
        .outerjoin(root, root.id == instance.root_id)
        .outerjoin(User, User.id == Notice.doer)
        .where(Notice.user_id == actor.user_id)
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    return session.execute(found if before is None else found.where(Notice.id < min(before, LAST_ID))).all()


def _shown_all(session: Session, actor: Actor, rows: Sequence[Row[Any]]) -> list[Shown]:
    models = models_of(session, {row.Task.definition_id for row in rows if row.Task is not None})
    calendars = calendars_of(session, {row.Notice.tenant_id for row in rows})
    zones = {tenant: calendar.tz for tenant, calendar in calendars.items()}
    return [_shown(actor, row, models, zones) for row in rows]


def _shown(actor: Actor, row: Row[Any], models: Mapping[str, Model], zones: Mapping[str | None, Any]) -> Shown:
    notice, task, zone = row.Notice, row.Task, zones[row.Notice.tenant_id]
    is_open = task is not None and task.ended_at is None
    sees_task = is_open and _sees(actor, task)
    sees_case = task is not None and may_see_case(actor, tenant=row.tenant_id, viewers=row.viewers or ())
    step = service = title = None
    number = ""
    if sees_task or sees_case:
        step = step_name(models[task.definition_id].node(task.element))
        key = row.definition_key
        service, number = service_title(key) or Text(key, key, key), row.number or row.business_key or ""
        title = row.applicant or number or step
    return Shown(
        id=notice.id,
        kind=Kind(notice.kind),
        at=notice.at.astimezone(zone),
        moment=None if notice.moment is None else notice.moment.astimezone(zone),
        unread=notice.read_at is None and is_open,
        open=is_open,
        doer=None if notice.doer is None else row.doer or notice.doer,
        title=title,
        number=number,
        step=step,
        service=service,
        task=task.id if sees_task else None,
        case=row.case if sees_case else None,
    )


def _sees(actor: Actor, task: Task) -> bool:
    return bool(
        rights_to_task(
            actor,
            tenant=task.tenant_id,
            assignee=task.assignee,
            candidate_groups=task.candidate_groups,
            candidate_users=task.candidate_users,
            owner=task.owner,
        )
    )
