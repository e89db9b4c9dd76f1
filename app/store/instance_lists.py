"""The list of running process instances. Filters carry the names of the REST dialect."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased, defer

from app.store import listing
from app.store.job_lists import node_of
from app.store.listing import Filter, Kind, Listing
from app.store.queries import visible_to
from app.store.tables import Definition, EventSubscription, ExternalTask, Incident, Instance, Job, Task

CALLED = aliased(Instance)
HAS_CALLED = select(CALLED.id).where(CALLED.super_id == Instance.id, CALLED.ended_at.is_(None)).exists()


def _of_definitions(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Instance.definition_id.in_(select(Definition.id).where(condition))


def stands_at(elements: Sequence[str]) -> ColumnElement[bool]:
    """Whether an instance waits at one of these: for a person, a moment, a worker, a message or a signal."""
    task = select(Task.id).where(Task.instance_id == Instance.id, Task.element.in_(elements), Task.ended_at.is_(None))
    others = (
        select(table.id).where(table.instance_id == Instance.id, node_of(table.key).in_(elements))
        for table in (Job, EventSubscription)
    )
    external = select(ExternalTask.id).where(
        ExternalTask.instance_id == Instance.id, ExternalTask.element.in_(elements)
    )
    return or_(task.exists(), external.exists(), *(other.exists() for other in others))


def has_incident(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an instance has an open incident of this kind."""
    return Instance.troubled & (
        select(Incident.id)
        .where(Incident.instance_id == Instance.id, Incident.ended_at.is_(None), *conditions)
        .exists()
    )


INSTANCES = Listing(
    filters={
        "processInstanceIds": listing.identified_among(Instance.id),
        "businessKey": listing.equal(Instance.business_key),
        "businessKeyLike": listing.like(Instance.business_key),
        "processDefinitionId": listing.equal(Instance.definition_id),
        "processDefinitionKey": listing.equal(Instance.definition_key),
        "processDefinitionKeyIn": listing.among(Instance.definition_key),
        "processDefinitionKeyNotIn": listing.not_among(Instance.definition_key),
        "deploymentId": Filter(
            Kind.TEXT, lambda text: _of_definitions(listing.identified(Definition.deployment_id).condition(text))
        ),
        "processDefinitionWithoutTenantId": listing.when(_of_definitions(Definition.tenant_id.is_(None))),
        "superProcessInstance": listing.identified(Instance.super_id),
        "subProcessInstance": Filter(
            Kind.TEXT,
            lambda text: Instance.id.in_(select(CALLED.super_id).where(listing.identified(CALLED.id).condition(text))),
        ),
        "rootProcessInstances": listing.when(Instance.super_id.is_(None)),
        "rootProcessInstanceId": listing.identified(Instance.root_id),
        "leafProcessInstances": listing.when(~HAS_CALLED),
        "active": listing.when(Instance.suspended.is_(False)),
        "suspended": listing.when(Instance.suspended.is_(True)),
        "withIncident": listing.when(has_incident()),
        "incidentId": Filter(Kind.TEXT, lambda text: has_incident(listing.identified(Incident.id).condition(text))),
        "incidentType": Filter(Kind.TEXT, lambda kind: has_incident(Incident.kind == kind)),
        "incidentMessage": Filter(Kind.TEXT, lambda text: has_incident(Incident.message == text)),
        "incidentMessageLike": Filter(Kind.TEXT, lambda text: has_incident(Incident.message.like(text))),
        "tenantIdIn": listing.among(Instance.tenant_id),
        "withoutTenantId": listing.when(Instance.tenant_id.is_(None)),
        "activityIdIn": Filter(Kind.TEXTS, stands_at),
        "variables": listing.variables(Instance.variables),
    },
    order={
        "instanceId": Instance.id,
        "definitionKey": Instance.definition_key,
        "definitionId": Instance.definition_id,
        "tenantId": Instance.tenant_id,
        "businessKey": Instance.business_key,
    },
    last=(Instance.id,),
    unsupported=frozenset(
        {
            "caseInstanceId",
            "superCaseInstance",
            "subCaseInstance",
            "variableNamesIgnoreCase",
            "variableValuesIgnoreCase",
            "orQueries",
        }
    ),
)


def process_instances(tenants: Sequence[str] | None) -> Select[Instance]:
    """Running instances, without state and variables.

    tenants: the organisations whose instances are seen beside the common ones; None: all.
    """
    query = select(Instance).options(defer(Instance.state), defer(Instance.variables), defer(Instance.types))
    return query.where(Instance.ended_at.is_(None), visible_to(Instance.tenant_id, tenants))
