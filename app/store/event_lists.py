"""The list of messages, signals and conditions that are waited for. Filters carry the names of the REST dialect."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, false, func, null, or_, select, true
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Session

from app.domain.models.model import EventKind
from app.store import listing
from app.store.listing import Column, Filter, Kind, Listing, Wanted
from app.store.queries import visible_to
from app.store.tables import EventSubscription, StartEvent

Part = tuple[Select[*tuple[Any, ...]], Listing]
NOTHING = Filter(Kind.TEXT, lambda _: false())
OF_NOBODY = "includeEventSubscriptionsWithoutTenantId"


def _activity(key: Column) -> ColumnElement[str]:
    return func.split_part(key, ":", 1)


def _listing(table: type[EventSubscription] | type[StartEvent], execution: Filter, instance: Filter) -> Listing:
    return Listing(
        filters={
            "eventSubscriptionId": listing.identified(table.id),
            "eventName": listing.equal(table.name),
            "eventType": listing.equal(table.kind),
            "executionId": execution,
            "processInstanceId": instance,
            "activityId": listing.equal(_activity(table.key)),
            "tenantIdIn": listing.among(table.tenant_id),
            "withoutTenantId": listing.when(table.tenant_id.is_(None)),
            OF_NOBODY: listing.when(true()),
        },
        order={"created": table.created_at, "tenantId": table.tenant_id},
        last=(table.id,),
    )


SUBSCRIPTIONS = _listing(
    EventSubscription,
    listing.at_token(EventSubscription.instance_id, EventSubscription.token),
    listing.identified(EventSubscription.instance_id),
)
STARTS = _listing(StartEvent, NOTHING, NOTHING)


def parts(tenants: Sequence[str] | None, wanted: Wanted) -> tuple[list[Part], Wanted]:
    """What instances wait for, and what begins processes by itself: (id, kind, name, instance, token, activity, created,
    tenant) each; with the filters that are still to be applied.

    tenants: the organisations whose rows are seen beside the common ones; None: all.
    """
    waited = select(
        EventSubscription.id,
        EventSubscription.kind,
        EventSubscription.name,
        EventSubscription.instance_id,
        EventSubscription.token,
        _activity(EventSubscription.key).label("activity"),
        EventSubscription.created_at,
        EventSubscription.tenant_id,
    ).where(visible_to(EventSubscription.tenant_id, tenants))
    begins = select(
        StartEvent.id,
        StartEvent.kind,
        StartEvent.name,
        cast(null(), UUID).label("instance_id"),
        cast(null(), EventSubscription.token.type).label("token"),
        _activity(StartEvent.key).label("activity"),
        StartEvent.created_at,
        StartEvent.tenant_id,
    ).where(visible_to(StartEvent.tenant_id, tenants), StartEvent.kind != EventKind.TIMER)
    found: list[Part] = [(waited, SUBSCRIPTIONS), (begins, STARTS)]
    among = wanted.values.get("tenantIdIn")
    if among is None or OF_NOBODY not in wanted.values:
        return found, wanted
    rest = replace(wanted, values={name: value for name, value in wanted.values.items() if name != "tenantIdIn"})
    columns = (EventSubscription.tenant_id, StartEvent.tenant_id)
    narrowed = [
        (query.where(or_(column.is_(None), column.in_(among))), known)
        for (query, known), column in zip(found, columns, strict=True)
    ]
    return narrowed, rest


def total(session: Session, tenants: Sequence[str] | None, wanted: Wanted) -> int:
    """How many rows pass in all parts."""
    found, rest = parts(tenants, wanted)
    return sum(listing.total(session, query, known, rest) for query, known in found)
