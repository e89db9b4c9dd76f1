"""What changes the terms of cases that run."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class CalendarChange(Base):
    """Who made a version of a calendar, when and why; of the version with which a calendar began there is none.

    id: what a notice of it names. reason None: it was changed by a program that gave none.
    """

    __tablename__ = "calendar_change"
    tenant_id: Mapped[str] = mapped_column(ForeignKey("calendar.tenant_id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)
    at: Mapped[datetime]
    user_id: Mapped[str]
    reason: Mapped[str | None]


class TermMove(Base):
    """A term that a change of a calendar has moved, as it was then.

    kind: of `domain.terms.term_moves`. root_id: of the case. task_id: of a step; holder: who had it. element: of the step
    or of the timer, None of the whole case.
    """

    __tablename__ = "term_move"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    tenant_id: Mapped[str]
    version: Mapped[int]
    kind: Mapped[str]
    root_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    definition_id: Mapped[str]
    element: Mapped[str | None]
    task_id: Mapped[uuid.UUID | None]
    holder: Mapped[str | None]
    before: Mapped[datetime]
    after: Mapped[datetime]
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "version"], ["calendar_change.tenant_id", "calendar_change.version"], ondelete="CASCADE"
        ),
        Index("ix_term_move_change", "tenant_id", "version", "id"),
        Index("ix_term_move_holder", "holder", "tenant_id", "version", "id"),
    )
