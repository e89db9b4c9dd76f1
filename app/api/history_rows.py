"""Rows of history as the dialect writes them: every field there, null where this service has nothing to say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from app.actions.models.models import Model
from app.actions.running.activities import Activity
from app.api.incidents import common
from app.domain.models import values
from app.domain.models.model import Kind
from app.domain.models.values import write_date
from app.store.operation_lists import CANDIDATE, NO_PROPERTY
from app.store.tables import Incident, Instance, Task

NO_CASE = {"caseDefinitionKey": None, "caseDefinitionId": None, "caseInstanceId": None, "caseExecutionId": None}


def instance(row: Sequence[Any], model: Model) -> dict[str, Any]:
    """row: (Instance, name and version of its definition)."""
    found: Instance = row[0]
    running = "SUSPENDED" if found.suspended else "ACTIVE"
    start = next((node.id for node in model.process.children(None) if node.kind is Kind.START_EVENT), None)
    return {
        "id": str(found.id),
        "rootProcessInstanceId": str(found.root_id),
        "superProcessInstanceId": _text(found.super_id),
        "superCaseInstanceId": None,
        "caseInstanceId": None,
        "processDefinitionName": row[1],
        "processDefinitionKey": found.definition_key,
        "processDefinitionVersion": row[2],
        "processDefinitionId": found.definition_id,
        "businessKey": found.business_key,
        "startTime": write_date(found.started_at),
        "endTime": write_date(found.ended_at),
        "removalTime": None,
        "durationInMillis": _milliseconds(found.started_at, found.ended_at),
        "startUserId": found.started_by,
        "startActivityId": start,
        "deleteReason": found.delete_reason,
        "tenantId": found.tenant_id,
        "state": running if found.ended_at is None else found.end_state,
        "restartedProcessInstanceId": None,
    }


def task(found: Task, definition_key: str, root_id: UUID) -> dict[str, Any]:
    token = f"{found.instance_id}:{found.token}"
    return {
        "id": str(found.id),
        "processDefinitionKey": definition_key,
        "processDefinitionId": found.definition_id,
        "processInstanceId": str(found.instance_id),
        "executionId": token,
        **NO_CASE,
        "activityInstanceId": token,
        "name": found.name,
        "description": found.description,
        "deleteReason": found.end_reason,
        "owner": found.owner,
        "assignee": found.assignee,
        "startTime": write_date(found.created_at),
        "endTime": write_date(found.ended_at),
        "duration": _milliseconds(found.created_at, found.ended_at),
        "taskDefinitionKey": found.element,
        "priority": found.priority,
        "due": write_date(found.due_at),
        "parentTaskId": None,
        "followUp": write_date(found.follow_up_at),
        "tenantId": found.tenant_id,
        "removalTime": None,
        "rootProcessInstanceId": str(root_id),
        "taskState": _task_state(found),
    }


def _task_state(found: Task) -> str:
    if found.ended_at is not None:
        return "Completed" if found.end_reason == "completed" else "Deleted"
    return "Created" if found.updated_at is None else "Updated"


def activity(found: Activity) -> dict[str, Any]:
    token = f"{found.instance_id}:{found.token}"
    return {
        "id": token,
        "parentActivityInstanceId": str(found.instance_id)
        if found.parent is None
        else f"{found.instance_id}:{found.parent}",
        "activityId": found.node,
        "activityName": found.name,
        "activityType": found.type,
        "processDefinitionKey": found.definition_key,
        "processDefinitionId": found.definition_id,
        "processInstanceId": str(found.instance_id),
        "executionId": token,
        "taskId": _text(found.task_id),
        "assignee": found.assignee,
        "calledProcessInstanceId": _text(found.called_id),
        "calledCaseInstanceId": None,
        "startTime": write_date(found.started),
        "endTime": write_date(found.ended),
        "durationInMillis": _milliseconds(found.started, found.ended),
        "canceled": found.cancelled,
        "completeScope": None,
        "tenantId": found.tenant_id,
        "removalTime": None,
        "rootProcessInstanceId": str(found.root_id),
    }


def variable(row: Any) -> dict[str, Any]:
    """row: as `history_lists.variables` selects it."""
    instance_id = str(row.id)
    return {
        "id": f"{instance_id}:{row.name}",
        "name": row.name,
        "processDefinitionKey": row.definition_key,
        "processDefinitionId": row.definition_id,
        "processInstanceId": instance_id,
        "executionId": instance_id,
        "activityInstanceId": instance_id,
        **NO_CASE,
        "taskId": None,
        "tenantId": row.tenant_id,
        "errorMessage": None,
        "state": "CREATED",
        "createTime": write_date(row.started_at),
        "removalTime": None,
        "rootProcessInstanceId": str(row.root_id),
        **values.dump(values.recall(row.value, row.mark)),
    }


def incident(found: Incident, of: Instance) -> dict[str, Any]:
    return {
        **common(found),
        "processDefinitionKey": of.definition_key,
        "rootProcessInstanceId": str(of.root_id),
        "createTime": write_date(found.created_at),
        "endTime": write_date(found.ended_at),
        "removalTime": None,
        "historyConfiguration": None,
        "open": found.ended_at is None,
        "deleted": False,
        "resolved": found.ended_at is not None,
    }


def operation(row: Any) -> dict[str, Any]:
    """row: as `operation_lists.operations` selects it."""
    old, new = _of_link(row.old, row.new) if row.property == CANDIDATE else (row.old, row.new)
    return {
        "id": f"{row.id}:{row.property}",
        "userId": row.user_id,
        "timestamp": write_date(row.at),
        "operationId": row.id,
        "operationType": row.operation,
        "entityType": row.entity,
        "category": row.category,
        "annotation": row.annotation,
        "property": None if row.property == NO_PROPERTY else row.property,
        "orgValue": old,
        "newValue": new,
        "deploymentId": str(row.deployment_id),
        "processDefinitionId": row.definition_id,
        "processDefinitionKey": row.definition_key,
        "processInstanceId": str(row.instance_id),
        "executionId": str(row.instance_id),
        **{name: None for name in NO_CASE if name != "caseDefinitionKey"},
        "taskId": _text(row.task_id),
        "externalTaskId": None,
        "batchId": None,
        "jobId": None,
        "jobDefinitionId": None,
        "removalTime": None,
        "rootProcessInstanceId": str(row.root_id),
        "onBehalfOf": row.on_behalf_of,
    }


def _of_link(old: str, new: str) -> tuple[str | None, str | None]:
    """Who has gone from the candidates, and who has come; kept are all before and all after, as JSON lists."""
    before, after = set(orjson.loads(old)), set(orjson.loads(new))
    return ", ".join(sorted(before - after)) or None, ", ".join(sorted(after - before)) or None


def _text(found: UUID | None) -> str | None:
    return None if found is None else str(found)


def _milliseconds(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else round((end - start).total_seconds() * 1000)
