"""What holds for every route, job and module, also for those that are written tomorrow."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from app import queue
from app.http.transaction import PUBLIC

UNDESCRIBED = {"docs.asset", "api-docs.openapi_json", "api-docs.openapi_swagger_ui"}
PAGES = "web."
"""How the endpoints of pages begin, which are no part of the described interface."""


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, rule)."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, rule.rule


def address(rule: str) -> str:
    """A path that the rule matches."""
    rule = re.sub(r"<uuid:[^>]+>", "00000000-0000-0000-0000-000000000001", re.sub(r"<any\((\w+)[^>]*>", r"\1", rule))
    return re.sub(r"<[^>]+>", "1", rule)


def test_every_route_but_the_public_ones_wants_to_know_who_asks(app: Flask, client: FlaskClient) -> None:
    private = [(method, rule) for endpoint, method, rule in routes(app) if endpoint not in PUBLIC]
    assert len(private) > 50
    let_in = [(method, rule) for method, rule in private if not turned_away(client.open(address(rule), method=method))]
    assert let_in == []


def turned_away(answer: TestResponse) -> bool:
    """A program is told so, a person is led to the door."""
    return answer.status_code == 401 or (answer.status_code == 302 and answer.location.startswith("/sign-in"))


def test_every_public_route_is_one_that_is_there(app: Flask) -> None:
    assert PUBLIC - {endpoint for endpoint, _, _ in routes(app)} == set()


def test_every_route_is_described(app: Flask, client: FlaskClient) -> None:
    paths = client.get("/docs/openapi.json").json["paths"]
    described = {(re.sub(r"{[^}]+}", "<>", path), method.upper()) for path, item in paths.items() for method in item}
    given = {(re.sub(r"<[^>]+>", "<>", rule), method) for name, method, rule in routes(app) if described_here(name)}
    assert given - described == set()


def described_here(endpoint: str) -> bool:
    return endpoint not in UNDESCRIBED and not endpoint.startswith(PAGES)


def test_every_described_operation_says_what_it_does(client: FlaskClient) -> None:
    paths = client.get("/docs/openapi.json").json["paths"]
    operations = {
        f"{method} {path}": item[method] for path, item in paths.items() for method in item if method != "parameters"
    }
    assert [name for name, operation in operations.items() if not operation.get("summary")] == []


def test_the_description_is_shown_without_anything_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/docs/")
    assert page.status_code == 200
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) == 3
    assert all(link.startswith("/docs/assets/") for link in links)
    assert [client.get(link).status_code for link in links] == [200, 200, 200]
    assert client.get("/docs/assets/../../secret.key").status_code == 404


def test_the_bare_address_leads_to_the_door_and_from_there_to_the_tasks(client: FlaskClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=%2F")


def test_every_queued_name_has_a_task() -> None:
    queue.app.perform_import_paths()
    names = {value for name, value in vars(queue).items() if name.isupper() and isinstance(value, str)}
    assert names
    assert names - {queue.MOVES, queue.OUTSIDE} <= queue.app.tasks.keys()


@pytest.mark.parametrize(
    "module", ["app.domain", "app.actions.tasks.tasks", "app.store.tables", "app.engine", "app.forms"]
)
def test_nothing_below_the_entry_points_imports_flask(module: str) -> None:
    code = (
        "import importlib, pkgutil, sys; package = importlib.import_module(sys.argv[1])\n"
        "for found in pkgutil.iter_modules(getattr(package, '__path__', [])):\n"
        "    importlib.import_module(f'{sys.argv[1]}.{found.name}')\n"
        "sys.exit('flask' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, module], check=False).returncode == 0


def test_health_tells_whether_a_worker_lives(client: FlaskClient, database_engine: Engine) -> None:
    without = client.get("/health")
    assert (without.status_code, without.json["worker"], without.json["database"]) == (503, False, True)
    with database_engine.begin() as connection:
        connection.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
    ready = client.get("/health")
    assert (ready.status_code, ready.json["status"], ready.json["worker"]) == (200, "ready", True)
    with database_engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"))
    assert client.get("/health").status_code == 503
    with database_engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_workers"))
