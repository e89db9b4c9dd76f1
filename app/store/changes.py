"""Tells whoever listens to the database which task lists a transaction has changed, when it is committed.

Every change of a task is told, so that no action can forget it. PostgreSQL delivers at
the commit, and nothing of what is rolled back.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import Result, Text, bindparam, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.domain.people.audience import Audience, joined
from app.store.tables import Notice, Task

CHANNEL = "reglament_changes"
LONGEST = 7_000
"""Bytes of one message; PostgreSQL takes less than 8,000."""
UNSEEN = frozenset({"draft"})
"""What of a task is shown in no list."""
_SEEN_BY = (Task.tenant_id, Task.assignee, Task.owner, Task.candidate_users, Task.candidate_groups)
_KEY = "changed task lists"
TELL = select(func.pg_notify(CHANNEL, bindparam("payload", type_=Text)))


def note_tasks(session: Session, _flush: UOWTransaction, _instances: Any = None) -> None:
    """Remember whom the tasks that are written now concern."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Task) and (row in session.new or not UNSEEN.issuperset(inspect(row).committed_state)):
            session.info.setdefault(_KEY, []).append(_audience(row))
        elif isinstance(row, Notice) and row in session.new:
            note_people(session, [row.user_id], row.tenant_id)


def note_statement(executed: ORMExecuteState) -> Result[Any] | None:
    """Remember whom the tasks concern that an UPDATE writes without loading them."""
    mapper = executed.bind_mapper
    if not executed.is_update or mapper is None or mapper.class_ is not Task:
        return None
    written = executed.invoke_statement(executed.statement.returning(*_SEEN_BY))  # type: ignore[attr-defined]
    for row in written:
        people = {row.assignee, row.owner, *(row.candidate_users or ())} - {None}
        audience = Audience(row.tenant_id, frozenset(row.candidate_groups or ()), frozenset(people))
        executed.session.info.setdefault(_KEY, []).append(audience)
    return written


def note_people(session: Session, people: Iterable[str], tenant: str | None) -> None:
    """Remember people whom something else of an organisation concerns."""
    session.info.setdefault(_KEY, []).append(Audience(tenant, frozenset(), frozenset(people)))


def tell(session: Session) -> None:
    """Tell all of it, as part of the transaction."""
    session.flush()
    audiences = joined(session.info.pop(_KEY, ()))
    if not audiences:
        return
    payload = orjson.dumps([one.to_dict() for one in audiences])
    for one in [payload] if len(payload) < LONGEST else [orjson.dumps([one.to_dict()]) for one in audiences]:
        session.execute(TELL, {"payload": one.decode() if len(one) < LONGEST else "all"})


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
    for name, kept in (("candidate_users", people), ("candidate_groups", groups)):
        for before in inspect(task).attrs[name].history.deleted or ():
            kept.update(before or ())
    return Audience(task.tenant_id, frozenset(groups), frozenset(one for one in people if one))
