"""The instances that a body names: by their ids, by a query, or both."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.api.listing import filters_of
from app.api.replies import identifier
from app.errors import Invalid
from app.http.transaction import Unit
from app.store import listing
from app.store.instance_lists import INSTANCES, process_instances
from app.store.listing import Listing, Wanted
from app.store.tables import Instance

NAMED = {"processInstanceIds": "array", "processInstanceQuery": "object"}
"""How OpenAPI describes them."""


def chosen_instances(u: Unit, body: Mapping[str, Any]) -> list[UUID]:
    """Each once. Raises Invalid, also for none, NotFound for what is no id."""
    if body.get("historicProcessInstanceQuery") is not None:
        raise Invalid("historicProcessInstanceQuery is not supported")
    found = [identifier(text, "Process instance") for text in texts_in(body, "processInstanceIds")]
    if (query := body.get("processInstanceQuery")) is not None:
        rows = listing.narrowed(process_instances(u.tenants), INSTANCES, wanted_in(INSTANCES, query))
        found += u.session.scalars(rows.with_only_columns(Instance.id).order_by(Instance.id))
    if not found:
        raise Invalid("processInstanceIds is empty: no process instance is named or found")
    return list(dict.fromkeys(found))


def wanted_in(listing: Listing, given: Any) -> Wanted:
    """A query within a body. Raises Invalid."""
    if not isinstance(given, dict):
        raise Invalid("a query must be an object")
    return Wanted(filters_of(listing).of_body(given))


def texts_in(body: Mapping[str, Any], name: str) -> list[str]:
    """A list of ids, empty where there is none. Raises Invalid naming it."""
    given = body.get(name) or []
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise Invalid(f"{name} must be a list of ids")
    return given
