"""The requests for external tasks that wait in a web worker, without a thread, until they may find some.

Of those with the same wish one looks at a time: when it finds nothing, the others need not look; when it is answered, the
next one looks. So thirty idle clients cost one look a new task, not thirty.
"""

import socket
from collections import Counter
from collections.abc import Callable, Collection, Hashable
from math import inf
from typing import Any, Protocol

from app.http.live import Poll
from app.server.listener import FreeWork, Heard, OtherRights

KEPT = 120
"""Seconds for which it is known of a topic that tasks became free: longer than any look takes."""


class Waiting(Protocol):
    """A connection. poll: of its request, None: it has been answered. looks_for: its wish while it looks."""

    sock: socket.socket
    poll: Poll | None
    looks_for: Hashable


class Polls:
    """Used from the event loop of the worker alone. All moments are seconds of the machine's clock that is never set."""

    def __init__(self, look: Callable[[Any], None], drop: Callable[[Any], None]) -> None:
        """look: has the request of a connection answered anew; drop: closes it."""
        self._look, self._drop = look, drop
        self._waiting: dict[socket.socket, tuple[Waiting, Poll]] = {}
        self._looking: Counter[Hashable] = Counter()
        self._freed: dict[str, float] = {}
        self._doubted = -inf
        """When rights were last changed, or changes were missed."""
        self._next = inf

    def add(self, one: Waiting, poll: Poll, now: float) -> None:
        """Let a request wait that has found nothing; it looks once more if something has changed since it began to."""
        self._waiting[one.sock] = one, poll
        self._next = min(self._next, _due(poll))
        doubtful = poll.since <= self._doubted
        if doubtful:
            poll.actor = None
        if doubtful or _due(poll) <= now or any(poll.since <= self._freed.get(topic, -inf) for topic in poll.topics):
            self._start(one, poll)

    def looked(self, one: Waiting) -> None:
        """A look is over. One that was answered has perhaps left something to the next."""
        wish, one.looks_for = one.looks_for, None
        if wish is None:
            return
        self._looking[wish] -= 1
        if not self._looking[wish]:
            del self._looking[wish]
        if one.poll is None:
            self._wake(wish)

    def gone(self, connection: socket.socket) -> None:
        """The client has closed it, or said something more, which it does not before the answer."""
        one, poll = self._waiting.pop(connection)
        self._drop(one)
        self._wake(poll.wish)  # which knows anew when the next lock ends

    def hear(self, heard: Heard, now: float) -> None:
        """Let those look whom a change may concern."""
        if isinstance(heard, FreeWork) and heard.topics is not None:
            self._hear_of_work(heard.topics.items(), now)
        elif isinstance(heard, OtherRights):
            self._doubted = now
            for one, poll in list(self._waiting.values()):
                if poll.actor is None or heard.has(poll.actor):
                    poll.actor = None
                    self._start(one, poll)
        elif not isinstance(heard, list):
            self._doubted = now
            for one, poll in list(self._waiting.values()):
                poll.actor = None
                self._start(one, poll)

    def _hear_of_work(self, topics: Collection[tuple[str, float]], now: float) -> None:
        """topics: with the seconds after which they have a free task."""
        free = {topic for topic, after in topics if after <= 0}
        self._freed.update(dict.fromkeys(free, now))
        for _, poll in list(self._waiting.values()):
            if not free.isdisjoint(poll.topics):
                self._wake(poll.wish)
            poll.again = min(
                [poll.again, *(now + after for topic, after in topics if after > 0 and topic in poll.topics)]
            )
            self._next = min(self._next, poll.again)

    def tick(self, now: float) -> None:
        """Let those look whose moment has come."""
        if now < self._next:
            return
        for one, poll in list(self._waiting.values()):
            if poll.known <= now:
                poll.actor = None
            if _due(poll) <= now:
                self._start(one, poll)
        self._next = min((_due(poll) for _, poll in self._waiting.values()), default=inf)
        self._freed = {topic: moment for topic, moment in self._freed.items() if moment > now - KEPT}

    def pause(self, now: float) -> float:
        """Seconds until the next moment of one of them."""
        return max(0.0, self._next - now)

    def close(self, now: float) -> None:
        """Have all of them answered: the worker stops."""
        for one, poll in list(self._waiting.values()):
            poll.until = now
            self._start(one, poll)

    def _wake(self, wish: Hashable) -> None:
        """Let the one that has waited longest for this look, unless another does already."""
        if wish in self._looking:
            return
        for one, poll in self._waiting.values():
            if poll.wish == wish:
                self._start(one, poll)
                return

    def _start(self, one: Waiting, poll: Poll) -> None:
        del self._waiting[one.sock]
        one.looks_for = poll.wish
        self._looking[poll.wish] += 1
        self._look(one)


def _due(poll: Poll) -> float:
    return min(poll.again, poll.until, poll.known)
