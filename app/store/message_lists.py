"""The list of messages and signals between processes that were not delivered yet."""

from sqlalchemy import Select, select

from app.store import listing
from app.store.listing import Listing
from app.store.tables import Message

MESSAGES = Listing(
    filters={
        "name": listing.equal(Message.name),
        "nameLike": listing.like(Message.name),
        "kind": listing.equal(Message.kind),
        "businessKey": listing.equal(Message.business_key),
        "processInstanceId": listing.identified(Message.thrown_by),
        "tenantIdIn": listing.among(Message.tenant_id),
        "withoutTenantId": listing.when(Message.tenant_id.is_(None)),
        "failed": listing.when(Message.error.is_not(None)),
        "noRetriesLeft": listing.when(Message.retries <= 0),
        "createdBefore": listing.before(Message.created_at),
        "createdAfter": listing.after(Message.created_at),
    },
    order={"created": Message.created_at, "name": Message.name, "tenantId": Message.tenant_id},
    last=(Message.id,),
)


def messages() -> Select[Message]:
    """Of every organisation: the list is for administrators."""
    return select(Message)
