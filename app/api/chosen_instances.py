"""The instances that a body names: by their ids, by a query, or both."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.api.listing import from_object
from app.api.replies import identifier, texts_in
from app.domain import refusals
from app.domain.refusals import mending_refusals
from app.errors import Invalid
from app.http.transaction import Unit
from app.store import listing
from app.store.instance_lists import INSTANCES, process_instances
from app.store.tables import Instance

NAMED = {"processInstanceIds": "array", "processInstanceQuery": "object"}
"""How OpenAPI describes them."""
MOST = 10_000
"""Instances at once, whatever is done with them."""


def chosen_instances(u: Unit, body: Mapping[str, Any]) -> list[UUID]:
    """Each once. Raises Invalid, also for none and for more than MOST, NotFound for what is no id."""
    if body.get("historicProcessInstanceQuery") is not None:
        raise Invalid("historicProcessInstanceQuery is not supported")
    found = [identifier(text, "Process instance") for text in texts_in(body, "processInstanceIds")]
    if (query := body.get("processInstanceQuery")) is not None:
        rows = listing.narrowed(process_instances(u.staffed), INSTANCES, from_object(INSTANCES, query))
        found += u.session.scalars(rows.with_only_columns(Instance.id).order_by(Instance.id).limit(MOST + 1))
        if len(found) > MOST:
            raise refusals.of(Invalid, mending_refusals.TOO_MANY_FOUND, None, limit=MOST)
    if not found:
        raise Invalid("processInstanceIds is empty: no process instance is named or found")
    return list(dict.fromkeys(found))
