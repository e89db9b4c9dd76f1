"""A CSV file of people as lines: which encoding, delimiter and columns it has, and why it cannot be read."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain import refusals
from app.domain.refusals import import_refusals as words
from app.errors import Invalid

MOST = 10_000
"""Lines with people, at most."""
LARGEST = 5 * 2**20
"""Bytes of a file, at most."""
MANY = 4
"""Of so many bytes one is NUL where a text is in UTF-16."""
DELIMITERS = (";", ",")
BOM = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff")
BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""With which the files of a spreadsheet program begin that are no text."""
CYRILLIC = 0.6
"""Of the letters beyond ASCII, so many are Cyrillic in a text of Windows-1251."""
ID, LAST, FIRST, EMAIL, ORGANISATION, ROLES, LANGUAGE = COLUMNS = (
    "id",
    "lastName",
    "firstName",
    "email",
    "organisation",
    "roles",
    "language",
)
HEADERS: Mapping[str, Sequence[str]] = {
    ID: ("id", "login", "user", "логин", "пользователь", "пайдаланушы"),
    LAST: ("lastname", "surname", "фамилия", "тегі"),
    FIRST: ("firstname", "имя", "аты"),
    EMAIL: ("email", "почта", "электроннаяпочта", "пошта", "электрондықпошта"),
    ORGANISATION: ("organisation", "organization", "tenant", "организация", "ұйым"),
    ROLES: ("roles", "role", "роли", "роль", "рөлдер", "рөл"),
    LANGUAGE: ("language", "lang", "язык", "тіл", "тілі"),
}
"""What the columns may be called, in small letters without spaces, hyphens and the like."""


@dataclass(frozen=True, slots=True)
class Line:
    """number: as a text editor counts, that in which the line begins. cells: by column, without spaces around; wrong: that its
    cells are not as many as the columns: (cells, columns)."""

    number: int
    cells: Mapping[str, str]
    wrong: tuple[int, int] | None = None


def lines_of(content: bytes) -> list[Line]:
    """The lines after the first, which names the columns; empty ones are left out. Raises Invalid, which says where and why."""
    text = text_of(content)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    lines: list[Line] = []
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells)
                continue
            if len(lines) >= MOST:
                raise refusals.of(Invalid, words.TOO_MANY, most=MOST)
            lines.append(_line(number, cells, columns))
    except csv.Error as error:
        raise refusals.of(Invalid, words.BROKEN, {"line": begins}, line=begins, why=error) from error
    if not lines:
        raise refusals.of(Invalid, words.EMPTY)
    return lines


def _line(number: int, cells: Sequence[str], columns: Sequence[str]) -> Line:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(columns):
        return Line(number, {ID: cells[0].strip()}, (len(cells), len(columns)))
    return Line(number, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)})


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8. Raises Invalid for any other encoding, with the first byte at which that shows."""
    if len(content) > LARGEST:
        raise refusals.of(Invalid, words.TOO_LARGE, most=LARGEST // 2**20)
    if content.startswith(BOOKS):
        raise refusals.of(Invalid, words.A_BOOK)
    if content.startswith(WIDE):
        raise refusals.of(Invalid, words.UTF_16, {"encoding": "UTF-16", "line": 1, "byte": 1}, line=1, byte=1)
    if (at := content.find(b"\0")) >= 0:
        where = {"line": content.count(b"\n", 0, at) + 1, "byte": at + 1}
        if content.count(b"\0") * MANY < len(content):
            raise refusals.of(Invalid, words.NO_TEXT, where, **where)
        raise refusals.of(Invalid, words.UTF_16, {"encoding": "UTF-16", **where}, **where)
    try:
        return content.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        at = error.start + (len(BOM) if content.startswith(BOM) else 0)
        raise _not_utf_8(content, at) from error


def _not_utf_8(content: bytes, at: int) -> Invalid:
    line, begins = content.count(b"\n", 0, at) + 1, content.rfind(b"\n", 0, at) + 1
    encoding = "Windows-1251" if _is_1251(content) else ""
    text = words.WINDOWS_1251 if encoding else words.NO_ENCODING
    details = {"encoding": encoding or None, "line": line, "byte": at + 1}
    place = {"line": line, "byte": at - begins + 1, "value": f"{content[at]:02X}", "whole": at + 1}
    return refusals.of(Invalid, text, details, **place)


def _is_1251(content: bytes) -> bool:
    """Whether a text makes sense in Windows-1251: most of its letters beyond ASCII are Cyrillic then, and it is not for the
    most part UTF-8, of which a byte is broken."""
    beyond = sum(byte > 0x7F for byte in content)
    if 4 * sum(not letter.isascii() for letter in content.decode(errors="ignore")) > beyond:
        return False
    found = [letter for letter in content.decode("cp1251", errors="replace") if not letter.isascii()]
    return bool(found) and sum("\u0400" <= letter <= "\u04ff" for letter in found) >= CYRILLIC * len(found)


def _delimiter(text: str) -> str:
    """That by which the first line falls into the most columns that are known."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(_column(cell) is not None for cell in cells)

    return max(DELIMITERS, key=known)


def _column(name: str) -> str | None:
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    return next((column for column, names in HEADERS.items() if plain in names), None)


def _columns(cells: Sequence[str]) -> list[str]:
    """The columns that the first line names. Raises Invalid."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    found = [(cell.strip(), _column(cell)) for cell in cells]
    if unknown := [name for name, column in found if column is None]:
        raise refusals.of(Invalid, words.COLUMN_UNKNOWN, name=unknown[0][:60], known=", ".join(COLUMNS))
    columns = [column for _, column in found if column is not None]
    if twice := next((name for name in columns if columns.count(name) > 1), None):
        raise refusals.of(Invalid, words.COLUMN_TWICE, name=twice)
    if ID not in columns:
        raise refusals.of(Invalid, words.COLUMN_MISSING, name=ID)
    if (ORGANISATION in columns) != (ROLES in columns):
        raise refusals.of(Invalid, words.COLUMN_MISSING, name=ROLES if ORGANISATION in columns else ORGANISATION)
    return columns
