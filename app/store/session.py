"""How a transaction is opened."""

import os
import socket
from typing import Any

import orjson
from sqlalchemy import Engine, Select, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from app.store import changes, notices, rights, work

_BY_VALUES = "planned_by_values"


def program(kind: str) -> str:
    """What a process of a kind calls itself to the database, so that administrators see whose a connection is."""
    return f"reglament {kind} {socket.gethostname()[:30]} {os.getpid()}"


def engine(database_url: str, pool_size: int = 8, kind: str = "command") -> Engine:
    """An engine for a libpq URL. Sessions see UTC; a statement that runs for a minute, or waits for a lock for longer than
    two that move one instance need, is cut off. kind: as of `program`."""
    address = database_url.replace("postgres://", "postgresql://", 1).replace(
        "postgresql://", "postgresql+psycopg://", 1
    )
    database = create_engine(
        address,
        pool_size=pool_size,
        max_overflow=8,
        pool_pre_ping=False,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        hide_parameters=True,
        connect_args={
            "application_name": program(kind),
            "options": "-c timezone=UTC -c statement_timeout=60s -c lock_timeout=5s "
            "-c idle_in_transaction_session_timeout=120s "
            "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3",
        },
    )
    event.listen(database, "do_execute", _execute)
    return database


def planned_by_values(query: Select[Any]) -> Select[Any]:
    """A query that PostgreSQL plans anew each time: the best plan for a rare word is the worst for a common one."""
    return query.execution_options(**{_BY_VALUES: True})


def _execute(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    """What is not prepared is planned for the values that it is given."""
    if not context.execution_options.get(_BY_VALUES):
        return False
    cursor.execute(statement, parameters, prepare=False)
    return True


def sessions(database: Engine) -> sessionmaker[Session]:
    """Sessions whose objects stay readable after the commit, without a second transaction.

    They tell of what they change: see `store.changes`, `store.notices`, `store.work`.
    """
    maker = sessionmaker(database, expire_on_commit=False)
    event.listen(maker, "before_flush", notices.write_notices)
    event.listen(maker, "after_flush", changes.note_tasks)
    event.listen(maker, "do_orm_execute", changes.note_statement)
    event.listen(maker, "after_flush", rights.note_rights)
    event.listen(maker, "before_commit", changes.tell)
    event.listen(maker, "after_flush", work.note_tasks)
    event.listen(maker, "do_orm_execute", work.note_statement)
    event.listen(maker, "before_commit", rights.tell)
    event.listen(maker, "before_commit", work.tell)
    event.listen(maker, "after_rollback", changes.forget)
    event.listen(maker, "after_rollback", rights.forget)
    event.listen(maker, "after_rollback", work.forget)
    return maker
