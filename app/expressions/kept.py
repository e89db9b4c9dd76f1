"""Sources compiled or read, kept as long as there is room: what they hold grows with their characters."""

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Compiled = TypeVar("Compiled")


class Kept(Generic[Compiled]):
    """The newest compiled sources, up to so many characters of source together. May be used by several threads."""

    def __init__(self, characters: int) -> None:
        self._most = self._left = characters
        self._found: dict[Hashable, tuple[int, Compiled]] = {}
        self._lock = Lock()

    def get(self, key: Hashable) -> Compiled | None:
        found = self._found.get(key)
        return None if found is None else found[1]

    def put(self, key: Hashable, compiled: Compiled, size: int) -> None:
        """size: the characters of its source; one that would take all the room is not kept."""
        with self._lock:
            if key in self._found or size > self._most:
                return
            self._found[key] = size, compiled
            self._left -= size
            while self._left < 0:
                freed, _ = self._found.pop(next(iter(self._found)))
                self._left += freed

    def __len__(self) -> int:
        return len(self._found)
