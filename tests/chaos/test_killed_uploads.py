"""A process killed with -9 anywhere in taking a file in: nothing half is ever given out, and what is left over is swept."""

import multiprocessing
import os
import signal
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from app.actions.documents import documents, uploads
from app.domain.people.access import Actor
from app.errors import NotFound
from app.store import document_bytes
from app.store import session as store
from app.store.tables import Document, DocumentPiece
from tests.papers import PDF

NOW = datetime(2026, 3, 18, 6, tzinfo=UTC)
CLERK = Actor("clerk", False, frozenset())
LIMIT = 1_000_000


def _finish_and_die(url: str, folder: Path, document: UUID, statements: int) -> None:
    """Take the file in, in this process, which kills itself before it sends the next statement (or the commit)."""
    database = store.engine(url)
    left = [statements]

    def count(*_: object) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    event.listen(database, "before_cursor_execute", count)
    event.listen(database, "commit", count)
    with Session(database) as session:
        uploads.finish(session, CLERK, document, uploads.Intake(LIMIT, folder), NOW)
        session.commit()


def test_an_upload_killed_anywhere_is_there_wholly_or_can_go_on(fresh_database: str, tmp_path: Path) -> None:
    database, folder = store.engine(fresh_database), tmp_path / "papers"
    with Session(database) as session, session.begin():
        document = uploads.begin(session, CLERK, None, "a.pdf", len(PDF), LIMIT, NOW).id
        uploads.add_piece(session, CLERK, document, 0, PDF)
    fork, killed, orphans = multiprocessing.get_context("fork"), 0, 0
    for statements in range(30):
        child = fork.Process(target=_finish_and_die, args=(fresh_database, folder, document, statements))
        child.start()
        child.join()
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        killed += 1
        with Session(database) as session, pytest.raises(NotFound):
            documents.document_for(session, CLERK, document)
        orphans += len(_files(folder))
        _sweep(database, folder)
        assert _files(folder) == []
    assert killed >= 4
    assert orphans >= 1
    with Session(database) as session:
        found = documents.document_for(session, CLERK, document)
        assert b"".join(documents.content(session, folder, found)) == PDF
        assert session.scalar(select(func.count()).select_from(DocumentPiece)) == 0
    _sweep(database, folder)
    assert len(_files(folder)) == 1
    database.dispose()


@pytest.mark.parametrize("folder", [False, True])
def test_a_whole_file_that_is_rolled_back_is_nowhere(fresh_database: str, tmp_path: Path, folder: bool) -> None:
    database, place = store.engine(fresh_database), tmp_path / "papers"
    intake = uploads.Intake(LIMIT, place if folder else None)
    with Session(database) as session:
        uploads.add(session, CLERK, None, "a.pdf", BytesIO(PDF), intake, NOW)
        session.rollback()
    with Session(database) as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0
    _sweep(database, place)
    assert _files(place) == []
    database.dispose()


def _sweep(database: Engine, folder: Path) -> None:
    for shard in range(document_bytes.SHARDS):
        with Session(database) as session, session.begin():
            uploads.sweep_folder(session, folder, shard)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
