"""Lists of incidents: those that are open, and all there have been. Filters carry the names of the REST dialect."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, false, func, select

from app.store import listing
from app.store.listing import Column, Filter, Kind, Listing
from app.store.queries import visible_to
from app.store.tables import Incident, Instance

FAILED_AT = func.coalesce(Incident.details.op("->>")("activityId"), Incident.element)
_FILTERS: Mapping[str, Filter] = {
    "incidentId": listing.identified(Incident.id),
    "incidentType": listing.equal(Incident.kind),
    "incidentMessage": listing.equal(Incident.message),
    "incidentMessageLike": listing.like(Incident.message),
    "processDefinitionId": listing.equal(Incident.definition_id),
    "processDefinitionKeyIn": listing.among(Instance.definition_key),
    "processInstanceId": listing.identified(Incident.instance_id),
    "executionId": listing.at_token(Incident.instance_id, Incident.token),
    "activityId": listing.equal(Incident.element),
    "failedActivityId": Filter(Kind.TEXT, lambda text: text == FAILED_AT),
    "causeIncidentId": listing.identified(Incident.id),
    "rootCauseIncidentId": listing.identified(Incident.id),
    "configuration": listing.identified(Incident.cause),
    "tenantIdIn": listing.among(Incident.tenant_id),
}
_ORDER: Mapping[str, Column] = {
    "incidentId": Incident.id,
    "incidentMessage": Incident.message,
    "incidentType": Incident.kind,
    "executionId": listing.token_id(Incident.instance_id, Incident.token),
    "activityId": Incident.element,
    "processInstanceId": Incident.instance_id,
    "processDefinitionId": Incident.definition_id,
    "causeIncidentId": Incident.id,
    "rootCauseIncidentId": Incident.id,
    "configuration": Incident.cause,
    "tenantId": Incident.tenant_id,
}
INCIDENTS = Listing(
    filters={
        **_FILTERS,
        "incidentTimestampBefore": listing.before(Incident.created_at),
        "incidentTimestampAfter": listing.after(Incident.created_at),
    },
    order={**_ORDER, "incidentTimestamp": Incident.created_at},
    last=(Incident.id,),
    unsupported=frozenset({"jobDefinitionIdIn"}),
)
"""Those that are open. Here no incident is the cause of another: each is its own."""
PAST = Listing(
    filters={
        **_FILTERS,
        "processDefinitionKey": listing.equal(Instance.definition_key),
        "createTimeBefore": listing.before(Incident.created_at),
        "createTimeAfter": listing.after(Incident.created_at),
        "endTimeBefore": listing.before(Incident.ended_at),
        "endTimeAfter": listing.after(Incident.ended_at),
        "open": listing.when(Incident.ended_at.is_(None)),
        "resolved": listing.when(Incident.ended_at.is_not(None)),
        "deleted": listing.when(false()),
        "withoutTenantId": listing.when(Incident.tenant_id.is_(None)),
    },
    order={
        **_ORDER,
        "createTime": Incident.created_at,
        "endTime": Incident.ended_at,
        "processDefinitionKey": Instance.definition_key,
        "incidentState": Incident.ended_at,
    },
    last=(Incident.id,),
    unsupported=frozenset({"jobDefinitionIdIn", "historyConfiguration"}),
)
"""Those that are open and those that have ended."""


def incidents(tenants: Sequence[str] | None, *, ended: bool = False) -> Select[Incident, Instance]:
    """tenants: the organisations whose incidents are seen beside the common ones; None: all. ended: those too."""
    query = (
        select(Incident, Instance)
        .join(Instance, Instance.id == Incident.instance_id)
        .where(visible_to(Incident.tenant_id, tenants))
    )
    return query if ended else query.where(Incident.ended_at.is_(None))
