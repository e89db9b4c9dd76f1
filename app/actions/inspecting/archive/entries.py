"""The files of an archive, and the archive itself as a stream that holds no more than a part of one file."""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

PART = 512 * 1024
LONGEST_NAME = 80
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """sha256: in hexadecimal digits, of the bytes as they should be; packed: whether they are made smaller on the way."""

    path: str
    size: int
    sha256: str
    read: Callable[[], Iterator[bytes]]
    packed: bool = True


def of_bytes(path: str, content: bytes) -> Entry:
    return Entry(path, len(content), hashlib.sha256(content).hexdigest(), lambda: iter((content,)))


def of_parts(path: str, parts: Iterable[bytes]) -> Entry:
    """Of what is made bit by bit: it waits on the disk, and is gone when nobody has it any more."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  closed with the last reference
    size, digest = 0, hashlib.sha256()
    for part in parts:
        size += file.write(part)
        digest.update(part)
    return Entry(path, size, digest.hexdigest(), lambda: _read(file))


def _read(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(PART), b"")


def safe(name: str) -> str:
    """A name as it can stand in a path, on any system: letters and digits of any script, points, hyphens."""
    return _UNSAFE.sub("_", name).strip("._")[-LONGEST_NAME:] or "_"


def zipped(entries: Sequence[Entry], at: datetime) -> Iterator[bytes]:
    """A ZIP of them, in order. at: the time that its files get."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:  # type: ignore[call-overload]
        for entry in entries:
            info = zipfile.ZipInfo(entry.path, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED if entry.packed else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            info.file_size = entry.size
            with archive.open(info, "w") as file:
                for part in entry.read():
                    file.write(part)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """Takes what is written until it is handed on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
