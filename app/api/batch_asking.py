"""What is asked of many and done one after the other: those that a body names, and the batch as the answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from sqlalchemy import select, union

from app.actions.mending import batches
from app.actions.mending.acts import Call
from app.actions.mending.batches import Chosen
from app.actions.mending.reasons import allowed
from app.api.batches import batch_out
from app.api.listing import from_object
from app.api.replies import identifier, reply, texts_in
from app.errors import Invalid
from app.http.transaction import Unit, unit
from app.store import history_lists, listing
from app.store.instance_lists import INSTANCES, process_instances
from app.store.tables import Instance

IDS, QUERY, PAST_QUERY = "processInstanceIds", "processInstanceQuery", "historicProcessInstanceQuery"
NAMED = {IDS: "array", QUERY: "object", PAST_QUERY: "object"}
"""How OpenAPI describes them."""


def asked(kind: str, what: Mapping[str, Any], chosen: Chosen, reason: str | None = None) -> Response:
    """The answer to what has made a batch. Raises as `batches.ask`."""
    u = unit()
    return reply(batch_out(batches.ask(Call(u.session, u.actor, allowed(reason), u.now), kind, what, chosen)))


def chosen_instances(body: Mapping[str, Any], ids: str = IDS) -> Chosen:
    """The instances that a body names by their ids and by queries, as these find them now. Raises Invalid for none of these,
    NotFound for what is no id."""
    return in_one([_by_ids(body, ids), _by_query(unit(), body), _by_past_query(unit(), body)], ids)


def in_one(given: list[Chosen | None], ids: str) -> Chosen:
    """Each once. Raises Invalid where nothing is given."""
    parts = [one for one in given if one is not None]
    if not parts:
        raise Invalid(f"{ids} is empty: nothing is named, and no query is given")
    if len(parts) == 1:
        return parts[0]
    whole = union(*(one.order_by(None) for one in parts)).subquery()
    return select(whole.c.subject, whole.c.instance_id).order_by(whole.c.subject)


def _by_ids(body: Mapping[str, Any], name: str) -> Chosen | None:
    ids: list[UUID] = [identifier(text, "Process instance") for text in texts_in(body, name)]
    return batches.named(ids) if ids else None


def _by_query(u: Unit, body: Mapping[str, Any]) -> Chosen | None:
    if (given := body.get(QUERY)) is None:
        return None
    return _ids(listing.narrowed(process_instances(u.staffed), INSTANCES, from_object(INSTANCES, given)))


def _by_past_query(u: Unit, body: Mapping[str, Any]) -> Chosen | None:
    if (given := body.get(PAST_QUERY)) is None:
        return None
    known = history_lists.INSTANCES
    return _ids(listing.narrowed(history_lists.instances(u.staffed), known, from_object(known, given)))


def _ids(found: Any) -> Chosen:
    query: Chosen = found.with_only_columns(Instance.id.label("subject"), Instance.id.label("instance_id"))
    return query.order_by(Instance.id)
