"""A service prepared for measuring: database, demo people, all regulations, a small loop."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from app.actions.models import deployments
from app.actions.models.acts import deploy_acts
from app.actions.models.seed import seed
from app.actions.people import people
from app.domain.people.access import Actor
from app.local import migrations, postgres
from app.store import session as store

ACTS = Path(__file__).parents[2] / "bpmn"
TENANT = "aktobe-gask"
LOOP = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="bench"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
<process id="bench-loop" isExecutable="true"><startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="again"/>
<exclusiveGateway id="again"/><sequenceFlow id="f2" sourceRef="again" targetRef="check"/>
<userTask id="check" name="Құжаттарды тексеру" camunda:candidateGroups="clerk" camunda:dueDate="${workingDays(2)}"/>
<sequenceFlow id="f3" sourceRef="check" targetRef="enough"/>
<exclusiveGateway id="enough" default="f4"/><sequenceFlow id="f4" sourceRef="enough" targetRef="again"/>
<sequenceFlow id="f5" sourceRef="enough" targetRef="end"><conditionExpression>${enough}</conditionExpression></sequenceFlow>
<endEvent id="end"/></process></definitions>"""
SEVEN = (
    """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="bench"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="bench-seven" isExecutable="true"><startEvent id="step0"/>"""
    + "".join(
        f"""<userTask id="step{n}" name="Құжаттарды тексеру" camunda:candidateGroups="clerk"
  camunda:dueDate="${{workingDays({n})}}"/><sequenceFlow id="f{n}" sourceRef="step{n - 1}" targetRef="step{n}"/>"""
        for n in range(1, 8)
    )
    + """<endEvent id="end"/><sequenceFlow id="f8" sourceRef="step7" targetRef="end"/></process></definitions>"""
)


@dataclass(frozen=True)
class Place:
    folder: Path
    url: str
    database: Engine
    sessions: sessionmaker[Session]
    admin: Actor
    bearer: str


@contextmanager
def prepared(folder: Path) -> Iterator[Place]:
    with postgres.serving(folder / "home") as server:
        postgres.create_database(server.url("postgres"), "bench", "template0")
        url = server.url("bench")
        migrations.upgrade(url)
        database = store.engine(url)
        sessions = store.sessions(database)
        now = datetime.now(UTC)
        with sessions.begin() as session:
            seed(session, ACTS, now, demo=True)
            admin = people.actor_of(session, "admin")
            bearer, _ = people.sign_in(session, admin, "bearer", now)
            deploy_acts(session, admin, ACTS, now)
            deployments.deploy(
                session,
                admin,
                {"loop.bpmn": LOOP.encode(), "seven.bpmn": SEVEN.encode()},
                now,
                name="bench",
                tenant=TENANT,
            )
        yield Place(folder, url, database, sessions, admin, bearer)
        database.dispose()


def copied(place: Place, name: str) -> Place:
    """The place as it is now, in a database of its own beside it."""
    place.database.dispose()
    source = make_url(place.url)
    postgres.create_database(_text(source.set(database="postgres")), name, source.database or "")
    url = _text(source.set(database=name))
    database = store.engine(url)
    return replace(place, url=url, database=database, sessions=store.sessions(database))


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def web(place: Place, application: str) -> Iterator[HTTPConnection]:
    """One gunicorn process with the application, and a connection that is kept open."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": place.url, "REGLAMENT_HOME": str(place.folder), "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60"]
    log = (place.folder / "web.log").open("ab")
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--chdir", str(Path(__file__).parent), application],
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        yield _connected(port, server)
    finally:
        server.terminate()
        server.wait()
        log.close()


def _connected(port: int, server: "subprocess.Popen[bytes]") -> HTTPConnection:
    while server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.05):
                return HTTPConnection("127.0.0.1", port, timeout=30)
        except OSError:
            continue
    raise RuntimeError("the web server did not start")
