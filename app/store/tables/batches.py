"""What is asked of many at once, and what became of each."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Batch(Base):
    """Something that a person has asked to be done to many, one after the other.

    kind, asked: what exactly (see `actions.mending.kinds`); reason: why, as the person wrote it, programs need not. done,
    refused: how many of the `total` items have come to this; those that were stopped are neither. begun_at: when the first
    was taken; ended_at: when nothing was left to see to: all are done, or somebody has stopped it. suspended: nothing is
    taken for the time being. acts: what was done with the batch itself, [moment, person, what] each.
    """

    __tablename__ = "batch"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    total: Mapped[int]
    done: Mapped[int] = mapped_column(server_default=text("0"))
    refused: Mapped[int] = mapped_column(server_default=text("0"))
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    user_id: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str | None]
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    acts: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    __table_args__ = (
        Index(None, "created_at", "id"),
        Index("ix_batch_open", "id", postgresql_where=text("ended_at IS NULL")),
    )


class BatchItem(Base):
    """One of those that something is done to. subject: its id, of the kind that the batch is about; instance_id: whose it is.

    state: waiting, done, refused, changed (refused because it had changed since it was asked for) or stopped. at: when it
    came to be so. why: the refusal by language; change: {"before", "after"}, as `actions.mending.acts` has them.
    """

    __tablename__ = "batch_item"
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[uuid.UUID]
    instance_id: Mapped[uuid.UUID | None]
    at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    why: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    change: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index(None, "batch_id", "state", "number"),)
