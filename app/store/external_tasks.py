"""External tasks: the list of them, and those that a worker may fetch. Filters carry the names of the REST dialect."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union_all

from app.store import listing
from app.store.listing import Condition, Filter, Kind, Listing
from app.store.queries import visible_to
from app.store.tables import Definition, ExternalTask, Instance


def _of_definitions(narrow: Filter) -> Filter:
    """By something of the definition."""
    return Filter(
        narrow.kind,
        lambda value: ExternalTask.definition_id.in_(select(Definition.id).where(narrow.condition(value))),
    )


def _by_variables(narrow: Filter) -> Filter:
    return Filter(
        narrow.kind, lambda value: ExternalTask.instance_id.in_(select(Instance.id).where(narrow.condition(value)))
    )


_LOCKED = ExternalTask.locked_until > func.now()
_TRIES_LEFT = or_(ExternalTask.retries.is_(None), ExternalTask.retries > 0)
_PROCESS = {
    "processDefinitionId": listing.equal(ExternalTask.definition_id),
    "processDefinitionKey": listing.equal(ExternalTask.definition_key),
    "processDefinitionKeyIn": listing.among(ExternalTask.definition_key),
    "tenantIdIn": listing.among(ExternalTask.tenant_id),
}

EXTERNAL_TASKS = Listing(
    filters={
        **_PROCESS,
        "externalTaskId": listing.identified(ExternalTask.id),
        "externalTaskIdIn": listing.identified_among(ExternalTask.id),
        "topicName": listing.equal(ExternalTask.topic),
        "workerId": listing.equal(ExternalTask.worker_id),
        "locked": listing.when(_LOCKED),
        "notLocked": listing.when(or_(ExternalTask.locked_until.is_(None), ~_LOCKED)),
        "withRetriesLeft": listing.when(_TRIES_LEFT),
        "noRetriesLeft": listing.when(ExternalTask.retries == 0),
        "lockExpirationAfter": listing.after(ExternalTask.locked_until),
        "lockExpirationBefore": listing.before(ExternalTask.locked_until),
        "activityId": listing.equal(ExternalTask.element),
        "activityIdIn": listing.among(ExternalTask.element),
        "executionId": listing.at_token(ExternalTask.instance_id, ExternalTask.token),
        "processInstanceId": listing.identified(ExternalTask.instance_id),
        "processInstanceIdIn": listing.identified_among(ExternalTask.instance_id),
        "processDefinitionName": _of_definitions(listing.equal(Definition.name)),
        "processDefinitionNameLike": _of_definitions(listing.like(Definition.name)),
        "active": listing.when(ExternalTask.suspended.is_(False)),
        "suspended": listing.when(ExternalTask.suspended.is_(True)),
        "priorityHigherThanOrEquals": Filter(Kind.WHOLE, lambda least: ExternalTask.priority >= least),
        "priorityLowerThanOrEquals": Filter(Kind.WHOLE, lambda most: ExternalTask.priority <= most),
        "processVariables": _by_variables(listing.variables(Instance.variables)),
    },
    order={
        "id": ExternalTask.id,
        "lockExpirationTime": ExternalTask.locked_until,
        "processInstanceId": ExternalTask.instance_id,
        "processDefinitionId": ExternalTask.definition_id,
        "processDefinitionKey": ExternalTask.definition_key,
        "taskPriority": ExternalTask.priority,
        "createTime": ExternalTask.created_at,
        "tenantId": ExternalTask.tenant_id,
    },
    last=(ExternalTask.id,),
    unsupported=frozenset({"variableNamesIgnoreCase", "variableValuesIgnoreCase"}),
)

OF_TOPIC: Mapping[str, Filter] = {
    **_PROCESS,
    "processDefinitionIdIn": listing.among(ExternalTask.definition_id),
    "processDefinitionVersionTag": _of_definitions(listing.equal(Definition.version_tag)),
    "businessKey": listing.equal(ExternalTask.business_key),
    "withoutTenantId": listing.when(ExternalTask.tenant_id.is_(None)),
    "processVariables": _by_variables(listing.variables(Instance.variables)),
}
"""What of a topic a worker may want beside its name."""


def external_tasks(tenants: Sequence[str] | None) -> Select[ExternalTask, str | None]:
    """(ExternalTask, version tag of its definition); tenants: whose are seen beside the common ones; None: all."""
    return (
        select(ExternalTask, Definition.version_tag)
        .join(Definition, Definition.id == ExternalTask.definition_id)
        .where(visible_to(ExternalTask.tenant_id, tenants))
    )


def _of_topic(name: str, values: Mapping[str, Any]) -> Condition:
    """The tasks of a topic that pass the filters of OF_TOPIC with these values."""
    return and_(ExternalTask.topic == name, *(OF_TOPIC[given].condition(value) for given, value in values.items()))


def workable(topics: Mapping[str, Mapping[str, Any]]) -> tuple[Condition, Condition, Condition]:
    """The tasks of the topics, by name with the values of their filters, that a worker may have once nobody else has them."""
    of_topics = (_of_topic(name, values) for name, values in topics.items())
    return or_(false(), *of_topics), ExternalTask.suspended.is_(False), _TRIES_LEFT


def fetchable(
    topics: Mapping[str, Mapping[str, Any]], most: int, now: datetime, *, by_priority: bool, newest_first: bool
) -> Select[ExternalTask]:
    """The first free tasks of topics, given as to `workable`, locked; those that another is about to lock are left to him.

    Each topic gives its tasks in order, for which it has an index, and they are merged as far as they are needed: PostgreSQL
    would sort all of them.
    """
    order = [(ExternalTask.created_at, newest_first), (ExternalTask.id, newest_first)]
    if by_priority:
        order.insert(0, (ExternalTask.priority, True))
    keys = [column for column, _ in order]
    may_be_had = (ExternalTask.suspended.is_(False), _TRIES_LEFT, free(now))
    each = [
        select(*keys).where(_of_topic(*topic), *may_be_had).order_by(*listing.ordered(order))
        for topic in topics.items()
    ]
    found = union_all(*each).subquery()
    return (
        select(ExternalTask)
        .join(found, found.c.id == ExternalTask.id)
        .where(*may_be_had)  # looked at again where a task has changed meanwhile
        .order_by(*listing.ordered([(found.c[column.key], descending) for column, descending in order]))
        .limit(most)
        .with_for_update(skip_locked=True, of=ExternalTask)
    )


def free(now: datetime) -> ColumnElement[bool]:
    """Whether no worker has the task."""
    return or_(ExternalTask.locked_until.is_(None), ExternalTask.locked_until <= now)


def topic_names(
    tenants: Sequence[str] | None, *, locked: bool, unlocked: bool, with_tries: bool, now: datetime
) -> Select[str]:
    """The topics of the tasks that there are, in order."""
    query = select(ExternalTask.topic).distinct().where(visible_to(ExternalTask.tenant_id, tenants))
    if locked:
        query = query.where(~free(now))
    if unlocked:
        query = query.where(free(now))
    if with_tries:
        query = query.where(_TRIES_LEFT)
    return query.order_by(ExternalTask.topic)
