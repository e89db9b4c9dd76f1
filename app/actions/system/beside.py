"""What the service needs of others on the network: whether it answers, asked once in a while and not at each look."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from app import mail, scanner
from app.config import Settings

SHORTLY = 2.0
"""Seconds that an answer may take."""
KEPT = 60.0
"""Seconds for which what was found holds."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """what: mail or scanner; where: its host and port, None: the service was given none; why: it does not answer, None: it
    does, or there is none."""

    what: str
    where: str | None
    why: str | None = None

    @property
    def state(self) -> str:
        """none, well or silent."""
        return "none" if self.where is None else "well" if self.why is None else "silent"


class Neighbours:
    """Of one process. One thread asks at a time, and others wait for what it finds."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._asking = settings, Lock()
        self._found: tuple[Neighbour, ...] = ()
        self._asked = 0.0

    def seen(self) -> tuple[Neighbour, ...]:
        """At most some seconds late, and at most a minute old."""
        with self._asking:
            if not self._found or monotonic() - self._asked > KEPT:
                self._found, self._asked = (self._mail(), self._scanner()), monotonic()
            return self._found

    def _mail(self) -> Neighbour:
        server = self._settings.mail
        if server is None:
            return Neighbour("mail", None)
        return Neighbour("mail", f"{server.host}:{server.port}", _why(lambda: mail.reach(server, SHORTLY)))

    def _scanner(self) -> Neighbour:
        address = self._settings.clamd
        if address is None:
            return Neighbour("scanner", None)
        return Neighbour("scanner", f"{address[0]}:{address[1]}", _why(lambda: scanner.reach(address, SHORTLY)))


def _why(ask: Callable[[], None]) -> str | None:
    try:
        ask()
    except (mail.NotTaken, scanner.NoAnswer) as error:
        return str(error)
    return None
