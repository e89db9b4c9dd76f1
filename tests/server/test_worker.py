"""The web worker, as a real gunicorn with one thread: clients that are slow or silent keep nobody waiting."""

import http.client
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from app.local.processes import Children, Program
from app.server.worker import BODY, missing

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    "received",
    [
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        HEAD + b"Content-Length: 5\r\n\r\n1234",
        HEAD + b"content-length:5 \r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
    ],
)
def test_more_is_to_come(received: bytes) -> None:
    assert missing(bytearray(received))


@pytest.mark.parametrize(
    "received",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        HEAD + b"Content-Length: 5\r\n\r\n12345",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        HEAD + b"Content-Length: nonsense\r\n\r\n",
        HEAD + b"Content-Length: %d\r\n\r\n" % (BODY + 1),
        b"x" * 70_000,
    ],
)
def test_all_is_there_or_will_be_refused(received: bytes) -> None:
    assert not missing(bytearray(received))


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    arguments = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{number}"]
    arguments += ["--worker-class", "app.server.worker.Worker", "--threads", "1", "wsgiref.simple_server:demo_app"]

    def answers() -> bool:
        with suppress(OSError):
            return ask(number) == http.HTTPStatus.OK
        return False

    with Children(tmp_path) as children:
        children.start(Program("web", arguments, {}))
        children.wait(answers, 30, "the web worker")
        yield number


def ask(port: int, body: bytes | None = None, headers: dict[str, str] | None = None, times: int = 1) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        for _ in range(times):
            connection.request("POST" if body else "GET", "/", body, headers or {})
            answer = connection.getresponse()
            assert answer.read().startswith(b"Hello world!")
        return answer.status


def test_silent_and_slow_clients_take_no_thread(port: int) -> None:
    with ExitStack() as open_ones:
        for said in (b"", b"GET / HTTP/1.1\r\n", HEAD + b"Content-Length: 1000\r\n\r\n{"):
            slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(said)
        assert ask(port) == http.HTTPStatus.OK


def test_a_slow_request_is_answered_when_it_is_complete(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as slow:
        for part in (HEAD, b"Content-Length: 4\r\n\r\n", b"12"):
            slow.sendall(part)
            assert ask(port) == http.HTTPStatus.OK
        slow.sendall(b"34")
        assert slow.recv(100).startswith(b"HTTP/1.1 200 OK")


def test_a_connection_carries_many_requests_and_large_ones(port: int) -> None:
    assert ask(port, times=3) == http.HTTPStatus.OK
    assert ask(port, b"x" * 3_000_000) == http.HTTPStatus.OK


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"{}")
        assert b"200 OK" in client.recv(1000)
