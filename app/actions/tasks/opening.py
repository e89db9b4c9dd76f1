"""A user task as a row of the task list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions.models.naming import step_name
from app.actions.terms.explanations import inputs
from app.domain.folding import folded
from app.domain.ids import new_id
from app.domain.models.model import Node
from app.domain.models.values import jsonable
from app.domain.terms.case_clock import Clock
from app.engine import OpenedTask
from app.store.tables import Instance, Task

TEXT_LIMIT = 200
GONE_AT_THE_END = dict.fromkeys(
    ("searchable", "words", "business_key", "applicant", "description", "updated_at", "draft")
)
"""What only the list of open tasks needs, as it is once a task has ended."""
NUMBER = "applicationNumber"
"""The variable that holds the number under which a case is registered."""
APPLICANT_NAMES = ("applicantName", "legalEntityName", "applicant")


def opened_task(instance: Instance, node: Node, task: OpenedTask, now: datetime) -> Task:
    """The row of a task that opens now, with its due date explained."""
    applicant, standing = applicant_of(instance.variables), Clock.recalled(instance.clock).standing
    step = step_name(node)
    return Task(
        id=new_id(),
        tenant_id=instance.tenant_id,
        instance_id=instance.id,
        definition_id=instance.definition_id,
        token=task.token,
        parent_token=task.parent,
        element=node.id,
        name=task.name,
        description=node.documentation,
        assignee=task.assignee,
        candidate_groups=list(task.candidate_groups),
        candidate_users=list(task.candidate_users),
        priority=task.priority,
        created_at=now,
        due_at=task.due,
        follow_up_at=task.follow_up,
        stands_since=None if standing is None else standing.start,
        due_rule=inputs(task.due),
        business_key=instance.business_key,
        applicant=applicant,
        service=_service_of(instance),
        searchable={"process": searchable(instance.variables), "task": searchable(jsonable(dict(task.local)))},
        words=words_of(task.name, step.ru, step.en, instance.business_key, instance.variables.get(NUMBER), applicant),
        suspended=instance.suspended,
    )


def recount(session: Session, instance: Instance, dues: Sequence[tuple[int, datetime | None]], now: datetime) -> None:
    """Give open tasks the due dates that follow from the variables as they are now. dues: by token."""
    found = dict(dues)
    open_ones = select(Task).where(Task.instance_id == instance.id, Task.token.in_(found), Task.ended_at.is_(None))
    for task in session.scalars(open_ones):
        due = found[task.token]
        if due != task.due_at:
            task.due_at, task.due_rule, task.updated_at = due, inputs(due), now


def words_of(*texts: object) -> str:
    """What the text search looks through: each text once."""
    return folded(" ".join(dict.fromkeys(str(text) for text in texts if text)))


def _service_of(instance: Instance) -> Any:
    """The process that the case began with: for a called one, read by the statement that writes the task."""
    if instance.root_id == instance.id:
        return instance.definition_key
    return select(Instance.definition_key).where(Instance.id == instance.root_id).scalar_subquery()


def applicant_of(variables: Mapping[str, Any]) -> str | None:
    return next((str(variables[name]) for name in APPLICANT_NAMES if variables.get(name)), None)


def searchable(variables: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values among kept variables, long texts left out."""
    return {
        name: value
        for name, value in variables.items()
        if value is None
        or isinstance(value, bool | int | float)
        or (isinstance(value, str) and len(value) <= TEXT_LIMIT)
    }
