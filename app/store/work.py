"""Tells whoever listens to the database from when external tasks are free to be fetched, when a transaction is committed.

A task is free once it is there and, where a worker has it, once his lock ends.
"""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Result
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from app.store.changes import LONGEST, TELL
from app.store.tables import ExternalTask

_KEY = "free external tasks"
_FACTS = (ExternalTask.topic, ExternalTask.locked_until, ExternalTask.retries, ExternalTask.suspended)


def note_tasks(session: Session, _flush: UOWTransaction, _instances: Any = None) -> None:
    """Remember the topics of the tasks that are written now."""
    for row in (*session.new, *session.dirty):
        if isinstance(row, ExternalTask):
            _note(session, row.topic, row.locked_until, row.retries, row.suspended)


def note_statement(executed: ORMExecuteState) -> Result[Any] | None:
    """Remember the topics of tasks that an UPDATE writes without loading them."""
    mapper = executed.bind_mapper
    if not executed.is_update or mapper is None or mapper.class_ is not ExternalTask:
        return None
    written = executed.invoke_statement(executed.statement.returning(*_FACTS))  # type: ignore[attr-defined]
    for row in written:
        _note(executed.session, row.topic, row.locked_until, row.retries, row.suspended)
    return written


def _note(
    session: Session, topic: str, locked_until: datetime | None, retries: int | None, suspended: bool | None
) -> None:
    if suspended or retries == 0:
        return
    free = session.info.setdefault(_KEY, {})
    moment = 0.0 if locked_until is None else locked_until.timestamp()
    free[topic] = min(moment, free.get(topic, moment))


def tell(session: Session) -> None:
    """Tell the topics with the first moment at which a task is free (seconds of the epoch, 0: at once), as part of the
    transaction; of too many to name, that it may be any."""
    if free := session.info.pop(_KEY, None):
        payload = orjson.dumps({"work": free})
        payload = payload if len(payload) < LONGEST else orjson.dumps({"work": None})
        session.execute(TELL, {"payload": payload.decode()})


def forget(session: Session) -> None:
    """What is rolled back is not told."""
    if not session.in_nested_transaction():
        session.info.pop(_KEY, None)
