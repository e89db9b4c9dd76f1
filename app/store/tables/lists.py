"""How people arrange the lists that they work on."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class SavedFilter(Base):
    """A filter of the task list that somebody keeps under a name of his own.

    asked: as `actions.list_queries.Wanted.to_dict` writes it. query: a task query of the REST dialect that the pages have no
    words for, `asked` is then empty. properties: what programs note beside it. tenant_id, group_id: the group of an
    organisation with which it is shared, both or none.
    """

    __tablename__ = "saved_filter"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    group_id: Mapped[str | None] = mapped_column(ForeignKey("user_group.id"))
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    query: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    properties: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index(None, "tenant_id", "group_id"),)
