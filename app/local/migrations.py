"""The database brought to the state that this code expects."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from app.local.processes import StartFailed

SCRIPTS = Path(__file__).parents[2] / "migrations"
OLDEST = 15
FIRST_BUILTIN = 17
"""The version of PostgreSQL that knows Unicode without a library."""
FOLDS = "SELECT lower('ҚӘІҢҒҮҰӨҺ') = 'қәіңғүұөһ'"


def configuration(database_url: str) -> Config:
    """Alembic's, for this database."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Apply what is missing, in one transaction; two at the same time wait for each other. StartFailed."""
    _require_kazakh(database_url)
    command.upgrade(configuration(database_url), revision)


def downgrade(database_url: str, revision: str = "base") -> None:
    """Take migrations back, with the data that they made room for."""
    command.downgrade(configuration(database_url), revision)


def _require_kazakh(database_url: str) -> None:
    """In a database with locale C the search would not find `Қала` by `қала`; one not in UTF-8 cannot hold it at all."""
    try:
        with psycopg.connect(database_url, connect_timeout=10) as connection:
            encoding = connection.info.parameter_status("server_encoding")
            folds = encoding == "UTF8" and connection.execute(FOLDS).fetchone() == (True,)
            version = connection.info.server_version // 10_000
    except psycopg.ProgrammingError as error:
        raise StartFailed(f"DATABASE_URL cannot be used: {_one_line(error)}") from error
    except psycopg.OperationalError as error:
        raise StartFailed(f"the database does not answer: {_one_line(error)}") from error
    if version < OLDEST:
        raise StartFailed(f"the server is PostgreSQL {version}; {OLDEST} or newer is needed")
    if not folds:
        why = "does not fold Kazakh letters" if encoding == "UTF8" else f"is encoded in {encoding}, not in UTF-8"
        raise StartFailed(f"the database {why}; create another one with: {_creation(version)}")


def _creation(version: int) -> str:
    """The statement that makes a database fit for us on a server of this major version."""
    provider = "builtin BUILTIN_LOCALE 'C.UTF-8'" if version >= FIRST_BUILTIN else "icu ICU_LOCALE 'und'"
    return f"CREATE DATABASE reglament TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER {provider} LOCALE 'C.UTF-8'"


def _one_line(error: psycopg.Error) -> str:
    return " ".join(str(error).split())
