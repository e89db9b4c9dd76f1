"""A virus scanner that speaks clamd's INSTREAM, over a real connection."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.papers import EICAR

WORM = b"a worm that only the scanner knows"


@dataclass
class Clamd:
    """limit: bytes, after which it stops to read, as clamd does by StreamMaxLength. answer: instead of the one it would give."""

    address: tuple[str, int] = ("127.0.0.1", 0)
    limit: int = 10_000_000
    answer: bytes | None = None
    scanned: list[bytes] = field(default_factory=list)


@contextmanager
def clamd() -> Iterator[Clamd]:
    """One that listens."""
    known = Clamd()

    class Connection(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack(">L", self.rfile.read(4))[0]:
                content += self.rfile.read(length)
                if len(content) > known.limit:
                    self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            known.scanned.append(content)
            found = WORM in content or EICAR in content
            self.wfile.write(known.answer or (b"stream: Win.Worm.Test-1 FOUND\0" if found else b"stream: OK\0"))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection) as server:
        known.address = ("127.0.0.1", server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join()
