"""The past as lists: process instances and tasks. Each is a Select and a Listing that narrows and orders it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, cast, exists, false, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from app.store import listing as by
from app.store.listing import Listing, Query
from app.store.queries import visible_to
from app.store.records import RECORDS
from app.store.tables import Definition, Incident, Instance, Task

CASES = ("caseInstanceId", "caseExecutionId", "caseDefinitionId", "caseDefinitionKey", "caseDefinitionName")
IGNORING_CASE = ("variableNamesIgnoreCase", "variableValuesIgnoreCase")
_Called = aliased(Instance)

_record = RECORDS.c
_left = cast(_record.activities, JSONB).contains
_instance_running = and_(Instance.ended_at.is_(None), Instance.suspended.is_(False))
STATUS = {"open": Incident.ended_at.is_(None), "resolved": Incident.ended_at.is_not(None)}


def _has_incident(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an instance has, or had, such an incident; here each is its own cause."""
    return select(Incident.id).where(Incident.instance_id == Instance.id, *conditions).exists()


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
        "withIncidents": by.when(_has_incident()),
        "withRootIncidents": by.when(_has_incident()),
        "withoutIncidents": by.when(~_has_incident()),
        "incidentIdIn": by.Filter(
            by.Kind.TEXTS, lambda ids: _has_incident(by.identified_among(Incident.id).condition(ids))
        ),
        "incidentType": by.Filter(by.Kind.TEXT, lambda kind: _has_incident(Incident.kind == kind)),
        "incidentStatus": by.Filter(by.Kind.TEXT, lambda status: _has_incident(STATUS.get(status, false()))),
        "incidentMessage": by.Filter(by.Kind.TEXT, lambda text: _has_incident(Incident.message == text)),
        "incidentMessageLike": by.Filter(by.Kind.TEXT, lambda text: _has_incident(Incident.message.like(text))),
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
            "withJobsRetrying", "executedActivityAfter", "executedActivityBefore",
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
