"""The tables. Moments are timestamptz (UTC); every row of a provider carries its tenant_id."""

import uuid
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Text,
    Time,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Moment = DateTime(timezone=True)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: Text,
        datetime: Moment,
        date: Date,
        time: Time,
        uuid.UUID: Uuid,
        bytes: LargeBinary,
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
        list[str]: ARRAY(Text),
        list[int]: ARRAY(SmallInteger),
    }


# -- people -------------------------------------------------------------------------------------------------------


class Organisation(Base):
    """A provider of services: the tenant. names: {"kk", "ru", "en"}."""

    __tablename__ = "organisation"
    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]


class Group(Base):
    """A role of the regulations, the same for all organisations."""

    __tablename__ = "user_group"
    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]


class User(Base):
    """administrator: sees and mends everything, in every organisation."""

    __tablename__ = "user_account"
    id: Mapped[str] = mapped_column(primary_key=True)
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    email: Mapped[str | None]
    password_hash: Mapped[str]
    administrator: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))


class Membership(Base):
    """A person holds a role in an organisation."""

    __tablename__ = "membership"
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True)
    tenant_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    group_id: Mapped[str] = mapped_column(ForeignKey("user_group.id"), primary_key=True)


class AccessToken(Base):
    """A signed-in browser or a bearer token, known by the SHA-256 of its secret."""

    __tablename__ = "access_token"
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # session | bearer
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class LoginFailure(Base):
    """Failed attempts of one user name or one address within a window."""

    __tablename__ = "login_failure"
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]


# -- working time -------------------------------------------------------------------------------------------------


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
    """A calendar as it was when deadlines were counted with it: `content` as in actions.calendars."""

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


# -- definitions --------------------------------------------------------------------------------------------------


class Deployment(Base):
    __tablename__ = "deployment"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str | None]
    source: Mapped[str | None]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str | None]
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
    """One version of a process. id: `key:version:random`."""

    __tablename__ = "definition"
    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    deployment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), index=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    resource_name: Mapped[str]
    name: Mapped[str | None]
    version_tag: Mapped[str | None]
    description: Mapped[str | None]
    form_ref: Mapped[str | None]
    form_key: Mapped[str | None]
    act: Mapped[str | None]
    service: Mapped[str | None]
    startable: Mapped[bool] = mapped_column(server_default=text("true"))
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    __table_args__ = (
        Index(None, "tenant_id", "key", "version", unique=True, postgresql_nulls_not_distinct=True),
        Index(None, "key", "version"),
    )


class FormDefinition(Base):
    """One version of a form."""

    __tablename__ = "form_definition"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    tenant_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    deployment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), index=True)
    resource_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"))
    __table_args__ = (Index(None, "tenant_id", "key", "version", unique=True, postgresql_nulls_not_distinct=True),)


# -- running ------------------------------------------------------------------------------------------------------


OPEN = text("ended_at IS NULL")


class Instance(Base):
    """A process instance, running or ended. state: of the engine, None once ended.

    variables: those of the process as JSON; types: the names of their types where JSON does not tell them.
    end_state: COMPLETED | EXTERNALLY_TERMINATED | INTERNALLY_TERMINATED.
    """

    __tablename__ = "instance"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    definition_key: Mapped[str]
    business_key: Mapped[str | None]
    state: Mapped[bytes | None] = mapped_column(deferred=False)
    variables: Mapped[dict[str, Any]]
    types: Mapped[dict[str, Any] | None]
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    started_at: Mapped[datetime]
    started_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    end_state: Mapped[str | None]
    delete_reason: Mapped[str | None]
    root_id: Mapped[uuid.UUID]
    super_id: Mapped[uuid.UUID | None]
    super_token: Mapped[int | None]
    __table_args__ = (
        Index(None, "definition_id", "started_at"),
        Index(None, "tenant_id", "started_at"),
        Index("ix_instance_open", "definition_key", "id", postgresql_where=OPEN),
        Index("ix_instance_open_id", "id", postgresql_where=OPEN),
        Index(None, "super_id", postgresql_where=text("super_id IS NOT NULL")),
        Index(None, "business_key"),
        Index(
            "ix_instance_variables", "variables", postgresql_using="gin", postgresql_ops={"variables": "jsonb_path_ops"}
        ),
    )


class Task(Base):
    """A user task, open or ended: the list that people work on, and the history of tasks.

    searchable: {"process": {...}, "task": {...}}, the plain values among the variables while the task is open;
    words: what the text search looks through; due_rule: see `actions.explanations`; end_reason: completed | deleted.
    """

    __tablename__ = "task"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[str | None]
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    definition_id: Mapped[str]
    definition_key: Mapped[str]
    token: Mapped[int]
    parent_token: Mapped[int]
    element: Mapped[str]
    name: Mapped[str | None]
    description: Mapped[str | None]
    assignee: Mapped[str | None]
    owner: Mapped[str | None]
    delegation: Mapped[str | None]
    candidate_groups: Mapped[list[str]]
    candidate_users: Mapped[list[str]]
    priority: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    due_rule: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    business_key: Mapped[str | None]
    applicant: Mapped[str | None]
    searchable: Mapped[dict[str, Any] | None]
    words: Mapped[str | None]
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    __table_args__ = (
        Index(None, "instance_id"),
        Index("ix_task_assignee_due", "assignee", "due_at", "id", postgresql_where=OPEN),
        Index("ix_task_tenant_due", "tenant_id", "due_at", "id", postgresql_where=OPEN),
        Index("ix_task_due", "due_at", "id", postgresql_where=OPEN),
        Index("ix_task_created", "created_at", "id", postgresql_where=OPEN),
        Index("ix_task_tenant_created", "tenant_id", "created_at", "id", postgresql_where=OPEN),
        Index("ix_task_candidate_groups", "candidate_groups", postgresql_using="gin", postgresql_where=OPEN),
        Index(
            "ix_task_words",
            "words",
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
            postgresql_where=OPEN,
        ),
        Index(
            "ix_task_searchable",
            "searchable",
            postgresql_using="gin",
            postgresql_ops={"searchable": "jsonb_path_ops"},
            postgresql_where=OPEN,
        ),
        Index("ix_task_ended", "tenant_id", "ended_at", "id", postgresql_where=text("ended_at IS NOT NULL")),
    )


class Timer(Base):
    """A moment for which an instance waits."""

    __tablename__ = "timer"
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)


class MessageWait(Base):
    """A message for which an instance waits."""

    __tablename__ = "message_wait"
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    tenant_id: Mapped[str | None]
    __table_args__ = (Index(None, "name", "tenant_id"),)


class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str | None]
    at: Mapped[datetime]
    message: Mapped[str]


class File(Base):
    """The bytes of a file variable, whose value holds this id."""

    __tablename__ = "file"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"), index=True)
    content: Mapped[bytes]


class History(Base):
    """What was done to an instance; rows are only ever added. One row a command.

    operation: the dialect's words (Create, Complete, Claim, ...). element: of what has no task (timers, messages).
    on_behalf_of: for whom a deputy acted. data: what was given or changed. activities: the nodes left because of it, in
    order, each {"n" node, "t" token, "p" parent token, "s" started, "x" cancelled}; absent "s" means the row's own moment.
    """

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    tenant_id: Mapped[str | None]
    at: Mapped[datetime]
    user_id: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    operation: Mapped[str]
    task_id: Mapped[uuid.UUID | None]
    element: Mapped[str | None]
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    activities: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(None, "instance_id", "id"),
        Index(None, "tenant_id", "at"),
        Index(None, "user_id", "at"),
    )
