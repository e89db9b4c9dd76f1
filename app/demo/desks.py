"""What people of the demonstration's office have arranged among themselves, and what time has told them."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.actions.lists import bulk, saved_filters
from app.actions.lists.list_queries import Wanted
from app.actions.lists.saved_filters import Group
from app.actions.people import absences, accounts, notices, tokens
from app.actions.people.people import actor_of
from app.demo.plans import GASK, SAFETY
from app.store import reminders
from app.store.tables import Absence, Notice, Task

AWAY = (
    (GASK, "executor-3", "executor", -2, 9, "118-Ө"),
    (GASK, "head", "head-2", 6, 19, "124-Ө"),
    (SAFETY, "executor-2", "executor", -4, 3, "57-к"),
)
"""Organisation, who is away, his deputy, the first and the last day from today on, the number of the order."""
FILTERS = (
    (GASK, "head", None, "Кешіккендер", Wanted(view="all", due="overdue")),
    (GASK, "executor", "executor", "Лицензии на проектирование", Wanted(view="groups", service="design-licence")),
    (GASK, "clerk", "clerk", "Ешкім алмағандары", Wanted(view="groups", state="unassigned")),
)
"""Organisation, whose it is, the role with which it is shared, its name, what it asks for."""
PROGRAMS = ((GASK, "head", "Электрондық құжат айналымы"), (SAFETY, "clerk", "Архив ведомства"))
"""Organisation, whose token a program has, what it is for."""
SECOND_ROLES = ((GASK, "unit_head", "commission"), (SAFETY, "clerk-2", "commission_secretary"))
"""Organisation, who was given a second role by the administrator, and which."""
TOKEN_DAYS = 90
LATE = (GASK, SAFETY)
"""Organisations whose heads have taken a task and let its term pass."""
SOON_AFTER = timedelta(minutes=2)
LONG_AGO, LATELY = timedelta(days=90), timedelta(days=2)


def settle(session: Session, now: datetime) -> None:
    """Reminders of what is late; once, absences with deputies and kept filters, and the older notices are read."""
    if not session.scalar(select(exists().where(Absence.order_number == AWAY[0][-1]))):
        _arrange(session, now)
    reminders.remind(session, now - LONG_AGO, now)


def _arrange(session: Session, now: datetime) -> None:
    for tenant in LATE:
        head = actor_of(session, f"head.{tenant}")
        late = _late_one(session, tenant, now)
        if late is not None:
            bulk.claim_first(session, head, [late.id], late.created_at + SOON_AFTER)
    for tenant, person, deputy, first, last, order in AWAY:
        entered = now + timedelta(days=min(first, 0) - 1)
        head = actor_of(session, f"head.{tenant}")
        begin, end = (now.date() + timedelta(days=day) for day in (first, last))
        asked = absences.Asked(tenant, f"{person}.{tenant}", f"{deputy}.{tenant}", begin, end, order)
        absences.enter(session, head, asked, entered)
    for tenant, person, role, name, wanted in FILTERS:
        shared = None if role is None else Group(role, tenant)
        saved_filters.keep(session, actor_of(session, f"{person}.{tenant}"), name, wanted, shared, now)
    admin = actor_of(session, "admin")
    for tenant, person, name in PROGRAMS:
        tokens.make(session, admin, f"{person}.{tenant}", name, TOKEN_DAYS, now)
    for tenant, person, role in SECOND_ROLES:
        accounts.grant(session, admin, f"{person}.{tenant}", role, tenant)
    for notice, person in session.execute(select(Notice.id, Notice.user_id).where(Notice.at < now - LATELY)).all():
        notices.read(session, actor_of(session, person), notice, now - LATELY)


def _late_one(session: Session, tenant: str, now: datetime) -> Task | None:
    """A task of the head's that nobody has and whose term is over."""
    free = Task.tenant_id == tenant, Task.ended_at.is_(None), Task.assignee.is_(None), Task.suspended.is_(False)
    late = select(Task).where(*free, Task.due_at < now, Task.candidate_groups.contains(["head"]))
    return session.scalars(late.order_by(Task.due_at, Task.id).limit(1)).first()
