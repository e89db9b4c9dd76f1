"""What a database holds before the tests, kept in it a second time: what a test leaves is cleaned away in one statement."""

import threading
import time

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.store import session as store
from app.store.tables import Base

TABLES = [table.name for table in Base.metadata.sorted_tables]
PATIENCE = 60
"""Seconds for which the jobs of a service may go on."""
PAUSE = threading.Event()
"""Never set: what is waited on until they are looked at again."""
MOVING = """
SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR status = 'todo' AND coalesce(scheduled_at, now()) <= now()
"""
NOTED = "figure_change"
"""What the database itself adds to as the rows of others go and come."""
CHANGED = "md5((SELECT string_agg(one::text, ' ' ORDER BY one::text) FROM {0} one)) IS DISTINCT FROM '{1}'"


def keep(session: Session) -> None:
    """Keep all rows in the schema `kept`, with a function that brings the tables back to them."""
    session.flush()
    session.execute(text("CREATE SCHEMA kept"))
    filled = [name for name in TABLES if session.scalar(text(f"SELECT EXISTS (SELECT FROM {name})"))]
    for name in filled:
        session.execute(text(f"CREATE TABLE kept.{name} AS TABLE {name}"))
    deleted, inserted = "DELETE FROM {};", "INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM kept.{0};"
    begun = [deleted.format(name) for name in ("procrastinate_jobs", *reversed(TABLES)) if name not in filled]
    again = [deleted.format(name) for name in reversed(filled)] + [inserted.format(name) for name in filled]
    noted = [deleted.format(NOTED), *([inserted.format(NOTED)] if NOTED in filled else [])]
    changed = [CHANGED.format(name, _digest(session, name)) for name in filled]
    session.execute(
        text(
            "CREATE FUNCTION kept.bring_back() RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
            f"{' '.join(begun)} IF {' OR '.join(changed)} THEN {' '.join(again)} END IF; {' '.join(noted)} END $$".replace(
                ":", r"\:"
            )
        )
    )


def _digest(session: Session, table: str) -> str:
    found = session.scalar(text(f"SELECT md5(string_agg(one::text, ' ' ORDER BY one::text)) FROM {table} one"))
    assert found is not None
    return str(found)


def bring_back(connection: Connection) -> None:
    """All tables are as they were when they were kept, and no job is left."""
    connection.execute(text("SELECT kept.bring_back()"))


def when_nothing_moves(url: str) -> None:
    """Bring back the database of a service that runs, once the jobs have come to their end that are due or under way."""
    database, end = store.engine(url), time.monotonic() + PATIENCE
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(text(MOVING)):
            assert time.monotonic() < end, "the jobs of the service come to no end"
            PAUSE.wait(0.05)
    with database.begin() as connection:
        bring_back(connection)
    database.dispose()
