"""How documents come in, whole and piece by piece, and who may add them."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.actions.documents import documents, uploads
from app.domain.refusals.file_refusals import FileRefused, NotScanned
from app.errors import Conflict, Forbidden, NotFound
from app.store.document_bytes import PIECE
from app.store.tables import Document, History
from tests.actions.documents.office import CLERK, COLLEAGUE, LIMIT, NOW, STRANGER, Office, complete, reason, started
from tests.clamd import WORM, clamd
from tests.papers import PDF, PROGRAM


def test_a_file_that_comes_in_pieces_in_any_order_is_whole(office: Office) -> None:
    _, task = started(office)
    content = PDF + bytes(range(256)) * 4096
    with office.begin() as session:
        document = uploads.begin(session, CLERK, task, "scan.pdf", len(content), LIMIT, NOW).id
    for number in (2, 0, 0, 1):
        with office.begin() as session:
            uploads.add_piece(session, CLERK, document, number, content[number * PIECE : (number + 1) * PIECE])
    with office.begin() as session, pytest.raises(NotFound):
        documents.document_for(session, CLERK, document)
    for _ in range(2):
        with office.begin() as session:
            kept = uploads.finish(session, CLERK, document, office.intake, NOW)
            assert (kept.name, kept.media_type, kept.size) == ("scan.pdf", "application/pdf", len(content))
    assert office.read(document) == content


def test_an_upload_with_a_gap_or_a_piece_of_another_length_is_incomplete(office: Office) -> None:
    with office.begin() as session:
        document = uploads.begin(session, CLERK, None, "scan.pdf", PIECE + 10, LIMIT, NOW).id
    for number, length in ((0, 5), (1, 11), (2, 10), (-1, PIECE)):
        with office.begin() as session, pytest.raises(FileRefused) as refused:
            uploads.add_piece(session, CLERK, document, number, bytes(length))
        assert reason(refused) == "incomplete"
    with office.begin() as session:
        uploads.add_piece(session, CLERK, document, 1, bytes(10))
    with office.begin() as session, pytest.raises(FileRefused) as refused:
        uploads.finish(session, CLERK, document, office.intake, NOW)
    assert reason(refused) == "incomplete"


def test_sizes_and_numbers_are_limited_before_a_byte_is_sent(office: Office) -> None:
    with office.begin() as session:
        for size, why in ((0, "empty"), (-1, "empty"), (LIMIT + 1, "size")):
            with pytest.raises(FileRefused) as refused:
                uploads.begin(session, CLERK, None, "a.pdf", size, LIMIT, NOW)
            assert reason(refused) == why
        for _ in range(uploads.LOOSE):
            uploads.begin(session, CLERK, None, "a.pdf", 1, LIMIT, NOW)
        with pytest.raises(FileRefused) as refused:
            uploads.begin(session, CLERK, None, "a.pdf", 1, LIMIT, NOW)
        assert reason(refused) == "number"


def test_only_who_works_the_task_adds_to_it_and_only_while_it_is_open(office: Office) -> None:
    _, task = started(office)
    with office.begin() as session, pytest.raises(Forbidden):
        uploads.begin(session, COLLEAGUE, task, "a.pdf", 10, LIMIT, NOW)
    with office.begin() as session, pytest.raises(NotFound):
        uploads.begin(session, STRANGER, task, "a.pdf", 10, LIMIT, NOW)
    with office.begin() as session:
        late = uploads.begin(session, CLERK, task, "late.pdf", len(PDF), LIMIT, NOW).id
        uploads.add_piece(session, CLERK, late, 0, PDF)
    with office.begin() as session, pytest.raises(NotFound):
        uploads.add_piece(session, COLLEAGUE, late, 0, PDF)
    complete(office, task, [str(office.upload(task, "a.pdf", PDF))])
    with office.begin() as session, pytest.raises(Conflict):
        uploads.finish(session, CLERK, late, office.intake, NOW)


def test_the_same_file_is_there_once_for_a_task_however_it_comes(office: Office) -> None:
    instance, task = started(office)
    first = office.upload(task, "a.pdf", PDF)
    assert office.upload(task, "b.pdf", PDF) == first
    with office.begin() as session:
        document = uploads.begin(session, CLERK, task, "c.pdf", len(PDF), LIMIT, NOW).id
        uploads.add_piece(session, CLERK, document, 0, PDF)
    for _ in range(2):
        with office.begin() as session:
            assert uploads.finish(session, CLERK, document, office.intake, NOW).id == first
    with office.begin() as session:
        assert uploads.drop(session, CLERK, document)
        assert [one.document.name for one in documents.documents_of(session, CLERK, instance)] == ["a.pdf"]
        told = session.scalars(select(History).where(History.operation == "AddDocument")).all()
        assert [one.data for one in told] == [{"document": [None, "a.pdf"]}]
    assert office.read(first) == PDF


def test_the_same_file_comes_again_to_another_task_and_after_it_was_deleted(office: Office) -> None:
    _, task = started(office)
    _, other = started(office)
    first = office.upload(task, "a.pdf", PDF)
    assert office.upload(other, "a.pdf", PDF) != first
    assert office.upload(None, "a.pdf", PDF) != office.upload(None, "a.pdf", PDF)
    with office.begin() as session:
        documents.delete(session, CLERK, first, NOW)
    assert office.upload(task, "a.pdf", PDF) != first


def test_a_refused_file_leaves_nothing(office: Office) -> None:
    _, task = started(office)
    with pytest.raises(FileRefused):
        office.upload(task, "a.pdf", PROGRAM)
    with office.begin() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0
    assert office.folder is None or not office.folder.exists()


def test_what_the_scanner_finds_is_refused_and_what_it_cannot_look_at_may_be_sent_again(office: Office) -> None:
    content = PDF + WORM
    with office.begin() as session:
        document = uploads.begin(session, CLERK, None, "a.pdf", len(content), LIMIT, NOW).id
        uploads.add_piece(session, CLERK, document, 0, content)
    with clamd() as scanner:
        intake = replace(office.intake, scanner=scanner.address)
        with office.begin() as session, pytest.raises(FileRefused) as refused:
            uploads.finish(session, CLERK, document, intake, NOW)
        assert reason(refused) == "virus"
    with office.begin() as session, pytest.raises(NotScanned) as unscanned:
        uploads.finish(session, CLERK, document, intake, NOW)
    assert unscanned.value.words.keys() == {"kk", "ru", "en"}
    assert scanner.scanned == [content]
    assert office.folder is None or not office.folder.exists()
    with office.begin() as session:
        assert uploads.finish(session, CLERK, document, office.intake, NOW).digest is not None
