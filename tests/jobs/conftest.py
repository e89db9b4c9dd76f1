"""A database of a test's own, and workers on it: one that runs until there is nothing to do, and real processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from procrastinate import PsycopgConnector
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app import queue
from app.actions.models import deployments
from app.actions.models.seed import seed
from app.actions.running import calls, instances
from app.domain.models.values import Variable, infer
from app.domain.people.access import Actor
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Incident, Instance, Job

ACTS = Path(__file__).parents[2] / "bpmn"
ADMIN = Actor("admin", True, frozenset())
TENANT = "aktobe-gask"
SECONDS = 60
PAUSE = threading.Event()
"""Never set: what is waited on between two looks, so that the workers that are waited for have the processors."""

Begin = Callable[..., UUID]
Work = Callable[[], None]
Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_DELEGATES", "tests.jobs.called")
    monkeypatch.setenv("CALLED", str(tmp_path))
    calls.load_delegates(["tests.jobs.called"])
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    with Session(engine) as session, session.begin():
        seed(session, ACTS, datetime.now(UTC), demo=False)
    yield engine
    transactions.cache_clear()
    engine.dispose()


@pytest.fixture
def begin(database: Engine) -> Begin:
    """Deploy a model, if one is given, and start its process `p`."""

    def run(model: bytes | None, business_key: str | None = None, **variables: Any) -> UUID:
        now = datetime.now(UTC)
        with Session(database) as session, session.begin():
            if model is not None:
                deployments.deploy(session, ADMIN, {"p.bpmn": model}, now, tenant=TENANT)
            definition = instances.definition_by_key(session, ADMIN, "p", TENANT)
            given = {name: Variable(value, infer(value)) for name, value in variables.items()}
            return instances.start(session, ADMIN, definition, given, now, business_key=business_key).id

    return run


@pytest.fixture
def work(fresh_database: str) -> Work:
    """Run a worker until there is nothing left to do at this moment."""

    def run() -> None:
        with queue.app.replace_connector(PsycopgConnector(conninfo=fresh_database)) as app:
            app.run_worker(wait=False, install_signal_handlers=False, delete_jobs="successful")

    return run


@pytest.fixture
def worker(database: Engine) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start a real worker; whoever is left at the end of the test is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def run() -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "REGLAMENT_LOST_WORKER_SECONDS": "2"}
        started.append(subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], env=environment))
        return started[-1]

    yield run
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


def until(true: Callable[[], bool]) -> None:
    """Look again and again, for a minute at most."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "it has not come to be"
        PAUSE.wait(0.02)


def instance(database: Engine, instance_id: UUID) -> Instance:
    with Session(database) as session:
        return session.get_one(Instance, instance_id)


def ended(database: Engine, instance_id: UUID) -> bool:
    return instance(database, instance_id).ended_at is not None


def job(database: Engine, instance_id: UUID) -> Job:
    """The only job of an instance."""
    with Session(database) as session:
        return session.scalars(select(Job).where(Job.instance_id == instance_id)).one()


def incidents(database: Engine, instance_id: UUID) -> list[Incident]:
    """Those that are open."""
    with Session(database) as session:
        which = (Incident.instance_id == instance_id, Incident.ended_at.is_(None))
        return list(session.scalars(select(Incident).where(*which).order_by(Incident.id)))
