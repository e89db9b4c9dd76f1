"""A request that stays open: the server-sent events of a page (HTML standard, 9.2), and who it is of.

A view answers with `stay`; the web worker takes the connection out of its thread and writes to it from its event loop.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response

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


class Stays(OSError):
    """Raised once the head of the answer is sent, so that the server leaves the connection as it is."""

    def __init__(self, subscription: Subscription) -> None:
        super().__init__("the connection stays open")
        self.subscription = subscription


def stay(subscription: Subscription) -> Response:
    """The answer that does not end."""

    def body() -> Iterator[bytes]:
        yield RETRY
        raise Stays(subscription)

    answer = Response(body(), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
