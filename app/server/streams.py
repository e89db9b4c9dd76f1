"""The open connections of a web worker that wait for changes."""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from math import inf

from app.http.live import Subscription
from app.server.listener import FreeWork, Heard, OtherRights

CALM: Mapping[str, float] = {"changed": 1.0, "team": 10.0}
"""The events, and the seconds between two of the same at least; what changes meanwhile is told together."""
LAST = b"0\r\n\r\n"
"""The chunk that ends an answer in chunks (RFC 9112, 7.1)."""
BEAT = b":\n\n"
BEATS = 20
"""Seconds of silence after which a connection is written to, so that a dead one is found."""
LASTS = 600
"""Seconds after which a connection is closed; the browser comes again and says who it is."""
EACH = 10
"""Connections of one person in a process; the oldest gives way to one more."""


@dataclass(slots=True)
class Stream:
    """connection: non-blocking. ends: when it is closed; told: when it was last written to, and with each event; news: the
    events that it is still to be told."""

    connection: socket.socket
    subscription: Subscription
    ends: float
    told: float
    told_of: dict[str, float] = field(default_factory=dict)
    news: set[str] = field(default_factory=set)

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
    """Used from the event loop of the worker alone."""

    def __init__(self, drop: Callable[[Stream], None]) -> None:
        """drop: closes a connection."""
        self._drop = drop
        self._open: dict[socket.socket, Stream] = {}

    def add(self, connection: socket.socket, subscription: Subscription, now: float) -> None:
        """Take over a connection whose answer has begun. now: seconds of the machine's clock that is never set."""
        person = subscription.actor.user_id
        own = [one for one in self._open.values() if one.subscription.actor.user_id == person]
        ends = now + min(subscription.lasts, LASTS)
        self._open[connection] = Stream(connection, subscription, ends=ends, told=now)
        if len(own) >= EACH:
            self._end(own[0])

    def gone(self, connection: socket.socket) -> None:
        """The browser has closed it, or said something, which it never does."""
        if stream := self._open.pop(connection, None):
            self._drop(stream)

    def tick(self, now: float) -> None:
        """Once a second: tell what was held back, find the dead, end what has lasted long enough."""
        for stream in list(self._open.values()):
            if now > stream.ends:
                self._end(stream)
            elif stream.news:
                self._tell(stream, now)
            elif now > stream.told + BEATS and not stream.send(BEAT, now):
                self.gone(stream.connection)

    def close(self) -> None:
        """End all of them: the worker stops."""
        for stream in list(self._open.values()):
            self._end(stream)

    def hear(self, heard: Heard, now: float) -> None:
        """Tell those whom a change concerns. Whose rights are others is let go: he comes again with those that he has."""
        if isinstance(heard, FreeWork):
            return
        for stream in list(self._open.values()):
            actor = stream.subscription.actor
            if isinstance(heard, OtherRights):
                if heard.has(actor):
                    self._end(stream)
                continue
            if heard is None or any(one.has(actor) for one in heard):
                stream.news.add("changed")
            if heard is None or any(one.led_by(actor) for one in heard):
                stream.news.add("team")
            self._tell(stream, now)

    def _end(self, stream: Stream) -> None:
        """Say that the answer is complete, and close it."""
        with suppress(OSError):
            stream.connection.send(LAST)
        self.gone(stream.connection)

    def _tell(self, stream: Stream, now: float) -> None:
        """The events that are not too early after the last of the same."""
        for name in sorted(stream.news):
            if now >= stream.told_of.get(name, -inf) + CALM[name]:
                stream.news.remove(name)
                stream.told_of[name] = now
                if not stream.send(b"event: %b\ndata:\n\n" % name.encode(), now):
                    self.gone(stream.connection)
                    return
