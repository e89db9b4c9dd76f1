"""Servers of others: one that takes letters, one that takes events. Real ones, on this machine."""

import asyncio
import queue
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as Talk

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Of localhost, by itself, with its key: of no use elsewhere."""
USER, PASSWORD = "reglament", "p@ss:word"  # noqa: S105 - of the server below
PATIENCE = 60
"""Seconds for which a test waits for what must come."""


@dataclass
class PostOffice:
    """Takes letters; answers: what it says to the next recipients instead, the first first."""

    answers: list[str] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    port: int = 0
    farewell: str = "221 Bye"

    async def handle_QUIT(self, _server: SMTP, _talk: Talk, _envelope: Envelope) -> str:  # noqa: N802
        return self.farewell

    async def handle_RCPT(  # noqa: N802 - the name of the hook
        self, _server: SMTP, _talk: Talk, envelope: Envelope, address: str, _options: Sequence[str]
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, talk: Talk, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, EmailMessage, policy=policy.default))
        self.secured.append(talk.ssl is not None)
        return "250 OK"


@contextmanager
def post_office(*, secure: bool = False) -> Iterator[PostOffice]:
    """secure: it takes nothing before STARTTLS and the password."""
    office = PostOffice()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)

    def known(_server: object, _talk: object, _envelope: object, _mechanism: str, given: object) -> AuthResult:
        good = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good)

    demands = {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": known}
    with _free_port() as port:
        controller = Controller(office, hostname="127.0.0.1", port=port, **(demands if secure else {}))
    controller.start()
    office.port = port
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def _free_port() -> Iterator[int]:
    async def found() -> int:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port: int = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        return port

    yield asyncio.run(found())


@dataclass(frozen=True)
class Heard:
    path: str
    headers: dict[str, str]
    body: bytes


class Listener(ThreadingHTTPServer):
    """Hears events. answers: the statuses of the next answers, then 200; None: no answer, ever. moved: where a 3xx leads."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hearing)
        self.heard: queue.Queue[Heard] = queue.Queue()
        self.answers: list[int | None] = []
        self.moved = ""
        self.over = threading.Event()

    def url(self, path: str = "/events") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def next(self) -> Heard:
        """What it hears next."""
        return self.heard.get(timeout=PATIENCE)

    def all(self) -> list[Heard]:
        """All that it has heard by now and nobody has asked for."""
        found = []
        while not self.heard.empty():
            found.append(self.heard.get())
        return found


class _Hearing(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:  # noqa: N802 - the name of the hook
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.put(Heard(self.path, dict(self.headers.items()), body))
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status is None:
            self.server.over.wait()
            return
        self.send_response(status)
        if self.server.moved:
            self.send_header("Location", self.server.moved)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def listening(*, secure: bool = False) -> Iterator[Listener]:
    listener = Listener()
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        listener.socket = context.wrap_socket(listener.socket, server_side=True)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield listener
    finally:
        listener.over.set()
        listener.shutdown()
        thread.join()
        listener.server_close()
