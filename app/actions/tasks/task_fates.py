"""What has become of a task: told to who comes back to it, or to who acts on it too late."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.actions.forms.decision_fields import chosen
from app.actions.forms.form_data import forms_named
from app.actions.lists.worklist import names_of
from app.actions.models.models import model_of
from app.actions.models.naming import step_name
from app.actions.tasks.tasks import sees, works
from app.actions.terms.calendars import calendar_of
from app.domain.people.access import Actor
from app.domain.people.case_access import may_see_case
from app.domain.terms.calendar import Text
from app.errors import NotFound
from app.store.tables import Instance, Task


@dataclass(frozen=True, slots=True)
class Fate:
    """kind: completed | cancelled | suspended | taken (by another) | free | yours.

    who: completed it or has it, by name; own: that is the person himself. decision: of a completion, in the words of its form.
    case_id: of the case, for its page; open: the person may open the task still. zone: of the provider.
    """

    kind: str
    step: Text
    who: str | None
    own: bool
    at: datetime | None
    decision: Text | None
    case_id: UUID
    open: bool
    zone: ZoneInfo


def fate(session: Session, actor: Actor, task_id: UUID) -> Fate:
    """The present state of a task, for who may see it or its case. Raises NotFound."""
    task = session.get(Task, task_id, populate_existing=True)
    instance = None if task is None else session.get_one(Instance, task.instance_id)
    root = None if instance is None else session.get_one(Instance, instance.root_id)
    seen = (
        task is not None
        and root is not None
        and (sees(actor, task) or may_see_case(actor, tenant=root.tenant_id, viewers=root.viewers or ()))
    )
    if not seen or task is None or root is None:
        raise NotFound(f"No matching task with id {task_id}")
    person = task.completed_by or task.assignee
    node = model_of(session, task.definition_id).node(task.element)
    decision = None
    if task.end_reason == "completed" and node.user_task is not None and node.user_task.form_ref is not None:
        form = forms_named(session, {node.user_task.form_ref}, root.tenant_id).get(node.user_task.form_ref)
        decision = None if form is None else chosen(form, task.given or {})
    return Fate(
        kind=_kind(actor, task),
        step=step_name(node),
        who=None if person is None else names_of(session, {person}).get(person, person),
        own=person == actor.user_id,
        at=task.ended_at,
        decision=decision,
        case_id=root.id,
        open=task.ended_at is None and sees(actor, task),
        zone=calendar_of(session, task.tenant_id).tz,
    )


def _kind(actor: Actor, task: Task) -> str:
    if task.ended_at is not None:
        return "completed" if task.end_reason == "completed" else "cancelled"
    if task.suspended:
        return "suspended"
    if task.assignee is None:
        return "free"
    return "yours" if works(actor, task) else "taken"
