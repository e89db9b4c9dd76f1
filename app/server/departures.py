"""Answers and connections of a web worker on their way out, sent and closed by its event loop.

A thread, or the loop itself, that waited for a slow client would be missed by all others.
"""

import selectors
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.http.live import Line, Poll

PIECE = 256 * 1024
"""Bytes sent at once, and of an answer that are kept in memory."""
PATIENCE = 10
"""Seconds for which a client may take nothing of an answer."""
UNSENT = 1024 * 1024 * 1024
"""Bytes of answers that wait in a worker; the client that has waited longest gives way to more."""
PARTING = 2
"""Seconds for which the other side may leave a connection open that is over (RFC 9112, 9.6)."""
DRAINED = 1024 * 1024
"""Bytes that may still come on it."""
OVER = 500
"""Connections that are over and open; the oldest gives way to one more."""


class Outgoing(Line):
    """A connection as it is seen by the thread that answers: it takes everything at once."""

    def __init__(self, connection: socket.socket, poll: Poll | None = None) -> None:
        self.connection = connection
        self.poll = poll
        self.size = 0
        self._at = 0
        self._rest: Any = None

    def sendall(self, content: bytes) -> None:
        """Send what the client takes now, and keep the rest. Raises OSError when it has gone."""
        left = memoryview(content)
        if self._rest is None:
            left = left[_taken(self.connection, left) :]
            if not left:
                return
            self._rest = tempfile.SpooledTemporaryFile(max_size=PIECE)  # noqa: SIM115 - closed when all of it is sent
        self._rest.write(left)
        self.size += len(left)

    def sendfile(self, file: BinaryIO, offset: int, count: int) -> None:
        file.seek(offset)
        while count > 0 and (piece := file.read(min(PIECE, count))):
            self.sendall(piece)
            count -= len(piece)

    def go_on(self) -> bool:
        """Whether the client took more of what was kept. Raises OSError when it has gone."""
        self._rest.seek(self._at)
        taken = _taken(self.connection, self._rest.read(PIECE))
        self._at += taken
        self.size -= taken
        if not self.size:
            self._rest.close()
            self._rest = None
        return taken > 0

    def is_cut(self) -> bool:
        try:
            return not self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def shutdown(self, _how: int) -> None:
        raise OSError("an answer that has failed is cut off")

    def close(self) -> None:
        self.size = 0
        self.connection.close()


def _taken(connection: socket.socket, content: bytes | memoryview) -> int:
    try:
        return connection.send(content, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 0


@dataclass(slots=True)
class Unsent:
    """then: what comes when all is sent; lost: when the client has gone or takes nothing until the moment `until`."""

    outgoing: Outgoing
    then: Callable[[], None]
    lost: Callable[[], None]
    until: float


@dataclass(slots=True)
class Over:
    until: float
    drained: int = 0


class Departures:
    """Used from the event loop alone."""

    def __init__(self, poller: selectors.BaseSelector) -> None:
        self._poller = poller
        self._unsent: dict[socket.socket, Unsent] = {}
        self._over: dict[socket.socket, Over] = {}

    def send(self, outgoing: Outgoing, then: Callable[[], None], lost: Callable[[], None]) -> None:
        """Send the rest of an answer."""
        connection = outgoing.connection
        self._unsent[connection] = Unsent(outgoing, then, lost, time.monotonic() + PATIENCE)
        self._poller.register(connection, selectors.EVENT_WRITE, self._writable)
        while len(self._unsent) > 1 and sum(one.outgoing.size for one in self._unsent.values()) > UNSENT:
            self._leave(next(iter(self._unsent))).lost()

    def part(self, connection: socket.socket) -> None:
        """Say that no more comes, and close when the other side has done so: then it has read everything."""
        try:
            connection.shutdown(socket.SHUT_WR)
            connection.setblocking(False)
            self._poller.register(connection, selectors.EVENT_READ, self._readable)
        except (OSError, ValueError):
            connection.close()
            return
        self._over[connection] = Over(time.monotonic() + PARTING)
        if len(self._over) > OVER:
            self._close(next(iter(self._over)))

    def tick(self, now: float) -> None:
        """Once a second: end what has waited long enough."""
        for connection in [one for one, unsent in self._unsent.items() if unsent.until < now]:
            self._leave(connection).lost()
        for connection in [one for one, over in self._over.items() if over.until < now]:
            self._close(connection)

    def _writable(self, connection: socket.socket) -> None:
        unsent = self._unsent[connection]
        try:
            if unsent.outgoing.go_on():
                unsent.until = time.monotonic() + PATIENCE
        except OSError:
            self._leave(connection).lost()
            return
        if not unsent.outgoing.size:
            self._leave(connection).then()

    def _leave(self, connection: socket.socket) -> Unsent:
        self._poller.unregister(connection)
        return self._unsent.pop(connection)

    def _readable(self, connection: socket.socket) -> None:
        over = self._over[connection]
        came = b""
        with suppress(OSError):
            came = connection.recv(PIECE)
        over.drained += len(came)
        if not came or over.drained > DRAINED:
            self._close(connection)

    def _close(self, connection: socket.socket) -> None:
        del self._over[connection]
        self._poller.unregister(connection)
        connection.close()
