"""`/engine-rest/event-subscription`: the messages, signals and conditions that are waited for."""

from typing import Any

from flask_smorest import Blueprint

from app.api.listing import add_list
from app.domain.models.values import write_date
from app.http.transaction import Unit
from app.store import event_lists, listing
from app.store.listing import Wanted

blueprint = Blueprint(
    "event_subscription",
    __name__,
    url_prefix="/engine-rest/event-subscription",
    description="What instances wait for, and what begins processes",
)


def subscription_out(row: Any, activity: str) -> dict[str, Any]:
    """row: with the columns of a subscription; what begins a process is of no instance."""
    instance = row.instance_id
    return {
        "id": str(row.id),
        "eventType": row.kind,
        "eventName": row.name,
        "executionId": None if instance is None else f"{instance}:{row.token}",
        "processInstanceId": None if instance is None else str(instance),
        "activityId": activity,
        "createdDate": write_date(row.created_at),
        "tenantId": row.tenant_id,
    }


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = listing.merged_page(*event_lists.parts(u.staffed, wanted))
    return [subscription_out(row, row.activity) for row in u.session.execute(query)]


def _total(u: Unit, wanted: Wanted) -> int:
    return event_lists.total(u.session, u.staffed, wanted)


add_list(blueprint, "", event_lists.SUBSCRIPTIONS, _rows, _total, "event subscriptions")
