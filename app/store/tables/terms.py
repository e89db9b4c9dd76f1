"""What changes the terms of cases that run."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class CalendarChange(Base):
    """Who made a version of a calendar, and when; of the version with which a calendar began there is none."""

    __tablename__ = "calendar_change"
    tenant_id: Mapped[str] = mapped_column(ForeignKey("calendar.tenant_id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[str]
