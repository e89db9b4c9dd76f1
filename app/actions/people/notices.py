"""Notices: what a person is told of, read and unread. What others did to a task is told by `store.notices`.

Who acts for an absent reads his notices, too, as he works his tasks: what the one has read the other need not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from app.actions.models.models import Model, models_of
from app.actions.models.naming import service_title, step_name
from app.actions.notifying.events import Told, overdue, write_events, write_letters
from app.actions.tasks.opening import APPLICANT_NAMES, NUMBER
from app.actions.terms.calendars import calendars_of
from app.domain.models.loops import is_repeated, may_reopen
from app.domain.people.access import Actor, rights_to_task
from app.domain.people.case_access import may_see_case
from app.domain.people.notices import OF_ABSENCES, OF_NO_TASK, OF_TEAMS, Kind
from app.domain.people.team import leads_work
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.store import changes, reminders
from app.store.tables import Absence, Instance, Notice, Organisation, Reminded, Task, User

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
    """A notice as it is read. instead_of: the absent whose it is, by name, None: the reader's own.

    absence: what it is about instead of a task; its title is the name of the absent. change: of a calendar, the same; its
    title is the name of the organisation. open: its task still is.

    task, case, team: what the person may open, None what he may not; team: the organisation whose work he leads. title: the
    applicant, else the number, else the step; None for what he may no longer see. at, moment: local to the provider. doer: a
    name, None: the time or the process.
    """

    id: int
    kind: Kind
    instead_of: str | None
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
    team: str | None
    absence: Absence | None
    change: UUID | None


def tell_of_opened(
    session: Session, model: Model, opened: Sequence[Task], doer: str | None, completed: Task | None
) -> None:
    """Tell whom steps that open are assigned to at once and, where nobody is, who completed them before, if they were.

    doer: who moved the case; completed: the task by which he did. Only a step that can have been done before is looked
    for: one for several people at once once for all of them.
    """
    done = None if completed is None else completed.element
    for element in dict.fromkeys(task.element for task in opened):
        rows = [task for task in opened if task.element == element]
        before = _completers(session, model, rows[0]) if may_reopen(model.process, done, element) else ()
        told = [(task, task.assignee) for task in rows if task.assignee is not None]
        if not told:
            told = [(rows[0], person) for person in before]
        for task, person in told:
            if person == doer:
                continue
            notice = Notice(
                at=task.created_at,
                task_id=task.id,
                tenant_id=task.tenant_id,
                user_id=person,
                kind=(Kind.REOPENED if person in before else Kind.ASSIGNED).value,
                doer=doer,
            )
            session.add(notice)


def _completers(session: Session, model: Model, task: Task) -> Sequence[str]:
    """Whose task it was when the step was completed last in this process; of one for several at once, of all of them."""
    found = (
        select(Task.assignee)
        .where(
            Task.instance_id == task.instance_id,
            Task.element == task.element,
            Task.end_reason == "completed",
            Task.assignee.is_not(None),
        )
        .order_by(Task.ended_at.desc())
    )
    repeated = is_repeated(model.process, task.element)
    people = session.scalars(found if repeated else found.limit(1))
    return list(dict.fromkeys(person for person in people if person is not None))


def remind(session: Session, now: datetime, *, mail: bool) -> None:
    """Tell of the terms that became short or were over, and of the holds that ended, since this was done last.

    mail: whether there is a server for letters.
    """
    session.execute(insert(Reminded).values(id=1, until=now - FIRST).on_conflict_do_nothing())
    mark = session.scalars(select(Reminded).with_for_update()).one()
    told = []
    for one in reminders.remind(session, min(mark.until, now) - LATEST, now):
        if one.user_id is not None:
            changes.note_people(session, [one.user_id], one.tenant)
            told.append(Told(one.user_id, Kind(one.kind), one.tenant, one.task_id, one.moment))
        elif (late := overdue(session, one.task_id, now)) is not None:
            write_events(session, [late])
    if mail:
        write_letters(session, told, now)
    mark.until = now


def forget(session: Session, now: datetime) -> None:
    """Delete what is older than notices are kept."""
    session.execute(delete(Notice).where(Notice.at < now - KEPT))


def _for(actor: Actor) -> ColumnElement[bool]:
    """The notices of a person and those of the absent for whom he acts, where he does; not of what he did himself, nor
    what the absent is told as a leader."""
    absent = [
        and_(
            Notice.user_id == one.absent,
            Notice.tenant_id == one.tenant,
            Notice.doer.is_distinct_from(actor.user_id),
            Notice.kind.not_in(OF_TEAMS),
        )
        for one in actor.substitutions
    ]
    return or_(Notice.user_id == actor.user_id, *absent)


def unread(session: Session, actor: Actor) -> int:
    """How many notices of open tasks and of absences a person has to read, at most one more than COUNTED."""
    found = (
        select(Notice.id)
        .outerjoin(Task, Task.id == Notice.task_id)
        .where(
            _for(actor),
            Notice.read_at.is_(None),
            or_(and_(Task.id.is_not(None), Task.ended_at.is_(None)), Notice.kind.in_(OF_NO_TASK)),
        )
        .limit(COUNTED + 1)
    )
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def read_all(session: Session, actor: Actor, now: datetime) -> None:
    """All notices that a person has to read are read."""
    session.execute(_read(actor, now))


def read(session: Session, actor: Actor, notice_id: int, now: datetime) -> Shown:
    """A notice for the person, read now with all others of its task. Raises NotFound."""
    found = session.execute(_found(actor).where(Notice.id == min(notice_id, LAST_ID))).all()
    if not found:
        raise NotFound(f"there is no notice {notice_id}")
    session.execute(_read(actor, now).where(Notice.task_id == found[0].Notice.task_id))
    return _shown_all(session, actor, found)[0]


def _read(actor: Actor, now: datetime) -> Any:
    unread = update(Notice).where(_for(actor), Notice.read_at.is_(None))
    return unread.values(read_at=now).execution_options(synchronize_session=False)


def listed(session: Session, actor: Actor, before: int | None, limit: int) -> list[Shown]:
    """The notices for a person, the newest first. before: the id of the last one of the page before."""
    found = _found(actor).order_by(Notice.at.desc(), Notice.id.desc()).limit(limit)
    if before is not None:
        last = aliased(Notice)
        place = select(last.at, last.id).where(last.id == min(before, LAST_ID)).subquery()
        found = found.join(place, tuple_(Notice.at, Notice.id) < tuple_(place.c.at, place.c.id))
    return _shown_all(session, actor, session.execute(found).all())


def _found(actor: Actor) -> Select[Any]:
    """Each with its task or absence, the case and the names, in one statement."""
    instance, root, absent = aliased(Instance), aliased(Instance), aliased(User)
    return (
        select(
            Notice,
            Task,
            Absence,
            absent.full_name.label("absent"),
            Organisation.names.label("organisation"),
            root.id.label("case"),
            root.tenant_id,
            root.definition_key,
            root.viewers,
            root.variables[NUMBER].as_string().label("number"),
            root.business_key,
            func.coalesce(*(root.variables[name].as_string() for name in APPLICANT_NAMES)).label("applicant"),
            User.full_name.label("doer"),
        )
        .outerjoin(Task, Task.id == Notice.task_id)
        .outerjoin(instance, instance.id == Task.instance_id)
        .outerjoin(root, root.id == instance.root_id)
        .outerjoin(User, User.id == Notice.doer)
        .outerjoin(Absence, and_(Notice.kind.in_(OF_ABSENCES), Absence.id == Notice.task_id))
        .outerjoin(absent, absent.id == Absence.user_id)
        .outerjoin(Organisation, and_(Notice.kind == Kind.CALENDAR, Organisation.id == Notice.tenant_id))
        .where(_for(actor))
    )


def _shown_all(session: Session, actor: Actor, rows: Sequence[Row[Any]]) -> list[Shown]:
    models = models_of(session, {row.Task.definition_id for row in rows if row.Task is not None})
    calendars = calendars_of(session, {row.Notice.tenant_id for row in rows})
    zones = {tenant: calendar.tz for tenant, calendar in calendars.items()}
    return [_shown(actor, row, models, zones) for row in rows]


def _shown(actor: Actor, row: Row[Any], models: Mapping[str, Model], zones: Mapping[str | None, Any]) -> Shown:
    notice, task, zone = row.Notice, row.Task, zones[row.Notice.tenant_id]
    of_calendar = notice.kind == Kind.CALENDAR
    is_open = of_calendar or row.Absence is not None or (task is not None and task.ended_at is None)
    sees_task = is_open and task is not None and _sees(actor, task)
    sees_case = task is not None and may_see_case(actor, tenant=row.tenant_id, viewers=row.viewers or ())
    leads = notice.kind in OF_TEAMS and task is not None and leads_work(actor, notice.tenant_id)
    step = service = None
    title, number = Text(**row.organisation) if of_calendar else row.absent, ""
    if sees_task or sees_case or leads:
        step = step_name(models[task.definition_id].node(task.element))
        key = row.definition_key
        service, number = service_title(key) or Text(key, key, key), row.number or row.business_key or ""
        title = row.applicant or number or step
    return Shown(
        id=notice.id,
        kind=Kind(notice.kind),
        instead_of=next((one.name for one in actor.substitutions if one.absent == notice.user_id), None),
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
        team=notice.tenant_id if leads and is_open else None,
        absence=row.Absence,
        change=notice.task_id if of_calendar else None,
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
