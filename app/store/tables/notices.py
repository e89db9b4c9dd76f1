"""What people are told of, beside the lists that they look at."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Notice(Base):
    """A person is told that something happened to a task, an absence or a calendar. The words are made when it is read.

    kind: of `domain.notices.Kind`. task_id: of the task or, by the kind, of the absence or of the change of the calendar.
    moment: the term or the day that has come, None of what somebody did; of one moment a
    person is told once. doer: who did it, None: the time or the process. A person or task need not be there any more.
    """

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    moment: Mapped[datetime | None]
    task_id: Mapped[uuid.UUID]
    tenant_id: Mapped[str | None]
    user_id: Mapped[str]
    kind: Mapped[str]
    doer: Mapped[str | None]
    __table_args__ = (
        Index("ix_notice_user", "user_id", "at", "id"),
        Index("ix_notice_unread", "user_id", postgresql_where=text("read_at IS NULL")),
        Index(
            "ix_notice_moment",
            "task_id",
            "kind",
            "user_id",
            "moment",
            unique=True,
            postgresql_where=text("moment IS NOT NULL"),
        ),
        Index("ix_notice_at", "at", postgresql_using="brin"),
    )


class Reminded(Base):
    """Until when people were reminded of what time brings, in one row."""

    __tablename__ = "reminded"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime]
