"""The one connection of a web worker to the database that hears of changes."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import psycopg

from app.domain.people.access import Actor
from app.domain.people.audience import Audience
from app.store.changes import CHANNEL
from app.store.session import program

log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds until the database is tried again when it has gone away."""


@dataclass(frozen=True, slots=True)
class OtherRights:
    """Some people have other rights from now on; None: anybody may."""

    people: frozenset[str] | None

    def has(self, actor: Actor) -> bool:
        """Whether a person's rights may be others now, be it that he acts for one of them."""
        return self.people is None or not self.people.isdisjoint(
            (actor.user_id, *(one.absent for one in actor.substitutions))
        )


@dataclass(frozen=True, slots=True)
class FreeWork:
    """External tasks of some topics are free, or will be after so many seconds; None: nobody knows of which."""

    topics: Mapping[str, float] | None


Heard = list[Audience] | OtherRights | FreeWork | None
"""Whom a change of tasks concerns, or what else has changed; None: nobody knows what."""


class Listener:
    def __init__(self, hear: Callable[[Heard], None]) -> None:
        """hear: called in a thread of its own."""
        self._hear = hear
        self._thread: threading.Thread | None = None

    def listen(self, database_url: str) -> None:
        """Begin to hear of changes, if that has not been done yet."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._listen, args=(database_url,), daemon=True)
            self._thread.start()

    def _listen(self, database_url: str) -> None:
        """For as long as the process lives. After a gap everybody is told, for what happened in it is not known."""
        while True:
            try:
                with psycopg.connect(database_url, autocommit=True, application_name=program("web")) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._hear(None)
                    for notice in connection.notifies():
                        self._hear(_read(notice.payload))
            except psycopg.OperationalError as error:
                log.warning("changes are not heard of: %s", error)
                time.sleep(PAUSE)


def _read(payload: str) -> Heard:
    if payload == "all":
        return None
    given: Any = orjson.loads(payload)
    if isinstance(given, list):
        return [Audience.of(one) for one in given]
    if "work" in given:
        topics, now = given["work"], time.time()
        return FreeWork(None if topics is None else {topic: max(0.0, at - now) for topic, at in topics.items()})
    people = given["rights"]
    return OtherRights(None if people is None else frozenset(people))
