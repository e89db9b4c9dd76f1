"""The application on a database of its own, with people, organisations and calendars; cleaned after each test."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.actions.mending.carrying_out import carry_out_next
from app.actions.models.seed import WITHOUT_PEOPLE, seed
from app.actions.people.people import actor_of
from app.actions.running import instances
from app.actions.terms import calendars
from app.config import Settings
from app.domain.models.values import Variable, infer
from app.store import session as store
from app.store.tables import Group, Membership, User
from app.wsgi import create_app
from tests.api.answers import CheckedClient
from tests.api.languages import ASKED
from tests.api.timed_cases import FILES, Cases, history_of
from tests.conftest import new_database
from tests.kept import TABLES, bring_back, keep

ROOT = Path(__file__).parents[2]
PASSWORD = "demo"
TENANTS = ("aktobe-gask", "industrial-safety-committee")
ACT = """
services:
- {key: one, provider: {key: aktobe-gask, kk: Басқарма, ru: Управление, en: Department}}
- {key: two, provider: {key: industrial-safety-committee, kk: Комитет, ru: Комитет, en: Committee}}
"""

Headers = dict[str, str]
Deploy = Callable[..., dict[str, Any]]
Start = Callable[..., str]


@pytest.fixture(scope="session")
def populated(server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database with people in it, to be copied; see `kept`."""
    acts = tmp_path_factory.mktemp("acts")
    (acts / "act").mkdir()
    (acts / "act" / "act.yaml").write_text(ACT)
    (acts / "roles.yaml").write_bytes((ROOT / "bpmn" / "roles.yaml").read_bytes())
    with new_database(server_url, template) as url:
        database = store.engine(url)
        with Session(database) as session, session.begin():
            seed(session, acts, datetime.now(UTC), demo=False)
            _add_people(session)
            keep(session)
        database.dispose()
        yield make_url(url).database or ""


def _add_people(session: Session) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    roles = [group.id for group in session.query(Group).order_by(Group.id) if group.id not in WITHOUT_PEOPLE]
    session.add(User(id="admin", password_hash=cheap, administrator=True))
    pairs = [(role, tenant) for tenant in TENANTS for role in roles]
    session.add_all(User(id=f"{role}.{tenant}", password_hash=cheap, administrator=False) for role, tenant in pairs)
    session.flush()
    session.add_all(Membership(user_id=f"{role}.{tenant}", tenant_id=tenant, group_id=role) for role, tenant in pairs)


@pytest.fixture(scope="module")
def module_app(server_url: str, populated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with new_database(server_url, populated) as url:
        settings = Settings(
            host="127.0.0.1",
            port=8080,
            database_url=url,
            home=tmp_path_factory.mktemp("home"),
            test_clock=True,
            demo=False,
            cors_origins=(),
            web_workers=1,
            web_threads=4,
            secure_cookies=False,
            trusted_proxies=0,
        )
        application = create_app(settings)
        application.test_client_class = CheckedClient
        yield application
        application.extensions["database"].dispose()


@pytest.fixture
def app(module_app: Flask) -> Iterator[Flask]:
    """The application; what a test leaves in the database is cleaned away."""
    yield module_app
    calendars._kept.clear()
    with module_app.extensions["database"].begin() as connection:
        bring_back(connection)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that sends no credentials of its own: `client.get(path, headers=as_user("admin"))`."""
    return app.test_client()


@pytest.fixture
def database_engine(app: Flask) -> Engine:
    """The database of the application, to look into or to prepare."""
    engine: Engine = app.extensions["database"]
    return engine


@pytest.fixture
def as_user() -> Callable[[str], Headers]:
    """Headers of basic authentication: `as_user("clerk.aktobe-gask")`, `as_user("admin")`."""

    def headers(name: str) -> Headers:
        return {"Authorization": "Basic " + base64.b64encode(f"{name}:{PASSWORD}".encode()).decode()}

    return headers


@pytest.fixture
def deploy(client: FlaskClient, as_user: Callable[[str], Headers]) -> Deploy:
    """Deploy files (name to text, bytes or JSON-able form) for an organisation; gives the JSON of the deployment."""

    def run(files: Mapping[str, Any], tenant: str | None = TENANTS[0], name: str = "test") -> dict[str, Any]:
        data: dict[str, Any] = {"deployment-name": name, "deployment-source": "tests"}
        if tenant is not None:
            data["tenant-id"] = tenant
        data |= {file: (BytesIO(_bytes(content)), file) for file, content in files.items()}
        answer = client.post("/engine-rest/deployment/create", data=data, headers=as_user("admin"))
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json
        return made

    return run


def _bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


@pytest.fixture
def start(database_engine: Engine) -> Start:
    """Start the newest version of a process in an organisation; gives the id of the instance. Values are plain."""

    def run(
        key: str,
        tenant: str | None = TENANTS[0],
        *,
        business_key: str | None = None,
        user: str = "admin",
        **variables: Any,
    ) -> str:
        with Session(database_engine, expire_on_commit=False) as session, session.begin():
            actor = actor_of(session, user)
            definition = instances.definition_by_key(session, actor, key, tenant)
            typed = {name: Variable(value, infer(value)) for name, value in variables.items()}
            now = datetime.now(UTC)
            return str(instances.start(session, actor, definition, typed, now, business_key=business_key).id)

    return run


@pytest.fixture
def statements(database_engine: Engine) -> Iterator[list[str]]:
    """The SQL that the application sends, but for the question what the test clock says. Clear it to count anew."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "test_clock" not in statement:
            sent.append(statement)

    event.listen(database_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database_engine, "before_cursor_execute", note)


@pytest.fixture
def together(app: Flask) -> Callable[..., list[int]]:
    """Send requests at the same moment, each on a connection of its own: (path, JSON body, headers) each, POST.

    Gives their statuses in order.
    """

    def run(*requests: tuple[str, Any, Headers]) -> list[int]:
        barrier = Barrier(len(requests))

        def send(request: tuple[str, Any, Headers]) -> int:
            path, body, headers = request
            own = app.test_client()
            barrier.wait(timeout=10)
            return own.post(path, json=body, headers=headers).status_code

        with ThreadPoolExecutor(len(requests)) as pool:
            return list(pool.map(send, requests))

    return run


@pytest.fixture
def carry_out(database_engine: Engine) -> Callable[[str], None]:
    """Carry out a batch, as workers do."""

    def run(batch_id: str) -> None:
        more = True
        while more:
            with Session(database_engine) as session, session.begin():
                more = carry_out_next(session, UUID(batch_id), datetime.now(UTC))

    return run


@pytest.fixture
def send(client: FlaskClient, as_user: Callable[[str], Headers]) -> Callable[..., TestResponse]:
    """A request of a person who reads a language; a dict is sent as JSON, files (name to content) as a deployment."""

    def run(user: str, language: str, path: str, body: Any = None, files: Any = None) -> TestResponse:
        headers = as_user(user) | {"Accept-Language": ASKED[language]}
        if files is None:
            return client.post(path, headers=headers, json=body)
        data = {name: (BytesIO(_bytes(one)), name) for name, one in files}
        return client.post("/engine-rest/deployment/create", headers=headers, data={"deployment-name": "t", **data})

    return run


@pytest.fixture
def nothing_kept(database_engine: Engine) -> Callable[[], Any]:
    """A block that must leave all tables as they were."""

    def rows() -> dict[str, Any]:
        with database_engine.connect() as connection:
            return {
                name: sorted(map(repr, connection.execute(text(f"SELECT * FROM {name}"))))  # noqa: S608
                for name in (*TABLES, "procrastinate_jobs")
            }

    @contextmanager
    def block() -> Iterator[None]:
        before = rows()
        yield
        assert rows() == before

    return block


@pytest.fixture
def cases(client: FlaskClient, as_user: Callable[[str], Headers], deploy: Deploy) -> Cases:
    """The models of `timed_cases` are deployed."""
    deploy(FILES)
    return Cases(client, as_user)


@pytest.fixture
def history(database_engine: Engine) -> Callable[[str, str], list[Any]]:
    """What is written of an operation of a case."""
    return partial(history_of, database_engine)
