"""Calendars, the clock of tests, running numbers."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Calendar(Base):
    """A provider's working time; weekend: weekdays, Monday is 0; version grows with every change."""

    __tablename__ = "calendar"
    tenant_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    zone: Mapped[str]
    opens: Mapped[time]
    closes: Mapped[time]
    lunch_from: Mapped[time | None]
    lunch_to: Mapped[time | None]
    weekend: Mapped[list[int]]
    version: Mapped[int]


class CalendarDayRow(Base):
    """A day that differs from the week's rule."""

    __tablename__ = "calendar_day"
    tenant_id: Mapped[str] = mapped_column(ForeignKey("calendar.tenant_id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]
    names: Mapped[dict[str, Any]]
    opens: Mapped[time | None]
    closes: Mapped[time | None]


class CalendarVersion(Base):
    """A calendar as it is or was at a version: `content` as in actions.calendars."""

    __tablename__ = "calendar_version"
    tenant_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class TestClock(Base):
    """At most one row: the moment at which time stands still, for tests of the whole service."""

    __test__ = False
    __tablename__ = "test_clock"
    only: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    now: Mapped[datetime]


class Counter(Base):
    """Running numbers (of applications, of documents) of a provider, by year."""

    __tablename__ = "counter"
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
