"""Tells whoever listens to the database which task lists a transaction has changed, when it is committed.

Every change of a task through the ORM is told, so that no action can forget it. PostgreSQL delivers at the commit, and
nothing of what is rolled back.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Text, bindparam, func, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from app.domain.audience import Audience, joined
from app.store.tables import Notice, Task

CHANNEL = "reglament_changes"
LONGEST = 7_000
"""Bytes of one message; PostgreSQL takes less than 8,000."""
UNSEEN = frozenset({"draft"})
"""What of a task is shown in no list."""
_KEY = "changed task lists"
_TELL = select(func.pg_notify(CHANNEL, bindparam("payload", type_=Text)))


def note_tasks(session: Session, _flush: UOWTransaction, _instances: Any = None) -> None:
    """Remember whom the tasks that are written now concern."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Task) and (row in session.new or not UNSEEN.issuperset(inspect(row).committed_state)):
            session.info.setdefault(_KEY, []).append(_audience(row))
        elif isinstance(row, Notice) and row in session.new:
            note_people(session, [row.user_id])


def note_people(session: Session, people: Iterable[str]) -> None:
    """Remember people whom something else concerns, wherever they are."""
    session.info.setdefault(_KEY, []).append(Audience(None, frozenset(), frozenset(people)))


def tell(session: Session) -> None:
    """Tell all of it, as part of the transaction."""
    session.flush()
    audiences = joined(session.info.pop(_KEY, ()))
    if not audiences:
        return
    payload = orjson.dumps([one.to_dict() for one in audiences])
    for one in [payload] if len(payload) < LONGEST else [orjson.dumps([one.to_dict()]) for one in audiences]:
        session.execute(_TELL, {"payload": one.decode() if len(one) < LONGEST else "all"})


def forget(session: Session) -> None:
    """What is rolled back is not told; what a savepoint takes back may be, for the rest of its transaction stays."""
    if not session.in_nested_transaction():
        session.info.pop(_KEY, None)


def _audience(task: Task) -> Audience:
    """Those who see the task, and those who saw it until now."""
    people = {task.assignee, task.owner, *(task.candidate_users or ())}
    groups = set(task.candidate_groups or ())
    for name, kept in (("assignee", people), ("owner", people)):
        kept.update(inspect(task).attrs[name].history.deleted or ())
    for before in inspect(task).attrs.candidate_groups.history.deleted or ():
        groups.update(before or ())
    return Audience(task.tenant_id, frozenset(groups), frozenset(one for one in people if one))
