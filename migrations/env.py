"""How Alembic reaches the database: with the URL in `attributes["database_url"]`, in one transaction."""

from typing import Any

from alembic import context
from sqlalchemy import text

from app.store import session
from app.store.tables.base import Base, Names

ONE_AT_A_TIME = 0x5245474C
"""The number of the advisory lock that migrations hold."""


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """The tables of the job queue are not ours to compare."""
    return kind != "table" or name is None or not name.startswith("procrastinate_")


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration names the types of PostgreSQL alone, whatever becomes of ours."""
    return "postgresql.ARRAY(sa.Text())" if kind == "type" and isinstance(item, Names) else False


def migrate() -> None:
    engine = session.engine(context.config.attributes["database_url"], pool_size=1)
    try:
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                include_name=include_name,
                render_item=render_item,
                compare_server_default=True,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


migrate()
