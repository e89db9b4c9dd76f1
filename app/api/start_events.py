"""`/api/start-events`: what begins processes by itself, and when next."""

from typing import Any

from flask_smorest import Blueprint

from app.api.listing import add_list
from app.domain.models.model import node_of
from app.domain.models.values import write_date
from app.domain.refusals.edition_refusals import iso
from app.http.transaction import Unit
from app.store import listing
from app.store.listing import Wanted
from app.store.start_lists import STARTS, start_events
from app.store.tables import Definition, StartEvent

blueprint = Blueprint(
    "start_events", __name__, url_prefix="/api/start-events", description="What begins processes by itself"
)


def _start_out(start: StartEvent, definition: Definition) -> dict[str, Any]:
    """due: when a timer comes next, null when it comes no more; left: how often it does, null without end;
    inForceFrom, inForceUntil: the days of the edition of the law, outside of which it begins nothing."""
    return {
        "id": str(start.id),
        "processDefinitionId": definition.id,
        "processDefinitionKey": definition.key,
        "processDefinitionVersion": definition.version,
        "activityId": node_of(start.key),
        "kind": start.kind,
        "name": start.name,
        "due": None if start.due_at is None else write_date(start.due_at),
        "left": start.left,
        "inForceFrom": iso(start.in_force_from),
        "inForceUntil": iso(start.in_force_until),
        "suspended": definition.suspended,
        "tenantId": start.tenant_id,
    }


def _rows(u: Unit, wanted: Wanted) -> list[dict[str, Any]]:
    query = listing.page(start_events(u.tenants), STARTS, wanted)
    return [_start_out(*row) for row in u.session.execute(query)]


def _total(u: Unit, wanted: Wanted) -> int:
    return listing.total(u.session, start_events(u.tenants), STARTS, wanted)


add_list(blueprint, "", STARTS, _rows, _total, "what begins processes by itself")
