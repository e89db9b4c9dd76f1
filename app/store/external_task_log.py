"""The log of external tasks as a list. Filters carry the names of the REST dialect."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, select

from app.store import listing
from app.store.listing import Filter, Kind, Listing
from app.store.queries import visible_to
from app.store.tables import ExternalTaskLog, Instance


class Event(StrEnum):
    """Of `ExternalTaskLog`. DELETED: it was withdrawn, also by a business error of its worker."""

    CREATED = "created"
    FAILED = "failed"
    SUCCESSFUL = "successful"
    DELETED = "deleted"


_place = (ExternalTaskLog.instance_id, ExternalTaskLog.token)
LOG = Listing(
    filters={
        "logId": listing.identified(ExternalTaskLog.id),
        "externalTaskId": listing.identified(ExternalTaskLog.external_task_id),
        "topicName": listing.equal(ExternalTaskLog.topic),
        "workerId": listing.equal(ExternalTaskLog.worker_id),
        "errorMessage": listing.equal(ExternalTaskLog.error),
        "activityIdIn": listing.among(ExternalTaskLog.element),
        "activityInstanceIdIn": listing.at_one_of(*_place),
        "executionIdIn": listing.at_one_of(*_place),
        "processInstanceId": listing.identified(ExternalTaskLog.instance_id),
        "processDefinitionId": listing.equal(ExternalTaskLog.definition_id),
        "processDefinitionKey": listing.equal(ExternalTaskLog.definition_key),
        "tenantIdIn": listing.among(ExternalTaskLog.tenant_id),
        "withoutTenantId": listing.when(ExternalTaskLog.tenant_id.is_(None)),
        "priorityHigherThanOrEquals": Filter(Kind.WHOLE, lambda least: ExternalTaskLog.priority >= least),
        "priorityLowerThanOrEquals": Filter(Kind.WHOLE, lambda most: ExternalTaskLog.priority <= most),
        "creationLog": listing.when(ExternalTaskLog.event == Event.CREATED),
        "failureLog": listing.when(ExternalTaskLog.event == Event.FAILED),
        "successLog": listing.when(ExternalTaskLog.event == Event.SUCCESSFUL),
        "deletionLog": listing.when(ExternalTaskLog.event == Event.DELETED),
    },
    order={
        "timestamp": ExternalTaskLog.at,
        "externalTaskId": ExternalTaskLog.external_task_id,
        "topicName": ExternalTaskLog.topic,
        "workerId": ExternalTaskLog.worker_id,
        "retries": ExternalTaskLog.retries,
        "priority": ExternalTaskLog.priority,
        "activityId": ExternalTaskLog.element,
        "activityInstanceId": listing.token_id(*_place),
        "executionId": listing.token_id(*_place),
        "processInstanceId": ExternalTaskLog.instance_id,
        "processDefinitionId": ExternalTaskLog.definition_id,
        "processDefinitionKey": ExternalTaskLog.definition_key,
        "tenantId": ExternalTaskLog.tenant_id,
    },
    last=(ExternalTaskLog.id,),
)


def log(tenants: Sequence[str] | None) -> Select[ExternalTaskLog, UUID]:
    """(ExternalTaskLog, id of the root instance); tenants: whose are seen beside the common ones; None: all."""
    return (
        select(ExternalTaskLog, Instance.root_id)
        .join(Instance, Instance.id == ExternalTaskLog.instance_id)
        .where(visible_to(ExternalTaskLog.tenant_id, tenants))
    )
