"""What instances wait for beside people: moments, messages and signals, workers; and what has gone wrong with it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base

UNDONE = text("ended_at IS NULL")


class Job(Base):
    """Something that a worker does for an instance when its moment has come: once, and again after a failure.

    kind: of `actions.running.waits`; key: of the event or the element. payload: the variables that a signal brings.
    retries: how many tries are left; none: an incident tells of it. error: why the last try failed, details: where, for
    programs. queued: something in the queue stands for it; what is due much later has nothing there yet. chain: the how
    manieth it is of those that have led to each other, with nothing from outside and no moment to wait for in between.
    """

    __tablename__ = "job"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    token: Mapped[int]
    retries: Mapped[int]
    priority: Mapped[int]
    chain: Mapped[int] = mapped_column(server_default=text("1"))
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    queued: Mapped[bool] = mapped_column(server_default=text("false"))
    kind: Mapped[str]
    key: Mapped[str]
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str]
    error: Mapped[str | None]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    due_rule: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(None, "instance_id", "token"),
        Index(None, "due_at"),
        Index(None, "definition_id"),
        Index("ix_job_failed", "id", postgresql_where=text("error IS NOT NULL")),
    )


class EventSubscription(Base):
    """A message or a signal that an instance waits for. key: of the event."""

    __tablename__ = "event_subscription"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    token: Mapped[int]
    key: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    tenant_id: Mapped[str | None]
    __table_args__ = (UniqueConstraint("instance_id", "token", "key"), Index(None, "name", "kind", "tenant_id"))


class ExternalTask(Base):
    """Work for a worker outside, which fetches it by its topic and holds it for a time.

    retries: how many tries the worker has left it; None: it has not said. error: what it said of its last failure.
    """

    __tablename__ = "external_task"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
    token: Mapped[int]
    priority: Mapped[int]
    retries: Mapped[int | None]
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    topic: Mapped[str]
    element: Mapped[str]
    worker_id: Mapped[str | None]
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str]
    definition_key: Mapped[str]
    business_key: Mapped[str | None]
    error: Mapped[str | None]
    error_details: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("instance_id", "token"),
        Index("ix_external_task_topic", "topic", text("priority DESC"), "created_at", "id"),
        Index(None, "topic", "created_at", "id"),
        Index(None, "definition_id"),
    )


class Incident(Base):
    """Something that keeps an instance from going on until somebody mends it; with the end of the cause it ends.

    kind: failedJob, failedExternalTask, failedStep. token, element: where the instance stands because of it, element as the
    id of the node. cause: the id of the job or external task; a failed step has none. details, as far as they are known:
    {"activityId": where it went wrong, "expression", "variables": their names}.
    """

    __tablename__ = "incident"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    cause: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    token: Mapped[int | None]
    kind: Mapped[str]
    element: Mapped[str | None]
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str]
    message: Mapped[str]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(None, "instance_id"),
        Index(None, "definition_id"),
        Index("ix_incident_cause", "cause", postgresql_where=UNDONE),
        Index("ix_incident_open", "tenant_id", "id", postgresql_where=UNDONE),
    )


class Message(Base):
    """A message or a signal that an instance has thrown, on its way to those that wait for it.

    A message stays until somebody waits for it. variables: {name: value}. retries: how often its delivery is still tried;
    none: it lies with `error` until somebody mends that. chain: as of a job.
    """

    __tablename__ = "message"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    thrown_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("instance.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    retries: Mapped[int]
    chain: Mapped[int] = mapped_column(server_default=text("1"))
    kind: Mapped[str]
    name: Mapped[str]
    tenant_id: Mapped[str | None]
    business_key: Mapped[str | None]
    variables: Mapped[dict[str, Any]]
    error: Mapped[str | None]
    __table_args__ = (Index(None, "name", "tenant_id"), Index(None, "created_at"), Index(None, "thrown_by"))


class StartEvent(Base):
    """An event that begins an instance of the newest version of an edition of a process, on the days on which that is in
    force. key: of the event; name: of a message or signal; due_at, left: of a timer, when it comes next (None: no more) and
    how often in all (None: without end)."""

    __tablename__ = "start_event"
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    left: Mapped[int | None]
    kind: Mapped[str]
    name: Mapped[str | None]
    tenant_id: Mapped[str | None]
    in_force_from: Mapped[date | None]
    in_force_until: Mapped[date | None]
    __table_args__ = (Index(None, "name", "kind", "tenant_id"),)
