"""How a job reaches the database, and what time it is for it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from app import config
from app.actions.notifying.events import tell_outside
from app.actions.running import chains
from app.actions.terms import clock
from app.store.session import engine, sessions

INTERRUPTED = (OperationalError, InterfaceError)
"""What goes wrong with the database itself, or because others stand in the way: it is tried again, and is no failure of what was
to be done. What PostgreSQL cannot hold, as a NUL character, is one."""


@cache
def transactions() -> sessionmaker[Session]:
    settings = config.read()
    maker = sessions(engine(settings.database_url, pool_size=4, kind="worker"))
    maker.configure(info={chains.LIMIT: settings.chain_limit})
    return tell_outside(maker, mail=settings.mail is not None)


@contextmanager
def on_one_connection() -> Iterator[Callable[[], AbstractContextManager[Session]]]:
    """Transactions one after the other on one connection, which keeps its advisory locks between them."""
    maker = transactions()

    @contextmanager
    def transaction() -> Iterator[Session]:
        with maker(bind=connection) as session, session.begin():
            yield session

    with maker.kw["bind"].connect() as connection:
        try:
            yield transaction
            connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
            connection.commit()
        except BaseException:
            connection.invalidate()  # its locks end with it
            raise


def moment(session: Session) -> datetime:
    return clock.moment(session, test_clock=config.read().test_clock)
