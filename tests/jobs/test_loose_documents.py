"""The job that removes what was uploaded and never sent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.actions.documents import uploads
from app.domain.people.access import Actor
from app.jobs import documents
from app.jobs.database import transactions
from app.store import session as store
from app.store.tables import Document
from tests.papers import PDF, png

CLERK = Actor("clerk", False, frozenset())
NOW = datetime.now(UTC)


@pytest.fixture
def database(fresh_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", fresh_database)
    monkeypatch.setenv("REGLAMENT_HOME", str(tmp_path))
    monkeypatch.setenv("REGLAMENT_FILES", str(tmp_path / "papers"))
    transactions.cache_clear()
    engine = store.engine(fresh_database)
    yield engine
    transactions.cache_clear()
    engine.dispose()


def test_yesterdays_uploads_and_their_files_are_removed(database: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    intake = uploads.Intake(10_000, folder)
    with Session(database) as session, session.begin():
        for name, content, age in (("old.pdf", PDF, 25), ("new.png", png(), 1)):
            uploads.add(session, CLERK, None, name, BytesIO(content), intake, NOW - timedelta(hours=age))
        uploads.begin(session, CLERK, None, "half.pdf", 10, 100, NOW - timedelta(hours=25))
    documents.remove_loose_documents(0)
    with Session(database) as session:
        [left] = session.scalars(select(Document)).all()
        assert left.name == "new.png"
        assert left.digest is not None
        assert [path.name for path in folder.rglob("*") if path.is_file()] == [left.digest.hex()]
