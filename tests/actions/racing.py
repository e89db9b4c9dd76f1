"""Two things done at once, on two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

Command = Callable[[Session], Any]
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def done(database: Engine, command: Command) -> Any:
    """What it gives, committed."""
    with Session(database, expire_on_commit=False) as session, session.begin():
        return command(session)


def one_after_the_other(database: Engine, first: Command, second: Command) -> Any:
    """What the second gives or raises, begun before the first is committed and ended after it."""
    with Session(database) as session, ThreadPoolExecutor(1) as pool:
        first(session)
        waiting = pool.submit(done, database, second)
        wait_for_a_lock(database)
        session.commit()
        return waiting.result(timeout=10)


def wait_for_a_lock(database: Engine) -> None:
    """Until another connection waits for a row."""
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(10_000):
            if connection.exec_driver_sql(WAITING).scalar():
                return
    raise AssertionError("nobody waits")
