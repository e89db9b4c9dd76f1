"""The open connections of a web worker that wait for changes, and the one connection to the database that tells of them."""

import logging
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg

from app.domain.audience import Audience
from app.http.live import Subscription
from app.store.changes import CHANNEL

log = logging.getLogger(__name__)
CHANGED = b"event: changed\ndata:\n\n"
BEAT = b":\n\n"
BEATS = 20
"""Seconds of silence after which a connection is written to, so that a dead one is found."""
CALM = 1.0
"""Seconds between two events of one connection, at least; what changes meanwhile is told together."""
LASTS = 600
"""Seconds after which a connection is closed; the browser comes again and says who it is."""
PAUSE = 1.0
"""Seconds until the database is tried again when it has gone away."""


@dataclass(slots=True)
class Stream:
    """connection: non-blocking. told: when it was last written to; changed: whether it is still to be told something."""

    connection: socket.socket
    subscription: Subscription
    opened: float
    told: float
    changed: bool = False

    def send(self, content: bytes, now: float) -> bool:
        """Whether it was taken: a connection that takes nothing more is as good as gone."""
        try:
            whole = b"%x\r\n%b\r\n" % (len(content), content)
            taken = self.connection.send(whole) == len(whole)
        except OSError:
            taken = False
        self.told = now
        return taken


class Streams:
    """Used from the event loop of the worker alone, but for `_listen`, which hands over through `defer`."""

    def __init__(self, drop: Callable[[Stream], None], defer: Callable[..., None]) -> None:
        """drop: closes a connection; defer: has something called by the event loop."""
        self._drop, self._defer = drop, defer
        self._open: dict[socket.socket, Stream] = {}
        self._listener: threading.Thread | None = None

    def add(self, connection: socket.socket, subscription: Subscription, database_url: str) -> None:
        """Take over a connection whose answer has begun."""
        now = time.monotonic()
        self._open[connection] = Stream(connection, subscription, opened=now, told=now)
        if self._listener is None:
            self._listener = threading.Thread(target=self._listen, args=(database_url,), daemon=True)
            self._listener.start()

    def gone(self, connection: socket.socket) -> None:
        """The browser has closed it, or said something, which it never does."""
        if stream := self._open.pop(connection, None):
            self._drop(stream)

    def tick(self) -> None:
        """Once a second: tell what was held back, find the dead, end what has lasted long enough."""
        now = time.monotonic()
        for stream in list(self._open.values()):
            if now > stream.opened + LASTS:
                self.gone(stream.connection)
            elif stream.changed and now >= stream.told + CALM:
                self._tell(stream, now)
            elif now > stream.told + BEATS and not stream.send(BEAT, now):
                self.gone(stream.connection)

    def close(self) -> None:
        """End all of them: the worker stops."""
        for connection in list(self._open):
            self.gone(connection)

    def _tell(self, stream: Stream, now: float) -> None:
        stream.changed = False
        if not stream.send(CHANGED, now):
            self.gone(stream.connection)

    def _changed(self, audiences: list[Audience] | None) -> None:
        """Tell those whom it concerns, None: everybody."""
        now = time.monotonic()
        for stream in list(self._open.values()):
            if audiences is None or any(one.has(stream.subscription.actor) for one in audiences):
                stream.changed = True
                if now >= stream.told + CALM:
                    self._tell(stream, now)

    def _listen(self, database_url: str) -> None:
        """For as long as the process lives. After a gap everybody is told, for what happened in it is not known."""
        while True:
            try:
                with psycopg.connect(database_url, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._defer(self._changed, None)
                    for notice in connection.notifies():
                        self._defer(self._changed, _read(notice.payload))
            except psycopg.OperationalError as error:
                log.warning("changes are not heard of: %s", error)
                time.sleep(PAUSE)


def _read(payload: str) -> list[Audience] | None:
    if payload == "all":
        return None
    given: list[dict[str, Any]] = orjson.loads(payload)
    return [Audience.of(one) for one in given]
