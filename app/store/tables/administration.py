"""What administrators do to people, roles and organisations, and what is between a person and the first password."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Administration(Base):
    """What was done to a person, a role or an organisation. Rows are only ever added.

    at: by the clock of the database, as that of the sessions. user_id: who did it; operation: see
    `actions.people.administration`; kind: person | role | organisation; subject: its id. data: [old, new] by name; secrets are
    never in it.
    """

    __tablename__ = "administration"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    user_id: Mapped[str]
    operation: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    reason: Mapped[str | None]
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index(None, "kind", "subject", "id"), Index(None, "user_id", "id"))


class Invitation(Base):
    """With its code, of which the SHA-256 is kept, a person chooses a password, once."""

    __tablename__ = "invitation"
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    expires_at: Mapped[datetime]


class PeopleImport(Base):
    """A file with people, from its dry run on. content: goes when it is applied; added: whom it has added."""

    __tablename__ = "people_import"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]
    user_id: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes | None]
    added: Mapped[list[str]] = mapped_column(nullable=True)
    __table_args__ = (Index("ix_people_import_kept", "created_at", postgresql_where=text("applied_at IS NULL")),)
