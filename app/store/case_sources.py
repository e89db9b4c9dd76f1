"""What a whole case is made of, for its archive: its rows, its files, and what was deployed when it ran."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Select, func, or_, select
from sqlalchemy.orm import Session

from app.store.document_bytes import PIECE
from app.store.tables import (
    DecisionDefinition,
    Definition,
    Deployment,
    Document,
    File,
    FormDefinition,
    Instance,
    Resource,
    Task,
)
from app.store.trees import members


def rows_of(session: Session, table: Any, root_id: UUID, *order: Any) -> list[Any]:
    """The rows of a table that belong to the instances of a case, as they are now."""
    tree = members([root_id])
    column = Instance.id if table is Instance else table.instance_id
    found = select(table).join(tree, tree.c.id == column).order_by(*order)
    return list(session.scalars(found.execution_options(populate_existing=True)))


def definitions(session: Session, ids: Collection[str]) -> list[tuple[Definition, Deployment, Resource]]:
    """Versions of processes with their files."""
    found = (
        select(Definition, Deployment, Resource)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .join(Resource, Resource.id == Definition.resource_id)
        .where(Definition.id.in_(ids))
        .order_by(Definition.key, Definition.version)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def versions(
    session: Session,
    table: type[FormDefinition] | type[DecisionDefinition],
    keys: Collection[str],
    tenant: str | None,
    until: datetime,
) -> list[tuple[Any, Deployment]]:
    """The versions of forms or decisions that an organisation had up to a moment, common ones too, in order."""
    found = (
        select(table, Deployment)
        .join(Deployment, Deployment.id == table.deployment_id)
        .where(table.key.in_(keys), or_(table.tenant_id == tenant, table.tenant_id.is_(None)))
        .where(Deployment.deployed_at <= until)
        .order_by(table.key, table.tenant_id, table.version)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def resources(session: Session, ids: Collection[UUID]) -> dict[UUID, Resource]:
    return {one.id: one for one in session.scalars(select(Resource).where(Resource.id.in_(ids)))} if ids else {}


def documents(session: Session, root_id: UUID) -> list[tuple[Document, Task | None]]:
    """All documents of a case that have arrived, in order, with the step that each was added in."""
    tree = members([root_id])
    found = (
        select(Document, Task)
        .join(tree, tree.c.id == Document.instance_id)
        .outerjoin(Task, Task.id == Document.task_id)
        .where(Document.digest.is_not(None))
        .order_by(Document.added_at, Document.id)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def files(session: Session, root_id: UUID) -> list[tuple[UUID, UUID, int, bytes]]:
    """(id, instance, bytes, SHA-256) of the values of file variables."""
    tree = members([root_id])
    found = (
        select(File.id, File.instance_id, func.octet_length(File.content), func.sha256(File.content))
        .join(tree, tree.c.id == File.instance_id)
        .order_by(File.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(found)]


def read_file(session: Session, file_id: UUID) -> Iterator[bytes]:
    """The bytes of a file variable, a part at a time; also after the transaction has ended."""
    bind = session.get_bind()
    return _parts(bind if isinstance(bind, Engine) else bind.engine, file_id)


def _parts(database: Engine, file_id: UUID) -> Iterator[bytes]:
    start, part = 1, b"-"
    while part:
        with database.connect() as connection:
            part = connection.scalar(_part(file_id, start)) or b""
        start += PIECE
        if part:
            yield part


def _part(file_id: UUID, start: int) -> Select[Any]:
    return select(func.substring(File.content, start, PIECE)).where(File.id == file_id)
