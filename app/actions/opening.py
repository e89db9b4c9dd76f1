"""A user task as a row of the task list."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.deadlines import Due
from app.domain.ids import new_id
from app.domain.model import Node
from app.domain.values import jsonable
from app.engine import OpenedTask
from app.store.tables import Instance, Task

TEXT_LIMIT = 200
APPLICANT_NAMES = ("applicantName", "legalEntityName", "applicant")


def opened_task(instance: Instance, node: Node, task: OpenedTask, now: datetime) -> Task:
    """The row of a task that opens now, with its due date explained."""
    applicant = applicant_of(instance.variables)
    return Task(
        id=new_id(),
        tenant_id=instance.tenant_id,
        instance_id=instance.id,
        definition_id=instance.definition_id,
        definition_key=instance.definition_key,
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
        explanation=explanation_of(task.due, node),
        business_key=instance.business_key,
        applicant=applicant,
        searchable={"process": searchable(instance.variables), "task": searchable(jsonable(dict(task.local)))},
        words=" ".join(filter(None, (task.name, instance.business_key, applicant))).casefold(),
        suspended=instance.suspended,
    )


def explanation_of(due: datetime | None, node: Node) -> dict[str, Any] | None:
    """Why the task is due when it is, with the clause of its step; None for a date that no rule of ours has made."""
    if not isinstance(due, Due):
        return None
    return replace(due.explanation, clause=node.properties.get("law.clause")).to_dict()


def applicant_of(variables: Mapping[str, Any]) -> str | None:
    return next((str(variables[name]) for name in APPLICANT_NAMES if variables.get(name)), None)


def searchable(variables: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values among kept variables, long texts left out."""
    return {
        name: value
        for name, value in variables.items()
        if value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= TEXT_LIMIT)
    }
