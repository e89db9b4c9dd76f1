"""The web worker: gunicorn's, which gives a thread to a request once the whole of it has arrived.

Its own gives a thread to every connection and waits there, so that a handful of clients that say nothing, or say it
slowly, stop the service for all others.
"""

import errno
import re
import socket
import struct
import time
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

ARRIVAL = 30
"""Seconds in which a request has to arrive."""
SENDING = struct.pack("ll", 10, 0)
"""Seconds (and microseconds) for which a client may take nothing of an answer."""
HEAD = 64 * 1024
"""Bytes before the body, at most; a longer head is refused by gunicorn."""
BODY = 20 * 1024 * 1024
"""Bytes of a body that is waited for; a longer one is refused unread."""
HELD = 4 * BODY
"""Bytes of unfinished requests in a worker. Beyond them a thread waits for the rest of a request."""
RECEIVED = 256 * 1024
"""Bytes read at once."""
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


def missing(received: bytearray) -> bool:
    """Whether more of the request is to come. What makes no sense is complete: gunicorn says what is wrong with it."""
    end = received.find(b"\r\n\r\n", 0, HEAD)
    if end < 0:
        return len(received) < HEAD
    head = received[: end + 2]
    if _CHUNKED.search(head):
        return not received.endswith(b"0\r\n\r\n") and len(received) < BODY
    length = _LENGTH.search(head)
    return length is not None and len(received) - end - 4 < int(length[1]) <= BODY


class Arriving(TConn):
    """A connection with what has come of its next request."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.received = bytearray()
        self.told_to_continue = False


class Worker(ThreadWorker):
    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.ECONNABORTED):
                return
            raise
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, SENDING)
        self.nr_conns += 1
        self._await(Arriving(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Arriving, client: socket.socket) -> None:
        """A connection that was kept open brings its next request."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def _await(self, conn: Arriving) -> None:
        conn.received, conn.told_to_continue = bytearray(), False
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
        elif not conn.told_to_continue and _EXPECTS.search(conn.received, 0, HEAD):
            conn.told_to_continue = True
            client.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _held(self) -> int:
        return sum(len(conn.received) for conn in self.pending_conns)

    def murder_pending(self) -> None:
        """End the connections whose request did not arrive in time, and the silent ones when the worker stops."""
        now = time.monotonic()
        for conn in list(self.pending_conns):
            if conn.timeout < now or not (self.alive or conn.received):
                self._drop(conn)

    def _drop(self, conn: Arriving) -> None:
        self._leave(conn)
        self.nr_conns -= 1
        conn.close()

    def _leave(self, conn: Arriving) -> None:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
