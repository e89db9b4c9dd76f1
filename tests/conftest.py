"""A real PostgreSQL for the tests: an embedded one, or that of TEST_DATABASE_URL (a role that may create databases).

The migrations run once, into a template; a database is a copy of it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.actions.models.acts import deploy_acts
from app.actions.models.seed import seed
from app.domain.people.access import Actor
from app.local import migrations, postgres
from app.store import session as store
from tests.e2e.office import Office, serving
from tests.kept import keep, when_nothing_moves

ACTS = Path(__file__).parents[1] / "bpmn"
OPERATOR = Actor("operator", administrator=True, memberships=frozenset())
settings.register_profile("reglament", deadline=None)  # how long an example takes says nothing on a shared machine
settings.load_profile("reglament")
LONGEST = ("e2e/test_every", "chaos", "e2e", "jobs", "workers", "test_local", "api/test_regulations", "conformity")
"""What takes long begins first, so that several processes end at about the same time."""
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The modules of LONGEST come before all others; within each the order stays."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(here).as_posix()
        return next((number for number, one in enumerate(LONGEST) if path.startswith(one)), len(LONGEST))

    items.sort(key=rank)


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder for a server of the test's own; not pytest's, which other runs close to the server's account."""
    with TemporaryDirectory(prefix="reglament-") as folder:
        yield Path(folder) / "home"


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A database from which others can be created and dropped.

    Its folder is not pytest's own, which other runs close to the account that the server runs as.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with TemporaryDirectory(prefix="reglament-") as home, postgres.serving(Path(home), **FAST) as server:
        yield server.url("postgres")


@contextmanager
def new_database(server_url: str, template: str = "template0") -> Iterator[str]:
    """The URL of a database, or a copy of one, that is dropped after the block with whoever is still connected to it."""
    name = f"test_{uuid4().hex}"
    postgres.create_database(server_url, name, template)
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def empty_database(server_url: str) -> Iterator[str]:
    """The URL of a database without migrations, of this test alone."""
    with new_database(server_url) as url:
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """The name of the migrated database that others are copied from; nobody may be connected to it."""
    with new_database(server_url) as url:
        migrations.upgrade(url)
        yield make_url(url).database or ""


@pytest.fixture(scope="session")
def database_url(server_url: str, template: str) -> Iterator[str]:
    """The URL of the migrated database that tests share, each in a transaction that is rolled back."""
    with new_database(server_url, template) as url:
        yield url


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Engine]:
    engine = store.engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    """A session whose commits are savepoints: after the test all of it is rolled back."""
    with database.connect() as connection, connection.begin() as outer:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture
def fresh_database(server_url: str, template: str) -> Iterator[str]:
    """The URL of a migrated database of this test alone, for tests with several connections or processes."""
    with new_database(server_url, template) as url:
        yield url


@pytest.fixture(scope="session")
def office_template(server_url: str, template: str) -> Iterator[str]:
    """The name of a database with the demo people and all models, to be copied; see `kept`."""
    with new_database(server_url, template) as url:
        database, now = store.engine(url), datetime.now(UTC)
        with Session(database) as session, session.begin():
            seed(session, ACTS, now, demo=True)
            deploy_acts(session, OPERATOR, ACTS, now)
            keep(session)
        database.dispose()
        yield make_url(url).database or ""


@pytest.fixture(scope="session")
def office_service(server_url: str, office_template: str) -> Iterator[tuple[str, Office]]:
    """The URL of a database with the demo people and all models, and the service that runs on it."""
    with (
        new_database(server_url, office_template) as url,
        TemporaryDirectory(prefix="reglament-") as home,
        serving(url, Path(home)) as office,
    ):
        yield url, office


@pytest.fixture(scope="module")
def office_database(office_service: tuple[str, Office]) -> Iterator[str]:
    """The URL of that database; what a module leaves in it is cleaned away."""
    url, _ = office_service
    yield url
    when_nothing_moves(url)


@pytest.fixture(scope="module")
def office(office_service: tuple[str, Office], office_database: str) -> Office:
    """The service on that database, with nobody signed in yet."""
    return Office(office_service[1].address)
