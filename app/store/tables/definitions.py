"""What is deployed."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class Deployment(Base):
    """Files that came together. comment: what whoever deployed them says of the change."""

    __tablename__ = "deployment"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str | None]
    source: Mapped[str | None]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str | None]
    comment: Mapped[str | None]
    __table_args__ = (Index(None, "deployed_at", "id"),)


class Resource(Base):
    """A file of a deployment; digest: SHA-256 of its bytes."""

    __tablename__ = "resource"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    deployment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"))
    name: Mapped[str]
    content: Mapped[bytes]
    digest: Mapped[bytes]
    __table_args__ = (Index(None, "deployment_id", "name", unique=True),)


class Definition(Base):
    """One version of a process. id: 12 hexadecimal digits, short because every case and task has it.

    time_to_live: days after which a case that has ended is removed with all that belongs to it, None: never. edition,
    in_force_from, in_force_until: as `app.domain.acts.editions` describes them. warnings: how many there were of its file
    when it was deployed.
    """

    __tablename__ = "definition"
    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    deployment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), index=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    resource_name: Mapped[str]
    name: Mapped[str | None]
    name_ru: Mapped[str | None]
    name_en: Mapped[str | None]
    version_tag: Mapped[str | None]
    description: Mapped[str | None]
    form_ref: Mapped[str | None]
    form_key: Mapped[str | None]
    act: Mapped[str | None]
    service: Mapped[str | None]
    edition: Mapped[str | None]
    in_force_from: Mapped[date | None]
    in_force_until: Mapped[date | None]
    time_to_live: Mapped[int | None]
    warnings: Mapped[int] = mapped_column(server_default=text("0"))
    startable: Mapped[bool] = mapped_column(server_default=text("true"))
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    __table_args__ = (
        Index(None, "tenant_id", "key", "version", unique=True, postgresql_nulls_not_distinct=True),
        Index(None, "key", "version"),
    )


class DecisionDefinition(Base):
    """One version of a decision."""

    __tablename__ = "decision_definition"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    deployment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), index=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    resource_name: Mapped[str]
    name: Mapped[str | None]
    version_tag: Mapped[str | None]
    __table_args__ = (Index(None, "tenant_id", "key", "version", unique=True, postgresql_nulls_not_distinct=True),)


class FormDefinition(Base):
    """One version of a form."""

    __tablename__ = "form_definition"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    deployment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), index=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    version_tag: Mapped[str | None]
    __table_args__ = (Index(None, "tenant_id", "key", "version", unique=True, postgresql_nulls_not_distinct=True),)
