"""Asks clamd, the daemon of the ClamAV virus scanner, about a file: the command INSTREAM, see clamd(8)."""

import socket
import struct
from typing import BinaryIO

PART = 256 * 1024
"""Bytes of a part that is sent."""
SILENCE = 30.0
"""Seconds without an answer after which it is taken as absent. A file of the greatest size takes it a few."""
_LONGEST_ANSWER = 4096


class NoAnswer(Exception):
    """The scanner cannot be reached, or could not look at the file; the text says why, for administrators."""


def reach(address: tuple[str, int], seconds: float) -> None:
    """Whether it answers: the command PING. Raises NoAnswer."""
    try:
        with socket.create_connection(address, timeout=seconds) as connection:
            connection.sendall(b"zPING\0")
            answer = connection.recv(_LONGEST_ANSWER)
    except OSError as error:
        raise NoAnswer(f"{address[0]}:{address[1]}: {error}") from error
    if answer.rstrip(b"\0\n") != b"PONG":
        raise NoAnswer(f"{address[0]}:{address[1]} answered {answer.decode('utf-8', 'replace')!r}")


def virus_in(content: BinaryIO, address: tuple[str, int]) -> str | None:
    """The name of the virus that is in a file; None: there is none. address: host and port of clamd. Raises NoAnswer."""
    content.seek(0)
    try:
        with socket.create_connection(address, timeout=SILENCE) as connection:
            connection.sendall(b"zINSTREAM\0")
            for part in iter(lambda: content.read(PART), b""):
                connection.sendall(struct.pack(">L", len(part)) + part)
            connection.sendall(struct.pack(">L", 0))
            with connection.makefile("rb") as answers:
                answer = answers.read(_LONGEST_ANSWER).decode("utf-8", "replace").rstrip("\0\n")
    except OSError as error:
        raise NoAnswer(f"{address[0]}:{address[1]}: {error}") from error
    what, _, verdict = answer.removeprefix("stream: ").rpartition(" ")
    if verdict == "FOUND":
        return what
    if answer != "stream: OK":
        raise NoAnswer(f"{address[0]}:{address[1]} answered {answer!r}")
    return None
