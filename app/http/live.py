"""Requests that are not answered at once: the server-sent events of a page (HTML standard, 9.2), which stay open, and polls,
which are answered when there is something.

A view answers with `stay` or `wait`; the web worker takes the connection out of its thread, and waits in its event loop.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from flask import Response, request

from app.domain.people.access import Actor

RETRY = b"retry: 2000\n\n"
"""Milliseconds until a browser that has lost the connection comes again."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a connection waits for: the changes that concern a person.

    lasts: seconds for which his rights are those of the actor at most.
    """

    actor: Actor
    lasts: float


@dataclass(slots=True)
class Poll:
    """A request for external tasks that has found none; it is answered anew when there may be some.

    actor: who asks, None: he is to be asked again who he is. wish: equal for polls that the same tasks would suit. body: of
    the request. The moments are seconds of the machine's clock that is never set: `since` it looked last, `again` it looks
    by itself, `until` it is answered whatever there is, `known` as long as the actor's rights are sure to be these.
    """

    actor: Actor | None
    wish: Hashable
    topics: frozenset[str]
    body: bytes
    since: float
    again: float
    until: float
    known: float


class Line:
    """A connection as the web worker gives it to a view, which may let it wait. poll: with which it has waited until now."""

    poll: Poll | None

    def is_cut(self) -> bool:
        """Whether the client has gone."""
        raise NotImplementedError


class Stays(OSError):
    """Raised once the head of the answer is sent, so that the server leaves the connection as it is."""

    def __init__(self, subscription: Subscription) -> None:
        super().__init__("the connection stays open")
        self.subscription = subscription


class Waits(OSError):
    """Raised instead of an answer, so that the server lets the connection wait and asks the view once more."""

    def __init__(self, poll: Poll) -> None:
        super().__init__("the connection waits")
        self.poll = poll


def stay(subscription: Subscription) -> Response:
    """The answer that does not end."""

    def body() -> Iterator[bytes]:
        yield RETRY
        raise Stays(subscription)

    answer = Response(body(), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


def wait(poll: Poll) -> Response:
    """Instead of an answer: the view is called once more, with `line().poll`, when there may be something."""

    def body() -> Iterator[bytes]:
        raise Waits(poll)
        yield

    return Response(body())


def line() -> Line | None:
    """The connection of the request at hand, where the server can let it wait."""
    found = request.environ.get("gunicorn.socket")
    return found if isinstance(found, Line) else None
