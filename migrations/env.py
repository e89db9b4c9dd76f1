"""How Alembic reaches the database: with the URL in `attributes["database_url"]`, in one transaction."""

from typing import Any

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import ops
from sqlalchemy import text

from app.store import session
from app.store.tables import figures
from app.store.tables.base import Base, Names

ONE_AT_A_TIME = 0x5245474C
"""The number of the advisory lock that migrations hold."""


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """The tables of the job queue are not ours to compare."""
    return kind != "table" or name is None or not name.startswith("procrastinate_")


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration names the types of PostgreSQL alone, whatever becomes of ours."""
    return "postgresql.ARRAY(sa.Text())" if kind == "type" and isinstance(item, Names) else False


class Script(ops.MigrateOperation):
    """A statement that stands in a migration as it is written."""

    def __init__(self, statement: str) -> None:
        self.statement = statement


@renderers.dispatch_for(Script)
def render_script(_context: Any, script: Script) -> str:
    return f'op.execute("""{script.statement}""")'


def with_triggers(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Where the tables of the figures are made, their triggers are, too."""
    script = directives[0]
    made = {one.table_name for one in script.upgrade_ops.ops if isinstance(one, ops.CreateTableOp)}
    if figures.Figure.__tablename__ in made:
        script.upgrade_ops.ops.extend(map(Script, figures.TRIGGERS))
        script.downgrade_ops.ops[:0] = map(Script, figures.DROPPED)


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
                process_revision_directives=with_triggers,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


migrate()
