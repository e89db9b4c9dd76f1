"""Change what a task says of itself: its texts, dates and people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.people.people import actor_of
from app.actions.tasks.opening import NUMBER, words_of
from app.actions.tasks.tasks import change, locked, require_candidate, require_user, require_worker, task_for
from app.domain.people.access import Actor
from app.errors import Forbidden, Invalid
from app.store.tables import Group, Task

LINKS = ("assignee", "owner", "candidate")
MOMENTS = ("due_at", "follow_up_at")
OF_THE_LAW = frozenset({"name", "description", "due_at"})
"""What the model and the regulation say of a step."""


def update(session: Session, actor: Actor, task_id: UUID, changes: Mapping[str, Any], now: datetime) -> None:
    """Change attributes of a task, named as in the table. By its assignee; what the law gives, by an administrator alone.

    A due date set by hand has no rule any more; history keeps the old one. Raises NotFound, Conflict, Forbidden, Invalid.
    """
    task, _ = locked(session, actor, task_id)
    require_worker(actor, task)
    changes = {name: value for name, value in changes.items() if not _same(name, getattr(task, name), value)}
    if not actor.administrator and (fixed := OF_THE_LAW & changes.keys()):
        raise Forbidden(f"only an administrator changes {' and '.join(sorted(fixed))} of a task")
    if "due_at" in changes:
        changes["due_rule"] = None
    for name in ("assignee", "owner"):
        user_id = changes.get(name)
        if user_id is not None and user_id != getattr(task, name):
            require_user(session, user_id)
            require_candidate(session, task, user_id)
    change(session, task, actor, now, "Update", **changes)
    if "name" in changes:
        number = (task.searchable or {}).get("process", {}).get(NUMBER)
        task.words = words_of(task.name, task.business_key, number, task.applicant)


def _same(name: str, kept: Any, given: Any) -> bool:
    """Dates go out in milliseconds: one that comes back as it was is no change."""
    if name not in MOMENTS or kept is None or given is None:
        return bool(kept == given)
    return bool(kept.replace(microsecond=kept.microsecond // 1000 * 1000) == given)


def links_of(session: Session, actor: Actor, task_id: UUID) -> list[tuple[str | None, str | None, str]]:
    """(user, group, type) of everyone who has to do with an open task. Raises NotFound."""
    task = task_for(session, actor, task_id)
    found: list[tuple[str | None, str | None, str]] = []
    if task.assignee is not None:
        found.append((task.assignee, None, "assignee"))
    if task.owner is not None:
        found.append((task.owner, None, "owner"))
    found += [(user, None, "candidate") for user in task.candidate_users]
    return found + [(None, group, "candidate") for group in task.candidate_groups]


def add_link(
    session: Session, actor: Actor, task_id: UUID, user_id: str | None, group_id: str | None, kind: str, now: datetime
) -> None:
    """Make a user assignee, owner or candidate of a task, or a group its candidate. Raises as `update`."""
    task = _linked(session, actor, task_id, user_id, group_id, kind)
    if user_id is not None:
        require_user(session, user_id)
        if kind == "candidate":
            if not actor_of(session, user_id).belongs_to(task.tenant_id):
                raise Forbidden(f"user '{user_id}' is not of the organisation of task '{task_id}'")
            users = sorted({*task.candidate_users, user_id})
            change(session, task, actor, now, "AddUserLink", candidate_users=users)
            return
        require_candidate(session, task, user_id)
        change(session, task, actor, now, "AddUserLink", **{kind: user_id})
        return
    if session.get(Group, group_id) is None:
        raise Invalid(f"there is no group '{group_id}'")
    change(session, task, actor, now, "AddGroupLink", candidate_groups=sorted({*task.candidate_groups, group_id}))


def remove_link(
    session: Session, actor: Actor, task_id: UUID, user_id: str | None, group_id: str | None, kind: str, now: datetime
) -> None:
    """Take a link away; one that is not there is none to take away. Raises as `update`."""
    task = _linked(session, actor, task_id, user_id, group_id, kind)
    if group_id is not None:
        groups = [group for group in task.candidate_groups if group != group_id]
        change(session, task, actor, now, "DeleteGroupLink", candidate_groups=groups)
    elif kind == "candidate":
        users = [user for user in task.candidate_users if user != user_id]
        change(session, task, actor, now, "DeleteUserLink", candidate_users=users)
    elif user_id == (task.assignee if kind == "assignee" else task.owner):
        none: dict[str, Any] = {kind: None}
        change(session, task, actor, now, "DeleteUserLink", **none)


def _linked(
    session: Session, actor: Actor, task_id: UUID, user_id: str | None, group_id: str | None, kind: str
) -> Task:
    if (user_id is None) == (group_id is None):
        raise Invalid("Identity Link requires userId or groupId, but not both.")
    if kind not in LINKS or (group_id is not None and kind != "candidate"):
        raise Invalid(f"an identity link of a {'user' if user_id else 'group'} cannot have the type '{kind}'")
    task, _ = locked(session, actor, task_id)
    require_worker(actor, task)
    if kind == "candidate" and not actor.administrator:
        raise Forbidden("only an administrator changes who may take a task")
    return task
