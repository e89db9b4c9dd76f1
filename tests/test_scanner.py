"""The virus scanner is asked as clamd expects it, and nothing but its "OK" is taken for one."""

import socket
from collections.abc import Iterator
from io import BytesIO

import pytest

from app import scanner
from app.scanner import PART, NoAnswer, virus_in
from tests.clamd import WORM, Clamd, clamd
from tests.papers import PDF


@pytest.fixture
def listening() -> Iterator[Clamd]:
    with clamd() as found:
        yield found


def test_a_whole_file_is_sent_from_its_beginning_in_parts(listening: Clamd) -> None:
    content = PDF + bytes(range(256)) * (2 * PART // 256)
    file = BytesIO(content)
    file.seek(100)
    assert virus_in(file, listening.address) is None
    assert listening.scanned == [content]


def test_a_virus_is_named(listening: Clamd) -> None:
    assert virus_in(BytesIO(PDF + WORM), listening.address) == "Win.Worm.Test-1"


def test_a_file_that_is_more_than_the_scanner_takes_was_not_looked_at(listening: Clamd) -> None:
    listening.limit = 10
    with pytest.raises(NoAnswer):
        virus_in(BytesIO(bytes(20 * PART)), listening.address)


@pytest.mark.parametrize("answer", [b"stream: OK but late ERROR\0", b"UNKNOWN COMMAND\0", b"\0", b"\xff\0"])
def test_any_other_answer_is_none(listening: Clamd, answer: bytes) -> None:
    listening.answer = answer
    with pytest.raises(NoAnswer, match="answered"):
        virus_in(BytesIO(PDF), listening.address)


def test_nobody_who_listens_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = ("127.0.0.1", closed.getsockname()[1])
    with pytest.raises(NoAnswer, match=str(address[1])):
        virus_in(BytesIO(PDF), address)


def test_one_who_says_nothing_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SILENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoAnswer, match="timed out"):
        virus_in(BytesIO(PDF), ("127.0.0.1", silent.getsockname()[1]))
