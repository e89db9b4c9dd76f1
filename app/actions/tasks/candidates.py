"""Who may work a task, by name, and who of them is absent today."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.actions.tasks.four_eyes import barred, heard_in
from app.actions.terms.calendars import calendar_of
from app.store.tables import Absence, Instance, Membership, Task, User

MOST = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """id, and the name to be read. deputy: who acts for him today, by name; None: he is not absent."""

    id: str
    name: str
    deputy: str | None


def candidates(session: Session, task: Task, now: datetime) -> list[Candidate]:
    """Those who may work an open task, by name; no more than MOST."""
    others, voices = barred(session, task, session.get_one(Instance, task.instance_id)), heard_in(session, task)
    today = now.astimezone(calendar_of(session, task.tenant_id).tz).date()
    here = true() if task.tenant_id is None else Membership.tenant_id == task.tenant_id
    members = select(Membership.user_id).where(here)
    named = and_(User.id.in_(task.candidate_users), User.id.in_(members))
    deputy = aliased(User)
    absent = and_(
        Absence.user_id == User.id,
        Absence.tenant_id == task.tenant_id,
        Absence.first_day <= today,
        Absence.last_day >= today,
        Absence.ended_at.is_(None),
    )
    found = (
        select(User.id, User.full_name, func.min(deputy.full_name).label("deputy"))
        .outerjoin(Absence, absent)
        .outerjoin(deputy, deputy.id == Absence.deputy_id)
        .where(or_(User.id.in_(members.where(Membership.group_id.in_(task.candidate_groups))), named))
        .where(true() if voices is None else User.id.not_in(voices))
        .group_by(User.id)
        .order_by(User.first_name, User.last_name, User.id)
        .limit(MOST)
    )
    return [Candidate(row.id, row.full_name, row.deputy) for row in session.execute(found) if row.id not in others]
