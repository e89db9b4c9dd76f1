"""The database brought to the state that this code expects."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from app.local.processes import StartFailed

SCRIPTS = Path(__file__).parents[2] / "migrations"


def configuration(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Apply what is missing, in one transaction; two at the same time wait for each other. StartFailed."""
    _require_kazakh(database_url)
    command.upgrade(configuration(database_url), revision)


def downgrade(database_url: str, revision: str = "base") -> None:
    command.downgrade(configuration(database_url), revision)


def _require_kazakh(database_url: str) -> None:
    """In a database with locale C the search would not find `Қала` by `қала`."""
    try:
        with psycopg.connect(database_url, connect_timeout=10) as connection:
            row = connection.execute("SELECT lower('ҚӘІҢҒҮҰӨҺ') = 'қәіңғүұөһ'").fetchone()
    except psycopg.OperationalError as error:
        raise StartFailed(f"the database does not answer: {error}") from error
    if row != (True,):
        raise StartFailed(
            "the database does not fold Kazakh letters; create it with: "
            "CREATE DATABASE ... TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        )
