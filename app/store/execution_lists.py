"""The list of executions: running processes themselves, and the places at which they wait for a person, a moment, a worker,
an event or a called process. Filters carry the names of the REST dialect."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Text, any_, cast, func, literal, null, select, true, union_all
from sqlalchemy.orm import aliased

from app.domain.models.model import EventKind
from app.store import listing
from app.store.job_lists import node_of
from app.store.listing import Filter, Kind, Listing, Query
from app.store.queries import visible_to
from app.store.tables import EventSubscription, ExternalTask, Incident, Instance, Job, Task

PROCESS = 1
"""The token of a process itself."""
_called = aliased(Instance)
_here = union_all(
    select(literal(PROCESS).label("token"), cast(null(), Text).label("element")),
    *(
        select(token, element).where(instance_id == Instance.id, *more).correlate(Instance)
        for token, element, instance_id, *more in (
            (Task.token, Task.element, Task.instance_id, Task.ended_at.is_(None)),
            (ExternalTask.token, ExternalTask.element, ExternalTask.instance_id),
            (Job.token, node_of(Job.key), Job.instance_id),
            (EventSubscription.token, node_of(EventSubscription.key), EventSubscription.instance_id),
            (_called.super_token, cast(null(), Text), _called.super_id, _called.ended_at.is_(None)),
        )
    ),
).subquery("here")
_places = (
    select(_here.c.token, func.array_agg(_here.c.element).label("elements")).group_by(_here.c.token).lateral("place")
)
_place = _places.c


def _waits_for(kind: EventKind, name: str) -> ColumnElement[bool]:
    return (
        select(EventSubscription.id)
        .where(
            EventSubscription.instance_id == Instance.id,
            EventSubscription.token == _place.token,
            EventSubscription.kind == kind,
            EventSubscription.name == name,
        )
        .exists()
    )


def _has_incident(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    token = func.coalesce(Incident.token, PROCESS)
    here = (Incident.instance_id == Instance.id, token == _place.token, Incident.ended_at.is_(None))
    return Instance.troubled & select(Incident.id).where(*here, condition).exists()


EXECUTIONS = Listing(
    filters={
        "businessKey": listing.equal(Instance.business_key),
        "processDefinitionId": listing.equal(Instance.definition_id),
        "processDefinitionKey": listing.equal(Instance.definition_key),
        "processInstanceId": listing.identified(Instance.id),
        "activityId": Filter(Kind.TEXT, lambda element: element == any_(_place.elements)),
        "signalEventSubscriptionName": Filter(Kind.TEXT, lambda name: _waits_for(EventKind.SIGNAL, name)),
        "messageEventSubscriptionName": Filter(Kind.TEXT, lambda name: _waits_for(EventKind.MESSAGE, name)),
        "active": listing.when(Instance.suspended.is_(False)),
        "suspended": listing.when(Instance.suspended.is_(True)),
        "incidentId": Filter(Kind.TEXT, lambda text: _has_incident(listing.identified(Incident.id).condition(text))),
        "incidentType": Filter(Kind.TEXT, lambda kind: _has_incident(Incident.kind == kind)),
        "incidentMessage": Filter(Kind.TEXT, lambda text: _has_incident(Incident.message == text)),
        "incidentMessageLike": Filter(Kind.TEXT, lambda text: _has_incident(Incident.message.like(text))),
        "tenantIdIn": listing.among(Instance.tenant_id),
        "processVariables": listing.variables(Instance.variables),
    },
    order={
        "instanceId": Instance.id,
        "definitionKey": Instance.definition_key,
        "definitionId": Instance.definition_id,
        "tenantId": Instance.tenant_id,
    },
    last=(Instance.id, _place.token),
    unsupported=frozenset({"variables", "variableNamesIgnoreCase", "variableValuesIgnoreCase"}),
)


def executions(tenants: Sequence[str] | None) -> Query:
    """(id of the instance, token, organisation). tenants: the organisations seen beside what is common; None: all."""
    return (
        select(Instance.id, _place.token, Instance.tenant_id)
        .join(_places, true())
        .where(Instance.ended_at.is_(None), visible_to(Instance.tenant_id, tenants))
    )
