"""Which files people may hand in, told by what is in them and not by what they are called.

Offices receive scans (PDF, PNG, JPEG, TIFF) and papers that are worked on (Word, Excel, OpenDocument). No archives: what is
in them could be anything, and nobody could look at it here. No old Office files (.doc, .xls): nothing tells whether macros
are in them. HTML and SVG, which run programs in the reader's browser, never.
"""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from app.domain.refusals import file_refusals as say
from app.domain.refusals.file_refusals import FileRefused, refused
from app.domain.terms.calendar import Text

NAME_LIMIT = 255
HEAD = 1024 * 1024
"""Bytes at the beginning of a file that are looked at."""
MEMBERS = 5_000
"""Members of a ZIP, at most."""
DIRECTORY = 1024 * 1024
"""Bytes of the directory of a ZIP, at most."""
MEMBER_HEAD = 4 * 1024
"""Bytes at the beginning of each member that are unpacked to be looked at: 20 MB for all of them."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every virus scanner takes for a virus, so that it can be seen to work (eicar.org)."""


@dataclass(frozen=True, slots=True)
class FileType:
    """shown: browsers show it by themselves."""

    label: str
    media_type: str
    suffixes: tuple[str, ...]
    shown: bool = False


PDF = FileType("PDF", "application/pdf", ("pdf",), shown=True)
PNG = FileType("PNG", "image/png", ("png",), shown=True)
JPEG = FileType("JPEG", "image/jpeg", ("jpg", "jpeg", "jpe"), shown=True)
TIFF = FileType("TIFF", "image/tiff", ("tif", "tiff"))
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
DOCX = FileType("DOCX", f"{_OPEN_XML}wordprocessingml.document", ("docx",))
XLSX = FileType("XLSX", f"{_OPEN_XML}spreadsheetml.sheet", ("xlsx",))
ODT = FileType("ODT", "application/vnd.oasis.opendocument.text", ("odt",))
ODS = FileType("ODS", "application/vnd.oasis.opendocument.spreadsheet", ("ods",))
TYPES = (PDF, PNG, JPEG, TIFF, DOCX, XLSX, ODT, ODS)
LABELS = ", ".join(one.label for one in TYPES)
ACCEPTED = ",".join(f".{suffix}" for one in TYPES for suffix in one.suffixes)
"""As the attribute `accept` of an input has it."""
BY_MEDIA_TYPE: Mapping[str, FileType] = {one.media_type: one for one in TYPES}
_BY_SUFFIX = {suffix: one for one in TYPES for suffix in one.suffixes}

_BEGINNINGS: tuple[tuple[bytes, FileType], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_REFUSED: tuple[tuple[bytes, Text], ...] = (
    (b"MZ", say.PROGRAM),
    (b"\x7fELF", say.PROGRAM),
    (b"\xca\xfe\xba\xbe", say.PROGRAM),
    (b"\xcf\xfa\xed\xfe", say.PROGRAM),
    (b"#!", say.PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", say.OLD_OFFICE),
    (b"Rar!", say.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", say.ARCHIVE),
    (b"\x1f\x8b", say.ARCHIVE),
)
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<!--")
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def clean_name(name: str) -> str:
    """What a file is called, without its path and without what cannot be seen; perhaps empty."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # controls, marks that turn the direction of writing (a .exe that reads as .pdf), halves of characters
    seen = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    return _shortened(" ".join(seen.split()).rstrip("."))


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if len(name) <= NAME_LIMIT:
        return name
    return stem[: NAME_LIMIT - len(suffix) - 1] + dot + suffix if stem and len(suffix) < 10 else name[:NAME_LIMIT]


def inspect(content: BinaryIO, name: str) -> tuple[FileType, str]:
    """The type of a file, and the name by which it is kept. Raises FileRefused, in words.

    content: from its beginning; name: as `clean_name` gives it. No more than a bounded part of an archive is unpacked.
    """
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise refused("empty", say.EMPTY)
    if EICAR in head:
        raise refused("virus", say.VIRUS)
    found = _kind(content, head)
    stem, dot, suffix = name.rpartition(".")
    named = _BY_SUFFIX.get(suffix.lower()) if dot else None
    if isinstance(found, FileType):
        if not dot:
            return found, f"{_shortened(name)[: NAME_LIMIT - 5] or 'document'}.{found.suffixes[0]}"
        if found is not named:
            raise _lie(suffix, found.label)
        return found, name if stem else f"document.{suffix}"
    if named is not None:
        raise _lie(suffix, found)
    raise refused("type", say.TYPE, found=found or say.UNKNOWN, types=LABELS)


def _lie(suffix: str, found: Text | str | None) -> FileRefused:
    return refused("lies", say.LIES, named=suffix.upper()[:10], found=found or say.UNKNOWN)


def _kind(content: BinaryIO, head: bytes) -> FileType | Text | None:
    """What the file is, or words for what is known to be refused; None: nobody knows."""
    for beginning, known in _BEGINNINGS:
        if head.startswith(beginning):
            return known
    for beginning, words in _REFUSED:
        if head.startswith(beginning):
            return words
    if head.startswith(_ZIP):
        return _packed(content)
    return say.PAGE if _is_page(head) else None


def _is_page(head: bytes) -> bool:
    """HTML, SVG or other XML, in any of the encodings that browsers guess."""
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head[:4096].replace(b"\x00", b"").lstrip().lower().startswith(_PAGES)


def _packed(content: BinaryIO) -> FileType | Text:
    """An Office file, by its members. Raises FileRefused for what a member holds."""
    if not _has_small_directory(content):
        return say.ARCHIVE
    try:
        with zipfile.ZipFile(content) as archive:
            names = [member.filename for member in archive.infolist()]
            for part in _beginnings(archive):
                if EICAR in part:
                    raise refused("virus", say.VIRUS)
            found = _office(archive, names)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return say.BROKEN
    if found is not None and any(name.lower().endswith(_MACROS[0]) or _of_macros(name) for name in names):
        raise refused("macros", say.MACROS)
    return found or say.ARCHIVE


def _of_macros(name: str) -> bool:
    return name.lower().startswith(_MACROS[1:])


def _has_small_directory(content: BinaryIO) -> bool:
    """Whether the list of the members can be read at little cost; its end says so (APPNOTE 4.3.16)."""
    size = content.seek(0, 2)
    content.seek(max(size - 65_557, 0))
    tail = content.read()
    end = tail.rfind(_ZIP_END)
    if end < 0 or len(tail) - end < 22 or _ZIP64_LOCATOR in tail[max(end - 20, 0) : end]:
        return False
    members, length = struct.unpack("<HL", tail[end + 10 : end + 16])
    return members <= MEMBERS and length <= DIRECTORY


def _beginnings(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for member in archive.infolist():
        if member.compress_type in _STORED and not member.flag_bits & 1 and not member.is_dir():
            with suppress(zipfile.BadZipFile), archive.open(member) as part:
                yield part.read(MEMBER_HEAD)


def _office(archive: zipfile.ZipFile, names: list[str]) -> FileType | None:
    if "[Content_Types].xml" in names:
        return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None
    if "mimetype" not in names or "content.xml" not in names:
        return None
    with archive.open("mimetype") as part:
        found = BY_MEDIA_TYPE.get(part.read(200).decode("ascii", "replace").strip())
    return found if found in (ODT, ODS) else None
