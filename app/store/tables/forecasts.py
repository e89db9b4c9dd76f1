"""What is expected of open cases, and what was expected day by day, to be held against what came."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Forecast(Base):
    """What is expected of an open case; id: of its root instance. at: by what was known then. level: of
    `domain.figures.forecasts`.

    chance, step_chance: that the term of the whole and that of the current step are missed, None: there is none. urgency: by
    which the list is sorted. due_at, step_due_at: the terms; expected_at: when it ends in the middle, latest_at: in nine of
    ten ways at the latest. definition_id, element, task_id, assignee: of the current step, the one that most likely misses its
    term; None: it waits for something else. costly_definition, costly_element: of the step that will cost most. finished: of
    how many finished cases of the service it knows. reason: numbers, see `actions.figures.forecasting`.
    """

    __tablename__ = "forecast"
    id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    step_due_at: Mapped[datetime | None]
    expected_at: Mapped[datetime]
    latest_at: Mapped[datetime]
    task_id: Mapped[uuid.UUID | None]
    chance: Mapped[float | None]
    step_chance: Mapped[float | None]
    urgency: Mapped[float]
    finished: Mapped[int]
    tenant_id: Mapped[str | None]
    service: Mapped[str]
    level: Mapped[str]
    definition_id: Mapped[str | None]
    element: Mapped[str | None]
    costly_definition: Mapped[str | None]
    costly_element: Mapped[str | None]
    reason: Mapped[dict[str, Any]] = mapped_column(JSON)
    __table_args__ = (
        Index("ix_forecast_urgent", "level", text("urgency DESC"), "id"),
        Index("ix_forecast_tenant", "tenant_id", "level", text("urgency DESC"), "id"),
    )


class Foretold(Base):
    """What was foretold of a case on a day whose term still ran; it stays when the case is removed.

    day: in the zone of the service. at: by what was known then. afterwards: worked out later, by what was known then.
    """

    __tablename__ = "foretold"
    day: Mapped[date] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    chance: Mapped[float]
    finished: Mapped[int]
    afterwards: Mapped[bool]
    tenant_id: Mapped[str | None]
    service: Mapped[str]
    __table_args__ = (Index(None, "case_id"), Index(None, "tenant_id", "day"))
