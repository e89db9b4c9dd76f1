"""What is told to the outside, and what was removed."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base

UNSENT = text("state = 'waiting'")


class Delivery(Base):
    """A message of one event to one receiver outside. Its id is the receiver's key to know a message that comes twice.

    channel, state: of `domain.outgoing`. receiver: a person's id, of an e-mail. about: the event, as its message is made of
    it. tries: how often it was tried; due_at: when it is tried next, None: no more. error: why the last try failed.
    """

    __tablename__ = "delivery"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    tries: Mapped[int]
    channel: Mapped[str]
    state: Mapped[str]
    event: Mapped[str]
    tenant_id: Mapped[str | None]
    receiver: Mapped[str | None]
    error: Mapped[str | None]
    about: Mapped[dict[str, Any]] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(None, "state", "id"),
        Index("ix_delivery_due", "due_at", postgresql_where=UNSENT),
        Index("ix_delivery_ended", "ended_at", postgresql_using="brin"),
    )


class Removal(Base):
    """What one run of the clean-up removed of the cases of one definition. cases: those that began with it; instances:
    with what they had called; until: when the last of them had ended."""

    __tablename__ = "removal"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    until: Mapped[datetime]
    cases: Mapped[int]
    instances: Mapped[int]
    tasks: Mapped[int]
    operations: Mapped[int]
    documents: Mapped[int]
    comments: Mapped[int]
    definition_id: Mapped[str]
    definition_key: Mapped[str]
    tenant_id: Mapped[str | None]
    __table_args__ = (Index(None, "at", "definition_id", unique=True),)
