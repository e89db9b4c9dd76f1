"""Applications that staff fill in."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class StartedForm(Base):
    """A form that was sent, by the key that it was opened with: sent again, it starts nothing and finds its case.

    instance_id: None only while its transaction runs.
    """

    __tablename__ = "started_form"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    tenant_id: Mapped[str]
    user_id: Mapped[str]
