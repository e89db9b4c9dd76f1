from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.local import migrations
from app.local.processes import StartFailed
from app.store import session as store

OBJECTS = text("""
    SELECT 'table ' || relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'S', 'v') AND nspname = 'public'
    UNION ALL SELECT 'function ' || proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE nspname = 'public'
    UNION ALL SELECT 'type ' || typname FROM pg_type JOIN pg_namespace ON pg_namespace.oid = typnamespace
        WHERE nspname = 'public' AND typtype IN ('e', 'd')
    UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
    ORDER BY 1
""")


def objects(connection: Connection) -> list[str]:
    return list(connection.scalars(OBJECTS))


def test_migrations_make_exactly_the_tables_of_the_models(empty_database: str) -> None:
    migrations.upgrade(empty_database)
    command.check(migrations.configuration(empty_database))


def test_migrations_go_up_down_and_up_again(empty_database: str) -> None:
    engine = store.engine(empty_database)
    migrations.upgrade(empty_database)
    with engine.connect() as connection:
        whole = objects(connection)
    migrations.downgrade(empty_database)
    with engine.connect() as connection:
        left = objects(connection)
    migrations.upgrade(empty_database)
    with engine.connect() as connection:
        again = objects(connection)
    engine.dispose()
    assert {"table task", "table procrastinate_jobs", "extension pg_trgm", "extension btree_gin"} <= set(whole)
    assert left == ["table alembic_version"]
    assert again == whole


def test_a_migrated_database_is_left_alone_by_the_next_start(database_url: str, database: Engine) -> None:
    with database.connect() as connection:
        before = objects(connection)
    migrations.upgrade(database_url)
    with database.connect() as connection:
        assert objects(connection) == before


def test_upper_case_kazakh_is_found_by_lower_case(session: Session) -> None:
    assert session.scalar(text("SELECT 'ҚАЛА ӘКІМДІГІ' ILIKE '%қала әкім%'")) is True


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ("ENCODING 'UTF8'", "does not fold Kazakh letters"),
        ("ENCODING 'LATIN1'", "is encoded in LATIN1"),
        ("ENCODING 'SQL_ASCII'", "is encoded in SQL_ASCII"),
    ],
)
def test_a_database_that_cannot_hold_or_fold_kazakh_is_refused_with_the_way_to_make_one(
    server_url: str, options: str, why: str
) -> None:
    name = f"unfit_{uuid4().hex}"
    engine = store.engine(server_url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C' {options}"))
        try:
            with pytest.raises(StartFailed, match=why) as refused:
                migrations.upgrade(make_url(server_url).set(database=name).render_as_string(hide_password=False))
            _, _, statement = str(refused.value).partition("create another one with: ")
            connection.execute(text(f"DROP DATABASE {name}"))
            connection.execute(text(statement.replace("reglament", name, 1)))
            migrations.upgrade(make_url(server_url).set(database=name).render_as_string(hide_password=False))
        finally:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()
