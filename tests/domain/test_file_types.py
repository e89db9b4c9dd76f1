"""What files are, whatever they are called."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.file_types import MEMBERS, NAME_LIMIT, clean_name, inspect
from app.domain.refusals.file_refusals import FileRefused, size_in_words, too_large
from tests.papers import EICAR, HTML, JPEG, ODS, ODT, PDF, PROGRAM, SVG, TIFF, XLSX, docx, packed, png


def refusal(content: bytes, name: str) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        inspect(BytesIO(content), name)
    return refused.value


def reason(content: bytes, name: str) -> str:
    details = refusal(content, name).details
    assert isinstance(details, dict)
    return str(details["reason"])


@pytest.mark.parametrize(
    ("content", "name", "label"),
    [
        (PDF, "a.pdf", "PDF"),
        (PDF, "A.PDF", "PDF"),
        (png(), "a.png", "PNG"),
        (JPEG, "a.jpg", "JPEG"),
        (JPEG, "a.jpeg", "JPEG"),
        (TIFF, "a.tiff", "TIFF"),
        (b"MM\x00*" + bytes(9), "a.tif", "TIFF"),
        (docx(), "a.docx", "DOCX"),
        (XLSX, "a.xlsx", "XLSX"),
        (ODT, "a.odt", "ODT"),
        (ODS, "a.ods", "ODS"),
    ],
)
def test_what_offices_need_is_known_by_its_content(content: bytes, name: str, label: str) -> None:
    kind, kept = inspect(BytesIO(content), name)
    assert (kind.label, kept) == (label, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PROGRAM, "licence.pdf"),
        (HTML, "licence.pdf"),
        (SVG, "picture.png"),
        (png(), "licence.pdf"),
        (PDF, "letter.exe"),
        (PDF, "letter.html"),
        (packed({"a.txt": b"a"}), "letter.docx"),
        (XLSX, "letter.docx"),
        (docx()[:-30], "letter.docx"),
        (b"plain text", "letter.pdf"),
    ],
)
def test_a_name_that_says_something_else_than_the_content_is_a_lie(content: bytes, name: str) -> None:
    assert reason(content, name) == "lies"


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (PROGRAM, "setup.exe", "программа"),
        (b"\x7fELF" + bytes(9), "setup", "программа"),
        (b"#!/bin/sh\n", "run.sh", "программа"),
        (HTML, "page.html", "веб-страница"),
        (SVG, "picture.svg", "веб-страница"),
        ("<html>".encode("utf-16"), "page", "веб-страница"),
        (packed({"a.txt": b"a"}), "a.zip", "архив"),
        (b"Rar!\x1a\x07", "a.rar", "архив"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "a.doc", ".doc"),
        (b"plain text", "a.txt", "неизвестные данные"),
    ],
)
def test_other_kinds_are_refused_with_what_they_are_and_what_to_send_instead(
    content: bytes, name: str, found: str
) -> None:
    error = refusal(content, name)
    assert error.details == {"reason": "type"}
    assert found in error.words["ru"]
    assert all("PDF, PNG, JPEG" in text for text in error.words.values())


@pytest.mark.parametrize(
    "content",
    [EICAR, PDF + EICAR, docx(**{"word/media/a.bin": EICAR}), packed({"deep/er/a.com": b" " * 100 + EICAR})],
)
def test_the_mark_of_a_virus_is_found_also_in_a_member(content: bytes) -> None:
    assert reason(content, "a.pdf") == "virus"


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "Basic/script.xml"])
def test_macros_are_refused(name: str) -> None:
    assert reason(docx(**{name: b"x"}), "a.docx") == "macros"


def test_an_empty_file_is_refused() -> None:
    assert reason(b"", "a.pdf") == "empty"


def test_an_archive_of_too_many_members_or_with_a_second_directory_is_not_opened() -> None:
    many = bytearray(docx())
    end = many.rfind(b"PK\x05\x06")
    many[end + 10 : end + 12] = struct.pack("<H", MEMBERS + 1)
    assert reason(bytes(many), "a.zip") == "type"
    locator = b"PK\x06\x07" + bytes(16)
    plain = docx()
    end = plain.rfind(b"PK\x05\x06")
    assert reason(plain[:end] + locator + plain[end:], "a.zip") == "type"


def test_a_bomb_is_unpacked_no_further_than_its_beginnings() -> None:
    bomb = docx(**{"word/media/zeros.bin": bytes(50_000_000)})
    assert len(bomb) < 100_000
    assert inspect(BytesIO(bomb), "a.docx")[0].label == "DOCX"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_type_or_a_refusal(tail: bytes) -> None:
    for head in (b"", b"PK\x03\x04", docx()[:60], docx()):
        try:
            inspect(BytesIO(head + tail), "a.docx")
        except FileRefused as error:
            assert error.words.keys() == {"kk", "ru", "en"}  # noqa: PT017 - a refusal is one of two good ends


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\Өтініш.pdf", "Өтініш.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\r\nSet-Cookie: b\x00.pdf", "aSet-Cookie: b.pdf"),
        ("cod\u202efdp.exe", "codfdp.exe"),
        ("  a   b .pdf. ", "a b .pdf"),
        ("\ud800.pdf", ".pdf"),
        ("й.pdf", "й.pdf"),
        ("", ""),
        ("..", ""),
    ],
)
def test_a_name_is_without_path_and_without_what_cannot_be_seen(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@given(st.text(max_size=600))
def test_a_clean_name_is_short_printable_and_stays_as_it_is(name: str) -> None:
    once = clean_name(name + ".pdf")
    assert len(once) <= NAME_LIMIT
    assert "/" not in once
    assert once.endswith(".pdf")
    assert clean_name(once) == once
    assert len(inspect(BytesIO(PDF), once)[1]) <= NAME_LIMIT


def test_a_file_without_a_suffix_gets_that_of_its_type() -> None:
    assert inspect(BytesIO(PDF), "скан")[1] == "скан.pdf"
    assert inspect(BytesIO(PDF), "")[1] == "document.pdf"
    assert inspect(BytesIO(PDF), ".pdf")[1] == "document.pdf"


def test_sizes_are_said_as_people_read_them() -> None:
    assert [size_in_words(20 * 1024 * 1024, lang) for lang in ("kk", "ru", "en")] == ["20 МБ", "20 МБ", "20 MB"]
    assert (size_in_words(1_500_000, "ru"), size_in_words(1_500_000, "en")) == ("1,4 МБ", "1.4 MB")
    assert (size_in_words(100, "en"), size_in_words(860_000, "ru")) == ("1 KB", "840 КБ")
    assert "20 МБ" in too_large(20 * 1024 * 1024).words["ru"]
