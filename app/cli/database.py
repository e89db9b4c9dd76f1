"""What the commands share: on which database they work, and as whom."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session, sessionmaker

from app.config import Settings
from app.domain.people.access import Actor
from app.local import postgres
from app.store.session import engine, sessions

OPERATOR = Actor(user_id="operator", administrator=True, memberships=frozenset())
"""Who runs commands on this machine."""
Command = Callable[[Settings, argparse.Namespace], int]


def url_of(settings: Settings) -> str:
    """That of the settings, else of the server that runs on this machine. StartFailed where none does."""
    return settings.database_url or postgres.running(settings.home)


@contextmanager
def connected(database_url: str) -> Iterator[sessionmaker[Session]]:
    """A connection for the length of the block."""
    database = engine(database_url, pool_size=1)
    try:
        yield sessions(database)
    finally:
        database.dispose()


@contextmanager
def transaction(database_url: str) -> Iterator[Session]:
    """A transaction, committed when the block ends well."""
    with connected(database_url) as maker, maker.begin() as session:
        yield session
