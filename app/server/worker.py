"""The web worker: gunicorn's, which gives a thread to a request once the whole of it has arrived, and takes it back where
the answer has to wait.

Its own gives a thread to every connection and waits there, so that a handful of clients that say nothing, or say it
slowly, stop the service for all others.
"""

import errno
import re
import resource
import socket
import struct
import time
from collections.abc import Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import orjson
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn, ThreadWorker

from app.api.errors import INTERNAL
from app.api.errors import body as refusal
from app.http.live import Poll, Stays, Subscription, Waits
from app.server.again import Requests
from app.server.departures import Departures, Outgoing
from app.server.listener import Heard, Listener
from app.server.polls import Polls
from app.server.streams import Stream, Streams

ARRIVAL = 30
"""Seconds in which a request has to arrive."""
SENDING = struct.pack("ll", 10, 0)
"""Seconds (and microseconds) for which a client may take nothing of an answer."""
RECEIVING = struct.pack("ll", 5, 0)
"""For how long a thread waits for more of a request that was taken for complete."""
HEAD = 64 * 1024
"""Bytes before the body, at most; a longer head is refused by gunicorn."""
BODY = 21 * 1024 * 1024
"""Bytes of a body that is waited for; a longer one is refused unread."""
HELD = 4 * BODY
"""Bytes of unfinished requests in a worker. Beyond them a thread waits for the rest of a request."""
UNFINISHED = 500
"""Connections in a worker whose request has not arrived; the oldest gives way to one more."""
RECEIVED = 256 * 1024
"""Bytes read at once."""
REFUSED: Mapping[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
"""What is refused before the application sees it; the rest of it is a bad request."""
OUR_FAULT = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName, errors.ConfigurationProblem)
MESSAGE = 200
"""Characters of what was wrong that are sent back."""
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


def missing(received: bytearray) -> bool:
    """Whether more of the request is to come. What makes no sense is complete: gunicorn says what is wrong with it."""
    end = received.find(b"\r\n\r\n", 0, HEAD)
    if end < 0:
        return len(received) < HEAD
    head = received[: end + 2]
    if _CHUNKED.search(head):
        return not (len(received) > end + 4 and received.endswith(b"\r\n\r\n")) and len(received) < BODY
    length = _LENGTH.search(head)
    return length is not None and len(received) - end - 4 < int(length[1]) <= BODY


def _tell_to_go_on(received: bytearray, client: socket.socket) -> None:
    """Answer a head that expects it; gunicorn, which would do so once more, does not learn of it."""
    expects = _EXPECTS.search(received, 0, received.find(b"\r\n\r\n", 0, HEAD) + 2)
    if expects:
        del received[expects.start() : expects.end()]
        with suppress(OSError):  # whoever has gone is found so at the next look
            client.send(b"HTTP/1.1 100 Continue\r\n\r\n")


class Arriving(TConn):
    """A connection with what has come of its next request. poll: of a request that waits; looks_for: see `polls`."""

    def __init__(self, departures: Departures, *given: Any) -> None:
        super().__init__(*given)
        self.received = bytearray()
        self.subscription: Subscription | None = None
        self.poll: Poll | None = None
        self.looks_for: Hashable = None
        self.outgoing = Outgoing(self.sock)
        self._departures = departures

    def init(self) -> None:
        if not self.initialized:
            super().init()
            self.parser = Requests(self.cfg, self.sock, self.client)

    def close(self, graceful: bool = False) -> None:
        if graceful:
            self._departures.part(self.sock)
        else:
            super().close()


@dataclass(frozen=True, slots=True)
class Answered:
    """A connection as its thread sees it."""

    sock: Outgoing
    client: Any
    server: Any


class Worker(ThreadWorker):
    """Waits for requests in its event loop and lets threads answer them; see above. No thread waits until an answer is
    taken, and none is needed for one that stays open."""

    def init_process(self) -> None:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a connection that waits for changes needs a file
        self.streams, self.polls = Streams(self._end_stream), Polls(self._look, self._end_poll)
        self.listener = Listener(lambda heard: self.method_queue.defer(self._hear, heard))
        super().init_process()

    def run(self) -> None:
        self.departures = Departures(self.poller)
        super().run()

    def handle_request(self, req: Any, conn: Arriving) -> bool:
        """Answer a request; one whose answer stays open leaves its thread."""
        try:
            conn.outgoing, conn.poll = Outgoing(conn.sock, conn.poll), None
            return bool(super().handle_request(req, Answered(conn.outgoing, conn.client, conn.server)))
        except Stays as stays:
            conn.subscription = stays.subscription
        except Waits as waits:
            conn.poll = waits.poll
        return False

    def finish_request(self, conn: Arriving, fs: Any) -> None:
        self.polls.looked(conn)
        if conn.poll is not None:
            self._wait(conn, conn.poll)
            return
        if conn.outgoing.size:
            conn.sock.setblocking(False)
            self.departures.send(conn.outgoing, lambda: self.finish_request(conn, fs), lambda: self._lose(conn))
            return
        if conn.subscription is None or not self.alive:
            super().finish_request(conn, fs)
            return
        conn.sock.setblocking(False)
        self.nr_conns -= 1  # those who wait for changes keep nobody out who asks for something
        self.poller.register(conn.sock, 1, self.streams.gone)
        self.streams.add(conn.sock, conn.subscription, time.monotonic())
        self.listener.listen(self.wsgi.extensions["settings"].database_url)

    def _wait(self, conn: Arriving, poll: Poll) -> None:
        """Let a request wait; when the worker stops, it is answered."""
        conn.sock.setblocking(False)
        self.nr_conns -= 1
        self.poller.register(conn.sock, 1, self.polls.gone)
        if not self.alive:
            poll.until = poll.since
        self.polls.add(conn, poll, time.monotonic())
        self.listener.listen(self.wsgi.extensions["settings"].database_url)

    def _look(self, conn: Arriving) -> None:
        """Have a request answered anew that has waited."""
        assert conn.poll is not None
        self.poller.unregister(conn.sock)
        self.nr_conns += 1
        conn.parser.again = conn.poll.body
        self.enqueue_req(conn)

    def _end_poll(self, conn: Arriving) -> None:
        self.poller.unregister(conn.sock)
        conn.sock.close()

    def _hear(self, heard: Heard) -> None:
        now = time.monotonic()
        self.streams.hear(heard, now)
        self.polls.hear(heard, now)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Called, too, when the worker stops, before it waits for the requests at hand: those that wait become such."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            self.polls.close(time.monotonic())

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(min(timeout, self.polls.pause(time.monotonic())))

    def _lose(self, conn: Arriving) -> None:
        self.nr_conns -= 1
        conn.close()

    def _end_stream(self, stream: Stream) -> None:
        self.poller.unregister(stream.connection)
        stream.connection.close()

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.ECONNABORTED, errno.EMFILE, errno.ENFILE):
                return
            raise
        if len(self.pending_conns) >= UNFINISHED:
            self._drop(self.pending_conns[0])
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, SENDING)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, RECEIVING)
        self.nr_conns += 1
        self._await(Arriving(self.departures, self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Arriving, client: socket.socket) -> None:
        """A connection that was kept open brings its next request."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def _await(self, conn: Arriving) -> None:
        conn.received = bytearray()
        conn.timeout = time.monotonic() + ARRIVAL
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, 1, lambda client: self.on_pending_socket_readable(conn, client))

    def on_pending_socket_readable(self, conn: Arriving, client: socket.socket) -> None:
        """Take what has come; the request goes to a thread when it is complete."""
        try:
            data = client.recv(RECEIVED)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        conn.received += data
        if not data:
            self._drop(conn)
        elif not missing(conn.received) or self._held() > HELD:
            self._leave(conn)
            conn.data_ready = True
            conn.init()
            conn.parser.unreader.unread(bytes(conn.received))
            conn.received.clear()
            self.enqueue_req(conn)
        else:
            _tell_to_go_on(conn.received, client)

    def _held(self) -> int:
        return sum(len(conn.received) for conn in self.pending_conns)

    def murder_pending(self) -> None:
        """End the connections whose request did not arrive in time, and the silent ones when the worker stops."""
        now = time.monotonic()
        self.departures.tick(now)
        self.polls.tick(now)
        if self.alive:
            self.streams.tick(now)
        else:
            self.streams.close()
        for conn in list(self.pending_conns):
            if conn.timeout < now or not (self.alive or conn.received):
                self._drop(conn)

    def handle_error(self, _req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what is not HTTP as the application answers a bad request: in JSON."""
        if isinstance(exc, errors.ParseException) and not isinstance(exc, OUR_FAULT):
            self.log.warning("invalid request from %s: %s", addr, exc)
            status = REFUSED.get(type(exc), HTTPStatus.BAD_REQUEST)
            content = orjson.dumps(refusal("InvalidRequestException", str(exc)[:MESSAGE]))
        else:
            self.log.error("request failed", exc_info=exc)
            status, content = HTTPStatus.INTERNAL_SERVER_ERROR, orjson.dumps(refusal("RestException", INTERNAL))
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: application/json\r\n"
        with suppress(OSError):
            client.sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)

    def _drop(self, conn: Arriving) -> None:
        self._leave(conn)
        self.nr_conns -= 1
        conn.close()

    def _leave(self, conn: Arriving) -> None:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
