"""The command that counts the figures of the statistics anew from the cases."""

import argparse
import sys
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.figures import rebuilding
from app.cli.database import url_of
from app.config import Settings
from app.store import figures as kept
from app.store.session import engine


def add_commands(commands: Any) -> None:
    figures = commands.add_parser("figures", help="the figures of the statistics")
    actions = figures.add_subparsers(required=True, metavar="ACTION")
    rebuild = actions.add_parser("rebuild", help="count them anew from the cases; work goes on meanwhile")
    rebuild.set_defaults(command=_rebuild)


def _rebuild(settings: Settings, _options: argparse.Namespace) -> int:
    """On one connection, on whose behalf nobody else adds up meanwhile."""
    database = engine(url_of(settings), pool_size=1)
    try:
        with database.connect() as connection:
            with Session(connection) as session, session.begin():
                kept.hold(session)
            reached: UUID | None = None
            while True:
                with Session(connection, expire_on_commit=False) as session, session.begin():
                    reached = rebuilding.rewrite_batch(session, reached)
                if reached is None:
                    break
            with Session(connection.execution_options(isolation_level="REPEATABLE READ")) as session, session.begin():
                cases = rebuilding.add_up(session)
            connection.invalidate()
        print(f"{cases} cases were counted.", file=sys.stderr)
    finally:
        database.dispose()
    return 0
