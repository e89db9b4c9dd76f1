"""The bytes of documents: pieces in the database, or files in a folder.

In the folder a file is named by the SHA-256 of what is in it, so that the same bytes are there once. It is written under
another name, flushed to the disk and then renamed, all before the transaction ends: what a document names is there. What
no document names is removed by `sweep`; until then nothing leads to it, since files are only found through documents.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import Engine, Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.store.tables import Document, DocumentPiece

PIECE = 512 * 1024
"""Bytes of a piece, but for the last. One of them arrives in time over a slow line."""
SHARDS = 256
"""Folders in the folder, by the first byte of the digest."""
_LOCK = 0x646F6300
"""Key, with the shard, of the lock that keeps writing a file and removing it apart; held until the transaction ends."""
_OURS = re.compile(r"[0-9a-f]{64}|[a-z0-9_]+\.part")


def put_piece(session: Session, document_id: UUID, number: int, content: bytes) -> None:
    """Keep a piece; one that is sent again takes the place of the first."""
    given = insert(DocumentPiece).values(document_id=document_id, number=number, content=content)
    session.execute(given.on_conflict_do_update(index_elements=["document_id", "number"], set_={"content": content}))


def put_all(session: Session, document_id: UUID, content: BinaryIO) -> None:
    """Keep the whole of a file as pieces."""
    content.seek(0)
    for number, piece in enumerate(iter(lambda: content.read(PIECE), b"")):
        put_piece(session, document_id, number, piece)


def pieces(session: Session, document_id: UUID) -> Iterator[bytes]:
    """What has arrived, in order, up to the first gap."""
    for number in range(2**31):
        content = session.scalar(_piece(document_id, number))
        if content is None:
            return
        yield content


def move_to_folder(session: Session, folder: Path, document: Document, content: BinaryIO) -> None:
    """Write the file of a document whose digest is known; the pieces go."""
    assert document.digest is not None
    shard = document.digest[0]
    session.execute(select(func.pg_advisory_xact_lock_shared(_LOCK + shard)))
    place = _shard(folder, shard)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.mkdir(mode=0o700, exist_ok=True)
    target = place / document.digest.hex()
    if not target.exists():
        _write(place, target, content)
    document.in_folder = True
    session.execute(delete(DocumentPiece).where(DocumentPiece.document_id == document.id))


def _write(place: Path, target: Path, content: BinaryIO) -> None:
    content.seek(0)
    descriptor, name = tempfile.mkstemp(suffix=".part", dir=place)  # readable by its owner, not executable
    try:
        with os.fdopen(descriptor, "wb") as file:
            for part in iter(lambda: content.read(PIECE), b""):
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        os.rename(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for holder in (place, place.parent):
        _sync(holder)


def _sync(holder: Path) -> None:
    descriptor = os.open(holder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(session: Session, folder: Path | None, document: Document) -> Iterator[bytes]:
    """The bytes of a document, a part at a time; also after the transaction has ended. Raises NotFound at once."""
    if not document.in_folder:
        bind = session.get_bind()
        return _from_database(bind if isinstance(bind, Engine) else bind.engine, document.id)
    assert document.digest is not None
    if folder is None:
        raise NotFound(f"the bytes of document {document.id} are in a folder, and no folder is set")
    try:
        file = (_shard(folder, document.digest[0]) / document.digest.hex()).open("rb")
    except FileNotFoundError:
        raise NotFound(f"the bytes of document {document.id} are not in the folder") from None
    return _from_file(file)


def there(folder: Path | None, document: Document) -> bool:
    """Whether the bytes of a document are where they should be."""
    if not document.in_folder:
        return True
    return (
        folder is not None
        and (_shard(folder, (document.digest or b"\0")[0]) / (document.digest or b"").hex()).is_file()
    )


def _from_file(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from iter(lambda: file.read(PIECE), b"")


def _from_database(database: Engine, document_id: UUID) -> Iterator[bytes]:
    """No connection is held while the reader takes a piece: a slow one costs nobody else anything."""
    for number in range(2**31):
        with database.connect() as connection:
            content = connection.scalar(_piece(document_id, number))
        if content is None:
            return
        yield content


def _piece(document_id: UUID, number: int) -> Select[bytes]:
    return select(DocumentPiece.content).where(DocumentPiece.document_id == document_id, DocumentPiece.number == number)


def _shard(folder: Path, shard: int) -> Path:
    return folder / f"{shard:02x}"


def sweep(session: Session, folder: Path, shard: int) -> int:
    """Remove the files of a shard that no document names; gives how many. One that is being written to is left for later."""
    place = _shard(folder, shard)
    if not place.is_dir() or not session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK + shard))):
        return 0
    found = [path for path in place.iterdir() if _OURS.fullmatch(path.name) and path.is_file()]
    named = _named(session, (bytes.fromhex(path.name) for path in found if path.suffix != ".part"))
    loose = [path for path in found if path.name not in named]
    for path in loose:
        path.unlink(missing_ok=True)
    return len(loose)


def _named(session: Session, digests: Iterable[bytes]) -> set[str]:
    known = select(Document.digest).where(Document.in_folder, Document.digest.in_(list(digests))).distinct()
    return {digest.hex() for digest in session.scalars(known) if digest is not None}
