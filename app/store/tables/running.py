"""Process instances, and what they wait for. Columns of fixed width come first, so that no row is padded."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base, Names

OPEN = text("ended_at IS NULL")
ENDED = text("ended_at IS NOT NULL")
COMPLETED = text("end_reason = 'completed'")
CASES = text("super_id IS NULL")
PUT_OFF = text("ended_at IS NULL AND follow_up_at IS NOT NULL")
IN_ALPHABET = text("in_alphabet(applicant)")
"""A function of the first migration: by it texts are in the order of the Kazakh alphabet."""
SOON = text("(timezone('UTC', due_at) - (due_at - created_at) / 5)")
"""When a fifth of a term is left, as organisations have it that have not chosen otherwise; see `store.reminders`."""
TERMINATED = text("ended_at IS NOT NULL AND end_state <> 'COMPLETED'")


class Instance(Base):
    """A process instance, running or ended. state: of the engine, None once ended.

    variables: those of the process as JSON; types: the names of their types where JSON does not tell them.
    end_state: COMPLETED | EXTERNALLY_TERMINATED | INTERNALLY_TERMINATED. clock: what was done to the terms of the case (see
    `domain.case_clock`), None: nothing; the root's counts, what it has called has a copy. troubled: whether it may have open
    incidents.
    words: by which a case is found, folded (see `actions.finding`), None of what is called. viewers: marks of who may see
    the case (see `domain.case_access`); what it has called keeps those of its own tasks.
    """

    __tablename__ = "instance"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    root_id: Mapped[uuid.UUID]
    super_id: Mapped[uuid.UUID | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    super_token: Mapped[int | None]
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    troubled: Mapped[bool] = mapped_column(server_default=text("false"))
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str] = mapped_column(ForeignKey("definition.id"))
    definition_key: Mapped[str]
    business_key: Mapped[str | None]
    started_by: Mapped[str | None]
    end_state: Mapped[str | None]
    delete_reason: Mapped[str | None]
    state: Mapped[bytes | None] = mapped_column(deferred=False)
    variables: Mapped[dict[str, Any]]
    types: Mapped[dict[str, Any] | None]
    clock: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    words: Mapped[str | None]
    viewers: Mapped[list[str]] = mapped_column(Names, nullable=True)
    __table_args__ = (
        Index(None, "definition_id", "started_at"),
        Index(None, "tenant_id", "started_at", "id"),
        Index("ix_instance_service", "definition_key", "started_at", "id", postgresql_where=CASES),
        Index("ix_instance_terminated", "started_at", "id", postgresql_where=TERMINATED),
        Index("ix_instance_viewers", "viewers", postgresql_using="gin", postgresql_where=CASES),
        Index(
            "ix_instance_words",
            "words",
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
            postgresql_where=CASES,
        ),
        Index(None, "started_at", "id"),
        Index(None, "ended_at", "id"),
        Index("ix_instance_open", "definition_key", "id", postgresql_where=OPEN),
        Index("ix_instance_open_id", "id", postgresql_include=["root_id", "super_id"], postgresql_where=OPEN),
        Index("ix_instance_open_started", "started_at", "id", postgresql_where=OPEN),
        Index("ix_instance_suspended", "started_at", "id", postgresql_where=text("ended_at IS NULL AND suspended")),
        Index(None, "super_id", postgresql_where=text("super_id IS NOT NULL")),
        Index(None, "business_key"),
        Index(
            "ix_instance_variables", "variables", postgresql_using="gin", postgresql_ops={"variables": "jsonb_path_ops"}
        ),
    )


class Task(Base):
    """A user task, open or ended: the list that people work on, the history of tasks, and the record of each completion.

    searchable: {"process": {...}, "task": {...}}, the plain values among the variables; words: what the text search looks
    through, folded (see `domain.folding`); service: the key of the case's process. worked, counted, unit: of a completion, see
    `CaseFigure`, from its opening on. What only the list of open tasks needs
    (see `actions.opening`) goes when it ends.
    due_rule: see `actions.explanations`. stands_since: when the clock of its case stopped, None: it runs; as it was at the end
    of one that has ended. end_reason: completed | deleted. Of a completion: completed_by, where it
    was not the assignee, who did it for him; given: the variables, by name; activities, written: as in `History`. draft: see
    `actions.drafts`.
    """

    __tablename__ = "task"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instance.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    stands_since: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    token: Mapped[int]
    parent_token: Mapped[int]
    priority: Mapped[int]
    worked: Mapped[int | None]
    counted: Mapped[int | None]
    suspended: Mapped[bool] = mapped_column(server_default=text("false"))
    tenant_id: Mapped[str | None]
    definition_id: Mapped[str]
    element: Mapped[str]
    name: Mapped[str | None]
    description: Mapped[str | None]
    assignee: Mapped[str | None]
    owner: Mapped[str | None]
    unit: Mapped[str | None]
    delegation: Mapped[str | None]
    completed_by: Mapped[str | None]
    candidate_groups: Mapped[list[str]] = mapped_column(Names, nullable=True)
    candidate_users: Mapped[list[str]] = mapped_column(Names, nullable=True)
    due_rule: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    business_key: Mapped[str | None]
    applicant: Mapped[str | None]
    service: Mapped[str | None]
    searchable: Mapped[dict[str, Any] | None]
    words: Mapped[str | None]
    end_reason: Mapped[str | None]
    given: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    activities: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    written: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (
        Index(None, "instance_id"),
        Index("ix_task_assignee_due", "assignee", "due_at", "id", postgresql_where=OPEN),
        Index("ix_task_owner", "owner", postgresql_where=text("ended_at IS NULL AND owner IS NOT NULL")),
        Index("ix_task_soon", SOON, postgresql_where=OPEN),
        Index("ix_task_follow_up", "follow_up_at", postgresql_where=PUT_OFF),
        Index("ix_task_tenant_due", "tenant_id", "due_at", "id", postgresql_where=OPEN),
        Index("ix_task_service_due", "tenant_id", "service", "due_at", "id", "element", postgresql_where=OPEN),
        Index(
            "ix_task_load",
            "tenant_id",
            "assignee",
            "service",
            "element",
            "candidate_groups",
            "due_at",
            postgresql_include=["definition_id", "stands_since"],
            postgresql_where=OPEN,
        ),
        Index("ix_task_due", "due_at", "id", postgresql_include=["instance_id", "stands_since"], postgresql_where=OPEN),
        Index(
            "ix_task_stands",
            "definition_id",
            "element",
            "created_at",
            postgresql_include=["instance_id", "due_at", "stands_since"],
            postgresql_where=OPEN,
        ),
        Index("ix_task_applicant", IN_ALPHABET, "id", postgresql_where=OPEN),
        Index("ix_task_tenant_applicant", "tenant_id", IN_ALPHABET, "id", postgresql_where=OPEN),
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
        Index(None, "tenant_id"),
        Index(None, "created_at", "id"),
        Index(None, "ended_at", "id"),
        Index("ix_task_assignee_ended", "assignee", "ended_at", "id", postgresql_where=ENDED),
        Index("ix_task_step", "definition_id", "element", "ended_at", "id", postgresql_where=COMPLETED),
        Index("ix_task_completed_by", "completed_by", "ended_at", postgresql_where=text("completed_by IS NOT NULL")),
    )
