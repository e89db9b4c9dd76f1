"""Documents in a folder, and what is removed from it."""

import stat
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.actions.documents import documents, uploads
from app.errors import NotFound
from app.store import document_bytes
from app.store.tables import Document, DocumentPiece
from tests.actions.documents.office import CLERK, NOW, Office, started
from tests.papers import PDF, png


def test_what_is_not_sent_within_a_day_is_removed_and_what_was_sent_is_not(office: Office) -> None:
    loose, sent = office.upload(None, "a.pdf", PDF), office.upload(None, "b.png", png())
    started(office, proof=[str(sent)])
    with office.begin() as session:
        assert uploads.sweep(session, NOW + timedelta(hours=23)) == 0
        assert uploads.sweep(session, NOW + timedelta(hours=25)) == 1
    swept(office)
    assert office.read(sent) == png()
    with pytest.raises(NotFound):
        office.read(loose)
    assert office.folder is None or len(files(office.folder)) == 1


def swept(office: Office) -> int:
    """Removes the files that no document names; gives how many."""
    total = 0
    for shard in range(document_bytes.SHARDS if office.folder else 0):
        assert office.folder is not None
        with office.begin() as session:
            total += uploads.sweep_folder(session, office.folder, shard)
    return total


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("office", ["folder"], indirect=True)
def test_in_a_folder_the_same_bytes_are_one_file_that_nobody_else_reads_and_nobody_runs(office: Office) -> None:
    assert office.folder is not None
    first, second = (office.upload(started(office)[1], name, PDF) for name in ("a.pdf", "b.pdf"))
    [file] = files(office.folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {stat.S_IMODE(one.stat().st_mode) for one in (office.folder, file.parent)} == {0o700}
    with office.begin() as session:
        assert session.scalar(select(func.count()).select_from(DocumentPiece)) == 0
        documents.delete(session, CLERK, first, NOW)
    assert swept(office) == 0
    assert office.read(second) == PDF
    with office.begin() as session:
        documents.delete(session, CLERK, second, NOW)
    assert swept(office) == 1
    assert files(office.folder) == []


@pytest.mark.parametrize("office", ["folder"], indirect=True)
def test_the_sweep_leaves_what_is_not_ours_and_what_is_being_written(office: Office) -> None:
    assert office.folder is not None
    _, task = started(office)
    office.upload(task, "a.pdf", PDF)
    [file] = files(office.folder)
    strange, half = file.parent / "README.txt", file.parent / "tmpabc.part"
    strange.write_text("not ours")
    half.write_text("half")
    shard = int(file.parent.name, 16)
    with office.begin() as session, office.begin() as other:
        other.add(document := Document(id=uuid4(), added_at=NOW, size=len(PDF), added_by="clerk", name="c.pdf"))
        document.digest = bytes.fromhex(file.name)
        document_bytes.move_to_folder(other, office.folder, document, BytesIO(PDF))
        assert uploads.sweep_folder(session, office.folder, shard) == 0
    assert swept(office) == 1
    assert strange.exists()
    assert not half.exists()
    assert file.exists()


@pytest.mark.parametrize("office", ["folder"], indirect=True)
def test_bytes_that_the_folder_has_lost_are_not_found(office: Office) -> None:
    assert office.folder is not None
    _, task = started(office)
    document = office.upload(task, "a.pdf", PDF)
    with office.begin() as session:
        found = documents.document_for(session, CLERK, document)
        with pytest.raises(NotFound):
            documents.content(session, None, found)
        files(office.folder)[0].unlink()
        with pytest.raises(NotFound):
            documents.content(session, office.folder, found)
