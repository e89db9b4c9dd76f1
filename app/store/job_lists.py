"""The list of jobs. Filters carry the names of the REST dialect."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.store import listing
from app.store.listing import Filter, Kind, Listing, Wanted
from app.store.queries import visible_to
from app.store.tables import Instance, Job

TIMER = "timer"


def node_of(key: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """`domain.models.model.node_of` as SQL."""
    return func.split_part(func.split_part(key, ":", 1), "#", 1)


FAILED_AT = func.coalesce(Job.details.op("->>")("activityId"), node_of(Job.key))
"""Where the last try of a job that has failed went wrong."""
JOBS = Listing(
    filters={
        "jobId": listing.identified(Job.id),
        "jobIds": listing.identified_among(Job.id),
        "processInstanceId": listing.identified(Job.instance_id),
        "processInstanceIds": listing.identified_among(Job.instance_id),
        "executionId": listing.at_token(Job.instance_id, Job.token),
        "processDefinitionId": listing.equal(Job.definition_id),
        "processDefinitionKey": listing.equal(Instance.definition_key),
        "activityId": listing.equal(node_of(Job.key)),
        "failedActivityId": Filter(Kind.TEXT, lambda text: and_(Job.error.is_not(None), text == FAILED_AT)),
        "withRetriesLeft": listing.when(Job.retries > 0),
        "noRetriesLeft": listing.when(Job.retries <= 0),
        "executable": Filter(Kind.FLAG, lambda now: _executable(now)),
        "timers": listing.when(Job.kind == TIMER),
        "messages": listing.when(Job.kind != TIMER),
        "dueDates": listing.bounds(Job.due_at),
        "createTimes": listing.bounds(Job.created_at),
        "withException": listing.when(Job.error.is_not(None)),
        "exceptionMessage": listing.equal(Job.error),
        "active": listing.when(Job.suspended.is_(False)),
        "suspended": listing.when(Job.suspended.is_(True)),
        "priorityLowerThanOrEquals": Filter(Kind.WHOLE, lambda most: Job.priority <= most),
        "priorityHigherThanOrEquals": Filter(Kind.WHOLE, lambda least: Job.priority >= least),
        "tenantIdIn": listing.among(Job.tenant_id),
        "withoutTenantId": listing.when(Job.tenant_id.is_(None)),
        "includeJobsWithoutTenantId": listing.when(true()),
    },
    order={
        "jobId": Job.id,
        "executionId": listing.token_id(Job.instance_id, Job.token),
        "processInstanceId": Job.instance_id,
        "processDefinitionId": Job.definition_id,
        "processDefinitionKey": Instance.definition_key,
        "jobPriority": Job.priority,
        "jobRetries": Job.retries,
        "jobDueDate": Job.due_at,
        "tenantId": Job.tenant_id,
    },
    last=(Job.id,),
    unsupported=frozenset({"jobDefinitionId", "acquired"}),
)
"""`executable` is asked with the present moment."""


def _executable(now: datetime) -> ColumnElement[bool]:
    return and_(Job.retries > 0, Job.due_at <= now, Job.suspended.is_(False))


def jobs(wanted: Wanted, tenants: Sequence[str] | None) -> tuple[Select[Job, str], Wanted]:
    """(Job, key of its process), and what is wanted of them. tenants: the organisations seen beside what is common; None:
    all."""
    query = (
        select(Job, Instance.definition_key)
        .join(Instance, Instance.id == Job.instance_id)
        .where(visible_to(Job.tenant_id, tenants))
    )
    return listing.with_common(query, wanted, Job.tenant_id, "includeJobsWithoutTenantId")
