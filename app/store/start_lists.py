"""The list of what begins processes by itself."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from app.store import listing
from app.store.listing import Listing
from app.store.queries import visible_to
from app.store.tables import Definition, StartEvent

STARTS = Listing(
    filters={
        "processDefinitionId": listing.equal(StartEvent.definition_id),
        "processDefinitionKey": listing.equal(Definition.key),
        "activityId": listing.equal(func.split_part(StartEvent.key, ":", 1)),
        "kind": listing.equal(StartEvent.kind),
        "name": listing.equal(StartEvent.name),
        "tenantIdIn": listing.among(StartEvent.tenant_id),
        "withoutTenantId": listing.when(StartEvent.tenant_id.is_(None)),
        "dueBefore": listing.before(StartEvent.due_at),
        "dueAfter": listing.after(StartEvent.due_at),
        "active": listing.when(Definition.suspended.is_(False)),
    },
    order={"due": StartEvent.due_at, "processDefinitionKey": Definition.key, "tenantId": StartEvent.tenant_id},
    last=(StartEvent.id,),
)


def start_events(tenants: Sequence[str] | None) -> Select[StartEvent, Definition]:
    """Each with the version that it begins. tenants: the organisations whose rows are seen beside the common ones; None: all."""
    query = select(StartEvent, Definition).join(Definition, Definition.id == StartEvent.definition_id)
    return query.where(visible_to(StartEvent.tenant_id, tenants))
