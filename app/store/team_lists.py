"""What an organisation has to do, counted by person, role and step in one statement; and what it has done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, any_, cast, func, select, true, tuple_

from app.store.queries import late
from app.store.tables import Membership, Task

DELAYED = func.least(Task.ended_at, Task.stands_since) > Task.due_at
"""Work that is done while the clock stands still is in time if its term was not over when it stopped."""
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
"""The two spans in which what was completed is counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which open tasks of an organisation: assignee: a person's; service, step: a step's; role: a group may take them;
    unassigned: nobody has them; misplaced: who has them holds no role in it that may work them; late: overdue by now;
    today: due until the end of the day, not overdue."""

    tenant: str
    assignee: str = ""
    service: str = ""
    step: str = ""
    role: str = ""
    unassigned: bool = False
    misplaced: bool = False
    late: bool = False
    today: bool = False


def _open(tenant: str) -> ColumnElement[bool]:
    return and_(Task.tenant_id == tenant, Task.ended_at.is_(None))


def _today(now: datetime, tomorrow: datetime) -> ColumnElement[bool]:
    return and_(Task.due_at >= now, Task.due_at < tomorrow)


def _misplaced() -> ColumnElement[bool]:
    """Somebody has the task who holds none of its roles in the organisation, as after he has left it."""
    holds = select(Membership.user_id).where(
        Membership.user_id == Task.assignee,
        Membership.tenant_id == Task.tenant_id,
        Membership.group_id == any_(Task.candidate_groups),
    )
    return and_(Task.assignee.is_not(None), Task.candidate_groups.is_not(None), ~holds.exists())


def loads(tenant: str, now: datetime, tomorrow: datetime) -> Select[Any]:
    """Rows for the whole, each assignee with each set of groups, and each step; `level` says which of them a row is for.

    Each task is read and counted once, all of it from `ix_task_load`. tomorrow: when the day of the organisation ends.
    definition_id: the newest in which the step is open.
    """
    key = (Task.assignee, Task.service, Task.element, Task.candidate_groups)
    counted = (
        select(
            *key,
            func.max(Task.definition_id).label("definition_id"),
            func.count().label("open"),
            func.count().filter(_today(now, tomorrow)).label("today"),
            func.count().filter(late(now)).label("late"),
        )
        .where(_open(tenant))
        .group_by(*key)
        .cte("counted")
        .prefix_with("MATERIALIZED")
    )
    of = counted.c
    free = of.assignee.is_(None)
    return select(
        func.grouping(of.assignee, of.element).label("level"),
        of.assignee,
        of.service,
        of.element,
        of.candidate_groups,
        func.max(of.definition_id).label("definition_id"),
        *(
            cast(func.coalesce(number, 0), BigInteger).label(name)
            for name, number in {
                "open": func.sum(of.open),
                "today": func.sum(of.today),
                "late": func.sum(of.late),
                "unassigned": func.sum(of.open).filter(free),
                "unassigned_late": func.sum(of.late).filter(free),
            }.items()
        ),
    ).group_by(func.grouping_sets(tuple_(), tuple_(of.assignee, of.candidate_groups), tuple_(of.service, of.element)))


WHOLE_LEVEL, PERSON_LEVEL, STEP_LEVEL = 3, 1, 2


def completed(tenant: str, people: Collection[str], now: datetime) -> Select[Any]:
    """What each of these people completed lately: in both spans, how many late, and by how long on average."""
    return (
        select(
            Task.assignee,
            func.count().filter(Task.ended_at > now - WEEK).label("week"),
            func.count().label("month"),
            func.count().filter(DELAYED).label("delayed"),
            func.avg(Task.ended_at - Task.due_at).filter(DELAYED).label("delay"),
        )
        .where(
            Task.assignee.in_(people),
            Task.ended_at > now - MONTH,
            Task.ended_at.is_not(None),
            Task.tenant_id == tenant,
            Task.end_reason == "completed",
        )
        .group_by(Task.assignee)
    )


def tasks(asked: Asked, now: datetime, tomorrow: datetime, first: int, limit: int) -> Select[Any]:
    """A page of the open tasks that are asked for, the most urgent first."""
    conditions = [
        _open(asked.tenant),
        Task.assignee == asked.assignee if asked.assignee else true(),
        Task.service == asked.service if asked.service else true(),
        Task.element == asked.step if asked.step else true(),
        Task.candidate_groups.contains([asked.role]) if asked.role else true(),
        Task.assignee.is_(None) if asked.unassigned else true(),
        _misplaced() if asked.misplaced else true(),
        late(now) if asked.late else true(),
        _today(now, tomorrow) if asked.today else true(),
    ]
    return select(Task).where(*conditions).order_by(Task.due_at, Task.id).offset(first).limit(limit)
