"""The past as lists: process instances, tasks, variables. Each is a Select and a Listing that narrows and orders it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from app.domain.models.values import WHOLE
from app.store import listing as by
from app.store.listing import Listing, Query
from app.store.queries import visible_to
from app.store.records import RECORDS
from app.store.tables import Definition, Instance, Task

CASES = ("caseInstanceId", "caseExecutionId", "caseDefinitionId", "caseDefinitionKey", "caseDefinitionName")
IGNORING_CASE = ("variableNamesIgnoreCase", "variableValuesIgnoreCase")
_Called = aliased(Instance)

_record = RECORDS.c
_left = cast(_record.activities, JSONB).contains
_instance_running = and_(Instance.ended_at.is_(None), Instance.suspended.is_(False))
INSTANCES = Listing(
    filters={
        "processInstanceId": by.identified(Instance.id),
        "processInstanceIds": by.identified_among(Instance.id),
        "processInstanceIdNotIn": by.identified_not_among(Instance.id),
        "processDefinitionId": by.equal(Instance.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "processDefinitionKeyIn": by.among(Instance.definition_key),
        "processDefinitionKeyNotIn": by.not_among(Instance.definition_key),
        "processDefinitionName": by.equal(Definition.name),
        "processDefinitionNameLike": by.like(Definition.name),
        "processInstanceBusinessKey": by.equal(Instance.business_key),
        "processInstanceBusinessKeyIn": by.among(Instance.business_key),
        "processInstanceBusinessKeyLike": by.like(Instance.business_key),
        "rootProcessInstances": by.when(Instance.super_id.is_(None)),
        "rootProcessInstanceId": by.identified(Instance.root_id),
        "superProcessInstanceId": by.identified(Instance.super_id),
        "subProcessInstanceId": by.Filter(
            by.Kind.TEXT,
            lambda text: Instance.id.in_(
                select(_Called.super_id).where(by.identified(_Called.id).condition(text)).scalar_subquery()
            ),
        ),
        "finished": by.when(Instance.ended_at.is_not(None)),
        "unfinished": by.when(Instance.ended_at.is_(None)),
        "startedBefore": by.before(Instance.started_at),
        "startedAfter": by.after(Instance.started_at),
        "finishedBefore": by.before(Instance.ended_at),
        "finishedAfter": by.after(Instance.ended_at),
        "startedBy": by.equal(Instance.started_by),
        "tenantIdIn": by.among(Instance.tenant_id),
        "withoutTenantId": by.when(Instance.tenant_id.is_(None)),
        "executedActivityIdIn": by.Filter(
            by.Kind.TEXTS,
            lambda names: exists().where(
                _record.instance_id == Instance.id, or_(false(), *(_left([[name]]) for name in names))
            ),
        ),
        "active": by.when(_instance_running),
        "suspended": by.when(and_(Instance.ended_at.is_(None), Instance.suspended)),
        "completed": by.when(Instance.end_state == "COMPLETED"),
        "externallyTerminated": by.when(Instance.end_state == "EXTERNALLY_TERMINATED"),
        "internallyTerminated": by.when(Instance.end_state == "INTERNALLY_TERMINATED"),
        "variables": by.variables(Instance.variables),
    },
    order={
        "instanceId": Instance.id,
        "definitionId": Instance.definition_id,
        "definitionKey": Instance.definition_key,
        "definitionName": Definition.name,
        "definitionVersion": Definition.version,
        "businessKey": Instance.business_key,
        "startTime": Instance.started_at,
        "endTime": Instance.ended_at,
        "duration": Instance.ended_at - Instance.started_at,
        "tenantId": Instance.tenant_id,
    },
    last=(Instance.id,),
    unsupported=frozenset(
        {
            "withJobsRetrying", "withIncidents", "withRootIncidents", "incidentIdIn", "incidentType", "incidentStatus",
            "incidentMessage", "incidentMessageLike", "executedActivityAfter", "executedActivityBefore",
            "executedJobAfter", "executedJobBefore", "superCaseInstanceId", "subCaseInstanceId", "caseInstanceId",
            "activityIdIn", "activeActivityIdIn", "orQueries", *IGNORING_CASE,
        }
    ),
)  # fmt: skip


def instances(tenants: Sequence[str] | None) -> Query:
    """(Instance, name and version of its definition)."""
    return (
        select(Instance, Definition.name, Definition.version)
        .join(Definition, Definition.id == Instance.definition_id)
        .where(visible_to(Instance.tenant_id, tenants))
    )


TASKS = Listing(
    filters={
        "taskId": by.identified(Task.id),
        "processInstanceId": by.identified(Task.instance_id),
        "rootProcessInstanceId": by.identified(Instance.root_id),
        "processInstanceBusinessKey": by.equal(Instance.business_key),
        "processInstanceBusinessKeyIn": by.among(Instance.business_key),
        "processInstanceBusinessKeyLike": by.like(Instance.business_key),
        "executionId": by.at_token(Task.instance_id, Task.token),
        "activityInstanceIdIn": by.at_one_of(Task.instance_id, Task.token),
        "processDefinitionId": by.equal(Task.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "processDefinitionName": by.equal(Definition.name),
        "taskName": by.equal(Task.name),
        "taskNameLike": by.like(Task.name),
        "taskDescription": by.equal(Task.description),
        "taskDescriptionLike": by.like(Task.description),
        "taskDefinitionKey": by.equal(Task.element),
        "taskDefinitionKeyIn": by.among(Task.element),
        "taskDeleteReason": by.equal(Task.end_reason),
        "taskDeleteReasonLike": by.like(Task.end_reason),
        "taskAssignee": by.equal(Task.assignee),
        "taskAssigneeLike": by.like(Task.assignee),
        "taskOwner": by.equal(Task.owner),
        "taskOwnerLike": by.like(Task.owner),
        "taskPriority": by.whole(Task.priority),
        "assigned": by.when(Task.assignee.is_not(None)),
        "unassigned": by.when(Task.assignee.is_(None)),
        "finished": by.when(Task.ended_at.is_not(None)),
        "unfinished": by.when(Task.ended_at.is_(None)),
        "processFinished": by.when(Instance.ended_at.is_not(None)),
        "processUnfinished": by.when(Instance.ended_at.is_(None)),
        "taskDueDate": by.at(Task.due_at),
        "taskDueDateBefore": by.before(Task.due_at),
        "taskDueDateAfter": by.after(Task.due_at),
        "withoutTaskDueDate": by.when(Task.due_at.is_(None)),
        "taskFollowUpDate": by.at(Task.follow_up_at),
        "taskFollowUpDateBefore": by.before(Task.follow_up_at),
        "taskFollowUpDateAfter": by.after(Task.follow_up_at),
        "startedBefore": by.before(Task.created_at),
        "startedAfter": by.after(Task.created_at),
        "finishedBefore": by.before(Task.ended_at),
        "finishedAfter": by.after(Task.ended_at),
        "tenantIdIn": by.among(Task.tenant_id),
        "withoutTenantId": by.when(Task.tenant_id.is_(None)),
        "processVariables": by.variables(Instance.variables),
        "withCandidateGroups": by.when(Task.candidate_groups.is_not(None)),
        "withoutCandidateGroups": by.when(Task.candidate_groups.is_(None)),
    },
    order={
        "taskId": Task.id,
        "activityInstanceId": by.token_id(Task.instance_id, Task.token),
        "processDefinitionId": Task.definition_id,
        "processInstanceId": Task.instance_id,
        "executionId": by.token_id(Task.instance_id, Task.token),
        "duration": Task.ended_at - Task.created_at,
        "endTime": Task.ended_at,
        "startTime": Task.created_at,
        "taskName": Task.name,
        "taskDescription": Task.description,
        "assignee": Task.assignee,
        "owner": Task.owner,
        "dueDate": Task.due_at,
        "followUpDate": Task.follow_up_at,
        "deleteReason": Task.end_reason,
        "taskDefinitionKey": Task.element,
        "priority": Task.priority,
        "tenantId": Task.tenant_id,
    },
    last=(Task.id,),
    unsupported=frozenset(
        {
            "taskParentTaskId", "taskVariables", "taskInvolvedUser", "taskInvolvedGroup", "taskHadCandidateUser",
            "taskHadCandidateGroup", "orQueries", *CASES, *IGNORING_CASE,
        }
    ),
)  # fmt: skip


def tasks(tenants: Sequence[str] | None) -> Query:
    """(Task, definition_key, id of the root instance)."""
    return (
        select(Task, Instance.definition_key, Instance.root_id)
        .join(Instance, Instance.id == Task.instance_id)
        .join(Definition, Definition.id == Task.definition_id)
        .where(visible_to(Task.tenant_id, tenants))
    )


_WHOLE: ColumnElement[Any] = literal_column("'{}'")
_each = func.jsonb_each(Instance.variables).table_valued("key", "value", name="variable")
_name = type_coerce(_each.c.key, Text())
_value = type_coerce(_each.c.value, JSONB())
_mark = Instance.types.op("->")(_name)
_text = cast(_value, Text)
_fits = _text.op("~")(r"^-?\d{1,18}$")
_type = case(
    (func.jsonb_typeof(_mark) == "string", _mark.op("#>>")(_WHOLE)),
    (func.jsonb_typeof(_mark) == "array", _mark.op("->>")(literal_column("0"))),
    (func.jsonb_typeof(_value) == "null", "Null"),
    (func.jsonb_typeof(_value) == "boolean", "Boolean"),
    (func.jsonb_typeof(_value) == "string", "String"),
    (func.jsonb_typeof(_value).in_(("object", "array")), "Json"),
    (_text.op("~")(r"[.eE]"), "Double"),
    (
        and_(_fits, cast(case((_fits, _text), else_="0"), BigInteger).between(-WHOLE["Integer"], WHOLE["Integer"] - 1)),
        "Integer",
    ),
    else_="Long",
)
"""The type of a variable as `values.recall` tells it."""

VARIABLES = Listing(
    filters={
        "variableName": by.equal(_name),
        "variableNameIn": by.among(_name),
        "variableNameLike": by.like(_name),
        "variableValue": by.Filter(by.Kind.SCALAR, lambda text: _value.op("#>>")(_WHOLE) == text),
        "variableTypeIn": by.Filter(
            by.Kind.TEXTS, lambda names: _type.in_([name[:1].upper() + name[1:] for name in names])
        ),
        "processInstanceId": by.identified(Instance.id),
        "processInstanceIdIn": by.identified_among(Instance.id),
        "processDefinitionId": by.equal(Instance.definition_id),
        "processDefinitionKey": by.equal(Instance.definition_key),
        "executionIdIn": by.identified_among(Instance.id),
        "activityInstanceIdIn": by.identified_among(Instance.id),
        "tenantIdIn": by.among(Instance.tenant_id),
        "withoutTenantId": by.when(Instance.tenant_id.is_(None)),
    },
    order={"instanceId": Instance.id, "variableName": _name, "tenantId": Instance.tenant_id},
    last=(Instance.id, _name),
    unsupported=frozenset(
        {"includeDeleted", "taskIdIn", "caseActivityIdIn", "caseExecutionIdIn", *CASES, *IGNORING_CASE}
    ),
)


def variables(tenants: Sequence[str] | None) -> Query:
    """(id, definition_id, definition_key, tenant_id, root_id, started_at, mark, name, value) of the process's own variables."""
    return (
        select(
            Instance.id,
            Instance.definition_id,
            Instance.definition_key,
            Instance.tenant_id,
            Instance.root_id,
            Instance.started_at,
            _mark.label("mark"),
            _name.label("name"),
            _value.label("value"),
        )
        .join(_each, by.ALWAYS)
        .where(visible_to(Instance.tenant_id, tenants))
    )
