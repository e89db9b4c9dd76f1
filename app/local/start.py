"""`reglament run`: the database, what is in it, then web and worker, until one of them ends too often or the operator stops."""

import errno
import fcntl
import http.client
import os
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings
from app.local import migrations, postgres
from app.local.processes import AGAIN, Children, Program, StartFailed, Stopped, stopping_on_signals

SECONDS_TO_ANSWER = 60
GRACE = 10
"""Seconds that a request or a job under way has to finish."""


@dataclass(frozen=True, slots=True)
class Service:
    """What runs on the database; each part is given the settings and the URL of the database.

    prepare: called when the migrations are in. programs: what to start then. announce: called when `GET /health` is
    answered with 200. afterwards: what to start at last, beside the service that runs.
    """

    prepare: Callable[[Settings, str], None]
    programs: Callable[[Settings, str], Sequence[Program]]
    announce: Callable[[Settings, str], None]
    afterwards: Callable[[Settings, str], Sequence[Program]] = lambda _settings, _url: ()


def run(settings: Settings, service: Service) -> int:
    """Start everything and stay until it stops. Returns the status to exit with."""
    try:
        with stopping_on_signals(), _alone(settings.home), Children(settings.home / "log") as children:
            _require_free_port(settings.host, settings.port)
            url = settings.database_url or postgres.ensure_database(postgres.start(children, settings.home))
            migrations.upgrade(url)
            service.prepare(settings, url)
            children.start(*service.programs(settings, url))
            children.wait(lambda: healthy(settings), SECONDS_TO_ANSWER, f"{address(settings)}/health")
            service.announce(settings, url)
            children.start(*service.afterwards(settings, url))
            children.watch()
    except Stopped:
        print("Stopped.", flush=True)
        return 0
    except (StartFailed, OSError) as error:
        print(f"reglament: {error}", file=sys.stderr, flush=True)
    return 1


def web_and_worker(settings: Settings, database_url: str) -> list[Program]:
    """The programs of the service, on a database that is prepared."""
    environment = _environment(settings, database_url)
    return [
        Program("web", _gunicorn(settings), environment, patience=GRACE + 5, pauses=AGAIN),
        Program("worker", _command("worker"), environment, patience=GRACE + 5, pauses=AGAIN),
    ]


def office(settings: Settings, database_url: str) -> list[Program]:
    """What fills the office of the demonstration, while people look at its first cases already."""
    if not settings.demo:
        return []
    return [Program("office", _command("office"), _environment(settings, database_url), pauses=AGAIN, once=True)]


def _environment(settings: Settings, database_url: str) -> Mapping[str, str]:
    return {**os.environ, "DATABASE_URL": database_url, "REGLAMENT_HOME": str(settings.home)}


def _command(name: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", name]


def address(settings: Settings) -> str:
    """Where the service can be called from this machine, as the beginning of a URL."""
    return f"http://{_bracketed(_reachable(settings.host))}:{settings.port}"


def _gunicorn(settings: Settings) -> list[str]:
    options: Mapping[str, str] = {
        "bind": f"{_bracketed(settings.host)}:{settings.port}",
        "config": "python:app.server.settings",
        "workers": str(settings.web_workers),
        "threads": str(settings.web_threads),
        "graceful-timeout": str(GRACE),
        "limit-request-line": "8190",
        "worker-tmp-dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else str(settings.home),  # noqa: S108
    }
    arguments = [sys.executable, "-m", "gunicorn"]
    for name, value in options.items():
        arguments += [f"--{name}", value]
    return [*arguments, "app.wsgi:create_app()"]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _reachable(host: str) -> str:
    """An address that stands for all addresses is not one to call."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One supervisor a home. The kernel releases the lock even when the process is killed."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise StartFailed(f"Reglament already runs with {home}, as process {lock.read().strip()}") from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _require_free_port(host: str, port: int) -> None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartFailed(f"port {port} of {host} is in use; choose another: PORT={port + 1} make run") from error
        raise StartFailed(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error


def healthy(settings: Settings) -> bool:
    """Whether web, worker and database answer for themselves."""
    connection = http.client.HTTPConnection(_reachable(settings.host), settings.port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
