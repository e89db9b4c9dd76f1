"""Lists of deployments and process definitions. Filters carry the names of the REST dialect."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Text, and_, cast, func, or_, select, true
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from app.store import listing, version_lists
from app.store.listing import Filter, Kind, Listing, Wanted
from app.store.queries import visible_to
from app.store.tables import (
    Definition,
    Deployment,
    EventSubscription,
    ExternalTask,
    Incident,
    Instance,
    Job,
    Resource,
    Task,
)
from app.store.version_lists import DEPLOYED


def _has_incident(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(Incident.id).where(Incident.definition_id == Definition.id, Incident.ended_at.is_(None), condition)
    return found.exists()


DEPLOYMENTS = Listing(
    filters={
        "id": listing.identified(Deployment.id),
        "name": listing.equal(Deployment.name),
        "nameLike": listing.like(Deployment.name),
        "source": listing.equal(Deployment.source),
        "withoutSource": listing.when(Deployment.source.is_(None)),
        "tenantIdIn": listing.among(Deployment.tenant_id),
        "withoutTenantId": listing.when(Deployment.tenant_id.is_(None)),
        "includeDeploymentsWithoutTenantId": listing.when(true()),
        "after": Filter(Kind.MOMENT, lambda moment: moment < DEPLOYED),
        "before": Filter(Kind.MOMENT, lambda moment: moment > DEPLOYED),
    },
    order={
        "id": Deployment.id,
        "name": Deployment.name,
        "deploymentTime": Deployment.deployed_at,
        "tenantId": Deployment.tenant_id,
    },
    last=(Deployment.id,),
)
DEFINITIONS = Listing(
    filters={
        **version_lists.filters(Definition),
        "processDefinitionId": listing.equal(Definition.id),
        "processDefinitionIdIn": listing.among(Definition.id),
        "keysIn": listing.among(Definition.key),
        "latest": version_lists.newest(Definition),
        "active": listing.when(Definition.suspended.is_(False)),
        "suspended": listing.when(Definition.suspended.is_(True)),
        "incidentId": Filter(Kind.TEXT, lambda text: _has_incident(listing.identified(Incident.id).condition(text))),
        "incidentType": Filter(Kind.TEXT, lambda kind: _has_incident(Incident.kind == kind)),
        "incidentMessage": Filter(Kind.TEXT, lambda text: _has_incident(Incident.message == text)),
        "incidentMessageLike": Filter(Kind.TEXT, lambda text: _has_incident(Incident.message.like(text))),
        "includeProcessDefinitionsWithoutTenantId": listing.when(true()),
        "withoutVersionTag": listing.when(Definition.version_tag.is_(None)),
        "startableInTasklist": listing.when(Definition.startable.is_(True)),
        "notStartableInTasklist": listing.when(Definition.startable.is_(False)),
        "startablePermissionCheck": listing.when(true()),  # whoever sees a definition may start it
    },
    order=version_lists.order(Definition),
    last=(Definition.id,),
    unsupported=frozenset({"startableBy"}),
)


def deployments(wanted: Wanted, tenants: Sequence[str] | None) -> tuple[Select[Deployment], Wanted]:
    """What is seen, and what is wanted of it. tenants: the organisations seen beside what is common; None: all."""
    query = select(Deployment).where(visible_to(Deployment.tenant_id, tenants))
    return listing.with_common(query, wanted, Deployment.tenant_id, "includeDeploymentsWithoutTenantId")


def process_definitions(wanted: Wanted, tenants: Sequence[str] | None) -> tuple[Select[Definition], Wanted]:
    """What is seen, and what is wanted of it. tenants: the organisations seen beside what is common; None: all."""
    query = (
        select(Definition)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .where(visible_to(Definition.tenant_id, tenants))
    )
    return listing.with_common(query, wanted, Definition.tenant_id, "includeProcessDefinitionsWithoutTenantId")


def resources(deployment_id: UUID) -> Select[UUID, str, UUID]:
    """The files of a deployment without their bytes."""
    return (
        select(Resource.id, Resource.name, Resource.deployment_id)
        .where(Resource.deployment_id == deployment_id)
        .order_by(Resource.name, Resource.id)
    )


def with_running(query: Select[Definition], tenants: Sequence[str] | None) -> Select[Definition, int]:
    """Definitions, each with the number of its running instances. tenants: as of `process_definitions`."""
    running = (
        select(Instance.definition_id, func.count().label("running"))
        .where(Instance.ended_at.is_(None), visible_to(Instance.tenant_id, tenants))
        .group_by(Instance.definition_id)
        .subquery()
    )
    counted = query.add_columns(func.coalesce(running.c.running, 0))
    return counted.outerjoin(running, running.c.definition_id == Definition.id)


def mentioned_forms(session: Session, keys: Sequence[str], tenant: str | None) -> set[str]:
    """Those of these forms that the newest version of a process of the organisation, or common to all, names in a formRef."""
    if not keys:
        return set()
    wanted = func.unnest(cast(list(keys), ARRAY(Text))).column_valued("wanted")
    named = [
        func.position(func.convert_to(f"formRef={quote}" + wanted + quote, "UTF8").op("IN")(Resource.content)) > 0
        for quote in ('"', "'")
    ]
    newest = (
        select(Definition.resource_id)
        .ext(distinct_on(Definition.tenant_id, Definition.key))
        .where(or_(Definition.tenant_id == tenant, Definition.tenant_id.is_(None)))
        .order_by(Definition.tenant_id, Definition.key, Definition.version.desc())
    )
    used = select(Resource.id).where(Resource.id.in_(newest), or_(*named)).correlate_except(Resource)
    return set(session.scalars(select(wanted).where(used.exists())))


def versions_of(key: str, tenants: Sequence[str] | None) -> Select[Definition, datetime, int]:
    """Every version of a process with when it was deployed and how many of its instances run, the newest first."""
    running = (
        select(func.count())
        .where(Instance.definition_id == Definition.id, Instance.ended_at.is_(None))
        .where(visible_to(Instance.tenant_id, tenants))
        .scalar_subquery()
    )
    return (
        select(Definition, Deployment.deployed_at, running)
        .join(Deployment, Deployment.id == Definition.deployment_id)
        .where(Definition.key == key, visible_to(Definition.tenant_id, tenants))
        .order_by(cast(Definition.tenant_id, Text), Definition.version.desc())
    )


def open_tasks_by_element(definition_id: str, tenants: Sequence[str] | None) -> Select[str, int]:
    return (
        select(Task.element, func.count())
        .where(Task.definition_id == definition_id, Task.ended_at.is_(None), visible_to(Task.tenant_id, tenants))
        .group_by(Task.element)
    )


def waits_by_element(
    table: type[Job] | type[EventSubscription], definition_id: str, tenants: Sequence[str] | None
) -> Select[str, int]:
    """Events and steps that wait, by their keys: for a moment, a worker, a message or a signal; boundary events among them."""
    return (
        select(table.key, func.count())
        .join(Instance, and_(Instance.id == table.instance_id, Instance.definition_id == definition_id))
        .where(visible_to(Instance.tenant_id, tenants))
        .group_by(table.key)
    )


def external_tasks_by_element(definition_id: str, tenants: Sequence[str] | None) -> Select[str, int]:
    """Work for workers outside that is not done, by elements."""
    return (
        select(ExternalTask.element, func.count())
        .where(ExternalTask.definition_id == definition_id, visible_to(ExternalTask.tenant_id, tenants))
        .group_by(ExternalTask.element)
    )


def calls_by_called_key(definition_id: str, tenants: Sequence[str] | None) -> Select[str, int]:
    """Running called processes of the running instances of a definition, by the key of the called process."""
    caller = aliased(Instance)
    return (
        select(Instance.definition_key, func.count())
        .join(caller, caller.id == Instance.super_id)
        .where(caller.definition_id == definition_id, Instance.ended_at.is_(None))
        .where(visible_to(caller.tenant_id, tenants))
        .group_by(Instance.definition_key)
    )


def open_incidents(tenants: Sequence[str] | None) -> Select[str, str | None, str, int]:
    """(definition_id, element, kind, how many)."""
    return (
        select(Incident.definition_id, Incident.element, Incident.kind, func.count())
        .where(Incident.ended_at.is_(None), visible_to(Incident.tenant_id, tenants))
        .group_by(Incident.definition_id, Incident.element, Incident.kind)
    )


def failed_jobs(tenants: Sequence[str] | None) -> Select[str, str, int]:
    """(definition_id, key of the event or element, how many have no tries left)."""
    return (
        select(Job.definition_id, Job.key, func.count())
        .where(Job.error.is_not(None), Job.retries <= 0, visible_to(Job.tenant_id, tenants))
        .group_by(Job.definition_id, Job.key)
    )
