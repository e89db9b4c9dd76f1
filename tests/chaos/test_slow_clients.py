"""Clients that are slow, silent or many: those who read and ask as they should are answered meanwhile."""

import os
import resource
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.domain.people.access import Actor
from app.http.live import Subscription
from app.local.processes import Children, Program
from app.server.streams import EACH, Stream, Streams
from app.server.worker import UNFINISHED

APPLICATION = """
PIECE = bytes(range(256)) * 2_048

def application(environ, start_response):
    pieces = 40 if environ["PATH_INFO"] == "/large" else 0
    start_response("200 OK", [("Content-Length", str(pieces * len(PIECE) + 2))])
    yield b"ok"
    for _ in range(pieces):
        yield PIECE
"""
LARGE = b"ok" + bytes(range(256)) * 2_048 * 40
CONNECTIONS = UNFINISHED + 100
Connect = Callable[[bytes], socket.socket]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Of an application with small and large answers, served by one process with two threads."""
    folder: Path = tmp_path_factory.mktemp("slow")
    (folder / "answers.py").write_text(APPLICATION)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    arguments = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{number}"]
    arguments += ["--worker-class", "app.server.worker.Worker", "--threads", "2", "--pythonpath", str(folder)]
    arguments += ["--worker-connections", str(CONNECTIONS), "answers:application"]
    with Children(folder / "log") as children:
        children.start(Program("web", arguments, dict(os.environ)))
        log = folder / "log" / "web.log"
        children.wait(lambda: "Booting worker" in log.read_text(), 30, "the web server")
        yield number


@pytest.fixture
def connect(port: int) -> Iterator[Connect]:
    """Open a connection with a small buffer, and send something on it."""
    with ExitStack() as stack:

        def run(request: bytes) -> socket.socket:
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            connection.settimeout(20)
            connection.connect(("127.0.0.1", port))
            connection.sendall(request)
            return connection

        yield run


def asks(path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


def body(connection: socket.socket, size: int) -> bytes:
    """So many bytes of an answer, without its head."""
    with connection.makefile("rb") as answer:
        while answer.readline() != b"\r\n":
            pass
        return answer.read(size)


def test_clients_that_do_not_read_their_answer_keep_nobody_waiting(connect: Connect) -> None:
    slow = [connect(asks("/large")) for _ in range(6)]
    assert body(connect(asks("/")), 2) == b"ok"
    for connection in slow:
        assert body(connection, len(LARGE)) == LARGE
        connection.sendall(asks("/"))
        assert body(connection, 2) == b"ok"


def test_clients_that_leave_a_finished_connection_open_keep_nobody_waiting(connect: Connect) -> None:
    left = [connect(asks("/", "Connection: close\r\n")) for _ in range(40)]
    assert body(connect(asks("/")), 2) == b"ok"
    assert [body(one, 3) for one in left] == [b"ok"] * 40


def test_connections_that_ask_for_nothing_keep_nobody_out(connect: Connect) -> None:
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        silent = [connect(b"GET / HTTP/1.1\r\n") for _ in range(CONNECTIONS + 100)]
        assert body(connect(asks("/")), 2) == b"ok"
        silent[-1].sendall(b"Host: x\r\n\r\n")
        assert body(silent[-1], 2) == b"ok"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))


def test_one_person_has_so_many_connections_for_news_and_no_more() -> None:
    dropped: list[Stream] = []
    streams = Streams(dropped.append)
    pairs = [socket.socketpair() for _ in range(EACH + 3)]
    try:
        for number, (ours, _) in enumerate(pairs):
            streams.add(ours, subscription("busy" if number else "other"), now=number)
        assert [one.connection for one in dropped] == [ours for ours, _ in pairs[1:3]]
        streams.close()
        assert len(dropped) == len(pairs)
    finally:
        for pair in pairs:
            for one in pair:
                one.close()


def subscription(person: str) -> Subscription:
    return Subscription(Actor(person, administrator=False, memberships=frozenset()), lasts=60)
