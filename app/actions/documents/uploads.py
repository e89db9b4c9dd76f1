"""How a file comes in: announced, then piece by piece, so that a broken connection goes on where it stopped; then looked at.

What is uploaded for a task belongs to its case at once; the same bytes are there once for a task. Before there is a case, it
belongs to the person until the form is sent; what is not sent within a day, and what has not arrived whole, is removed by a
job.
"""

import hashlib
import logging
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from app import scanner
from app.actions.running.moves import Act, record
from app.actions.tasks.tasks import locked, require_worker, works
from app.domain import refusals
from app.domain.file_types import FileType, clean_name, inspect
from app.domain.ids import new_id
from app.domain.people.access import Actor
from app.domain.refusals import file_refusals as say
from app.domain.refusals.file_refusals import NotScanned, refused, too_large
from app.errors import NotFound
from app.store import document_bytes
from app.store.document_bytes import PIECE
from app.store.tables import Document

log = logging.getLogger(__name__)

LOOSE_LASTS = timedelta(days=1)
LOOSE = 50
"""Files of a person that belong to no case yet, or have not arrived whole."""
OF_CASE = 500
"""Files of a process of a case: as many as are listed."""
_IN_MEMORY = 4 * 1024 * 1024
_loose = or_(Document.instance_id.is_(None), Document.digest.is_(None))


@dataclass(frozen=True, slots=True)
class Intake:
    """How files are taken in. limit: bytes of one; folder: for their bytes, None: the database; scanner: host and port of the
    virus scanner, None: there is none."""

    limit: int
    folder: Path | None = None
    scanner: tuple[str, int] | None = None


def begin(
    session: Session, actor: Actor, task_id: UUID | None, name: str, size: int, limit: int, now: datetime
) -> Document:
    """Announce a file for a task, or (None) for a form with which a case begins. size, limit: bytes.

    Raises FileRefused (no bytes, too many, too many files); NotFound, Conflict, Forbidden for a task that is not the
    actor's to work.
    """
    _require_size(size, limit)
    task, instance = (None, None) if task_id is None else locked(session, actor, task_id)
    if task is not None:
        require_worker(actor, task)
        _require_fewer(session, Document.instance_id == task.instance_id, OF_CASE)
    _require_fewer(session, and_(Document.added_by == actor.user_id, _loose), LOOSE)
    document = Document(
        id=new_id(),
        instance_id=None if instance is None else instance.id,
        task_id=None if task is None else task.id,
        tenant_id=None if instance is None else instance.tenant_id,
        added_at=now,
        added_by=actor.user_id,
        name=clean_name(name),
        size=size,
    )
    session.add(document)
    session.flush()
    return document


def _require_fewer(session: Session, those: ColumnElement[bool], limit: int) -> None:
    if (session.scalar(select(func.count()).where(those)) or 0) >= limit:
        raise refused("number", say.TOO_MANY, limit=str(limit))


def _require_size(size: int, limit: int) -> None:
    if size <= 0:
        raise refused("empty", say.EMPTY)
    if size > limit:
        raise too_large(limit)


def add_piece(session: Session, actor: Actor, document_id: UUID, number: int, content: bytes) -> None:
    """Take a piece of an announced file, in any order and more than once. Raises NotFound, FileRefused for a wrong length."""
    document = _arriving(session, actor, document_id)
    if document.digest is not None:
        return
    start = number * PIECE
    if not 0 <= start < document.size or len(content) != min(PIECE, document.size - start):
        raise refused("incomplete", say.INCOMPLETE)
    document_bytes.put_piece(session, document_id, number, content)


def finish(session: Session, actor: Actor, document_id: UUID, intake: Intake, now: datetime) -> Document:
    """Look at a file that has arrived, and keep it; a second call changes nothing.

    Gives the one that the task has already, where it has the same bytes: what has arrived then is to be dropped.

    Raises NotFound; Conflict, Forbidden when the task has gone meanwhile; FileRefused, after which it is to be deleted;
    NotScanned, after which it may be tried again.
    """
    document = _arriving(session, actor, document_id)
    if document.digest is not None:
        return document
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as content:
        for piece in document_bytes.pieces(session, document_id):
            content.write(piece)
        if content.tell() != document.size:
            raise refused("incomplete", say.INCOMPLETE)
        found = _looked_at(content, document.name, intake)  # type: ignore[arg-type]
        return _settled(session, actor, document, content, found, intake, now)  # type: ignore[arg-type]


def add(
    session: Session,
    actor: Actor,
    task_id: UUID | None,
    name: str,
    content: BinaryIO,
    intake: Intake,
    now: datetime,
    description: str | None = None,
) -> tuple[Document, bool]:
    """Take a whole file at once; gives it, or the one that the task has already, and whether it had. Raises as `begin` and
    `finish`."""
    size = content.seek(0, 2)
    _require_size(size, intake.limit)
    found = _looked_at(content, clean_name(name), intake)  # before the case is locked: a scanner takes its time
    document = begin(session, actor, task_id, name, size, intake.limit, now)
    document.description = description
    if intake.folder is None:
        document_bytes.put_all(session, document.id, content)
    kept = _settled(session, actor, document, content, found, intake, now)
    if kept is not document:
        session.delete(document)
    return kept, kept is not document


def _arriving(session: Session, actor: Actor, document_id: UUID) -> Document:
    document = session.get(Document, document_id, with_for_update=True)
    if document is None or document.added_by != actor.user_id:
        raise refusals.of(NotFound, say.GONE, {"document": str(document_id)})
    return document


def _looked_at(content: BinaryIO, name: str, intake: Intake) -> tuple[FileType, str]:
    """The type of a file, and the name by which it is kept. Raises FileRefused, NotScanned."""
    found = inspect(content, name)
    if intake.scanner is not None:
        try:
            virus = scanner.virus_in(content, intake.scanner)
        except scanner.NoAnswer as error:
            log.error("a file could not be scanned: %s", error)
            raise refusals.of(NotScanned, say.NOT_SCANNED) from error
        if virus is not None:
            log.warning("the virus scanner found %s", virus)
            raise refused("virus", say.VIRUS)
    return found


def _settled(
    session: Session,
    actor: Actor,
    document: Document,
    content: BinaryIO,
    found: tuple[FileType, str],
    intake: Intake,
    now: datetime,
) -> Document:
    """Keep what has arrived and tell of it in the history of its case, which is still worked on; or give the same that its
    task has. Raises NotFound, Conflict, Forbidden."""
    kind, name = found
    digest = _digest(content)
    if document.task_id is not None:
        task, instance = locked(session, actor, document.task_id)
        require_worker(actor, task)
        same = select(Document).where(Document.task_id == task.id, Document.digest == digest)
        if (there := session.scalars(same.limit(1)).first()) is not None:
            return there
        deputy = works(actor, task) and task.assignee != actor.user_id
        act = Act(actor.user_id, now, "AddDocument", task.id, on_behalf_of=task.assignee if deputy else None)
        session.add(record(instance.id, replace(act, data={"document": [None, name]})))
        task.updated_at = now
    document.name, document.media_type, document.digest = name, kind.media_type, digest
    if intake.folder is not None:
        document_bytes.move_to_folder(session, intake.folder, document, content)
    return document


def _digest(content: BinaryIO) -> bytes:
    content.seek(0)
    digest = hashlib.sha256()
    for part in iter(lambda: content.read(PIECE), b""):
        digest.update(part)
    return digest.digest()


def drop(session: Session, actor: Actor, document_id: UUID) -> bool:
    """Forget a file that was refused, given up before it arrived, or not sent with a form; gives whether there was one."""
    gone = delete(Document).where(Document.id == document_id, Document.added_by == actor.user_id, _loose)
    return _count(session, gone) > 0


def sweep(session: Session, now: datetime) -> int:
    """Remove what came a day ago and was never sent, or never arrived whole; gives how many. Its files go by `sweep_folder`."""
    return _count(session, delete(Document).where(_loose, Document.added_at < now - LOOSE_LASTS))


def _count(session: Session, removal: Delete) -> int:
    return len(session.execute(removal.returning(Document.id)).all())


def sweep_folder(session: Session, folder: Path, shard: int) -> int:
    """Remove the files of a part of the folder (0 to 255) that belong to no document; gives how many."""
    return document_bytes.sweep(session, folder, shard)
