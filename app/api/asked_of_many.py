"""What is asked of many process instances and done one after the other: each answers with the batch that it has made."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from app.actions.mending import batches, kinds
from app.actions.mending.acts import Call
from app.actions.mending.batches import Chosen
from app.actions.mending.reasons import allowed
from app.api.batches import batch_out
from app.api.chosen_instances import NAMED
from app.api.listing import from_object
from app.api.openapi import OBJECT, taken
from app.api.replies import identifier, needed_flag_in, reply, texts_in
from app.errors import Invalid
from app.http.bodies import json_body
from app.http.transaction import Unit, unit
from app.store import listing
from app.store.instance_lists import INSTANCES, process_instances
from app.store.tables import Instance

instances = Blueprint(
    "asked_of_instances", __name__, url_prefix="/engine-rest/process-instance", description="Many, one after the other"
)


@instances.route("/suspended-async", methods=["POST"])
@instances.doc(**OBJECT, **taken({"suspended": "boolean", **NAMED}))
def suspend() -> Response:
    """Suspend or activate process instances."""
    body = json_body()
    return _asked(kinds.SUSPENSION, {"suspended": needed_flag_in(body, "suspended")}, _chosen(unit(), body))


def _asked(kind: str, asked: Mapping[str, Any], chosen: Chosen, reason: str | None = None) -> Response:
    u = unit()
    return reply(batch_out(batches.ask(Call(u.session, u.actor, allowed(reason), u.now), kind, asked, chosen)))


def _chosen(u: Unit, body: Mapping[str, Any], ids: str = "processInstanceIds") -> Chosen:
    """Those that a body names, or that pass its query now. Raises Invalid."""
    named = [identifier(text, "Process instance") for text in texts_in(body, ids)]
    query = body.get("processInstanceQuery")
    if (query is None) == (not named):
        raise Invalid(f"either {ids} or processInstanceQuery is needed")
    if query is None:
        return batches.named(named)
    found = listing.narrowed(process_instances(u.staffed), INSTANCES, from_object(INSTANCES, query))
    return found.with_only_columns(Instance.id.label("subject"), Instance.id.label("instance_id")).order_by(Instance.id)
