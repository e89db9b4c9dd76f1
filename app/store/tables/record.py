"""What stays of a case: what was done, said and handed in."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ColumnElement, ForeignKey, Identity, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base

MIGRATE: ColumnElement[str] = literal_column("'Migrate'")
"""The operation by which an instance is taken to another version, as the index of these rows needs it said."""


class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None]
    at: Mapped[datetime]
    message: Mapped[str]


class File(Base):
    """The bytes of a file variable, whose value holds this id."""

    __tablename__ = "file"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    content: Mapped[bytes]


class Document(Base):
    """A paper that a person has handed in with a case; its bytes are pieces in the database, or a file in the folder.

    instance_id: None as long as the form that it was uploaded for is not sent. task_id: the step it was added in, None of
    the application. digest: SHA-256 of the bytes, with media_type known once all of them have arrived and were looked at.
    size: bytes. description: what its sender has said of it, None: nothing. in_folder: see `store.document_bytes`.
    """

    __tablename__ = "document"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    added_at: Mapped[datetime]
    size: Mapped[int]
    in_folder: Mapped[bool] = mapped_column(server_default=text("false"))
    digest: Mapped[bytes | None]
    tenant_id: Mapped[str | None]
    added_by: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None]
    media_type: Mapped[str | None]
    __table_args__ = (
        Index(None, "digest", postgresql_where=text("in_folder")),
        Index("ix_document_loose", "added_by", postgresql_where=text("instance_id IS NULL OR digest IS NULL")),
    )


class DocumentPiece(Base):
    """A part of the bytes of a document, in the order of their numbers from 0."""

    __tablename__ = "document_piece"
    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class History(Base):
    """What was done to an instance, one row a command, but for completed tasks, which tell of it themselves. Rows are only
    ever added.

    operation: the dialect's words (Create, Claim, ...). element: of what has no task (timers, messages). on_behalf_of: for
    whom a deputy acted. annotation: why, as who did it has said. data: what was given, by name; of changes, [old, new] by
    name, also of the activities at which the instance stood, each with how often; None of a claim for oneself.
    activities: the nodes left because of it, in order, each [node, token, milliseconds that it took, parent token,
    cancelled]; what is usual at its end is left out (0, the process itself, false). written: the variables of the process
    that the steps which followed have set, [old, new] by name, beside what was given,
    as `values.noted` has them.
    """

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    user_id: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    operation: Mapped[str]
    task_id: Mapped[uuid.UUID | None]
    element: Mapped[str | None]
    annotation: Mapped[str | None]
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    activities: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    written: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(None, "instance_id", "id"),
        Index(None, "at"),
        Index(None, "user_id", "at"),
        Index("ix_history_migrations", "instance_id", "id", postgresql_where=text("operation = 'Migrate'")),
    )


class ExternalTaskLog(Base):
    """What became of an external task. Rows are only ever added.

    event: created, failed, successful or deleted. retries: before it. error: of a failure.
    """

    __tablename__ = "external_task_log"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    external_task_id: Mapped[uuid.UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    token: Mapped[int]
    priority: Mapped[int]
    retries: Mapped[int | None]
    event: Mapped[str]
    topic: Mapped[str]
    element: Mapped[str]
    worker_id: Mapped[str | None]
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str]
    definition_key: Mapped[str]
    error: Mapped[str | None]
    error_details: Mapped[str | None]
    __table_args__ = (Index(None, "at", "id"),)
