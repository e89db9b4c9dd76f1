"""Letting a person in no more, and again: who takes over his tasks, and that somebody is left who administers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.actions.people import accounts, people
from app.actions.people.administration import Kind, Operation, note, reason_of, require_another_administrator
from app.actions.tasks import task_edits, tasks
from app.domain import refusals
from app.domain.people.access import Actor
from app.domain.people.administrators import require_administrator
from app.domain.terms.calendar import LANGUAGES, Text
from app.errors import AppError, Conflict, Invalid
from app.store import rights
from app.store.tables import (
    AccessToken,
    Administration,
    Group,
    Instance,
    Invitation,
    Membership,
    Organisation,
    Task,
    User,
)

MOST = 200
"""Tasks that are handed over at once."""
OWN = Text(
    "Өз тіркелгіңізбен мұны істей алмайсыз: басқа әкімшіден сұраңыз.",
    "Со своей учётной записью этого сделать нельзя: попросите другого администратора.",
    "this cannot be done to the own account: ask another administrator",
)
ALREADY = Text("Тіркелгі ажыратылып қойған.", "Учётная запись уже отключена.", "the account is deactivated already")
NOT_GONE = Text("Тіркелгі ажыратылмаған.", "Учётная запись не отключена.", "the account is not deactivated")
HIMSELF = Text(
    "Тапсырмаларды басқа біреу қабылдауы керек.",
    "Задачи должен принять кто-то другой.",
    "somebody else has to take the tasks over",
)
TOO_MANY = Text(
    "Ашық тапсырмалары тым көп: {number}. Алдымен оларды ұйымның тапсырмалар бетінде бөліп беріңіз, {most} қалғанша.",
    "Открытых задач слишком много: {number}. Сначала раздайте их на странице задач организации, чтобы осталось не больше {most}.",
    "there are too many open tasks: {number}. Give them to others on the organisation's page first, until {most} are left",
)
NOT_HANDED_OVER = Text(
    "Ештеңе өзгерген жоқ. «{task}» тапсырмасын беру мүмкін емес: {why}",
    "Ничего не изменено. Задачу «{task}» не передать: {why}",
    "nothing was changed. The task '{task}' cannot be handed over: {why}",
)


def deactivate(
    session: Session, actor: Actor, user_id: str, reason: str, successors: Mapping[str, str], now: datetime
) -> None:
    """Let a person in no more: roles, sessions, tokens and invitations end, the tasks go to others, all of it or nothing.

    successors: by organisation who takes over, "" or none: the groups of each task. Raises Forbidden, NotFound, Invalid,
    Conflict for oneself, the last administrator and tasks that cannot be handed over.
    """
    require_administrator(actor)
    user = accounts.account(session, user_id)
    if user_id == actor.user_id:
        raise refusals.of(Conflict, OWN)
    if user.deactivated_at is not None:
        raise refusals.of(Conflict, ALREADY)
    reason = reason_of(reason)
    require_another_administrator(session, user)
    number = _hand_over(session, actor, user_id, successors, reason, now)
    taken = delete(Membership).where(Membership.user_id == user_id)
    roles = sorted([one.tenant_id, one.group_id] for one in session.execute(taken.returning(*_HELD)))
    for table in (AccessToken, Invitation):
        session.execute(delete(table).where(table.user_id == user_id))
    changes = {"roles": (roles, []), "administrator": (user.administrator, False), "tasks": (number, 0)}
    user.deactivated_at, user.administrator = now, False
    note(session, actor, Operation.DEACTIVATED, Kind.PERSON, user_id, {"active": (True, False), **changes}, reason)
    rights.note_people(session, [user_id])
    session.flush()


_HELD = (Membership.tenant_id, Membership.group_id)


def _hand_over(
    session: Session, actor: Actor, user_id: str, successors: Mapping[str, str], reason: str, now: datetime
) -> int:
    """Give all that somebody has, or has lent, to others. Gives how many tasks that were."""
    found = _tasks_of(session, user_id)
    if len(found) > MOST:
        raise refusals.of(Conflict, TOO_MANY, number=len(found), most=MOST)
    chosen = {heir for heir in successors.values() if heir}
    for heir in chosen:
        if heir == user_id:
            raise refusals.of(Invalid, HIMSELF)
        tasks.require_user(session, heir)
    people_of = {heir: people.actor_of(session, heir) for heir in sorted(chosen)}
    for task in found:
        successor = successors.get(task.tenant_id or "") or None
        try:
            if task.assignee == user_id:
                person = people_of[successor] if successor else None
                tasks.assign(session, actor, task.id, successor, now, person=person, reason=reason)
            else:
                _return_lent(session, actor, task, user_id, successor, reason, now)
        except AppError as error:
            raise _not_handed_over(task, error) from error
    return len(found)


def _return_lent(
    session: Session, actor: Actor, task: Task, user_id: str, successor: str | None, reason: str, now: datetime
) -> None:
    """A task that he has delegated comes back to his successor or, without one, stays with who has it."""
    if successor:
        task_edits.add_link(session, actor, task.id, successor, None, "owner", now)
    elif task.delegation is not None and task.assignee is not None:
        tasks.assign(session, actor, task.id, task.assignee, now, reason=reason)
    else:
        task_edits.remove_link(session, actor, task.id, user_id, None, "owner", now)


def _tasks_of(session: Session, user_id: str) -> Sequence[Task]:
    """In the order in which all lock cases."""
    found = (
        select(Task)
        .join(Instance, Instance.id == Task.instance_id)
        .where(or_(Task.assignee == user_id, Task.owner == user_id), Task.ended_at.is_(None))
        .order_by(Instance.root_id, Task.id)
        .limit(MOST * 5)
    )
    return session.scalars(found).all()


def _not_handed_over(task: Task, error: AppError) -> Conflict:
    name = task.applicant or task.business_key or task.name or str(task.id)
    words = {
        language: NOT_HANDED_OVER.get(language).format(task=name, why=error.words.get(language, error.message))
        for language in LANGUAGES
    }
    return Conflict(words["en"], words=words)


def reactivate(session: Session, actor: Actor, user_id: str, reason: str) -> None:
    """Let a person in again, with the roles that he held; an administrator he is no more.

    Raises Forbidden, NotFound, Invalid, Conflict.
    """
    require_administrator(actor)
    user = accounts.account(session, user_id)
    if user.deactivated_at is None:
        raise refusals.of(Conflict, NOT_GONE)
    reason = reason_of(reason)
    roles = _held_before(session, user_id)
    if roles:
        rows = [{"user_id": user_id, "tenant_id": tenant, "group_id": group} for tenant, group in roles]
        session.execute(insert(Membership).values(rows).on_conflict_do_nothing())
    user.deactivated_at = None
    changes = {"active": (False, True), "roles": ([], roles)}
    note(session, actor, Operation.REACTIVATED, Kind.PERSON, user_id, changes, reason)
    rights.note_people(session, [user_id])
    session.flush()


def _held_before(session: Session, user_id: str) -> list[list[str]]:
    """The roles of which a person was deprived last, where they are still there: [organisation, role] each."""
    last = session.scalar(
        select(Administration.data)
        .where(
            Administration.kind == Kind.PERSON.value,
            Administration.subject == user_id,
            Administration.operation == Operation.DEACTIVATED.value,
        )
        .order_by(Administration.id.desc())
        .limit(1)
    )
    held = (last or {}).get("roles", [[]])[0]
    groups, places = set(session.scalars(select(Group.id))), set(session.scalars(select(Organisation.id)))
    return [[tenant, group] for tenant, group in held if tenant in places and group in groups]


def make_administrator(session: Session, actor: Actor, user_id: str, reason: str) -> None:
    """Let somebody administer, who is active. Raises Forbidden, NotFound, Invalid, Conflict."""
    require_administrator(actor)
    user = accounts.account(session, user_id)
    if user.deactivated_at is not None:
        raise refusals.of(Conflict, accounts.DEACTIVATED, user=user_id)
    _administer(session, actor, user, reason, now=True)


def take_administration(session: Session, actor: Actor, user_id: str, reason: str) -> None:
    """Let somebody else administer no more. Raises Forbidden, NotFound, Invalid, Conflict for oneself and the last one."""
    require_administrator(actor)
    user = accounts.account(session, user_id)
    if user_id == actor.user_id:
        raise refusals.of(Conflict, OWN)
    require_another_administrator(session, user)
    _administer(session, actor, user, reason, now=False)


def _administer(session: Session, actor: Actor, user: User, reason: str, *, now: bool) -> None:
    change = {"administrator": (user.administrator, now)}
    note(session, actor, Operation.ADMINISTRATOR, Kind.PERSON, user.id, change, reason_of(reason))
    user.administrator = now
    session.flush()
