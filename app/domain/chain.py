"""A chain over lines of text: each has the SHA-256 of itself and of the one before, so that none can be changed, left out or
moved without all after it telling."""

import hashlib
from collections.abc import Iterable, Iterator

START = "0" * 64
"""What stands before the first."""


def linked(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(hash in hexadecimal digits, line). The hash is of "<hash before> <line>" in UTF-8."""
    before = START
    for line in lines:
        before = hashlib.sha256(f"{before} {line}".encode()).hexdigest()
        yield before, line
