"""What is hardly HTTP, sent to the web server as it runs: refused in JSON, and nobody else is kept waiting."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.local.processes import Children, Program

POST = b"POST /api/session HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
VERSION = b"GET /engine-rest/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def port(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Of the application, served by one process with two threads."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    arguments = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{number}"]
    arguments += ["--worker-class", "app.server.worker.Worker", "--threads", "2", "app.wsgi:create_app()"]
    logs: Path = tmp_path_factory.mktemp("logs")
    with Children(logs) as children:
        children.start(Program("web", arguments, {**os.environ, "DATABASE_URL": database_url}))
        children.wait(lambda: "Booting worker" in (logs / "web.log").read_text(), 30, "the web server")
        yield number


def said(port: int, request: bytes) -> bytes:
    """All that is answered until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as answer:
            return answer.read()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /a\x00b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (POST + b"Content-Length: many\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: nonsense\r\n\r\n", 501),
        (CHUNKED + b"zz\r\n0\r\n\r\n", 400),
        (POST + b"Content-Length: 100000000\r\n\r\n{}", 413),
    ],
)
def test_a_malformed_request_is_refused_in_json(port: int, request_: bytes, status: int) -> None:
    head, _, content = said(port, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nContent-Type: application/json\r\n" in head + b"\r\n"
    refusal = json.loads(content)
    assert refusal["type"] == "InvalidRequestException"
    assert len(refusal["message"]) < 300


def test_a_body_in_chunks_is_read_to_its_end_also_with_fields_after_it(port: int) -> None:
    for end in (b"0\r\n\r\n", b"0\r\nX-Checked: yes\r\n\r\n"):
        answer = said(port, CHUNKED + b"2\r\n{}\r\n" + end)
        assert answer.startswith(b"HTTP/1.1 400 ")
        assert b"username must not be null" in answer


def test_clients_that_stop_in_the_middle_of_a_chunk_hold_no_thread_for_good(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            held = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            held.sendall(CHUNKED + b"9\r\nab0\r\n\r\n")
        assert said(port, VERSION).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_has_gone_before_it_is_told_to_go_on_harms_nobody(port: int) -> None:
    linger_not = (1).to_bytes(4, sys.byteorder) + (0).to_bytes(4, sys.byteorder)
    for _ in range(50):
        with socket.create_connection(("127.0.0.1", port)) as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
            gone.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    assert said(port, VERSION).startswith(b"HTTP/1.1 200 ")
